#!/usr/bin/env bash
# The owner's rules for single sites: sites.txt is obeyed, and what is no rule is told.
. "$(dirname "$0")/../lib/wire.sh"

wire
P=$T/main
press "$P"
b "$P" feeds import "${FRONT}feeds.opml" >/dev/null 2>&1

is "init makes a sample" "$(grep -c '^# gazette.example  *[td]' "$P/sites.txt")" 3
is "in which there is no rule yet" "$(grep -vc '^#' "$P/sites.txt")" 0
is "and nothing to say" "$(b "$P" check 2>&1 | grep -c sites)" 0
sed -n 's/^# \(gazette.example\)/\1/p' "$P/sites.txt" >"$T/rules" && cp "$T/rules" "$P/sites.txt"
like "its examples are rules" '^sites     3 rules in sites.txt$' "$(b "$P" check 2>&1)"
mkdir "$T/own"
echo 'mine.example drop .x' >"$T/own/sites.txt"
press "$T/own"
is "an owner's own stays" "$(cat "$T/own/sites.txt")" "mine.example drop .x"
like "wire.allow is looked at, too" '  - .*wire.allow.*10\.0\.0\.0/99' "$(b "$P" -o wire.allow=10.0.0.0/99 check 2>&1)"
like "and wire.websub" '  - wire.websub is yes, no or auto' "$(b "$P" -o wire.websub=soon check 2>&1)"
printf '127.0.0.1 drop .x\n127.0.0.1 keep .y\n' >"$P/sites.txt"
like "a line that is no rule is told" 'sites.txt: line 2: after the host stands take or drop' "$(b "$P" gather 2>&1)"
like "by check as well" '  - sites.txt: line 2: after the host stands take or drop, not "keep"; gather reads nothing until' "$(b "$P" check 2>&1)"
is "and nothing was asked" "$(query "$P" 'SELECT COUNT(*) FROM article')" 0

# Many of the sample's pages have their text in .story-body.
printf '# every outlet of the sample wire is this host\n127.0.0.1 drop .story-body\n' >"$P/sites.txt"
first=$(b "$P" -o wire.pages=1000 gather --json 2>"$T/err") || not_ok "gather ends well: $(cat "$T/err")"
more "pages whose text is left out have none" "$(count pages_failed "$first")" 5
more "the others have theirs" "$(count pages "$first")" 5

page='<article><p>Dockworkers returned to the harbour on Friday, and the cranes moved.</p><p class=in>An inset.</p></article>'
echo "<body>$page" >"$T/page.html"
line="{\"id\":\"1\",\"file\":\"$T/page.html\",\"url\":\"https://www.gazette.example/a\",\"rules\":\"gazette.example drop .in\"}"
like "the pipe takes rules in a line" '"text":"Dockworkers returned to the harbour on Friday, and the cranes moved."' \
        "$(echo "$line" | "$BULLDOG" extract)"
finish

#!/usr/bin/env bash
# The sections of an edition are data: put in another order, under other names, left out, and added, by one setting.
. "$(dirname "$0")/../lib/wire.sh"

P=$T/press
sample_wire
press "$P" --subscriber reader@mail.example
b "$P" feeds import "$T/feeds.opml" >/dev/null
b "$P" gather >/dev/null

sections() # LINE...: what edition.sections says
{
        local list
        list=$(printf '"%s", ' "$@")
        sed -i "/^ *sections = /d" "$P/bulldog.conf"
        awk -v list="sections = [ ${list%, } ];" '{ print } /^edition: \{/ { print "        " list }' "$P/bulldog.conf" >"$T/conf"
        cp "$T/conf" "$P/bulldog.conf"
}

order() # COPY: the classes of its headings
{
        printf '%s\n' "$1" | sed -n 's/^##* .*{\.\([a-z]*\( \.[a-z]*\)*\).*/\1/p' | tr '\n' ' '
}

b "$P" compose >/dev/null
usual=$(b "$P" show)
is "the usual order" "$(order "$usual")" "lead stories magazine reading break "

sections "lead" "break; title=Something lighter" "reading; n=1" "stories; n=2" \
        "tech; kind=stories; beat=technology, science; n=2; title=Bits, bytes" \
        "sea; kind=stories; beat=shipwrecks; title=At sea; empty=Nothing from the sea today."
check "another plan is composed" b "$P" compose
copy=$(b "$P" show)
is "reordered, added, the long read left out" "$(order "$copy")" "lead break reading stories stories .tech stories .sea "
has "renamed" "$copy" "## Something lighter {.break}"
like "the added one has its title" '^## Bits, bytes \{\.stories \.tech\}' "$copy"
is "as many opinions as it says" "$(printf '%s\n' "$copy" | sed -n '/{\.reading}/,/^## /p' | grep -c '^- ')" 1
is "as many top stories" "$(printf '%s\n' "$copy" | sed -n '/{\.stories}/,/^## /p' | grep -c '^[0-9]\.')" 2
ids=$(printf '%s\n' "$copy" | sed -n '/\.tech}/,/^## /p' | grep -o 'story=[0-9]*' | cut -d= -f2)
is "stories of its own" "$(printf '%s\n' "$ids" | wc -l)" 2
is "none stands twice" "$(printf '%s\n' "$copy" | grep -o 'story=[0-9]*' | sort | uniq -d)" ""
for id in $ids; do
        like "story $id is of its beats" 'in: one of the best of (technology|science)' "$(b "$P" why "$id")"
done
has "an empty one says so" "$copy" "Nothing from the sea today."
check "all is proved" b "$P" verify
check "and printed" b "$P" publish
page=$(cat "$P/public/index.html")
has "under its title" "$page" "Bits, bytes"
has "empty as it is" "$page" "Nothing from the sea today."

sections "lead" "tech; kind=poems"
message=$(b "$P" stories 2>&1 >/dev/null; b "$P" compose --date 2026-03-07 2>&1)
has "a line that is none is named" "$message" 'edition.sections: "tech; kind=poems": there is no kind of section "poems"'
has "check tells it, too" "$(b "$P" check 2>&1)" "there is no kind of section"
finish

#!/usr/bin/env bash
# The sample wire day by day: what was printed comes again only with news in it, and marked; what the editor and the owner say
# is done; the same news in another order of arrival gives the same first six.
. "$(dirname "$0")/../lib/wire.sh"

wire
LATEST=$NOW

proxied() # DIR ARGS...: each outlet under its own host, feeds due at once
{
        local dir=$1
        shift
        b "$dir" -o "wire.proxy=${FRONT%/}" -o wire.pages=1000 "$@"
}

stories_of() # FILE: the numbers of the stories that a copy carries
{
        grep -o 'story=[0-9]*' "$1" | sort -u
}

headlines_of() # FILE: what stands in bold, and the lead's heading
{
        sed -n 's/^# \(.*\) {.*/\1/p; s/^[0-9]*\. \*\*\(.*\)\*\*.*/\1/p; s/^\*\*\(.*\)\*\*.*/\1/p' "$1" |
                sed 's/^Update: //; s/^Exclusive: //; s/\.$//' | sort
}

# --- six days, an edition each -------------------------------------------------------
P=$T/press
press "$P" --subscriber reader@mail.example
b "$P" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
mkdir "$T/days"
marks=0
for day in 1 2 3 4 5 6; do
        curl -sf -o /dev/null "${FRONT}control/until/$((day * 24 + 6))"
        NOW=$(date -u -d "2026-02-28 + $day days" +%Y-%m-%dT06:00:00Z)
        date=${NOW%T*}
        proxied "$P" gather --all >/dev/null || not_ok "gather of $date"
        b "$P" compose >/dev/null || not_ok "compose of $date"
        b "$P" show >"$T/days/$date.md"
        check "the edition of $date is proved" b "$P" verify
        b "$P" publish >/dev/null || not_ok "publish of $date"
        for story in $(stories_of "$T/days/$date.md"); do
                grep -hq "$story[ }]" $(ls "$T"/days/*.md | grep -v "$date") 2>/dev/null || continue
                line=$(grep "$story[ }]" "$T/days/$date.md")
                like "$date: $story comes again as an update" 'update=2026-0[23]-[0-9]{2}' "$line"
                marks=$((marks + 1))
        done
done
more "some story lived on" "$marks" 1
is "no headline twice in six days" "$(for f in "$T"/days/*.md; do headlines_of "$f"; done | sort | uniq -d)" ""
is "what leads is told by two" "$(grep -h '{\.lead' "$T"/days/*.md | grep -v 'story=[0-9]* sources=')" ""
more "and something leads but on a slow day" "$(grep -l '{\.lead' "$T"/days/*.md | wc -l)" 5

# --- an update as readers see it -----------------------------------------------------
file=$(grep -l 'update=' "$T"/days/*.md | head -n 1)
date=${file##*/}
date=${date%.md}
so_far='(The story so far|What came before)' # the phrase and its variant
like "the copy has the story so far" "$so_far: "'\[.*\]\(http.*/2026/0[23]/[0-9]+/.*/\) \(' "$(cat "$file")"
page=$(cat "$P/public/$(echo "$date" | tr - /)"/*/index.html)
text=$(cat "$P/public/$(echo "$date" | tr - /)"/*/edition.txt)
has "the page says Update" "$page" "Update"
like "and links the earlier edition" "$so_far: <a href" "$page"
like "so does the text" '^(([0-9]+\. )?Update: )' "$text"
like "with the story so far" "$so_far: " "$text"
feed=$(cat "$P/public/feed.xml")
has "so do the feeds" "$feed" "Update:"
like "with the story so far too" "$so_far:" "$feed"
b "$P" deliver >/dev/null
mail=$(cat "$P"/outbox/*.eml)
like "and the letters" "$so_far:" "$mail"

# --- the ranking, and why ------------------------------------------------------------
NOW=$LATEST
list=$(b "$P" stories -n 5)
like "stories shows where each stands" '^ +1 .* lead ' "$list"
like "what another language tells is told as a story of ours" "left out: story [0-9]+ tells it in the edition's language" \
        "$(b "$P" stories --json -n 200)"
json=$(b "$P" stories --json -n 3)
has "as JSON too" "$json" '"slot":"lead"'
lead=$(printf '%s' "$json" | grep -o '"story":[0-9]*' | head -n 1 | cut -d: -f2)
why=$(b "$P" why "$lead")
has "why names the rule" "$why" "leads: "
has "and what would change it" "$why" "if one publisher more told it"
has "and each term" "$why" "independent publishers"
product=$(printf '%s\n' "$why" | awk '/^  *(x )? *[a-z]+ +[0-9.]+ / { p = (p ? p : 1) * $(/ x /  ? 3 : 2) }
        /^  = score/ { d = p - $3; print (d < 0.0006 && d > -0.0006) ? "the score" : p " for " $3 }')
is "its factors as printed multiply to" "$product" "the score"
out=$(b "$P" why --json "$lead")
has "why --json has the rule" "$out" '"rule":"leads: '
has "and the terms" "$out" '"name":"sources"'
message=$(b "$P" why 999999 2>&1)
is "why of no story fails" "$?" 66
has "with a clear word" "$message" "there is no story 999999"

# --- an exclusive is its outlet's own ------------------------------------------------
marked=$(grep -h 'exclusive="' "$T"/days/*.md | head -n 1)
like "an exclusive is marked and credited in the copy" '\*\*Exclusive: .*exclusive="[^"]+"' "$marked"
story=$(printf '%s' "$marked" | sed -n 's/.*story=\([0-9]*\).*/\1/p')
credit=$(printf '%s' "$marked" | sed -n 's/.*exclusive="\([^"]*\)".*/\1/p')
edition=$(basename "$(grep -l "story=$story .*exclusive=\|exclusive=.* story=$story" "$T"/days/*.md | head -n 1)" .md)
has "and why gives what that is worth" "$(b "$P" why "$story" --edition "$edition")" "$credit marks it as its own"

# --- why, of older editions ----------------------------------------------------------
old=2026-03-02
story=$(sed -n 's/.*{\.lead story=\([0-9]*\).*/\1/p' "$T/days/$old.md")
slug=$(basename "$P/public/$(echo "$old" | tr - /)"/*/)
why=$(b "$P" why "$story" --edition "$old")
has "an older edition tells why it carried a story" "$why" "In the edition: the lead"
has "as of then" "$why" "when the edition of $old was composed ($slug)"
has "with what the story scored" "$why" "= score"
is "and what can't change any more is not told" "$(echo "$why" | grep -c 'would change')" 0
is "its address names it as well" "$(b "$P" why "$story" --edition "$old/$slug")" "$why"
has "as JSON too" "$(b "$P" why "$story" --edition "$old" --json)" "\"edition\":\"$old\",\"edition_slug\":\"$slug\",\"carried\":true,"
has "a story that is ranked no more is told as an edition knew it" "$(b "$P" why "$story")" "when the edition of 2026-03-0"
left=$(query "$P" "SELECT MIN(story_id) FROM edition_rank r JOIN edition e ON e.id = r.edition_id WHERE e.date = '$old' AND terms LIKE '%\"slot\":null%'")
like "and why it left another out" '^  left out: ' "$(b "$P" why "$left" --edition "$old")"
message=$(b "$P" why "$story" --edition "$old/another" 2>&1)
is "an edition of another name is none" "$? $(echo "$message" | grep -c "is called $slug, not another")" "66 1"
message=$(b "$P" why "$story" --edition 1999-01-01 2>&1)
is "nor one of another day" "$? $(echo "$message" | grep -c 'no edition of 1999-01-01')" "66 1"
message=$(b "$P" why "$story" --edition yesterday 2>&1)
is "a day is written in figures" "$? $(echo "$message" | grep -c 'wants 2026-03-06')" "65 1"
late=$(query "$P" "SELECT MAX(id) FROM story")
message=$(b "$P" why "$late" --edition "$old" 2>&1)
is "what an edition could not know it does not explain" "$? $(echo "$message" | grep -c 'kept nothing on story')" "66 1"

# --- what is never printed -----------------------------------------------------------
query "$P" "UPDATE article SET title = 'Sponsored: ' || title WHERE story_id = $lead" >/dev/null
b "$P" compose --again --date 2026-03-07 >/dev/null
is "what is paid for is not printed" "$(b "$P" show --date 2026-03-07 | grep -c "story=$lead[ }]")" 0
has "and why says so" "$(b "$P" why "$lead")" "sponsored is never printed"

# --- pins, kills, topics, weights ----------------------------------------------------
E=$T/editor
press "$E"
b "$E" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
proxied "$E" gather >/dev/null
b "$E" compose >/dev/null
first=$(b "$E" show | sed -n 's/.*{\.lead story=\([0-9]*\).*/\1/p')
alone=$(query "$E" "SELECT story_id FROM ranking WHERE terms LIKE '%\"sources\":1,%' AND terms LIKE '%\"kind\":\"news\"%' ORDER BY place LIMIT 1")
check "pin --lead" b "$E" pin --lead "$alone"
b "$E" compose >/dev/null
like "what is pinned leads, though one alone tells it" "\{\.lead story=$alone[ }]" "$(b "$E" show)"
has "and why says who did it" "$(b "$E" why "$alone")" "the editor pinned it"
has "and how to take it back" "$(b "$E" why "$alone")" "'bulldog pin --undo $alone'"
b "$E" show | sed 's/ story='"$alone"'[^}]*}/}/' >"$T/edited.md"
check "an editor takes it out" b "$E" edit --file "$T/edited.md"
has "which why tells" "$(b "$E" why "$alone" --edition 2026-03-06)" "an editor took it out afterwards"
b "$E" compose --again >/dev/null
check "pin --undo" b "$E" pin --undo "$alone"
check "kill" b "$E" kill "$first"
b "$E" compose >/dev/null
is "what is killed is gone" "$(b "$E" show | grep -c "story=$first[ }]")" 0
has "and why says so" "$(b "$E" why "$first")" "the editor killed it"
message=$(b "$E" kill 999999 2>&1)
is "no such story to kill" "$?" 66
message=$(b "$E" pin 2>&1)
is "pin wants a number" "$?" 65
b "$E" kill --undo "$first" >/dev/null
b "$E" -o rank.mute=ports compose >/dev/null
is "a muted topic is not printed" "$(b "$E" show | grep -c "story=$first[ }]")" 0
has "why says it is muted" "$(b "$E" why "$first")" "muted"
message=$(b "$E" -o "rank.weights=The Ledger" stories 2>&1)
message=$(b "$E" -o "rank.weights=The Ledger" compose 2>&1)
is "a weight without a number is refused" "$?" 65
has "with an example" "$message" "The Ledger = 1.5"

# --- another order of arrival --------------------------------------------------------
O=$T/order
press "$O"
grep -v 'xmlUrl=' "$T/feeds.opml" >/dev/null 2>&1
curl -sf -o "$T/all.opml" "${FRONT}feeds-hosts.opml"
grep -o 'xmlUrl="[^"]*"' "$T/all.opml" | cut -d'"' -f2 | sort -r >"$T/urls"
b "$O" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
while read -r url; do
        query "$O" "UPDATE feed SET due_at = 4000000000 WHERE url <> '$url'; UPDATE feed SET due_at = 0 WHERE url = '$url' AND checked_at IS NULL" >/dev/null
        proxied "$O" gather >/dev/null
done <"$T/urls"
b "$O" compose >/dev/null
b "$E" -o rank.mute= compose >/dev/null
is "feed by feed in reverse: the same first six" "$(b "$O" show | grep -E '^(# |[1-5]\. )' | grep -o '\*\*.*\*\*\|^# [^{]*')" \
        "$(b "$E" show | grep -E '^(# |[1-5]\. )' | grep -o '\*\*.*\*\*\|^# [^{]*')"

# Each article's story there and here: the mean of how much of either is in both (BCubed F1).
told() # DIR
{
        query "$1" "SELECT identity || ' ' || story_id FROM article WHERE story_id IS NOT NULL" | sort
}
told "$O" >"$T/step.txt"
told "$E" >"$T/once.txt"
more "both have found stories" "$(wc -l <"$T/once.txt")" 100
is "and nearly the same stories (F1 of at least .98)" "$(join "$T/step.txt" "$T/once.txt" | awk '
        { n++; a[n] = $2; b[n] = $3; x[$2]++; y[$3]++; both[$2, $3]++ }
        END { for (i = 1; i <= n; i++) { p += both[a[i], b[i]] / x[a[i]]; r += both[a[i], b[i]] / y[b[i]] }
                f = 2 * p * r / (p + r) / n; print (f >= 0.98) ? "yes" : f }')" "yes"
finish

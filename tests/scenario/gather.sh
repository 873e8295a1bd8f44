#!/usr/bin/env bash
# From a list of feeds to articles in the store, and once more.
. "$(dirname "$0")/../lib/wire.sh"

wire
n=$(ls "$ROOT"/sample/wire/*.txt | wc -l)
P=$T/main
press "$P"

like "a list is imported from an address" "^$n feeds added, 0 known already, 0 left out\$" \
        "$(b "$P" feeds import "${FRONT}feeds.opml" 2>&1)"
like "and once more" "^0 feeds added, $n known already, 0 left out\$" "$(b "$P" feeds import "${FRONT}feeds.opml" 2>&1)"

first=$(b "$P" -o wire.pages=1000 gather --json 2>"$T/err") || not_ok "gather ends well: $(cat "$T/err")"
is "no feed fails" "$(count failed "$first")" 0
is "every feed is asked" "$(count feeds "$first")" "$n"
written=$(cat "$ROOT"/sample/wire/*.txt | grep -c '^=== ')
stored=$(query "$P" 'SELECT COUNT(*) FROM article')
# One outlet's feed breaks off in its last item.
more "every article is stored" "$stored" $((written - 1))
like "the broken one says so" 'ends before its end' "$(b "$P" feeds list)"
is "each page has a text" "$(count pages_failed "$first")" 0
is "none waits for its page" \
        "$(query "$P" "SELECT COUNT(*) FROM article WHERE state = 'new' AND dated_at > 1772776800 - 172800")" 0
is "no article is from the future" "$(query "$P" 'SELECT COUNT(*) FROM article WHERE dated_at > 1772776800')" 0
more "opinion is told from news" "$(query "$P" "SELECT COUNT(*) FROM article WHERE kind = 'opinion'")" 10

again=$(b "$P" gather --all --json)
is "asked again, all say 304" "$(count unchanged "$again")" "$n"
is "and nothing is new" "$(count new "$again") $(query "$P" 'SELECT COUNT(*) FROM article')" "0 $stored"
is "nothing is due yet" "$(count feeds "$(b "$P" gather --json)")" 0
more "later they are due" "$(NOW=2026-03-06T09:00:00Z && count feeds "$(b "$P" gather --json)")" 10
like "the summary is one line" '^0 feeds read, 0 failed, 0 items, 0 new, 0 pages read, .* s$' "$(b "$P" gather 2>&1)"

# The list goes out and comes in again.
b "$P" feeds export >"$T/out.opml"
columns="SELECT url, title, source, kind, beat, language FROM feed ORDER BY url"
press "$T/copy"
b "$T/copy" feeds import "$T/out.opml" >/dev/null
is "an exported list is the same list" "$(query "$T/copy" "$columns")" "$(query "$P" "$columns")"
b "$T/copy" feeds remove "${FRONT}theledger.example/feed.xml" >/dev/null
is "removed is removed" "$(b "$T/copy" feeds list --json | wc -l)" $((n - 1))
like "not twice" 'there is no feed' "$(b "$T/copy" feeds remove "${FRONT}theledger.example/feed.xml" 2>&1)"
like "what is no kind is said" 'no kind "sport": it is news, opinion, magazine or culture' \
        "$(b "$T/copy" feeds add --kind sport "${FRONT}theledger.example/feed.xml" 2>&1)"
b "$T/copy" feeds check >"$T/check" 2>&1
is "a check stores nothing" "$(query "$T/copy" 'SELECT COUNT(*) FROM article')" 0
like "and tells all" "^$((n - 1)) feeds, $((n - 1)) in order, 0 not\$" "$(cat "$T/check")"

# One host is asked one thing at a time, with a pause between.
P=$T/polite
press "$P"
b "$P" feeds add --no-fetch http://coast-courier.example/feed.xml >/dev/null
began=$(date +%s%N)
b "$P" -o "wire.proxy=${FRONT%/}" -o wire.delay=1s -o wire.pages=2 gather >/dev/null
more "a feed and two pages take two pauses" $((($(date +%s%N) - began) / 1000000)) 2000

# News arrives as the week goes on.
wire --until 100
press "$T/week"
b "$T/week" feeds import "${FRONT}feeds.opml" >/dev/null
before=$(count new "$(b "$T/week" gather --json)")
curl -s "${FRONT}control/until/1000" >/dev/null
after=$(count new "$(b "$T/week" gather --all --json)")
more "some came early" "$before" 10
more "some came late" "$after" 10
is "what is new is new once" "$(query "$T/week" 'SELECT COUNT(*) FROM article')" "$((before + after))"

finish

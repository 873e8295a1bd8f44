#!/usr/bin/env bash
# Pages of articles: with their hosts' leave, tried again when they fail, and not after the slowest feed.
. "$(dirname "$0")/../lib/wire.sh"

wire
P=$T/pages
press "$P"
b "$P" feeds add --no-fetch "${FRONT}bad/pages/feed.xml" >/dev/null
b "$P" gather >/dev/null 2>"$T/err" || not_ok "gather ends well: $(cat "$T/err")"

page()
{
        query "$P" "SELECT state, tries, COALESCE(outcome, '') FROM article WHERE url LIKE '%/bad/pages/$1.html'"
}

is "a page is read" "$(page plain)" "read|1|"
is "behind a redirect" "$(page redirect)" "read|1|"
is "robots.txt is kept to" "$(page closed)" "thin|1|robots.txt of 127.0.0.1 asks us not to read it"
is "a loop ends" "$(page loop)" "thin|1|redirects without end (6 followed)"
is "what is not there is not there" "$(page absent)" "thin|1|its page answered 404"
is "what fails is told" "$(page flaky)" "thin|1|its page answered 503"
is "robots.txt is asked for once" "$(curl -s "${FRONT}control/robots")" 1
is "only what may pass is tried again" "$(query "$P" 'SELECT url FROM article WHERE retry_at IS NOT NULL')" \
        "${FRONT}bad/pages/flaky.html"
b "$P" gather >/dev/null
is "not at once" "$(page flaky)" "thin|1|its page answered 503"
NOW=2026-03-06T06:30:00Z b "$P" gather >/dev/null
is "but later" "$(page flaky)" "read|2|"
is "and then no more" "$(query "$P" 'SELECT COUNT(*) FROM article WHERE retry_at IS NOT NULL')" 0
is "robots.txt is remembered" "$(curl -s "${FRONT}control/robots")" 1
NOW=2026-03-08T06:30:00Z b "$P" gather --all >/dev/null
b "$P" feeds remove "${FRONT}bad/pages/feed.xml" >/dev/null

P=$T/own
press "$P"
b "$P" feeds add --no-fetch "${FRONT}bad/pages/feed.xml" >/dev/null
b "$P" -o wire.robots=no gather >/dev/null
is "an owner may know better" "$(page closed)" "read|1|"

# A host that wants peace gets it at once, for all that was meant for it.
P=$T/peace
press "$P"
for name in ok 429 301 302; do
        b "$P" feeds add --no-fetch "http://busy.example/bad/$name/feed.xml" >/dev/null
done
b "$P" feeds add --no-fetch "http://calm.example/bad/ok/feed.xml" >/dev/null
b "$P" -o "wire.proxy=${FRONT%/}" gather >/dev/null
like "what stood before it was asked" "^3 items" "$(query "$P" "SELECT outcome FROM feed WHERE url LIKE '%busy%/ok/%'")"
is "the others not" "$(query "$P" "SELECT COUNT(*) FROM feed WHERE outcome LIKE 'its host asked to come less often: not asked%'")" 2
is "they wait as long" "$(query "$P" "SELECT COUNT(*) FROM feed WHERE url LIKE '%busy%' AND failures = 1 AND due_at >= 1772776800 + 120")" 3
like "another host is asked" "^3 items" "$(query "$P" "SELECT outcome FROM feed WHERE url LIKE '%calm%'")"

# A host that asks for pauses (Crawl-delay) gets them: one page at a time, though it is the owner's own, which else takes several.
P=$T/pauses
press "$P"
b "$P" feeds add --no-fetch "${FRONT}coast-courier.example/feed.xml" >/dev/null
curl -sf "${FRONT}control/delay/0.7" >/dev/null
began=$(date +%s%N)
b "$P" -o wire.pages=5 gather --json >"$T/out"
ms=$((($(date +%s%N) - began) / 1000000))
is "all pages of a host that asks for pauses are read" "$(count pages "$(cat "$T/out")")" 5
more "with the pauses between ($ms ms)" "$ms" 2800
curl -sf "${FRONT}control/delay/0" >/dev/null

# A feed that stalls for four seconds holds nobody up: the others' pages are read meanwhile, a second apart.
P=$T/early
press "$P"
b "$P" feeds add --no-fetch http://stall.example/bad/stall/feed.xml >/dev/null
b "$P" feeds add --no-fetch http://coast-courier.example/feed.xml >/dev/null
began=$(date +%s%N)
b "$P" -o "wire.proxy=${FRONT%/}" -o wire.delay=1s -o wire.timeout=5s -o wire.pages=4 gather --json >"$T/out"
ms=$((($(date +%s%N) - began) / 1000000))
is "the pages are read" "$(count pages "$(cat "$T/out")")" 4
slow || more "while the slow feed is awaited ($ms ms)" $((8500 - ms)) 0
P2=$T/late
press "$P2"
b "$P2" feeds add --no-fetch http://coast-courier.example/feed.xml >/dev/null
b "$P2" -o "wire.proxy=${FRONT%/}" -o wire.pages=4 gather >/dev/null
rows="SELECT url, title, state, text, outcome, tries, dated_at, authors, image FROM article ORDER BY url"
is "and it is the same pages as without haste" "$(query "$P" "$rows" | cksum)" "$(query "$P2" "$rows" | cksum)"

finish

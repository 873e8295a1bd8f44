#!/usr/bin/env bash
# Feeds are found by their site's address, told of, and kept in order.
. "$(dirname "$0")/../lib/wire.sh"

wire
P=$T/find
press "$P"

out=$(b "$P" feeds add "${FRONT}theledger.example/" 2>&1)
like "a site's feed is found" "^${FRONT}theledger.example/ has 1 feed:\$" "$out"
like "and shown" '^The Ledger +rss 2.0, [0-9]+ items, newest 2026-03-06' "$out"
like "and added" "^added ${FRONT}theledger.example/feed.xml\$" "$out"
is "with what it says of itself" "$(query "$P" 'SELECT title, source, language, home FROM feed')" \
        "The Ledger|The Ledger|en|${FRONT}theledger.example/"
like "once more" "^updated ${FRONT}theledger.example/feed.xml\$" "$(b "$P" feeds add "${FRONT}theledger.example/feed.xml" 2>&1)"
like "a feed's own address" '^Small feed +rss 2.0, 3 items' "$(b "$P" feeds add --title Small "${FRONT}bad/ok/feed.xml" 2>&1)"
is "the owner's words come first" "$(query "$P" "SELECT title, source FROM feed WHERE url LIKE '%/bad/ok/%'")" "Small|Small feed"
b "$P" feeds add --beat markets "${FRONT}bad/ok/feed.xml" >/dev/null
is "what the owner doesn't say stays" "$(query "$P" "SELECT title, beat FROM feed WHERE url LIKE '%/bad/ok/%'")" "Small|markets"

out=$(b "$P" feeds add "${FRONT}bad/sites/many.html" 2>&1)
like "several are listed" 'has 3 feeds:$' "$out"
like "comments are told apart and come last" 'comments$' "$(echo "$out" | sed -n '6p')"
like "the first is taken" "^added ${FRONT}bad/sites/world.xml\$" "$out"
is "and no other" "$(echo "$out" | grep -c ^added)" 1
like "how to have another is said" 'bulldog feeds add ITS-ADDRESS' "$out"
is "--all takes all but the comments" "$(b "$P" feeds add --all "${FRONT}bad/sites/many.html" 2>&1 | grep -c '^added\|^updated')" 2
like "a link in the text will do" "^added ${FRONT}bad/sites/rss.xml\$" "$(b "$P" feeds add "${FRONT}bad/sites/anchor.html" 2>&1)"
like "a page without one says so, and where it was looked for" 'names no feed, and there is none at /feed, /rss, .*nothing was added' \
        "$(b "$P" feeds add "${FRONT}bad/sites/none.html" 2>&1)"
like "a page whose feed is dead says which" 'names 1 feed, but none of them can be read .*/bad/404/feed.xml' \
        "$(b "$P" feeds add "${FRONT}bad/sites/dead.html" 2>&1)"
like "what isn't there" 'answered 404; nothing was added \(--no-fetch' "$(b "$P" feeds add "${FRONT}bad/404/feed.xml" 2>&1)"
b "$P" feeds add "${FRONT}bad/404/feed.xml" >/dev/null 2>&1
is "is a failure" $? 69
like "what is neither feed nor page" 'is neither a feed nor a web page' "$(b "$P" feeds add "${FRONT}control/robots" 2>&1)"
like "an address inside is refused" 'refused: 10\.0\.0\.1, a private address' "$(b "$P" feeds add http://10.0.0.1/ 2>&1)"
like "also behind a redirect" 'refused: redirects to 10\.0\.0\.1' "$(b "$P" feeds add "${FRONT}bad/to-private/feed.xml" 2>&1)"
like "a port that is no web's is refused" 'port 25, where no web page is expected' "$(b "$P" feeds add http://gazette.example:25/ 2>&1)"
like "unless it is not to be asked" '^added http://gazette.example/feed' "$(b "$P" feeds add --no-fetch http://gazette.example/feed 2>&1)"

# What an owner should act on.
P=$T/act
press "$P"
for name in ok 404 410 403 html-page 503; do
        b "$P" feeds add --no-fetch "${FRONT}bad/$name/feed.xml" >/dev/null
done
b "$P" gather >/dev/null
is "after one failure there is little to do" "$(b "$P" feeds list --act | grep -c -- '->')" 2 # the one that is gone; the total
for _ in 1 2; do b "$P" gather --all >/dev/null; done
out=$(b "$P" feeds list --act)
like "after three there is: missing" '-> it was never read; look for its new address' "$out"
like "closed" '-> it was never read; it lets programs like this one in no more' "$out"
like "no feed" '-> it was never read; what is there is no feed' "$out"
like "gone" '-> it says that it is gone' "$out"
like "how many" '^5 of 6 feeds want something done' "$out"
is "those in order are left out" "$(echo "$out" | grep -c '^active.*/bad/ok/')" 0
like "for scripts, too" '"fault":"closed","act":"it was never read; it lets' "$(b "$P" feeds list --json --act)"
like "a check asks all and stores nothing" '^5 feeds, 1 in order, 4 not$' "$(b "$P" feeds check 2>&1)"

# Folders of folders are beats, and come back.
cat >"$T/nested.opml" <<OPML
<opml version="1.0"><head><title>x</title></head><body>
<outline text="News"><outline text="Markets">
  <outline text="A" xmlUrl="http://a.example/rss"/>
  <outline text="Deep"><outline title="B" text="b" type="rss" xmlUrl="http://b.example/rss" beat="world"/></outline>
</outline><outline text="C" xmlUrl="http://c.example/rss"/></outline>
<outline text="D" xmlUrl="http://d.example/rss" kind="opinion"/>
<outline text="bad" xmlUrl="ftp://e.example/rss"/>
<outline text="inside" xmlUrl="http://192.168.1.1/rss"/>
</body></opml>
OPML
P=$T/opml
press "$P"
like "a nested list is imported" '^4 feeds added, 0 known already, 1 left out$' "$(b "$P" feeds import "$T/nested.opml" 2>/dev/null)"
is "its folders are beats" "$(query "$P" 'SELECT title, beat, kind FROM feed ORDER BY url')" "A|markets|news
B|world|news
C|news|news
D|world|opinion"
b "$P" feeds export >"$T/out.opml"
press "$T/opml2"
b "$T/opml2" feeds import "$T/out.opml" >/dev/null
is "and come back" "$(query "$T/opml2" 'SELECT title, beat, kind FROM feed ORDER BY url')" \
        "$(query "$P" 'SELECT title, beat, kind FROM feed ORDER BY url')"

finish

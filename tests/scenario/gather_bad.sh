#!/usr/bin/env bash
# Hosts that misbehave: each ends in one clear line and harms no other.
. "$(dirname "$0")/../lib/wire.sh"

wire
P=$T/bad
press "$P"
b "$P" feeds import "${FRONT}bad.opml" >/dev/null
b "$P" feeds import "${FRONT}feeds.opml" >/dev/null
began=$SECONDS
patience=3
slow && patience=30
/usr/bin/time -f '%M' -o "$T/memory" "$BULLDOG" -C "$P" -o wire.allow=127.0.0.1 -o wire.delay=0s --now "$NOW" -o wire.timeout=$((patience + 1))s \
        gather >/dev/null 2>"$T/err" || not_ok "gather ends well: $(cat "$T/err")"

took=$((SECONDS - began))

outcome()
{
        query "$P" "SELECT outcome FROM feed WHERE url = '${FRONT}bad/$1/feed.xml'"
}

while IFS='|' read -r name want; do
        like "$name" "$(echo "$want" | sed 's/!/|/g')" "$(outcome "$name")"
done <<'TABLE'
ok|^3 items
429|^asked to come less often \(429\); next try at 2026-03-06T06:
429-date|^asked to come less often \(429\); next try at
503|^answered 503; next try at
500-then-ok|^answered 500; next try at
301|^3 items, [0-9] new; moved to http://127.0.0.1:[0-9]+/bad/ok/feed.xml
302|^3 items, [0-9] new$
302-chain|^3 items, [0-9] new$
302-loop|^redirects without end \(6 followed\); next try
to-metadata|^refused: redirects to 169\.254\.169\.254, a link-local address; next try
to-file|^refused: redirects to file:///etc/passwd, which is not http or https
to-private|^refused: redirects to 10\.0\.0\.1, a private address
to-decimal|^refused: redirects to 169\.254\.169\.254, a link-local address
endless|^over 32 MB, given up
gzip-bomb|^over 32 MB, given up
trickle|^too slow: given up after [0-9]+ s
stall|^too slow: given up after [0-9]+ s
html-type|^3 items
html-page|not a feed; its feed is http://127.0.0.1:[0-9]+/bad/ok/feed.xml
truncated|^2 items, [0-9] new; .*ends before its end
bad-utf8|^3 items, .*replaced
404|^not found \(404\); next try
410|^gone \(410\): not tried again$
403|^answered 403; next try
empty|^there is nothing in it; next try
short|^the answer breaks off before its end; next try
reset|^the connection was cut before an answer came; next try
no-dates|^3 items
same-guid|^3 items
etag|^3 items
nuls|^2 items, [0-9] new; control characters were dropped$
long-title|^2 items, [0-9] new$
cut-title|^1 item, .*ends before its end
many-items|^2000 items, 0 new; only the first 2000 items were taken
odd-dates|^7 items, 7 new$
deep|^2 items, [0-9] new
50mb|^over 32 MB, given up; next try
laughs|^1 item, 1 new
external|^1 item, 1 new
TABLE
is "no date of theirs is believed" "$(query "$P" "SELECT COUNT(*) FROM article WHERE url LIKE '%/worse/d%' AND published_at IS NOT NULL")" 0
is "no title is endless" "$(query "$P" "SELECT COUNT(*) FROM article WHERE length(title) > 1000")" 0
is "no file is read" "$(query "$P" "SELECT COUNT(*) FROM article WHERE title LIKE '%root:%' OR summary LIKE '%root:%'")" 0

is "the good ones are all read" "$(query "$P" "SELECT url, outcome FROM feed WHERE url NOT LIKE '%/bad/%' AND (failures > 0 OR ok_at IS NULL)
        AND outcome NOT LIKE 'gone (410)%'")" ""
more "all of them" "$(query "$P" "SELECT COUNT(*) FROM feed WHERE url NOT LIKE '%/bad/%' AND failures = 0")" 20
slow || more "in the time that the slowest may take, and a little ($took s)" $((20 - took)) 0
! is_plain || more "with all of them at once, less than 128 MB" $((131072 - $(tail -n 1 "$T/memory"))) 0
kept=$(query "$P" 'SELECT COUNT(*) FROM article')
again=$(b "$P" -o wire.timeout=${patience}s gather --all --json)
is "a second reading makes nothing new" "$(count new "$again") $(query "$P" 'SELECT COUNT(*) FROM article')" "0 $kept"
like "500, then well" '^3 items' "$(outcome 500-then-ok)"
is "a weak tag is sent back as it was" "$(outcome etag)" "not changed (304)"
is "gone is not asked again" "$(query "$P" "SELECT failures FROM feed WHERE state = 'gone'")" 1
is "failures are counted" "$(query "$P" "SELECT failures FROM feed WHERE url LIKE '%/bad/404/%'")" 2

# A move is believed the third time, unless another feed lives there.
P=$T/moved
press "$P"
b "$P" feeds add --no-fetch "${FRONT}bad/301/feed.xml" >/dev/null
for _ in 1 2; do b "$P" gather --all >/dev/null; done
is "told twice" "$(query "$P" 'SELECT url FROM feed')" "${FRONT}bad/301/feed.xml"
b "$P" gather --all >/dev/null
is "told three times" "$(query "$P" 'SELECT url FROM feed')" "${FRONT}bad/ok/feed.xml"
P=$T/both
press "$P"
b "$P" feeds add --no-fetch "${FRONT}bad/301/feed.xml" >/dev/null
b "$P" feeds add --no-fetch "${FRONT}bad/ok/feed.xml" >/dev/null
for _ in 1 2 3 4; do b "$P" gather --all >/dev/null || not_ok "a taken address is no fault"; done
is "an address that is taken stays another's" "$(query "$P" 'SELECT COUNT(DISTINCT url) FROM feed')" 2

# A move is undone when the new house falls down.
P=$T/house
press "$P"
b "$P" feeds add --no-fetch "${FRONT}bad/moving/feed.xml" >/dev/null
for _ in 1 2 3; do b "$P" gather --all >/dev/null; done
is "it moved" "$(query "$P" 'SELECT url, old_url FROM feed')" "${FRONT}bad/new-house/feed.xml|${FRONT}bad/moving/feed.xml"
for _ in 1 2; do b "$P" gather --all >/dev/null; done
is "two failures are no reason to go back" "$(query "$P" 'SELECT url FROM feed')" "${FRONT}bad/new-house/feed.xml"
b "$P" gather --all >/dev/null
is "three are" "$(query "$P" 'SELECT url FROM feed')" "${FRONT}bad/moving/feed.xml"
like "and it says so" 'had moved here from .*/bad/moving/feed.xml, which is read again' "$(b "$P" feeds list)"
b "$P" gather --all >/dev/null
like "it is read there" 'items, 0 new$|same bytes$' "$(b "$P" feeds list)"

# Without leave, loopback is shut.
P=$T/both
like "loopback is refused at the door" '127\.0\.0\.1, this machine' \
        "$("$BULLDOG" -C "$P" feeds add "${FRONT}bad/ok/feed.xml" 2>&1)"
"$BULLDOG" -C "$P" --now "$NOW" gather --all >/dev/null
is "and in the run" "$(query "$P" "SELECT COUNT(*) FROM feed WHERE outcome LIKE 'refused: 127.0.0.1, this machine%'")" 2

# The address that is connected to is what counts: a name whose DNS answer leads inside.
name=$(hostname)
if getent ahostsv4 "$name" | grep -qE '^(127|10|172\.(1[6-9]|2[0-9]|3[01])|192\.168)\.'; then
        P=$T/rebound
        press "$P"
        port=${FRONT##*:}
        "$BULLDOG" -C "$P" feeds add --no-fetch "http://$name:${port}bad/ok/feed.xml" >/dev/null
        "$BULLDOG" -C "$P" --now "$NOW" gather --all >/dev/null
        like "a name that leads inside is refused where it connects" "^refused: $name is at [0-9.]+, (this machine|a private address); next" \
                "$(query "$P" 'SELECT outcome FROM feed')"
else
        ok "this machine's name leads nowhere inside: nothing to try"
fi

finish

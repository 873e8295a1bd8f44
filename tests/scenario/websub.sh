#!/usr/bin/env bash
# A hub tells of news, and the feed is due at once.
. "$(dirname "$0")/../lib/wire.sh"

wire
P=$T/hub
press "$P"
port=$(free_port)
SITE=http://127.0.0.1:$port
set_conf "$P" press url "$SITE/"
set_conf "$P" site listen "127.0.0.1:$port"

row()
{
        query "$P" "SELECT $1 FROM websub"
}
status()
{
        curl -s "${FRONT}hub/status"
}
due()
{
        query "$P" 'SELECT due_at - 1772776800 FROM feed'
}

b "$P" feeds add --no-fetch "${FRONT}hub/feed.xml" >/dev/null
b "$P" gather >/dev/null
is "without a public site no hub is asked" "$(row 'COUNT(*)') $(status)" "0 asked 0 verified 0 told 0 taken 0 left 0"

ws() # the program with hubs on
{
        b "$P" -o wire.websub=yes "$@"
}

exec_b "$P" -o wire.websub=yes serve >"$T/serve.log" 2>&1 &
pids="$pids $!"
until_true 10 curl -sf -o /dev/null "$SITE/healthz" -o /dev/null || until_true 5 grep -q http "$T/serve.log"

query "$P" "UPDATE feed SET digest = NULL" # the same bytes would tell nothing new
ws gather --all >/dev/null 2>"$T/err" || not_ok "gather ends well: $(cat "$T/err")"
verified() { status | grep -q 'verified 1'; }
until_true 10 verified
is "the hub was asked, and asked back" "$(status)" "asked 1 verified 1 told 0 taken 0 left 0"
is "a lease began" "$(row 'state, outcome, lease_until_at - 1772776800')" "active|subscribed|7200"
is "the feed knows" "$(query "$P" 'SELECT push_until_at - 1772776800 FROM feed')" 7200
ws gather --all >/dev/null
is "not asked again while it lasts" "$(status)" "asked 1 verified 1 told 0 taken 0 left 0"
token=$(row token)

query "$P" "UPDATE feed SET digest = NULL"
ws gather --all >/dev/null
more "a feed with a hub is asked seldom" "$(due)" 18000
curl -s "${FRONT}hub/publish" >/dev/null
is "news: it is due at once" "$(due)" 0
is "the hub was thanked" "$(status)" "asked 1 verified 1 told 1 taken 1 left 0"
is "and read" "$(count new "$(ws gather --json)")" 1

before=$(due)
curl -s "${FRONT}hub/forge" >/dev/null
is "a forged signature changes nothing" "$(due)" "$before"
is "and learns nothing" "$(status)" "asked 1 verified 1 told 2 taken 2 left 0"
code() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
is "no signature" "$(code -d x "$SITE/websub/$token") $(due)" "202 $before"
is "no such token" "$(code -d x "$SITE/websub/00") $(code "$SITE/websub/00?hub.mode=subscribe&hub.challenge=x")" "404 404"
is "a topic that isn't ours" "$(code "$SITE/websub/$token?hub.mode=subscribe&hub.topic=http%3A%2F%2Fx.example%2F&hub.challenge=x")" 404
is "nobody else ends it" "$(code "$SITE/websub/$token?hub.mode=unsubscribe&hub.topic=${FRONT}hub/feed.xml&hub.challenge=x") $(row state)" \
        "404 active"
is "a challenge comes back as text" \
        "$(curl -s -D - "$SITE/websub/$token?hub.mode=subscribe&hub.topic=${FRONT}hub/feed.xml&hub.challenge=%3Cb%3E&hub.lease_seconds=7200" |
        tr -d '\r' | grep -iE '^(content-type|x-content-type-options)|<b>' | sort | tr '\n' ' ')" \
        "<b> Content-Type: text/plain; charset=utf-8 X-Content-Type-Options: nosniff "
head -c 34000000 /dev/zero | curl -s -o /dev/null -H 'X-Hub-Signature: sha256=00' --data-binary @- "$SITE/websub/$token"
is "an endless delivery is taken for nothing" "$(due)" "$before"

NOW=2026-03-06T07:55:00Z ws gather --all >/dev/null
like "the lease is renewed before its end" '^asked 2' "$(status)"
curl -s "$SITE/websub/$token?hub.mode=denied&hub.topic=${FRONT}hub/feed.xml&hub.reason=no+more" >/dev/null
is "a hub may refuse" "$(row 'state, outcome')" "refused|the hub refused: no more"
is "then the feed is read by the clock again" "$(query "$P" 'SELECT COUNT(*) FROM feed WHERE push_until_at IS NULL')" 1

# It names its hub no more, or is removed: the hub is told, asks back, and is forgotten.
left() { status | grep -q "left $1"; }
query "$P" "DELETE FROM websub"
query "$P" "UPDATE feed SET digest = NULL"
ws gather --all >/dev/null
until_true 10 sh -c "curl -s '${FRONT}hub/status' | grep -q 'verified 3'"
is "subscribed once more" "$(row state)" active
curl -s "${FRONT}hub/unnamed" >/dev/null
ws gather --all >/dev/null
check "a hub that is named no more is left" until_true 10 left 1
is "and forgotten" "$(row 'COUNT(*)')" 0
is "its feed is read by the clock again" "$(query "$P" 'SELECT COUNT(*) FROM feed WHERE push_until_at IS NULL')" 1
curl -s "${FRONT}hub/named" >/dev/null
ws gather --all >/dev/null
until_true 10 sh -c "curl -s '${FRONT}hub/status' | grep -q 'verified 4'"
token=$(row token)
b "$P" feeds remove "${FRONT}hub/feed.xml" >/dev/null
is "who is removed gets no news" "$(code -d x "$SITE/websub/$token")" 404
ws gather >/dev/null
check "the hub of a feed that was removed is left" until_true 10 left 2
is "and forgotten, too" "$(row 'COUNT(*)')" 0

# A stranger's question waits for nobody and writes nothing: the store is held by another meanwhile.
if [ -z "${BULLDOG_TEST_PG:-}" ]; then
        b "$P" feeds add "${FRONT}hub/feed.xml" >/dev/null
        ws gather --all >/dev/null
        until_true 10 sh -c "curl -s '${FRONT}hub/status' | grep -q 'verified 5'"
        token=$(row token)
        (printf 'BEGIN IMMEDIATE;\n'; sleep 6) | sqlite3 "$P/bulldog.db" &
        holder=$!
        sleep 0.5
        began=$(date +%s%N)
        is "strangers are answered while the store is written to" \
                "$(code "$SITE/websub/00112233445566778899aabbccddeeff?hub.mode=subscribe&hub.topic=x&hub.challenge=x") $(
                code "$SITE/websub/$token?hub.mode=subscribe&hub.topic=x&hub.challenge=x")" "404 404"
        slow || more "at once" $((3000 - ($(date +%s%N) - began) / 1000000)) 0
        wait $holder
fi

finish

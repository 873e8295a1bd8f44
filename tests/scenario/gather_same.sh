#!/usr/bin/env bash
# The same wire gives the same rows: on any port, in any order of answers, and
# after kills at any moment.
. "$(dirname "$0")/../lib/wire.sh"

rows()
{
        query "$1" "SELECT identity, url, title, authors, source, kind, beat, language, mark, published_at, seen_at,
                dated_at, position, state, tries, image, length, outcome, summary, text FROM article ORDER BY identity" | cksum
}

feeds()
{
        query "$1" "SELECT url, state, due_at, etag, failures FROM feed ORDER BY url" | cksum
}

proxied() # DIR ARGS...
{
        local dir=$1
        shift
        b "$dir" -o "wire.proxy=${FRONT%/}" -o wire.pages=1000 "$@"
}

wire
P=$T/first
press "$P"
b "$P" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
proxied "$P" gather >/dev/null || not_ok "gather through a proxy"
want=$(rows "$P")
want_feeds=$(feeds "$P")
is "links carry each outlet's own host" "$(query "$P" "SELECT COUNT(*) FROM article WHERE url LIKE '%127.0.0.1%'")" 0
more "there are articles" "$(query "$P" 'SELECT COUNT(*) FROM article')" 100

wire
P=$T/port
press "$P"
b "$P" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
proxied "$P" -o wire.connections=1 gather >/dev/null
is "another port, one connection: same articles" "$(rows "$P")" "$want"
is "and same feeds" "$(feeds "$P")" "$want_feeds"

P=$T/killed
press "$P"
b "$P" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
for ms in 010 020 030 040 060 080 120 160 240; do
        "$BULLDOG" -C "$P" -o wire.allow=127.0.0.1 -o wire.delay=0s --now "$NOW" -o "wire.proxy=${FRONT%/}" \
                -o wire.pages=1000 gather >/dev/null 2>&1 &
        pid=$!
        sleep "0.$ms"
        kill -KILL $pid 2>/dev/null
        wait $pid 2>/dev/null
done
proxied "$P" gather >/dev/null || not_ok "the rerun ends well"
is "killed and rerun: same articles" "$(rows "$P")" "$want"
is "killed and rerun: same feeds" "$(feeds "$P")" "$want_feeds"

finish

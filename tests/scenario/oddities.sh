#!/usr/bin/env bash
#
# Feeds as publishers really write them, each with what is odd about one of them: tests/golden/feeds, read in one stream; what
# comes out is tests/golden/feeds.jsonl, a line for each. The labels that they are served with are in the file types there.
# BLESS=1 takes what comes out now.

# shellcheck source=tests/scenario/lib.sh
. "$(dirname "$0")/lib.sh"

FEEDS=$ROOT/tests/golden/feeds
WANT=$ROOT/tests/golden/feeds.jsonl

for f in "$FEEDS"/*.*; do
        name=${f##*/}
        type=$(sed -n "s/^$name //p" "$FEEDS/types" | sed 's/"/\\"/g')
        printf '{"id":"%s","file":"%s","url":"https://harbour.example/news/feed.xml","content_type":"%s"}\n' "$name" "$f" "$type"
done >"$T/jobs"

"$BULLDOG" parse --jsonl <"$T/jobs" >"$T/got" 2>"$T/err"
is "the stream ends well" "$?" 0
is "nothing is said besides" "$(cat "$T/err")" ""
if [ -n "${BLESS:-}" ]; then
        cp "$T/got" "$WANT"
fi
while IFS= read -r want <&3; do
        got=
        IFS= read -r got <&4
        name=${want#*\"id\":\"}
        is "${name%%\"*}" "$got" "$want"
done 3<"$WANT" 4<"$T/got"
is "each has a line" "$(wc -l <"$T/got")" "$(wc -l <"$T/jobs")"
finish

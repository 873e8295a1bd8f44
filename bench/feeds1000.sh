#!/usr/bin/env bash
# gather of many feeds with twenty new items each, from a server on another core: seconds, the program's CPU, its peak memory.
# usage: bench/feeds1000.sh [BULLDOG [SAMPLE_WIRE [FEEDS [RUNS]]]]     the bars: 1,000 feeds under 10 s and 128 MB; 10,000 grow linearly
set -eu
bulldog=$(realpath "${1:-build/bulldog}") wire=$(realpath "${2:-$(dirname "$bulldog")/sample-wire}") feeds=${3:-1000} runs=${4:-3}
here=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d)
pin() { if command -v taskset >/dev/null; then taskset -c "$@"; else shift; "$@"; fi; }
pin 1 "$wire" --dir "$here/sample/wire" --port 0 --now 2026-03-06T06:00:00Z >"$dir/wire" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$dir"' EXIT
until grep -q feeds.opml "$dir/wire"; do sleep 0.1; done
front=$(sed -n 's/feeds\.opml .*//p' "$dir/wire")
uptime
measure() { # LABEL COMMAND...
	local label=$1; shift
	/usr/bin/time -o "$dir/time" -f '%e %U %S %M' taskset -c 0 "$@" >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }
	awk -v l="$label" '{ printf "%-14s %6.2f s wall  %5.2f s CPU  %6.1f MB\n", l, $1, $2 + $3, $4 / 1024 }' "$dir/time"
	tail -n 1 "$dir/out"
}
for ((r = 1; r <= runs; r++)); do
	rm -rf "$dir/press"; "$bulldog" init "$dir/press" >/dev/null
	b=("$bulldog" -C "$dir/press" -o wire.allow=127.0.0.1 -o wire.delay=0s -o wire.pages=0 --now 2026-03-06T06:00:00Z)
	"${b[@]}" feeds import "${front}many/$feeds/feeds.opml" >/dev/null
	measure "gather" "${b[@]}" gather
	measure "again" "${b[@]}" gather --all
done

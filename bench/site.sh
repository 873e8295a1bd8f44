#!/usr/bin/env bash
# The site under load: requests a second for the front page on one core, with connections kept, and what 500 of them cost.
# usage: bench/site.sh [BULLDOG [SECONDS [RUNS]]]     needs wrk; medians of RUNS. The load comes from another core.
set -eu
bulldog=$(realpath "${1:-build/bulldog}") seconds=${2:-5} runs=${3:-3}
dir=$(mktemp -d) && trap 'kill "${serve:-}" 2>/dev/null || :; rm -rf "$dir"' EXIT
"$bulldog" init "$dir/press" >/dev/null
mkdir "$dir/press/public"
# As large as a front page: 40 kB of words, no two lines the same.
awk 'BEGIN { srand(1); print "<!doctype html><title>The Morning Edition</title>"
	for (i = 0; i < 500; i++) { printf "<p>"; for (k = 0; k < 10; k++) printf "w%d ", rand() * 9999; print "</p>" } }' \
	>"$dir/press/public/index.html"
taskset -c 0 "$bulldog" -C "$dir/press" -o site.listen=127.0.0.1:0 -o site.connections=1000 serve >"$dir/log" &
serve=$!
for _ in $(seq 100); do grep -q 'The site is at' "$dir/log" && break; sleep 0.05; done
url=$(sed -n 's|.*\(http://[0-9.:]*/\)|\1|p' "$dir/log")
rss() { awk '/^VmRSS/ { printf "%.1f MB", $2 / 1024 }' "/proc/$serve/status"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
load() { # LABEL CONNECTIONS WRK-OPTIONS...
	local label=$1 n=$2 i; shift 2
	for ((i = 0; i < runs; i++)); do
		taskset -c 1 wrk -t1 -c"$n" -d"${seconds}s" "$@" "$url" | awk '/^Requests\/sec/ { print $2 } /Socket errors|Non-2xx/ { print > "/dev/stderr" }'
	done >"$dir/rates"
	printf '%-28s %4d connections  %7.0f requests/s   RSS %s\n' "$label" "$n" "$(median <"$dir/rates")" "$(rss)"
}
printf 'page of %d kB, load before: %s, RSS at rest %s\n' "$(($(wc -c <"$dir/press/public/index.html") / 1024))" "$(cut -d' ' -f1 /proc/loadavg)" "$(rss)"
load "plain" 16
load "gzip" 16 -H 'Accept-Encoding: gzip'
load "gzip" 500 -H 'Accept-Encoding: gzip'

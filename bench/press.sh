#!/usr/bin/env bash
# A press of 100,000 stored articles: how long compose, show, why, stories and feeds list take.
# usage: bench/press.sh [BULLDOG [ARTICLES [RUNS]]]     medians of RUNS; the bars: compose 1,000 ms, the rest 50 ms
set -eu
bulldog=$(realpath "${1:-build/bulldog}") n=${2:-100000} runs=${3:-5}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
now=2026-03-06T06:00:00Z
seconds=1772776800

"$bulldog" init "$dir/press" >/dev/null
awk -v n="$n" -v now=$seconds -f "$here/fill.awk" | sqlite3 "$dir/press/bulldog.db"
printf '%s articles, %s MB\n' "$n" "$(du -m "$dir/press/bulldog.db" | cut -f1)"

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
time_ms() { # LABEL COMMAND... : the median of $runs
	local label=$1 i t0 t1; shift
	for ((i = 0; i < runs; i++)); do
		[ "$label" = compose ] && sqlite3 "$dir/press/bulldog.db" 'DELETE FROM edition_story; DELETE FROM revision; DELETE FROM edition;'
		t0=$(date +%s%N); "$@" >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }; t1=$(date +%s%N)
		echo $(((t1 - t0) / 1000000))
	done >"$dir/times"
	printf '%-12s %5s ms   (%s)\n' "$label" "$(median <"$dir/times")" "$(sort -n "$dir/times" | tr '\n' ' ')"
}
b=("$bulldog" -C "$dir/press" --now $now)
time_ms compose "${b[@]}" compose
time_ms show "${b[@]}" show
time_ms stories "${b[@]}" stories
first=$("${b[@]}" stories --json | grep -o '"story":[0-9]*\|"id":[0-9]*' | head -n 1 | tr -dc 0-9)
time_ms why "${b[@]}" why "$first"
time_ms "feeds list" "${b[@]}" feeds list
time_ms verify "${b[@]}" verify

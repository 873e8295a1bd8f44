#!/usr/bin/env bash
# `bulldog extract` over a folder of pages, on one core: pages and MB a second, medians, and peak memory where GNU time is. A
# second line counts processor time only, which says more on a machine that has other work.
# usage: bench/extract.sh FOLDER [BULLDOG [RUNS]]
set -eu
folder=$(realpath "${1:?a folder of pages}") bulldog=$(realpath "${2:-build/bulldog}") runs=${3:-5}
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
for f in "$folder"/*.html; do printf '{"id":"%s","file":"%s"}\n' "$(basename "$f")" "$f"; done >"$dir/jobs"
pages=$(wc -l <"$dir/jobs") bytes=$(cat "$folder"/*.html | wc -c)
pin=$(command -v taskset >/dev/null && echo "taskset -c 0" || true)
for ((i = 0; i < runs; i++)); do
	TIMEFORMAT='%U %S' t0=$(date +%s%N)
	{ time $pin "$bulldog" extract <"$dir/jobs" >"$dir/out"; } 2>>"$dir/cpu"; t1=$(date +%s%N)
	[ "$(wc -l <"$dir/out")" = "$pages" ] || { echo "answers are missing" >&2; exit 1; }
	awk -v n="$pages" -v b="$bytes" -v ns=$((t1 - t0)) 'BEGIN { s = ns / 1e9; printf "%.0f %.1f\n", n / s, b / 1e6 / s }'
done | sort -n >"$dir/rates"
awk -v n="$pages" '{ p[NR] = $1; m[NR] = $2 } END { k = int((NR + 1) / 2)
	printf "%d pages: %s pages/s, %s MB/s (%s to %s pages/s)\n", n, p[k], m[k], p[1], p[NR] }' "$dir/rates"
awk -v n="$pages" '{ printf "%.0f\n", n / ($1 + $2) }' "$dir/cpu" | sort -n | awk '{ p[NR] = $1 }
	END { printf "in processor time: %s pages/s (%s to %s)\n", p[int((NR + 1) / 2)], p[1], p[NR] }'
if [ -x /usr/bin/time ]; then /usr/bin/time -f "peak %M kB" "$bulldog" extract <"$dir/jobs" >/dev/null; fi

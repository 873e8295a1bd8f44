#!/usr/bin/env bash
# `bulldog parse --jsonl` over a folder of feeds, on one core, beside sfeed where it is installed: MB/s, medians.
# usage: bench/parse.sh FOLDER [BULLDOG [RUNS [REPEATS]]]
set -eu
folder=$(realpath "${1:?a folder of feeds}") bulldog=$(realpath "${2:-build/bulldog}") runs=${3:-5} repeats=${4:-20}
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
for ((i = 0; i < repeats; i++)); do
	for f in "$folder"/*; do printf '{"id":"%s","file":"%s"}\n' "$(basename "$f")" "$f"; done
done >"$dir/jobs"
bytes=$(($(cat "$folder"/* | wc -c) * repeats))
pin=$(command -v taskset >/dev/null && echo "taskset -c 0" || true)
run() { # LABEL COMMAND...
	local label=$1 i t0 t1; shift
	for ((i = 0; i < runs; i++)); do
		t0=$(date +%s%N); "$@" >/dev/null 2>&1; t1=$(date +%s%N)
		awk -v b="$bytes" -v ns=$((t1 - t0)) 'BEGIN { printf "%.1f\n", b / 1e6 / (ns / 1e9) }'
	done | sort -n >"$dir/rates"
	printf '%-10s %6s MB/s   (%s)\n' "$label" "$(awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }' "$dir/rates")" "$(tr '\n' ' ' <"$dir/rates")"
}
parse() { $pin "$bulldog" parse --jsonl <"$dir/jobs"; }
# One process for the whole stream, as for us: sfeed reads concatenated documents.
for ((i = 0; i < repeats; i++)); do cat "$folder"/*; done >"$dir/stream"
sfeeds() { $pin sfeed <"$dir/stream"; }
run bulldog parse
if command -v sfeed >/dev/null; then run sfeed sfeeds; fi

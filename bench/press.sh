#!/usr/bin/env bash
# A press of 100,000 stored articles: how long compose, show, why, stories and feeds list take.
# Then its edition, with a chart of 10,000 rows: printed (page, text, three feeds, book, chart, card), and its letter; how large they are.
# usage: bench/press.sh [BULLDOG [ARTICLES [RUNS]]]     medians of RUNS; the bars: compose 1,000 ms, publish and letter together
# 250 ms, the rest 50 ms; page 60 kB packed, letter 80 kB
set -eu
bulldog=$(realpath "${1:-build/bulldog}") n=${2:-100000} runs=${3:-5}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
now=2026-03-06T06:00:00Z
seconds=1772776800

"$bulldog" init "$dir/press" >/dev/null
awk -v n="$n" -v now=$seconds -f "$here/fill.awk" | sqlite3 "$dir/press/bulldog.db"
mkdir -p "$dir/press/charts"
{ echo 'title: The index is above its old high after 34 years'; echo 'unit: points'; echo 'data: index.csv'; } >"$dir/press/charts/standing.chart"
awk 'BEGIN { print "Day,Close"; for (i = 0; i < 10000; i++) printf "%s,%.2f\n", strftime("%Y-%m-%d", i * 86400 + 908928000, 1), 7000 + 3 * i + 900 * sin(i / 90) }' >"$dir/press/charts/index.csv"
"$bulldog" -C "$dir/press" subscribers add reader@example.org >/dev/null
printf '%s articles, %s MB\n' "$n" "$(du -m "$dir/press/bulldog.db" | cut -f1)"

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
TIMEFORMAT='%3R %3U %3S'
time_ms() { # LABEL COMMAND... : the medians of $runs, of the clock and of the processor
	local label=$1 i; shift
	for ((i = 0; i < runs; i++)); do
		[ "$label" = compose ] && sqlite3 "$dir/press/bulldog.db" 'DELETE FROM edition_story; DELETE FROM revision; DELETE FROM edition;'
		[ "$label" = letter ] && sqlite3 "$dir/press/bulldog.db" "UPDATE delivery SET state = 'pending'; DELETE FROM delivery_count;
			INSERT INTO delivery_count VALUES (1, 'pending', 1)"
		{ time "$@" >"$dir/out" 2>&1; } 2>"$dir/time" || { cat "$dir/out"; exit 1; }
		awk '{ print $1 * 1000, ($2 + $3) * 1000 }' "$dir/time"
	done >"$dir/times"
	printf '%-12s %5s ms   (%s)   %s ms of processor time\n' "$label" "$(median <"$dir/times")" \
		"$(sort -n "$dir/times" | cut -d' ' -f1 | tr '\n' ' ')" "$(cut -d' ' -f2 "$dir/times" | median)"
}
b=("$bulldog" -C "$dir/press" --now $now)
time_ms compose "${b[@]}" compose
time_ms show "${b[@]}" show
time_ms stories "${b[@]}" stories
first=$("${b[@]}" stories --json | grep -o '"story":[0-9]*\|"id":[0-9]*' | head -n 1 | tr -dc 0-9)
time_ms why "${b[@]}" why "$first"
time_ms "feeds list" "${b[@]}" feeds list
time_ms verify "${b[@]}" verify
time_ms publish "${b[@]}" publish
time_ms letter "${b[@]}" deliver
folder=$(dirname "$(find "$dir/press/public" -name edition.epub)")
printf 'page %s B, packed %s B; letter %s B; book %s B\n' "$(wc -c <"$folder/index.html")" "$(gzip -9c "$folder/index.html" | wc -c)" \
	"$(cat "$dir"/press/outbox/*.eml | wc -c)" "$(wc -c <"$folder/edition.epub")"

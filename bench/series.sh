#!/usr/bin/env bash
# 200 series of 10,000 values beside 20,000 stored articles and 5,000 events: reading and searching the series, then composing
# with what is news in them. Seconds of wall clock, the program's own CPU, its peak memory.
# usage: bench/series.sh [BULLDOG [SERIES [VALUES [RUNS]]]]     the bars: compose 2 s, 128 MB
set -eu
bulldog=$(realpath "${1:-build/bulldog}") n=${2:-200} values=${3:-10000} runs=${4:-3}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
now=2026-03-06T06:00:00Z
seconds=1772776800

measure() { # LABEL COMMAND...
	local label=$1; shift
	/usr/bin/time -o "$dir/time" -f '%e %U %S %M' "$@" >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }
	awk -v l="$label" '{ printf "%-8s %6.2f s wall  %5.2f s CPU  %6.1f MB\n", l, $1, $2 + $3, $4 / 1024 }' "$dir/time"
}

"$bulldog" init "$dir/press" >/dev/null
awk -v n=20000 -v now=$seconds -f "$here/fill.awk" | sqlite3 "$dir/press/bulldog.db"
awk -v now=$seconds 'BEGIN { print "BEGIN;"; for (i = 0; i < 5000; i++)
	printf "INSERT INTO event (feed_id,origin,uid,recurrence,sequence,category,title,place,zone,start_at,all_day,importance,expected,previous,tentative,cancelled,url,source,seen_at) VALUES (0,\x27csv\x27,\x27e%d\x27,\x27\x27,0,\x27Courts\x27,\x27Hearing %d of the wharf case\x27,\x27\x27,\x27\x27,%d,0,%d,\x27\x27,\x27\x27,0,0,\x27\x27,\x27\x27,%d);\n", i, i, now + i * 60, 1 + i % 3, now
	print "COMMIT;" }' | sqlite3 "$dir/press/bulldog.db"
b=("$bulldog" -C "$dir/press" --now $now)
awk -v n="$n" -v values="$values" -v now=$seconds -v dir="$dir" 'BEGIN { srand(5)
	for (v = 0; v < values; v++)
		day[v] = strftime("%Y-%m-%d", now - (values - v) * 86400, 1)
	for (s = 1; s <= n; s++) {
		file = dir "/series" s ".csv"; x = 1000
		print "Day,Close" >file
		for (v = 0; v < values; v++)
			printf "%s,%.2f\n", day[v], x += rand() * 10 - 5 >file
		close(file)
	} }'
for ((s = 1; s <= n; s++)); do "${b[@]}" series add --no-fetch --name "Series $s" "$dir/series$s.csv" >/dev/null; done
measure gather "${b[@]}" gather
sqlite3 "$dir/press/bulldog.db" "SELECT COUNT(*) || ' values, ' || (SELECT COUNT(*) FROM finding) || ' findings' FROM gauge_point"
for ((r = 1; r <= runs; r++)); do
	sqlite3 "$dir/press/bulldog.db" 'DELETE FROM edition_story; DELETE FROM revision; DELETE FROM edition; UPDATE finding SET edition_id = 0;'
	measure compose "${b[@]}" compose
	"${b[@]}" show | grep -m 1 '^title: Series'
done
measure "why" "${b[@]}" why chart
measure verify "${b[@]}" verify

#!/usr/bin/env bash
# A chart of 10,000 rows of CSV, drawn as SVG and as PNG by one process: its whole life, from its start to the files on disk.
# usage: bench/chart.sh [BULLDOG [RUNS]]     The bar: 60 ms of processor time.
set -eu
bulldog=$(realpath "${1:-build/bulldog}")
runs=${2:-9}
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT

awk 'BEGIN {
	srand(1)
	print "Day,Close"
	for (i = 0; i < 10000; i++) {
		v += (i ? 0 : 100) + rand() - 0.49
		printf "%d-%02d-%02d,%.2f\n", 1996 + i / 336, i / 28 % 12 + 1, i % 28 + 1, v
	}
}' >"$T/rows.csv"

for _ in $(seq "$runs"); do
	/usr/bin/time -f '%e %U %S %M' "$bulldog" chart "$T/rows.csv" --title "A finding" -o "$T/a.svg" -o "$T/a.png" 2>>"$T/times"
done
awk '{ print ($2 + $3) * 1000, $1 * 1000, $4 }' "$T/times" | sort -n |
	awk '{ cpu[NR] = $1; wall[NR] = $2; kb = $3 }
	END { printf "10,000 rows to SVG and PNG: %d ms of processor time, %d ms on the clock (medians of %d), %d MB\n",
		cpu[int((NR + 1) / 2)], wall[int((NR + 1) / 2)], NR, kb / 1024 }'
ls -l "$T/a.svg" "$T/a.png" | awk '{ sub(".*/", "", $NF); printf "%s %d kB\n", $NF, $5 / 1000 }'

#!/usr/bin/env bash
# gather + compose + publish over a wire that is served already: seconds of wall clock, the program's own CPU, its peak memory.
# usage: bench/edition.sh OPML_URL [BULLDOG [RUNS]]     e.g. the sample wire's http://127.0.0.1:8026/feeds.opml
set -eu
opml=${1:?the address of an OPML file on loopback} bulldog=$(realpath "${2:-build/bulldog}") runs=${3:-3}
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
allow=(-o wire.allow=127.0.0.1 -o wire.delay=0s -o wire.pages=5000)
measure() { # LABEL COMMAND... : wall, CPU, peak RSS
	local label=$1; shift
	/usr/bin/time -o "$dir/time" -f '%e %U %S %M' "$@" >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }
	awk -v l="$label" '{ printf "%-8s %6.2f s wall  %5.2f s CPU  %6.1f MB\n", l, $1, $2 + $3, $4 / 1024 }' "$dir/time"
	tail -n 1 "$dir/out"
}
for ((r = 1; r <= runs; r++)); do
	echo "run $r"
	rm -rf "$dir/press"; "$bulldog" init "$dir/press" >/dev/null
	b=("$bulldog" -C "$dir/press" "${allow[@]}")
	"${b[@]}" feeds import "$opml" >/dev/null
	measure gather "${b[@]}" gather
	measure compose "${b[@]}" compose
	measure publish "${b[@]}" publish
	measure again "${b[@]}" gather --all
done

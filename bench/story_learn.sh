#!/usr/bin/env bash
# Finding stories with other settings: each constant of the formula (docs/design/0013) is moved down and up, one at a time, and the
# kit's development sets are scored with one setting for all. The kit is not part of this repository.
# usage: bench/story_learn.sh [--folds] [KIT [FILE:NAME:VALUE[,FILE:NAME:VALUE...]]...]     KIT: default $BENCH_KIT/story; '' changes nothing
# --folds: by story_folds.py, with mean and spread over folds, and what the setting that all other sets choose gives each set.
set -eu
folds=
[ "${1:-}" != --folds ] || { folds=1; shift; }
kit=${1:-${BENCH_KIT:+$BENCH_KIT/story}}
[ -n "$kit" ] && [ -e "$kit/score_story.py" ] || {
	echo "bench/story_learn.sh: where is the bench kit? Give its story folder, or set BENCH_KIT" >&2
	exit 2
}
kit=$(realpath "$kit")
[ $# -gt 0 ] && shift
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- '' likeness.c:PART_TITLE:0.10 likeness.c:PART_TITLE:0.25 likeness.c:PART_NAMES:0.06 likeness.c:PART_NAMES:0.20 \
	likeness.c:PART_LEAD:0.00 likeness.c:PART_LEAD:0.15 likeness.c:ENOUGH:10.0 likeness.c:ENOUGH:20.0 \
	likeness.c:HEADLINE_TIMES:1.1 likeness.c:HEADLINE_TIMES:1.5 settle.c:BAR_HEADLINES:0.18 settle.c:BAR_HEADLINES:0.24 settle.c:BAR_TWO:0.21 settle.c:BAR_TWO:0.25 \
	settle.c:BAR_SOURCE:0.65 settle.c:BAR_SOURCE:0.85 likeness.c:OTHER_TITLE:0.25 likeness.c:OTHER_TITLE:0.45 \
	likeness.c:OTHER_FIGURES:0.10 likeness.c:OTHER_FIGURES:0.20 settle.c:BAR_THREE:0.18 settle.c:BAR_THREE:0.22 settle.c:BAR_MANY:0.10 \
	settle.c:BAR_MANY:0.13 settle.c:BAR_STORIES:0.15 settle.c:BAR_STORIES:0.19 corpus.c:PRIOR:1500.0 corpus.c:PRIOR:6000.0 \
	gist.c:LEAD_WORDS:50 gist.c:LEAD_WORDS:110 gist.c:WORDS_READ:200 gist.c:WORDS_READ:400

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
built=()
git ls-files -z | xargs -0 cp --parents -t "$tree"
for change; do
	cp src/story/*.c "$tree/src/story/"
	for one in ${change//,/ }; do
		IFS=: read -r file name value <<<"$one"
		sed -i -E "s/^#define $name +[^ ]+/#define $name $value/" "$tree/src/story/$file"
		grep -q "^#define $name $value" "$tree/src/story/$file" || {
			echo "bench/story_learn.sh: there is no $name in $file" >&2
			exit 2
		}
	done
	make -C "$tree" OPTIONS=--buildtype=release >"$tree/log" 2>&1 || {
		cat "$tree/log" >&2
		exit 1
	}
	if [ "$folds" ]; then
		cp "$tree/build/bulldog" "$tree/bulldog-${#built[@]}"
		built+=("${change:-as it is}=$tree/bulldog-${#built[@]}")
		continue
	fi
	echo "== ${change:-as it is}"
	python3 "$kit/score_story.py" --bulldog "$tree/build/bulldog"
done
[ -z "$folds" ] || python3 bench/story_folds.py "$kit" "${built[@]}"

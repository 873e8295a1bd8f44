#!/usr/bin/env bash
# Finding stories and telling them, on the labelled sets of the bench kit, which are not part of this repository.
# usage: bench/story.sh [BULLDOG [KIT]]     KIT holds score_story.py, score_blurb.py, speed_story.py (default: $BENCH_KIT/story)
# The bars: BCubed F1 of ecb_train .935, wikinews_medium .93, uci_sample .55; F1 of tg_pairs .90 and .85; no sentence that is not
# verbatim; 20,000 documents a second.
set -eu
bulldog=$(realpath "${1:-build/bulldog}")
kit=${2:-${BENCH_KIT:+$BENCH_KIT/story}}
[ -n "$kit" ] && [ -e "$kit/score_story.py" ] || {
	echo "bench/story.sh: where is the bench kit? Give its story folder, or set BENCH_KIT" >&2
	exit 2
}
python3 "$kit/score_story.py" --bulldog "$bulldog"
python3 "$kit/score_blurb.py" --bulldog "$bulldog"
python3 "$kit/speed_story.py" --bulldog "$bulldog" --sizes 1000,10000

#ifndef EDITION_FINDING_RANK_H
#define EDITION_FINDING_RANK_H

/*
 * Which of the findings is the day's chart, if any. Pure.
 *
 *     score = rarity - brief + weight - stale - heard
 *
 * all in bits. weight: -1, 0 or +1, its owner's word. stale: 2 log2(late /
 * allowed) for a value whose period ended longer ago than its kind of figures
 * takes to be published (two periods, four days at least), and a bit for each
 * day after the first since it was found. heard: two for each time the same
 * was found of an earlier value in the last eight days, up to six; three when
 * another finding of the series was printed within the rest.
 *
 * A finding isn't printed twice, nor one of its kind and series within the rest
 * of so many days, nor a value that is over four times as late as allowed.
 */

#include "base/time.h"
#include "store/finding.h"
#include "store/gauge.h"

struct arena;

struct finding_rank_input {
        const struct finding_list *findings; /* in force */
        const struct finding_list *known;    /* found or printed before */
        const struct gauge_list *gauges;
        struct str date; /* of the edition, which it doesn't count as another */
        int64_t now;
        int64_t rest_days; /* edition.chart_rest */
        double bar;        /* edition.chart_bar, bits */
};

struct finding_candidate {
        const struct finding *finding;
        const struct gauge *gauge;
        double weight, stale, heard, score;
        struct str rule; /* why it isn't the chart; empty: it is */
};

/* All, the best first, in a; at most one has no rule against it. */
size_t finding_rank(struct arena *a, const struct finding_rank_input *in,
                    struct finding_candidate **ret);

#endif

#ifndef EDITION_FINDING_H
#define EDITION_FINDING_H

/*
 * What is news in a series of figures. Pure: values in, findings out.
 *
 * A finding is about the newest value. How rare it is says how often the same
 * would come by chance, in bits:
 *
 *     rarity = -log2(max(own, chance))
 *     own    = (hits + 1) / (chances + 1)
 *
 * own: of the times at which this series could have done as much, how often it
 * did (a rising series makes records every day, so one more is none). To have
 * been able to be "the highest for k periods" a value needs k before it; so
 * that a record of a lifetime can be compared, only half of the lifetime is
 * asked.
 *
 * chance: what would happen if the order of values were drawn by lot: 1 / (k+1)
 * for the highest, lowest or largest of k+1; 1 / 2^(n-1) for a streak of n. It
 * keeps a series with a dull history from making much of little.
 *
 * A short history takes log2(FINDING_LONG / n) bits off.
 *
 * | kind          | the newest value ...                                     |
 * | high, low     | is above, below all since ...                            |
 * | back          | is back where it was at ..., after a long way off        |
 * | rises, falls  | is the last of so many rises in a row, most since ...    |
 * | rise, fall    | came by the largest move since ...                       |
 * | above, below  | passed a round number, first time since ...              |
 * | over, under   | passed the other series, first time since ...            |
 * | season-high, season-low | is above, below all of its time of year since  |
 * | revised       | of a recent date changed its sign                        |
 *
 * A series whose values are nearer to those of a year before than to those of
 * the period before (by the median; months and quarters only) is seasonal: its
 * records and moves are its seasons', and only the same months are compared.
 */

#include <stdbool.h>

#include "edition/period.h"
#include "store/finding.h"
#include "store/gauge.h"

struct arena;

#define FINDING_MIN 8   /* values, or nothing is news */
#define FINDING_LONG 24 /* values from which on a history is no short one */
#define FINDING_MOST 12 /* of one series */

struct finding_input {
        const struct gauge_point *points, *other;
        size_t n, n_other;
        enum period period;
        bool is_share; /* in per cent: moves are differences */
        int64_t as_of; /* revisions that came then are news */
};

/* At most FINDING_MOST into ret; only what the figures say is filled. */
size_t finding_search(struct arena *a, const struct finding_input *in,
                      struct finding *ret);

/* Is it one of those that compare the same time of year only? */
bool finding_is_seasonal(const struct finding_input *in);

/* The finding of that kind among those found again; NULL: it isn't there. */
const struct finding *finding_of_kind(const struct finding *list, size_t n,
                                      struct str kind);

#endif

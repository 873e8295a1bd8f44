#ifndef EDITION_PERIOD_H
#define EDITION_PERIOD_H

/* How often a series has a value: told by its owner, or by its dates. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct gauge_point;

enum period {
        PERIOD_YEAR,
        PERIOD_QUARTER,
        PERIOD_MONTH,
        PERIOD_WEEK,
        PERIOD_DAY,
        PERIOD_HOUR,
        PERIODS,
};

/* "month". */
const char *period_name(enum period p);
/* False: there is none of that name. */
bool period_named(struct str name, enum period *ret);
/* By the median of the times from one value to the next; a day when there are
 * fewer than two. */
enum period period_of(const struct gauge_point *points, size_t n);
/* The name's, or else as the points tell. */
enum period period_for(struct str name, const struct gauge_point *points,
                       size_t n);
/* Its usual length in seconds, and from which distance on values are missing
 * between two: one and a half, for days a long weekend. */
int64_t period_length(enum period p);
int64_t period_gap(enum period p);
/* Of the year's periods the how-manieth an instant is in: a month's 1 to 12, a
 * quarter's 1 to 4; 0: the period has no seasons. */
int period_season(enum period p, int64_t at);
/* Into buf, at least 20 bytes, as charts have it: "2026-03", "2026-Q1". */
#define PERIOD_B 20
void period_write(enum period p, int64_t at, char buf[PERIOD_B]);

#endif

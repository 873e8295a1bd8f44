#ifndef WIRE_FEED_PACE_H
#define WIRE_FEED_PACE_H

/*
 * When a feed asks to be read: skipHours and skipDays of RSS, updatePeriod and
 * updateFrequency of its syndication module.
 */

#include <stdbool.h>
#include <stdint.h>

struct feed_doc;
struct xml;

struct feed_pace {
        int64_t period_s, times;
};

/* Is the current element one of those? Then it is read, into doc and p. */
bool feed_pace_read(struct feed_pace *p, struct xml *x, struct feed_doc *doc);

#endif

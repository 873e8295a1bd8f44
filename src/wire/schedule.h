#ifndef WIRE_SCHEDULE_H
#define WIRE_SCHEDULE_H

/*
 * When a feed is read next. Pure: the same feed, past and clock give the same
 * instant, so the jitter that keeps a thousand feeds from being due at the same
 * second comes from the feed's address and its number of failures.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct schedule {
        int64_t every_s;   /* wire.every */
        int64_t longest_s; /* wire.longest */
};

/* What is known of how soon to ask again; 0 and TIME_NONE: nothing. */
struct schedule_hints {
        int64_t max_age_s; /* Cache-Control, or the feed's own ttl */
        int64_t newest_at; /* date of its newest item */
        int64_t last_s;    /* the pause before this try, when nothing changed */
        int64_t gap_s;     /* usual time from one item to the next */
        bool is_pushed;    /* a hub tells us of its news */
        uint32_t skip_hours,
                skip_days; /* bits: not then, if it can be helped */
};

/* It was read: soon again, less often where little comes. */
int64_t schedule_read(const struct schedule *s, struct str url, int64_t now,
                      const struct schedule_hints *hints);

/*
 * It failed for the failures-th time in a row: a quarter of wire.every, then
 * twice as long each time. retry_at (TIME_NONE: none) is the host's own wish,
 * kept up to wire.longest.
 */
int64_t schedule_failed(const struct schedule *s, struct str url, int64_t now,
                        int64_t failures, int64_t retry_at);

/* There is no such page (404): ever less often, four times as long each time.
 */
int64_t schedule_missing(const struct schedule *s, struct str url, int64_t now,
                         int64_t failures);

/*
 * An article's page failed for the tries-th time, perhaps not for ever: when to
 * try it again; 0: no more. retry_at as above, kept up to some hours.
 */
int64_t schedule_page(struct str url, int64_t now, int64_t tries,
                      int64_t retry_at);

/* The usual time between two of n instants: the median of the gaps among the
 * newest; 0: too few to tell. at is put in order, newest first. */
int64_t schedule_gap(int64_t *at, size_t n);

/* Retry-After, seconds or an HTTP date, as an instant; TIME_NONE: unreadable.
 */
int64_t schedule_retry_after(struct str value, int64_t now);

/* max-age of Cache-Control; 0 when there is none. */
int64_t schedule_max_age(struct str cache_control);

#endif

#ifndef WIRE_SCHEDULE_H
#define WIRE_SCHEDULE_H

/*
 * When a feed is read next. Pure: the same feed, past and clock give the same
 * instant, so the jitter that keeps a thousand feeds from being due at the same
 * second comes from the feed's address and its number of failures.
 */

#include <stdint.h>

#include "base/str.h"

struct schedule {
        int64_t every_s;   /* wire.every */
        int64_t longest_s; /* wire.longest */
};

/* What an answer tells of how soon to ask again; 0 and TIME_NONE: nothing. */
struct schedule_hints {
        int64_t max_age_s; /* Cache-Control, or the feed's own ttl */
        int64_t newest_at; /* date of its newest item */
        int64_t last_s;    /* the pause before this try, when nothing changed */
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

/* Retry-After, seconds or an HTTP date, as an instant; TIME_NONE: unreadable.
 */
int64_t schedule_retry_after(struct str value, int64_t now);

/* max-age of Cache-Control; 0 when there is none. */
int64_t schedule_max_age(struct str cache_control);

#endif

#ifndef BASE_TIME_H
#define BASE_TIME_H

/*
 * Instants are int64_t seconds since 1970-01-01T00:00:00Z, named *_at; spans
 * are seconds, named *_s. TIME_NONE means unknown. The civil calendar is the
 * proleptic Gregorian one (days_from_civil after H. Hinnant's published
 * formulas). Named zones are ICU's.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

#define TIME_NONE INT64_MIN
#define TIME_DAY_S 86400

struct civil {
        int year, month, day, hour, minute, second;
        int weekday; /* 0 is Monday, as in ISO 8601 */
};

/* The wall clock, or the instant that time_freeze() set. Only main, cmd and
 * base call these. */
int64_t time_now(void);
void time_freeze(int64_t at);
bool time_is_frozen(void);
/* Milliseconds of a clock that never jumps, for measuring. */
int64_t time_mono_ms(void);

/* UTC <-> civil. Fields out of range are carried over (minute 61). */
int64_t time_from_civil(const struct civil *c);
struct civil time_to_civil(int64_t at);

/* A zone's wall clock. zone is an IANA name; an unknown one is ERR_INPUT. */
NODISCARD int time_zone_check(struct str zone, struct err *err);
/* Civil time at the instant in zone; unknown zones count as UTC. */
struct civil time_in_zone(int64_t at, struct str zone);
/* The instant of that civil time in zone (a gap gives the instant after it). */
int64_t time_from_zone(const struct civil *c, struct str zone);

/* RFC 3339 ("2026-03-06T05:30:00Z", any offset; fractions dropped; a blank for
 * the T; date alone = midnight UTC). */
NODISCARD int time_parse_rfc3339(struct str s, int64_t *ret_at,
                                 struct err *err);
void time_put_rfc3339(struct buf *b, int64_t at);
/* RFC 5322 date in UTC: "Fri, 06 Mar 2026 05:30:00 +0000". */
void time_put_rfc5322(struct buf *b, int64_t at);
/* IMF-fixdate of HTTP (RFC 9110): "Fri, 06 Mar 2026 05:30:00 GMT". */
void time_put_http(struct buf *b, int64_t at);
/* HTTP date in its three forms (RFC 9110, 5.6.7). */
NODISCARD int time_parse_http(struct str s, int64_t *ret_at);
/* "2026-03-06". */
void time_put_date(struct buf *b, const struct civil *c);
NODISCARD int time_parse_date(struct str s, struct civil *ret, struct err *err);

#endif

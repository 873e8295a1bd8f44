#ifndef CONF_CLOCK_H
#define CONF_CLOCK_H

/*
 * When an edition is due: the arithmetic of clock.compose, clock.publish and
 * clock.days in the press's zone, over days on which the clocks change.
 *
 * A time that a change of clocks skips comes as much later as the clocks
 * skipped, so no day loses its edition; one that comes twice counts once.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/time.h"

struct conf;

struct clock_plan {
        struct str zone;
        int64_t compose_min, publish_min; /* minutes after midnight */
        unsigned days;                    /* bit 0 is Monday */
};

/* One edition's day. A compose time after the publish time is the evening
 * before. */
struct clock_day {
        struct civil date; /* year, month, day, weekday */
        int64_t compose_at, publish_at;
};

/* "mon-fri", "mon,wed,fri", "sat-mon". ERR_INPUT says what was meant. */
NODISCARD int clock_parse_days(struct str text, unsigned *ret_days,
                               struct err *err);
NODISCARD int clock_plan_read(const struct conf *conf, struct clock_plan *ret,
                              struct err *err);

/* The edition whose compose time passed last, at or before now. */
struct clock_day clock_last(const struct clock_plan *plan, int64_t now);
/* The edition whose publish time passed last, at or before now. */
struct clock_day clock_last_published(const struct clock_plan *plan,
                                      int64_t now);
/* Is it still worth making: to be published yet, or of today? */
bool clock_is_current(const struct clock_plan *plan,
                      const struct clock_day *day, int64_t now);
/* The edition that is composed next, after now. */
struct clock_day clock_next(const struct clock_plan *plan, int64_t now);

#endif

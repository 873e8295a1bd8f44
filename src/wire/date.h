#ifndef WIRE_DATE_H
#define WIRE_DATE_H

/*
 * Dates as feeds and pages write them: RFC 822 and its kin, W3CDTF and RFC
 * 3339, day and month names in many languages, zone names, two-digit years.
 *
 * A wrong date is worse in a newspaper than none, so a word or a number that
 * isn't understood makes the whole string unreadable.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

/* ERR_INPUT: that is no date we can be sure of; *ret_at is untouched. Without
 * a zone it counts as UTC. *ret_is_day (may be NULL): it has no time of day. */
NODISCARD int date_parse(struct str s, int64_t *ret_at, bool *ret_is_day);

struct date_told {
        int64_t at;
        int64_t offset_s; /* of its zone, east of Greenwich */
        bool is_day;      /* it has no time of day */
        bool has_zone;
};

/* The same, and in which zone it was told. */
NODISCARD int date_read(struct str s, struct date_told *ret);

/* May a date begin with this word: is it a number, a month, a weekday? */
bool date_may_begin(struct str word);

#endif

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

#endif

#ifndef WIRE_CALENDAR_H
#define WIRE_CALENDAR_H

/*
 * A calendar (iCalendar, RFC 5545) as events, one an occurrence. Pure.
 *
 * libical reads each event by itself, so that a broken one costs itself only;
 * ICU knows the zones. A rule is followed within a stretch of time and within
 * the limits of limits.h: it can neither fill memory nor time.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/event.h"
#include "wire/item.h"

struct arena;
struct buf;

struct calendar {
        struct str title; /* as it calls itself; may be absent */
        int64_t ttl_s;    /* how often it changes; 0: not said */
        /* Without id, feed_id, origin, source and seen_at. */
        struct event *items;
        size_t n_items, cap_items;
        struct strs warnings; /* what was left out and why, with its line */
};

/* What is wanted: events of this stretch of time; times that have no zone are
 * of this one. */
struct calendar_wish {
        struct str zone;
        int64_t from, to;
};

/* ERR_INPUT: it is no calendar; ERR_LIMIT: it is too large. */
NODISCARD int calendar_read(struct arena *a, struct str text,
                            const struct calendar_wish *wish,
                            struct calendar *ret, struct err *err);

/* A wish as one line of text, for the jail. */
struct str calendar_wish_put(struct arena *a, const struct calendar_wish *w);
NODISCARD int calendar_wish_get(struct str line, struct calendar_wish *ret,
                                struct err *err);

#endif

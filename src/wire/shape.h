#ifndef WIRE_SHAPE_H
#define WIRE_SHAPE_H

/*
 * Structs as records and back, by a table of their members: what a feed and a
 * page are once they are read (wire/item.h), on their way out of the jail.
 *
 * A member that a table lacks doesn't cross. The unit test looks for such.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "wire/discover.h"

struct arena;
struct buf;

enum shape_kind {
        SHAPE_TEXT,  /* struct str */
        SHAPE_LINE,  /* struct str: one line, at most so many bytes */
        SHAPE_URL,   /* struct str: an address that may be printed */
        SHAPE_TEXTS, /* struct strs: lines */
        SHAPE_INT,   /* int64_t, from -1 */
        SHAPE_SHIFT, /* int64_t of either sign */
        SHAPE_TIME,  /* int64_t: an instant of our times, or TIME_NONE */
        SHAPE_BITS,  /* uint32_t */
        SHAPE_ENUM,  /* of int's size, from 0 to most */
        SHAPE_FLAG,  /* bool */
        SHAPE_LIST,  /* pointer to structs of another shape, their number and
                        their room */
};

struct shape;

struct shape_member {
        const char *name;
        enum shape_kind kind;
        size_t at, at_n, at_cap; /* offsets; the last two of a list's numbers */
        int64_t most; /* parts of a list, bytes of a line, the last number */
        const struct shape *of; /* a list's */
};

struct shape {
        size_t size_b;
        const struct shape_member *members;
        size_t n;
};

/* Of a list of feeds only what a list says of each. */
struct shape_links {
        bool is_html; /* else there are none */
        struct discover_list links, anchors;
};

/* struct feed_doc, item, enclosure, page, feed_list, shape_links, calendar,
 * event */
extern const struct shape shape_feed, shape_item, shape_enclosure, shape_page,
        shape_list, shape_links, shape_calendar, shape_event;

/* The members that are not zero, as fields. */
void shape_put(struct buf *out, const struct shape *s, const void *from);

/*
 * Read what shape_put() wrote into *ret, which must be zero. Texts are borrowed
 * from bytes, or repaired in a where they are no UTF-8 or have controls; lists
 * live in a. An address with another scheme than the sanitiser lets through and
 * an instant that can't be are absent: our own parser makes none, one that was
 * taken over might. ERR_INPUT: it isn't such a record.
 */
NODISCARD int shape_get(struct arena *a, const struct shape *s,
                        struct str bytes, void *ret, struct err *err);

#endif

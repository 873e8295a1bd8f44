#ifndef EDITION_READER_H
#define EDITION_READER_H

/*
 * What the parts of the copy's reader share: the text, the count of what it
 * made so far, and faults that name line and column.
 *
 * All strings are views into text, so a fault's place follows from its address.
 */

#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

struct arena;

struct reader {
        struct arena *a;
        struct str text; /* valid UTF-8, lines ended by LF */
        size_t n_blocks;
        struct err *err;
};

/* A line, or what is left of it inside a quote or an item; no LF. */
struct line {
        struct str s;
        int no; /* from 1 */
};

/* Set err to "line L, column C: ..." for the place at. Returns code. */
int reader_fail(struct reader *r, const char *at, enum err_code code,
                const char *fmt, ...) PRINTF(4, 5);

#endif

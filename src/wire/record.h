#ifndef WIRE_RECORD_H
#define WIRE_RECORD_H

/*
 * What two processes tell each other: fields, one after the other, each with
 * its tag, its kind and its length.
 *
 * The reader trusts nothing: the other end may have been taken over by what it
 * read. A field that reaches past the end, comes out of order or twice, is of
 * another kind than asked or over its limit, and bytes that nobody asked for:
 * each is an error, and sticks.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

#define RECORD_MAX_B (64u * 1024 * 1024)

enum record_kind {
        RECORD_BYTES = 1, /* of any kind */
        RECORD_TEXT,      /* UTF-8 */
        RECORD_INT,       /* 8 bytes */
        RECORD_LIST,      /* parts, each with its length */
};

/* What goes ahead of a record: of what type it is, and how long. */
struct record_head {
        uint32_t type, length;
};

/* --- writing: what doesn't fit fails the buffer ------------------------- */

void record_put(struct buf *out, unsigned tag, enum record_kind kind,
                struct str bytes);
void record_put_int(struct buf *out, unsigned tag, int64_t n);

/* A field that is written piece by piece: from here to record_close(). */
size_t record_open(struct buf *out, unsigned tag, enum record_kind kind);
void record_close(struct buf *out, size_t mark);
/* A part of a list, the same way. */
size_t record_open_part(struct buf *out);
void record_close_part(struct buf *out, size_t mark);

/* How many bytes stand before a field's own. */
#define RECORD_FIELD_B 8

/* --- reading ------------------------------------------------------------ */

struct record {
        struct str rest;
        unsigned last_tag;
        const char *fault; /* what is wrong with it; NULL: nothing so far */
};

struct record_field {
        unsigned tag;
        enum record_kind kind;
        struct str bytes; /* borrowed from the record */
};

void record_init(struct record *r, struct str bytes);

/*
 * The field with this tag, when it comes next, into *ret; false when another
 * comes, or none (it is absent), or at a fault. Tags rise from field to field.
 */
bool record_take(struct record *r, unsigned tag, enum record_kind kind,
                 size_t max_b, struct str *ret);
bool record_take_int(struct record *r, unsigned tag, int64_t min, int64_t max,
                     int64_t *ret);

/* The next part of a list; false at its end, or at a fault. */
bool record_next_part(struct record *r, struct str *ret);

/* Was all of it taken, and nothing wrong? ERR_INPUT: what was wrong. */
NODISCARD int record_end(const struct record *r, struct err *err);

#endif

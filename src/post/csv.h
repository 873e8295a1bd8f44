#ifndef POST_CSV_H
#define POST_CSV_H

/* Comma-separated values (RFC 4180) as spreadsheets write them. */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

#define CSV_FIELDS_MAX 64

struct csv_row {
        struct str fields[CSV_FIELDS_MAX];
        size_t n;
};

/*
 * Take one row off *rest; fields live in a or are views of it. 1: a row; 0:
 * none left. ERR_INPUT: a quote that isn't closed; ERR_LIMIT: too many fields.
 * Empty lines are passed over, a byte order mark too.
 */
NODISCARD int csv_next(struct arena *a, struct str *rest, struct csv_row *ret,
                       struct err *err);

/* One field, quoted where needed; a comma before it unless it is the first. */
void csv_put(struct buf *out, struct str field, bool is_first);

#endif

#ifndef BASE_CSV_H
#define BASE_CSV_H

/*
 * Values parted by commas, semicolons or tabs (RFC 4180) as spreadsheets write
 * them: quoted fields with line ends in them, a byte order mark, any line end.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

#define CSV_FIELDS_MAX 64

/* A reader over text, which must outlive what is read. */
struct csv {
        struct str rest;
        char sep;
        int line; /* of rest, from 1 */
};

struct csv_row {
        struct str fields[CSV_FIELDS_MAX];
        size_t n;
        int line; /* at which it begins */
};

/* sep is ',', ';', '\t', or 0: what parts the first lines alike. */
struct csv csv_open(struct str text, char sep);

/*
 * The next row; fields live in a or are views of the text. 1: a row; 0: none
 * left. ERR_INPUT: a quote that isn't closed; ERR_LIMIT: too many fields; err
 * names the line. Empty lines are passed over.
 */
NODISCARD int csv_next(struct arena *a, struct csv *c, struct csv_row *ret,
                       struct err *err);

/* One field, quoted where needed; a comma before it unless it is the first. */
void csv_put(struct buf *out, struct str field, bool is_first);

#endif

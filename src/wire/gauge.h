#ifndef WIRE_GAUGE_H
#define WIRE_GAUGE_H

/*
 * A document of figures (CSV, JSON rows) as one series: a date and a value a
 * row, in order, each date once. Pure.
 *
 * A cell that is wrong costs itself only and is named with its line. The answer
 * of the jail is packed numbers and not a list of structs, as there may be
 * hundreds of thousands; who takes it checks each.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/gauge.h"
#include "wire/item.h"

struct arena;
struct buf;

/* How the figures are found; empty: as the document suggests. */
struct gauge_wish {
        struct str name; /* for messages: "prices.csv" */
        struct str path, date_column, value_column;
};

struct gauge_doc {
        struct gauge_point *items; /* at and value; at rises */
        size_t n;
        int64_t rows;     /* in the document */
        int64_t gaps;     /* rows without a value */
        int64_t again;    /* rows whose date came before; the last counts */
        int64_t decimals; /* most of any value */
        int64_t faults;   /* of which the first are told in warnings */
        struct str date_column, value_column; /* those that were read */
        struct strs warnings; /* "prices.csv: line 3, column 2: ..." */
};

/* ERR_INPUT: it has no such columns, or no value at all; ERR_LIMIT: too large.
 */
NODISCARD int gauge_read(struct arena *a, struct str text,
                         const struct gauge_wish *wish, struct gauge_doc *ret,
                         struct err *err);

/* A wish as text, for the jail. */
struct str gauge_wish_put(struct arena *a, const struct gauge_wish *w);
NODISCARD int gauge_wish_get(struct str text, struct gauge_wish *ret,
                             struct err *err);

/* What was read, as a record and back, in a. ERR_INPUT: it isn't such a record,
 * or its numbers are none that gauge_read gives. */
void gauge_doc_put(struct buf *out, const struct gauge_doc *doc);
NODISCARD int gauge_doc_get(struct arena *a, struct str bytes,
                            struct gauge_doc *ret, struct err *err);

#endif

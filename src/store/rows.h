#ifndef STORE_ROWS_H
#define STORE_ROWS_H

/*
 * From the rows of a query to structs in an arena: what the tables' files
 * share. Private to the store.
 */

#include "base/err.h"
#include "store/sql.h"

struct arena;

struct statement {
        const char *text;
        const struct sql_arg *args;
        size_t n;
};

/* STATEMENT("SELECT ... ?", SQL_ARGS(sql_int(1))) */
#define STATEMENT(text, ...) (&(const struct statement) { text, __VA_ARGS__ })

struct rows_out {
        /* Fill the struct at row from r. */
        void (*read)(struct arena *a, const struct sql_rows *r, void *row);
        size_t row_b;
        void *items;
        size_t n;
};

/* All rows, in out->items[0 .. out->n), in a. */
NODISCARD int rows_all(struct arena *a, struct sql *db,
                       const struct statement *st, struct rows_out *out,
                       struct err *err);
/* The first row, into out->items, which is untouched when there is none:
 * ERR_ABSENT. */
NODISCARD int rows_one(struct arena *a, struct sql *db,
                       const struct statement *st, struct rows_out *out,
                       struct err *err);

/* For columns that are never NULL: s, or else "" or the given default. */
struct str rows_some(struct str s);
struct str rows_or(struct str s, struct str other);

#endif

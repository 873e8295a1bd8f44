#ifndef BASE_TABLE_JSON_H
#define BASE_TABLE_JSON_H

/* JSON rows as a grid of cells: what table.c makes columns of. */

#include "base/err.h"
#include "base/str.h"

struct arena;

/* Rows of texts; the first may be the names. */
struct grid {
        struct str **rows;
        int *lines; /* of a CSV; in JSON the row's number, from 1 */
        size_t n_rows, n_columns, first, cap, cap_lines;
};

/*
 * [{"date": "2026-01-01", "close": 1.5}, ...] with the keys in the order in
 * which they first come, or [["date", "close"], ["2026-01-01", 1.5], ...].
 * path leads to the list: "data.rows", with numbers into lists; empty: it is
 * the whole. Nested values, true and false count as missing. ERR_INPUT,
 * ERR_LIMIT.
 */
NODISCARD int table_json(struct arena *a, struct str text, struct str path,
                         struct grid *ret, struct err *err);

#endif

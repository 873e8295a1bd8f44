#ifndef BASE_CELL_H
#define BASE_CELL_H

/*
 * One cell of a table: is it a number, a date, or nothing?
 *
 * "1,234" and "3/4/2026" can be read in two ways. Each reading is asked for by
 * name here; table.c decides which from the whole column, never from one cell.
 */

#include <stdbool.h>

#include "base/str.h"
#include "base/table.h"

/* Empty, "-", "n/a", "null", "NaN" and their like. */
bool cell_is_missing(struct str s);

/* Which sign is the decimal one, as far as this cell tells. */
enum cell_mark {
        MARK_NONE,      /* no sign, or no number */
        MARK_POINT,     /* "1.5", "1,234.5" */
        MARK_COMMA,     /* "1,5", "1.234,5" */
        MARK_ONE_POINT, /* "1.234": either */
        MARK_ONE_COMMA, /* "1,234": either */
};
enum cell_mark cell_mark(struct str s);

/*
 * A number with this decimal sign ('.' or ','), the other one, blanks or
 * apostrophes between its thousands, a sign, a currency's sign or a per cent
 * sign around it. Finite, or it is none.
 */
bool cell_number(struct str s, char decimal, double *ret, int *ret_decimals);

/* In which order a date of three numbers is read. */
enum cell_order { ORDER_NONE, ORDER_DMY, ORDER_MDY, ORDER_EITHER };

/* What a date that isn't ISO tells of its order; ORDER_NONE: it has none. */
enum cell_order cell_order(struct str s);

/*
 * ISO 8601 ("2026", "2026-03", "2026-03-06", "2026-W10", "2026-Q1", with a
 * time), "6.3.2026", "6/3/2026" by order, "6 March 2026", "Mar 2026".
 * *ret_at is the first second of it in UTC.
 */
bool cell_date(struct str s, enum cell_order order, double *ret_at,
               enum date_step *ret_step);

#endif

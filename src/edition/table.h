#ifndef EDITION_TABLE_H
#define EDITION_TABLE_H

/*
 * CSV or JSON rows into columns of numbers, dates and texts.
 *
 * What can be read in two ways ("1,234", "3/4/2026") is decided by the whole
 * column, and when that doesn't tell either, by a rule and with a warning:
 * nothing is guessed in silence. A cell that is wrong is a gap, named by file,
 * line and column.
 */

#include "base/err.h"
#include "edition/chart.h"

struct arena;

struct table_input {
        struct str name; /* for messages: "index.csv"; empty: none */
        int line;        /* the text's first line in what name is; 0 counts as
                            1 */
        struct str text; /* must outlive the table */
        char decimal;    /* ',' or '.'; 0: as the numbers tell */
        char order;      /* 'd': day before month, 'm'; 0: as the dates tell */
        bool no_years;   /* 2026 in the first column is a number */
};

/* Warnings kept; more are counted. */
#define TABLE_WARNINGS_MAX 20

/*
 * *ret lives in a. The first row names the columns, unless it holds a number
 * where a name should be: then they are named 1, 2, 3 with a warning. A text
 * that begins with [ is JSON: a list of objects or of lists. ERR_INPUT: it is
 * neither; ERR_LIMIT: LIMIT_CHART_B, LIMIT_CHART_ROWS, LIMIT_CHART_CELLS.
 */
NODISCARD int table_read(struct arena *a, const struct table_input *in,
                         const struct table **ret, struct err *err);

#endif

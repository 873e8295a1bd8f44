#ifndef BASE_TABLE_H
#define BASE_TABLE_H

/*
 * CSV or JSON rows into columns of numbers, dates and texts.
 *
 * What can be read in two ways ("1,234", "3/4/2026") is decided by the whole
 * column, and when that doesn't tell either, by a rule and with a warning:
 * nothing is guessed in silence. A cell that is wrong is a gap, named by file,
 * line and column.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

enum column_kind { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_DATE };

/* How fine a column of dates is written. */
enum date_step {
        DATE_YEAR,
        DATE_QUARTER,
        DATE_MONTH,
        DATE_WEEK,
        DATE_DAY,
        DATE_TIME
};

struct column {
        struct str name;
        enum column_kind kind;
        enum date_step step;
        int decimals;      /* most of any of its numbers */
        struct str *texts; /* as written, trimmed; a row that lacks it: "" */
        double *numbers;   /* NaN: none. A date: seconds since 1970, UTC. NULL
                              in a column of texts */
};

struct table {
        struct column *columns;
        size_t n_columns, n_rows;
        struct str *warnings; /* "index.csv: line 3, column 2: ..." */
        size_t n_warnings;    /* those kept */
        size_t n_faults;      /* those there were */
};

struct table_input {
        struct str name; /* for messages: "index.csv"; empty: none */
        int line;        /* the text's first line in what name is; 0 counts as
                            1 */
        struct str text; /* must outlive the table */
        struct str path; /* where in a JSON the rows are: "data.rows", "0.obs";
                            empty: it is the rows */
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

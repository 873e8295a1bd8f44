#ifndef EDITION_EVENT_TABLE_H
#define EDITION_EVENT_TABLE_H

/*
 * Events out of a table (CSV, as base/csv.h reads it): its first line names the
 * columns, in any order, by the names of event_fields.h; columns that mean
 * nothing to us are passed over. A wrong line costs itself only. Pure.
 */

#include "base/csv.h"
#include "edition/event_fields.h"

struct event_table {
        struct csv csv;
        struct str zone;
        enum event_field columns[CSV_FIELDS_MAX]; /* EVENT_FIELDS: none */
        size_t n_columns, n_rows;
};

/* zone is that of lines that name none. ERR_INPUT: it has no such first line.
 */
NODISCARD int event_table_open(struct arena *a, struct str text,
                               struct str zone, struct event_table *ret,
                               struct err *err);

/*
 * The next event, in a; 1, or 0: none left. ERR_INPUT: its line is wrong, and
 * the next call goes on behind it. ERR_LIMIT: over LIMIT_EVENTS lines, the end.
 * err begins with "line N: ".
 */
NODISCARD int event_table_next(struct arena *a, struct event_table *t,
                               struct event *ret, struct err *err);

#endif

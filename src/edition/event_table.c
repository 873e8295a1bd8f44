#include "edition/event_table.h"

#include "base/limits.h"

static bool has_column(const struct event_table *t, enum event_field field)
{
        for (size_t i = 0; i < t->n_columns; i++)
                if (t->columns[i] == field)
                        return true;
        return false;
}

int event_table_open(struct arena *a, struct str text, struct str zone,
                     struct event_table *ret, struct err *err)
{
        struct event_table t = { .csv = csv_open(text, 0), .zone = zone };
        struct csv_row row;
        int rc = csv_next(a, &t.csv, &row, err);

        if (rc < 0)
                return rc;
        if (rc == 0)
                return err_set(err, ERR_INPUT, "it is empty");
        for (; t.n_columns < row.n; t.n_columns++)
                t.columns[t.n_columns] =
                        event_field_of(row.fields[t.n_columns]);
        if (!has_column(&t, EVENT_START) || !has_column(&t, EVENT_TITLE))
                return err_set(err, ERR_INPUT,
                               "line %d: it has to name the columns, among "
                               "them \"start\" and \"title\"; known are %s",
                               row.line, event_field_names);
        *ret = t;
        return 0;
}

/* Behind the line at which it stands, when that can't be taken apart. */
static void skip_line(struct csv *c)
{
        size_t end = str_chr(c->rest, '\n', 0);

        c->rest = str_sub(c->rest, end == STR_NONE ? c->rest.n : end + 1,
                          c->rest.n);
        c->line++;
}

/* A row that can't be cut into fields is one line, whatever its quotes hold. */
static int next_row(struct arena *a, struct event_table *t, struct csv_row *row,
                    struct err *err)
{
        struct csv before = t->csv;
        int rc = csv_next(a, &t->csv, row, err);

        if (rc < 0) {
                t->csv = before;
                skip_line(&t->csv);
                return ERR_INPUT;
        }
        return rc;
}

int event_table_next(struct arena *a, struct event_table *t, struct event *ret,
                     struct err *err)
{
        struct event_fields f = { .zone = t->zone };
        struct csv_row row;
        int rc = next_row(a, t, &row, err);

        if (rc != 1)
                return rc;
        if (t->n_rows++ == LIMIT_EVENTS)
                return err_set(err, ERR_LIMIT,
                               "line %d: a table has %d events at most",
                               row.line, LIMIT_EVENTS);
        for (size_t i = 0; i < row.n && i < t->n_columns; i++)
                if (t->columns[i] != EVENT_FIELDS && row.fields[i].n)
                        f.values[t->columns[i]] = row.fields[i];
        rc = event_from_fields(a, &f, ret, err);
        return rc < 0 ? err_add(err, "line %d", row.line) : 1;
}

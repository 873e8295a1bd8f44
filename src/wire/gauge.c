#include "wire/gauge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/record.h"

#define SHOWN_B 80
#define POINT_B 16                /* packed: the date, the value */
#define AT_LEAST (-30610224000LL) /* in the year 1000 */
#define AT_MOST 32535216000LL     /* in 3001 */
#define DECIMALS_MOST 15
#define NAME_B 10000
#define WARNING_B 1000

enum {
        TAG_POINTS = 1,
        TAG_ROWS,
        TAG_GAPS,
        TAG_AGAIN,
        TAG_DECIMALS,
        TAG_FAULTS,
        TAG_DATE,
        TAG_VALUE,
        TAG_WARNINGS,
};

/* --- which columns ------------------------------------------------------ */

static int no_column(struct arena *a, struct str name, const char *what,
                     struct err *err)
{
        if (!name.n)
                return err_set(err, ERR_INPUT, "no column of it holds %s",
                               what);
        return err_set(err, ERR_INPUT, "it has no column \"%s\" with %s",
                       arena_cstr(a, utf8_clip(name, SHOWN_B)), what);
}

/* The column of that name, or the first of that kind which isn't taken. */
static const struct column *find_column(const struct table *t, struct str name,
                                        enum column_kind kind,
                                        const struct column *taken)
{
        for (size_t i = 0; i < t->n_columns; i++) {
                const struct column *c = &t->columns[i];

                if (c == taken || c->kind != kind)
                        continue;
                if (!name.n || str_eq(c->name, name))
                        return c;
        }
        return NULL;
}

/* --- points ------------------------------------------------------------- */

/* The row stands for what came last when dates are the same. */
struct dated {
        struct gauge_point p;
        size_t row;
};

static int by_date(const void *x, const void *y)
{
        const struct dated *p = x, *q = y;

        if (p->p.at != q->p.at)
                return p->p.at < q->p.at ? -1 : 1;
        return p->row < q->row ? -1 : p->row > q->row;
}

static bool is_point(double at, double value)
{
        return at >= (double)AT_LEAST && at <= (double)AT_MOST &&
               isfinite(value);
}

static void take_points(struct arena *a, const struct table *t,
                        const struct column *date, const struct column *value,
                        struct gauge_doc *doc)
{
        struct dated *all = arena_array(a, t->n_rows + 1, sizeof(*all));
        size_t n = 0;

        for (size_t i = 0; i < t->n_rows; i++) {
                double at = date->numbers[i], v = value->numbers[i];

                if (!is_point(at, v)) {
                        doc->gaps++;
                        continue;
                }
                all[n++] = (struct dated) {
                        .p = { .at = (int64_t)at, .value = v != 0 ? v : 0.0 },
                        .row = i,
                };
        }
        qsort(all, n, sizeof(*all), by_date);
        doc->items = arena_array(a, n + 1, sizeof(*doc->items));
        for (size_t i = 0; i < n; i++) {
                if (i && all[i].p.at == all[i - 1].p.at) {
                        doc->again++;
                        doc->n--;
                }
                doc->items[doc->n++] = all[i].p;
        }
}

static void take_warnings(struct arena *a, const struct table *t,
                          struct gauge_doc *doc)
{
        doc->faults = (int64_t)t->n_faults;
        doc->warnings.items =
                arena_array(a, t->n_warnings + 1, sizeof(struct str));
        for (size_t i = 0; i < t->n_warnings; i++)
                doc->warnings.items[doc->warnings.n++] =
                        utf8_clip(t->warnings[i], WARNING_B);
}

int gauge_read(struct arena *a, struct str text, const struct gauge_wish *wish,
               struct gauge_doc *ret, struct err *err)
{
        const struct table_input in = { .name = wish->name,
                                        .text = text,
                                        .path = wish->path };
        const struct column *date, *value;
        struct gauge_doc doc = { 0 };
        const struct table *t;
        int rc = table_read(a, &in, &t, err);

        if (rc < 0)
                return rc;
        date = find_column(t, wish->date_column, COLUMN_DATE, NULL);
        if (!date)
                return no_column(a, wish->date_column, "dates", err);
        value = find_column(t, wish->value_column, COLUMN_NUMBER, date);
        if (!value)
                return no_column(a, wish->value_column, "numbers", err);
        doc.rows = (int64_t)t->n_rows;
        doc.decimals = value->decimals < DECIMALS_MOST ? value->decimals
                                                       : DECIMALS_MOST;
        doc.date_column = utf8_clip(date->name, NAME_B);
        doc.value_column = utf8_clip(value->name, NAME_B);
        take_points(a, t, date, value, &doc);
        take_warnings(a, t, &doc);
        if (!doc.n)
                return err_set(err, ERR_INPUT, "no row has a date and a value");
        *ret = doc;
        return 0;
}

/* --- the wish ----------------------------------------------------------- */

struct str gauge_wish_put(struct arena *a, const struct gauge_wish *w)
{
        return arena_printf(a, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT,
                            STR_ARG(w->name), STR_ARG(w->path),
                            STR_ARG(w->date_column), STR_ARG(w->value_column));
}

int gauge_wish_get(struct str text, struct gauge_wish *ret, struct err *err)
{
        struct str part[4] = { 0 };

        for (int i = 0; i < 4; i++)
                if (!str_cut(&text, '\n', &part[i]))
                        return err_set(err, ERR_INPUT,
                                       "a series is read by name, path, date "
                                       "and value");
        *ret = (struct gauge_wish) { part[0], part[1], part[2], part[3] };
        return 0;
}

/* --- the record --------------------------------------------------------- */

static void put_points(struct buf *out, const struct gauge_doc *doc)
{
        size_t mark = record_open(out, TAG_POINTS, RECORD_BYTES);

        for (size_t i = 0; i < doc->n; i++) {
                char packed[POINT_B];

                memcpy(packed, &doc->items[i].at, 8);
                memcpy(packed + 8, &doc->items[i].value, 8);
                buf_put(out, (struct str) { packed, POINT_B });
        }
        record_close(out, mark);
}

void gauge_doc_put(struct buf *out, const struct gauge_doc *doc)
{
        size_t mark;

        put_points(out, doc);
        record_put_int(out, TAG_ROWS, doc->rows);
        record_put_int(out, TAG_GAPS, doc->gaps);
        record_put_int(out, TAG_AGAIN, doc->again);
        record_put_int(out, TAG_DECIMALS, doc->decimals);
        record_put_int(out, TAG_FAULTS, doc->faults);
        record_put(out, TAG_DATE, RECORD_TEXT, doc->date_column);
        record_put(out, TAG_VALUE, RECORD_TEXT, doc->value_column);
        mark = record_open(out, TAG_WARNINGS, RECORD_LIST);
        for (size_t i = 0; i < doc->warnings.n; i++) {
                size_t part = record_open_part(out);

                buf_put(out, doc->warnings.items[i]);
                record_close_part(out, part);
        }
        record_close(out, mark);
}

/* Dates that rise and finite values, or they are not ours. */
static bool get_points(struct arena *a, struct str bytes, struct gauge_doc *doc)
{
        size_t n = bytes.n / POINT_B;

        if (bytes.n % POINT_B || !n || n > LIMIT_CHART_ROWS)
                return false;
        doc->items = arena_array(a, n, sizeof(*doc->items));
        for (size_t i = 0; i < n; i++) {
                struct gauge_point *p = &doc->items[i];

                memcpy(&p->at, bytes.p + i * POINT_B, 8);
                memcpy(&p->value, bytes.p + i * POINT_B + 8, 8);
                if (!is_point((double)p->at, p->value) ||
                    (i && p->at <= p[-1].at))
                        return false;
        }
        doc->n = n;
        return true;
}

static bool get_numbers(struct record *r, struct gauge_doc *doc)
{
        const int64_t most = LIMIT_CHART_ROWS;

        return record_take_int(r, TAG_ROWS, 0, most, &doc->rows) &&
               record_take_int(r, TAG_GAPS, 0, most, &doc->gaps) &&
               record_take_int(r, TAG_AGAIN, 0, most, &doc->again) &&
               record_take_int(r, TAG_DECIMALS, 0, DECIMALS_MOST,
                               &doc->decimals) &&
               record_take_int(r, TAG_FAULTS, 0, INT32_MAX, &doc->faults);
}

static void get_warnings(struct arena *a, struct str list,
                         struct gauge_doc *doc)
{
        struct record r;
        struct str part;

        record_init(&r, list);
        doc->warnings.items =
                arena_array(a, TABLE_WARNINGS_MAX, sizeof(struct str));
        while (doc->warnings.n < TABLE_WARNINGS_MAX &&
               record_next_part(&r, &part))
                doc->warnings.items[doc->warnings.n++] =
                        utf8_fold_space(a, utf8_repair(a, part));
}

int gauge_doc_get(struct arena *a, struct str bytes, struct gauge_doc *ret,
                  struct err *err)
{
        struct gauge_doc doc = { 0 };
        struct str points, date, value, list;
        struct record r;

        record_init(&r, bytes);
        if (!record_take(&r, TAG_POINTS, RECORD_BYTES, bytes.n, &points) ||
            !get_points(a, points, &doc) || !get_numbers(&r, &doc) ||
            !record_take(&r, TAG_DATE, RECORD_TEXT, NAME_B, &date) ||
            !record_take(&r, TAG_VALUE, RECORD_TEXT, NAME_B, &value) ||
            !record_take(&r, TAG_WARNINGS, RECORD_LIST, bytes.n, &list))
                return err_set(err, ERR_INPUT, "its figures make no sense");
        if (record_end(&r, err) < 0)
                return err->code;
        doc.date_column = utf8_fold_space(a, utf8_repair(a, date));
        doc.value_column = utf8_fold_space(a, utf8_repair(a, value));
        get_warnings(a, list, &doc);
        *ret = doc;
        return 0;
}

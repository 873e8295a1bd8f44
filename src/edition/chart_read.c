#include "edition/chart_read.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/cell.h"
#include "base/table.h"

#define WARNINGS_MAX 20
#define ANNOTATIONS_MAX 12
#define COLUMNS_MAX 16
#define EXTRA_MAX 32
#define SHOWN_B 40

static const char *const types[CHART_TYPES] = {
        [CHART_LINE] = "line",
        [CHART_AREA] = "area",
        [CHART_COLUMN] = "column",
        [CHART_BAR] = "bar",
        [CHART_ORDERED_BAR] = "ordered bar",
        [CHART_PAIRED_BAR] = "paired bar",
        [CHART_STACKED_BAR] = "stacked bar",
        [CHART_LOLLIPOP] = "lollipop",
        [CHART_SLOPE] = "slope",
        [CHART_SCATTER] = "scatter",
        [CHART_DIVERGING_BAR] = "diverging bar",
};

/* Keys whose value is one text, in the order in which they are written. */
static const struct {
        const char *name;
        size_t at;
} texts[] = {
        { "title", offsetof(struct chart, title) },
        { "subtitle", offsetof(struct chart, subtitle) },
        { "unit", offsetof(struct chart, unit) },
        { "note", offsetof(struct chart, note) },
        { "data", offsetof(struct chart, data) },
        { "highlight", offsetof(struct chart, highlight) },
        { "decimal", offsetof(struct chart, decimal) },
        { "dates", offsetof(struct chart, dates) },
        { "finding", offsetof(struct chart, finding) },
};

struct reading {
        struct arena *a;
        struct chart *chart;
        int line;
};

static void warn(struct reading *r, const char *fmt, ...) PRINTF(2, 3);

static void warn(struct reading *r, const char *fmt, ...)
{
        char text[300];
        va_list ap;
        struct chart *c = r->chart;

        if (c->n_warnings == WARNINGS_MAX)
                return;
        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        if (!c->warnings)
                c->warnings =
                        arena_array(r->a, WARNINGS_MAX, sizeof(*c->warnings));
        c->warnings[c->n_warnings++] =
                arena_printf(r->a, "line %d: %s", r->line, text);
}

const char *chart_type_name(enum chart_type type)
{
        return type < CHART_TYPES ? types[type] : NULL;
}

bool chart_type_of(struct str name, enum chart_type *ret)
{
        for (int t = CHART_LINE; t < CHART_TYPES; t++) {
                struct str s = str_c(types[t]);
                bool same = s.n == name.n;

                for (size_t i = 0; i < s.n && same; i++)
                        same = chr_lower(name.p[i]) == s.p[i] ||
                               (s.p[i] == ' ' &&
                                (name.p[i] == '-' || name.p[i] == '_'));
                if (!same)
                        continue;
                *ret = (enum chart_type)t;
                return true;
        }
        return false;
}

/* --- reading --- */

/* "Exchange https://...": a name, then an address. */
static void read_source(struct chart *c, struct str s)
{
        size_t at = str_find(s, STR("https://"), 0);

        if (at == STR_NONE)
                at = str_find(s, STR("http://"), 0);
        c->source = str_trim(str_sub(s, 0, at));
        c->source_url = at == STR_NONE ? STR("") : str_sub(s, at, s.n);
}

static void read_columns(struct reading *r, struct str s)
{
        struct str name;

        r->chart->columns =
                arena_array(r->a, COLUMNS_MAX, sizeof(*r->chart->columns));
        r->chart->n_columns = 0;
        while (str_cut(&s, ',', &name)) {
                name = str_trim(name);
                if (!name.n)
                        continue;
                if (r->chart->n_columns == COLUMNS_MAX) {
                        warn(r, "over %d columns", COLUMNS_MAX);
                        return;
                }
                r->chart->columns[r->chart->n_columns++] = name;
        }
}

static void read_annotation(struct reading *r, struct str s)
{
        struct chart *c = r->chart;
        size_t bar = str_chr(s, '|', 0);

        if (bar == STR_NONE) {
                warn(r, "an annotation is written \"where | text\"");
                return;
        }
        if (c->n_annotations == ANNOTATIONS_MAX) {
                warn(r, "over %d annotations", ANNOTATIONS_MAX);
                return;
        }
        if (!c->annotations)
                c->annotations = arena_array(r->a, ANNOTATIONS_MAX,
                                             sizeof(*c->annotations));
        c->annotations[c->n_annotations++] =
                (struct annotation) { str_trim(str_sub(s, 0, bar)),
                                      str_trim(str_sub(s, bar + 1, s.n)),
                                      STR_NONE };
}

static void read_other(struct reading *r, struct str key, struct str value)
{
        struct chart *c = r->chart;

        if (c->n_extra == EXTRA_MAX) {
                warn(r, "over %d keys that a chart doesn't have", EXTRA_MAX);
                return;
        }
        if (!c->extra)
                c->extra = arena_array(r->a, EXTRA_MAX, sizeof(*c->extra));
        c->extra[c->n_extra++] = (struct chart_extra) { key, value };
        warn(r, "a chart has no \"%s\"",
             arena_cstr(r->a, utf8_clip(key, SHOWN_B)));
}

static void read_line(struct reading *r, struct str line)
{
        size_t colon = str_chr(line, ':', 0);
        struct str key = str_trim(str_sub(line, 0, colon)),
                   value = str_trim(str_sub(line, colon + 1, line.n));

        if (colon == STR_NONE || !key.n) {
                warn(r, "\"%s\" is no \"key: value\"",
                     arena_cstr(r->a, utf8_clip(line, SHOWN_B)));
                return;
        }
        for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
                if (str_eq(key, str_c(texts[i].name))) {
                        *(struct str *)((char *)r->chart + texts[i].at) = value;
                        return;
                }
        if (str_eq(key, STR("source")))
                read_source(r->chart, value);
        else if (str_eq(key, STR("columns")))
                read_columns(r, value);
        else if (str_eq(key, STR("annotation")))
                read_annotation(r, value);
        else if (!str_eq(key, STR("type")))
                read_other(r, key, value);
        else if (value.n && !chart_type_of(value, &r->chart->type))
                warn(r, "there is no type \"%s\"",
                     arena_cstr(r->a, utf8_clip(value, SHOWN_B)));
}

static struct table_input input_of(const struct chart *c, struct str text)
{
        return (struct table_input) {
                .text = text,
                .decimal = c->decimal.n ? c->decimal.p[0] : '\0',
                .order = c->dates.n ? c->dates.p[0] : '\0',
                .no_years = c->type == CHART_SCATTER,
        };
}

static const struct column *first_column(const struct chart *c)
{
        for (size_t i = 0; c->n_columns && i < c->table->n_columns; i++)
                if (str_eq(c->table->columns[i].name, c->columns[0]))
                        return &c->table->columns[i];
        return &c->table->columns[0];
}

/* The row that says at, as text or as a date. */
static size_t row_of(const struct chart *c, struct str at)
{
        const struct column *col = first_column(c);
        enum date_step step;
        double when;
        bool dated = col->kind == COLUMN_DATE &&
                     cell_date(at, ORDER_DMY, &when, &step);

        for (size_t i = 0; i < c->table->n_rows; i++)
                if (str_eq(col->texts[i], at))
                        return i;
        for (size_t i = 0; dated && i < c->table->n_rows; i++)
                if (col->numbers[i] == when)
                        return i;
        return STR_NONE;
}

/* Where the annotations stand, now that there are rows. */
static void resolve(struct chart *c)
{
        for (size_t i = 0; i < c->n_annotations && c->table; i++)
                c->annotations[i].row = row_of(c, c->annotations[i].at);
}

static void check_reading(struct reading *r)
{
        struct chart *c = r->chart;

        if (c->decimal.n && !str_eq(c->decimal, STR(",")) &&
            !str_eq(c->decimal, STR("."))) {
                warn(r, "decimal is \",\" or \".\"");
                c->decimal = STR("");
        }
        if (c->dates.n && !str_eq(c->dates, STR("dmy")) &&
            !str_eq(c->dates, STR("mdy"))) {
                warn(r, "dates is \"dmy\" or \"mdy\"");
                c->dates = STR("");
        }
}

struct chart *chart_read(struct arena *a, struct str text, int first_line)
{
        struct reading r = { .a = a,
                             .chart = arena_alloc(a, sizeof(*r.chart)),
                             .line = first_line - 1 };
        struct str line;

        while (str_cut(&text, '\n', &line)) {
                r.line++;
                line = str_trim(line);
                if (!line.n)
                        break;
                read_line(&r, line);
        }
        check_reading(&r);
        if (str_trim(text).n) {
                struct table_input in = input_of(r.chart, text);
                struct err err = { 0 };

                r.chart->rows = text;
                in.line = r.line + 1;
                if (table_read(a, &in, &r.chart->table, &err) < 0)
                        warn(&r, "%s", err.msg);
        }
        resolve(r.chart);
        return r.chart;
}

int chart_load(struct arena *a, struct chart *chart, struct str bytes,
               struct err *err)
{
        struct table_input in = input_of(chart, bytes);
        int rc;

        in.name = chart->data;
        rc = table_read(a, &in, &chart->table, err);
        if (rc < 0)
                return err_add(err, STR_FMT, STR_ARG(chart->data));
        resolve(chart);
        return 0;
}

/* --- writing --- */

static void put_pair(struct buf *out, const char *key, struct str value)
{
        if (!value.n)
                return;
        buf_puts(out, key);
        buf_puts(out, ": ");
        buf_put(out, value);
        buf_char(out, '\n');
}

static void put_list(struct buf *out, const struct chart *c)
{
        if (!c->n_columns)
                return;
        buf_puts(out, "columns: ");
        for (size_t i = 0; i < c->n_columns; i++) {
                buf_puts(out, i ? ", " : "");
                buf_put(out, c->columns[i]);
        }
        buf_char(out, '\n');
}

static void put_source(struct buf *out, const struct chart *c)
{
        if (!c->source.n && !c->source_url.n)
                return;
        buf_puts(out, "source: ");
        buf_put(out, c->source);
        if (c->source.n && c->source_url.n)
                buf_char(out, ' ');
        buf_put(out, c->source_url);
        buf_char(out, '\n');
}

void chart_write(struct buf *out, const struct chart *c)
{
        if (c->type != CHART_AUTO)
                put_pair(out, "type", str_c(types[c->type]));
        for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
                put_pair(out, texts[i].name,
                         *(const struct str *)((const char *)c + texts[i].at));
        put_source(out, c);
        put_list(out, c);
        for (size_t i = 0; i < c->n_annotations; i++) {
                buf_puts(out, "annotation: ");
                buf_put(out, c->annotations[i].at);
                buf_puts(out, " | ");
                buf_put(out, c->annotations[i].text);
                buf_char(out, '\n');
        }
        for (size_t i = 0; i < c->n_extra; i++) {
                buf_put(out, c->extra[i].key);
                buf_puts(out, ": ");
                buf_put(out, c->extra[i].value);
                buf_char(out, '\n');
        }
        if (c->rows.n) {
                buf_char(out, '\n');
                buf_put(out, c->rows);
                if (!str_ends(c->rows, STR("\n")))
                        buf_char(out, '\n');
        }
}

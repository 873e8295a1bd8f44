#include "press/chart.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/limits.h"
#include "conf/phrases.h"
#include "press/html.h"
#include "press/page.h"
#include "press/plot.h"
#include "press/value.h"

#define PAGE_WIDTH 320
#define LETTER_WIDTH 440
#define LETTER_SCALE 2.5
#define FILE_SCALE 2.0

/* --- which --- */

static size_t collect(const struct block *blocks, size_t n,
                      const struct chart **list, size_t at)
{
        for (size_t i = 0; i < n; i++) {
                if (blocks[i].chart) {
                        if (list)
                                list[at] = blocks[i].chart;
                        at++;
                }
                at = collect(blocks[i].children, blocks[i].n_children, list,
                             at);
        }
        return at;
}

static size_t walk(const struct edition *e, const struct chart **list)
{
        size_t n = 0;

        for (size_t i = 0; i < e->n_sections; i++)
                n = collect(e->sections[i].blocks, e->sections[i].n_blocks,
                            list, n);
        return n;
}

/* The edition's charts in the order of its blocks, in a. */
static size_t charts_of(struct arena *a, const struct edition *e,
                        const struct chart *const **ret)
{
        size_t n = walk(e, NULL);
        const struct chart **list =
                arena_array(a, n + 1, sizeof(struct chart *));

        (void)walk(e, list);
        *ret = list;
        return n;
}

struct str chart_stem(struct arena *a, size_t n)
{
        return n ? arena_printf(a, "chart-%zu", n + 1) : STR("chart");
}

static size_t index_of(struct arena *a, const struct edition *e,
                       const struct chart *chart)
{
        const struct chart *const *list;
        size_t n = charts_of(a, e, &list), i = 0;

        while (i < n && list[i] != chart)
                i++;
        return i;
}

/* --- in words --- */

static const char *type_key(enum chart_type type)
{
        switch (type) {
        case CHART_AREA:
                return "press.chart.area";
        case CHART_COLUMN:
                return "press.chart.column";
        case CHART_STACKED_BAR:
                return "press.chart.stacked";
        case CHART_LOLLIPOP:
                return "press.chart.lollipop";
        case CHART_SLOPE:
                return "press.chart.slope";
        case CHART_SCATTER:
                return "press.chart.scatter";
        case CHART_BAR:
        case CHART_ORDERED_BAR:
        case CHART_PAIRED_BAR:
        case CHART_DIVERGING_BAR:
                return "press.chart.bar";
        default:
                return "press.chart.line";
        }
}

struct str chart_alt(struct arena *a, const struct phrases *phrases,
                     const struct chart *chart)
{
        struct str what = plot_subtitle(a, chart);
        const struct phrase_arg args[] = {
                { "type", phrases_get(phrases, type_key(plot_type(chart))) },
                { "finding", chart->title },
                { "what", what },
        };

        if (!chart->title.n)
                return what.n ? what : args[0].value;
        return phrases_fill(
                a, phrases,
                what.n ? "press.chart.alt" : "press.chart.alt.plain", args, 3);
}

/* --- the table --- */

static struct value *cell(struct arena *a, struct str text, bool is_first)
{
        struct value *v = value_object(a);

        value_put_text(a, v, "cell", text);
        value_put_flag(a, v, "is_first", is_first);
        return v;
}

static struct value *heads(struct arena *a, const struct table *t)
{
        struct value *list = value_list(a);

        for (size_t c = 0; t && c < t->n_columns; c++)
                value_add(a, list, cell(a, t->columns[c].name, c == 0));
        return list;
}

/* The last rows: of a series they are the newest. */
static struct value *rows(struct arena *a, const struct table *t)
{
        struct value *list = value_list(a);
        size_t n = t ? t->n_rows : 0;

        for (size_t i = n > CHART_ROWS_MAX ? n - CHART_ROWS_MAX : 0; i < n;
             i++) {
                struct value *row = value_object(a), *cells = value_list(a);

                for (size_t c = 0; c < t->n_columns; c++)
                        value_add(a, cells,
                                  cell(a, t->columns[c].texts[i], c == 0));
                value_put(a, row, "cells", cells);
                value_add(a, list, row);
        }
        return list;
}

static struct str more(struct arena *a, const struct press *press,
                       const struct table *t)
{
        const struct phrase_arg args[] = {
                { "n", arena_printf(a, "%d", CHART_ROWS_MAX) },
                { "all", arena_printf(a, "%zu", t ? t->n_rows : 0) },
        };

        if (!t || t->n_rows <= CHART_ROWS_MAX)
                return STR("");
        return phrases_fill(a, press->phrases, "press.chart.last", args, 2);
}

static void put_number(struct buf *b, const struct column *c, double v)
{
        if (c->kind == COLUMN_DATE) {
                struct civil day = time_to_civil((int64_t)v);

                if (c->step == DATE_YEAR)
                        buf_printf(b, "%d", day.year);
                else if (c->step == DATE_TIME)
                        time_put_rfc3339(b, (int64_t)v);
                else
                        time_put_date(b, &day);
                return;
        }
        if (fabs(v) < 1e15)
                buf_printf(b, "%.*f", c->decimals, v);
        else
                buf_printf(b, "%.17g", v);
}

static void put_cell(struct buf *out, const struct column *c, size_t row,
                     bool is_first)
{
        if (!c->numbers) {
                csv_put(out, c->texts[row], is_first);
                return;
        }
        if (!is_first)
                buf_char(out, ',');
        if (!isnan(c->numbers[row]))
                put_number(out, c, c->numbers[row]);
}

/* The rows as CSV: commas, points, ISO dates. */
static struct str csv_of(struct arena *a, const struct table *t)
{
        struct buf b;

        buf_init(&b, LIMIT_OUTPUT_B);
        for (size_t c = 0; c < t->n_columns; c++)
                csv_put(&b, t->columns[c].name, c == 0);
        buf_char(&b, '\n');
        for (size_t i = 0; i < t->n_rows; i++) {
                for (size_t c = 0; c < t->n_columns; c++)
                        put_cell(&b, &t->columns[c], i, c == 0);
                buf_char(&b, '\n');
        }
        struct str s = buf_ok(&b) ? arena_str(a, buf_str(&b)) : STR("");

        buf_done(&b);
        return s;
}

/* --- the picture --- */

static int lay_out(struct arena *a, const struct press *press,
                   const struct edition *e, const struct chart *chart,
                   double width, struct scene *ret)
{
        struct err err = { 0 };
        struct plot_options o = {
                .width = width,
                .is_bare = width > 0,
                .language = e->language.n ? e->language : press->language,
                .source_word = phrases_get(press->phrases, "press.from"),
                .alt = chart_alt(a, press->phrases, chart),
        };

        return plot_draw(a, chart, &o, ret, &err);
}

static struct str svg_of(struct arena *a, const struct scene *s, size_t n)
{
        struct buf b;

        buf_init(&b, LIMIT_OUTPUT_B);
        svg_write(&b, s, THEME_AUTO, (int)n);

        struct str out = buf_ok(&b) ? arena_str(a, buf_str(&b)) : STR("");

        buf_done(&b);
        return out;
}

static void put_address(struct arena *a, struct value *v, const char *key,
                        struct str base, struct str stem, const char *end)
{
        value_put_text(a, v, key,
                       arena_printf(a, STR_FMT STR_FMT "%s", STR_ARG(base),
                                    STR_ARG(stem), end));
}

static void put_pictures(struct arena *a, const struct press *press,
                         const struct edition *e, const struct chart *chart,
                         struct value *v, struct str base, bool with_picture)
{
        static const char *const keys[] = { "svg", "png", "csv", "file_svg",
                                            "file_png" };
        size_t n = index_of(a, e, chart);
        struct str stem = chart_stem(a, n);
        struct scene s;

        for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
                value_put_text(a, v, keys[i], STR(""));
        value_put_text(a, v, "height", STR(""));
        value_put_text(a, v, "stem", STR(""));
        if (chart->table)
                put_address(a, v, "csv", base, stem, ".csv");
        if (lay_out(a, press, e, chart,
                    with_picture ? PAGE_WIDTH : LETTER_WIDTH, &s) < 0)
                return;
        if (with_picture)
                value_put_text(a, v, "svg", svg_of(a, &s, n + 1));
        put_address(a, v, "png", base, stem, "-letter.png");
        put_address(a, v, "file_png", base, stem, ".png");
        put_address(a, v, "file_svg", base, stem, ".svg");
        if (n < LIMIT_BOOK_CHARTS)
                value_put_text(a, v, "stem", stem);
        value_put_text(
                a, v, "height",
                arena_printf(a, "%.0f", round(552 * s.height / s.width)));
}

struct value *chart_value(struct arena *a, const struct press *press,
                          const struct edition *e, const struct chart *chart,
                          struct str base, bool with_picture)
{
        struct value *v = value_object(a), *list = rows(a, chart->table);
        struct str url = html_url_ok(chart->source_url)
                                 ? html_url_strict(a, chart->source_url)
                                 : STR("");

        value_put_text(a, v, "title", chart->title);
        value_put_text(a, v, "unit", plot_subtitle(a, chart));
        value_put_text(a, v, "note", chart->note);
        value_put_text(a, v, "source",
                       chart->source.n ? chart->source : chart->source_url);
        value_put_text(a, v, "source_url", url);
        value_put_text(a, v, "alt", chart_alt(a, press->phrases, chart));
        value_put_text(a, v, "table",
                       phrases_get(press->phrases, "press.chart.table"));
        value_put_text(a, v, "more", more(a, press, chart->table));
        value_put(a, v, "heads", heads(a, chart->table));
        value_put(a, v, "rows", list);
        value_put_flag(a, v, "has_rows", list->n > 0);
        value_put_flag(a, v, "few", list->n > 0 && list->n <= CHART_ROWS_FEW);
        put_pictures(a, press, e, chart, v, base, with_picture);
        return v;
}

/* --- the files --- */

static void add(struct arena *a, struct printed_list *out, struct str folder,
                struct str stem, const char *end, struct str bytes)
{
        page_add(a, out,
                 arena_printf(a, STR_FMT STR_FMT "%s", STR_ARG(folder),
                              STR_ARG(stem), end),
                 bytes);
}

static int print_one(struct arena *a, const struct press *press,
                     const struct edition *e, const struct chart *chart,
                     struct str folder, size_t n, struct printed_list *out,
                     struct err *err)
{
        struct str stem = chart_stem(a, n), png;
        struct scene whole, letter;
        int rc;

        if (chart->table)
                add(a, out, folder, stem, ".csv", csv_of(a, chart->table));
        if (lay_out(a, press, e, chart, 0, &whole) < 0 ||
            lay_out(a, press, e, chart, LETTER_WIDTH, &letter) < 0)
                return 0;
        add(a, out, folder, stem, ".svg", svg_of(a, &whole, 0));
        rc = png_write(a, &whole, THEME_LIGHT, FILE_SCALE, &png, err);
        if (rc < 0)
                return rc;
        add(a, out, folder, stem, ".png", png);
        rc = png_write(a, &letter, THEME_LIGHT, LETTER_SCALE, &png, err);
        if (rc == 0)
                add(a, out, folder, stem, "-letter.png", png);
        return rc;
}

int chart_print(struct arena *a, const struct press *press,
                const struct edition *e, struct str folder,
                struct printed_list *out, struct err *err)
{
        const struct chart *const *list;
        size_t n = charts_of(a, e, &list);
        int rc = 0;

        for (size_t i = 0; i < n && rc == 0; i++)
                rc = print_one(a, press, e, list[i], folder, i, out, err);
        return rc;
}

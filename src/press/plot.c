#include "press/plot.h"

#include <math.h>

#include "base/arena.h"
#include "base/time.h"
#include "press/day.h"
#include "press/plot_parts.h"

#define TITLE_LINES 3
#define SUBTITLE_LINES 3
#define FOOT_LINES 3
#define SMALL 11
#define PAD 16 /* around a picture of its own */

enum chart_type plot_type(const struct chart *chart)
{
        const struct table *t = chart->table;

        if (chart->type != CHART_AUTO)
                return chart->type;
        if (!t || !t->n_columns || t->columns[0].kind == COLUMN_DATE)
                return CHART_LINE;
        if (t->columns[0].kind == COLUMN_NUMBER && t->n_columns > 1)
                return CHART_SCATTER;
        return CHART_BAR;
}

/* --- words around --- */

static struct str join(struct arena *a, struct str s, struct str more)
{
        if (!more.n || (s.n && str_find_nocase(s, more, 0) != STR_NONE))
                return s;
        return s.n ? arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(s),
                                  STR_ARG(more))
                   : more;
}

static bool has_year(struct str s)
{
        size_t run = 0;

        for (size_t i = 0; i <= s.n; i++) {
                if (i < s.n && chr_is_digit(s.p[i])) {
                        run++;
                        continue;
                }
                if (run == 4)
                        return true;
                run = 0;
        }
        return false;
}

/* "1989-2026" of the dates in the first column. */
static struct str period(struct arena *a, const struct chart *chart)
{
        const struct table *t = chart->table;
        double lo = HUGE_VAL, hi = -HUGE_VAL;

        if (!t || !t->n_columns || t->columns[0].kind != COLUMN_DATE)
                return STR("");
        for (size_t i = 0; i < t->n_rows; i++) {
                lo = fmin(lo, t->columns[0].numbers[i]);
                hi = fmax(hi, t->columns[0].numbers[i]);
        }
        if (lo > hi)
                return STR("");
        int from = time_to_civil((int64_t)lo).year,
            to = time_to_civil((int64_t)hi).year;

        return from == to ? arena_printf(a, "%d", from)
                          : arena_printf(a, "%d\u2013%d", from, to);
}

struct str plot_subtitle(struct arena *a, const struct chart *chart)
{
        bool sign = figure_has_sign(chart->unit) && chart->subtitle.n;
        struct str s =
                sign ? chart->subtitle : join(a, chart->subtitle, chart->unit);

        return has_year(s) ? s : join(a, s, period(a, chart));
}

/* Lines of words from *y on, on the reader's side. */
static void put_lines(struct plot *p, struct str text, enum ink ink,
                      double size, bool bold, size_t max, double *y)
{
        struct str lines[4];
        size_t n = words_wrap(p->a, text, size, bold, p->s->width, lines, max);

        for (size_t i = 0; i < n; i++) {
                struct mark *m = scene_words(p->s, ink, 0, *y + size * 0.95,
                                             size, lines[i]);

                m->is_bold = bold;
                *y += size * LINE_HEIGHT;
        }
}

static double title_size(const struct plot *p)
{
        return p->s->width < 420 ? 16 : 19;
}

static void put_heading(struct plot *p, double *y)
{
        struct str under = plot_subtitle(p->a, p->chart);

        scene_rect(p->s, INK_TEXT, 0, *y, p->s->width, 2);
        *y += 10;
        put_lines(p, p->chart->title, INK_TEXT, title_size(p), true,
                  TITLE_LINES, y);
        *y += 2;
        put_lines(p, under, INK_SOFT, p->size + 1, false, SUBTITLE_LINES, y);
        *y += 12;
}

static void put_foot(struct plot *p, double *y)
{
        const struct chart *c = p->chart;
        struct str source = c->source.n ? c->source : c->source_url;

        *y += 10;
        if (c->note.n)
                put_lines(p, c->note, INK_SOFT, SMALL, false, FOOT_LINES, y);
        if (source.n)
                put_lines(p,
                          arena_printf(p->a, STR_FMT ": " STR_FMT,
                                       STR_ARG(p->o->source_word.n
                                                       ? p->o->source_word
                                                       : STR("Source")),
                                       STR_ARG(source)),
                          INK_SOFT, SMALL, false, FOOT_LINES, y);
        *y += 2;
}

/* --- what is drawn --- */

static const struct column *column_named(const struct table *t, struct str name)
{
        for (size_t i = 0; i < t->n_columns; i++)
                if (str_eq(t->columns[i].name, name))
                        return &t->columns[i];
        for (size_t i = 0; i < t->n_columns; i++)
                if (str_eq_nocase(t->columns[i].name, name))
                        return &t->columns[i];
        return NULL;
}

/* The columns asked for, or all of them. */
static size_t list_columns(struct plot *p, const struct column **list)
{
        const struct chart *c = p->chart;
        size_t n = 0;

        if (!c->n_columns)
                for (size_t i = 0; i < c->table->n_columns; i++)
                        list[n++] = &c->table->columns[i];
        for (size_t i = 0; i < c->n_columns; i++) {
                const struct column *col =
                        column_named(c->table, c->columns[i]);

                if (col)
                        list[n++] = col;
        }
        return n;
}

static void find_columns(struct plot *p)
{
        const struct column **list = arena_array(
                p->a, p->chart->table->n_columns + p->chart->n_columns + 1,
                sizeof(struct column *));
        size_t n = list_columns(p, list), first = 0;
        bool alone = n == 1 && list[0]->kind == COLUMN_NUMBER;

        if (n && !alone) {
                p->x = list[0];
                first = 1;
        }
        for (size_t i = first; i < n && p->n_series < PLOT_SERIES_MAX; i++) {
                if (list[i]->kind != COLUMN_NUMBER)
                        continue;
                if (list[i]->decimals > p->decimals)
                        p->decimals = list[i]->decimals;
                p->series[p->n_series++] = list[i];
        }
}

static void find_main(struct plot *p)
{
        struct str name = p->chart->highlight;

        p->main_row = p->main_series = STR_NONE;
        for (size_t i = 0; name.n && i < p->n_series; i++)
                if (str_eq_nocase(p->series[i]->name, name))
                        p->main_series = i;
        for (size_t i = 0; name.n && p->x && i < p->chart->table->n_rows; i++)
                if (str_eq_nocase(p->x->texts[i], name))
                        p->main_row = i;
}

/* Figures show no more decimals than their size deserves. */
static void find_decimals(struct plot *p)
{
        double lo = 0, hi = 0, most;

        (void)plot_range(p, &lo, &hi);
        most = fmax(fabs(lo), fabs(hi));
        int cap = most >= 1000 ? 0 : most >= 100 ? 1 : most >= 1 ? 2 : 4;

        if (p->decimals > cap)
                p->decimals = cap;
}

static int prepare(struct plot *p, struct err *err)
{
        double lo, hi;

        if (!p->chart->table)
                return err_set(err, ERR_ABSENT, "it has no rows");
        find_columns(p);
        p->n_rows = p->chart->table->n_rows;
        p->rows = arena_array(p->a, p->n_rows + 1, sizeof(*p->rows));
        for (size_t i = 0; i < p->n_rows; i++)
                p->rows[i] = i;
        if (p->type == CHART_SCATTER &&
            (!p->x || !p->n_series ||
             (p->x->kind != COLUMN_NUMBER && p->n_series < 2)))
                return err_set(err, ERR_ABSENT,
                               "a scatter wants two columns of numbers");
        if (p->type == CHART_PAIRED_BAR && p->n_series > 2)
                p->n_series = 2;
        if (!plot_range(p, &lo, &hi))
                return err_set(err, ERR_ABSENT,
                               "there is no column with a number in it%s",
                               p->n_series ? "" : " but the first");
        find_main(p);
        find_decimals(p);
        return 0;
}

static double body_height(const struct plot *p, double used)
{
        double wanted = p->o->height, width = p->s->width;

        if (wanted > 0)
                return fmax(wanted - used, 100);
        return width < 420 ? width * 0.62 : width * 0.48;
}

static void draw_body(struct plot *p, double used)
{
        double height = body_height(p, used);

        switch (p->type) {
        case CHART_COLUMN:
                plot_columns(p, height);
                break;
        case CHART_SLOPE:
                plot_slope(p, p->o->height > 0 ? height : height * 1.25);
                break;
        case CHART_SCATTER:
                plot_scatter(p, p->o->height > 0 ? height : height * 1.2);
                break;
        case CHART_LINE:
        case CHART_AREA:
        case CHART_AUTO:
        case CHART_TYPES:
                plot_line(p, height);
                break;
        default:
                plot_bars(p);
        }
}

/* Move the scene by PAD and widen it, so that a picture has a margin. */
static void pad(struct scene *s)
{
        for (size_t i = 0; i < s->n; i++) {
                struct mark *m = &s->marks[i];
                struct point *q = arena_array(s->a, m->n + 1, sizeof(*q));

                m->x += PAD;
                m->y += PAD;
                for (size_t k = 0; k < m->n; k++)
                        q[k] = (struct point) { m->points[k].x + PAD,
                                                m->points[k].y + PAD };
                m->points = q;
        }
        s->width += 2 * PAD;
        s->height += 2 * PAD;
}

static bool is_bars(enum chart_type type)
{
        return type == CHART_BAR || type == CHART_ORDERED_BAR ||
               type == CHART_PAIRED_BAR || type == CHART_STACKED_BAR ||
               type == CHART_LOLLIPOP || type == CHART_DIVERGING_BAR;
}

/* Words around stand on the reader's side, and bars grow from there. */
static void draw(struct plot *p, bool rtl)
{
        double y = 0, foot;
        size_t mark = 0;

        if (!p->o->is_bare)
                put_heading(p, &y);
        if (rtl)
                scene_mirror(p->s, 0);
        mark = p->s->n;
        p->top = y;
        p->right = p->s->width;
        draw_body(p, y + (p->o->is_bare ? 0 : 44 + 2 * PAD));
        if (rtl && is_bars(p->type))
                scene_mirror(p->s, mark);
        mark = p->s->n;
        foot = p->bottom;
        if (!p->o->is_bare)
                put_foot(p, &foot);
        if (rtl)
                scene_mirror(p->s, mark);
        p->s->height = ceil(foot);
        if (!p->o->is_bare)
                pad(p->s);
}

int plot_draw(struct arena *a, const struct chart *chart,
              const struct plot_options *o, struct scene *ret, struct err *err)
{
        double width = o->width > 0 ? o->width : PLOT_WIDTH;
        struct scene s = { .a = a,
                           .title = chart->title,
                           .desc = o->alt,
                           .language = o->language };
        struct plot p = { .a = a,
                          .chart = chart,
                          .o = o,
                          .s = &s,
                          .type = plot_type(chart),
                          .size = 12 };
        int rc = prepare(&p, err);

        if (rc < 0)
                return rc;
        width = fmin(fmax(width, PLOT_WIDTH_MIN), PLOT_WIDTH_MAX);
        s.width = o->is_bare ? width : width - 2 * PAD;
        p.figures = figures_new(a, o->language, chart->unit);
        draw(&p, language_is_rtl(a, o->language));
        figures_done(p.figures);
        *ret = s;
        return 0;
}

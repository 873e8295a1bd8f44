/* Bars that lie: plain, ordered, paired, stacked, diverging, and lollipops. */

#include "press/plot_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

#define NAME_PART 0.38 /* of the width, at most, for the names of rows */
#define ROW 26.0
#define BAR 16.0
#define PAIR 12.0
#define DOT 5.0
#define AFTER 6.0 /* between a bar and its figure */
#define EDGE 2.0  /* a letter may be a little wider than measured */

struct bars {
        struct plot *p;
        double names;  /* width of the names */
        double x0, x1; /* where the least and the greatest value stand */
        double lo, hi;
        size_t left_out;
};

static bool is_stacked(const struct plot *p)
{
        return p->type == CHART_STACKED_BAR;
}

static bool is_paired(const struct plot *p)
{
        return p->n_series > 1 && !is_stacked(p) && p->type == CHART_PAIRED_BAR;
}

/* Where a stack ends on one side of zero. */
static double stack_end(const struct plot *p, size_t row, bool positive)
{
        double sum = 0;

        for (size_t s = 0; s < p->n_series; s++) {
                double v = plot_value(p, s, row);

                if (!isnan(v) && (v > 0) == positive)
                        sum += v;
        }
        return sum;
}

static void find_range(struct bars *b)
{
        struct plot *p = b->p;
        size_t n = is_stacked(p) || is_paired(p) ? p->n_series : 1;

        b->lo = b->hi = 0;
        for (size_t i = 0; i < p->n_rows; i++) {
                for (size_t s = 0; s < n; s++) {
                        double v = plot_value(p, s, p->rows[i]);

                        b->lo = fmin(b->lo, v);
                        b->hi = fmax(b->hi, v);
                }
                if (!is_stacked(p))
                        continue;
                b->lo = fmin(b->lo, stack_end(p, p->rows[i], false));
                b->hi = fmax(b->hi, stack_end(p, p->rows[i], true));
        }
        if (b->lo == b->hi)
                b->hi = 1;
}

static double x_of(const struct bars *b, double v)
{
        return b->x0 + (v - b->lo) / (b->hi - b->lo) * (b->x1 - b->x0);
}

/* --- order --- */

struct ranked {
        double v;
        size_t row;
};

static int by_rank(const void *x, const void *y)
{
        const struct ranked *a = x, *b = y;
        bool none_a = isnan(a->v), none_b = isnan(b->v);

        if (none_a != none_b)
                return none_a ? 1 : -1;
        if (!none_a && a->v != b->v)
                return a->v > b->v ? -1 : 1;
        return a->row < b->row ? -1 : a->row > b->row;
}

static void order(struct plot *p)
{
        struct ranked *list = arena_array(p->a, p->n_rows + 1, sizeof(*list));

        for (size_t i = 0; i < p->n_rows; i++)
                list[i] = (struct ranked) { plot_value(p, 0, p->rows[i]),
                                            p->rows[i] };
        qsort(list, p->n_rows, sizeof(*list), by_rank);
        for (size_t i = 0; i < p->n_rows; i++)
                p->rows[i] = list[i].row;
}

/* --- rooms --- */

static double name_width(const struct plot *p, struct str name, bool bold)
{
        double w = words_width(name, p->size, bold);

        return fmin(w, p->s->width * NAME_PART);
}

/* The figure behind a bar; in the first row of a pair with the series' name. */
static struct str bar_text(const struct plot *p, size_t s, size_t i, double v)
{
        struct str f = plot_figure(p, v);

        if (!is_paired(p) || i > 0)
                return f;
        return arena_printf(p->a, STR_FMT " " STR_FMT, STR_ARG(f),
                            STR_ARG(words_fit(p->a, p->series[s]->name, p->size,
                                              true, p->s->width * 0.22)));
}

/* From the end of a bar to its figure. */
static double behind(const struct plot *p)
{
        return AFTER + (p->type == CHART_LOLLIPOP ? DOT : 0);
}

/*
 * How far words stand out behind the bar of a value: the bars are as long as
 * leaves room for them, so each bar's own end counts and not the longest's.
 */
static void fit_bars(struct bars *b)
{
        struct plot *p = b->p;
        size_t n = is_paired(p) ? p->n_series : 1;
        double left = b->names + (b->lo < 0 ? 6 : 0),
               right = p->s->width - EDGE;

        b->x0 = left;
        b->x1 = right;
        for (int round = 0; round < 4 && !is_stacked(p); round++) {
                double over_left = 0, over_right = 0;

                for (size_t i = 0; i < p->n_rows; i++)
                        for (size_t s = 0; s < n; s++) {
                                double v = plot_value(p, s, p->rows[i]);

                                if (isnan(v))
                                        continue;
                                double w = behind(p) +
                                           words_width(bar_text(p, s, i, v),
                                                       p->size, true);
                                if (v < 0)
                                        over_left = fmax(over_left,
                                                         left - x_of(b, v) + w);
                                else
                                        over_right =
                                                fmax(over_right,
                                                     x_of(b, v) + w - right);
                        }
                b->x0 += over_left;
                b->x1 -= over_right;
                if (b->x1 < b->x0 + 20)
                        b->x1 = b->x0 + 20;
        }
}

/* --- a row --- */

static enum ink row_ink(const struct plot *p, size_t s, size_t row, double v)
{
        if (is_paired(p) || is_stacked(p))
                return plot_ink(p, s);
        if (p->main_row != STR_NONE)
                return p->main_row == row ? INK_SERIES : INK_MUTED;
        if (p->type == CHART_DIVERGING_BAR && v < 0)
                return INK_SERIES + 1;
        return INK_SERIES;
}

static void put_name(const struct bars *b, size_t i, double middle)
{
        struct plot *p = b->p;
        struct str name = plot_name(p, p->rows[i]), lines[2];
        bool bold = p->main_row == p->rows[i];
        size_t n =
                words_wrap(p->a, name, p->size, bold, b->names - 9, lines, 2);
        double y = middle + p->size * (n > 1 ? -0.15 : 0.35);

        for (size_t k = 0; k < n; k++) {
                struct mark *m = scene_words(p->s, INK_TEXT, b->names - 8, y,
                                             p->size, lines[k]);

                m->anchor = ANCHOR_END;
                m->is_bold = bold;
                y += p->size * 1.05;
        }
        if (n && lines[n - 1].p + lines[n - 1].n != name.p + name.n)
                scene_last(p->s)->whole = utf8_clip(name, 500);
}

static void put_value(const struct bars *b, struct str text, double v,
                      double middle, enum ink ink, bool bold)
{
        struct plot *p = b->p;
        struct mark *m = scene_words(
                p->s, ink, x_of(b, v) + (v < 0 ? -behind(p) : behind(p)),
                middle + p->size * 0.35, p->size, text);

        m->anchor = v < 0 ? ANCHOR_END : ANCHOR_START;
        m->is_bold = bold;
}

static void put_bar(const struct bars *b, size_t s, size_t i, double middle,
                    double thick)
{
        struct plot *p = b->p;
        size_t row = p->rows[i];
        double v = plot_value(p, s, row), zero = x_of(b, 0);
        enum ink ink = row_ink(p, s, row, v), words = INK_TEXT;

        if (isnan(v)) {
                put_value(b, STR("\u2013"), 0, middle, INK_SOFT, false);
                return;
        }
        if (p->type == CHART_LOLLIPOP) {
                scene_line(p->s, ink, 1.5, (struct point) { zero, middle },
                           (struct point) { x_of(b, v), middle });
                scene_dot(p->s, ink, x_of(b, v), middle, DOT);
        } else {
                scene_rect(p->s, ink, zero, middle - thick / 2,
                           x_of(b, v) - zero, thick);
        }
        if (is_paired(p) && i == 0)
                words = plot_words_ink(p, s);
        put_value(b, bar_text(p, s, i, v), v, middle, words,
                  p->main_row == row || (is_paired(p) && i == 0));
}

/* --- stacks --- */

/* Words on a fill: paper on the dark ones, ink on the others. */
static enum ink on(enum ink fill)
{
        return fill == INK_SERIES || fill == INK_SERIES + 3 ? INK_PAPER
                                                            : INK_ON;
}

static void put_stack(const struct bars *b, size_t i, double middle)
{
        struct plot *p = b->p;
        double up = 0, down = 0;

        for (size_t s = 0; s < p->n_series; s++) {
                double v = plot_value(p, s, p->rows[i]);

                if (isnan(v) || v == 0)
                        continue;
                double *from = v > 0 ? &up : &down;
                double x0 = x_of(b, *from), x1 = x_of(b, *from + v);
                struct str text = plot_figure(p, v);
                double w = fabs(x1 - x0);

                *from += v;
                scene_rect(p->s, plot_ink(p, s), x0 + (v > 0 ? 0 : 1),
                           middle - BAR / 2,
                           x1 - x0 - (v > 0 ? 1 : -1) * (w > 3 ? 1 : 0), BAR);
                if (words_width(text, p->size - 1, false) + 6 > w)
                        continue;
                struct mark *m =
                        scene_words(p->s, on(plot_ink(p, s)), (x0 + x1) / 2,
                                    middle + p->size * 0.33, p->size - 1, text);
                m->anchor = ANCHOR_MIDDLE;
        }
}

/* The series' names above their parts of the first row; false: they would
 * touch. */
static bool put_stack_names(const struct bars *b, double y)
{
        struct plot *p = b->p;
        double up = 0, free_from = b->names, xs[PLOT_SERIES_MAX];

        for (size_t s = 0; s < p->n_series; s++) {
                double v = plot_value(p, s, p->rows[0]);
                double w = words_width(p->series[s]->name, p->size, true);

                if (isnan(v) || v < 0)
                        return false;
                xs[s] = fmax(x_of(b, up), free_from);
                if (xs[s] - x_of(b, up) > 30 || xs[s] + w > p->s->width)
                        return false;
                free_from = xs[s] + w + 10;
                up += v;
        }
        for (size_t s = 0; s < p->n_series; s++)
                scene_words(p->s, plot_words_ink(p, s), xs[s],
                            y + p->size * 0.85, p->size, p->series[s]->name)
                        ->is_bold = true;
        return true;
}

/* --- the whole --- */

static void find_names(struct bars *b)
{
        struct plot *p = b->p;

        b->names = 0;
        for (size_t i = 0; i < p->n_rows; i++)
                b->names =
                        fmax(b->names, name_width(p, plot_name(p, p->rows[i]),
                                                  p->main_row == p->rows[i]));
        b->names += 10 + EDGE;
}

static double row_height(const struct bars *b)
{
        if (is_paired(b->p))
                return PAIR * 2 + 12;
        return ROW;
}

static void put_rows(const struct bars *b)
{
        struct plot *p = b->p;
        double height = row_height(b);

        for (size_t i = 0; i < p->n_rows; i++) {
                double middle = p->top + ((double)i + 0.5) * height;

                put_name(b, i, middle);
                if (is_stacked(p)) {
                        put_stack(b, i, middle);
                } else if (is_paired(p)) {
                        put_bar(b, 0, i, middle - PAIR / 2 - 0.5, PAIR);
                        put_bar(b, 1, i, middle + PAIR / 2 + 0.5, PAIR);
                } else {
                        put_bar(b, 0, i, middle, BAR);
                }
        }
        p->bottom = p->top + (double)p->n_rows * height;
}

void plot_bars(struct plot *p)
{
        struct bars b = { .p = p };
        double zero;

        if (p->type == CHART_ORDERED_BAR)
                order(p);
        if (p->n_rows > PLOT_BARS_MAX) {
                b.left_out = p->n_rows - PLOT_BARS_MAX;
                p->n_rows = PLOT_BARS_MAX;
        }
        find_range(&b);
        find_names(&b);
        fit_bars(&b);
        if (is_stacked(p) && p->n_series > 1) {
                if (put_stack_names(&b, p->top))
                        p->top += p->size * 1.5;
                else
                        labels_key(p, &p->top);
        }
        put_rows(&b);
        zero = round(x_of(&b, 0)) + 0.5;
        scene_line(p->s, INK_TEXT, 1, (struct point) { zero, p->top },
                   (struct point) { zero, p->bottom });
        if (!b.left_out)
                return;
        scene_words(p->s, INK_SOFT, b.names - 8, p->bottom + p->size * 1.2,
                    p->size, arena_printf(p->a, "\u2026 +%zu", b.left_out))
                ->anchor = ANCHOR_END;
        p->bottom += p->size * 1.6;
}

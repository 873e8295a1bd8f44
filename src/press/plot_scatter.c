/* A scatter: two numbers a row; rows may have names. */

#include "press/plot_parts.h"

#include <math.h>

#include "base/arena.h"

#define NAMED_MAX 14 /* with so many rows each is named */
#define MANY 400
#define CELL 1.0 /* two dots in one cell of pixels are one */

/* The two columns: of named rows the first two series. */
static const struct column *column_x(const struct plot *p)
{
        return p->x->kind == COLUMN_NUMBER || p->n_series < 2 ? p->x
                                                              : p->series[0];
}

static const struct column *column_y(const struct plot *p)
{
        return column_x(p) == p->x ? p->series[0] : p->series[1];
}

static double value(const struct column *c, size_t row)
{
        return fabs(c->numbers[row]) < VALUE_MAX ? c->numbers[row] : NAN;
}

static double row_x(const struct plot *p, size_t row)
{
        return plot_x(p, value(column_x(p), row));
}

static double row_y(const struct plot *p, size_t row)
{
        return plot_y(p, value(column_y(p), row));
}

static bool is_there(const struct plot *p, size_t row)
{
        return !isnan(value(column_x(p), row)) &&
               !isnan(value(column_y(p), row));
}

static void range_of(const struct plot *p, const struct column *c, double *lo,
                     double *hi)
{
        *lo = HUGE_VAL;
        *hi = -HUGE_VAL;
        for (size_t i = 0; i < p->n_rows; i++) {
                if (!is_there(p, p->rows[i]))
                        continue;
                *lo = fmin(*lo, value(c, p->rows[i]));
                *hi = fmax(*hi, value(c, p->rows[i]));
        }
}

/* Two dots at the same place count once, so that a cloud of many stays small.
 */
static struct point *collect(struct plot *p, size_t *ret_n)
{
        struct point *at = arena_array(p->a, p->n_rows + 1, sizeof(*at));
        size_t wide = (size_t)((p->right - p->left) / CELL) + 2,
               high = (size_t)((p->bottom - p->top) / CELL) + 2, n = 0;
        char *taken = arena_alloc(p->a, wide * high);

        for (size_t i = 0; i < p->n_rows; i++) {
                size_t row = p->rows[i];

                if (!is_there(p, row))
                        continue;
                struct point q = { row_x(p, row), row_y(p, row) };
                size_t cell = (size_t)((q.y - p->top) / CELL + 0.5) * wide +
                              (size_t)((q.x - p->left) / CELL + 0.5);

                if (taken[cell])
                        continue;
                taken[cell] = 1;
                at[n++] = q;
        }
        *ret_n = n;
        return at;
}

static void put_names(struct plot *p, const struct point *at, size_t n)
{
        double r = n > NAMED_MAX ? 2 : 4;

        for (size_t i = 0; i < n; i++)
                labels_avoid(p, (struct box) { at[i].x - r, at[i].y - r,
                                               at[i].x + r, at[i].y + r });
        if (p->x->kind != COLUMN_TEXT)
                return;
        for (size_t i = 0; i < p->n_rows; i++) {
                size_t row = p->rows[i];
                bool main = p->main_row == row;
                struct label l = { .n = 1,
                                   .ink = main ? INK_TEXT : INK_SOFT,
                                   .bold_first = main,
                                   .must = main,
                                   .clear = main ? 4.5 : 4,
                                   .beside_first = true };

                if (!is_there(p, row) || (p->n_rows > NAMED_MAX && !main))
                        continue;
                l.lines[0] = words_fit(p->a, plot_name(p, row), p->size, main,
                                       p->s->width * 0.3);
                if (main) {
                        scene_dot(p->s, INK_SERIES, row_x(p, row),
                                  row_y(p, row), 4.5);
                        scene_last(p->s)->has_halo = true;
                }
                (void)labels_put(
                        p, &l, (struct point) { row_x(p, row), row_y(p, row) });
        }
}

/* What the axes measure: up on the left, along on the right. */
static void put_axis_names(struct plot *p)
{
        scene_words(p->s, INK_SOFT, 0, p->top - 10, p->size,
                    words_fit(p->a,
                              arena_printf(p->a, "\u2191 " STR_FMT,
                                           STR_ARG(column_y(p)->name)),
                              p->size, false, p->s->width))
                ->is_bold = false;
        scene_words(p->s, INK_SOFT, p->s->width, p->bottom + 8 + p->size * 2.5,
                    p->size,
                    words_fit(p->a,
                              arena_printf(p->a, STR_FMT " \u2192",
                                           STR_ARG(column_x(p)->name)),
                              p->size, false, p->s->width))
                ->anchor = ANCHOR_END;
}

void plot_scatter(struct plot *p, double height)
{
        double lo, hi, whole = p->top + height;
        struct ticks x;
        size_t n;

        p->top += 26;
        p->right = p->s->width - 8;
        p->bottom = whole - p->size * 3.6;
        range_of(p, column_y(p), &lo, &hi);
        plot_y_axis(p, lo, hi);
        range_of(p, column_x(p), &lo, &hi);
        x = ticks_nice(lo, hi, (size_t)((p->right - p->left) / (p->size * 6)));
        p->x_from = x.from;
        p->x_to = x.to;
        plot_number_axis(p);
        scene_line(p->s, INK_RULE, 1,
                   (struct point) { p->left, round(p->bottom) + 0.5 },
                   (struct point) { p->right, round(p->bottom) + 0.5 });
        put_axis_names(p);
        const struct point *at = collect(p, &n);

        if (!n) {
                p->bottom = whole;
                return;
        }
        struct point *copy = arena_array(p->a, n, sizeof(*copy));

        for (size_t i = 0; i < n; i++)
                copy[i] = at[i];
        ARENA_GROW(p->a, p->s->marks, p->s->n, p->s->cap);
        p->s->marks[p->s->n++] = (struct mark) {
                .kind = MARK_DOTS,
                .ink = p->main_row == STR_NONE ? INK_SERIES : INK_MUTED,
                .points = copy,
                .n = n,
                .w = n > MANY        ? 1.4
                     : n > NAMED_MAX ? 2.5
                                     : 4,
                .is_faint = n > NAMED_MAX,
        };
        put_names(p, at, n);
        labels_annotate(p, row_x, row_y, 4);
        p->bottom = whole;
}

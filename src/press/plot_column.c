/* Columns: one a row, or one a series side by side. */

#include "press/plot_parts.h"

#include <math.h>

#include "base/arena.h"

#define THINNEST 1.5 /* thinner columns are drawn as an area */

static double band_width(const struct plot *p)
{
        return (p->right - p->left) / (double)p->n_rows;
}

static double row_x(const struct plot *p, size_t row)
{
        for (size_t i = 0; i < p->n_rows; i++)
                if (p->rows[i] == row)
                        return plot_band_x(p, i);
        return NAN;
}

static double row_y(const struct plot *p, size_t row)
{
        return plot_y(p, plot_value(p, 0, row));
}

static enum ink ink_of(const struct plot *p, size_t s, size_t row)
{
        if (p->main_row == STR_NONE || p->main_series != STR_NONE)
                return plot_ink(p, s);
        return p->main_row == row ? INK_SERIES : INK_MUTED;
}

static void put_column(struct plot *p, size_t s, size_t i)
{
        double band = band_width(p), gap = band > 6 ? band * 0.22 : band * 0.1;
        double w = (band - gap) / (double)p->n_series, v, zero;
        double x = p->left + band * (double)i + gap / 2 + w * (double)s;

        v = plot_value(p, s, p->rows[i]);
        if (isnan(v))
                return;
        zero = plot_y(p, 0);
        scene_rect(p->s, ink_of(p, s, p->rows[i]), x, zero,
                   p->n_series > 1 && w > 4 ? w - 1 : w, plot_y(p, v) - zero);
        labels_avoid(p, (struct box) { x, fmin(zero, plot_y(p, v)), x + w,
                                       fmax(zero, plot_y(p, v)) });
}

/* A figure at the end of a column. */
static bool put_figure(struct plot *p, size_t i, bool bold)
{
        double v = plot_value(p, 0, p->rows[i]);
        struct label l = { .n = 1,
                           .ink = bold ? INK_TEXT : INK_SOFT,
                           .bold_first = bold,
                           .below_first = v < 0 };

        if (isnan(v) || labels_is_annotated(p, p->rows[i]))
                return true;
        l.lines[0] = plot_figure(p, v);
        return labels_put(p, &l,
                          (struct point) { plot_band_x(p, i),
                                           plot_y(p, v) + (v < 0 ? -3 : 3) });
}

static bool all_fit(const struct plot *p)
{
        for (size_t i = 0; i < p->n_rows; i++) {
                double v = plot_value(p, 0, p->rows[i]);

                if (!isnan(v) && words_width(plot_figure(p, v), p->size, true) >
                                         band_width(p) - 3)
                        return false;
        }
        return true;
}

/* All of them where there is room; else the last, the highest, the lowest. */
static void put_figures(struct plot *p)
{
        size_t last = STR_NONE, high = STR_NONE, low = STR_NONE;
        bool all = all_fit(p), dated = p->x && p->x->kind == COLUMN_DATE;

        for (size_t i = 0; i < p->n_rows; i++) {
                double v = plot_value(p, 0, p->rows[i]);

                if (isnan(v))
                        continue;
                last = i;
                if (high == STR_NONE || v > plot_value(p, 0, p->rows[high]))
                        high = i;
                if (low == STR_NONE || v < plot_value(p, 0, p->rows[low]))
                        low = i;
        }
        if (p->main_row != STR_NONE && !all)
                for (size_t i = 0; i < p->n_rows; i++)
                        if (p->rows[i] == p->main_row)
                                (void)put_figure(p, i, true);
        for (size_t i = 0; all && i < p->n_rows; i++)
                (void)put_figure(p, i,
                                 p->rows[i] == p->main_row ||
                                         (dated && i == last));
        if (all || last == STR_NONE)
                return;
        (void)put_figure(p, last, true);
        if (high != last)
                (void)put_figure(p, high, false);
        if (low != last && low != high)
                (void)put_figure(p, low, false);
}

void plot_columns(struct plot *p, double height)
{
        double lo = 0, hi = 0, whole = p->top + height, y;

        if (p->x && p->x->kind == COLUMN_DATE) {
                plot_sort(p);
                p->x_from = p->n_rows ? p->x->numbers[p->rows[0]] : 0;
                p->x_to = p->n_rows ? p->x->numbers[p->rows[p->n_rows - 1]] : 0;
        }
        if ((double)p->n_rows * THINNEST * (double)p->n_series >
            p->s->width - 60) {
                p->type = CHART_AREA;
                plot_line(p, height);
                return;
        }
        (void)plot_range(p, &lo, &hi);
        if (p->n_series > 1)
                labels_key(p, &p->top);
        p->top += 16;
        p->bottom = whole - plot_axis_height(p);
        plot_y_axis(p, fmin(lo, 0), fmax(hi, 0));
        for (size_t i = 0; i < p->n_rows; i++)
                for (size_t s = 0; s < p->n_series; s++)
                        put_column(p, s, i);
        y = round(plot_y(p, 0)) + 0.5;
        scene_line(p->s, INK_TEXT, 1, (struct point) { p->left, y },
                   (struct point) { p->right, y });
        plot_band_axis(p);
        labels_annotate(p, row_x, row_y, 0);
        if (p->n_series == 1)
                put_figures(p);
        p->bottom = whole;
}

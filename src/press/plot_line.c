/* Lines and areas over time, over numbers or over names in their order. */

#include "press/plot_parts.h"

#include <math.h>

#include "base/arena.h"

#define ZERO_PART                                                              \
        0.35 /* a least value below this part of the greatest: from 0 */
#define NAMES_PART 0.34
#define DOT 3.5

static double x_value(const struct plot *p, size_t i)
{
        if (p->x && p->x->kind != COLUMN_TEXT)
                return p->x->numbers[p->rows[i]];
        return (double)i;
}

/* Where a row of the table stands, for annotations. */
static double row_x(const struct plot *p, size_t row)
{
        for (size_t i = 0; i < p->n_rows; i++)
                if (p->rows[i] == row)
                        return plot_x(p, x_value(p, i));
        return NAN;
}

static double row_y(const struct plot *p, size_t row)
{
        size_t series = p->main_series == STR_NONE ? 0 : p->main_series;

        return plot_y(p, plot_value(p, series, row));
}

/* --- the path of a series --- */

/* What falls into one column of pixels: the first, the least, the greatest and
 * the last of it. */
struct bin {
        long at;
        size_t n;
        struct point first, low, high, last;
};

static void put_point(struct point *out, size_t *n, struct point at)
{
        if (*n && out[*n - 1].x == at.x && out[*n - 1].y == at.y)
                return;
        out[(*n)++] = at;
}

static void flush(struct bin *b, struct point *out, size_t *n)
{
        if (!b->n)
                return;
        put_point(out, n, b->first);
        if (b->n > 2) {
                bool down = b->low.x < b->high.x;

                put_point(out, n, down ? b->low : b->high);
                put_point(out, n, down ? b->high : b->low);
        }
        if (b->n > 1)
                put_point(out, n, b->last);
        b->n = 0;
}

static void take(struct bin *b, struct point at)
{
        if (!b->n++) {
                b->first = b->low = b->high = at;
        } else {
                b->low = at.y > b->low.y ? at : b->low;
                b->high = at.y < b->high.y ? at : b->high;
        }
        b->last = at;
}

/* No more points than the picture can show; a gap is a point of NaN. */
static struct point *thin(struct plot *p, const struct point *in, size_t n_in,
                          size_t *ret_n)
{
        struct point *out = arena_array(p->a, n_in * 2 + 1, sizeof(*out));
        struct bin b = { 0 };
        size_t n = 0;

        if (n_in <= 2 * (size_t)(p->right - p->left)) {
                *ret_n = n_in;
                return (struct point *)in;
        }
        for (size_t i = 0; i < n_in; i++) {
                bool gap = isnan(in[i].y);

                if (gap || lround(in[i].x) != b.at)
                        flush(&b, out, &n);
                if (gap) {
                        out[n++] = in[i];
                        continue;
                }
                b.at = lround(in[i].x);
                take(&b, in[i]);
        }
        flush(&b, out, &n);
        *ret_n = n;
        return out;
}

/* Points that stand between two gaps would be lines of no length. */
static void put_lonely(struct plot *p, enum ink ink, const struct point *at,
                       size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (!isnan(at[i].y) && (i == 0 || isnan(at[i - 1].y)) &&
                    (i + 1 == n || isnan(at[i + 1].y)))
                        scene_dot(p->s, ink, at[i].x, at[i].y, 2);
}

static struct point *series_points(struct plot *p, size_t s)
{
        struct point *at = arena_array(p->a, p->n_rows + 1, sizeof(*at));

        for (size_t i = 0; i < p->n_rows; i++) {
                double v = plot_value(p, s, p->rows[i]);

                at[i] = (struct point) { plot_x(p, x_value(p, i)),
                                         isnan(v) ? NAN : plot_y(p, v) };
        }
        return at;
}

static void put_series(struct plot *p, size_t s)
{
        size_t n;
        const struct point *at = thin(p, series_points(p, s), p->n_rows, &n);

        scene_path(p->s, plot_ink(p, s), p->main_series == s ? 2.5 : 2, at, n);
        scene_last(p->s)->is_dashed =
                s >= INK_SERIES_N && p->main_series == STR_NONE;
        labels_avoid_path(p, scene_last(p->s));
        put_lonely(p, plot_ink(p, s), at, n);
}

/* --- areas --- */

/* The sum of the series up to s: areas stand on each other. A gap is 0. */
static double stack(const struct plot *p, size_t s, size_t row)
{
        double sum = 0;

        for (size_t k = 0; k <= s && k < p->n_series; k++) {
                double v = plot_value(p, k, row);

                sum += isnan(v) ? 0 : v;
        }
        return sum;
}

static const struct point *edge(struct plot *p, size_t s, size_t *n)
{
        struct point *at = arena_array(p->a, p->n_rows + 1, sizeof(*at));

        for (size_t i = 0; i < p->n_rows; i++)
                at[i] = (struct point) {
                        plot_x(p, x_value(p, i)),
                        plot_y(p, s == STR_NONE ? 0 : stack(p, s, p->rows[i]))
                };
        return thin(p, at, p->n_rows, n);
}

static void put_area(struct plot *p, size_t s)
{
        size_t n_up, n_down;
        const struct point *up = edge(p, s, &n_up),
                           *down = edge(p, s ? s - 1 : STR_NONE, &n_down);
        struct point *all = arena_array(p->a, n_up + n_down + 1, sizeof(*all));

        for (size_t i = 0; i < n_up; i++)
                all[i] = up[i];
        for (size_t i = 0; i < n_down; i++)
                all[n_up + i] = down[n_down - 1 - i];
        scene_area(p->s, plot_ink(p, s), all, n_up + n_down);
        scene_last(p->s)->is_faint = p->n_series == 1;
        scene_path(p->s, p->n_series == 1 ? plot_ink(p, s) : INK_PAPER,
                   p->n_series == 1 ? 2 : 1, up, n_up);
        labels_avoid_path(p, scene_last(p->s));
}

/* --- names and figures at the end --- */

/* The last row in which a series has a number. */
static size_t last_of(const struct plot *p, size_t s)
{
        for (size_t i = p->n_rows; i-- > 0;)
                if (!isnan(plot_value(p, s, p->rows[i])))
                        return i;
        return STR_NONE;
}

static struct str end_text(const struct plot *p, size_t s)
{
        size_t last = last_of(p, s);
        struct str v;

        if (last == STR_NONE)
                return STR("");
        v = plot_figure(p, plot_value(p, s, p->rows[last]));
        if (p->n_series == 1)
                return v;
        return arena_printf(p->a, STR_FMT " " STR_FMT,
                            STR_ARG(p->series[s]->name), STR_ARG(v));
}

/* Name and figure in at most the room for them; the figure stays whole. */
static struct str fitted_end(struct plot *p, size_t s, double room)
{
        struct str all = end_text(p, s);
        size_t last = last_of(p, s);

        if (words_width(all, p->size, true) <= room || p->n_series == 1 ||
            last == STR_NONE)
                return words_fit(p->a, all, p->size, true, room);
        struct str v = plot_figure(p, plot_value(p, s, p->rows[last]));
        double w = words_width(v, p->size, true) + p->size * 0.3;

        return arena_printf(p->a, STR_FMT " " STR_FMT,
                            STR_ARG(words_fit(p->a, p->series[s]->name, p->size,
                                              true, room - w)),
                            STR_ARG(v));
}

static double end_room(const struct plot *p)
{
        double widest = 0;

        for (size_t s = 0; s < p->n_series; s++)
                widest = fmax(widest,
                              words_width(end_text(p, s), p->size, true));
        return fmin(widest, p->s->width * NAMES_PART);
}

static double end_y(const struct plot *p, size_t s)
{
        size_t row = p->rows[last_of(p, s)];

        if (p->type != CHART_AREA || p->n_series == 1)
                return plot_y(p, plot_value(p, s, row));
        return (plot_y(p, stack(p, s, row)) +
                plot_y(p, s ? stack(p, s - 1, row) : 0)) /
               2;
}

static void put_ends(struct plot *p, double room)
{
        struct side_label list[PLOT_SERIES_MAX];
        size_t n = 0;

        for (size_t s = 0; s < p->n_series; s++) {
                size_t last = last_of(p, s);

                if (last == STR_NONE)
                        continue;
                double x = plot_x(p, x_value(p, last)), y = end_y(p, s);

                list[n++] = (struct side_label) { fitted_end(p, s, room), y,
                                                  plot_words_ink(p, s), true };
                if (p->type == CHART_AREA && p->n_series > 1)
                        continue;
                scene_dot(p->s, plot_ink(p, s), x, y, DOT);
        }
        labels_spread(list, n, p->size * 1.15, p->top - 6, p->bottom + 6);
        for (size_t i = 0; i < n; i++) {
                double w = words_width(list[i].text, p->size, true);
                struct mark *m = scene_words(p->s, list[i].ink, p->right + 8,
                                             list[i].y + p->size * 0.35,
                                             p->size, list[i].text);

                m->is_bold = true;
                labels_avoid(p, (struct box) { p->right + 8,
                                               list[i].y - p->size / 2,
                                               p->right + 8 + w,
                                               list[i].y + p->size / 2 });
        }
}

/* --- the extremes of a line that stands alone --- */

static size_t extreme(const struct plot *p, bool high)
{
        size_t best = STR_NONE;

        for (size_t i = 0; i < p->n_rows; i++) {
                double v = plot_value(p, 0, p->rows[i]);

                if (isnan(v))
                        continue;
                if (best == STR_NONE ||
                    (high ? v > plot_value(p, 0, p->rows[best])
                          : v < plot_value(p, 0, p->rows[best])))
                        best = i;
        }
        return best;
}

static void put_extreme(struct plot *p, bool high)
{
        size_t i = extreme(p, high), last = last_of(p, 0);
        struct label l = { .n = 1,
                           .ink = INK_SOFT,
                           .clear = 2,
                           .below_first = !high && p->type != CHART_AREA };

        if (i == STR_NONE || i == last || labels_is_annotated(p, p->rows[i]) ||
            plot_value(p, 0, p->rows[i]) == plot_value(p, 0, p->rows[last]))
                return;
        struct point at = { plot_x(p, x_value(p, i)),
                            plot_y(p, plot_value(p, 0, p->rows[i])) };

        l.lines[0] = plot_figure(p, plot_value(p, 0, p->rows[i]));
        scene_dot(p->s, plot_ink(p, 0), at.x, at.y, 2.5);
        (void)labels_put(p, &l, at);
}

/* --- the whole --- */

static void find_y(struct plot *p, double *lo, double *hi)
{
        (void)plot_range(p, lo, hi);
        if (p->type == CHART_AREA) {
                *lo = fmin(*lo, 0);
                *hi = fmax(*hi, 0);
                for (size_t i = 0; i < p->n_rows; i++) {
                        double sum = stack(p, p->n_series - 1, p->rows[i]);

                        *hi = fmax(*hi, sum);
                        *lo = fmin(*lo, sum);
                }
        }
        if (*lo > 0 && *lo < ZERO_PART * *hi)
                *lo = 0;
        if (*hi < 0 && *hi > ZERO_PART * *lo)
                *hi = 0;
}

static void find_x(struct plot *p)
{
        if (p->x && p->x->kind != COLUMN_TEXT) {
                plot_sort(p);
        } else { /* a name stands below the middle of its band */
                p->x_from = -0.5;
                p->x_to = (double)p->n_rows - 0.5;
                return;
        }
        p->x_from = p->n_rows ? x_value(p, 0) : 0;
        p->x_to = p->n_rows ? x_value(p, p->n_rows - 1) : 0;
}

static void base_line(struct plot *p)
{
        double y = plot_y(p, fmax(p->y_from, fmin(0, p->y_to)));
        bool zero = p->y_from <= 0 && p->y_to >= 0;

        y = round(y) + 0.5;
        scene_line(p->s, zero ? INK_TEXT : INK_RULE, 1,
                   (struct point) { p->left, y },
                   (struct point) { p->right, y });
}

void plot_line(struct plot *p, double height)
{
        double lo = 0, hi = 0, room, whole = p->top + height;

        find_x(p);
        find_y(p, &lo, &hi);
        room = end_room(p);
        p->top += 8;
        p->right = p->s->width - room - 12;
        p->bottom = whole - plot_axis_height(p);
        plot_y_axis(p, lo, hi);
        if (p->x && p->x->kind == COLUMN_DATE)
                plot_date_axis(p);
        else if (p->x && p->x->kind == COLUMN_NUMBER)
                plot_number_axis(p);
        else
                plot_band_axis(p);
        base_line(p);
        /* What matters is drawn last, above the others. */
        for (size_t k = 0; k < p->n_series; k++)
                if (p->type == CHART_AREA)
                        put_area(p, k);
                else if (k != p->main_series)
                        put_series(p, k);
        if (p->type != CHART_AREA && p->main_series != STR_NONE)
                put_series(p, p->main_series);
        put_ends(p, room);
        labels_annotate(p, row_x, row_y, DOT);
        if (p->n_series == 1) {
                put_extreme(p, true);
                put_extreme(p, false);
        }
        p->bottom = whole;
}

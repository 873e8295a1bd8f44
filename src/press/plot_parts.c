#include "press/plot_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/time.h"
#include "press/day.h"

#define NAMED_MAX 12 /* bands of which each has its name */
#define EDGE 2       /* a letter may be a little wider than measured */

double plot_value(const struct plot *p, size_t series, size_t row)
{
        double v = p->series[series]->numbers[row];

        return fabs(v) < VALUE_MAX ? v : NAN;
}

struct str plot_name(const struct plot *p, size_t row)
{
        return p->x ? p->x->texts[row] : arena_printf(p->a, "%zu", row + 1);
}

struct str plot_figure(const struct plot *p, double v)
{
        return figure_text(p->a, p->figures, v, p->decimals);
}

bool plot_range(const struct plot *p, double *lo, double *hi)
{
        bool any = false;

        for (size_t s = 0; s < p->n_series; s++)
                for (size_t i = 0; i < p->n_rows; i++) {
                        double v = plot_value(p, s, p->rows[i]);

                        if (isnan(v))
                                continue;
                        *lo = !any || v < *lo ? v : *lo;
                        *hi = !any || v > *hi ? v : *hi;
                        any = true;
                }
        return any;
}

struct keyed {
        double key;
        size_t row;
};

static int by_key(const void *x, const void *y)
{
        const struct keyed *a = x, *b = y;

        if (a->key != b->key)
                return a->key < b->key ? -1 : 1;
        return a->row < b->row ? -1 : a->row > b->row;
}

void plot_sort(struct plot *p)
{
        struct keyed *list = arena_array(p->a, p->n_rows, sizeof(*list));
        size_t n = 0;

        for (size_t i = 0; i < p->n_rows; i++) {
                double key = p->x->numbers[p->rows[i]];

                if (fabs(key) < VALUE_MAX)
                        list[n++] = (struct keyed) { key, p->rows[i] };
        }
        qsort(list, n, sizeof(*list), by_key);
        for (size_t i = 0; i < n; i++)
                p->rows[i] = list[i].row;
        p->n_rows = n;
}

enum ink plot_ink(const struct plot *p, size_t series)
{
        if (p->main_series == STR_NONE)
                return (enum ink)(INK_SERIES + series % INK_SERIES_N);
        return p->main_series == series ? INK_SERIES : INK_MUTED;
}

enum ink plot_words_ink(const struct plot *p, size_t series)
{
        if (p->main_series == STR_NONE)
                return (enum ink)(INK_WORDS + series % INK_SERIES_N);
        return p->main_series == series ? INK_WORDS : INK_SOFT;
}

double plot_x(const struct plot *p, double v)
{
        if (p->x_to <= p->x_from)
                return (p->left + p->right) / 2;
        return p->left +
               (v - p->x_from) / (p->x_to - p->x_from) * (p->right - p->left);
}

double plot_y(const struct plot *p, double v)
{
        return p->bottom -
               (v - p->y_from) / (p->y_to - p->y_from) * (p->bottom - p->top);
}

/* --- the y axis --- */

/* More than half a step of nothing above or below is cut off. */
static void find_extent(struct plot *p, double lo, double hi)
{
        double step = p->y.step;

        p->y_from = p->y.from;
        p->y_to = p->y.to;
        if (hi > lo && p->y_to - hi > 0.5 * step && p->y.n > 2)
                p->y_to = hi + 0.1 * step;
        if (hi > lo && lo - p->y_from > 0.5 * step && p->y.n > 2)
                p->y_from = lo - 0.1 * step;
}

static struct str tick_figure(struct plot *p, size_t i)
{
        double v = ticks_at(&p->y, i);

        return figure_text(p->a, p->figures, v, v == 0 ? 0 : p->y.decimals);
}

static bool is_within(const struct plot *p, double v)
{
        return v >= p->y_from - p->y.step * 1e-9 &&
               v <= p->y_to + p->y.step * 1e-9;
}

static void y_room(struct plot *p, double lo, double hi)
{
        double widest = 0, height = p->bottom - p->top;
        size_t steps = (size_t)(height / 48);

        p->y = ticks_nice(lo, hi, steps > 6 ? 6 : steps);
        find_extent(p, lo, hi);
        for (size_t i = 0; i < p->y.n; i++) {
                double w = words_width(tick_figure(p, i), p->size, false);

                widest = w > widest ? w : widest;
        }
        p->left = widest + 8 + EDGE;
}

void plot_y_axis(struct plot *p, double lo, double hi)
{
        y_room(p, lo, hi);
        for (size_t i = 0; i < p->y.n; i++) {
                double v = ticks_at(&p->y, i), y = round(plot_y(p, v)) + 0.5;

                if (!is_within(p, v))
                        continue;
                if (v != 0)
                        scene_line(p->s, INK_HAIR, 1,
                                   (struct point) { p->left, y },
                                   (struct point) { p->right, y });
                scene_words(p->s, INK_SOFT, p->left - 8, y + p->size * 0.35,
                            p->size, tick_figure(p, i))
                        ->anchor = ANCHOR_END;
                labels_avoid(p,
                             (struct box) { 0, y - p->size * 0.5, p->left - 4,
                                            y + p->size * 0.5 });
        }
}

/* --- the x axis --- */

static struct str month_name(struct plot *p, const struct civil *c)
{
        struct str *s = &p->months[c->month - 1];

        if (!s->n)
                *s = day_month_short(p->a, p->o->language, c);
        return *s;
}

/* The upper words of a tick, and the lower ones when they change with it. */
static void tick_words(struct plot *p, enum tick_unit unit, double at,
                       const double *before, struct str *upper,
                       struct str *lower)
{
        struct civil c = time_to_civil((int64_t)at), b = { 0 };

        if (before)
                b = time_to_civil((int64_t)*before);
        *lower = STR("");
        switch (unit) {
        case TICK_YEAR:
                *upper = arena_printf(p->a, "%d", c.year);
                return;
        case TICK_QUARTER:
        case TICK_MONTH:
                *upper = unit == TICK_MONTH
                                 ? month_name(p, &c)
                                 : day_quarter(p->a, p->o->language, &c);
                if (c.year != b.year)
                        *lower = arena_printf(p->a, "%d", c.year);
                return;
        case TICK_DAY:
                *upper = arena_printf(p->a, "%d", c.day);
                if (c.month != b.month)
                        *lower = c.year != b.year
                                         ? arena_printf(
                                                   p->a, STR_FMT " %d",
                                                   STR_ARG(month_name(p, &c)),
                                                   c.year)
                                         : month_name(p, &c);
                return;
        case TICK_HOUR:
                *upper = arena_printf(p->a, "%02d:%02d", c.hour, c.minute);
                if (c.day != b.day)
                        *lower = arena_printf(p->a, "%d " STR_FMT, c.day,
                                              STR_ARG(month_name(p, &c)));
        }
}

/* Words under x, kept inside of the picture. */
static void words_below(struct plot *p, double x, double y, struct str s)
{
        double half = words_width(s, p->size, false) / 2;

        if (x + half > p->s->width)
                x = p->s->width - half;
        if (x - half < 0)
                x = half;
        scene_words(p->s, INK_SOFT, x, y, p->size, s)->anchor = ANCHOR_MIDDLE;
}

static void tick_mark(struct plot *p, double x)
{
        x = round(x) + 0.5;
        scene_line(p->s, INK_RULE, 1, (struct point) { x, p->bottom + 1 },
                   (struct point) { x, p->bottom + 5 });
}

/* A row of the axis's words, each of which has room before the next. */
struct axis_row {
        double x;
        struct str text;
};

static void put_row(struct plot *p, const struct axis_row *row, size_t n,
                    double y)
{
        for (size_t i = 0; i < n; i++) {
                double w = words_width(row[i].text, p->size, false);

                /* The first year or month gives way to the second. */
                if (i + 1 < n && i == 0 &&
                    row[1].x - row[0].x <
                            (w + words_width(row[1].text, p->size, false)) / 2 +
                                    4)
                        continue;
                words_below(p, row[i].x, y, row[i].text);
        }
}

static struct date_ticks find_ticks(struct plot *p, double from, double to)
{
        double width = p->right - p->left;
        size_t max[] = {
                [TICK_YEAR] = (size_t)(width / (p->size * 3.3)),
                [TICK_QUARTER] = (size_t)(width / (p->size * 2.4)),
                [TICK_MONTH] = (size_t)(width / (p->size * 2.9)),
                [TICK_DAY] = (size_t)(width / (p->size * 2.2)),
                [TICK_HOUR] = (size_t)(width / (p->size * 3.8)),
        };
        enum date_step step = p->x->step;

        if (step <= DATE_DAY)
                max[TICK_HOUR] = 0;
        if (step <= DATE_MONTH)
                max[TICK_DAY] = 0;
        if (step <= DATE_QUARTER)
                max[TICK_MONTH] = 0;
        if (step == DATE_YEAR)
                max[TICK_QUARTER] = 0;
        for (size_t i = 0; i < sizeof(max) / sizeof(*max); i++)
                if (max[i] > 12)
                        max[i] = 12;
        return ticks_dates(p->a, from, to, max, step == DATE_QUARTER);
}

static double widest_name(const struct plot *p)
{
        double widest = 0;

        for (size_t i = 0; i < p->n_rows; i++)
                widest = fmax(widest, words_width(plot_name(p, p->rows[i]),
                                                  p->size, false));
        return widest;
}

/* Years stand in one line of words, what is finer in two, and so do a few names
 * that are wider than their bands. */
double plot_axis_height(struct plot *p)
{
        bool two = false;

        p->left = 40; /* about: the y axis isn't known yet */
        if (p->x && p->x->kind == COLUMN_DATE)
                two = find_ticks(p, p->x_from, p->x_to).unit != TICK_YEAR;
        else if ((!p->x || p->x->kind == COLUMN_TEXT) && p->n_rows <= NAMED_MAX)
                two = widest_name(p) + 4 >
                      (p->right - p->left) / (double)(p->n_rows + !p->n_rows);
        return p->size * (two ? 2.9 : 1.7) + 4;
}

static void put_ticks(struct plot *p, const struct date_ticks *t,
                      const double *x)
{
        struct axis_row *lower = arena_array(p->a, t->n + 1, sizeof(*lower));
        size_t n = 0;
        double y = p->bottom + 4 + p->size * 1.25;

        for (size_t i = 0; i < t->n; i++) {
                struct str up, low;

                tick_words(p, t->unit, t->at[i], i ? &t->at[i - 1] : NULL, &up,
                           &low);
                tick_mark(p, x[i]);
                words_below(p, x[i], y, up);
                if (low.n)
                        lower[n++] = (struct axis_row) { x[i], low };
        }
        put_row(p, lower, n, y + p->size * 1.25);
}

void plot_date_axis(struct plot *p)
{
        struct date_ticks t = find_ticks(p, p->x_from, p->x_to);
        double *x = arena_array(p->a, t.n + 1, sizeof(*x));

        if (!t.n && p->n_rows) { /* a span that holds no whole unit */
                t.at = arena_array(p->a, 1, sizeof(*t.at));
                t.at[t.n++] = p->x_from;
                t.unit = p->x->step == DATE_YEAR ? TICK_YEAR : TICK_DAY;
        }
        for (size_t i = 0; i < t.n; i++)
                x[i] = plot_x(p, t.at[i]);
        put_ticks(p, &t, x);
}

void plot_number_axis(struct plot *p)
{
        struct ticks t =
                ticks_nice(p->x_from, p->x_to,
                           (size_t)((p->right - p->left) / (p->size * 6)));

        for (size_t i = 0; i < t.n; i++) {
                double v = ticks_at(&t, i), x = plot_x(p, v);

                if (v < p->x_from || v > p->x_to)
                        continue;
                tick_mark(p, x);
                words_below(p, x, p->bottom + 4 + p->size * 1.25,
                            figure_text(p->a, p->figures, v, t.decimals));
        }
}

/* --- bands --- */

double plot_band_x(const struct plot *p, size_t i)
{
        return p->left +
               ((double)i + 0.5) * (p->right - p->left) / (double)p->n_rows;
}

/* The band whose row begins at or last before an instant. */
static size_t band_of(const struct plot *p, double at)
{
        size_t i = 0;

        while (i + 1 < p->n_rows && p->x->numbers[p->rows[i + 1]] <= at)
                i++;
        return i;
}

static void put_date_bands(struct plot *p)
{
        struct date_ticks t = find_ticks(p, p->x_from, p->x_to);
        double *x = arena_array(p->a, t.n + 1, sizeof(*x));
        size_t n = 0;

        for (size_t i = 0; i < t.n; i++) {
                size_t band = band_of(p, t.at[i]);

                if (n && plot_band_x(p, band) - x[n - 1] < p->size * 2)
                        continue;
                t.at[n] = t.at[i];
                x[n++] = plot_band_x(p, band);
        }
        t.n = n;
        put_ticks(p, &t, x);
}

/* A few names stand below each band, in two lines where they must; of many
 * only each so-manieth, in one. */
static void put_names(struct plot *p, double band, size_t every)
{
        double y = p->bottom + 4 + p->size * 1.25;
        size_t max = every > 1 || p->n_rows > NAMED_MAX ? 1 : 2;

        for (size_t i = 0; i < p->n_rows; i += every) {
                struct str lines[2];
                size_t n =
                        words_wrap(p->a, plot_name(p, p->rows[i]), p->size,
                                   false, band * (double)every - 4, lines, max);

                for (size_t k = 0; k < n; k++)
                        words_below(p, plot_band_x(p, i),
                                    y + (double)k * p->size * LINE_HEIGHT,
                                    lines[k]);
        }
}

void plot_band_axis(struct plot *p)
{
        double band = (p->right - p->left) / (double)p->n_rows, widest;
        size_t every = 1;

        if (p->x && p->x->kind == COLUMN_DATE) {
                put_date_bands(p);
                return;
        }
        widest = fmin(widest_name(p), 90);
        if (widest + 6 > band && p->n_rows > NAMED_MAX)
                every = (size_t)ceil((widest + 6) / band);
        put_names(p, band, every);
}

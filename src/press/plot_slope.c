/* A slope: each row goes from its first figure to its second. */

#include "press/plot_parts.h"

#include <math.h>

#include "base/arena.h"

#define ROWS_MAX 24
#define SIDE_PART 0.34
#define DOT 4

struct slope {
        struct plot *p;
        size_t n;
        struct str names[ROWS_MAX];
        double from[ROWS_MAX], to[ROWS_MAX];
        bool is_main[ROWS_MAX];
        struct str heads[2];
        bool has_main;
};

static void add(struct slope *s, struct str name, double from, double to,
                bool is_main)
{
        if (isnan(from) || isnan(to) || s->n == ROWS_MAX)
                return;
        s->names[s->n] = name;
        s->from[s->n] = from;
        s->to[s->n] = to;
        s->is_main[s->n++] = is_main;
        s->has_main |= is_main;
}

/* "Country,2019,2026" has a row a line; two dates with a column a country have
 * a column a line, from the first row to the last. */
static void collect(struct slope *s)
{
        struct plot *p = s->p;
        bool down = p->x && p->x->kind == COLUMN_DATE && p->n_rows > 1;

        if (down) {
                plot_sort(p);
                size_t first = p->rows[0], last = p->rows[p->n_rows - 1];

                s->heads[0] = plot_name(p, first);
                s->heads[1] = plot_name(p, last);
                for (size_t i = 0; i < p->n_series; i++)
                        add(s, p->series[i]->name, plot_value(p, i, first),
                            plot_value(p, i, last), p->main_series == i);
                return;
        }
        size_t last = p->n_series - 1;

        s->heads[0] = p->series[0]->name;
        s->heads[1] = p->series[last]->name;
        for (size_t i = 0; i < p->n_rows; i++)
                add(s, plot_name(p, p->rows[i]), plot_value(p, 0, p->rows[i]),
                    plot_value(p, last, p->rows[i]), p->main_row == p->rows[i]);
}

static enum ink ink_of(const struct slope *s, size_t i, bool words)
{
        if (s->has_main && !s->is_main[i])
                return words ? INK_SOFT : INK_MUTED;
        if (s->is_main[i] || s->to[i] >= s->from[i])
                return words ? INK_WORDS : INK_SERIES;
        return words ? INK_WORDS + 1 : INK_SERIES + 1;
}

/* "Name 12.3" on the left, "15.6 Name" on the right; the figure stays whole. */
static struct str side_text(const struct slope *s, size_t i, bool right,
                            double room)
{
        struct plot *p = s->p;
        struct str f = plot_figure(p, right ? s->to[i] : s->from[i]);
        struct str name = words_fit(p->a, s->names[i], p->size, true,
                                    room - words_width(f, p->size, true) - 5);

        return right ? arena_printf(p->a, STR_FMT " " STR_FMT, STR_ARG(f),
                                    STR_ARG(name))
                     : arena_printf(p->a, STR_FMT " " STR_FMT, STR_ARG(name),
                                    STR_ARG(f));
}

static double side_room(const struct slope *s, bool right)
{
        double widest = 0, most = s->p->s->width * SIDE_PART;

        for (size_t i = 0; i < s->n; i++)
                widest = fmax(widest, words_width(side_text(s, i, right, 1e6),
                                                  s->p->size, true));
        return fmin(widest, most);
}

static void put_side(const struct slope *s, bool right, double room)
{
        struct plot *p = s->p;
        struct side_label list[ROWS_MAX];

        for (size_t i = 0; i < s->n; i++)
                list[i] = (struct side_label) {
                        side_text(s, i, right, room),
                        plot_y(p, right ? s->to[i] : s->from[i]),
                        ink_of(s, i, true), s->is_main[i] || !s->has_main
                };
        labels_spread(list, s->n, p->size * 1.2, p->top - 8, p->bottom + 8);
        for (size_t i = 0; i < s->n; i++) {
                struct mark *m = scene_words(
                        p->s, list[i].ink, right ? p->right + 9 : p->left - 9,
                        list[i].y + p->size * 0.35, p->size, list[i].text);

                m->anchor = right ? ANCHOR_START : ANCHOR_END;
                m->is_bold = list[i].bold;
        }
}

static void put_head(struct plot *p, struct str text, double x)
{
        struct point top = { round(x) + 0.5, p->top - 4 },
                     bottom = { round(x) + 0.5, p->bottom + 4 };

        scene_words(p->s, INK_SOFT, x, p->top - 12, p->size, text)->anchor =
                ANCHOR_MIDDLE;
        scene_line(p->s, INK_RULE, 1, top, bottom);
}

static void put_line(const struct slope *s, size_t i)
{
        struct plot *p = s->p;
        struct point from = { p->left, plot_y(p, s->from[i]) },
                     to = { p->right, plot_y(p, s->to[i]) };
        enum ink ink = ink_of(s, i, false);

        scene_line(p->s, ink, s->is_main[i] ? 2.5 : 1.8, from, to);
        scene_dot(p->s, ink, from.x, from.y, DOT);
        scene_dot(p->s, ink, to.x, to.y, DOT);
}

void plot_slope(struct plot *p, double height)
{
        struct slope *s = arena_alloc(p->a, sizeof(*s));
        double lo = HUGE_VAL, hi = -HUGE_VAL, left, right,
               whole = p->top + height;

        s->p = p;
        collect(s);
        for (size_t i = 0; i < s->n; i++) {
                lo = fmin(lo, fmin(s->from[i], s->to[i]));
                hi = fmax(hi, fmax(s->from[i], s->to[i]));
        }
        left = side_room(s, false);
        right = side_room(s, true);
        p->top += 28;
        p->bottom = whole - 6;
        p->left = left + 12;
        p->right = p->s->width - right - 12;
        p->y_from = lo;
        p->y_to = hi > lo ? hi : lo + 1;
        put_head(p, s->heads[0], p->left);
        put_head(p, s->heads[1], p->right);
        for (size_t pass = 0; pass < 2; pass++)
                for (size_t i = 0; i < s->n; i++)
                        if (s->is_main[i] == (pass == 1))
                                put_line(s, i);
        put_side(s, false, left);
        put_side(s, true, right);
        p->bottom = whole;
}

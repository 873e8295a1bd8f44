/* Words beside marks, where they cover neither marks nor each other. */

#include "press/plot_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

#define GAP 5.0   /* between a point and its words */
#define CLEAR 1.5 /* between two boxes */
#define WRAP 0.24 /* of the width: how wide an annotation's lines are */
#define ANNOTATED_LINES 3

void labels_avoid_path(struct plot *p, const struct mark *path)
{
        struct mark *copy = arena_alloc(p->a, sizeof(*copy));

        *copy = *path;
        ARENA_GROW(p->a, p->paths, p->n_paths, p->cap_paths);
        p->paths[p->n_paths++] = copy;
}

void labels_avoid(struct plot *p, struct box b)
{
        ARENA_GROW(p->a, p->boxes, p->n_boxes, p->cap_boxes);
        p->boxes[p->n_boxes++] = b;
}

/* Words may rise a line above the area, but not out of the picture. */
static double highest(const struct plot *p)
{
        return fmax(p->top - 16, 0);
}

static double overlap(const struct box *a, const struct box *b)
{
        double w = fmin(a->x1, b->x1) - fmax(a->x0, b->x0) + CLEAR,
               h = fmin(a->y1, b->y1) - fmax(a->y0, b->y0) + CLEAR;

        return w > 0 && h > 0 ? w * h : 0;
}

/* Does the stretch from a to b cross the box? (Liang and Barsky) */
static bool crosses(const struct box *box, struct point a, struct point b)
{
        double t0 = 0, t1 = 1, dx = b.x - a.x, dy = b.y - a.y;
        const double d[] = { -dx, dx, -dy, dy };
        const double q[] = { a.x - box->x0, box->x1 - a.x, a.y - box->y0,
                             box->y1 - a.y };

        for (int i = 0; i < 4; i++) {
                if (d[i] == 0) {
                        if (q[i] < 0)
                                return false;
                        continue;
                }
                double t = q[i] / d[i];

                if (d[i] < 0)
                        t0 = fmax(t0, t);
                else
                        t1 = fmin(t1, t);
        }
        return t0 <= t1;
}

static double crossings(const struct plot *p, const struct box *box)
{
        double n = 0;

        for (size_t k = 0; k < p->n_paths; k++) {
                const struct point *at = p->paths[k]->points;

                for (size_t i = 1; i < p->paths[k]->n; i++)
                        if (!isnan(at[i].y) && !isnan(at[i - 1].y) &&
                            crosses(box, at[i - 1], at[i]))
                                n++;
        }
        return n;
}

/* How bad a place is; 0: nothing is covered. */
static double badness(const struct plot *p, const struct box *box)
{
        double bad = 0;

        if (box->x0 < 0 || box->x1 > p->s->width || box->y0 < highest(p) ||
            box->y1 > p->bottom - 2)
                return 1e9;
        for (size_t i = 0; i < p->n_boxes; i++)
                bad += 10 * overlap(box, &p->boxes[i]);
        return bad + 40 * crossings(p, box);
}

static void label_extent(const struct plot *p, const struct label *l, double *w,
                         double *h)
{
        *w = 0;
        for (size_t i = 0; i < l->n; i++)
                *w = fmax(*w, words_width(l->lines[i], p->size,
                                          l->bold_first && i == 0));
        *h = (double)l->n * p->size * LINE_HEIGHT;
}

static void draw_label(struct plot *p, const struct label *l, struct point at,
                       const struct box *b)
{
        double middle = (b->x0 + b->x1) / 2, x = middle,
               y = b->y0 + p->size * 0.95;
        enum anchor anchor = ANCHOR_MIDDLE;

        if (b->x0 >= at.x - 0.01) {
                x = b->x0;
                anchor = ANCHOR_START;
        } else if (b->x1 <= at.x + 0.01) {
                x = b->x1;
                anchor = ANCHOR_END;
        }
        for (size_t i = 0; i < l->n; i++) {
                struct mark *m =
                        scene_words(p->s, l->ink, x, y, p->size, l->lines[i]);

                m->anchor = anchor;
                m->is_bold = l->bold_first && i == 0;
                m->has_halo = true;
                y += p->size * LINE_HEIGHT;
        }
        labels_avoid(p, *b);
}

/* A hair from the point to words that stand away above or below it. */
static void draw_hair(struct plot *p, struct point at, const struct box *b,
                      double clear)
{
        double y = b->y1 < at.y ? b->y1 + 1 : b->y0 - 1;
        double x = fmin(fmax(at.x, b->x0), b->x1);

        scene_line(p->s, INK_RULE, 1, (struct point) { x, y },
                   (struct point) { at.x, at.y + (b->y1 < at.y ? -1 : 1) *
                                                          (clear + 2) });
}

/* The i-th place for words of w by h at a distance d from the point: above,
 * below, right, left, in the order that the label likes. */
#define PLACES 8
static struct box place(const struct plot *p, const struct label *l,
                        struct point at, size_t i, double d, double w, double h)
{
        static const int across[] = { 0, 1, -1, 0, 1, -1 };
        size_t k = l->beside_first ? (i + 6) % PLACES : i;
        struct box b;

        if (k >= 6) {
                b.x0 = k == 6 ? at.x + d : at.x - d - w;
                b.y0 = at.y - h / 2;
        } else {
                bool above = (k < 3) != l->below_first;

                b.x0 = at.x - w / 2 + across[k] * w / 2;
                b.y0 = above ? at.y - d - h : at.y + d;
        }
        /* At an edge it is moved inwards along the side on which it stands. */
        if (k >= 6)
                b.y0 = fmax(fmin(b.y0, p->bottom - 3 - h), highest(p));
        else
                b.x0 = fmax(fmin(b.x0, p->s->width - w), 0);
        b.x1 = b.x0 + w;
        b.y1 = b.y0 + h;
        return b;
}

bool labels_put(struct plot *p, const struct label *l, struct point at)
{
        static const double far[] = { 0, 8, 18, 34, 54, 78 };
        size_t n_far = l->must ? sizeof(far) / sizeof(*far) : 2;
        struct box best = { 0 };
        double w, h, least = HUGE_VAL, best_far = 0;

        label_extent(p, l, &w, &h);
        for (size_t f = 0; f < n_far && least > 0; f++)
                for (size_t i = 0; i < PLACES && least > 0; i++) {
                        struct box b = place(p, l, at, i,
                                             GAP + l->clear + far[f], w, h);
                        double bad = badness(p, &b);

                        if (bad >= least)
                                continue;
                        least = bad;
                        best = b;
                        best_far = far[f];
                }
        if (least > 0 && (!l->must || least >= 1e9))
                return false;
        if (best_far > 10 && (best.y1 < at.y || best.y0 > at.y))
                draw_hair(p, at, &best, l->clear);
        draw_label(p, l, at, &best);
        return true;
}

/* --- beside --- */

static int by_y(const void *x, const void *y)
{
        const struct side_label *const *a = x, *const *b = y;

        if ((*a)->y != (*b)->y)
                return (*a)->y < (*b)->y ? -1 : 1;
        return *a < *b ? -1 : *a > *b;
}

void labels_spread(struct side_label *list, size_t n, double height, double top,
                   double bottom)
{
        struct side_label *order[PLOT_BARS_MAX];

        if (n > PLOT_BARS_MAX)
                n = PLOT_BARS_MAX;
        if (n && (double)n * height > bottom - top)
                height = (bottom - top) / (double)n;
        for (size_t i = 0; i < n; i++)
                order[i] = &list[i];
        qsort(order, n, sizeof(*order), by_y);
        for (size_t i = 0; i < n; i++) {
                double least = i ? order[i - 1]->y + height : top + height / 2;

                order[i]->y = fmax(order[i]->y, least);
        }
        for (size_t i = n; i-- > 0;) {
                double most = i + 1 < n ? order[i + 1]->y - height
                                        : bottom - height / 2;

                order[i]->y = fmin(order[i]->y, most);
        }
}

/* --- what the editor says of a point --- */

bool labels_is_annotated(const struct plot *p, size_t row)
{
        for (size_t k = 0; k < p->chart->n_annotations; k++)
                if (p->chart->annotations[k].row == row)
                        return true;
        return false;
}

void labels_annotate(struct plot *p,
                     double (*x_of)(const struct plot *, size_t),
                     double (*y_of)(const struct plot *, size_t), double dot)
{
        const struct chart *c = p->chart;
        size_t series = p->main_series == STR_NONE ? 0 : p->main_series;

        for (size_t k = 0; k < c->n_annotations; k++) {
                size_t row = c->annotations[k].row;

                if (row == STR_NONE || isnan(y_of(p, row)) ||
                    isnan(x_of(p, row)))
                        continue;
                double v = plot_value(p, series, row),
                       width = fmax(90, p->s->width * WRAP);
                struct point at = { x_of(p, row), y_of(p, row) };
                struct label l = { .ink = INK_TEXT,
                                   .must = true,
                                   .clear = dot,
                                   .bold_first = true,
                                   .below_first = dot <= 0 && v < 0 };

                l.lines[0] = plot_figure(p, v);
                l.n = 1 + words_wrap(p->a, c->annotations[k].text, p->size,
                                     false, width, l.lines + 1,
                                     ANNOTATED_LINES);
                if (dot > 0) {
                        scene_dot(p->s, plot_ink(p, series), at.x, at.y, dot);
                        scene_last(p->s)->has_halo = true;
                }
                (void)labels_put(p, &l, at);
        }
}

void labels_key(struct plot *p, double *y)
{
        double x = 0;

        for (size_t i = 0; i < p->n_series; i++) {
                struct str name = words_fit(p->a, p->series[i]->name, p->size,
                                            true, p->s->width - 16);
                double w = 16 + words_width(name, p->size, true);

                if (x > 0 && x + w > p->s->width) {
                        x = 0;
                        *y += p->size * 1.5;
                }
                scene_rect(p->s, plot_ink(p, i), x, *y + 1, 10, 10);
                scene_words(p->s, plot_words_ink(p, i), x + 15,
                            *y + p->size * 0.85, p->size, name)
                        ->is_bold = true;
                x += w + 14;
        }
        *y += p->size * 1.5 + 6;
}

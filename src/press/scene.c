#include "press/scene.h"

#include "base/arena.h"

static struct mark *add(struct scene *s, enum mark_kind kind, enum ink ink)
{
        ARENA_GROW(s->a, s->marks, s->n, s->cap);
        s->marks[s->n] = (struct mark) { .kind = kind, .ink = ink };
        return &s->marks[s->n++];
}

void scene_path(struct scene *s, enum ink ink, double width,
                const struct point *points, size_t n)
{
        struct mark *m = add(s, MARK_PATH, ink);

        m->points = points;
        m->n = n;
        m->w = width;
}

void scene_line(struct scene *s, enum ink ink, double width, struct point from,
                struct point to)
{
        struct point *p = arena_array(s->a, 2, sizeof(*p));

        p[0] = from;
        p[1] = to;
        scene_path(s, ink, width, p, 2);
}

void scene_area(struct scene *s, enum ink ink, const struct point *points,
                size_t n)
{
        struct mark *m = add(s, MARK_AREA, ink);

        m->points = points;
        m->n = n;
}

void scene_rect(struct scene *s, enum ink ink, double x, double y, double w,
                double h)
{
        struct mark *m = add(s, MARK_RECT, ink);

        m->x = w < 0 ? x + w : x;
        m->y = h < 0 ? y + h : y;
        m->w = w < 0 ? -w : w;
        m->h = h < 0 ? -h : h;
}

void scene_dot(struct scene *s, enum ink ink, double x, double y, double r)
{
        struct mark *m = add(s, MARK_DOT, ink);

        m->x = x;
        m->y = y;
        m->w = r;
}

struct mark *scene_last(struct scene *s)
{
        return &s->marks[s->n - 1];
}

struct mark *scene_words(struct scene *s, enum ink ink, double x, double y,
                         double size, struct str text)
{
        struct mark *m = add(s, MARK_WORDS, ink);

        m->x = x;
        m->y = y;
        m->size = size;
        m->text = text;
        return m;
}

void scene_mirror(struct scene *s, size_t first)
{
        for (size_t i = first; i < s->n; i++) {
                struct mark *m = &s->marks[i];
                struct point *p = arena_array(s->a, m->n + 1, sizeof(*p));

                m->x = s->width - m->x - (m->kind == MARK_RECT ? m->w : 0);
                for (size_t k = 0; k < m->n; k++)
                        p[k] = (struct point) { s->width - m->points[k].x,
                                                m->points[k].y };
                m->points = p;
                if (m->anchor != ANCHOR_MIDDLE)
                        m->anchor = m->anchor == ANCHOR_START ? ANCHOR_END
                                                              : ANCHOR_START;
        }
}

#include "base/diff.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/limits.h"

struct differ {
        struct arena *a;
        const struct str *x, *y;
        struct diff_run *runs;
        size_t n, cap;
};

static void add(struct differ *d, enum diff_kind kind, size_t at, size_t n,
                size_t y)
{
        struct diff_run *last = d->n ? &d->runs[d->n - 1] : NULL;

        if (!n)
                return;
        if (last && last->kind == kind && last->at + last->n == at &&
            (kind != DIFF_SAME || last->y + last->n == y)) {
                last->n += n;
                return;
        }
        ARENA_GROW(d->a, d->runs, d->n, d->cap);
        d->runs[d->n++] = (struct diff_run) { kind, at, n, y };
}

/* A stretch of both that is looked at. */
struct stretch {
        size_t x, nx, y, ny;
};

/* lengths[i * (ny + 1) + k]: of the longest row that x from i and y from k on
 * have in common. */
static uint32_t *common(struct differ *d, const struct stretch *s)
{
        size_t wide = s->ny + 1;
        uint32_t *l = arena_array(d->a, (s->nx + 1) * wide, sizeof(*l));

        for (size_t i = s->nx; i-- > 0;)
                for (size_t k = s->ny; k-- > 0;) {
                        uint32_t down = l[(i + 1) * wide + k];
                        uint32_t right = l[i * wide + k + 1];

                        if (str_eq(d->x[s->x + i], d->y[s->y + k]))
                                l[i * wide + k] = l[(i + 1) * wide + k + 1] + 1;
                        else
                                l[i * wide + k] = down > right ? down : right;
                }
        return l;
}

/* Collects what is gone and new till both come to something the same. */
static void walk(struct differ *d, const struct stretch *s, const uint32_t *l)
{
        size_t wide = s->ny + 1, i = 0, k = 0, from_i = 0, from_k = 0;

        while (i < s->nx || k < s->ny) {
                if (i < s->nx && k < s->ny &&
                    str_eq(d->x[s->x + i], d->y[s->y + k])) {
                        add(d, DIFF_GONE, s->x + from_i, i - from_i, 0);
                        add(d, DIFF_NEW, s->y + from_k, k - from_k, 0);
                        add(d, DIFF_SAME, s->x + i, 1, s->y + k);
                        from_i = ++i;
                        from_k = ++k;
                } else if (k == s->ny ||
                           (i < s->nx &&
                            l[(i + 1) * wide + k] >= l[i * wide + k + 1])) {
                        i++;
                } else {
                        k++;
                }
        }
        add(d, DIFF_GONE, s->x + from_i, i - from_i, 0);
        add(d, DIFF_NEW, s->y + from_k, k - from_k, 0);
}

size_t diff_texts(struct arena *a, const struct str *x, size_t nx,
                  const struct str *y, size_t ny, struct diff_run **ret)
{
        struct differ d = { .a = a, .x = x, .y = y };
        size_t front = 0, back = 0;

        while (front < nx && front < ny && str_eq(x[front], y[front]))
                front++;
        while (back < nx - front && back < ny - front &&
               str_eq(x[nx - 1 - back], y[ny - 1 - back]))
                back++;

        const struct stretch s = { front, nx - front - back, front,
                                   ny - front - back };

        add(&d, DIFF_SAME, 0, front, 0);
        if ((s.nx + 1) > LIMIT_DIFF_CELLS / (s.ny + 1)) {
                add(&d, DIFF_GONE, s.x, s.nx, 0);
                add(&d, DIFF_NEW, s.y, s.ny, 0);
        } else if (s.nx || s.ny) {
                walk(&d, &s, common(&d, &s));
        }
        add(&d, DIFF_SAME, nx - back, back, ny - back);
        *ret = d.runs;
        return d.n;
}

#include "story/settle.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "story/index.h"

/* Learnt on labelled sets (bench/story_learn.sh). */
#define BAR_TWO 0.23       /* one article and another ... */
#define BAR_THREE 0.20     /* one and two */
#define BAR_FOUR 0.16      /* one and three */
#define BAR_MANY 0.11      /* one and more */
#define BAR_STORIES 0.17   /* two or more and two or more */
#define BAR_SOURCE 0.75    /* any two, all of one source */
#define BAR_HEADLINES 0.21 /* any of headlines, over how alike they are */
#define FAR 0.065          /* stories so little alike are no neighbours */
#define NEIGHBOURS_MOST INDEX_MEANS_MAX
#define ROUNDS_MOST 8 /* of looking again for those that were forgotten */

/* The neighbours of a group that is a story by itself. */
struct unit {
        struct index_near *near;
        size_t n, cap;
        uint32_t version; /* counts its changes */
        bool is_lost;     /* a neighbour has too many and forgot it */
        float alike;      /* how alike its articles are; 0: not known yet */
};

/* Two neighbours that may be joined, as they were when it was found out. */
struct offer {
        double margin;
        uint32_t a, b, version_a, version_b;
};

struct settling {
        struct arena *a;
        struct index *ix;
        int64_t window_s;
        struct unit *units;
        struct offer *heap; /* the best first */
        size_t n, cap;
};

static bool is_of_one_source(const struct index_group *a,
                             const struct index_group *b)
{
        return a->source && a->source == b->source;
}

static bool are_headlines(const struct index_group *a,
                          const struct index_group *b)
{
        return a->n_headlines * 2 > a->n && b->n_headlines * 2 > b->n;
}

/* How alike the articles of a group are: the mean likeness of each with each,
 * 1 with itself. */
static double alike_anew(struct index *ix, uint32_t group)
{
        double n = index_group(ix, group)->n, k = fmin(n, INDEX_SAMPLE), two;
        struct index_near self = { group, 0 };

        if (n < 2)
                return 1;
        index_means(ix, group, &self, 1);
        two = fmax(0, (k * (double)self.mean - 1) / (k - 1));
        return (1 + (n - 1) * two) / n;
}

/* Two alone must be clearly one event; two grown stories are rather kept apart.
 * alike: how alike the articles of each are, the geometric mean. */
static double bar(const struct index_group *a, const struct index_group *b,
                  double alike)
{
        if (is_of_one_source(a, b))
                return BAR_SOURCE;
        if (are_headlines(a, b))
                return BAR_HEADLINES * alike;
        if (a->n > 1 && b->n > 1)
                return BAR_STORIES;
        switch (a->n > b->n ? a->n : b->n) {
        case 1:
                return BAR_TWO;
        case 2:
                return BAR_THREE;
        case 3:
                return BAR_FOUR;
        default:
                return BAR_MANY;
        }
}

double settle_bar(struct index *ix, const struct index_group *one,
                  uint32_t group)
{
        const struct index_group *g = index_group(ix, group);

        return bar(one, g,
                   are_headlines(one, g) ? sqrt(alike_anew(ix, group)) : 1);
}

static bool is_before(const struct offer *x, const struct offer *y)
{
        if (x->margin > y->margin || x->margin < y->margin)
                return x->margin > y->margin;
        return x->a != y->a ? x->a < y->a : x->b < y->b;
}

static void push(struct settling *s, struct offer o)
{
        size_t i = s->n;

        ARENA_GROW(s->a, s->heap, s->n, s->cap);
        for (s->n++; i > 0 && is_before(&o, &s->heap[(i - 1) / 2]);
             i = (i - 1) / 2)
                s->heap[i] = s->heap[(i - 1) / 2];
        s->heap[i] = o;
}

static struct offer pop(struct settling *s)
{
        struct offer best = s->heap[0], last = s->heap[--s->n];
        size_t i = 0;

        for (;;) {
                size_t k = 2 * i + 1;

                if (k + 1 < s->n && is_before(&s->heap[k + 1], &s->heap[k]))
                        k++;
                if (k >= s->n || is_before(&last, &s->heap[k]))
                        break;
                s->heap[i] = s->heap[k];
                i = k;
        }
        if (s->n)
                s->heap[i] = last;
        return best;
}

static struct index_near *find(const struct unit *u, uint32_t group)
{
        for (size_t i = 0; i < u->n; i++)
                if (u->near[i].group == group)
                        return &u->near[i];
        return NULL;
}

static void forget(struct unit *u, uint32_t group)
{
        struct index_near *x = find(u, group);

        if (x)
                *x = u->near[--u->n];
}

static void set_near(struct settling *s, uint32_t a, uint32_t b, float mean)
{
        struct unit *u = &s->units[a];
        struct index_near *x = find(u, b);

        if (!x) {
                ARENA_GROW(s->a, u->near, u->n, u->cap);
                x = &u->near[u->n++];
        }
        *x = (struct index_near) { b, mean };
}

static double alike_of(struct settling *s, uint32_t group)
{
        struct unit *u = &s->units[group];

        if (!(u->alike > 0))
                u->alike = (float)alike_anew(s->ix, group);
        return (double)u->alike;
}

/* How alike the articles of a and b will be together. */
static float alike_of_both(struct settling *s, uint32_t a, uint32_t b,
                           float mean)
{
        double m = index_group(s->ix, a)->n, n = index_group(s->ix, b)->n;
        double sum = m * m * alike_of(s, a) + n * n * alike_of(s, b) +
                     2 * m * n * (double)mean;

        return (float)(sum / ((m + n) * (m + n)));
}

static double margin_of(struct settling *s, uint32_t a, uint32_t b, float mean)
{
        const struct index_group *x = index_group(s->ix, a);
        const struct index_group *y = index_group(s->ix, b);
        double alike = 1;

        if (are_headlines(x, y))
                alike = sqrt(alike_of(s, a) * alike_of(s, b));
        return (double)mean - bar(x, y, alike);
}

static void offer(struct settling *s, uint32_t a, uint32_t b, float mean)
{
        double margin = margin_of(s, a, b, mean);

        if (margin < 0)
                return;
        if (a > b) {
                uint32_t c = a;
                a = b;
                b = c;
        }
        push(s, (struct offer) { margin, a, b, s->units[a].version,
                                 s->units[b].version });
}

static void meet(struct settling *s, uint32_t group)
{
        struct index_near near[INDEX_NEAR_MAX];
        size_t n = index_near(s->ix, group, s->window_s, near), unknown = 0;

        for (size_t i = 0; i < n; i++)
                if (!find(&s->units[group], near[i].group))
                        near[unknown++] = near[i];
        index_means(s->ix, group, near, unknown);
        for (size_t i = 0; i < unknown; i++) {
                if ((double)near[i].mean < FAR)
                        continue;
                set_near(s, group, near[i].group, near[i].mean);
                set_near(s, near[i].group, group, near[i].mean);
        }
}

/* To its neighbours whose number is from or more. */
static void offer_all(struct settling *s, uint32_t group, uint32_t from)
{
        const struct unit *u = &s->units[group];

        for (size_t i = 0; i < u->n; i++)
                if (u->near[i].group >= from)
                        offer(s, group, u->near[i].group, u->near[i].mean);
}

/* Does the id of group a outlive that of b? */
static bool outlives(const struct index *ix, uint32_t a, uint32_t b)
{
        const struct index_group *x = index_group(ix, a);
        const struct index_group *y = index_group(ix, b);

        if (x->is_closed != y->is_closed)
                return x->is_closed;
        if (!x->story || !y->story)
                return x->story || (!y->story && a < b);
        return x->story < y->story;
}

/* The neighbours of a or b and what they are to a, as *list. */
static size_t ask(struct settling *s, uint32_t a, uint32_t b,
                  struct index_near *list)
{
        const uint32_t both[] = { a, b };
        size_t n = 0;

        for (int side = 0; side < 2; side++) {
                const struct unit *u = &s->units[both[side]];

                for (size_t i = 0; i < u->n; i++) {
                        uint32_t x = u->near[i].group;

                        if (x == a || x == b ||
                            (side == 1 && find(&s->units[a], x)))
                                continue;
                        if (n < NEIGHBOURS_MOST)
                                list[n++].group = x;
                        else
                                s->units[x].is_lost = true;
                }
        }
        return n;
}

/* Fills in what the groups of list are to a: known, or found out now. */
static void fill_in(struct settling *s, uint32_t a, struct index_near *list,
                    size_t n)
{
        struct index_near unknown[NEIGHBOURS_MOST];
        size_t n_unknown = 0, k = 0;

        for (size_t i = 0; i < n; i++) {
                const struct index_near *x = find(&s->units[a], list[i].group);

                list[i].mean = x ? x->mean : -1;
                if (!x)
                        unknown[n_unknown++] = list[i];
        }
        index_means(s->ix, a, unknown, n_unknown);
        for (size_t i = 0; i < n; i++)
                if (list[i].mean < 0)
                        list[i].mean = unknown[k++].mean;
}

/* a and b are about to be one: what that is to the neighbours of both. */
static void meet_anew(struct settling *s, uint32_t a, uint32_t b)
{
        double n_a = index_group(s->ix, a)->n, n_b = index_group(s->ix, b)->n;
        struct index_near to_a[NEIGHBOURS_MOST], to_b[NEIGHBOURS_MOST];
        size_t n = ask(s, a, b, to_a);
        struct unit *u = &s->units[a], *was = &s->units[b];

        memcpy(to_b, to_a, n * sizeof(*to_a));
        fill_in(s, a, to_a, n);
        fill_in(s, b, to_b, n);
        for (size_t i = 0; i < was->n; i++)
                forget(&s->units[was->near[i].group], b);
        *was = (struct unit) { .version = was->version + 1 };
        u->n = 0;
        u->version++;
        for (size_t i = 0; i < n; i++) {
                double mean = (n_a * (double)to_a[i].mean +
                               n_b * (double)to_b[i].mean) /
                              (n_a + n_b);
                set_near(s, a, to_a[i].group, (float)mean);
        }
}

static void join(struct settling *s, uint32_t a, uint32_t b)
{
        struct unit *u = &s->units[a];

        u->alike = are_headlines(index_group(s->ix, a), index_group(s->ix, b))
                           ? alike_of_both(s, a, b, find(u, b)->mean)
                           : 0;
        meet_anew(s, a, b);
        index_join(s->ix, a, b);
        for (size_t i = 0; i < u->n; i++) {
                uint32_t x = u->near[i].group;

                if (!index_may_join(s->ix, a, x, s->window_s))
                        continue;
                set_near(s, x, a, u->near[i].mean);
                offer(s, a, x, u->near[i].mean);
        }
}

static bool still_holds(const struct settling *s, const struct offer *o)
{
        return s->units[o->a].version == o->version_a &&
               s->units[o->b].version == o->version_b &&
               index_may_join(s->ix, o->a, o->b, s->window_s);
}

/* Join the two of the best offer until there is none. */
static void take_offers(struct settling *s)
{
        while (s->n) {
                struct offer o = pop(s);

                if (!still_holds(s, &o))
                        continue;
                if (outlives(s->ix, o.a, o.b))
                        join(s, o.a, o.b);
                else
                        join(s, o.b, o.a);
        }
}

/* Offers of those that a crowd forgot; are there any such? */
static bool find_lost(struct settling *s, uint32_t n)
{
        bool found = false;

        for (uint32_t i = 0; i < n; i++) {
                struct unit *u = &s->units[i];

                if (!u->is_lost || !index_group(s->ix, i)->n)
                        continue;
                u->is_lost = false;
                u->n = 0;
                meet(s, i);
                offer_all(s, i, 0);
                found = true;
        }
        return found;
}

void settle(struct index *ix, int64_t window_s)
{
        struct settling s = { .a = arena_new((size_t)1 << 34),
                              .ix = ix,
                              .window_s = window_s };
        uint32_t n = index_groups(ix);

        s.units = arena_array(s.a, n + 1, sizeof(*s.units));
        for (uint32_t i = 0; i < n; i++)
                if (index_group(ix, i)->has_new && index_group(ix, i)->n)
                        meet(&s, i);
        for (uint32_t i = 0; i < n; i++)
                offer_all(&s, i, i + 1); /* the others have offered it */
        take_offers(&s);
        for (int r = 0; r < ROUNDS_MOST && find_lost(&s, n); r++)
                take_offers(&s);
        arena_free(s.a);
}

/* Is there something new, and less of it than of what may move? */
static bool has_little_new(const struct index *ix)
{
        size_t fresh = 0, known = 0;

        for (uint32_t i = 0; i < index_groups(ix); i++) {
                const struct index_group *g = index_group(ix, i);

                fresh += g->is_fresh ? g->n : 0;
                known += g->has_new && !g->is_fresh ? g->n : 0;
        }
        return fresh && fresh < known;
}

void settle_rest(struct index *ix, int64_t window_s)
{
        uint32_t n_groups = index_groups(ix);
        struct index_near near[INDEX_NEAR_MAX];
        struct arena *a;
        bool *is_near;

        if (!has_little_new(ix))
                return;
        a = arena_new((size_t)1 << 32);
        is_near = arena_array(a, n_groups + 1, sizeof(bool));
        for (uint32_t i = 0; i < n_groups; i++) {
                size_t n = 0;

                if (index_group(ix, i)->is_fresh)
                        n = index_near(ix, i, window_s, near);
                for (size_t k = 0; k < n; k++)
                        is_near[near[k].group] = true;
        }
        for (uint32_t i = 0; i < n_groups; i++)
                if (!is_near[i] && !index_group(ix, i)->is_fresh)
                        index_rest(ix, i);
        arena_free(a);
}

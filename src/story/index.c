#include "story/index.h"

#include <math.h>

#include "base/arena.h"
#include "story/common.h"
#include "story/gist.h"

#define ARENA_MAX_B ((size_t)1 << 34)
#define COMMON_MIN 500    /* a term of more articles than this ... */
#define COMMON_SHARE 0.02 /* ... and this share of them says nothing */
#define PRIOR 1000.0      /* news at large counts as so many articles */
#define FORGET_MIN 1000   /* putting out fewer is not worth it */
#define IDS_MAX (1u << 24)
#define COUNT_MAX 255u
#define COUNT_POWER 0.3 /* a word that comes often says little more */
#define CLEARLY 0.01  /* by how much more like a story must be to move to it */
#define AGE_COSTS 0.6 /* the share of likeness that is lost ... */
#define AGE_SPAN_S (72 * 3600) /* ... over so long between two articles */

/* An article and how often it has the term, or the other way about. */
struct post {
        uint32_t id : 24;
        uint32_t count : 8;
};

struct term {
        uint64_t key;
        struct post first; /* most terms have one article only */
        uint32_t n, cap;   /* of first and more together; of more */
        float prior;       /* share of articles in news at large */
        struct post *more;
};

struct doc {
        struct post *terms;
        uint32_t n;
        uint32_t group, tag;
        float length;
        int64_t at;
};

struct group {
        int64_t story, last_at;
        uint32_t n;
        enum lang lang;
        double sum; /* of the search under way */
};

/* All that is put out at once when enough of it is old. */
struct table {
        struct arena *a;
        struct term *terms;
        size_t n_terms, cap_terms;
        uint32_t *slots; /* index + 1 into terms; a power of two of them */
        size_t n_slots;
        struct doc *docs;
        size_t n_docs, cap_docs;
        struct group *groups;
        size_t n_groups, cap_groups;
        uint32_t *group_slots; /* likewise, by story */
        size_t n_group_slots;
        uint32_t *touched; /* groups of the search under way */
        size_t n_touched, cap_touched;
        size_t measured; /* articles at the last measuring of lengths */
};

struct index {
        struct arena *home;
        const struct common *common;
        struct table t;
        float tf[COUNT_MAX + 1];
        size_t checked; /* articles when old ones were last looked for */
};

static void table_init(struct table *t)
{
        *t = (struct table) { .a = arena_new(ARENA_MAX_B),
                              .n_slots = 1 << 13,
                              .n_group_slots = 1 << 9 };
        t->slots = arena_array(t->a, t->n_slots, sizeof(*t->slots));
        t->group_slots =
                arena_array(t->a, t->n_group_slots, sizeof(*t->group_slots));
}

struct index *index_new(const struct common *common)
{
        struct arena *home = arena_new(1 << 20);
        struct index *ix = arena_alloc(home, sizeof(*ix));

        ix->home = home;
        ix->common = common;
        for (unsigned i = 0; i <= COUNT_MAX; i++)
                ix->tf[i] = powf((float)i, (float)COUNT_POWER);
        table_init(&ix->t);
        return ix;
}

void index_free(struct index *ix)
{
        if (!ix)
                return;
        arena_free(ix->t.a);
        arena_free(ix->home);
}

static uint32_t *term_slot(const struct table *t, uint64_t key)
{
        size_t i = (key ^ key >> 32) & (t->n_slots - 1);

        while (t->slots[i] && t->terms[t->slots[i] - 1].key != key)
                i = (i + 1) & (t->n_slots - 1);
        return &t->slots[i];
}

static void grow_terms(struct table *t)
{
        t->n_slots *= 2;
        t->slots = arena_array(t->a, t->n_slots, sizeof(*t->slots));
        for (size_t i = 0; i < t->n_terms; i++)
                *term_slot(t, t->terms[i].key) = (uint32_t)i + 1;
}

/* Its number; a new term gets one. IDS_MAX: there is no room. */
static uint32_t term_get(struct table *t, uint64_t key, double prior)
{
        uint32_t *slot = term_slot(t, key);

        if (*slot)
                return *slot - 1;
        if (t->n_terms == IDS_MAX)
                return IDS_MAX;
        ARENA_GROW(t->a, t->terms, t->n_terms, t->cap_terms);
        t->terms[t->n_terms] =
                (struct term) { .key = key, .prior = (float)prior };
        *slot = (uint32_t)++t->n_terms;
        if (t->n_terms * 2 > t->n_slots)
                grow_terms(t);
        return (uint32_t)t->n_terms - 1;
}

static uint32_t *group_slot(const struct table *t, int64_t story)
{
        uint64_t h = (uint64_t)story * 0x9E3779B97F4A7C15u;
        size_t i = (h >> 32) & (t->n_group_slots - 1);

        while (t->group_slots[i] &&
               t->groups[t->group_slots[i] - 1].story != story)
                i = (i + 1) & (t->n_group_slots - 1);
        return &t->group_slots[i];
}

static void grow_groups(struct table *t)
{
        t->n_group_slots *= 2;
        t->group_slots =
                arena_array(t->a, t->n_group_slots, sizeof(*t->group_slots));
        for (size_t i = 0; i < t->n_groups; i++)
                *group_slot(t, t->groups[i].story) = (uint32_t)i + 1;
}

static uint32_t group_get(struct table *t, int64_t story, enum lang lang)
{
        uint32_t *slot = group_slot(t, story);

        if (*slot)
                return *slot - 1;
        ARENA_GROW(t->a, t->groups, t->n_groups, t->cap_groups);
        t->groups[t->n_groups] = (struct group) { .story = story,
                                                  .last_at = INT64_MIN,
                                                  .lang = lang };
        *slot = (uint32_t)++t->n_groups;
        if (t->n_groups * 2 > t->n_group_slots)
                grow_groups(t);
        return (uint32_t)t->n_groups - 1;
}

/* What a term of n articles weighs. */
static double weight(const struct table *t, double n, double prior)
{
        double all = (double)t->n_docs + 1;

        if (n > COMMON_MIN && n > COMMON_SHARE * all)
                return 0;
        return log((all + PRIOR) / (n + PRIOR * prior + 1));
}

static float length_of(const struct index *ix, const struct doc *d)
{
        double sum = 0;

        for (uint32_t i = 0; i < d->n; i++) {
                const struct term *m = &ix->t.terms[d->terms[i].id];
                double x = (double)ix->tf[d->terms[i].count] *
                           weight(&ix->t, m->n, (double)m->prior);
                sum += x * x;
        }
        return (float)sqrt(sum);
}

static void measure_all(struct index *ix)
{
        for (size_t i = 0; i < ix->t.n_docs; i++)
                ix->t.docs[i].length = length_of(ix, &ix->t.docs[i]);
        ix->t.measured = ix->t.n_docs;
}

static void post(struct table *t, uint32_t term, struct post p)
{
        struct term *m = &t->terms[term];

        if (m->n == 0) {
                m->first = p;
        } else {
                size_t cap = m->cap;
                ARENA_GROW(t->a, m->more, m->n - 1, cap);
                m->cap = (uint32_t)cap;
                m->more[m->n - 1] = p;
        }
        m->n++;
}

/* d has its terms; give it its place in the table. */
static void add_doc(struct index *ix, struct doc d, int64_t story,
                    enum lang lang)
{
        struct table *t = &ix->t;
        struct group *g;

        d.group = group_get(t, story, lang);
        for (uint32_t i = 0; i < d.n; i++)
                post(t, d.terms[i].id,
                     (struct post) { .id = (uint32_t)t->n_docs & (IDS_MAX - 1),
                                     .count = d.terms[i].count });
        ARENA_GROW(t->a, t->docs, t->n_docs, t->cap_docs);
        t->docs[t->n_docs++] = d;
        t->docs[t->n_docs - 1].length = length_of(ix, &d);

        g = &t->groups[d.group];
        g->n++;
        if (d.at > g->last_at)
                g->last_at = d.at;
        if (t->n_docs > t->measured + t->measured / 4)
                measure_all(ix);
}

void index_add(struct index *ix, const struct gist *f, int64_t story,
               const struct index_doc *doc)
{
        struct table *t = &ix->t;
        struct doc d = { .at = doc->at, .tag = doc->tag };

        if (t->n_docs == IDS_MAX)
                return;
        d.terms = arena_array(t->a, f->n + 1, sizeof(*d.terms));
        for (size_t i = 0; i < f->n; i++) {
                const struct gist_term *x = &f->items[i];
                uint32_t n = x->count < COUNT_MAX ? x->count : COUNT_MAX;
                uint32_t id =
                        term_get(t, x->term, common_share(ix->common, x->term));

                if (id == IDS_MAX)
                        continue;
                d.terms[d.n++] = (struct post) { .id = id & (IDS_MAX - 1),
                                                 .count = n & COUNT_MAX };
        }
        add_doc(ix, d, story, doc->lang);
}

/*
 * A search under way. Events of one kind in one place come again in the words
 * of the last, so likeness counts less the further apart two articles are; a
 * story that goes on is held together by its articles of every day.
 */
struct search {
        struct index *ix;
        int64_t at, since;
        uint32_t least; /* articles of a story that counts */
        uint32_t own;   /* the group of the article itself; IDS_MAX: none */
};

static double nearness(int64_t a, int64_t b)
{
        const double costs = AGE_COSTS / AGE_SPAN_S;
        int64_t apart = a > b ? a - b : b - a;

        return apart < AGE_SPAN_S ? 1 - costs * (double)apart : 1 - AGE_COSTS;
}

static void take(const struct search *q, struct post p, double x)
{
        struct index *ix = q->ix;
        struct table *t = &ix->t;
        const struct doc *d = &t->docs[p.id];
        struct group *g = &t->groups[d->group];

        if (!(d->length > 0))
                return;
        if (!(g->sum > 0)) {
                ARENA_GROW(t->a, t->touched, t->n_touched, t->cap_touched);
                t->touched[t->n_touched++] = d->group;
        }
        g->sum += x * (double)ix->tf[p.count] / (double)d->length *
                  nearness(q->at, d->at);
}

/* Sum up likeness with each story; returns the length of f. */
static double gather(const struct search *q, const struct gist *f)
{
        struct index *ix = q->ix;
        struct table *t = &ix->t;
        double sum = 0;

        t->n_touched = 0;
        for (size_t i = 0; i < f->n; i++) {
                const struct gist_term *x = &f->items[i];
                uint32_t slot = *term_slot(t, x->term);
                const struct term *m = slot ? &t->terms[slot - 1] : NULL;
                uint32_t n = m ? m->n : 0;
                double prior = m ? (double)m->prior
                                 : common_share(ix->common, x->term);
                double w = weight(t, n + 1, prior);
                double tf = (double)ix->tf[x->count < COUNT_MAX ? x->count
                                                                : COUNT_MAX];

                sum += tf * w * tf * w;
                if (!(w > 0) || !n)
                        continue;
                take(q, m->first, tf * w * w);
                for (uint32_t k = 0; k + 1 < n; k++)
                        take(q, m->more[k], tf * w * w);
        }
        return sqrt(sum);
}

/* Out of the sums that gather() made, which it puts back to naught. */
static struct index_match likest(const struct search *q, double length,
                                 enum lang lang)
{
        struct index_match best = { 0 };
        struct table *t = &q->ix->t;

        for (size_t i = 0; i < t->n_touched; i++) {
                struct group *g = &t->groups[t->touched[i]];
                double likeness = g->sum / (g->n * length);

                if (t->touched[i] == q->own && g->n > 1)
                        best.own = (g->sum / length - 1) / (g->n - 1);
                g->sum = 0;
                if (g->last_at >= q->since && g->lang == lang &&
                    t->touched[i] != q->own && g->n >= q->least &&
                    likeness > best.likeness)
                        best = (struct index_match) { g->story, likeness,
                                                      best.own };
        }
        return best;
}

struct index_match index_find(struct index *ix, const struct gist *f,
                              struct index_when when, enum lang lang)
{
        struct search q = { ix, when.at, when.since, 1, IDS_MAX };

        return likest(&q, gather(&q, f), lang);
}

/* The terms of an article that is held, as they were given. */
static void recall(const struct index *ix, const struct doc *d, struct gist *f)
{
        f->n = 0;
        for (uint32_t i = 0; i < d->n; i++)
                f->items[f->n++] =
                        (struct gist_term) { ix->t.terms[d->terms[i].id].key,
                                             d->terms[i].count };
}

static void move(struct table *t, struct doc *d, int64_t story)
{
        struct group *from = &t->groups[d->group];
        struct group *to = &t->groups[*group_slot(t, story) - 1];

        d->group = (uint32_t)(to - t->groups);
        from->n--;
        to->n++;
        if (d->at > to->last_at)
                to->last_at = d->at;
}

/*
 * Each article with a tag to the story of least articles or more that it is
 * likest, if it is liker than its own; only those that are alone, if so told.
 */
static void settle(struct index *ix, const struct index_settling *s,
                   uint32_t least, bool alone_only)
{
        struct table *t = &ix->t;
        struct gist *f = arena_alloc(t->a, sizeof(*f));

        for (size_t i = 0; i < t->n_docs; i++) {
                struct doc *d = &t->docs[i];
                const struct group *g = &t->groups[d->group];
                struct search q = { ix, d->at, d->at - s->window_s, least,
                                    d->group };
                struct index_match m;

                if (!d->tag || (alone_only && g->n > 1))
                        continue;
                recall(ix, d, f);
                m = likest(&q, gather(&q, f), g->lang);
                if (m.likeness < s->like_min || m.likeness < m.own + CLEARLY)
                        continue;
                move(t, d, m.story);
                s->moved(s->user, d->tag, m.story);
        }
}

void index_settle(struct index *ix, const struct index_settling *s)
{
        measure_all(ix);
        settle(ix, s, 2, false);
        settle(ix, s, 1, true);
}

/* Build the table anew from the articles dated at or after since. */
static void rebuild(struct index *ix, int64_t since)
{
        struct table old = ix->t;
        struct table *t = &ix->t;

        table_init(t);
        for (size_t i = 0; i < old.n_docs; i++) {
                const struct doc *was = &old.docs[i];
                const struct group *g = &old.groups[was->group];
                struct doc d = { .n = was->n, .tag = was->tag, .at = was->at };

                if (was->at < since)
                        continue;
                d.terms = arena_array(t->a, d.n + 1, sizeof(*d.terms));
                for (uint32_t k = 0; k < d.n; k++) {
                        const struct term *m = &old.terms[was->terms[k].id];
                        uint32_t id = term_get(t, m->key, (double)m->prior);
                        d.terms[k] =
                                (struct post) { .id = id & (IDS_MAX - 1),
                                                .count = was->terms[k].count };
                }
                add_doc(ix, d, g->story, g->lang);
        }
        measure_all(ix);
        arena_free(old.a);
}

void index_forget(struct index *ix, int64_t since)
{
        size_t n = ix->t.n_docs, old = 0;

        if (n < FORGET_MIN || n - ix->checked < FORGET_MIN)
                return;
        ix->checked = n;
        for (size_t i = 0; i < n; i++)
                old += ix->t.docs[i].at < since;
        if (old * 3 < n)
                return;
        rebuild(ix, since);
        ix->checked = ix->t.n_docs;
}

size_t index_count(const struct index *ix)
{
        return ix->t.n_docs;
}

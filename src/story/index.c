#include "story/index.h"

#include <math.h>

#include "base/arena.h"
#include "story/common.h"
#include "story/likeness.h"

#define ARENA_MAX_B ((size_t)1 << 34)
#define PRIOR 3000.0    /* news at large counts as so many articles */
#define FORGET_MIN 1000 /* putting out fewer is not worth it */
#define VISITS_MOST 600 /* articles looked at in one search */
#define VISITS_TERM 200 /* ... for one word, the newest first */
#define PROMISE_MIN 0.3 /* of the best one's: less is not looked at */
#define SAMPLE 4        /* articles of a group that stand for it */
#define NOTHING 0.02    /* so little likeness: the others aren't asked */
#define RARITIES 20
#define PAIR_BITS_MIN 16 /* how many counters of pairs there are: 2 to this */
#define PAIR_BITS_MAX 24
#define PAIR_ROOM 4096 /* of them, for each article: few share one */
#define PAIR_COUNT_MAX 255u
#define NEAR_S (24 * 3600) /* articles so near are of one time; further ... */
#define AGE_COSTS 0.6      /* ... this share of likeness is lost ... */
#define AGE_SPAN_S (48 * 3600) /* ... over so long */

struct term {
        uint64_t key;
        uint32_t first; /* most terms have one article only */
        uint32_t n;     /* articles */
        float prior;    /* share of articles in news at large */
        uint32_t *more;
        size_t cap; /* of more */
};

struct doc {
        struct likeness_doc like;
        int64_t at;
        int64_t told; /* the story we said it is in */
        uint32_t source, tag;
        enum lang lang;
        uint32_t measured; /* the round in which it was */
};

struct group {
        struct index_group g;
        uint32_t *docs;
        size_t cap;
};

/* All that is put out at once when enough of it is old. */
struct table {
        struct arena *a;
        struct term *terms;
        float *weights; /* of the terms */
        size_t n_terms, cap_terms, cap_weights;
        uint32_t *slots; /* index + 1 into terms; a power of two of them */
        size_t n_slots;
        struct doc *docs;
        uint32_t *group_of; /* the docs: apart, as a search reads many */
        size_t n_docs, cap_docs, cap_group_of;
        struct group *groups;
        float *sums; /* of the groups, in the search under way */
        size_t n_groups, cap_groups, cap_sums;
        uint32_t *group_slots; /* likewise, by story */
        size_t n_group_slots;
        uint32_t *touched; /* groups of the search under way */
        size_t n_touched, cap_touched;
        uint8_t *pairs; /* how many articles have a pair, by its hash */
        int pair_bits;
        float pair_weights[PAIR_COUNT_MAX + 1];
        size_t measured; /* articles at the last measuring */
        uint32_t round;  /* counts the measurings */
        bool is_stale;   /* some came since without being measured */
};

struct index {
        struct arena *home;
        const struct common *common;
        struct table t;
        struct likeness_probe probe;
        uint32_t loaded; /* the doc in it + 1; 0: something else */
        size_t checked;  /* articles when old ones were last looked for */
};

static void table_init(struct table *t)
{
        *t = (struct table) { .a = arena_new(ARENA_MAX_B),
                              .n_slots = 1 << 13,
                              .n_group_slots = 1 << 9,
                              .pair_bits = PAIR_BITS_MIN };
        t->slots = arena_array(t->a, t->n_slots, sizeof(*t->slots));
        t->group_slots =
                arena_array(t->a, t->n_group_slots, sizeof(*t->group_slots));
        t->pairs = arena_array(t->a, (size_t)1 << t->pair_bits, 1);
}

struct index *index_new(const struct common *common)
{
        struct arena *home = arena_new(1 << 20);
        struct index *ix = arena_alloc(home, sizeof(*ix));

        ix->home = home;
        ix->common = common;
        table_init(&ix->t);
        index_measure(ix);
        return ix;
}

void index_free(struct index *ix)
{
        if (!ix)
                return;
        arena_free(ix->t.a);
        arena_free(ix->home);
}

/* --- words and pairs ------------------------------------------------------ */

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

/* What a term of n articles weighs. */
static float weigh(const struct table *t, double n, double prior)
{
        double all = (double)t->n_docs + PRIOR;

        return (float)fmax(0, log(all / (n + PRIOR * prior + 1)));
}

/* A new term's number. LIKENESS_IDS: there is no room. */
static uint32_t term_make(struct table *t, uint32_t *slot, uint64_t key,
                          double prior)
{
        if (t->n_terms == LIKENESS_IDS - GIST_MAX)
                return LIKENESS_IDS;
        ARENA_GROW(t->a, t->terms, t->n_terms, t->cap_terms);
        ARENA_GROW(t->a, t->weights, t->n_terms, t->cap_weights);
        t->weights[t->n_terms] = 0;
        t->terms[t->n_terms] =
                (struct term) { .key = key, .prior = (float)prior };
        *slot = (uint32_t)++t->n_terms;
        if (t->n_terms * 2 > t->n_slots)
                grow_terms(t);
        return (uint32_t)t->n_terms - 1;
}

static void post(struct table *t, uint32_t term, uint32_t doc)
{
        struct term *m = &t->terms[term];

        if (m->n == 0) {
                m->first = doc;
        } else {
                ARENA_GROW(t->a, m->more, m->n - 1, m->cap);
                m->more[m->n - 1] = doc;
        }
        m->n++;
}

static uint32_t pair_id(uint64_t key)
{
        return (uint32_t)(key & (LIKENESS_IDS - 1));
}

static uint8_t *pair_count(const struct table *t, uint32_t id)
{
        return &t->pairs[id & ((1u << t->pair_bits) - 1)];
}

static void count_pairs(struct table *t, const struct likeness_doc *d)
{
        for (uint32_t i = 0; i < d->n_pairs; i++) {
                uint8_t *n =
                        pair_count(t, likeness_id(d->terms[d->n_words + i]));
                if (*n < PAIR_COUNT_MAX)
                        ++*n;
        }
}

static void grow_pairs(struct table *t)
{
        int bits = t->pair_bits;

        while (bits < PAIR_BITS_MAX && t->n_docs * PAIR_ROOM >> bits)
                bits += 2;
        if (bits == t->pair_bits)
                return;
        t->pair_bits = bits;
        t->pairs = arena_array(t->a, (size_t)1 << t->pair_bits, 1);
        for (size_t i = 0; i < t->n_docs; i++)
                count_pairs(t, &t->docs[i].like);
}

/* --- lengths -------------------------------------------------------------- */

/* A pair that one article has says nothing of another. Those that others have
 * go to the front. */
static void measure(const struct table *t, struct likeness_doc *d)
{
        uint32_t *pairs = d->terms + d->n_words;

        d->whole = (struct likeness_whole) { 0 };
        d->n_shared = 0;
        for (uint32_t i = 0; i < d->n_words; i++) {
                float w = t->weights[likeness_id(d->terms[i])];

                if (w > 0)
                        likeness_add(&d->whole, d->terms[i], w);
        }
        for (uint32_t i = 0; i < d->n_pairs; i++) {
                uint32_t x = pairs[i];
                uint8_t n = *pair_count(t, likeness_id(x));

                if (n < 2)
                        continue;

                float y = t->pair_weights[n] * likeness_count(x);

                d->whole.square += y * y;
                pairs[i] = pairs[d->n_shared];
                pairs[d->n_shared++] = x;
        }
}

static const struct likeness_doc *measured(const struct table *t, uint32_t doc)
{
        struct doc *d = &t->docs[doc];

        if (d->measured != t->round) {
                measure(t, &d->like);
                d->measured = t->round;
        }
        return &d->like;
}

/* Weights have changed: the articles are measured when they are looked at. */
void index_measure(struct index *ix)
{
        struct table *t = &ix->t;

        grow_pairs(t);
        for (size_t i = 0; i < t->n_terms; i++)
                t->weights[i] =
                        weigh(t, t->terms[i].n, (double)t->terms[i].prior);
        for (unsigned i = 0; i <= PAIR_COUNT_MAX; i++)
                t->pair_weights[i] = weigh(t, i, 0);
        t->round++;
        t->measured = t->n_docs;
        t->is_stale = false;
        ix->loaded = 0;
}

/* --- groups --------------------------------------------------------------- */

static uint32_t *group_slot(const struct table *t, int64_t story)
{
        uint64_t h = (uint64_t)story * 0x9E3779B97F4A7C15u;
        size_t i = (h >> 32) & (t->n_group_slots - 1);

        while (t->group_slots[i] &&
               t->groups[t->group_slots[i] - 1].g.story != story)
                i = (i + 1) & (t->n_group_slots - 1);
        return &t->group_slots[i];
}

static void file_groups(struct table *t)
{
        while (t->n_groups * 2 > t->n_group_slots)
                t->n_group_slots *= 2;
        t->group_slots =
                arena_array(t->a, t->n_group_slots, sizeof(*t->group_slots));
        for (size_t i = 0; i < t->n_groups; i++)
                if (t->groups[i].g.story && t->groups[i].g.n)
                        *group_slot(t, t->groups[i].g.story) = (uint32_t)i + 1;
}

static uint32_t group_make(struct table *t, int64_t story, enum lang lang)
{
        ARENA_GROW(t->a, t->groups, t->n_groups, t->cap_groups);
        ARENA_GROW(t->a, t->sums, t->n_groups, t->cap_sums);
        t->sums[t->n_groups] = 0;
        t->groups[t->n_groups] = (struct group) { .g = { .story = story,
                                                         .first_at = INT64_MAX,
                                                         .last_at = INT64_MIN,
                                                         .lang = lang } };
        return (uint32_t)t->n_groups++;
}

/* A story without an id yet is always another. */
static uint32_t group_get(struct table *t, int64_t story, enum lang lang)
{
        if (!story)
                return group_make(t, 0, lang);

        uint32_t *slot = group_slot(t, story);

        if (*slot)
                return *slot - 1;
        *slot = group_make(t, story, lang) + 1;

        uint32_t made = *slot - 1;
        if (t->n_groups * 2 > t->n_group_slots)
                file_groups(t);
        return made;
}

static void put_into(struct table *t, uint32_t group, uint32_t doc)
{
        struct group *g = &t->groups[group];
        struct doc *d = &t->docs[doc];
        size_t n = g->g.n;

        ARENA_GROW(t->a, g->docs, n, g->cap);
        g->docs[g->g.n++] = doc;
        t->group_of[doc] = group;
        if (d->at < g->g.first_at)
                g->g.first_at = d->at;
        if (d->at > g->g.last_at)
                g->g.last_at = d->at;
        g->g.source = n == 0 || g->g.source == d->source ? d->source : 0;
        if (g->g.lang == LANG_OTHER)
                g->g.lang = d->lang;
        g->g.has_new |= d->tag != 0;
}

static void take_out(struct table *t, uint32_t doc)
{
        struct group *g = &t->groups[t->group_of[doc]];
        uint32_t kept = 0;

        for (uint32_t i = 0; i < g->g.n; i++) {
                uint32_t source = t->docs[g->docs[i]].source;

                if (g->docs[i] == doc)
                        continue;
                g->g.source = !kept || g->g.source == source ? source : 0;
                g->docs[kept++] = g->docs[i];
        }
        g->g.n = kept;
}

static enum lang either(enum lang a, enum lang b)
{
        return a == LANG_OTHER ? b : a;
}

static bool may_be_one(const struct index_group *a, const struct index_group *b,
                       int64_t window_s)
{
        return a->n && b->n && !(a->is_closed && b->is_closed) &&
               either(a->lang, b->lang) == either(b->lang, a->lang) &&
               a->first_at <= b->last_at + window_s &&
               b->first_at <= a->last_at + window_s;
}

/* --- adding --------------------------------------------------------------- */

/* Its place in the table, once it has its words and pairs. */
static void place(struct table *t, struct doc d, uint32_t group)
{
        uint32_t id = (uint32_t)t->n_docs;

        for (uint32_t i = 0; i < d.like.n_words; i++)
                post(t, likeness_id(d.like.terms[i]), id);
        count_pairs(t, &d.like);
        ARENA_GROW(t->a, t->docs, t->n_docs, t->cap_docs);
        ARENA_GROW(t->a, t->group_of, t->n_docs, t->cap_group_of);
        t->docs[t->n_docs++] = d;
        put_into(t, group, id);
}

static void copy_terms(struct index *ix, const struct gist *f, struct doc *d)
{
        struct table *t = &ix->t;
        uint32_t *terms =
                arena_array(t->a, f->words.n + f->pairs.n + 1, sizeof(*terms));
        uint16_t n = 0;

        for (size_t i = 0; i < f->words.n; i++) {
                const struct gist_term *x = &f->words.items[i];
                uint32_t *slot = term_slot(t, x->key);
                uint32_t id =
                        *slot ? *slot - 1
                              : term_make(t, slot, x->key,
                                          common_share(ix->common, x->key));

                if (id < LIKENESS_IDS)
                        terms[n++] = likeness_pack(id, x->count, x->marks);
        }
        d->like.n_words = n;
        for (size_t i = 0; i < f->pairs.n; i++)
                terms[n++] = likeness_pack(pair_id(f->pairs.items[i].key),
                                           f->pairs.items[i].count, 0);
        d->like.n_pairs = (uint16_t)f->pairs.n;
        d->like.terms = terms;
        d->like.is_headline = f->is_headline;
}

/* The weights of its words and its own lengths. */
static void measure_last(struct table *t)
{
        struct doc *d = &t->docs[t->n_docs - 1];

        for (uint32_t i = 0; i < d->like.n_words; i++) {
                uint32_t id = likeness_id(d->like.terms[i]);
                t->weights[id] =
                        weigh(t, t->terms[id].n, (double)t->terms[id].prior);
        }
        d->measured = 0;
}

void index_add(struct index *ix, const struct gist *f, int64_t story,
               const struct index_doc *doc)
{
        struct table *t = &ix->t;
        struct doc d = { .at = doc->at,
                         .told = story,
                         .source = doc->source,
                         .tag = doc->tag,
                         .lang = doc->lang };

        copy_terms(ix, f, &d);
        place(t, d, group_get(t, story, doc->lang));
        if (!doc->tag)
                t->groups[t->group_of[t->n_docs - 1]].g.is_closed = true;
        t->is_stale |= doc->is_lazy;
        if (!t->is_stale)
                measure_last(t);
        if (!t->is_stale && t->n_docs > t->measured + t->measured / 4 + 100)
                index_measure(ix);
}

/* --- searching ------------------------------------------------------------ */

/*
 * Events of one kind in one place come again in the words of the last, so
 * likeness counts less from one day to the next; a story that goes on is held
 * together by its articles of every day.
 */
static double nearness(int64_t a, int64_t b)
{
        int64_t apart = (a > b ? a - b : b - a) - NEAR_S;

        if (apart <= 0)
                return 1;
        return 1 - AGE_COSTS * fmin(1, (double)apart / AGE_SPAN_S);
}

static void load_doc(struct index *ix, uint32_t doc)
{
        const struct table *t = &ix->t;
        const struct likeness_doc *d = measured(t, doc);
        struct likeness_probe *p = &ix->probe;

        if (ix->loaded == doc + 1)
                return;
        ix->loaded = doc + 1;
        likeness_begin(p, d->is_headline, false);
        p->whole = d->whole;
        for (uint32_t i = 0; i < d->n_words; i++) {
                float w = t->weights[likeness_id(d->terms[i])];

                if (w > 0)
                        likeness_put(&p->words, d->terms[i], w, false);
        }
        for (uint32_t i = 0; i < d->n_shared; i++) {
                uint32_t x = d->terms[d->n_words + i];
                uint8_t n = *pair_count(t, likeness_id(x));

                likeness_put(&p->pairs, x, t->pair_weights[n], false);
        }
}

/* A word of an article that is not among ours. One that none of ours has counts
 * in its length and needs no number. */
static void load_word(struct index *ix, const struct gist_term *x,
                      uint32_t unused_id)
{
        const struct table *t = &ix->t;
        struct likeness_probe *p = &ix->probe;
        uint32_t slot = *term_slot(t, x->key);
        uint32_t id = slot ? slot - 1 : unused_id;
        double prior = slot ? (double)t->terms[id].prior
                            : common_share(ix->common, x->key);
        float w = weigh(t, (slot ? t->terms[id].n : 0) + 1, prior);
        uint32_t packed = likeness_pack(id, x->count, x->marks);

        if (!(w > 0))
                return;
        likeness_put(&p->words, packed, w, false);
        likeness_add(&p->whole, packed, w);
}

static void load_gist(struct index *ix, const struct gist *f)
{
        const struct table *t = &ix->t;
        struct likeness_probe *p = &ix->probe;

        ix->loaded = 0;
        likeness_begin(p, f->is_headline, true);
        p->whole = (struct likeness_whole) { 0 };
        for (size_t i = 0; i < f->words.n; i++)
                load_word(ix, &f->words.items[i],
                          LIKENESS_IDS - 1 - (uint32_t)i);
        for (size_t i = 0; i < f->pairs.n; i++) {
                const struct gist_term *x = &f->pairs.items[i];
                uint32_t packed = likeness_pack(pair_id(x->key), x->count, 0);
                uint8_t n = *pair_count(t, pair_id(x->key));
                float w = t->pair_weights[n < PAIR_COUNT_MAX ? n + 1 : n];

                if (!n)
                        continue;
                likeness_put(&p->pairs, packed, w, n == 1);
                if (n > 1)
                        p->whole.square += w * likeness_count(packed) * w *
                                           likeness_count(packed);
        }
}

/* The docs of a group that stand for it, spread over it evenly. */
static uint32_t sample_of(const struct group *g, uint32_t i)
{
        return g->docs[g->g.n <= SAMPLE ? i : i * g->g.n / SAMPLE];
}

static uint32_t sample_size(const struct group *g)
{
        return g->g.n <= SAMPLE ? g->g.n : SAMPLE;
}

/* The mean likeness of what is loaded, dated at, with the articles of g. */
static double mean_with(struct index *ix, int64_t at, const struct group *g)
{
        uint32_t n = sample_size(g);
        double sum = 0;

        for (uint32_t i = 0; i < n && sum >= NOTHING * i; i++) {
                uint32_t doc = sample_of(g, i);
                sum += likeness(&ix->probe, measured(&ix->t, doc)) *
                       nearness(at, ix->t.docs[doc].at);
        }
        return sum / n;
}

static void touch(struct table *t, uint32_t doc, float w)
{
        uint32_t id = t->group_of[doc];

        if (!(t->sums[id] > 0)) {
                ARENA_GROW(t->a, t->touched, t->n_touched, t->cap_touched);
                t->touched[t->n_touched++] = id;
        }
        t->sums[id] += w * w;
}

static uint32_t visit(struct table *t, const struct term *m, float w)
{
        uint32_t n = m->n < VISITS_TERM ? m->n : VISITS_TERM;

        for (uint32_t i = 0; i + 1 < n; i++)
                touch(t, m->more[m->n - 2 - i], w);
        if (n == m->n)
                touch(t, m->first, w);
        return n;
}

static unsigned rarity(uint32_t n)
{
        unsigned bits = n ? 32u - (unsigned)__builtin_clz(n) : 0;

        return bits < RARITIES ? bits : RARITIES - 1;
}

/* Touch the groups of those that share words with what is loaded, the rarest
 * words first. */
static void visit_all(struct index *ix)
{
        const struct likeness_probe *p = &ix->probe;
        struct table *t = &ix->t;
        uint16_t first[RARITIES] = { 0 }, next[GIST_MAX]; /* words + 1 */
        uint32_t seen = 0;

        for (size_t i = p->words.n; i-- > 0;) {
                uint32_t id = likeness_id(p->words.items[i].packed);
                unsigned r = id < t->n_terms ? rarity(t->terms[id].n) : 0;

                next[i] = first[r];
                first[r] = (uint16_t)(i + 1);
        }
        t->n_touched = 0;
        for (unsigned r = 1; r < RARITIES; r++)
                for (size_t k = first[r]; k && seen < VISITS_MOST;
                     k = next[k - 1]) {
                        const struct likeness_entry *e = &p->words.items[k - 1];

                        seen += visit(t, &t->terms[likeness_id(e->packed)],
                                      e->weight);
                }
}

/* Less than this promises too little to be among the n best. */
static float promise_asked(const struct index_near *near, size_t n)
{
        float least = n ? near[0].mean * (float)PROMISE_MIN : 0;

        return n == INDEX_NEAR_MAX && near[n - 1].mean > least
                       ? near[n - 1].mean
                       : least;
}

/* The touched groups that promise most and that self may join; puts the sums
 * back to naught. Most are told from the sum alone, as a group promises no more
 * than that. */
static size_t best_touched(struct table *t, const struct index_group *self,
                           int64_t window_s, struct index_near *near)
{
        float asked = 0;
        size_t n = 0;

        for (size_t i = 0; i < t->n_touched; i++) {
                uint32_t id = t->touched[i];
                float promise = t->sums[id];
                size_t k;

                t->sums[id] = 0;
                if (promise <= asked)
                        continue;

                const struct index_group *g = &t->groups[id].g;

                promise /= sqrtf((float)g->n);
                if (promise <= asked || g == self ||
                    !may_be_one(g, self, window_s))
                        continue;
                k = n < INDEX_NEAR_MAX ? n++ : n - 1;
                for (; k > 0 && near[k - 1].mean < promise; k--)
                        near[k] = near[k - 1];
                near[k] = (struct index_near) { id, promise };
                asked = promise_asked(near, n);
        }
        while (n > 1 && near[n - 1].mean < near[0].mean * (float)PROMISE_MIN)
                n--;
        return n;
}

size_t index_find(struct index *ix, const struct gist *f,
                  const struct index_doc *doc, int64_t window_s,
                  struct index_near near[INDEX_NEAR_MAX])
{
        struct index_group self = { .first_at = doc->at,
                                    .last_at = doc->at,
                                    .n = 1,
                                    .lang = doc->lang };
        size_t n;

        if (ix->t.is_stale)
                index_measure(ix);
        load_gist(ix, f);
        visit_all(ix);
        n = best_touched(&ix->t, &self, window_s, near);
        for (size_t i = 0; i < n; i++) {
                const struct group *g = &ix->t.groups[near[i].group];
                near[i].mean = (float)mean_with(ix, doc->at, g);
        }
        return n;
}

size_t index_near(struct index *ix, uint32_t group, int64_t window_s,
                  struct index_near near[INDEX_NEAR_MAX])
{
        const struct group *g = &ix->t.groups[group];

        load_doc(ix, g->docs[g->g.n - 1]);
        visit_all(ix);
        return best_touched(&ix->t, &g->g, window_s, near);
}

void index_means(struct index *ix, uint32_t group, struct index_near *with,
                 size_t n)
{
        const struct table *t = &ix->t;
        const struct group *g = &t->groups[group];

        for (size_t k = 0; k < n; k++)
                with[k].mean = 0;
        for (uint32_t i = 0; i < sample_size(g); i++) {
                uint32_t doc = sample_of(g, i);

                for (size_t k = 0; k < n; k++) {
                        if (with[k].mean < (float)(NOTHING * i))
                                continue;
                        load_doc(ix, doc);
                        with[k].mean += (float)mean_with(
                                ix, t->docs[doc].at, &t->groups[with[k].group]);
                }
        }
        for (size_t k = 0; k < n; k++)
                with[k].mean /= (float)sample_size(g);
}

/* --- stories as groups ---------------------------------------------------- */

uint32_t index_groups(const struct index *ix)
{
        return (uint32_t)ix->t.n_groups;
}

const struct index_group *index_group(const struct index *ix, uint32_t group)
{
        return &ix->t.groups[group].g;
}

bool index_may_join(const struct index *ix, uint32_t a, uint32_t b,
                    int64_t window_s)
{
        return may_be_one(&ix->t.groups[a].g, &ix->t.groups[b].g, window_s);
}

void index_join(struct index *ix, uint32_t a, uint32_t b)
{
        struct table *t = &ix->t;
        struct group *from = &t->groups[b];

        for (uint32_t i = 0; i < from->g.n; i++)
                put_into(t, a, from->docs[i]);
        t->groups[a].g.is_closed |= from->g.is_closed;
        from->g.n = 0;
}

void index_name(struct index *ix, uint32_t group, int64_t story)
{
        ix->t.groups[group].g.story = story;
}

void index_release(struct index *ix)
{
        struct table *t = &ix->t;

        for (uint32_t i = 0; i < t->n_docs; i++) {
                struct doc *d = &t->docs[i];

                if (!d->tag || t->groups[t->group_of[i]].docs[0] == i)
                        continue;
                take_out(t, i);
                put_into(t, group_make(t, 0, d->lang), i);
        }
}

void index_tell(struct index *ix,
                void (*moved)(void *user, uint32_t tag, int64_t story),
                void *user)
{
        struct table *t = &ix->t;

        for (size_t i = 0; i < t->n_docs; i++) {
                struct doc *d = &t->docs[i];
                int64_t story = t->groups[t->group_of[i]].g.story;

                if (!d->tag || d->told == story)
                        continue;
                d->told = story;
                moved(user, d->tag, story);
        }
        file_groups(t);
}

void index_close(struct index *ix)
{
        for (size_t i = 0; i < ix->t.n_docs; i++)
                ix->t.docs[i].tag = 0;
        for (size_t i = 0; i < ix->t.n_groups; i++) {
                ix->t.groups[i].g.is_closed = true;
                ix->t.groups[i].g.has_new = false;
        }
}

/* --- forgetting ----------------------------------------------------------- */

static void carry_over(struct table *t, const struct table *old, uint32_t i)
{
        const struct doc *was = &old->docs[i];
        const struct group *g = &old->groups[old->group_of[i]];
        struct doc d = *was;
        uint32_t n = (uint32_t)d.like.n_words + d.like.n_pairs;
        uint32_t *terms = arena_array(t->a, n + 1, sizeof(*terms));

        for (uint32_t k = 0; k < n; k++) {
                uint32_t x = was->like.terms[k], id = likeness_id(x);

                if (k < d.like.n_words) {
                        const struct term *m = &old->terms[id];
                        uint32_t *slot = term_slot(t, m->key);

                        id = *slot ? *slot - 1
                                   : term_make(t, slot, m->key,
                                               (double)m->prior);
                }
                terms[k] = id << 8 | (x & 0xFF);
        }
        d.like.terms = terms;
        d.measured = 0;
        place(t, d, group_get(t, g->g.story, g->g.lang));
        t->groups[t->group_of[t->n_docs - 1]].g.is_closed |= g->g.is_closed;
}

/* Build the table anew from the articles dated at or after since. */
static void rebuild(struct index *ix, int64_t since)
{
        struct table old = ix->t;

        table_init(&ix->t);
        for (uint32_t i = 0; i < old.n_docs; i++)
                if (old.docs[i].at >= since)
                        carry_over(&ix->t, &old, i);
        index_measure(ix);
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

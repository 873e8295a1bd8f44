#include "story/index.h"

#include <assert.h>
#include <math.h>

#include "base/arena.h"
#include "story/corpus.h"

#define ARENA_MAX_B ((size_t)1 << 34)
#define FORGET_MIN 1000 /* putting out fewer is not worth it */
#define VISITS_MOST 600 /* articles looked at in one search */
#define VISITS_TERM 200 /* ... for one word, the newest first */
#define TOUCHED_MOST (VISITS_MOST + VISITS_TERM)
#define PROMISE_MIN 0.3 /* of the best one's: less is not looked at */
#define NOTHING 0.02    /* so little likeness: the others aren't asked */
#define RARITIES 20

struct doc {
        int64_t told; /* the story we said it is in */
        uint32_t source, tag;
        enum lang lang;
};

struct group {
        struct index_group g;
        uint32_t *docs;
        size_t cap;
};

/* The articles of a group that stand for it. */
struct sample {
        uint32_t docs[INDEX_SAMPLE], n;
};

/* All that is put out at once when enough of it is old. */
struct table {
        struct arena *a;
        struct corpus corpus;
        struct doc *docs;   /* of the corpus */
        uint32_t *group_of; /* ... apart, as a search reads many */
        size_t cap_docs, cap_group_of;
        struct group *groups;
        float *sums; /* of the groups, in the search under way */
        size_t n_groups, cap_groups, cap_sums;
        uint32_t *group_slots; /* likewise, by story */
        size_t n_group_slots;
        uint32_t touched[TOUCHED_MOST]; /* groups of the search under way */
        size_t n_touched;
        size_t measured; /* articles at the last measuring */
        bool is_stale;   /* some came since without being measured */
};

struct index {
        struct arena *home;
        const struct common *common;
        struct table t;
        struct sample samples[INDEX_MEANS_MAX];
        struct likeness_probe probe;
        uint32_t loaded; /* the doc in it + 1; 0: something else */
        size_t checked;  /* articles when old ones were last looked for */
};

static void table_init(struct table *t, const struct common *common)
{
        *t = (struct table) { .a = arena_new(ARENA_MAX_B),
                              .n_group_slots = 1 << 9 };
        t->group_slots =
                arena_array(t->a, t->n_group_slots, sizeof(*t->group_slots));
        corpus_init(&t->corpus, t->a, common);
}

struct index *index_new(const struct common *common)
{
        struct arena *home = arena_new(1 << 20);
        struct index *ix = arena_alloc(home, sizeof(*ix));

        ix->home = home;
        ix->common = common;
        table_init(&ix->t, common);
        return ix;
}

void index_free(struct index *ix)
{
        if (!ix)
                return;
        arena_free(ix->t.a);
        arena_free(ix->home);
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
        const struct doc *d = &t->docs[doc];
        int64_t at = t->corpus.docs[doc].at;
        size_t n = g->g.n;

        ARENA_GROW(t->a, g->docs, n, g->cap);
        g->docs[g->g.n++] = doc;
        t->group_of[doc] = group;
        if (at < g->g.first_at)
                g->g.first_at = at;
        if (at > g->g.last_at)
                g->g.last_at = at;
        g->g.source = n == 0 || g->g.source == d->source ? d->source : 0;
        if (g->g.lang == LANG_OTHER)
                g->g.lang = d->lang;
        g->g.has_new |= d->tag != 0;
        g->g.n_headlines += t->corpus.docs[doc].like.is_headline;
}

static void take_out(struct table *t, uint32_t doc)
{
        struct group *g = &t->groups[t->group_of[doc]];
        uint32_t n = g->g.n, id = t->group_of[doc];

        g->g.n = g->g.n_headlines = 0;
        g->g.first_at = INT64_MAX;
        g->g.last_at = INT64_MIN;
        g->g.has_new = false;
        for (uint32_t i = 0; i < n; i++)
                if (g->docs[i] != doc)
                        put_into(t, id, g->docs[i]);
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

/* What is known of the corpus's last article, and its group. */
static void place(struct table *t, struct doc d, uint32_t group)
{
        size_t id = t->corpus.n_docs - 1;

        ARENA_GROW(t->a, t->docs, id, t->cap_docs);
        ARENA_GROW(t->a, t->group_of, id, t->cap_group_of);
        t->docs[id] = d;
        put_into(t, group, (uint32_t)id);
}

void index_measure(struct index *ix)
{
        corpus_weigh(&ix->t.corpus);
        ix->t.measured = ix->t.corpus.n_docs;
        ix->t.is_stale = false;
        ix->loaded = 0;
}

void index_add(struct index *ix, const struct gist *f, int64_t story,
               const struct index_doc *doc)
{
        struct table *t = &ix->t;
        uint32_t id = corpus_add(&t->corpus, f, doc->at);
        uint32_t group = group_get(t, story, doc->lang);

        place(t,
              (struct doc) { .told = story,
                             .source = doc->source,
                             .tag = doc->tag,
                             .lang = doc->lang },
              group);
        t->groups[group].g.is_closed |= !doc->tag;
        t->groups[group].g.is_fresh |= doc->is_new;
        t->is_stale |= doc->is_lazy;
        if (!t->is_stale)
                corpus_weigh_last(&t->corpus);
        if (!t->is_stale && id >= t->measured + t->measured / 4 + 100)
                index_measure(ix);
        ix->loaded = 0;
}

/* --- searching ------------------------------------------------------------ */

static void load(struct index *ix, uint32_t doc)
{
        if (ix->loaded == doc + 1)
                return;
        ix->loaded = doc + 1;
        corpus_load(&ix->t.corpus, doc, &ix->probe);
}

/* Spread over the group evenly. */
static struct sample sample_of(const struct group *g)
{
        struct sample s = { .n = g->g.n <= INDEX_SAMPLE ? g->g.n
                                                        : INDEX_SAMPLE };

        for (uint32_t i = 0; i < s.n; i++)
                s.docs[i] = g->docs[i * g->g.n / s.n];
        return s;
}

/* Two headlines of one event may have no word in common. */
static double nothing(bool is_headline)
{
        return is_headline ? 0 : NOTHING;
}

/* The mean likeness of what is loaded, dated at, with the articles of s. */
static double mean_with(struct index *ix, int64_t at, const struct sample *s)
{
        struct corpus *c = &ix->t.corpus;
        double least = nothing(ix->probe.is_headline), sum = 0;

        for (uint32_t i = 0; i < s->n && sum >= least * i; i++)
                sum += likeness(&ix->probe, corpus_doc(c, s->docs[i])) *
                       likeness_nearness(at, c->docs[s->docs[i]].at);
        return sum / s->n;
}

/* Without a branch, which could not be foretold: it is done 600 times. */
static void touch(struct table *t, uint32_t doc, float weight)
{
        uint32_t id = t->group_of[doc];

        t->touched[t->n_touched] = id;
        t->n_touched += !(t->sums[id] > 0);
        t->sums[id] += weight;
}

/* The newest articles that have the term. */
static uint32_t visit(struct table *t, uint32_t term, float weight)
{
        const struct corpus_term *m = &t->corpus.terms[term];
        uint32_t all = t->corpus.facts[term].n;
        uint32_t n = all < VISITS_TERM ? all : VISITS_TERM;

        for (uint32_t i = 0; i + 1 < n; i++)
                touch(t, m->more[all - 2 - i], weight);
        if (n == all)
                touch(t, m->first, weight);
        return n;
}

static unsigned rarity(uint32_t n)
{
        unsigned bits = n ? 32u - (unsigned)__builtin_clz(n) : 0;

        return bits < RARITIES ? bits : RARITIES - 1;
}

/* The words of what is loaded that any of ours has, the rarest first. */
static size_t order_words(const struct index *ix,
                          const struct likeness_entry *ret[GIST_MAX])
{
        const struct corpus *c = &ix->t.corpus;
        const struct likeness_table *words = &ix->probe.words;
        size_t ends[RARITIES + 1] = { 0 };
        uint8_t rarities[GIST_MAX];

        for (size_t i = 0; i < words->n; i++) {
                uint32_t id = likeness_id(words->items[i].packed);

                rarities[i] =
                        (uint8_t)(id < c->n_terms ? rarity(c->facts[id].n) : 0);
                ends[rarities[i] + 1] += rarities[i] > 0;
        }
        for (size_t r = 1; r <= RARITIES; r++)
                ends[r] += ends[r - 1];
        for (size_t i = 0; i < words->n; i++)
                if (rarities[i])
                        ret[ends[rarities[i]]++] = &words->items[i];
        return ends[RARITIES];
}

/* Touch the groups of those that share words with what is loaded. */
static void visit_all(struct index *ix)
{
        struct table *t = &ix->t;
        const struct likeness_entry *words[GIST_MAX];
        size_t n = order_words(ix, words);
        uint32_t seen = 0;

        t->n_touched = 0;
        for (size_t i = 0; i < n && seen < VISITS_MOST; i++)
                seen += visit(t, likeness_id(words[i]->packed),
                              words[i]->weight * words[i]->weight);
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
        ix->loaded = 0;
        corpus_load_gist(&ix->t.corpus, f, &ix->probe);
        visit_all(ix);
        n = best_touched(&ix->t, &self, window_s, near);
        for (size_t i = 0; i < n; i++) {
                struct sample s = sample_of(&ix->t.groups[near[i].group]);
                near[i].mean = (float)mean_with(ix, doc->at, &s);
        }
        return n;
}

size_t index_near(struct index *ix, uint32_t group, int64_t window_s,
                  struct index_near near[INDEX_NEAR_MAX])
{
        const struct group *g = &ix->t.groups[group];

        load(ix, g->docs[g->g.n - 1]);
        visit_all(ix);
        return best_touched(&ix->t, &g->g, window_s, near);
}

void index_means(struct index *ix, uint32_t group, struct index_near *with,
                 size_t n)
{
        const struct table *t = &ix->t;
        struct sample self = sample_of(&t->groups[group]);

        assert(n <= INDEX_MEANS_MAX);
        for (size_t k = 0; k < n; k++) {
                with[k].mean = 0;
                ix->samples[k] = sample_of(&t->groups[with[k].group]);
                __builtin_prefetch(&t->corpus.docs[ix->samples[k].docs[0]]);
        }
        for (uint32_t i = 0; i < self.n; i++) {
                const struct corpus_doc *d = &t->corpus.docs[self.docs[i]];
                double least = nothing(d->like.is_headline);

                for (size_t k = 0; k < n; k++) {
                        if (k + 1 < n)
                                corpus_expect(&t->corpus,
                                              ix->samples[k + 1].docs[0]);
                        if (with[k].mean < (float)(least * i))
                                continue;
                        load(ix, self.docs[i]);
                        with[k].mean +=
                                (float)mean_with(ix, d->at, &ix->samples[k]);
                }
        }
        for (size_t k = 0; k < n; k++)
                with[k].mean /= (float)self.n;
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
        from->g.n = from->g.n_headlines = 0;
}

void index_name(struct index *ix, uint32_t group, int64_t story)
{
        ix->t.groups[group].g.story = story;
}

void index_rest(struct index *ix, uint32_t group)
{
        ix->t.groups[group].g.has_new = false;
}

void index_release(struct index *ix)
{
        struct table *t = &ix->t;

        for (uint32_t i = 0; i < t->corpus.n_docs; i++) {
                struct doc *d = &t->docs[i];

                if (!d->tag || !t->groups[t->group_of[i]].g.has_new ||
                    t->groups[t->group_of[i]].docs[0] == i)
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

        for (size_t i = 0; i < t->corpus.n_docs; i++) {
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
        for (size_t i = 0; i < ix->t.corpus.n_docs; i++)
                ix->t.docs[i].tag = 0;
        for (size_t i = 0; i < ix->t.n_groups; i++) {
                struct index_group *g = &ix->t.groups[i].g;

                g->is_closed = true;
                g->has_new = g->is_fresh = false;
        }
}

/* --- forgetting ----------------------------------------------------------- */

static void carry_over(struct table *t, const struct table *old, uint32_t i)
{
        const struct index_group *g = &old->groups[old->group_of[i]].g;
        uint32_t group;

        corpus_carry(&t->corpus, &old->corpus, i);
        group = group_get(t, g->story, g->lang);
        place(t, old->docs[i], group);
        t->groups[group].g.is_closed |= g->is_closed;
        t->groups[group].g.is_fresh |= g->is_fresh;
}

/* Build the table anew from the articles dated at or after since. */
static void rebuild(struct index *ix, int64_t since)
{
        struct table old = ix->t;

        table_init(&ix->t, ix->common);
        for (uint32_t i = 0; i < old.corpus.n_docs; i++)
                if (old.corpus.docs[i].at >= since)
                        carry_over(&ix->t, &old, i);
        index_measure(ix);
        arena_free(old.a);
}

void index_forget(struct index *ix, int64_t since)
{
        size_t n = ix->t.corpus.n_docs, old = 0;

        if (n < FORGET_MIN || n - ix->checked < FORGET_MIN)
                return;
        ix->checked = n;
        for (size_t i = 0; i < n; i++)
                old += ix->t.corpus.docs[i].at < since;
        if (old * 3 < n)
                return;
        rebuild(ix, since);
        ix->checked = ix->t.corpus.n_docs;
}

#include "story/corpus.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "story/common.h"

#define PRIOR 3000.0     /* news at large counts as so many articles */
#define PAIR_BITS_MIN 16 /* how many counters of pairs there are: 2 to this */
#define PAIR_BITS_MAX 24
#define PAIR_ROOM 4096 /* of them, for each article: few share one */

void corpus_init(struct corpus *c, struct arena *a, const struct common *common)
{
        *c = (struct corpus) { .a = a,
                               .common = common,
                               .n_slots = 1 << 13,
                               .pair_bits = PAIR_BITS_MIN };
        c->slots = arena_array(a, c->n_slots, sizeof(*c->slots));
        c->pairs = arena_array(a, (size_t)1 << c->pair_bits, 1);
        corpus_weigh(c);
}

/* --- words ---------------------------------------------------------------- */

static size_t home_of(const struct corpus *c, uint64_t key)
{
        return (key ^ key >> 32) & (c->n_slots - 1);
}

static uint32_t *slot_of(const struct corpus *c, uint64_t key)
{
        size_t i = home_of(c, key);

        while (c->slots[i] && c->terms[c->slots[i] - 1].key != key)
                i = (i + 1) & (c->n_slots - 1);
        return &c->slots[i];
}

static void grow_slots(struct corpus *c)
{
        c->n_slots *= 2;
        c->slots = arena_array(c->a, c->n_slots, sizeof(*c->slots));
        for (size_t i = 0; i < c->n_terms; i++)
                *slot_of(c, c->terms[i].key) = (uint32_t)i + 1;
}

/* What a term of n articles weighs. */
static float weigh(const struct corpus *c, double n, double prior)
{
        double all = (double)c->n_docs + PRIOR;

        return (float)fmax(0, log(all / (n + PRIOR * prior + 1)));
}

/* The number of a new term. LIKENESS_IDS: there is no room. */
static uint32_t term_make(struct corpus *c, uint32_t *slot, uint64_t key,
                          double prior)
{
        if (c->n_terms == LIKENESS_IDS - GIST_MAX)
                return LIKENESS_IDS;
        ARENA_GROW(c->a, c->terms, c->n_terms, c->cap_terms);
        ARENA_GROW(c->a, c->facts, c->n_terms, c->cap_facts);
        c->facts[c->n_terms] = (struct corpus_fact) { 0, 0 };
        c->terms[c->n_terms] =
                (struct corpus_term) { .key = key, .prior = (float)prior };
        *slot = (uint32_t)++c->n_terms;
        if (c->n_terms * 2 > c->n_slots)
                grow_slots(c);
        return (uint32_t)c->n_terms - 1;
}

static void post(struct corpus *c, uint32_t term, uint32_t doc)
{
        struct corpus_term *m = &c->terms[term];
        uint32_t n = c->facts[term].n++;

        if (n == 0) {
                m->first = doc;
                return;
        }
        ARENA_GROW(c->a, m->more, n - 1, m->cap);
        m->more[n - 1] = doc;
}

/* --- pairs ---------------------------------------------------------------- */

static uint32_t pair_id(uint64_t key)
{
        return (uint32_t)(key & (LIKENESS_IDS - 1));
}

static uint8_t *pair_count(const struct corpus *c, uint32_t id)
{
        return &c->pairs[id & ((1u << c->pair_bits) - 1)];
}

/* The counters lie far apart: they are called for before they are read. */
static void expect_pairs(const struct corpus *c, const struct likeness_doc *d)
{
        const uint32_t *pairs = d->terms + d->n_words;

        for (uint32_t i = 0; i < d->n_pairs; i++)
                __builtin_prefetch(pair_count(c, likeness_id(pairs[i])));
}

static void count_pairs(struct corpus *c, const struct likeness_doc *d)
{
        const uint32_t *pairs = d->terms + d->n_words;

        for (uint32_t i = 0; i < d->n_pairs; i++) {
                uint8_t *n = pair_count(c, likeness_id(pairs[i]));

                if (*n < CORPUS_PAIR_MOST)
                        ++*n;
        }
}

static void grow_pairs(struct corpus *c)
{
        int bits = c->pair_bits;

        while (bits < PAIR_BITS_MAX && c->n_docs * PAIR_ROOM >> bits)
                bits += 2;
        if (bits == c->pair_bits)
                return;
        c->pair_bits = bits;
        c->pairs = arena_array(c->a, (size_t)1 << c->pair_bits, 1);
        for (size_t i = 0; i < c->n_docs; i++)
                count_pairs(c, &c->docs[i].like);
}

/* How many articles have each of its shared pairs, as of its measuring: they
 * stand behind its terms. */
static uint8_t *shared_counts(const struct likeness_doc *d)
{
        return (uint8_t *)(d->terms + d->n_words + d->n_pairs);
}

/* --- adding --------------------------------------------------------------- */

static uint32_t *make_terms(struct corpus *c, size_t n_words, size_t n_pairs)
{
        return arena_alloc(c->a, (n_words + n_pairs) * sizeof(uint32_t) +
                                         n_pairs + 1);
}

/* Its place, once it has its words and pairs. */
static uint32_t place(struct corpus *c, const struct likeness_doc *d,
                      int64_t at)
{
        uint32_t id = (uint32_t)c->n_docs;

        expect_pairs(c, d);
        for (uint32_t i = 0; i < d->n_words; i++)
                post(c, likeness_id(d->terms[i]), id);
        count_pairs(c, d);
        ARENA_GROW(c->a, c->docs, c->n_docs, c->cap_docs);
        c->docs[c->n_docs++] = (struct corpus_doc) { .like = *d, .at = at };
        return id;
}

uint32_t corpus_add(struct corpus *c, const struct gist *f, int64_t at)
{
        struct likeness_doc d = {
                .terms = make_terms(c, f->words.n, f->pairs.n),
                .n_pairs = (uint16_t)f->pairs.n,
                .is_headline = f->is_headline,
        };

        for (size_t i = 0; i < f->words.n; i++)
                __builtin_prefetch(
                        &c->slots[home_of(c, f->words.items[i].key)]);
        for (size_t i = 0; i < f->words.n; i++) {
                const struct gist_term *x = &f->words.items[i];
                uint32_t *slot = slot_of(c, x->key);
                uint32_t id =
                        *slot ? *slot - 1
                              : term_make(c, slot, x->key,
                                          common_share(c->common, x->key));

                if (id < LIKENESS_IDS)
                        d.terms[d.n_words++] =
                                likeness_pack(id, x->count, x->marks);
        }
        for (size_t i = 0; i < f->pairs.n; i++) {
                const struct gist_term *x = &f->pairs.items[i];

                d.terms[d.n_words + i] =
                        likeness_pack(pair_id(x->key), x->count, 0);
        }
        return place(c, &d, at);
}

uint32_t corpus_carry(struct corpus *c, const struct corpus *from, uint32_t doc)
{
        struct likeness_doc d = from->docs[doc].like;
        const uint32_t *was = d.terms;

        d.terms = make_terms(c, d.n_words, d.n_pairs);
        for (uint32_t i = 0; i < d.n_words; i++) {
                const struct corpus_term *m = &from->terms[likeness_id(was[i])];
                uint32_t *slot = slot_of(c, m->key);
                uint32_t id =
                        *slot ? *slot - 1
                              : term_make(c, slot, m->key, (double)m->prior);

                d.terms[i] = id << 8 | (was[i] & 0xFF);
        }
        memcpy(d.terms + d.n_words, was + d.n_words,
               d.n_pairs * sizeof(*d.terms));
        return place(c, &d, from->docs[doc].at);
}

/* --- weighing ------------------------------------------------------------- */

static void weigh_term(struct corpus *c, uint32_t id)
{
        struct corpus_fact *f = &c->facts[id];

        f->weight = weigh(c, f->n, (double)c->terms[id].prior);
}

void corpus_weigh(struct corpus *c)
{
        grow_pairs(c);
        for (uint32_t i = 0; i < c->n_terms; i++)
                weigh_term(c, i);
        for (unsigned i = 0; i <= CORPUS_PAIR_MOST; i++)
                c->pair_weights[i] = weigh(c, i, 0);
        c->round++;
}

void corpus_weigh_last(struct corpus *c)
{
        struct corpus_doc *d = &c->docs[c->n_docs - 1];

        for (uint32_t i = 0; i < d->like.n_words; i++)
                weigh_term(c, likeness_id(d->like.terms[i]));
        d->round = 0;
}

/* A pair that one article has says nothing of another. Those that others have
 * go to the front. */
static void measure(const struct corpus *c, struct likeness_doc *d)
{
        uint32_t *pairs = d->terms + d->n_words;
        uint8_t *counts = shared_counts(d);

        expect_pairs(c, d);
        d->whole = (struct likeness_whole) { 0 };
        d->n_shared = 0;
        for (uint32_t i = 0; i < d->n_words; i++) {
                float w = c->facts[likeness_id(d->terms[i])].weight;

                if (w > 0)
                        likeness_add(&d->whole, d->terms[i], w);
        }
        for (uint32_t i = 0; i < d->n_pairs; i++) {
                uint32_t x = pairs[i];
                uint8_t n = *pair_count(c, likeness_id(x));

                if (n < 2)
                        continue;

                float y = c->pair_weights[n] * likeness_count(x);

                d->whole.square += y * y;
                pairs[i] = pairs[d->n_shared];
                counts[d->n_shared] = n;
                pairs[d->n_shared++] = x;
        }
}

const struct likeness_doc *corpus_doc(struct corpus *c, uint32_t doc)
{
        struct corpus_doc *d = &c->docs[doc];

        if (d->round != c->round) {
                measure(c, &d->like);
                d->round = c->round;
        }
        return &d->like;
}

void corpus_expect(const struct corpus *c, uint32_t doc)
{
        const uint32_t *terms = c->docs[doc].like.terms;

        __builtin_prefetch(terms);
        __builtin_prefetch(terms + 16);
        __builtin_prefetch(terms + 32);
}

/* --- loading -------------------------------------------------------------- */

void corpus_load(struct corpus *c, uint32_t doc, struct likeness_probe *p)
{
        const struct likeness_doc *d = corpus_doc(c, doc);
        const uint32_t *pairs = d->terms + d->n_words;
        const uint8_t *counts = shared_counts(d);

        likeness_begin(p, d->is_headline, false);
        p->whole = d->whole;
        for (uint32_t i = 0; i < d->n_words; i++) {
                float w = c->facts[likeness_id(d->terms[i])].weight;

                if (w > 0)
                        likeness_put(&p->words, d->terms[i], w, false);
        }
        for (uint32_t i = 0; i < d->n_shared; i++)
                likeness_put(&p->pairs, pairs[i], c->pair_weights[counts[i]],
                             false);
}

/* One that none of ours has counts in its length and needs no number. */
static void load_word(const struct corpus *c, const struct gist_term *x,
                      uint32_t unused_id, struct likeness_probe *p)
{
        uint32_t slot = *slot_of(c, x->key);
        uint32_t id = slot ? slot - 1 : unused_id;
        double prior = slot ? (double)c->terms[id].prior
                            : common_share(c->common, x->key);
        float w = weigh(c, (slot ? c->facts[id].n : 0) + 1, prior);
        uint32_t packed = likeness_pack(id, x->count, x->marks);

        if (!(w > 0))
                return;
        likeness_put(&p->words, packed, w, false);
        likeness_add(&p->whole, packed, w);
}

void corpus_load_gist(const struct corpus *c, const struct gist *f,
                      struct likeness_probe *p)
{
        likeness_begin(p, f->is_headline, true);
        p->whole = (struct likeness_whole) { 0 };
        for (size_t i = 0; i < f->words.n; i++)
                load_word(c, &f->words.items[i], LIKENESS_IDS - 1 - (uint32_t)i,
                          p);
        for (size_t i = 0; i < f->pairs.n; i++) {
                const struct gist_term *x = &f->pairs.items[i];
                uint32_t packed = likeness_pack(pair_id(x->key), x->count, 0);
                uint8_t n = *pair_count(c, pair_id(x->key));
                float w = c->pair_weights[n < CORPUS_PAIR_MOST ? n + 1 : n];
                float y = w * likeness_count(packed);

                if (!n)
                        continue;
                likeness_put(&p->pairs, packed, w, n == 1);
                p->whole.square += n > 1 ? y * y : 0;
        }
}

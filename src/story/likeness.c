#include "story/likeness.h"

#include <math.h>
#include <string.h>

/*
 * Learnt on labelled sets (bench/story_learn.sh): what each part says, and
 * what a likeness of headlines is worth where one has no text.
 */
#define PART_COSINE 0.68
#define PART_TITLE 0.145
#define PART_NAMES 0.105
#define PART_LEAD 0.07
#define OTHER_TITLE 0.35   /* lost when each title has a name of its own */
#define OTHER_FIGURES 0.15 /* ... when each lead has figures of its own */
#define FIGURES_MANY 3.0
#define ENOUGH 14.0 /* the weight of some two words: less is not all of it */
#define HEADLINE_TIMES 1.3
#define NEAR_S (24 * 3600) /* articles so near are of one time; further ... */
#define AGE_COSTS 0.6      /* ... this share of likeness is lost ... */
#define AGE_SPAN_S (48 * 3600) /* ... over so long */

/* count to the power of 0.3: a word that comes often says little more. */
const float likeness_powers[GIST_COUNT_MAX + 1] = {
        0.0f,     1.0f,     1.23114f, 1.39039f, 1.51572f, 1.62066f,
        1.71177f, 1.79279f, 1.86607f, 1.93318f, 1.99526f, 2.05314f,
        2.10743f, 2.15864f, 2.20717f, 2.25334f,
};

#define MARKED(m)                                                              \
        {                                                                      \
                !!((m)&GIST_TITLE), !!((m)&GIST_NAME), !!((m)&GIST_LEAD),      \
                        (m)&GIST_TITLE && (m) & (GIST_NAME | GIST_FIGURE)      \
        }
#define MARKED_4(m) MARKED(m), MARKED(m + 1), MARKED(m + 2), MARKED(m + 3)

const likeness_sums likeness_marks_of[16] = { MARKED_4(0u), MARKED_4(4u),
                                              MARKED_4(8u), MARKED_4(12u) };

void likeness_begin(struct likeness_probe *p, bool is_headline, bool is_outside)
{
        p->is_headline = is_headline;
        p->is_outside = is_outside;
        p->words.n = p->pairs.n = 0;
        memset(p->words.slots, 0, sizeof(p->words.slots));
        memset(p->pairs.slots, 0, sizeof(p->pairs.slots));
}

static uint32_t slot_of(uint32_t packed)
{
        return likeness_id(packed) * 0x9E3779B1u /
               (UINT32_MAX / LIKENESS_SLOTS + 1);
}

void likeness_put(struct likeness_table *t, uint32_t packed, float weight,
                  bool is_new)
{
        uint32_t i = slot_of(packed);

        if (t->n == GIST_MAX)
                return;
        while (t->slots[i])
                i = (i + 1) % LIKENESS_SLOTS;
        t->items[t->n] = (struct likeness_entry) {
                .packed = packed,
                .weight = weight,
                .square = weight * likeness_count(packed) * weight,
                .is_new = is_new,
        };
        t->slots[i] = (uint16_t)++t->n;
}

static inline const struct likeness_entry *find(const struct likeness_table *t,
                                                uint32_t packed)
{
        for (uint32_t i = slot_of(packed); t->slots[i];
             i = (i + 1) % LIKENESS_SLOTS) {
                const struct likeness_entry *e = &t->items[t->slots[i] - 1];

                if (likeness_id(e->packed) == likeness_id(packed))
                        return e;
        }
        return NULL;
}

/* What two articles have in common: of the words the one marks, how much
 * weight the other has anywhere. */
struct common_part {
        likeness_sums sums[2];
        float dot, extra; /* extra: squares that neither length has yet */
        int figures[2];
};

/* Those of the n terms that t may have, without a branch: most it has not, and
 * which these are can't be foretold. Returns how many. */
static size_t sift(const struct likeness_table *t, const uint32_t *terms,
                   size_t n, uint32_t ret[GIST_MAX])
{
        size_t kept = 0;

        for (size_t i = 0; i < n; i++) {
                ret[kept] = terms[i];
                kept += t->slots[slot_of(terms[i])] != 0;
        }
        return kept;
}

static void compare_words(const struct likeness_probe *p,
                          const struct likeness_doc *d, struct common_part *c)
{
        uint32_t words[GIST_MAX];
        size_t n = sift(&p->words, d->terms, d->n_words, words);

        for (size_t i = 0; i < n; i++) {
                uint32_t x = words[i];
                const struct likeness_entry *e = find(&p->words, x);

                if (!e)
                        continue;
                c->dot += e->square * likeness_count(x);
                c->sums[0] += likeness_marked(e->packed, e->weight);
                c->sums[1] += likeness_marked(x, e->weight);
                c->figures[0] += likeness_is_figure(e->packed);
                c->figures[1] += likeness_is_figure(x);
        }
}

static void compare_pairs(const struct likeness_probe *p,
                          const struct likeness_doc *d, struct common_part *c)
{
        uint32_t pairs[GIST_MAX];
        size_t n = sift(&p->pairs, d->terms + d->n_words,
                        p->is_outside ? d->n_pairs : d->n_shared, pairs);

        for (size_t i = 0; i < n; i++) {
                const struct likeness_entry *e = find(&p->pairs, pairs[i]);

                if (!e)
                        continue;

                float both = e->square * likeness_count(pairs[i]);

                c->dot += both;
                c->extra += e->is_new ? both : 0;
        }
}

/* The lesser share of both sides; a few words in common are not all of it. */
static double lesser(const struct likeness_whole *a,
                     const struct likeness_whole *b,
                     const struct common_part *c, int part)
{
        return fmin(
                (double)c->sums[0][part] / fmax((double)a->sums[part], ENOUGH),
                (double)c->sums[1][part] / fmax((double)b->sums[part], ENOUGH));
}

/*
 * What each has and the other has not: the lesser side of it. Two forecasts,
 * two deaths of a day or two fixtures are told in the same words but for a name
 * in the title, a date or a count. A second report of one event has more to
 * say, but then the first has nothing that it contradicts.
 */
static double agreement(const struct likeness_whole *a,
                        const struct likeness_whole *b,
                        const struct common_part *c)
{
        float title =
                fminf(a->sums[LIKENESS_SHARP] - c->sums[0][LIKENESS_SHARP],
                      b->sums[LIKENESS_SHARP] - c->sums[1][LIKENESS_SHARP]);
        int in_a = a->figures - c->figures[0];
        int in_b = b->figures - c->figures[1];
        int figures = in_a < in_b ? in_a : in_b;

        return 1 - OTHER_TITLE * fmin(1, fmax(0, (double)title) / ENOUGH) -
               OTHER_FIGURES * fmin(1, fmax(0, figures) / FIGURES_MANY);
}

double likeness(const struct likeness_probe *p, const struct likeness_doc *d)
{
        const struct likeness_whole *a = &p->whole, *b = &d->whole;
        struct common_part c = { 0 };
        double aa, bb, x;

        compare_words(p, d, &c);
        compare_pairs(p, d, &c);
        aa = (double)(a->square + c.extra);
        bb = (double)(b->square + c.extra);
        if (!(c.dot > 0) || !(aa > 0) || !(bb > 0))
                return 0;
        x = PART_COSINE * fmin(1, (double)c.dot / sqrt(aa * bb)) +
            PART_TITLE * lesser(a, b, &c, LIKENESS_TITLE) +
            PART_NAMES * lesser(a, b, &c, LIKENESS_NAMES) +
            PART_LEAD * lesser(a, b, &c, LIKENESS_LEAD);
        x *= agreement(a, b, &c);
        return p->is_headline || d->is_headline ? fmin(1, x * HEADLINE_TIMES)
                                                : x;
}

double likeness_nearness(int64_t a, int64_t b)
{
        int64_t apart = (a > b ? a - b : b - a) - NEAR_S;

        if (apart <= 0)
                return 1;
        return 1 - AGE_COSTS * fmin(1, (double)apart / AGE_SPAN_S);
}

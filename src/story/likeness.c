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
#define HEADLINE_TIMES 1.5
#define HEADLINE_PLUS 0.032

/* count to the power of 0.3: a word that comes often says little more. */
const float likeness_powers[GIST_COUNT_MAX + 1] = {
        0.0f,     1.0f,     1.23114f, 1.39039f, 1.51572f, 1.62066f,
        1.71177f, 1.79279f, 1.86607f, 1.93318f, 1.99526f, 2.05314f,
        2.10743f, 2.15864f, 2.20717f, 2.25334f,
};

void likeness_begin(struct likeness_probe *p, bool is_headline, bool is_outside)
{
        p->n_words = p->n_pairs = 0;
        p->is_headline = is_headline;
        p->is_outside = is_outside;
        p->square = p->title = p->names = p->lead = p->sharp = p->figures = 0;
        memset(p->word_slots, 0, sizeof(p->word_slots));
        memset(p->pair_slots, 0, sizeof(p->pair_slots));
        memset(p->word_bits, 0, sizeof(p->word_bits));
        memset(p->pair_bits, 0, sizeof(p->pair_bits));
}

static uint32_t bit_of(uint32_t id)
{
        return (id * 0x9E3779B1u) >> 20;
}

static struct likeness_entry *put(struct likeness_entry *all, size_t *n,
                                  uint16_t *slots, uint64_t *bits,
                                  uint32_t packed)
{
        uint32_t bit = bit_of(likeness_id(packed));
        uint32_t i = bit % LIKENESS_SLOTS;

        bits[bit / 64] |= (uint64_t)1 << bit % 64;
        while (slots[i])
                i = (i + 1) % LIKENESS_SLOTS;
        slots[i] = (uint16_t)(*n + 1);
        all[*n] = (struct likeness_entry) { .id = likeness_id(packed),
                                            .marks = likeness_marks(packed) };
        return &all[(*n)++];
}

void likeness_add_word(struct likeness_probe *p, uint32_t packed, float weight)
{
        if (p->n_words == GIST_MAX || !(weight > 0))
                return;

        struct likeness_entry *e =
                put(p->words, &p->n_words, p->word_slots, p->word_bits, packed);

        e->weight = weight;
        e->in_text = weight * likeness_count(packed);
        p->square += e->in_text * e->in_text;
        p->title += e->marks & GIST_TITLE ? weight : 0;
        p->names += e->marks & GIST_NAME ? weight : 0;
        p->lead += e->marks & GIST_LEAD ? weight : 0;
        p->sharp += likeness_is_sharp(e->marks) ? weight : 0;
        p->figures += e->marks & GIST_FIGURE ? 1 : 0;
}

void likeness_add_pair(struct likeness_probe *p, uint32_t packed, float weight,
                       bool is_new)
{
        if (p->n_pairs == GIST_MAX || !(weight > 0))
                return;

        struct likeness_entry *e =
                put(p->pairs, &p->n_pairs, p->pair_slots, p->pair_bits, packed);

        e->weight = weight;
        e->in_text = weight * likeness_count(packed);
        e->is_new = is_new;
        if (!is_new)
                p->square += e->in_text * e->in_text;
}

/* Few words are in both, so those that can't be are told first. */
static inline bool may_have(const uint64_t *bits, uint32_t id)
{
        uint32_t bit = bit_of(id);

        return bits[bit / 64] >> bit % 64 & 1;
}

static const struct likeness_entry *find(const struct likeness_entry *all,
                                         const uint16_t *slots, uint32_t id)
{
        uint32_t i = bit_of(id) % LIKENESS_SLOTS;

        for (; slots[i]; i = (i + 1) % LIKENESS_SLOTS)
                if (all[slots[i] - 1].id == id)
                        return &all[slots[i] - 1];
        return NULL;
}

/* What two articles have in common: of the words the one marks, how much
 * weight the other has anywhere. */
struct common_part {
        float dot, extra; /* extra: squares that neither length has yet */
        float title[2], names[2], lead[2], sharp[2], figures[2];
};

static void add_marked(struct common_part *c, int side, uint32_t marks,
                       float weight)
{
        if (marks & GIST_TITLE)
                c->title[side] += weight;
        if (marks & GIST_NAME)
                c->names[side] += weight;
        if (marks & GIST_LEAD)
                c->lead[side] += weight;
        if (likeness_is_sharp(marks))
                c->sharp[side] += weight;
        if (marks & GIST_FIGURE)
                c->figures[side] += 1;
}

static void compare(const struct likeness_probe *p,
                    const struct likeness_doc *d, struct common_part *c)
{
        for (uint32_t i = 0; i < d->n_words; i++) {
                uint32_t x = d->terms[i];
                const struct likeness_entry *e;

                if (!may_have(p->word_bits, likeness_id(x)))
                        continue;
                e = find(p->words, p->word_slots, likeness_id(x));
                if (!e)
                        continue;
                c->dot += e->in_text * e->weight * likeness_count(x);
                add_marked(c, 0, e->marks, e->weight);
                add_marked(c, 1, likeness_marks(x), e->weight);
        }

        uint32_t n_pairs = p->is_outside ? d->n_pairs : d->n_shared;

        for (uint32_t i = 0; i < n_pairs; i++) {
                uint32_t x = d->terms[d->n_words + i];
                const struct likeness_entry *e;

                if (!may_have(p->pair_bits, likeness_id(x)))
                        continue;
                e = find(p->pairs, p->pair_slots, likeness_id(x));
                if (!e)
                        continue;
                float both = e->in_text * e->weight * likeness_count(x);
                c->dot += both;
                c->extra += e->is_new ? both : 0;
        }
}

/* The lesser share of both sides; a few words in common are not all of it. */
static double lesser(const float got[2], float a, float b)
{
        return fmin((double)got[0] / fmax((double)a, ENOUGH),
                    (double)got[1] / fmax((double)b, ENOUGH));
}

/* What each has and the other has not: the lesser side of it. */
static double apart(const float got[2], float a, float b)
{
        return fmax(0, (double)fminf(a - got[0], b - got[1]));
}

/*
 * Two forecasts, two deaths of a day or two fixtures are told in the same words
 * but for a name in the title, a date or a count. A second report of one event
 * has more to say, but then the first has nothing that it contradicts.
 */
static double agreement(const struct likeness_probe *p,
                        const struct likeness_doc *d,
                        const struct common_part *c)
{
        double title = apart(c->sharp, p->sharp, d->sharp) / ENOUGH;
        double figures = apart(c->figures, p->figures, d->figures);

        return 1 - OTHER_TITLE * fmin(1, title) -
               OTHER_FIGURES * fmin(1, figures / FIGURES_MANY);
}

double likeness(const struct likeness_probe *p, const struct likeness_doc *d)
{
        struct common_part c = { 0 };
        double a, b, x;

        compare(p, d, &c);
        a = (double)(p->square + c.extra);
        b = (double)(d->square + c.extra);
        if (!(c.dot > 0) || !(a > 0) || !(b > 0))
                return 0;
        x = PART_COSINE * fmin(1, (double)c.dot / sqrt(a * b)) +
            PART_TITLE * lesser(c.title, p->title, d->title) +
            PART_NAMES * lesser(c.names, p->names, d->names) +
            PART_LEAD * lesser(c.lead, p->lead, d->lead);
        x *= agreement(p, d, &c);
        return p->is_headline || d->is_headline
                       ? x * HEADLINE_TIMES + HEADLINE_PLUS
                       : x;
}

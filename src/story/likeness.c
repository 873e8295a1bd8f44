#include "story/likeness.h"

#include <math.h>
#include <string.h>

/*
 * Learnt on labelled sets (bench/story_learn.sh): what each part says, and
 * what a likeness of headlines is worth where one has no text.
 */
#define PART_COSINE 0.62
#define PART_TITLE 0.17
#define PART_NAMES 0.13
#define PART_LEAD 0.08
#define ENOUGH 14.0 /* the weight of some two words: less is not all of it */
#define HEADLINE_TIMES 1.5
#define HEADLINE_PLUS 0.03

/* count to the power of 0.3: a word that comes often says little more. */
static const float powers[GIST_COUNT_MAX + 1] = {
        0.0f,     1.0f,     1.23114f, 1.39039f, 1.51572f, 1.62066f, 1.71177f,
        1.79279f, 1.86607f, 1.93318f, 1.99526f, 2.05314f, 2.10743f, 2.15864f,
        2.20717f, 2.25334f, 2.29740f, 2.33958f, 2.38002f, 2.41890f, 2.45635f,
        2.49248f, 2.52739f, 2.56117f, 2.59390f, 2.62565f, 2.65649f, 2.68648f,
        2.71566f, 2.74408f, 2.77180f, 2.79883f,
};

float likeness_count(uint32_t count)
{
        return powers[count < GIST_COUNT_MAX ? count : GIST_COUNT_MAX];
}

void likeness_begin(struct likeness_probe *p, bool is_headline)
{
        p->n_words = p->n_pairs = 0;
        p->is_headline = is_headline;
        p->square = p->title = p->names = p->lead = 0;
        memset(p->word_slots, 0, sizeof(p->word_slots));
        memset(p->pair_slots, 0, sizeof(p->pair_slots));
}

static uint32_t slot_of(uint32_t id)
{
        return (id * 0x9E3779B1u) >> 22;
}

static struct likeness_entry *put(struct likeness_entry *all, size_t *n,
                                  uint16_t *slots, uint32_t packed)
{
        uint32_t i = slot_of(likeness_id(packed));

        while (slots[i])
                i = (i + 1) % LIKENESS_SLOTS;
        slots[i] = (uint16_t)(*n + 1);
        all[*n] = (struct likeness_entry) { .id = likeness_id(packed),
                                            .marks = packed & 7 };
        return &all[(*n)++];
}

void likeness_add_word(struct likeness_probe *p, uint32_t packed, float weight)
{
        if (p->n_words == GIST_MAX || !(weight > 0))
                return;

        struct likeness_entry *e =
                put(p->words, &p->n_words, p->word_slots, packed);

        e->weight = weight;
        e->in_text = weight * likeness_count(packed >> 3 & 31);
        p->square += e->in_text * e->in_text;
        p->title += e->marks & GIST_TITLE ? weight : 0;
        p->names += e->marks & GIST_NAME ? weight : 0;
        p->lead += e->marks & GIST_LEAD ? weight : 0;
}

void likeness_add_pair(struct likeness_probe *p, uint32_t packed, float weight,
                       bool is_new)
{
        if (p->n_pairs == GIST_MAX || !(weight > 0))
                return;

        struct likeness_entry *e =
                put(p->pairs, &p->n_pairs, p->pair_slots, packed);

        e->weight = weight;
        e->in_text = weight * likeness_count(packed >> 3 & 31);
        e->is_new = is_new;
        if (!is_new)
                p->square += e->in_text * e->in_text;
}

static const struct likeness_entry *find(const struct likeness_entry *all,
                                         const uint16_t *slots, uint32_t id)
{
        uint32_t i = slot_of(id);

        for (; slots[i]; i = (i + 1) % LIKENESS_SLOTS)
                if (all[slots[i] - 1].id == id)
                        return &all[slots[i] - 1];
        return NULL;
}

/* What two articles have in common: of the words the one marks, how much
 * weight the other has anywhere. */
struct common_part {
        float dot, extra; /* extra: squares that neither length has yet */
        float title[2], names[2], lead[2];
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
}

static void compare(const struct likeness_probe *p,
                    const struct likeness_doc *d, struct common_part *c)
{
        for (uint32_t i = 0; i < d->n_words; i++) {
                uint32_t x = d->terms[i];
                const struct likeness_entry *e =
                        find(p->words, p->word_slots, likeness_id(x));

                if (!e)
                        continue;
                c->dot += e->in_text * e->weight * likeness_count(x >> 3 & 31);
                add_marked(c, 0, e->marks, e->weight);
                add_marked(c, 1, x & 7, e->weight);
        }
        for (uint32_t i = d->n_words; i < (uint32_t)d->n_words + d->n_pairs;
             i++) {
                uint32_t x = d->terms[i];
                const struct likeness_entry *e =
                        find(p->pairs, p->pair_slots, likeness_id(x));

                if (!e)
                        continue;
                float both =
                        e->in_text * e->weight * likeness_count(x >> 3 & 31);
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
        return p->is_headline || d->is_headline
                       ? x * HEADLINE_TIMES + HEADLINE_PLUS
                       : x;
}

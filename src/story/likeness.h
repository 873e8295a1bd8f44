#ifndef STORY_LIKENESS_H
#define STORY_LIKENESS_H

/*
 * How much two articles tell the same, 0 to about 1: the formula of
 * docs/design/0013 and nothing else. An article is a list of words and pairs
 * with weights; one of the two is loaded into a probe and compared with many.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "story/gist.h"

/*
 * A word or pair of an article, packed: 24 bits of its number, 4 of its count,
 * 4 of its marks (GIST_TITLE and so on).
 */
#define LIKENESS_IDS (1u << 24)

static inline uint32_t likeness_pack(uint32_t id, uint32_t count,
                                     uint32_t marks)
{
        uint32_t c = count < GIST_COUNT_MAX ? count : GIST_COUNT_MAX;

        return (id & (LIKENESS_IDS - 1)) << 8 | c << 4 | (marks & 15);
}

static inline uint32_t likeness_id(uint32_t packed)
{
        return packed >> 8;
}

static inline uint32_t likeness_marks(uint32_t packed)
{
        return packed & 15;
}

/* The weight of a term that comes so often, over one that comes once. */
static inline float likeness_count(uint32_t packed)
{
        extern const float likeness_powers[GIST_COUNT_MAX + 1];

        return likeness_powers[packed >> 4 & 15];
}

/* What parts one event from another of its kind. */
static inline bool likeness_is_sharp(uint32_t marks)
{
        return marks & GIST_TITLE && marks & (GIST_NAME | GIST_FIGURE);
}

/* The words of an article first, then its pairs, of these first the ones that
 * some other article has too. */
struct likeness_doc {
        uint32_t *terms;
        uint16_t n_words, n_pairs, n_shared;
        bool is_headline;
        float square;             /* sum of squared weights */
        float title, names, lead; /* sum of weights of the words so marked */
        float sharp;              /* ... of names and figures of the title */
        float figures;            /* of the lead: how many */
};

struct likeness_entry {
        uint32_t id, marks;
        float weight;  /* of the term in news */
        float in_text; /* times how often it comes */
        bool is_new;   /* no article before had it: not in any square */
};

#define LIKENESS_SLOTS 1024u
#define LIKENESS_BITS 4096u /* most words are in one of the two only */

struct likeness_probe {
        struct likeness_entry words[GIST_MAX], pairs[GIST_MAX];
        size_t n_words, n_pairs;
        bool is_headline;
        bool is_outside; /* not counted yet, nor are its pairs */
        float square, title, names, lead, sharp, figures;
        uint16_t word_slots[LIKENESS_SLOTS], pair_slots[LIKENESS_SLOTS];
        uint64_t word_bits[LIKENESS_BITS / 64], pair_bits[LIKENESS_BITS / 64];
};

void likeness_begin(struct likeness_probe *p, bool is_headline,
                    bool is_outside);
/* packed is not yet among those of p. weight 0: it says nothing. */
void likeness_add_word(struct likeness_probe *p, uint32_t packed, float weight);
void likeness_add_pair(struct likeness_probe *p, uint32_t packed, float weight,
                       bool is_new);

double likeness(const struct likeness_probe *p, const struct likeness_doc *d);

#endif

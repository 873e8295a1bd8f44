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

/* The weight of words by their marks: four sums at once. */
typedef float likeness_sums __attribute__((vector_size(16)));
enum { LIKENESS_TITLE, LIKENESS_NAMES, LIKENESS_LEAD, LIKENESS_SHARP };

/* weight in the sums to which the marks of packed belong; names and figures of
 * the title are sharp: they part one event from another of its kind. */
static inline likeness_sums likeness_marked(uint32_t packed, float weight)
{
        extern const likeness_sums likeness_marks_of[16];

        return weight * likeness_marks_of[packed & 15];
}

static inline int likeness_is_figure(uint32_t packed)
{
        return (packed & GIST_FIGURE) != 0;
}

/* What an article has in all. */
struct likeness_whole {
        likeness_sums sums; /* weights of the words so marked */
        float square;       /* sum of squared weights */
        int figures;        /* of the lead: how many */
};

/* One word more, which weighs more than nothing. */
static inline void likeness_add(struct likeness_whole *all, uint32_t packed,
                                float weight)
{
        float in_text = weight * likeness_count(packed);

        all->square += in_text * in_text;
        all->sums += likeness_marked(packed, weight);
        all->figures += likeness_is_figure(packed);
}

/* The words of an article first, then its pairs, of these first the ones that
 * some other article has too. */
struct likeness_doc {
        struct likeness_whole whole;
        uint32_t *terms;
        uint16_t n_words, n_pairs, n_shared;
        bool is_headline;
};

struct likeness_entry {
        uint32_t packed;
        float weight;    /* of the term in news */
        float square;    /* ... times its weight in the text */
        uint32_t is_new; /* no article before had it: not in any square */
};

#define LIKENESS_SLOTS                                                         \
        2048u /* few of them taken: most words are in one only                 \
               */

struct likeness_table {
        struct likeness_entry items[GIST_MAX];
        size_t n;
        uint16_t slots[LIKENESS_SLOTS]; /* index + 1 */
};

struct likeness_probe {
        struct likeness_whole whole; /* the caller's to fill in */
        struct likeness_table words, pairs;
        bool is_headline;
        bool is_outside; /* not counted yet, nor are its pairs */
};

/* Empty it but for its whole. */
void likeness_begin(struct likeness_probe *p, bool is_headline,
                    bool is_outside);
/* packed is not yet in the table, and its weight is more than nothing. */
void likeness_put(struct likeness_table *t, uint32_t packed, float weight,
                  bool is_new);

double likeness(const struct likeness_probe *p, const struct likeness_doc *d);

/*
 * What is left of the likeness of two articles that are dated a and b. Events
 * of one kind in one place come again in the words of the last, so it counts
 * less from one day to the next; a story that goes on is held together by its
 * articles of every day.
 */
double likeness_nearness(int64_t a, int64_t b);

#endif

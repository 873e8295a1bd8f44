#ifndef STORY_CORPUS_H
#define STORY_CORPUS_H

/*
 * The articles that are held, as words and pairs with numbers: which articles
 * have a word, how many have a pair, and what each weighs by that
 * (docs/design/0013). It knows nothing of stories.
 *
 * Weights change as articles come. So corpus_weigh() is called when many have,
 * and an article is measured with the new weights when it is next looked at.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "story/gist.h"
#include "story/likeness.h"

struct arena;
struct common;

struct corpus_term {
        uint64_t key;
        uint32_t *more; /* articles that have it, in the order they came, */
        size_t cap;     /* ... but for the first: most have no other */
        uint32_t first;
        float prior; /* share of articles in news at large */
};

/* What is asked of a term most often. */
struct corpus_fact {
        float weight;
        uint32_t n; /* articles that have it */
};

struct corpus_doc {
        struct likeness_doc like;
        int64_t at;
        uint32_t round; /* in which it was measured; 0: not yet */
};

#define CORPUS_PAIR_MOST 255u /* more articles that have a pair aren't told */

struct corpus {
        struct arena *a;
        const struct common *common;
        struct corpus_term *terms;
        struct corpus_fact *facts; /* of the terms */
        size_t n_terms, cap_terms, cap_facts;
        uint32_t *slots; /* index + 1 into terms; a power of two of them */
        size_t n_slots;
        struct corpus_doc *docs;
        size_t n_docs, cap_docs;
        uint8_t *pairs; /* how many articles have a pair, by its hash */
        int pair_bits;
        float pair_weights[CORPUS_PAIR_MOST + 1];
        uint32_t round; /* counts the weighings */
};

/* All of it lives in a. common is borrowed. */
void corpus_init(struct corpus *c, struct arena *a,
                 const struct common *common);

/* One article more, dated at. Returns its number; they count up from 0. */
uint32_t corpus_add(struct corpus *c, const struct gist *f, int64_t at);
/* The same for one of another corpus. */
uint32_t corpus_carry(struct corpus *c, const struct corpus *from,
                      uint32_t doc);

/* Weigh all terms by the articles there are; or those of the last one only. */
void corpus_weigh(struct corpus *c);
void corpus_weigh_last(struct corpus *c);

/* Measured. Borrowed until the next call of those above. */
const struct likeness_doc *corpus_doc(struct corpus *c, uint32_t doc);
/* It will be looked at soon: its memory is on the way. */
void corpus_expect(const struct corpus *c, uint32_t doc);

/* Load the probe with one of ours, or with an article that is none. */
void corpus_load(struct corpus *c, uint32_t doc, struct likeness_probe *p);
void corpus_load_gist(const struct corpus *c, const struct gist *f,
                      struct likeness_probe *p);

#endif

#ifndef STORY_SCORE_H
#define STORY_SCORE_H

/* The terms of one story's rank; rank.h lists them. For rank.c and terms.c
 * only. */

#include "story/rank.h"

struct beats;
struct life_titles;
struct map;
struct topics;

struct scoring {
        struct arena *a;
        const struct rank_input *in;
        struct words *words;
        struct beats *beats;
        struct map *counts;  /* source -> how many articles */
        struct map *printed; /* story's number in decimals -> its entries */
        struct life_titles *titles;
        struct topics *follow, *mute;
        int64_t since; /* where the edition's hours begin */
};

/* Fill in all of s but its place, from s->articles[0 .. s->n_all) of one
 * story. is_closer: what costs more too (score_closer). */
void score_story(struct scoring *sc, struct story *s, bool is_closer);

/* What a term is worth; 1 where it is left out. */
double score_term(const struct story *s, const char *name);
/* The score but for n of its terms. */
double score_without(const struct story *s, const char *const *names, size_t n);
/* What it would score if so many more publishers told it, with a text, when it
 * was ranked: such as publish much and place it as its others do. */
double score_if_told(const struct story *s, size_t more, double novelty);

#endif

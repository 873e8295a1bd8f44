#ifndef STORY_TELLING_H
#define STORY_TELLING_H

/*
 * A story while it is told: who tells it, what is told already, and what its
 * tellers have in common. Shared by telling.c, which weighs them, and tell.c,
 * which takes their sentences.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "story/lang.h"
#include "story/sentence.h"
#include "story/story.h"
#include "story/tell.h"

struct words;

#define TELLERS_MAX 12 /* articles read for a lead */
#define TELLERS_FEW 6  /* for a list */
#define TITLE_TERMS 24

/* A term and how many tellers have it in their openings. */
struct core_term {
        uint64_t term;
        size_t n;
};

/* An article that tells part of the story, and its sentences. */
struct teller {
        const struct article *art;
        enum lang lang;
        struct span *spans;
        size_t n;
        bool *is_used;
        bool is_margin; /* it begins unlike the others */
};

struct telling {
        struct arena *a;
        struct words *words;
        const struct article_list *texts;
        struct story *s;
        struct teller tellers[TELLERS_MAX];
        size_t n;
        struct tell_budget *budget;
        bool is_lead;
        struct core_term *core; /* what several tellers begin with */
        size_t n_core;
        uint64_t names[TITLE_TERMS]; /* of the head's title: of whom it tells */
        size_t n_names;
        uint64_t *told; /* terms of what is told already */
        size_t n_told, cap_told;
};

struct news {
        size_t told, all; /* of its words: told already; all */
};

/* The head first; unless head_only one article of each other family, too. Those
 * found already stay. */
void telling_find(struct telling *t, bool head_only);

/* May art's source give n words more? And: it gave those of text. */
bool telling_may_give(const struct telling *t, const struct article *art,
                      size_t n);
void telling_give(struct telling *t, const struct article *art,
                  struct str text);

/* Was it written on the day of the edition, or is that unknown? */
bool telling_is_of_day(const struct telling *t, const struct article *art);

/* Take sentence i of x: it is told now. */
struct sentence telling_use(struct telling *t, struct teller *x, size_t i);

/* Does what is told have the term? */
bool telling_is_told(const struct telling *t, uint64_t term);
/* Or do several tellers begin with it, or the headline name it? */
bool telling_is_known(const struct telling *t, uint64_t term);
struct news telling_news_of(const struct telling *t, const struct span *span,
                            enum lang lang);
/* Most of what it says was said. */
bool telling_says_nothing(const struct telling *t, const struct span *span,
                          enum lang lang);
/* It shares too few words with what is told to be about it. */
bool telling_is_astray(const struct telling *t, const struct span *span,
                       enum lang lang);
/* Does sentence i of x name somebody whom nothing told introduces? */
bool telling_is_stranger(struct telling *t, const struct teller *x, size_t i);

/* How far each teller begins as the others do; finds the core by the way. */
void telling_weigh(struct telling *t, double *worth);
/* The share of the words of sentence i of x that several tellers begin with. */
double telling_core_of(const struct telling *t, const struct teller *x,
                       size_t i);

/* The terms of the head's title that carry news; room for TITLE_TERMS. */
size_t telling_title_terms(struct telling *t, uint64_t *terms);
/* Fill t->names: whom and what the title names. */
void telling_find_names(struct telling *t);
/* The share of n terms that sentence i of x has. */
double telling_share_of(struct telling *t, const struct teller *x, size_t i,
                        const uint64_t *terms, size_t n);

/* After the first: who tells the story itself before who tells its margins.
 * Those who tell of others are left out. */
void telling_order(struct telling *t);

#endif

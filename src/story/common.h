#ifndef STORY_COMMON_H
#define STORY_COMMON_H

/*
 * How common a term is in news at large: what the weights of words start from
 * before the index has seen enough articles of its own.
 */

#include <stdint.h>

struct arena;
struct common;
struct words;

struct common *common_new(struct arena *a, struct words *w);

/* The share of articles that have the term, 0 to 0.9; 0: not a common one. */
double common_share(const struct common *c, uint64_t term);

#endif

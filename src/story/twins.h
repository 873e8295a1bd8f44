#ifndef STORY_TWINS_H
#define STORY_TWINS_H

/*
 * Pieces that find no company by their words (opinion, long reads) but are
 * printed by several outlets: a syndicated column is one story, and appears
 * once. Twins have the same words (shingle.h), or the same long headline.
 */

#include <stdint.h>

#include "store/article.h"

struct arena;
struct twins;

/* Lives in a, but for what twins_free gives back. */
struct twins *twins_new(struct arena *a);
void twins_free(struct twins *t); /* NULL is fine */

/* The story of a piece that is the same; 0: there is none. art has its text. */
int64_t twins_find(struct twins *t, const struct article *art);
/* art is of that story, and is found from now on. It must outlive t. */
void twins_add(struct twins *t, const struct article *art, int64_t story_id);

#endif

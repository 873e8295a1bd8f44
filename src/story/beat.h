#ifndef STORY_BEAT_H
#define STORY_BEAT_H

/*
 * What a piece is about: politics, law, sport ... Told by the folders of its
 * address, else by several words of its headline and summary (beat.def), else
 * by its feed. A feed of "world" or "opinion" is general: it is asked last.
 */

#include "store/article.h"

struct arena;
struct beats;
struct words;

/* Lives in a. */
struct beats *beats_new(struct arena *a, struct words *w);

/* The beat of art, or its feed's where nothing tells. Static or art's own. */
struct str beat_of(const struct beats *b, struct words *w,
                   const struct article *art);

/* Is it one of the beats we know, in lower case? */
bool beat_is_known(struct str name);

#endif

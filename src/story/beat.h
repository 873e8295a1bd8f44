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

/*
 * The beat of the articles of a story, the first of which is its head: what
 * more than half of their addresses and feeds say, for a city's politics feed
 * carries its Cup final too; else what the words of all say; else what the most
 * of those sources say; at last the feed's of the head. n is at least 1. Static
 * or an article's own.
 */
struct str beat_of(const struct beats *b, struct words *w,
                   const struct article *const *articles, size_t n);

/*
 * The same for a piece that is told, from all of its text: what a column is
 * about is seldom in its headline. art has its text; nothing tells: absent.
 */
struct str beat_of_text(struct arena *a, const struct article *art);

/* A beat that says more than "world" or "opinion". */
bool beat_is_specific(struct str beat);

#endif

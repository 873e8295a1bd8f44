#ifndef STORY_VOICES_H
#define STORY_VOICES_H

/*
 * Who tells a story. A voice is a publisher family; families that print the
 * same words (an agency's copy) are one voice together. Opinion is no voice.
 *
 * A family that says the same again is not fresher for it: last_at moves only
 * with another headline. So a flood from one source is one voice, and as old
 * as its first drop.
 */

#include "story/story.h"

struct arena;
struct words;

struct voice {
        struct str source; /* the family that had it first */
        int64_t first_at, last_at;
        int64_t position; /* best place in a feed */
        size_t families;  /* more than one: they share their copy */
        double weight;    /* the owner's, the highest of its families */
        const struct article *first, *last;
};

struct voices {
        struct voice *items; /* by first_at, then source */
        size_t n;
};

/* The owner's word on a family: it counts as so many. */
struct weight {
        struct str source;
        double value;
};

struct weights {
        const struct weight *items;
        size_t n;
};

/* The voices among the articles dated at or after since. In a. */
struct voices voices_find(struct arena *a, struct words *w,
                          const struct article *const *articles, size_t n,
                          int64_t since, const struct weights *weights);

#endif

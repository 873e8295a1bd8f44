#ifndef STORY_VOICES_H
#define STORY_VOICES_H

/*
 * Who tells a story. A voice is a publisher family; families that print the
 * same words (an agency's copy) are one voice together. Opinion is no voice.
 */

#include "story/story.h"

struct arena;
struct words;

struct voice {
        struct str source; /* the family that had it first */
        int64_t first_at, last_at;
        int64_t position; /* best place in a feed */
        size_t families;  /* more than one: they share their copy */
};

struct voices {
        struct voice *items; /* by first_at, then source */
        size_t n;
};

/* The voices among the articles dated at or after since. In a. */
struct voices voices_find(struct arena *a, struct words *w,
                          const struct article *const *articles, size_t n,
                          int64_t since);

#endif

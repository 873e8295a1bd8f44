#ifndef STORY_SHINGLE_H
#define STORY_SHINGLE_H

/*
 * Near-duplicates: ten outlets that print one agency's copy are one voice.
 *
 * A sketch keeps the least of each of 32 mixes over all runs of three words;
 * the share of places in which two sketches agree is close to the share of
 * runs that the texts have in common.
 */

#include <stdint.h>

#include "base/str.h"
#include "story/lang.h"

struct words;

#define SHINGLE_PLACES 32
#define SHINGLE_COPY 0.6 /* from which two texts count as one */

struct sketch {
        uint32_t least[SHINGLE_PLACES];
        uint32_t words; /* of the text; too few say nothing */
};

struct sketch shingle_read(struct words *w, struct str text, enum lang lang);
/* 0 to 1; 0 when either text is too short to tell. */
double shingle_likeness(const struct sketch *a, const struct sketch *b);

#endif

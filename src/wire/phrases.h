#ifndef WIRE_PHRASES_H
#define WIRE_PHRASES_H

/* Phrases that tell a page's furniture by its words, in the languages of big
 * publishers: "read also", "photo:", "all rights reserved" (phrases.def). */

#include <stdint.h>

#include "base/str.h"

enum phrase_kind {
#define KIND(name) PHRASE_##name,
#include "wire/phrases.def"
#undef KIND
        PHRASE_KINDS
};

struct arena;
struct phrases;

/* The index over the table; lives in a. */
const struct phrases *phrases_new(struct arena *a);

/* Bits 1 << PHRASE_x of the kinds that line begins with or, if it is short,
 * holds. */
unsigned phrases_read(const struct phrases *p, struct str line);

#endif

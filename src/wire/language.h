#ifndef WIRE_LANGUAGE_H
#define WIRE_LANGUAGE_H

/* Which language a text is in: as declared, else by its script and its most
 * common words (language.def). */

#include "base/str.h"

struct arena;

/* A declared language ("en_GB", "de, en") as a tag ("en-GB"), in a; absent:
 * it is none. */
struct str language_tag(struct arena *a, struct str declared);

/* The tag of text's language ("de"); absent: too little, or none we know. */
struct str language_guess(struct str text);

#endif

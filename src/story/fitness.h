#ifndef STORY_FITNESS_H
#define STORY_FITNESS_H

/* May a sentence be printed away from its article? */

#include <stdbool.h>

#include "base/str.h"
#include "story/lang.h"

/*
 * Whole, of a printable length, its quotation marks and brackets in pairs, and
 * no furniture: no byline, caption, credit, invitation to read or subscribe.
 */
bool fitness_is_fit(struct str sentence, enum lang lang);

/* Does it lean on the one before: "He", "Meanwhile", "But", "The two men"? */
bool fitness_is_leaning(struct str sentence, enum lang lang);

/* Does it end in "..., he said"? It may stand only behind who that is. */
bool fitness_says_he(struct str sentence, enum lang lang);

/* Does somebody speak of himself outside of quotation marks: "We are glad"? In
 * news that is somebody's words without him. */
bool fitness_is_personal(struct str sentence, enum lang lang);

#endif

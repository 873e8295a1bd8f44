#ifndef STORY_TONGUE_H
#define STORY_TONGUE_H

/* The habits of a language's sentences, from tongue.def. Languages that have
 * no entry there use English's, which does little harm. */

#include <stdbool.h>

#include "base/str.h"
#include "story/lang.h"

/* Words are taken in any case. */
enum tongue_stop {
        TONGUE_WORD,   /* no abbreviation */
        TONGUE_NEVER,  /* an abbreviation that ends no sentence */
        TONGUE_MAY_END /* one that ends it when a new one plainly begins */
};
enum tongue_stop tongue_abbreviation(enum lang lang, struct str word);
bool tongue_is_opener(enum lang lang, struct str word);
bool tongue_is_verb(enum lang lang, struct str word);

/* The word that s begins with: letters and digits, with ' and - inside. */
struct str tongue_first_word(struct str s);

#endif

#ifndef STORY_SURNAME_H
#define STORY_SURNAME_H

/*
 * Whom a sentence names by the surname alone. Away from its article such a
 * sentence tells of a stranger, unless the one that introduces him is printed
 * with it.
 */

#include <stddef.h>

#include "base/str.h"
#include "story/lang.h"
#include "story/sentence.h"

#define SURNAMES_MAX 4 /* of a sentence that are looked up */

struct surname {
        struct str name;
        size_t by; /* the sentence that introduces its bearer, in full */
};

/*
 * The surnames in spans[i] that an earlier sentence introduces: "Tamm said so"
 * wants "Rory Tamm" before it, or a headline with his name. Views of spans; at
 * most SURNAMES_MAX; 0: nobody has to be introduced. In German, whose nouns
 * have capitals all, none is found.
 */
size_t surname_find(const struct span *spans, size_t i, struct str title,
                    enum lang lang, struct surname *ret);

#endif

#ifndef STORY_SENTENCE_H
#define STORY_SENTENCE_H

/*
 * A text cut into sentences, and which of them may be printed alone.
 *
 * A sentence is a stretch of the text as it stands, so that its bytes can be
 * proved against the article for ever.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "story/lang.h"

struct arena;

#define SENTENCES_MAX 200 /* of one text; what follows is left */

struct span {
        struct str text;
        size_t offset;
        uint32_t paragraph; /* from 0 */
        bool is_fit;        /* whole, with balanced quotes, no furniture */
        bool is_leaning;    /* needs the sentence before it: "He also ..." */
        bool is_off_day;    /* its "today" is another day than its reader's; set
                               by who knows both days */
};

/* The sentences of text in order; views of it, the array in a. A dateline
 * ("HARBOUR CITY (Agency) - ") is left out of the sentence it opens. */
size_t sentence_split(struct arena *a, struct str text, enum lang lang,
                      struct span **ret);

#endif

#ifndef STORY_BLURB_H
#define STORY_BLURB_H

/*
 * Which sentences of an article tell it: those most like all the others
 * (LexRank), the earlier the better, none that says what a chosen one says,
 * none that leans on a sentence which isn't there.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "story/lang.h"
#include "story/sentence.h"

struct arena;
struct words;

struct blurb_ask {
        struct str title;
        enum lang lang;
        size_t sentences; /* at most */
        size_t max_b;     /* at most, of text; 0: any */
        bool must_open;   /* the first opens the article, if it is fit, and none
                             says the headline over again */
};

/* Indices into spans, rising; their number is returned (0: nothing is fit).
 * The array is in a. */
size_t blurb_choose(struct arena *a, struct words *w, const struct span *spans,
                    size_t n, const struct blurb_ask *ask, size_t **ret);

/* Does it begin with what somebody said? */
bool blurb_is_speech(struct str sentence);

#define BLURB_NAMES 4 /* of a sentence that are looked up */

/* A surname, and the sentence that introduces its bearer. */
struct blurb_name {
        struct str name;
        size_t by;
};

/*
 * The surnames in spans[i] that an earlier sentence introduces: "Tamm said so"
 * wants "Rory Tamm" before it, or a headline with his name. At most BLURB_NAMES
 * of them; 0: nobody has to be introduced.
 */
size_t blurb_names(const struct span *spans, size_t i, struct str title,
                   enum lang lang, struct blurb_name *ret);

#endif

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

#endif

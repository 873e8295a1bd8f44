#ifndef STORY_WORDING_H
#define STORY_WORDING_H

/*
 * Set phrases by which a sentence, a quotation or a headline betrays what it
 * is, from wording.def: "today" is another day tomorrow, "I heard" tells what
 * one saw, "what to know about" tells nothing. The eight languages of the press
 * have entries; others have none.
 */

#include <stdbool.h>

#include "base/str.h"
#include "story/lang.h"

enum wording_list {
        WORDING_DAYS,       /* true on the day of writing: "last night" */
        WORDING_TURNS,      /* near the front: it answers the one before */
        WORDING_STANCE,     /* somebody claims, decides, judges */
        WORDING_WITNESS,    /* somebody tells what he saw */
        WORDING_ROUTINE,    /* somebody says that he can't say yet */
        WORDING_SILENCE,    /* somebody was asked and said nothing */
        WORDING_EXPLAINERS, /* a headline that promises and doesn't tell */
        WORDING_LISTS
};

/* Does s hold one of the list's phrases, as whole words, in any case? */
bool wording_has(enum lang lang, enum wording_list list, struct str s);

#endif

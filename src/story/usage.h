#ifndef STORY_USAGE_H
#define STORY_USAGE_H

/*
 * How a language writes its sentences and its speech, from usage.def: where a
 * full stop ends none, what leans on the sentence before, who said what. The
 * eight languages of the press have entries; all others use English's, which
 * does little harm.
 *
 * Words are compared in any case, with their accents.
 */

#include <stdbool.h>

#include "base/str.h"
#include "story/lang.h"

enum usage_list {
        USAGE_TITLES,   /* "Mr", "Dr", "e.g": the stop after it ends nothing */
        USAGE_COUNTED,  /* "No", "Nr": nothing when a number follows */
        USAGE_UNITS,    /* "km", "Mio": an abbreviation after a number */
        USAGE_MAY_END,  /* "Inc", "usw": ends when a sentence plainly begins */
        USAGE_OPENERS,  /* "he", "aber": it leans on the sentence before */
        USAGE_PRONOUNS, /* the same, behind a small word: "In her ..." */
        USAGE_WE,       /* whoever speaks of himself */
        USAGE_VERBS,    /* of saying */
        USAGE_CREDITS,  /* "according to": as a verb, before the name only */
        USAGE_FILLERS,  /* between verb and name: "hat", "on", "Friday" */
        USAGE_ARTICLES, /* before a role */
        USAGE_CLAUSES,  /* after a name and a comma: no role begins so */
        USAGE_BREAKS,   /* no role holds it */
        USAGE_OFFICES,  /* after it an office is named, no person */
        USAGE_LISTS
};

bool usage_has(enum lang lang, enum usage_list list, struct str word);

/* Does s begin with one of the phrases that lean on the sentence before? */
bool usage_leans(enum lang lang, struct str s);

/* Does s hold words that stand on pages and in no news? Of any language. */
bool usage_is_furniture(struct str s);

/* "Mr", "Herr", "Mme" of any language, without its stop. */
bool usage_is_honorific(struct str word);
/* "de", "van", "bin": small words inside of a name, of any language. */
bool usage_is_particle(struct str word);

/* The front of s that fits into max_b bytes of out, in small letters, with one
 * kind of apostrophe. */
struct str usage_fold(struct str s, char *out, size_t max_b);

/* The word that s begins with: letters and digits, with ' and - inside. */
struct str usage_first_word(struct str s);

#endif

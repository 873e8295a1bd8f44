#ifndef WIRE_HEADLINE_H
#define WIRE_HEADLINE_H

/*
 * Titles as plain text, whatever they were escaped as.
 *
 * "AT&amp;amp;T" was escaped once too often and is repaired; "<em>new</em>" is
 * markup and goes; "the <blink> tag" is what the title speaks of and stays, as
 * do "**stars**" and other signs that mean something elsewhere.
 */

#include <stdbool.h>

#include "base/str.h"

struct arena;

enum headline_kind {
        HEADLINE_TEXT,  /* a tag in it is text */
        HEADLINE_HTML,  /* a tag in it is a tag */
        HEADLINE_GUESS, /* nobody says, as in RSS */
};

/* In one line, at most LIMIT_TITLE_B long. */
struct str headline_of(struct arena *a, struct str text,
                       enum headline_kind kind);

/* Is there markup in it: a tag with its end, one that has none, or one with
 * attributes? */
bool headline_has_markup(struct str text);

#endif

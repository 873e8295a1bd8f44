#ifndef STORY_TITLE_H
#define STORY_TITLE_H

/*
 * Headlines without what is no news in them: the outlet's name, "(updated)" or
 * a full stop at the end, "Live updates:", "Opinion:" and the like in front.
 * All are views of title.
 */

#include <stdbool.h>

#include "base/str.h"

/* source: the outlet's name, or absent when unknown. */
struct str title_clean(struct str title, struct str source);

/* Neither a date, nor cut off: may it be printed as a headline? */
bool title_is_headline(struct str title);

/* Does the front of the headline say that it is an opinion piece? */
bool title_is_opinion(struct str title);

/* The same of an address: /opinion/, /commentary/, /leitartikel/ ... */
bool title_url_is_opinion(struct str url);

#endif

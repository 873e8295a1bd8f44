#ifndef EDITION_SLUG_H
#define EDITION_SLUG_H

/* A title as part of an address: "ports-reopen-after-week-long-strike". */

#include "base/str.h"

struct arena;

#define SLUG_MAX 80

/*
 * Lower-case ASCII letters and digits joined by single dashes, at most SLUG_MAX
 * of them, cut between words; other scripts are transliterated. "edition" when
 * nothing is left.
 */
struct str slug_of(struct arena *a, struct str title);

#endif

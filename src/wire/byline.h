#ifndef WIRE_BYLINE_H
#define WIRE_BYLINE_H

/*
 * The names in a byline: "By A. Person and B. Writer", "desk@news.example (C.
 * Desk)", "D. Editor; E. Reporter". Mail addresses are left out where a name
 * stands beside them.
 */

#include "base/str.h"

struct arena;

#define BYLINE_NAMES_MAX 10

/* Up to BYLINE_NAMES_MAX names of line, which is plain text in one line; how
 * many. A line that isn't surely a list is one name. */
size_t byline_split(struct arena *a, struct str line, struct str *names);

#endif

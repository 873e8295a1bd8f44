#ifndef WIRE_LINK_H
#define WIRE_LINK_H

/* The Link header (RFC 8288), as far as we need it: a feed's hub and self. */

#include "base/str.h"

struct arena;
struct fetch_answer;

/* What value names goes into w->hub and w->self, absolute, unless there is
 * something already: the first of each counts. */
void link_read(struct arena *a, struct str value, struct str base,
               struct fetch_answer *w);

#endif

#ifndef EDITION_SLOTS_H
#define EDITION_SLOTS_H

/* Which stories a copy carries, by its story= attributes, and under which
 * headline: an editor may have taken some out, or written others. */

#include "edition/edition.h"
#include "store/edition.h"

struct arena;
struct phrases;

/* Each story once, in order; slot is the section's name, title its headline
 * without mark and stop. In a. */
void slots_of(struct arena *a, const struct edition *e,
              const struct phrases *phrases, struct edition_slot **ret,
              size_t *ret_n);

#endif

#ifndef EDITION_SLOTS_H
#define EDITION_SLOTS_H

/* Which stories a copy carries, by its story= attributes: an editor may have
 * taken some out. */

#include "edition/edition.h"
#include "store/edition.h"

struct arena;

/* Each story once, in order; slot is the section's name. In a. */
void slots_of(struct arena *a, const struct edition *e,
              struct edition_slot **ret, size_t *ret_n);

#endif

#ifndef PRESS_FEED_H
#define PRESS_FEED_H

/*
 * The feeds: RSS 2.0, Atom and JSON Feed 1.1, with the full content. An entry's
 * id is the edition's permalink, for ever.
 */

#include "press/press.h"

/* Adds feed.xml, atom.xml and feed.json. issues is newest first, may be empty.
 */
NODISCARD int feed_print(struct arena *a, const struct press *press,
                         const struct issue *issues, size_t n,
                         struct printed_list *out, struct err *err);

#endif

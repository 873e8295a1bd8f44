#ifndef WIRE_IDENTITY_H
#define WIRE_IDENTITY_H

/*
 * What makes two items one article: the page they point to.
 *
 * A page's address, folded (url_identity), outlives new GUIDs, a move to
 * https, parameters that count readers, and the same item in two feeds. Only
 * an item without a page of its own is known by its feed and GUID, else by
 * its feed and title.
 */

#include "wire/item.h"

struct arena;
struct feed;

struct str identity_of(struct arena *a, const struct feed *f,
                       const struct item *item);

/* What a headline's first word marks: "exclusive", "live", "update",
 * "breaking", "correction"; else absent. */
struct str identity_mark(struct arena *a, const struct item *item);

#endif

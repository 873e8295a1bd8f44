#ifndef WIRE_OPML_H
#define WIRE_OPML_H

/*
 * Lists of feeds as every reader exchanges them: OPML 1.0 and 2.0.
 *
 * Our own attributes are source, kind, beat and language; where there is no
 * beat, the innermost folder's name serves, in small letters.
 */

#include "base/err.h"
#include "store/feed.h"

struct arena;
struct buf;

/*
 * The feeds of the list, each address once, relative ones against url (may be
 * absent). ERR_INPUT: it is no OPML. ERR_LIMIT: over LIMIT_OPML_FEEDS feeds.
 */
NODISCARD int opml_read(struct arena *a, struct str bytes, struct str url,
                        struct feed_list *ret, struct err *err);

/* The list as OPML 2.0, in folders by beat. title is the list's. */
void opml_write(struct buf *out, const struct feed_list *feeds,
                struct str title);

#endif

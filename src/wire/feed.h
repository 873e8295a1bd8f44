#ifndef WIRE_FEED_H
#define WIRE_FEED_H

/*
 * A feed's bytes as items: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed.
 *
 * Pure. Broken feeds are read as far as they go; doc->warnings says what was
 * lost. Never trust the label: the bytes say what they are.
 */

#include "base/err.h"
#include "wire/item.h"

struct arena;

/*
 * url (may be absent) is where the bytes came from: relative addresses are
 * resolved against it. ERR_INPUT: it is no feed; for a page, the message
 * names the feed that the page links to. ERR_LIMIT: more than we take.
 */
NODISCARD int feed_parse(struct arena *a, struct str bytes, struct str url,
                         struct str content_type, const struct feed_doc **ret,
                         struct err *err);

/* The name of the format as printed: "rss", "rdf", "atom", "json"; NULL. */
const char *feed_format_name(enum feed_format format);

#endif

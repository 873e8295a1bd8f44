#ifndef WIRE_DISCOVER_H
#define WIRE_DISCOVER_H

/* Which feeds an HTML page offers: <link rel="alternate" type="...">. */

#include "wire/item.h"

struct arena;

/* Absolute addresses, in the order of the page. */
struct strs discover_feeds(struct arena *a, struct str html, struct str url);
bool discover_is_html(struct str text);

#endif

#ifndef WIRE_DISCOVER_H
#define WIRE_DISCOVER_H

/* Which feeds an HTML page offers: <link rel="alternate" type="...">, and links
 * in its text whose address looks like a feed's. Pure. */

#include "wire/item.h"

struct arena;

struct discover_list {
        struct discover_link {
                struct str url;   /* absolute */
                struct str title; /* as the page calls it; may be absent */
                bool is_aside;    /* of comments, or of one page's */
        } * items;
        size_t n, cap;
};

/* Those the page declares, in its order, but such of comments last. */
struct discover_list discover_links(struct arena *a, struct str html,
                                    struct str url);
/* Where it declares none: links in its text that may be feeds. */
struct discover_list discover_anchors(struct arena *a, struct str html,
                                      struct str url);
/* Places where sites have their feed, tried in this order. */
struct discover_list discover_guesses(struct arena *a, struct str url);

/* The addresses that the page declares, in its order. */
struct strs discover_feeds(struct arena *a, struct str html, struct str url);
bool discover_is_html(struct str text);

#endif

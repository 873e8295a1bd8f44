#ifndef WIRE_EXTRACT_H
#define WIRE_EXTRACT_H

/*
 * The article on a web page: its text without what stands around it, and what
 * the page says of itself. Pure.
 */

#include "base/err.h"
#include "wire/item.h"

struct arena;

/* ERR_LIMIT: the page is too large. A page without an article is no error but
 * PAGE_EMPTY. */
NODISCARD int extract_page(struct arena *a, struct str bytes, struct str url,
                           struct str content_type, struct page *ret,
                           struct err *err);

struct extract_request {
        struct str bytes, url, content_type;
        struct str rules; /* lines of sites.txt (sites.h), or absent */
};

/* The same, with the owner's rules. ERR_INPUT: they aren't rules. */
NODISCARD int extract_by_rules(struct arena *a, const struct extract_request *r,
                               struct page *ret, struct err *err);

#endif

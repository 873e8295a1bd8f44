#ifndef WIRE_EXTRACT_META_H
#define WIRE_EXTRACT_META_H

/* What a page says of itself: JSON-LD, meta elements, its visible parts. */

#include <libxml/tree.h>

#include "wire/item.h"

struct arena;

/* From schema.org in JSON-LD. */
struct jsonld {
        struct str headline, body, image, site, language;
        struct strs authors;
        int64_t published, updated;
        bool is_day, is_paid;
};

void jsonld_read(struct arena *a, xmlNode *root, struct jsonld *ret);

/* Everything of *ret but text, html and status. url may be absent. */
void extract_meta(struct arena *a, xmlNode *root, const struct jsonld *ld,
                  struct str url, struct page *ret);

/* The first date that stands in a text ("Published on 12 March 2026"). */
bool extract_find_date(struct str text, int64_t *ret_at, bool *ret_is_day);

#endif

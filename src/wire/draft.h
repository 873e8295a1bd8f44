#ifndef WIRE_DRAFT_H
#define WIRE_DRAFT_H

/*
 * A feed_doc in the making: what the readers of XML and of JSON share. Text is
 * cleaned as it is set, lists are bounded, the first value of a field stands.
 */

#include "base/buf.h"
#include "wire/headline.h"
#include "wire/item.h"

struct arena;

struct draft {
        struct arena *a;
        struct buf scratch;
        struct feed_doc *doc;
        struct str base; /* for addresses without another base */
        bool is_over;    /* there are more items than we take */
};

void draft_init(struct draft *d, struct arena *a, struct str base);
void draft_done(struct draft *d);

void draft_warn(struct draft *d, const char *fmt, ...) PRINTF(2, 3);
/* NULL past LIMIT_FEED_ITEMS. */
struct item *draft_item(struct draft *d);

/* Text or HTML as a line of plain text. */
struct str draft_line(struct draft *d, struct str text,
                      enum headline_kind kind);
/* As sanitised HTML, at most max_b long. */
struct str draft_html(struct draft *d, struct str html, struct str base,
                      bool is_xml);
/* Is it an address by its looks: with a scheme, from the root, or a host? */
bool draft_is_address(struct draft *d, struct str raw);
struct str draft_url(struct draft *d, struct str raw, struct str base);

/* "en_us" as "en-us"; absent when it is no tag of a language. */
struct str draft_language(struct draft *d, struct str tag);

/* Add one that isn't there yet, up to a maximum. */
void draft_add(struct draft *d, struct strs *list, struct str value,
               size_t max);
/* "desk@example.org (A. Person)" gives "A. Person" (byline.h). */
void draft_author(struct draft *d, struct strs *list, struct str text);
void draft_enclosure(struct draft *d, struct item *it, struct str url,
                     struct str type, struct str length);

#endif

#ifndef WIRE_INTAKE_H
#define WIRE_INTAKE_H

/*
 * From an item of a feed, and later its page, to the row that is stored. Pure:
 * all of it comes from the bytes and the clock, nothing from the order in
 * which answers arrive.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "store/article.h"

struct arena;
struct feed;
struct feed_doc;
struct item;
struct page;

/* So much of an item's own text makes reading its page needless. */
#define INTAKE_OWN_B 1200

/* The item at index i of doc, read at now as part of f. In a. Its summary and
 * content are plain text here, as jail_texts gives them. */
struct article intake_item(struct arena *a, const struct feed *f,
                           const struct feed_doc *doc, size_t i, int64_t now);

/* Its page was read; when page says less than the item, that stays. False:
 * there is no article in it. What art takes from page is copied into a. */
bool intake_page(struct arena *a, struct article *art, const struct page *page);
/* There is no page to read: why, for a human. */
void intake_no_page(struct arena *a, struct article *art, struct str why);

#endif

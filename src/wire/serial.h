#ifndef WIRE_SERIAL_H
#define WIRE_SERIAL_H

/*
 * An article that its page doesn't hold whole: it goes on on later pages, or
 * the page is hardly more than its headline and there is another form of it
 * (AMP, for print) on the same site. Says what to read next and joins what
 * came. Pure.
 *
 * Bounded: so many pages, so much text, one host, only addresses that are the
 * first page's with a number (wire/sequel.h). A page that shows its wall is
 * left at that: no way round is looked for.
 */

#include "base/str.h"
#include "wire/item.h"

struct arena;
struct serial;

/* NULL: this page, found at url, is all of it. Else *ret_next is where more
 * is. What is kept of p is copied. */
struct serial *serial_new(struct str url, const struct page *p,
                          struct str *ret_next);
void serial_free(struct serial *s); /* NULL is fine */

/*
 * What was found at the address that was named last, in the end at url. p is
 * NULL when there was nothing to read, and why says so. The next address,
 * borrowed from s; absent: that's all.
 */
struct str serial_add(struct serial *s, struct str url, const struct page *p,
                      struct str why);

/* All that came, joined; borrowed. */
const struct page *serial_page(struct serial *s);
/* What is missing of it, in words; absent: nothing that we know of. */
struct str serial_note(const struct serial *s);

/* What the store wants of a page (no HTML), copied. */
struct page serial_copy(struct arena *a, const struct page *p);

#endif

#ifndef PRESS_HTML_H
#define PRESS_HTML_H

/*
 * Markup written safely: how a text is escaped stands in the name of the
 * function. Only a literal of the program goes out as it is.
 *
 * The same escapes hold in XML, so feeds are written with these too.
 */

#include "base/buf.h"
#include "base/str.h"

struct arena;

/* Between tags. Characters that no document may hold are dropped. */
void html_text(struct buf *b, struct str s);
/* Between double quotes. */
void html_attr(struct buf *b, struct str s);
/* A link's address between double quotes; see html_url_ok. "#" when it isn't.
 */
void html_url(struct buf *b, struct str s);
#define html_lit(b, literal) buf_put((b), STR(literal))

/*
 * May a reader be sent there? mailto, or http and https with a host, or a path
 * of this site: never javascript: or data:, however they are spelled.
 */
bool html_url_ok(struct str s);
/* With brackets and stray per cent signs escaped: browsers read a URL that has
 * them, readers of XML refuse it. In a. */
struct str html_url_strict(struct arena *a, struct str s);

#endif

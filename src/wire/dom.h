#ifndef WIRE_DOM_H
#define WIRE_DOM_H

/* The few things we ask of libxml2's HTML tree, in our own types. */

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/str.h"
#include "wire/lexer.h"

struct arena;
struct buf;

/* NULL when there is nothing in it. Free with xmlFreeDoc. html is UTF-8. */
xmlDoc *dom_parse(struct str html);

bool dom_is_element(const xmlNode *n);
enum tag dom_tag(const xmlNode *n);
/* A borrowed attribute; absent: none. */
struct str dom_attr(const xmlNode *n, const char *name);
/* The next node in the order of the document within top; NULL: none. */
xmlNode *dom_next(const xmlNode *n, const xmlNode *top);
/* The same, past what is within n. */
xmlNode *dom_next_outside(const xmlNode *n, const xmlNode *top);
/* All text below n, blanks folded. */
struct str dom_text(struct arena *a, const xmlNode *n);

#endif

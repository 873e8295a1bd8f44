#ifndef WIRE_ENTITY_H
#define WIRE_ENTITY_H

/*
 * Character references: "&amp;", "&#8217;", "&#x2019;".
 *
 * References to controls and to halves of surrogate pairs give U+FFFD, those
 * to 0x80-0x9F the letters that Windows has there, as browsers do.
 */

#include <stdint.h>

#include "base/str.h"

struct arena;
struct buf;

/*
 * Read the reference at the front of s, which starts with '&'. Returns how
 * many bytes it takes, 0 when it is none that we know: then the '&' is text.
 */
size_t entity_read(struct str s, uint32_t *ret_code);

/* s with its references replaced; s itself when it has none. */
struct str entity_decode(struct arena *a, struct str s);
void entity_decode_to(struct buf *out, struct str s);

/* The other way: & < > and " as entities, so that c, or s, may stand as text
 * or within a double-quoted attribute. */
void entity_encode_char(struct buf *out, char c);
void entity_encode_to(struct buf *out, struct str s);

#endif

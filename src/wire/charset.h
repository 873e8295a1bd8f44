#ifndef WIRE_CHARSET_H
#define WIRE_CHARSET_H

/*
 * Bytes of any encoding as valid UTF-8 without control characters.
 *
 * In order: a byte order mark; the charset of the Content-Type; what the
 * document says of itself; UTF-8 if the bytes are; Windows-1252. A label that
 * the bytes belie is not believed.
 */

#include "base/str.h"

struct arena;

/* *ret_note (may be NULL) is a sentence when something was mended, else
 * absent. bytes themselves are returned when they are good already. */
struct str charset_to_utf8(struct arena *a, struct str bytes,
                           struct str content_type, struct str *ret_note);

#endif

#ifndef WIRE_UNPACK_H
#define WIRE_UNPACK_H

/*
 * Bytes that are packed (gzip, RFC 1952) and nobody said so: a file that was
 * packed once and is served as it lies there.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

bool unpack_is_packed(struct str bytes);

/* In a. What came before the bytes broke off is taken. ERR_INPUT: nothing can
 * be unpacked. ERR_LIMIT: it is over max_b. */
NODISCARD int unpack(struct arena *a, struct str bytes, size_t max_b,
                     struct str *ret, struct err *err);

#endif

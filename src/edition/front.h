#ifndef EDITION_FRONT_H
#define EDITION_FRONT_H

/*
 * The front matter of a copy: the few lines of YAML between "---" and "---".
 *
 * Values are plain, 'single' or "double" quoted; contributors are a list,
 * [a, b] or one "- a" a line. A key we don't know keeps its value as written.
 */

#include "edition/edition.h"
#include "edition/reader.h"

struct buf;

/* Reads the front matter off lines (all of the copy's), sets *ret_next to the
 * line behind it. */
NODISCARD int front_read(struct reader *r, const struct line *lines, size_t n,
                         struct edition *e, size_t *ret_next);

void front_write(struct buf *out, const struct edition *e);

#endif

#ifndef EDITION_BLOCKS_H
#define EDITION_BLOCKS_H

/* Lines into blocks: the block half of CommonMark, with attributes. */

#include "edition/edition.h"
#include "edition/reader.h"

/* Quotes and lists inside each other. */
#define BLOCKS_DEPTH_MAX 8

/*
 * Headings of any level are blocks here; the caller makes sections of them.
 * ERR_INPUT: a fence or a heading's attributes are not closed. ERR_LIMIT: too
 * many, too deep or too long.
 */
NODISCARD int blocks_read(struct reader *r, const struct line *lines, size_t n,
                          int depth, struct block **ret, size_t *ret_n);

#endif

#ifndef EDITION_COPY_H
#define EDITION_COPY_H

/*
 * The copy: an edition as an editor sees it. CommonMark with front matter and
 * Pandoc's attributes (DESIGN.md, "The copy").
 *
 * What copy_write() wrote, copy_read() reads to the same edition, and writing
 * that gives the same bytes. An editor's text is brought into that form.
 */

#include <stdbool.h>

#include "base/err.h"
#include "edition/edition.h"

struct arena;
struct buf;

/*
 * *ret and all it holds live in a; text is copied. ERR_INPUT: it is not a copy;
 * ERR_LIMIT: it is too large or too deep. err begins "line L, column C: ".
 */
NODISCARD int copy_read(struct arena *a, struct str text, struct edition **ret,
                        struct err *err);

/* Check out by buf_ok(); LIMIT_COPY_B is its maximum. */
void copy_write(struct buf *out, const struct edition *e);

/* Same in all that the copy says (lines and runs aside). */
bool copy_equal(const struct edition *x, const struct edition *y);

/* "lead" and so on; "" for SECTION_OTHER. */
const char *copy_kind_name(enum section_kind kind);

#endif

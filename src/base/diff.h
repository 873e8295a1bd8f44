#ifndef BASE_DIFF_H
#define BASE_DIFF_H

/*
 * What differs between two rows of texts: the longest common row between them,
 * after what they begin and end with alike. Rows whose product of lengths is
 * over LIMIT_DIFF_CELLS count as wholly different there, so that time and
 * memory stay bounded.
 */

#include <stddef.h>

#include "base/str.h"

struct arena;

enum diff_kind { DIFF_SAME, DIFF_GONE, DIFF_NEW };

struct diff_run {
        enum diff_kind kind;
        size_t at, n; /* in x; of what is new in y */
        size_t y;     /* of what is the same: where it stands in y */
};

/* The runs in order, in a: what is gone stands before what is new in its
 * place. Returns how many. */
size_t diff_texts(struct arena *a, const struct str *x, size_t nx,
                  const struct str *y, size_t ny, struct diff_run **ret);

#endif

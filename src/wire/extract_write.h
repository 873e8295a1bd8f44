#ifndef WIRE_EXTRACT_WRITE_H
#define WIRE_EXTRACT_WRITE_H

/*
 * The blocks that were kept, written: as plain text, and as HTML with the
 * links, emphasis, lists, quotations, tables and pictures they have. The HTML
 * is sanitize.c's in the end, as all that leaves the wire.
 */

#include "wire/names.h"
#include "wire/survey.h"

struct written {
        struct str text, html;
};

/* place: the article's, as extract_judge() gave it. */
struct written extract_write(struct arena *a, const struct survey *s,
                             size_t place, struct str base);

#endif

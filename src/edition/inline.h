#ifndef EDITION_INLINE_H
#define EDITION_INLINE_H

/*
 * Inline Markdown into runs of styled text, by md4c.
 *
 * Emphasis, strong, code, links, autolinks, escapes, entities and line breaks.
 * HTML stays text. An image gives its description. A link keeps its target only
 * when that is http, https, mailto or relative: nothing an editor pastes
 * becomes a script.
 */

#include "base/err.h"
#include "edition/edition.h"

struct arena;

/* Longest text of one block. */
#define INLINE_MAX_B ((size_t)64 * 1024)

/* A line break of the text is a blank; a hard one is a run with is_break and no
 * text. ERR_LIMIT: too long. */
NODISCARD int inline_runs(struct arena *a, struct str text, struct run **ret,
                          size_t *ret_n);

/* The text of runs without style, breaks as blanks, in a. */
struct str inline_plain(struct arena *a, const struct run *runs, size_t n);

#endif

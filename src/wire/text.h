#ifndef WIRE_TEXT_H
#define WIRE_TEXT_H

/*
 * HTML as plain text: white space folded, each block a paragraph, paragraphs
 * parted by an empty line, a <br> as the end of a line.
 */

#include "base/str.h"

struct arena;

struct str text_from_html(struct arena *a, struct str html);

/* The same in one line. */
struct str text_line_from_html(struct arena *a, struct str html);

/* Does text hold a tag or a character reference that HTML knows? */
bool text_looks_like_html(struct str text);

#endif

#ifndef EDITION_ESCAPE_H
#define EDITION_ESCAPE_H

/*
 * Foreign text into the copy, so that none of it becomes Markdown.
 *
 * What a source wrote stays text when the copy is read: no emphasis, link,
 * entity, attribute, heading, list or second line.
 */

#include "base/str.h"

struct buf;

/* In the middle of a line. White space is folded to single blanks, NBSP kept.
 */
void escape_text(struct buf *out, struct str s);
/* At the front of a paragraph, an item or a quote. */
void escape_start(struct buf *out, struct str s);
/* [text](url); the text alone when url is not http or https. */
void escape_link(struct buf *out, struct str text, struct str url);

#endif

#ifndef PRESS_EPUB_H
#define PRESS_EPUB_H

/*
 * An edition as a book: EPUB 3.3, with cover, contents, and the charts as
 * pictures beside their tables. It is made of the blocks that the page is made
 * of, by templates of its own (epub*.mustache), which are XML. docs/design/0018
 * says why it is built as it is.
 */

#include "press/press.h"

/*
 * printed holds what was printed of the edition so far: the pictures of its
 * charts are taken from there. In a. ERR_INPUT: the theme is wrong; ERR_LIMIT:
 * too large.
 */
NODISCARD int epub_print(struct arena *a, const struct press *press,
                         const struct issue *issue,
                         const struct printed_list *printed, struct str *ret,
                         struct err *err);

#endif

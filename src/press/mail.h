#ifndef PRESS_MAIL_H
#define PRESS_MAIL_H

/*
 * An edition as a letter: subject, and the HTML and text parts made from the
 * same blocks. The post makes the message of it.
 *
 * What is each subscriber's own stands in html and text as a mark, and is put
 * in by replacing it, without printing again:
 *
 *   {{unsubscribe_url}}   in html it stands in a double-quoted attribute
 *
 * No text of an edition can hold a mark: an opening brace is escaped in html,
 * and two of them are parted in text. What replaces a mark must be made of
 * characters that need no escape in either (a URL without & < > ").
 */

#include "press/press.h"

struct letter_body {
        struct str subject;
        struct str preheader; /* what an inbox shows behind the subject */
        struct str html, text;
};

/* ERR_INPUT: the theme is wrong; ERR_LIMIT: the html is over MAIL_HTML_MAX_B.
 */
NODISCARD int mail_print(struct arena *a, const struct press *press,
                         const struct issue *issue, struct letter_body *ret,
                         struct err *err);

/* Some clients cut a letter off at about 102 kB. */
#define MAIL_HTML_MAX_B (90 * 1000)

#endif

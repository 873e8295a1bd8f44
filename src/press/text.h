#ifndef PRESS_TEXT_H
#define PRESS_TEXT_H

/*
 * An edition as plain text, 72 columns wide: edition.txt, and the text part of
 * the letter. Addresses stand behind their words in angle brackets.
 */

#include "press/press.h"

/*
 * foot, when there is one, closes the text as it is (the letter's last lines).
 * ERR_LIMIT: too large.
 */
NODISCARD int text_print(struct arena *a, const struct press *press,
                         const struct issue *issue, const struct str *foot,
                         struct str *ret, struct err *err);

#endif

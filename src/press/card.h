#ifndef PRESS_CARD_H
#define PRESS_CARD_H

/* Pictures that the press draws itself, by cairo and pango. */

#include "press/press.h"

/* The card that a shared link shows: masthead, headline, date. PNG, 1200x630.
 */
NODISCARD int card_draw(struct arena *a, const struct press *press,
                        const struct issue *issue, struct str *ret,
                        struct err *err);

/* The cover of the edition as a book: the same on a tall sheet, with the
 * edition's opening. PNG, 960x1280. */
NODISCARD int card_cover(struct arena *a, const struct press *press,
                         const struct issue *issue, struct str *ret,
                         struct err *err);

/* The paper's icon: its first letter. PNG, 192x192. */
NODISCARD int card_icon(struct arena *a, const struct press *press,
                        struct str *ret, struct err *err);

#endif

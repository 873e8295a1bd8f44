#ifndef PRESS_CORRECTED_H
#define PRESS_CORRECTED_H

/*
 * What readers are told of corrections: a line near the date, the dated notes
 * at the foot, the page on which all versions stand with what was changed, and
 * the letter that tells of one.
 */

#include "press/press.h"

struct value;

/*
 * Into the tree of an edition: corrected ("Corrected at 14:05"), corrections
 * [{when, at, note}], history_url (empty: it was never corrected).
 */
void corrected_put(struct arena *a, const struct press *press,
                   const struct issue *issue, struct value *root);

/* The notes as lines: "6 March at 2:05pm: ...". In a. */
size_t corrected_lines(struct arena *a, const struct press *press,
                       const struct issue *issue, struct str **ret);

/* history/index.html, or nothing when it was never corrected. */
NODISCARD int corrected_print(struct arena *a, const struct press *press,
                              const struct issue *issue,
                              struct printed_list *out, struct err *err);

/*
 * What the letter on a correction says, as an edition of one section: the note,
 * up to CORRECTED_SHOWN passages as they were and are, where to read more. Both
 * versions have their editions. The subject is its title.
 */
const struct edition *corrected_letter(struct arena *a,
                                       const struct press *press,
                                       const struct edition_row *row,
                                       const struct version *before,
                                       const struct version *after);
#define CORRECTED_SHOWN 8

#endif

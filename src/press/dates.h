#ifndef PRESS_DATES_H
#define PRESS_DATES_H

/*
 * An agenda's dates in the reader's words ("2pm in Frankfurt"), and as a
 * calendar of their own (RFC 5545).
 */

#include "base/err.h"
#include "base/str.h"
#include "press/block.h"

struct value;

/* "2pm", "2pm in Frankfurt", by its at=, zone= and place=; empty: a whole day.
 * *ret_placed: the place is said by it. */
struct str dates_clock(const struct block_maker *m, const struct block *item,
                       bool *ret_placed);

/* What else is known of it: [{text, more}]: place, expected, previous, not
 * confirmed. */
struct value *dates_notes(const struct block_maker *m,
                          const struct block *item);
/* The same as one text, parted by points. */
struct str dates_note(const struct block_maker *m, const struct block *item);

/* Does an edition's agenda hold a date at all? */
bool dates_there(const struct edition *e);

/* Its dates as agenda.ics; absent when there are none. In a. ERR_LIMIT: it
 * grew too large. */
NODISCARD int dates_calendar(struct arena *a, const struct press *press,
                             const struct issue *issue, struct str *ret,
                             struct err *err);

#endif

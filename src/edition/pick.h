#ifndef EDITION_PICK_H
#define EDITION_PICK_H

/*
 * Which of the ranked stories an edition carries, and where.
 *
 * The lead is a story of two publishers or more, never opinion. The list after
 * it holds at most two of one publisher, and three beats where there are. What
 * the last editions carried stays out unless something new is known.
 */

#include "edition/compose.h"

/* Where a story can stand. */
enum slot {
        SLOT_LEAD,
        SLOT_STORIES,
        SLOT_MAGAZINE,
        SLOT_READING,
        SLOT_BREAK,
        SLOT_N,
};

struct picks {
        const struct story **items[SLOT_N];
        size_t n[SLOT_N];
};

const char *pick_slot_name(enum slot slot);

/* Which of the slots a story is for by its kind: SLOT_STORIES for news. */
enum slot pick_slot_of(const struct story *s);

/* Ranked, of the edition's language, and not of a recent edition. */
bool pick_is_usable(const struct compose_input *in, const struct story *s);

/* Choose among those that are told. Lists live in a. */
struct picks pick_stories(struct arena *a, const struct compose_input *in);

#endif

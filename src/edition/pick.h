#ifndef EDITION_PICK_H
#define EDITION_PICK_H

/*
 * Which of the ranked stories an edition carries, and where.
 *
 * Rules, the first that speaks wins:
 *   what the editor killed stays out; what was pinned is in, whatever follows
 *   a story is ranked, told, and of the edition's language
 *   what an earlier edition carried comes again only with news in it
 *   the lead is news that two publishers or more tell; where the press reads
 *   one publisher only, its best
 *   the list has at most two stories of one publisher, and three beats where
 *   there are as many
 * Each story keeps the rule that put it where it is, or left it out.
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

/* Choose among those that are told; sets slot, slot_at and rule of each story
 * of in. Lists live in a. */
struct picks pick_stories(struct arena *a, const struct compose_input *in);

#endif

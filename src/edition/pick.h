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
#include "edition/plan.h"

/* The stories of each of the plan's sections. */
struct picks {
        struct plan plan;
        const struct story ***items;
        size_t *n;
        size_t lead; /* which of them is the lead; plan.n: none */
};

/* The plan that in has, or the usual one. In a. */
struct plan pick_plan(struct arena *a, const struct compose_input *in);

/* Choose among those that are told; sets slot, slot_at and rule of each story
 * of in. Lists live in a. */
struct picks pick_stories(struct arena *a, const struct compose_input *in);

#endif

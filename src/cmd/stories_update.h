#ifndef CMD_STORIES_UPDATE_H
#define CMD_STORIES_UPDATE_H

/*
 * Stories kept up to date in the store: what gather does after reading, and
 * the one ranking that compose, stories and why all look at.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct env;
struct story;

struct stories_report {
        size_t articles; /* in the window */
        size_t added;    /* that had no story yet */
        size_t stories;  /* made anew */
        size_t ranked;   /* with a place */
};

/* Give each read article of the window a story, then rank. ret may be NULL. */
NODISCARD int stories_update(struct env *env, struct stories_report *ret);

/* The ranking now, best first (story/rank.h), in env->a. Writes nothing. */
NODISCARD int stories_rank(struct env *env, struct story **ret, size_t *ret_n);

/* Replace the stored ranking by this one, in a transaction of its own. */
NODISCARD int stories_save_ranking(struct env *env, const struct story *stories,
                                   size_t n);

/* Load the story's texts and fill blurb, paragraphs and quote (story/tell.h);
 * in env->a. */
NODISCARD int stories_tell(struct env *env, struct story *s, bool is_lead);

#endif

#ifndef CMD_STORIES_UPDATE_H
#define CMD_STORIES_UPDATE_H

/*
 * Stories kept up to date in the store: what gather does after reading, and
 * the one ranking that compose, stories and why all look at.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct compose_input;
struct env;
struct story;
struct tell_budget;

struct stories_report {
        size_t added;   /* that had no story yet */
        size_t stories; /* made anew */
        size_t ranked;  /* with a place */
};

/*
 * Give each read article of the window a story, then rank and store the
 * ranking. Killed anywhere, a rerun gives the same. ret may be NULL.
 */
NODISCARD int stories_update(struct env *env, struct stories_report *ret);

/*
 * The ranking at env->now for the edition of date (absent: today's), best first
 * (story/rank.h), in env->a. ERR_INPUT: rank.weights is wrong.
 */
NODISCARD int stories_rank(struct env *env, struct str date, struct story **ret,
                           size_t *ret_n);

/* The sections of an edition, as edition.sections has them, in env->a.
 * ERR_INPUT: it is wrong. */
struct plan;
NODISCARD int stories_plan(struct env *env, struct plan *ret);
/* What settings say of an edition's language, rooms and sections; the rest of
 * in is as it was. ERR_INPUT: edition.sections is wrong. */
NODISCARD int stories_rooms(struct env *env, struct compose_input *in);

/* Replace the stored ranking by this one, in a transaction. */
NODISCARD int stories_save_ranking(struct env *env, const struct story *stories,
                                   size_t n);
/* The same, with what compose would do of it if it came now. */
NODISCARD int stories_save_preview(struct env *env, struct story *stories,
                                   size_t n);

/* Keep with an edition why each of its stories is in it, and why the best of
 * the others and those the editor spoke on are not. */
NODISCARD int stories_keep_ranking(struct env *env, int64_t edition_id,
                                   const struct story *stories, size_t n);

/* Load the story's texts; fill its blurb, for a lead also paragraphs and quote,
 * from what budget leaves (story/tell.h). In env->a. */
NODISCARD int stories_tell(struct env *env, struct story *s, bool is_lead,
                           struct tell_budget *budget);

/* The stories that the last editions before today's carried: these stay as they
 * are. In env->a. */
NODISCARD int stories_printed(struct env *env, const int64_t **ret,
                              size_t *ret_n);

/* The id of the press's series of editions: its slug is made of press.name. */
NODISCARD int stories_series(struct env *env, int64_t *ret_id);

#endif

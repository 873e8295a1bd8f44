#ifndef STORY_TELL_H
#define STORY_TELL_H

/*
 * What an edition may print of a story: the blurb, the lead's paragraphs and
 * an attributed quote. Every sentence is verbatim from an article's text at a
 * known byte offset; nothing is written here.
 */

#include <stdbool.h>
#include <stddef.h>

#include "story/story.h"

struct arena;
struct map;

#define TELL_BLURB_MAX 3      /* sentences of a blurb in a list */
#define TELL_PARAGRAPHS_MAX 5 /* of a lead */

/*
 * How many words each source may still give. One budget for a story caps the
 * story, one for all that an edition prints caps the edition, whose day it
 * knows.
 */
struct tell_budget {
        struct arena *a;
        struct map *given; /* source in small letters -> words */
        size_t max;        /* of one source; 0: any */
        /* The day that the edition is for, as it is in its zone. What an
         * article of another day says of "today" is avoided. Both 0: unknown.
         */
        int64_t day_from, day_to;
};

void tell_budget_init(struct arena *a, struct tell_budget *b, size_t max);

/* Count what a told story prints, as a lead or in a list; false, and nothing is
 * counted, when one of its sources has not so much left. */
bool tell_take(struct tell_budget *b, const struct story *s, bool is_lead);

/* Keep what a story's blurb and quote take for it, or give that back: so that
 * others can be told before it is. */
void tell_reserve(struct tell_budget *b, const struct story *s);
void tell_release(struct tell_budget *b, const struct story *s);

/*
 * Fill s->blurb and, for a lead, s->paragraphs and s->quote. texts are the
 * story's articles with their text (article_of_story); those that are not in
 * s->articles are left out. Sentences point into texts, so texts must live as
 * long as s. What is taken is counted in budget. A story whose articles have no
 * text to quote, or whose sources have given all they may, is left with
 * n_blurb 0: print its title only.
 */
void story_tell(struct arena *a, struct story *s,
                const struct article_list *texts, bool is_lead,
                struct tell_budget *budget);

#endif

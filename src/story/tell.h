#ifndef STORY_TELL_H
#define STORY_TELL_H

/*
 * What an edition may print of a story: the blurb, the lead's paragraphs and
 * an attributed quote. Every sentence is verbatim from an article's text at a
 * known byte offset; nothing is written here.
 */

#include "story/story.h"

struct arena;

#define TELL_BLURB_MAX 3      /* sentences of a blurb in a list */
#define TELL_PARAGRAPHS_MAX 5 /* of a lead */

/*
 * Fill s->blurb, s->paragraphs and s->quote. texts are the story's articles
 * with their text (article_of_story); those that are not in s->articles are
 * left out. Sentences point into texts, so texts must live as long as s. A
 * story whose articles have no text to quote is left with n_blurb 0: print its
 * title only.
 */
void story_tell(struct arena *a, struct story *s,
                const struct article_list *texts);

/* The same, but the blurb only: for a list. */
void story_tell_blurb(struct arena *a, struct story *s,
                      const struct article_list *texts);

#endif

#ifndef STORY_HEAD_H
#define STORY_HEAD_H

/* Which article of a story tells it best: its headline becomes the story's. */

#include "story/story.h"

struct arena;
struct words;

/*
 * Among those dated at or after since, news before anything else: a headline
 * with the words the others use too, a text to quote, no live blog. The
 * earlier of equals. Never NULL for n > 0.
 */
const struct article *head_choose(struct arena *a, struct words *w,
                                  const struct article *const *articles,
                                  size_t n, int64_t since);

#endif

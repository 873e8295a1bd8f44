#ifndef STORY_TOPICS_H
#define STORY_TOPICS_H

/*
 * Topics that the owner follows or has muted: words or phrases of any language
 * ("central bank", "Port Ambry"), or a beat ("sport"). An article is on a topic
 * when its headline and summary have all its words, in whatever form.
 */

#include "base/str.h"
#include "store/article.h"

struct arena;
struct topics;
struct words;

/* Lives in a; the texts are borrowed. NULL when there are none. */
struct topics *topics_new(struct arena *a, struct words *w,
                          const struct str *texts, size_t n,
                          struct str language);

/* The first topic that one of the articles, or the beat, is on; absent: none.
 * t may be NULL. */
struct str topics_find(const struct topics *t, struct words *w,
                       const struct article *const *articles, size_t n,
                       struct str beat);

#endif

#ifndef STORY_LIFE_H
#define STORY_LIFE_H

/*
 * A story lives on over editions: which of them carried it, and whether it has
 * news since.
 *
 * News is told by words: those of headlines and summaries that came later and
 * that no earlier article of the story has. Half of the families that tell
 * of it must have a word, and two at least, so that neither a writer's style
 * nor one outlet's colour is news; what one family alone tells needs more.
 * Years and days of a month are no news.
 */

#include "story/story.h"

struct arena;
struct words;

/* Words that make news: of two families; of the only one. */
#define LIFE_FACTS_MIN 3
#define LIFE_FACTS_ALONE 6
#define LIFE_SHARE 2 /* one in so many families must have a word */

struct life {
        size_t families; /* that told of it since */
        size_t facts;    /* words that are new */
        bool has_news;
        struct str shown; /* the most told of them, quoted; may be "" */
};

/* What is in articles (by date) that those up to printed->at don't have. */
struct life life_since(struct arena *a, struct words *w,
                       const struct article *const *articles, size_t n,
                       const struct past *printed);

/* Headlines of printed stories, to know one again under another number. */
struct life_titles;
/* language: of the headlines. */
struct life_titles *life_titles_new(struct arena *a, struct words *w,
                                    const struct past *printed, size_t n,
                                    struct str language);
/* The printed story (its number) whose headline says the same; 0: none. */
int64_t life_find(const struct life_titles *t, struct words *w,
                  const struct article *head, struct str title);

#endif

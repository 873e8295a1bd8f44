#ifndef STORY_INDEX_H
#define STORY_INDEX_H

/*
 * The articles of the window, found by their terms: an inverted index with
 * TF-IDF weights. Knows no news and decides nothing; cluster.c does.
 *
 * Weights change as articles come, so lengths are measured again whenever the
 * index has grown by a quarter. Terms of very many articles weigh nothing.
 */

#include <stddef.h>
#include <stdint.h>

#include "story/lang.h"

struct common;
struct gist;
struct index;

/* common is borrowed and must outlive the index. */
struct index *index_new(const struct common *common);
void index_free(struct index *ix); /* NULL is fine */

/* An article of story. Its terms count in all later weights. */
struct index_doc {
        int64_t at;
        enum lang lang;
        uint32_t tag; /* what index_settle() calls it; 0: it stays */
};
void index_add(struct index *ix, const struct gist *f, int64_t story,
               const struct index_doc *doc);

/* The likest story of that language whose last article is not before since. */
struct index_match {
        int64_t story;
        double likeness; /* mean cosine with its articles, each the less the
                            longer before or after at; 0: there is none */
        double own;      /* with the others of the story it is in */
};
struct index_when {
        int64_t at, since;
};
struct index_match index_find(struct index *ix, const struct gist *f,
                              struct index_when when, enum lang lang);

/*
 * Look again, knowing all: an article with a tag moves to another story that
 * is like_min or liker, and clearly liker than its own. Stories of two or more
 * come first, so that what is alone joins them rather than its like.
 */
struct index_settling {
        int64_t window_s;
        double like_min;
        void (*moved)(void *user, uint32_t tag, int64_t story);
        void *user;
};
void index_settle(struct index *ix, const struct index_settling *s);

/* Articles dated before since may be forgotten: they are, once they are many.
 */
void index_forget(struct index *ix, int64_t since);

/* Articles held, forgotten ones not yet put out among them. */
size_t index_count(const struct index *ix);

#endif

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
void index_add(struct index *ix, const struct gist *f, int64_t story,
               int64_t at, enum lang lang);

/* The likest story of that language whose last article is not before since. */
struct index_match {
        int64_t story;
        double likeness; /* mean cosine with its articles; 0: there is none */
};
struct index_match index_find(struct index *ix, const struct gist *f,
                              int64_t since, enum lang lang);

/* Articles dated before since may be forgotten: they are, once they are many.
 */
void index_forget(struct index *ix, int64_t since);

/* Articles held, forgotten ones not yet put out among them. */
size_t index_count(const struct index *ix);

#endif

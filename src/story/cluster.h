#ifndef STORY_CLUSTER_H
#define STORY_CLUSTER_H

/*
 * Articles into stories, one at a time in the order they came: the same input
 * gives the same stories. An article joins the story whose articles it is on
 * average most like (cosine of TF-IDF weights), or begins one.
 *
 * Vetoes come before likeness: another language, or a story whose last article
 * is older than the window. Memory is bounded by what lies in the window.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "story/lang.h"

struct cluster;

struct cluster_doc {
        struct str title, text; /* title without its outlet's name */
        struct str language;    /* tag; absent or "": guessed */
        int64_t at;             /* TIME_NONE: as the one before */
};

/* next_id: what the first new story is called; later ones count up. */
struct cluster *cluster_new(int64_t window_s, int64_t next_id);
void cluster_free(struct cluster *c); /* NULL is fine */

/* An article whose story is known already. */
void cluster_seed(struct cluster *c, const struct cluster_doc *doc,
                  int64_t story_id);

/* The story of doc: one that was there, or a new one. */
int64_t cluster_add(struct cluster *c, const struct cluster_doc *doc);

/*
 * When all of a batch are added: those that found no company may have some by
 * now, and a sidebar may be closer to a story that began after it. moved() is
 * told of each that joins another story; nth counts the calls of cluster_add
 * from 1.
 */
void cluster_settle(struct cluster *c,
                    void (*moved)(void *user, uint32_t nth, int64_t story),
                    void *user);

/* A story for a piece that never joins others (opinion, a long read). */
int64_t cluster_alone(struct cluster *c);

/* How many stories cluster_add and cluster_alone have made. */
int64_t cluster_made(const struct cluster *c);

#endif

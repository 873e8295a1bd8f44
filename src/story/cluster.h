#ifndef STORY_CLUSTER_H
#define STORY_CLUSTER_H

/*
 * Articles into stories. An article is given, as it comes, to the story it is
 * most like, or begins one; when those of a batch are all known, the stories
 * are settled: put in order by average link, so that the stories depend on
 * which articles came and hardly on their order (docs/design/0013).
 *
 * Vetoes come before likeness: another language, or stories with more than the
 * window between them. Memory is bounded by what lies in the window.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "story/lang.h"

struct cluster;

struct cluster_doc {
        struct str title, text; /* title without its outlet's name */
        struct str language;    /* tag; absent or "": guessed */
        int64_t at;             /* TIME_NONE: as the one before */
        struct str source;      /* who prints it; absent: nobody knows */
};

/* next_id: what the first new story is called; later ones count up. */
struct cluster *cluster_new(int64_t window_s, int64_t next_id);
void cluster_free(struct cluster *c); /* NULL is fine */

/*
 * An article whose story is known already. Unless it may move it stays in it,
 * and its story is never joined to another such: an edition has printed both.
 */
void cluster_seed(struct cluster *c, const struct cluster_doc *doc,
                  int64_t story_id, bool may_move);

/* The story of doc until they are settled: one that was there, or a new one. */
int64_t cluster_add(struct cluster *c, const struct cluster_doc *doc);
/* The same for one whose story need not be known before cluster_settle(). */
void cluster_put(struct cluster *c, const struct cluster_doc *doc);

/*
 * When all of a batch are added: stories are divided anew, and those that turn
 * out to be one are joined. The id of a story stays with the article that it
 * began with; of two ids the one that may not move stays, else the older.
 * moved() is told of each article whose story is another now, and of those of
 * cluster_put; nth counts the calls of cluster_add, cluster_put and
 * cluster_seed with may_move, from 1.
 */
void cluster_settle(struct cluster *c,
                    void (*moved)(void *user, uint32_t nth, int64_t story),
                    void *user);

/* From here on, what was added so far is as if it had been seeded, and calls
 * are counted from 1 again. */
void cluster_close(struct cluster *c);

/* A story for a piece that never joins others (opinion, a long read). */
int64_t cluster_alone(struct cluster *c);

/* How many ids of stories cluster_add and cluster_alone have given out. */
int64_t cluster_made(const struct cluster *c);

#endif

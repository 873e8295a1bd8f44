#ifndef STORY_CLUSTER_H
#define STORY_CLUSTER_H

/*
 * Articles into stories. An article is given, as it comes, to the story it is
 * most like, or begins one; when those of a batch are all known, the stories
 * are settled: put in order by average link, so that what was given depends on
 * which articles came and hardly on their order (docs/design/0011).
 *
 * Vetoes come before likeness: another language, or stories with more than the
 * window between them. Memory is bounded by what lies in the window.
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

/* An article whose story is known already. It stays in it. */
void cluster_seed(struct cluster *c, const struct cluster_doc *doc,
                  int64_t story_id);

/* The story of doc for now: one that was there, or a new one. */
int64_t cluster_add(struct cluster *c, const struct cluster_doc *doc);
/* The same without looking: a new one, until cluster_settle() tells. */
int64_t cluster_put(struct cluster *c, const struct cluster_doc *doc);

/*
 * When all of a batch are added: those of cluster_add are divided anew, and
 * stories that turn out to be one are joined, under the older id. moved() is
 * told of each article whose story is another now; nth counts the calls of
 * cluster_add from 1. Stories of cluster_seed() are never joined to each other:
 * an edition may have printed both.
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

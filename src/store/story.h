#ifndef STORE_STORY_H
#define STORE_STORY_H

/* Stories, the last ranking of them, and what editions keep of theirs. */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct story_row {
        int64_t id;
        struct str title, language;
        int64_t first_at, last_at, articles, sources;
};

struct story_list {
        struct story_row *items;
        size_t n;
};

struct ranking {
        int64_t story_id, place, ranked_at;
        double score;
        struct str terms;          /* JSON */
        struct str title;          /* of the story; filled when read */
        int64_t articles, sources; /* likewise */
};

struct ranking_list {
        struct ranking *items;
        size_t n;
};

/* Insert or replace by id. */
NODISCARD int story_save(struct sql *db, const struct story_row *s,
                         struct err *err);
NODISCARD int story_get(struct arena *a, struct sql *db, int64_t id,
                        struct story_row *ret, struct err *err);
/* Those with last_at at or after since, by id. */
NODISCARD int story_since(struct arena *a, struct sql *db, int64_t since,
                          struct story_list *ret, struct err *err);
/* Within a transaction: one process at a time gives articles their stories or
 * writes the ranking; the others wait till the transaction ends. */
NODISCARD int story_lock(struct sql *db, struct err *err);
/* The id that the next new story gets: one more than the highest ever given. */
NODISCARD int story_next_id(struct sql *db, int64_t *ret, struct err *err);

/* Replace the whole ranking, in the caller's transaction or its own. */
NODISCARD int ranking_replace(struct sql *db, const struct ranking_list *list,
                              struct err *err);
/* The first n places in order. */
NODISCARD int ranking_top(struct arena *a, struct sql *db, size_t n,
                          struct ranking_list *ret, struct err *err);
NODISCARD int ranking_get(struct arena *a, struct sql *db, int64_t story_id,
                          struct ranking *ret, struct err *err);

/* An edition keeps what was known when it was composed: replace that, in the
 * caller's transaction or its own. */
NODISCARD int ranking_keep(struct sql *db, int64_t edition_id,
                           const struct ranking_list *list, struct err *err);
/* ERR_ABSENT (without a message): the edition kept nothing of that story. */
NODISCARD int ranking_kept(struct arena *a, struct sql *db, int64_t edition_id,
                           int64_t story_id, struct ranking *ret,
                           struct err *err);
/* The newest edition that kept something of it. ERR_ABSENT. */
NODISCARD int ranking_kept_by(struct sql *db, int64_t story_id,
                              int64_t *ret_edition_id, struct err *err);

#endif

#ifndef STORE_EDITION_H
#define STORE_EDITION_H

/*
 * Series, editions, and the copy in all its revisions.
 *
 * What writes runs within the caller's transaction if there is one, else in one
 * of its own.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct edition_row {
        int64_t id, series_id, number;
        struct str series; /* its name; filled when read */
        struct str date, slug, title, language;
        struct str state; /* draft, approved, published */
        int64_t revision;
        int64_t composed_at, published_at, updated_at;
};

struct edition_rows {
        struct edition_row *items;
        size_t n;
};

struct revision {
        int64_t edition_id, n;
        struct str author; /* compose, editor, correct */
        int64_t made_at;
        struct str copy;
};

struct edition_slot {
        int64_t story_id;
        struct str slot;
        struct str title; /* the story's headline there; may be absent */
};

/* That an edition carried a story. */
struct edition_entry {
        int64_t story_id, number, composed_at;
        struct str date, slug; /* of the edition */
        struct str title;      /* of the story there */
};

/* The id of the series of that slug, made when absent; its name is updated. */
NODISCARD int series_get(struct sql *db, struct str slug, struct str name,
                         int64_t *ret_id, struct err *err);

/* ERR_ABSENT: no edition of that date. */
NODISCARD int edition_by_date(struct arena *a, struct sql *db,
                              int64_t series_id, struct str date,
                              struct edition_row *ret, struct err *err);
/* ERR_ABSENT: no edition has that number. */
NODISCARD int edition_by_number(struct arena *a, struct sql *db,
                                int64_t series_id, int64_t number,
                                struct edition_row *ret, struct err *err);
/* The newest by date; published_only: of the printed ones. ERR_ABSENT. */
NODISCARD int edition_latest(struct arena *a, struct sql *db, int64_t series_id,
                             bool published_only, struct edition_row *ret,
                             struct err *err);
/* By id, of whatever series. ERR_ABSENT. */
NODISCARD int edition_get(struct arena *a, struct sql *db, int64_t id,
                          struct edition_row *ret, struct err *err);
/* The newest by date of all series, for watching over the press. ERR_ABSENT. */
NODISCARD int edition_newest(struct arena *a, struct sql *db,
                             bool published_only, struct edition_row *ret,
                             struct err *err);
/* All published ones of a series, newest first. */
NODISCARD int edition_published(struct arena *a, struct sql *db,
                                int64_t series_id, struct edition_rows *ret,
                                struct err *err);
/* Within a transaction, first of all: who makes or freezes an edition waits for
 * who does so on another host. */
NODISCARD int edition_lock(struct sql *db, struct err *err);
/* The number the next edition gets: 1 for the first. */
NODISCARD int edition_next_number(struct sql *db, int64_t series_id,
                                  int64_t *ret, struct err *err);
/*
 * Insert (id 0: given here and written back to e->id; ERR_STALE: that date or
 * number is taken) or update by id (ERR_STALE: a revision was added since e was
 * read). Neither adds a revision.
 */
NODISCARD int edition_save(struct sql *db, struct edition_row *e,
                           struct err *err);

/* Add revision n = e->revision + 1 and save e with it. ERR_STALE: somebody
 * else added one since e was read, and e is as it was. */
NODISCARD int revision_add(struct sql *db, struct edition_row *e,
                           struct str author, struct str copy, int64_t now,
                           struct err *err);
NODISCARD int revision_get(struct arena *a, struct sql *db, int64_t edition_id,
                           int64_t n, struct revision *ret, struct err *err);
/* The newest one by compose: what an editor's changes are measured against.
 * ERR_ABSENT. */
NODISCARD int revision_composed(struct arena *a, struct sql *db,
                                int64_t edition_id, struct revision *ret,
                                struct err *err);

/* Replace which stories the edition carries. */
NODISCARD int edition_set_stories(struct sql *db, int64_t edition_id,
                                  const struct edition_slot *slots, size_t n,
                                  struct err *err);
/* What the last n published editions before date carried: the newest edition
 * first, then by story. */
NODISCARD int edition_history(struct arena *a, struct sql *db,
                              int64_t series_id, struct str date,
                              size_t n_editions, struct edition_entry **ret,
                              size_t *ret_n, struct err *err);
/* The headlines of one edition's stories, by story; story_id and title only. */
NODISCARD int edition_headlines(struct arena *a, struct sql *db,
                                int64_t edition_id, struct edition_entry **ret,
                                size_t *ret_n, struct err *err);

#endif

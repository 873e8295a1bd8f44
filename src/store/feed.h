#ifndef STORE_FEED_H
#define STORE_FEED_H

/* Feeds: what we read, when it is due, how the last try ended. */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct feed {
        int64_t id;
        struct str url, home, title, source, kind, beat, language, state;
        int64_t added_at, due_at, checked_at, ok_at; /* TIME_NONE: never */
        struct str etag, modified;
        int64_t failures;
        struct str outcome, moved_url;
        int64_t moved_times;
        struct str fault;  /* of the last try; empty: none (verdict.h) */
        struct str digest; /* of the last body that was read ... */
        int64_t whole_at;  /* ... and when; TIME_NONE: never */
        int64_t unchanged; /* 304s in a row since then */
        int64_t lied_at;   /* a 304 was found untrue; TIME_NONE: never */
        int64_t newest_at; /* its newest item */
        int64_t skip_hours, skip_days; /* bits: when it is not to be read */
        struct str old_url;            /* before it moved for good */
        int64_t old_until_at;
        int64_t push_until_at; /* a hub tells us of its news until then */
};

struct feed_list {
        struct feed *items;
        size_t n;
};

/*
 * Add, or (same url) update title, source, kind, beat and language of what is
 * there. A removed one is new again, with the history it had. *ret_new may be
 * NULL.
 */
NODISCARD int feed_add(struct sql *db, const struct feed *f, bool *ret_new,
                       struct err *err);
/* In order of source, title, url; "gone" ones (HTTP 410) too. */
NODISCARD int feed_all(struct arena *a, struct sql *db, struct feed_list *ret,
                       struct err *err);
/* Active ones due at or before now, longest due first. */
NODISCARD int feed_due(struct arena *a, struct sql *db, int64_t now,
                       struct feed_list *ret, struct err *err);
/* ERR_ABSENT when no feed has that address. */
NODISCARD int feed_find(struct arena *a, struct sql *db, struct str url,
                        struct feed *ret, struct err *err);
/* Is the address a feed's, be it a removed one? Then no other can have it. */
NODISCARD int feed_is_taken(struct sql *db, struct str url, bool *ret,
                            struct err *err);
/* Write back everything that a try changes: all but what the owner says of it,
 * and push_until_at. */
NODISCARD int feed_save(struct sql *db, const struct feed *f, struct err *err);
/* Read it at the next gather: its hub says that there is news. */
NODISCARD int feed_set_due(struct sql *db, int64_t id, int64_t due_at,
                           struct err *err);
/* TIME_NONE: no hub tells us of its news any more. */
NODISCARD int feed_set_push(struct sql *db, int64_t id, int64_t until_at,
                            struct err *err);
/* Hidden from all of the above but kept for its articles. ERR_ABSENT. */
NODISCARD int feed_remove(struct sql *db, struct str url, struct err *err);
NODISCARD int feed_count(struct sql *db, int64_t *ret, struct err *err);

#endif

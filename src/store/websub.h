#ifndef STORE_WEBSUB_H
#define STORE_WEBSUB_H

/* Subscriptions at hubs (WebSub): one a feed, where the feed names a hub. */

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct websub_row {
        int64_t feed_id;
        struct str hub, topic, token, secret;
        struct str state; /* wanted, asked, active, refused */
        int64_t due_at, lease_until_at, failures;
        struct str outcome;
};

struct websub_list {
        struct websub_row *items;
        size_t n;
};

/*
 * The feed names this hub and topic. Known with the same two: nothing changes;
 * else (also when it is new) it is wanted, under the row's token and secret.
 */
NODISCARD int websub_want(struct sql *db, const struct websub_row *row,
                          struct err *err);
/* Its feed names no hub any more, or is gone. */
NODISCARD int websub_drop(struct sql *db, int64_t feed_id, struct err *err);
/* Those of active feeds, due at or before now, longest due first, at most n. */
NODISCARD int websub_due(struct arena *a, struct sql *db, int64_t now, size_t n,
                         struct websub_list *ret, struct err *err);
/* ERR_ABSENT when no subscription of an active feed has that token. Within a
 * transaction the feed is the caller's till its end, and so is this. */
NODISCARD int websub_by_token(struct arena *a, struct sql *db, struct str token,
                              struct websub_row *ret, struct err *err);
/* Write back state, due_at, lease_until_at, failures, outcome. */
NODISCARD int websub_save(struct sql *db, const struct websub_row *row,
                          struct err *err);
/* The same, but only while its state and due_at stand as seen: in one step. */
NODISCARD int websub_save_over(struct sql *db, const struct websub_row *row,
                               const struct websub_row *seen, struct err *err);

#endif

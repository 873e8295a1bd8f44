#ifndef STORE_WEBSUB_H
#define STORE_WEBSUB_H

/* Subscriptions at hubs (WebSub): one a feed, where the feed names a hub. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct websub_row {
        int64_t feed_id;
        struct str hub, topic, token, secret;
        struct str state; /* wanted, asked, active, refused, leaving */
        int64_t due_at, lease_until_at, failures;
        struct str outcome;
};

struct websub_list {
        struct websub_row *items;
        size_t n;
};

/* This hub and topic are wanted for the feed, under the row's token and secret,
 * in the place of what it had. */
NODISCARD int websub_want(struct sql *db, const struct websub_row *row,
                          struct err *err);
/* There is nothing to tell a hub any more: it goes. */
NODISCARD int websub_forget(struct sql *db, const struct websub_row *row,
                            struct err *err);
/* Those of feeds that are read no more (removed, gone): the hubs that know us
 * are to be left, the others are forgotten. */
NODISCARD int websub_leave_removed(struct sql *db, int64_t now,
                                   struct err *err);
/* Those due at or before now, longest due first, at most n: of active feeds,
 * and all that are leaving. */
NODISCARD int websub_due(struct arena *a, struct sql *db, int64_t now, size_t n,
                         struct websub_list *ret, struct err *err);
/* Is there one to be asked, or left? */
NODISCARD int websub_has_due(struct sql *db, int64_t now, bool *ret,
                             struct err *err);
/* ERR_ABSENT: the feed has none. */
NODISCARD int websub_of_feed(struct arena *a, struct sql *db, int64_t feed_id,
                             struct websub_row *ret, struct err *err);
/* ERR_ABSENT when no subscription of an active feed, and none that is leaving,
 * has that token. Only reads. */
NODISCARD int websub_by_token(struct arena *a, struct sql *db, struct str token,
                              struct websub_row *ret, struct err *err);
/*
 * Within a transaction, before a subscription is read to be written: its feed
 * is the caller's till the end. A gather takes the feed's row first, too; two
 * that took them in different order would wait in a circle.
 */
NODISCARD int websub_hold(struct sql *db, int64_t feed_id, struct err *err);
/* Write back state, due_at, lease_until_at, failures, outcome. */
NODISCARD int websub_save(struct sql *db, const struct websub_row *row,
                          struct err *err);
/* The same, but only while its state and due_at stand as seen: in one step. */
NODISCARD int websub_save_over(struct sql *db, const struct websub_row *row,
                               const struct websub_row *seen, struct err *err);

#endif

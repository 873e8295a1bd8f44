#ifndef STORE_DELIVERY_H
#define STORE_DELIVERY_H

/*
 * Deliveries: one row an edition, or a correction of it, and subscriber.
 *
 *   pending -> claimed -> sent | deferred | failed | uncertain
 *   pending -> skipped
 *   claimed -> pending   when its lease runs out
 *   deferred -> claimed  when it is due again
 *
 * delivery_count is kept by increment. Each function below runs within the
 * caller's transaction if there is one (so a worker may mark many letters in
 * one commit), else in one of its own.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct delivery {
        int64_t id, edition_id;
        int64_t correction; /* which of the edition's; 0: the edition itself */
        int64_t subscriber_id;
        struct str state;
        int64_t due_at, lease_until;
        struct str worker;
        int64_t tries;
        struct str message_id;
        int64_t changed_at;
        struct str reason;
};

struct delivery_list {
        struct delivery *items;
        size_t n;
};

struct delivery_counts {
        int64_t pending, claimed, sent, deferred, failed, uncertain, skipped;
};

/*
 * Freeze the audience: a pending row for each active subscriber that has none
 * yet; message ids are "<id_prefix>.<subscriber token's first 16>@<id_domain>".
 * Once an edition has rows this adds nothing (*ret_n 0), so it is safe to
 * repeat.
 */
NODISCARD int delivery_freeze(struct sql *db, int64_t edition_id,
                              struct str id_prefix, struct str id_domain,
                              int64_t now, int64_t *ret_n, struct err *err);
/*
 * The letters of an edition's correction: a pending row for each to whom the
 * edition's own letter went, or was about to, and who is active still. Who has
 * that one yet to come gets the corrected copy in it. Repeated, it adds
 * nothing.
 */
NODISCARD int delivery_freeze_correction(struct sql *db, int64_t edition_id,
                                         int64_t correction,
                                         struct str id_prefix,
                                         struct str id_domain, int64_t now,
                                         int64_t *ret_n, struct err *err);
/*
 * Claim up to n rows of any edition that are due for worker, till now +
 * lease_s: first those whose lease has run out, then pending, then deferred
 * ones, each by due_at. No two workers get the same row. A claim counts as a
 * try.
 */
NODISCARD int delivery_claim(struct arena *a, struct sql *db, struct str worker,
                             int64_t now, int64_t lease_s, size_t n,
                             struct delivery_list *ret, struct err *err);
/*
 * The end of a claimed row, d as delivery_claim() gave it: state sent,
 * deferred, failed, uncertain, skipped; due_at TIME_NONE leaves that as it is.
 * ERR_STALE: the claim is another's by now; nothing was changed.
 */
NODISCARD int delivery_mark(struct sql *db, const struct delivery *d,
                            struct str worker, struct str state, int64_t due_at,
                            struct str reason, int64_t now, struct err *err);
/* Give claimed rows of worker back, as when it stops: the try does not count.
 */
NODISCARD int delivery_release(struct sql *db, struct str worker, int64_t now,
                               struct err *err);
/* Counts by increment. edition_id 0: all editions. */
NODISCARD int delivery_counts(struct sql *db, int64_t edition_id,
                              struct delivery_counts *ret, struct err *err);

#endif

#ifndef POST_QUEUE_H
#define POST_QUEUE_H

/*
 * Carrying what is due: claim rows, fill letters, hand them to the carrier,
 * mark them. A row is marked only after the carrier has its letter for good,
 * so a kill at any instant leaves rows that are carried again, to the same
 * place, and none that is lost.
 *
 * A worker's name belongs to one process at a time (docs/design says how), so
 * rows that stand claimed under it at the start were left by a dead one.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/delivery.h"

struct arena;
struct letter;
struct sql;

/* Takes letters away. put: one letter; settle: all put since are safe. */
struct carrier {
        int (*put)(void *self, const struct delivery *d, struct str letter,
                   struct err *err);
        int (*settle)(void *self, struct err *err);
        void *self;
};

/* Gives the prepared letter of a delivery's edition, or of its correction,
 * which stays good till the end; of one that it failed for it is not asked
 * again in the same run. renew (may be NULL): a batch was claimed, and what was
 * printed before may have been corrected since. */
struct letter_source {
        int (*find)(void *self, const struct delivery *d,
                    const struct letter **ret, struct err *err);
        void (*renew)(void *self);
        void *self;
};

struct queue {
        struct sql *db;
        struct str worker;
        int64_t lease_s;
        size_t batch;
        int64_t (*now)(void);
        bool (*is_stopping)(void); /* asked between letters */
        struct letter_source source;
        struct carrier carrier;
};

struct queue_totals {
        int64_t sent, failed, skipped;
        int64_t stale;   /* another worker had taken it by then */
        bool is_stopped; /* rows are left for the next run */
};

/*
 * Carry until nothing is due or it is told to stop. *ret counts also what was
 * done before an error. An edition whose letter can't be had (ERR_INPUT,
 * ERR_LIMIT, ERR_ABSENT) holds up no other: its rows wait for the next run, and
 * the error comes when the others are carried.
 */
NODISCARD int queue_run(const struct queue *q, struct queue_totals *ret,
                        struct err *err);

#endif

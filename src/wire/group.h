#ifndef WIRE_GROUP_H
#define WIRE_GROUP_H

/*
 * Several small pieces of work in one transaction: each is whole, and a disk is
 * asked to sync once for many. It is not kept open while nothing happens, as
 * others wait to write.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct sql;

#define GROUP_IDLE_MS 20 /* nothing to do for so long: end it */

struct group {
        struct sql *db;
        bool is_open;
        size_t n;
        int64_t since_ms;
};

/* A piece of work begins: within the transaction that is open, or a new one. */
NODISCARD int group_enter(struct group *g, struct err *err);
/* It is done: rc is its result. A failure undoes the whole group. */
NODISCARD int group_leave(struct group *g, int rc, struct err *err);
/* Commit what there is. */
NODISCARD int group_flush(struct group *g, struct err *err);

#endif

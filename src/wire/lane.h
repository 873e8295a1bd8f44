#ifndef WIRE_LANE_H
#define WIRE_LANE_H

/*
 * Requests in queues by host, so that one host is asked one thing at a time
 * with a pause between, while many hosts are read from at once.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "wire/fetch.h"

struct arena;
struct map;

/* A request on its way through its hops. */
struct errand {
        struct fetch_request r;
        struct errand *next; /* in its lane */
        struct str moved;    /* where 301s and 308s alone led to */
        int hops;
        bool all_permanent;
        int64_t spent_ms;
};

/* One host's queue. */
struct lane;

struct lanes {
        struct arena *a;
        const struct guard *guard;
        struct map *by_host;
        struct lane *ring; /* the last of those with errands; NULL: none */
        size_t waiting;    /* errands in all of them */
};

/* Lanes live in a. */
void lanes_init(struct lanes *l, struct arena *a, const struct guard *guard);
/* at_front: the next hop of what was asked already. */
void lanes_put(struct lanes *l, struct errand *e, bool at_front);
/*
 * An errand that may be run now, lane by lane in turn, and its lane; NULL when
 * there is none, and *wait_ms lowered to when there may be.
 */
struct errand *lanes_take(struct lanes *l, int64_t now_ms,
                          struct lane **ret_lane, int64_t *wait_ms);
/* An errand of the lane is over: the host rests until ready_ms. */
void lane_release(struct lane *lane, int64_t ready_ms);

/*
 * The host asked to come later (429, or 503 with a Retry-After): what else was
 * meant for it is not asked in this run. One of the owner's own hosts (it may
 * stand for many) is asked on. retry_after is borrowed.
 */
void lane_shut(struct lane *lane, struct str retry_after);
bool lane_is_shut(const struct lane *lane, struct str *ret_retry_after);

#endif

#include "wire/lane.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/url.h"
#include "wire/guard.h"

/* The owner's own hosts (wire.allow) take so many requests at once. */
#define OWN_HOST_MOST 16

struct lane {
        struct lane *next; /* in the ring of those with errands */
        struct errand *first, *last;
        size_t active, most;
        int64_t ready_ms;
        bool in_ring, is_shut;
        struct str retry_after;
};

void lanes_init(struct lanes *l, struct arena *a, const struct guard *guard)
{
        *l = (struct lanes) { .a = a, .guard = guard, .by_host = map_new(a) };
}

static void ring_add(struct lanes *l, struct lane *lane)
{
        if (lane->in_ring)
                return;
        if (l->ring) {
                lane->next = l->ring->next;
                l->ring->next = lane;
        } else {
                lane->next = lane;
        }
        l->ring = lane;
        lane->in_ring = true;
}

/* Take the lane after prev out. */
static void ring_drop(struct lanes *l, struct lane *prev)
{
        struct lane *lane = prev->next;

        prev->next = lane->next;
        if (lane == prev)
                l->ring = NULL;
        else if (l->ring == lane)
                l->ring = prev;
        lane->in_ring = false;
}

static struct lane *lane_of(struct lanes *l, struct str url)
{
        struct url u = url_split(url);
        struct str host = url_host(l->a, url);
        struct str key = arena_printf(l->a, STR_FMT ":" STR_FMT, STR_ARG(host),
                                      STR_ARG(u.port));
        void **at = map_at(l->by_host, key);

        if (!*at) {
                struct lane *lane = arena_alloc(l->a, sizeof(*lane));

                lane->most = guard_is_own(l->guard, host) ? OWN_HOST_MOST : 1;
                *at = lane;
        }
        return *at;
}

void lanes_put(struct lanes *l, struct errand *e, bool at_front)
{
        struct lane *lane = lane_of(l, e->r.url);

        if (at_front) {
                e->next = lane->first;
                lane->first = e;
                if (!lane->last)
                        lane->last = e;
        } else {
                e->next = NULL;
                if (lane->last)
                        lane->last->next = e;
                else
                        lane->first = e;
                lane->last = e;
        }
        l->waiting++;
        ring_add(l, lane);
}

/* Are so many under way that its next must wait for one of them? Where pauses
 * are asked for, one alone is. */
static bool is_full(const struct lane *lane)
{
        return lane->active >= lane->most ||
               (lane->active && lane->first->r.pause_ms);
}

static bool is_ready(const struct lane *lane, int64_t now_ms)
{
        if (is_full(lane))
                return false;
        /* A redirect is the answer to what was asked: no pause before it. */
        return lane->first->hops || now_ms >= lane->ready_ms;
}

/* The first errand of the lane after prev. */
static struct errand *pop(struct lanes *l, struct lane *prev)
{
        struct lane *lane = prev->next;
        struct errand *e = lane->first;

        lane->first = e->next;
        lane->active++;
        l->waiting--;
        if (lane->first) {
                l->ring = lane; /* the others' turn first */
        } else {
                lane->last = NULL;
                ring_drop(l, prev);
        }
        return e;
}

struct errand *lanes_take(struct lanes *l, int64_t now_ms,
                          struct lane **ret_lane, int64_t *wait_ms)
{
        struct lane *prev = l->ring, *end = l->ring;

        if (!prev)
                return NULL;
        do {
                struct lane *lane = prev->next;

                if (is_ready(lane, now_ms)) {
                        *ret_lane = lane;
                        return pop(l, prev);
                }
                if (!is_full(lane) && lane->ready_ms - now_ms < *wait_ms)
                        *wait_ms = lane->ready_ms - now_ms;
                prev = lane;
        } while (prev != end);
        return NULL;
}

void lane_release(struct lane *lane, int64_t ready_ms)
{
        lane->active--;
        lane->ready_ms = lane->is_shut ? 0 : ready_ms;
}

void lane_shut(struct lane *lane, struct str retry_after)
{
        if (lane->most > 1)
                return;
        lane->is_shut = true;
        lane->retry_after = retry_after;
        lane->ready_ms = 0; /* nobody is kept waiting */
}

bool lane_is_shut(const struct lane *lane, struct str *ret_retry_after)
{
        if (lane->is_shut)
                *ret_retry_after = lane->retry_after;
        return lane->is_shut;
}

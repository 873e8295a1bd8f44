#include "wire/permit.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "store/robots.h"
#include "wire/fetch.h"
#include "wire/robots.h"

#define KEEP_S TIME_DAY_S /* RFC 9309, 2.4 */
#define KEEP_SHUT_S (30 * 60)
#define FETCH_B                                                                \
        (4 * ROBOTS_MAX_B) /* past what we read of it, but not endless */

struct permit_host {
        struct task task; /* TASK_ROBOTS */
        struct str origin, rules;
        struct task *waiting, **last; /* in the order in which they came */
        bool is_known, is_asked;
        int64_t pause_ms, taken_ms; /* by its pages in this run */
};

void permit_init(struct permit *p, struct arena *a, struct sql *db,
                 struct fetch *fetch, int64_t now)
{
        *p = (struct permit) { .a = a,
                               .db = db,
                               .fetch = fetch,
                               .by_origin = map_new(a),
                               .now = now };
}

/* Scheme, host and port, as they are written; a port that is the scheme's own
 * makes another origin of it, which costs a request and no more. */
static struct str origin_of(struct arena *a, struct str url)
{
        struct url u = url_split(url);
        struct str host = url_host(a, url);

        return arena_printf(a, STR_FMT "://" STR_FMT "%s" STR_FMT,
                            STR_ARG(arena_lower(a, u.scheme)), STR_ARG(host),
                            u.port.n ? ":" : "", STR_ARG(u.port));
}

static void ask_host(struct permit *p, struct permit_host *h)
{
        struct fetch_request r = {
                .url = arena_printf(p->a, STR_FMT "/robots.txt",
                                    STR_ARG(h->origin)),
                .accept = STR("text/plain, */*;q=0.5"),
                .max_b = FETCH_B,
                .owner = &h->task,
        };

        h->is_asked = true;
        fetch_add(p->fetch, &r);
}

static int find_host(struct permit *p, struct str url, struct permit_host **ret,
                     struct err *err)
{
        struct str origin = origin_of(p->a, url);
        void **at = map_at(p->by_origin, origin);
        struct permit_host *h = *at;

        *ret = h;
        if (h)
                return 0;
        h = arena_alloc(p->a, sizeof(*h));
        h->task.kind = TASK_ROBOTS;
        h->origin = origin;
        h->last = &h->waiting;
        *ret = *at = h;

        int rc = robots_get(p->a, p->db, origin, p->now, &h->rules, err);

        h->is_known = rc == 0 && h->rules.p;
        h->pause_ms = robots_pause_ms(h->rules);
        return rc;
}

/* Is there time for one more page of a host that wants pauses? */
static bool has_time(const struct permit *p, struct permit_host *h)
{
        if (!h->pause_ms)
                return true;
        if (!p->may_pause || h->taken_ms >= (int64_t)LIMIT_CRAWL_WAIT_S * 1000)
                return false;
        h->taken_ms += h->pause_ms;
        return true;
}

int permit_ask(struct permit *p, struct str url, struct task *waiter,
               struct err *err)
{
        struct permit_host *h;
        int rc;

        waiter->pause_ms = 0;
        if (p->is_off)
                return PERMIT_YES;
        rc = find_host(p, url, &h, err);
        if (rc < 0)
                return rc;
        if (!h->is_known) {
                if (!h->is_asked)
                        ask_host(p, h);
                waiter->next = NULL;
                *h->last = waiter;
                h->last = &waiter->next;
                return PERMIT_WAIT;
        }
        if (str_eq(h->rules, ROBOTS_SHUT))
                return PERMIT_LATER;

        struct arena *a = arena_new((size_t)64 * 1024);
        bool allowed = robots_allow(h->rules, a, url);

        arena_free(a);
        if (!allowed)
                return PERMIT_NO;
        if (!has_time(p, h))
                return PERMIT_SLOW;
        waiter->pause_ms = h->pause_ms;
        return PERMIT_YES;
}

/*
 * RFC 9309, 2.3.1: there is none (4xx), or none that a redirect leads to: all
 * may be read. The host is in trouble (5xx, no connection) or asks us to come
 * less often (429): nothing, for a while. An address that we refuse is refused
 * for its pages, too, in clearer words.
 */
static struct str rules_of(struct permit *p, const struct fetch_answer *w)
{
        if (w->rc == 0 && w->status >= 200 && w->status <= 299)
                return robots_read(p->a, w->body);
        if (w->rc == ERR_DENIED ||
            (w->status >= 300 && w->status <= 499 && w->status != 429))
                return STR("");
        return ROBOTS_SHUT;
}

int permit_take(struct permit *p, const struct fetch_answer *w,
                struct task **ret_waiters, struct err *err)
{
        struct permit_host *h = w->owner;
        int64_t keep_s;

        h->rules = rules_of(p, w);
        h->is_known = true;
        h->pause_ms = robots_pause_ms(h->rules);
        *ret_waiters = h->waiting;
        h->waiting = NULL;
        h->last = &h->waiting;
        keep_s = str_eq(h->rules, ROBOTS_SHUT) ? KEEP_SHUT_S : KEEP_S;
        return robots_put(p->db, h->origin, h->rules, p->now + keep_s, err);
}

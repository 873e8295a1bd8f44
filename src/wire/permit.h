#ifndef WIRE_PERMIT_H
#define WIRE_PERMIT_H

/*
 * Leave to read the pages of hosts: robots.txt of each, asked for once, kept in
 * the store for a day, and known to who asks for a page.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "wire/task.h"

struct arena;
struct fetch;
struct fetch_answer;
struct map;
struct sql;

struct permit_host; /* one origin's */

struct permit {
        struct arena *a; /* for the whole run */
        struct sql *db;
        struct fetch *fetch;
        struct map *by_origin;
        int64_t now;
        bool is_off;    /* the owner reads what the owner may read */
        bool may_pause; /* all feeds are in: there is time for slow hosts */
};

enum permit_word {
        PERMIT_YES,
        PERMIT_NO,    /* the host doesn't want it read */
        PERMIT_LATER, /* its robots.txt can't be had just now */
        PERMIT_SLOW,  /* it wants long pauses: not now (LIMIT_CRAWL_WAIT_S) */
        PERMIT_WAIT,  /* it was asked for: see permit_take */
};

void permit_init(struct permit *p, struct arena *a, struct sql *db,
                 struct fetch *fetch, int64_t now);

/*
 * May the page at url be read? PERMIT_YES: waiter's pause is set. PERMIT_WAIT:
 * its host is asked now, waiter is kept and comes back when it has answered. A
 * negative code: the store.
 */
NODISCARD int permit_ask(struct permit *p, struct str url, struct task *waiter,
                         struct err *err);

/* The answer to a robots.txt (its owner is a TASK_ROBOTS). Those who waited
 * for it are in *ret_waiters, linked by next: each may ask again. */
NODISCARD int permit_take(struct permit *p, const struct fetch_answer *w,
                          struct task **ret_waiters, struct err *err);

#endif

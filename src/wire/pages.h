#ifndef WIRE_PAGES_H
#define WIRE_PAGES_H

/*
 * The pages of articles that may be printed: fetched over many hosts at once,
 * where their hosts don't mind (robots.txt), the text taken out, stored. What a
 * page doesn't hold is looked for where it says (wire/serial.h).
 *
 * Some are fetched while other feeds are still awaited: what such a page says
 * is held in memory until all feeds are in. So which pages are read, and what
 * comes of it, does not depend on the order in which hosts answer.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "wire/permit.h"

struct arena;
struct fetch;
struct fetch_answer;
struct group;
struct jail;
struct job;
struct map;
struct sites;
struct sql;

struct pages {
        struct sql *db;
        struct fetch *fetch;
        struct jail *jail;         /* where they are read */
        const struct sites *sites; /* the owner's rules */
        struct group *group;
        int64_t now;
        int64_t since; /* older articles don't need theirs */
        size_t most;
        size_t page_max_b;
        bool no_robots; /* read them whatever robots.txt says */
        /* what came of it */
        size_t read, failed, bytes, wanted;
        /* its own */
        struct permit permit;
        struct arena *a;       /* what is to be done */
        struct arena *held;    /* pages that came early */
        struct arena *scratch; /* for one page */
        struct map *by_url;
        struct job *serials; /* whose articles go on elsewhere */
        size_t n_early;
};

/* The first members are the caller's to fill. */
void pages_init(struct pages *p);
void pages_done(struct pages *p);

/* The page of a new article will be wanted, in all likelihood: ask for it now.
 * It may be left for later; then pages_want does it. */
NODISCARD int pages_foresee(struct pages *p, struct str url, struct err *err);
/* All feeds are in: the pages that are wanted, by the store. */
NODISCARD int pages_want(struct pages *p, struct err *err);
/* An answer whose owner is a TASK_PAGE or TASK_ROBOTS. */
NODISCARD int pages_take(struct pages *p, const struct fetch_answer *w,
                         struct err *err);

#endif

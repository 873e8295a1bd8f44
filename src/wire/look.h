#ifndef WIRE_LOOK_H
#define WIRE_LOOK_H

/*
 * Pages read again as they are now: fetched by the rules of every fetch and
 * where robots.txt lets us, their text taken out behind the bars. Nothing of
 * it is stored but what hosts say of robots.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct conf;
struct sql;

#define LOOK_MAX 300 /* pages at once */

struct look {
        struct str url;
        struct str title, text; /* what it says; absent when why isn't */
        struct str why;         /* why it can't be read */
};

struct look_setup {
        const struct conf *conf;
        const char *spool_dir;
        struct sql *db;
        int64_t now;
};

/* Fill the n pages, whose urls are set; texts live in a. What is wrong with a
 * page is told in it; an error is of ours. */
NODISCARD int look_at(struct arena *a, const struct look_setup *setup,
                      struct look *pages, size_t n, struct err *err);

#endif

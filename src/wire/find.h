#ifndef WIRE_FIND_H
#define WIRE_FIND_H

/*
 * From a site's address to its feeds: fetched by the rules of every fetch, a
 * page's declared feeds first, then links in its text, then a few places where
 * sites have theirs. Each is read before it is told of.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct conf;

struct find {
        struct str url, title, home, language;
        struct str format; /* "rss 2.0" */
        size_t n_items;
        int64_t newest_at; /* TIME_NONE: no dates */
        bool is_aside;     /* of comments */
};

struct find_list {
        struct find *items; /* the one to take first */
        size_t n;
        bool is_direct; /* the address was a feed's own */
};

/*
 * url may lack its scheme. In a. ERR_ABSENT says why there is no feed;
 * others what went wrong with the address itself.
 */
NODISCARD int find_feeds(struct arena *a, const struct conf *conf,
                         const char *spool_dir, struct str url,
                         struct find_list *ret, struct err *err);

#endif

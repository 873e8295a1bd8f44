#ifndef WIRE_ALMANAC_H
#define WIRE_ALMANAC_H

/*
 * A feed whose kind is "agenda" is a calendar: what is read of it becomes
 * events and not articles. It is fetched, judged and due again as any feed.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct feed;
struct feed_doc;
struct fetch_answer;
struct jail;
struct sql;

/* From so long before the reading to so long after it events are kept: longer
 * than a calendar that never changes is left unread (verdict_wants_whole). */
#define ALMANAC_BACK_S (2 * (int64_t)86400)
#define ALMANAC_AHEAD_S (120 * (int64_t)86400)

#define ALMANAC_ACCEPT                                                         \
        STR("text/calendar, application/calendar+json;q=0, */*;q=0.5")

struct almanac {
        struct arena *a; /* for one calendar */
        struct sql *db;
        struct jail *jail;
        struct str zone; /* of the press */
        int64_t now;
        bool check; /* nothing is stored */
};

bool almanac_is(const struct feed *f);

/*
 * Read the answer's body and store its events, within the caller's transaction.
 * *ret_doc is what verdict_read wants of a feed: how many, and what was wrong.
 *
 * A negative *ret_parse is the calendar's own fault, and why says which.
 * Otherwise as the store and the jail say.
 */
struct almanac_read {
        struct feed_doc *doc;
        size_t n_new;
        int parse_rc;
        struct err why;
};
NODISCARD int almanac_take(const struct almanac *m, const struct feed *f,
                           const struct fetch_answer *w,
                           struct almanac_read *ret, struct err *err);

/* A calendar, or figures, in a file of this machine: "file:///srv/team.ics".
 * Its answer as if a host had given it; in a. */
bool almanac_is_file(const struct feed *f);
void almanac_file(struct arena *a, const struct feed *f, size_t max_b,
                  struct fetch_answer *ret);

#endif

#ifndef WIRE_FIGURES_H
#define WIRE_FIGURES_H

/*
 * A feed whose kind is "series" has figures: what is read of it becomes values
 * of a gauge and not articles. It is fetched, judged and due again as any feed.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "wire/gauge.h"
#include "wire/item.h"

struct arena;
struct feed;
struct fetch_answer;
struct jail;
struct sql;

#define FIGURES_ACCEPT STR("text/csv, application/json;q=0.9, */*;q=0.5")

struct figures {
        struct arena *a; /* for one series */
        struct sql *db;
        struct jail *jail;
        int64_t now;
        bool check; /* nothing is stored */
};

bool figures_is(const struct feed *f);

/* What its owner says of how it is read; its address names it in messages. */
struct gauge_wish figures_wish(const struct gauge *g, struct str url);

/*
 * Read the answer's body and store its values, within the caller's transaction.
 * A negative parse_rc is the document's own fault, and why says which;
 * otherwise as the store and the jail say.
 */
struct figures_read {
        struct feed_doc doc; /* what verdict_read wants: what was wrong */
        struct str summary;  /* "120 values, 1 new, 2 revised" */
        int parse_rc;
        struct err why;
};
NODISCARD int figures_take(const struct figures *m, const struct feed *f,
                           const struct fetch_answer *w,
                           struct figures_read *ret, struct err *err);

#endif

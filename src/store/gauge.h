#ifndef STORE_GAUGE_H
#define STORE_GAUGE_H

/*
 * Gauges: series of figures that are watched for news. Each is a feed of kind
 * "series" (when it is due, what its host said) with a row here that says how
 * its figures are read, and its values as they were published, each with its
 * revisions.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/table.h"

struct arena;
struct sql;

#define GAUGE_KIND "series" /* of its feed */

enum gauge_weight { GAUGE_LOW = 1, GAUGE_NORMAL, GAUGE_HIGH };

struct gauge {
        int64_t feed_id;
        struct str path, date_column, value_column, unit, place;
        struct str frequency; /* "month"; empty: as the dates tell */
        struct str period;    /* what they told; empty: not searched yet */
        int64_t against;      /* feed_id of another; 0: none */
        int64_t weight;
        int64_t decimals;
        int64_t changed_at, looked_at;      /* 0: never */
        struct str url, home, name, source; /* of its feed; only read */
};

struct gauge_list {
        struct gauge *items;
        size_t n;
};

/* Add, or update what the owner says: what is read of it is left as it is. */
NODISCARD int gauge_put(struct sql *db, const struct gauge *g, struct err *err);
/* ERR_ABSENT: that feed has no figures. */
NODISCARD int gauge_get(struct arena *a, struct sql *db, int64_t feed_id,
                        struct gauge *ret, struct err *err);
/* Those of feeds that aren't removed, by feed_id; at most LIMIT_GAUGES. */
NODISCARD int gauge_all(struct arena *a, struct sql *db, struct gauge_list *ret,
                        struct err *err);
/* Of those the ones that changed since they were last searched, or whose
 * "against" did. */
NODISCARD int gauge_unseen(struct arena *a, struct sql *db,
                           struct gauge_list *ret, struct err *err);
/* It was searched: write back looked_at, as of when, and period. */
NODISCARD int gauge_set_looked(struct sql *db, const struct gauge *g,
                               struct err *err);

/* --- values --- */

struct gauge_point {
        int64_t at;          /* first second of its period, UTC */
        double value, first; /* in force; as first published */
        int64_t seen_at;     /* when the value in force came ... */
        int64_t first_at;    /* ... and when the first did */
        size_t n_rows;       /* values it has had */
};

struct gauge_points {
        struct gauge_point *items; /* in order of at */
        size_t n;
};

/* As they stood at as_of. */
NODISCARD int gauge_points(struct arena *a, struct sql *db, int64_t feed_id,
                           int64_t as_of, struct gauge_points *ret,
                           struct err *err);

/* What was read, in order of at, each at once; only at and value count. */
struct gauge_reading {
        int64_t feed_id, now, decimals;
        const struct gauge_point *items;
        size_t n;
};
struct gauge_change {
        size_t n_new, n_revised;
};
/*
 * Within the caller's transaction: what is new or differs from the value in
 * force is added, and the gauge has changed now. What is no longer there stays.
 * The oldest dates over LIMIT_GAUGE_POINTS go, and of a value's revisions over
 * LIMIT_GAUGE_REVISIONS the oldest but the first.
 */
NODISCARD int gauge_take(struct arena *a, struct sql *db,
                         const struct gauge_reading *r,
                         struct gauge_change *ret, struct err *err);

#endif

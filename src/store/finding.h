#ifndef STORE_FINDING_H
#define STORE_FINDING_H

/*
 * What is news in a series: found by edition/finding.h, chosen by compose. A
 * row stays when it is news no more, so that the same is not found twice.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct finding {
        int64_t id, feed_id;
        struct str kind;
        int64_t at;          /* of the value that is news */
        double value, level; /* level: what it crossed, or moved by */
        int64_t since_at;    /* TIME_NONE: never in the series */
        int64_t run;         /* so many periods back to that */
        int64_t length;      /* of a streak */
        int64_t hits, chances;
        double rarity, brief; /* bits */
        int64_t found_at, looked_at;
        int64_t edition_id;    /* whose chart it is; 0: none */
        struct str printed_on; /* that edition's date; only read */
};

struct finding_list {
        struct finding *items;
        size_t n;
};

/* Add, or (same series, kind and date) update all but found_at and edition_id:
 * what is found again is no news again. */
NODISCARD int finding_put(struct sql *db, const struct finding *f,
                          struct err *err);
/* Those in force: of series that aren't removed, by id. */
NODISCARD int finding_in_force(struct arena *a, struct sql *db,
                               struct finding_list *ret, struct err *err);
/* Those found, or printed in an edition of a date, since then. */
NODISCARD int finding_since(struct arena *a, struct sql *db, int64_t found_at,
                            struct str date, struct finding_list *ret,
                            struct err *err);
/* ERR_ABSENT. */
NODISCARD int finding_get(struct arena *a, struct sql *db, int64_t id,
                          struct finding *ret, struct err *err);
/* It is the edition's chart, and no other is; id 0: the edition has none. */
NODISCARD int finding_print(struct sql *db, int64_t id, int64_t edition_id,
                            struct err *err);
/* Those found before that are out of force and were never printed. */
NODISCARD int finding_forget(struct sql *db, int64_t before, struct err *err);

#endif

#ifndef STORE_CORRECTION_H
#define STORE_CORRECTION_H

/*
 * What was put right in editions after their publication. A correction is a
 * revision of the copy with its date and note; neither is changed ever after.
 * Three things follow it, each told by its row, so that a kill between them is
 * mended by doing what is left: the site (printed_at), its letters (with it),
 * and the Corrections of the next edition (carried_by).
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct edition_row;
struct sql;

struct correction {
        int64_t edition_id, n; /* 1, 2 ... of that edition */
        int64_t revision, made_at;
        struct str note;    /* empty: a misprint */
        bool has_letter;    /* it is mailed, too */
        int64_t printed_at; /* TIME_NONE: not yet */
        /* Filled by correction_due() only: of the edition it is of. */
        struct str date, slug, title;
};

struct correction_list {
        struct correction *items;
        size_t n;
};

/* Add the next one of c->edition_id: c->n is given here. Within the caller's
 * transaction, which holds edition_lock(). */
NODISCARD int correction_add(struct sql *db, struct correction *c,
                             struct err *err);
/* Those of an edition, the first first. */
NODISCARD int correction_list(struct arena *a, struct sql *db,
                              int64_t edition_id, struct correction_list *ret,
                              struct err *err);
/* ERR_ABSENT: there is no such one. */
NODISCARD int correction_get(struct arena *a, struct sql *db,
                             int64_t edition_id, int64_t n,
                             struct correction *ret, struct err *err);
/* Those of a series that the site lacks yet, or that were made at since or
 * later; by edition. */
NODISCARD int correction_recent(struct arena *a, struct sql *db,
                                int64_t series_id, int64_t since,
                                struct correction_list *ret, struct err *err);
/* The site has it. */
NODISCARD int correction_set_printed(struct sql *db, int64_t edition_id,
                                     int64_t n, int64_t now, struct err *err);

/*
 * Those with a note that the edition of date may carry: of earlier editions of
 * its series, and in none of another edition's Corrections that was published.
 * The earliest first.
 */
NODISCARD int correction_due(struct arena *a, struct sql *db, int64_t series_id,
                             struct str date, struct correction_list *ret,
                             struct err *err);
/* by, an edition's id, carries it. */
NODISCARD int correction_set_carried(struct sql *db, int64_t edition_id,
                                     int64_t n, int64_t by, struct err *err);

#endif

#ifndef WIRE_GATHER_H
#define WIRE_GATHER_H

/*
 * The stage: feeds that are due are fetched, parsed and stored, then the pages
 * of those articles that may be printed.
 *
 * A feed's items and its new state are one transaction, so a kill at any
 * instant loses nothing and the rerun ends in the same rows; so does another
 * order of answers.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct conf;
struct feed;
struct fetch_options;
struct guard;
struct sites;
struct sql;

struct gather {
        struct sql *db;
        const struct conf *conf;
        int64_t now;
        const char *spool_dir; /* for long answers, e.g. the press */
        bool all;              /* due or not */
        bool check;            /* ask and judge only: nothing is stored */
        bool quiet;            /* no progress bar */
        /* After each feed; may be NULL. f is borrowed during the call. */
        void (*each)(void *ctx, const struct feed *f);
        void *ctx;
};

struct gather_report {
        size_t feeds, unchanged, failed;
        size_t items, added; /* in the feeds read; that were unknown */
        size_t pages, pages_failed;
        size_t bytes; /* as they travelled */
};

NODISCARD int gather_run(const struct gather *g, struct gather_report *ret,
                         struct err *err);

#define GATHER_SITES "sites.txt" /* in the press: rules for single sites */

/* Those of the press in dir, none when the file is not there. In a. The error
 * names file and line. */
NODISCARD int gather_sites(struct arena *a, const char *dir, struct sites *ret,
                           struct err *err);

/* How this press fetches, from its settings; guard is filled. Lives in a. */
NODISCARD int gather_fetch_options(struct arena *a, const struct conf *conf,
                                   const char *spool_dir, struct guard *guard,
                                   struct fetch_options *ret, struct err *err);

/* One document, such as a list of feeds, by the same rules; in a. */
NODISCARD int gather_one(struct arena *a, const struct conf *conf,
                         const char *spool_dir, struct str url, size_t max_b,
                         struct str *ret, struct err *err);

#endif

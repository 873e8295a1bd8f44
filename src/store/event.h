#ifndef STORE_EVENT_H
#define STORE_EVENT_H

/*
 * Events: what will happen and when, for the agenda. From a calendar that is
 * read like a feed, from a table, by hand, or from an article's page.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

enum event_importance { EVENT_LOW = 1, EVENT_NORMAL, EVENT_HIGH };

struct event {
        int64_t id;
        int64_t feed_id;   /* the calendar it is from; 0: none */
        struct str origin; /* hand, csv, calendar, page */
        /* Which event it is, and which occurrence of it: the instant at which
         * its rule puts that, or "". */
        struct str uid, recurrence;
        int64_t sequence;
        struct str category, title, place;
        struct str zone; /* IANA name; empty: the press's */
        /* Of a whole day: midnight UTC of its date, and of the day after its
         * last. end_at may be TIME_NONE. */
        int64_t start_at, end_at;
        bool is_all_day;
        int64_t importance;
        struct str expected,
                previous; /* of a figure, as its source writes it */
        bool is_tentative, is_cancelled;
        struct str url, source; /* who says so, and where */
        int64_t seen_at;
};

struct event_list {
        struct event *items;
        size_t n;
};

/*
 * Add, or (same feed_id, uid and recurrence) take the place of what is there
 * unless that has a higher sequence. *ret_new may be NULL.
 */
NODISCARD int event_put(struct sql *db, const struct event *e, bool *ret_new,
                        struct err *err);

/* Those that happen, in part at least, from one instant to before another, in
 * order of start; at most n. Cancelled ones too. */
struct event_span {
        int64_t from, to;
        size_t n;
};
NODISCARD int event_between(struct arena *a, struct sql *db,
                            const struct event_span *span,
                            struct event_list *ret, struct err *err);
/* ERR_ABSENT. */
NODISCARD int event_get(struct arena *a, struct sql *db, int64_t id,
                        struct event *ret, struct err *err);
NODISCARD int event_remove(struct sql *db, int64_t id, struct err *err);

/*
 * A calendar says all it knows each time: event_feed_begin, event_put of each,
 * event_feed_end; in one transaction. What it no longer has of the time from
 * now on is cancelled then, and kept: an edition may have printed it.
 */
NODISCARD int event_feed_begin(struct sql *db, int64_t feed_id,
                               struct err *err);
NODISCARD int event_feed_end(struct sql *db, int64_t feed_id, int64_t now,
                             struct err *err);
/* All that came from it. */
NODISCARD int event_feed_remove(struct sql *db, int64_t feed_id,
                                struct err *err);
/* Forget those that were over before. */
NODISCARD int event_forget(struct sql *db, int64_t before, struct err *err);
NODISCARD int event_count(struct sql *db, int64_t *ret, struct err *err);

#endif

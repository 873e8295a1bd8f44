#ifndef WIRE_VERDICT_H
#define WIRE_VERDICT_H

/*
 * What one try at a feed means for the feed: its state, when it is due again,
 * where it lives, whether its "not changed" can be believed, and the one line
 * that `bulldog feeds list` shows. Pure.
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
struct schedule;

/* A move is believed when it was told so often in a row. */
#define VERDICT_MOVED_TIMES 3

struct verdict_case {
        const struct fetch_answer *answer;
        const struct schedule *schedule;
        int64_t now;
        bool was_whole;    /* asked without conditions */
        struct str digest; /* of its body */
        /* Of the items that we didn't know: how many, and the date of the
         * oldest (TIME_NONE: none has one). */
        size_t n_new;
        int64_t oldest_new_at;
        struct str summary; /* of what has no items: "3 values, 1 new" */
};

/* An answer that has a feed to parse. */
bool verdict_is_body(const struct fetch_answer *answer);

/*
 * Is it time to ask for it whole, whatever we have of it? Now and then, as a
 * host may say "not changed" for ever; always for a time when it was found to.
 */
bool verdict_wants_whole(const struct feed *f, int64_t now);

/* It was read. Texts of f live in a. */
void verdict_read(struct arena *a, const struct verdict_case *c, struct feed *f,
                  const struct feed_doc *doc);
/* Nothing new since last time: a 304, or the same bytes again. */
void verdict_unchanged(struct arena *a, const struct verdict_case *c,
                       struct feed *f);
/* The host was asked in vain, or its answer is no feed (why, when parse_rc is
 * negative). */
void verdict_failed(struct arena *a, const struct verdict_case *c,
                    struct feed *f, int parse_rc, const struct err *why);

/* A move that was told often enough: from now on the new address, and the old
 * one is kept for some weeks. */
bool verdict_moves(const struct feed *f);
void verdict_move(struct feed *f, int64_t now);
/* The new address fails: back to the old one, if it is still kept. */
bool verdict_moves_back(const struct feed *f, int64_t now);
void verdict_move_back(struct arena *a, struct feed *f, int64_t now);

/* What its owner should do about it; absent: nothing. */
struct str verdict_advice(struct arena *a, const struct feed *f, int64_t now);

#endif

#ifndef WIRE_VERDICT_H
#define WIRE_VERDICT_H

/*
 * What one try at a feed means for the feed: its state, when it is due again,
 * where it lives, and the one line that `bulldog feeds list` shows. Pure.
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
};

/* An answer that has a feed to parse. */
bool verdict_is_body(const struct fetch_answer *answer);

/* It was read: n_new of its items we didn't know. Texts of f live in a. */
void verdict_read(struct arena *a, const struct verdict_case *c, struct feed *f,
                  const struct feed_doc *doc, size_t n_new);
/* Nothing new since last time (304). */
void verdict_unchanged(struct arena *a, const struct verdict_case *c,
                       struct feed *f);
/* The host was asked in vain, or its answer is no feed (why, when parse_rc is
 * negative). */
void verdict_failed(struct arena *a, const struct verdict_case *c,
                    struct feed *f, int parse_rc, const struct err *why);

#endif

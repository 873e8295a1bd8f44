#ifndef STORE_QUIZ_H
#define STORE_QUIZ_H

/*
 * How readers did in a quiz: two counts a question. A form is counted once,
 * by its token; who sent it is not known here.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct quiz_tally {
        struct str question; /* its id */
        int64_t answered, correct;
};

struct quiz_tallies {
        struct quiz_tally *items;
        size_t n;
};

/*
 * Count a form's answers, each answered 1 and correct 0 or 1, in the order
 * given, which must be one for all forms. *ret_new is false, and nothing is
 * counted, when the token was seen before. Tokens seen before forget_at go.
 */
struct quiz_form {
        int64_t edition_id;
        struct str token;
        const struct quiz_tally *answers;
        size_t n;
        int64_t now, forget_at;
};
NODISCARD int quiz_count(struct sql *db, const struct quiz_form *form,
                         bool *ret_new, struct err *err);

/* All counts of an edition, by question. */
NODISCARD int quiz_tallies_of(struct arena *a, struct sql *db,
                              int64_t edition_id, struct quiz_tallies *ret,
                              struct err *err);

#endif

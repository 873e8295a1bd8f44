#ifndef STORE_CHOICE_H
#define STORE_CHOICE_H

/* What the editor decided on a story before the edition is made. It wins over
 * every rule of compose. */

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct choice {
        int64_t story_id;
        struct str choice; /* lead, pin, kill */
        int64_t made_at;
};

struct choice_list {
        struct choice *items;
        size_t n;
};

/* Insert or replace; "lead" takes the place of any other lead. */
NODISCARD int choice_put(struct sql *db, const struct choice *c,
                         struct err *err);
/* ERR_ABSENT: there was none. */
NODISCARD int choice_remove(struct sql *db, int64_t story_id, struct err *err);
/* All, by story. */
NODISCARD int choice_all(struct arena *a, struct sql *db,
                         struct choice_list *ret, struct err *err);

#endif

#ifndef STORE_STAGE_H
#define STORE_STAGE_H

/*
 * What each stage last did. A briefing that stops silently is the worst fault
 * in this field, so each stage says here when it starts and how it ended.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct stage {
        struct str name, state, note; /* state: running, ok, failed, cut */
        int64_t started_at, ended_at, ok_at;
};

struct stage_list {
        struct stage *items;
        size_t n;
};

NODISCARD int stage_start(struct sql *db, struct str name, int64_t now,
                          struct err *err);
NODISCARD int stage_end(struct sql *db, struct str name, bool ok,
                        struct str note, int64_t now, struct err *err);
/*
 * It ended without a word: while it stands as running, it is state now. "cut":
 * killed with all of us, so that what it left undone is still to be found and
 * done; "failed": killed alone.
 */
NODISCARD int stage_stop(struct sql *db, struct str name, struct str state,
                         struct str note, int64_t now, struct err *err);
NODISCARD int stage_all(struct arena *a, struct sql *db, struct stage_list *ret,
                        struct err *err);

#endif

#ifndef STORE_ROBOTS_H
#define STORE_ROBOTS_H

/* What robots.txt of an origin says to us, kept until it is asked again. */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

/* The rules in a; absent when there are none, or none that hold at now. */
NODISCARD int robots_get(struct arena *a, struct sql *db, struct str origin,
                         int64_t now, struct str *ret, struct err *err);
NODISCARD int robots_put(struct sql *db, struct str origin, struct str rules,
                         int64_t until_at, struct err *err);
/* Those that ran out before. */
NODISCARD int robots_forget(struct sql *db, int64_t before, struct err *err);

#endif

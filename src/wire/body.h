#ifndef WIRE_BODY_H
#define WIRE_BODY_H

/*
 * A body as it arrives: in memory while it is small, in a file without a name
 * once it is not. So the memory of a gather doesn't depend on how many hosts
 * send without end at the same time.
 */

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct body {
        struct buf memory;
        const char *dir; /* for the file; borrowed */
        size_t n, max;
        int fd; /* -1: all in memory */
        void *map;
        size_t map_n;
};

/* A limit as a message says it: "12 MB", "500 kB". */
#define BODY_SIZE "%zu %s"
#define BODY_SIZE_ARG(n) body_whole(n), (n) < (1u << 20) ? "kB" : "MB"
size_t body_whole(size_t n); /* in that unit, rounded up */

void body_init(struct body *b, size_t max_b, const char *dir);
void body_done(struct body *b);

/* ERR_LIMIT past max_b, ERR_SYS or ERR_LIMIT when the file can't take it. */
NODISCARD int body_put(struct body *b, struct str bytes, struct err *err);
/* All of it, borrowed until body_done. */
NODISCARD int body_get(struct body *b, struct str *ret, struct err *err);

#endif

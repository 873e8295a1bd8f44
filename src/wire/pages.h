#ifndef WIRE_PAGES_H
#define WIRE_PAGES_H

/*
 * The pages of articles that may be printed: fetched over many hosts at once,
 * the text taken out, stored a few at a time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct fetch;
struct sql;

struct pages {
        struct sql *db;
        struct fetch *fetch;
        int64_t since; /* older articles don't need theirs */
        size_t most;
        size_t page_max_b;
        bool quiet;
        /* what came of it */
        size_t read, failed, bytes;
};

NODISCARD int pages_read(struct pages *p, struct err *err);

#endif

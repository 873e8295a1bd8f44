#ifndef CMD_FEEDS_H
#define CMD_FEEDS_H

/* What the parts of `bulldog feeds` share. */

#include "base/str.h"
#include "store/feed.h"

struct buf;
struct env;

/* What a new feed starts with. */
struct feed feeds_fresh(const struct env *env);
NODISCARD int feeds_check_kind(struct env *env, struct str kind);
/* An address that we would fetch, as far as it can be known before. */
NODISCARD int feeds_check_address(struct env *env, struct str url);
NODISCARD int feeds_usage(struct env *env, const char *what);
/* Cut or filled up to a width in characters. */
void feeds_put_cell(struct buf *out, struct str s, size_t width);
/* "2026-03-06 06:00", or as wide a blank. */
void feeds_put_time(struct buf *out, int64_t at);
/* Write it out and free it. */
NODISCARD int feeds_print(struct env *env, struct buf *out);

NODISCARD int feeds_add(struct env *env, int argc, char **argv);

#endif

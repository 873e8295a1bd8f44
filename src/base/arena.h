#ifndef BASE_ARENA_H
#define BASE_ARENA_H

/*
 * Memory for one unit of work (a run, a feed, an edition), freed all at once.
 *
 * A function whose result lives in an arena takes it first; nobody frees such a
 * result. Allocation never fails: when the system has no memory the process
 * ends, as all work is restartable. Each arena has a maximum; a parser of
 * foreign bytes asks arena_is_full() as it goes and gives up with ERR_LIMIT.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/str.h"

struct arena;

struct arena *arena_new(size_t max_b);
void arena_free(struct arena *a); /* NULL is fine */
/* Forget all it holds; keeps one block for reuse. */
void arena_reset(struct arena *a);

/* Zeroed memory aligned for any type. */
void *arena_alloc(struct arena *a, size_t size_b);
/* Bytes that the caller writes at once: not zeroed. */
char *arena_room(struct arena *a, size_t size_b);
/* As arena_alloc for n items of size bytes; an overflow ends the process. */
void *arena_array(struct arena *a, size_t n, size_t size_b);

/*
 * Grow an array: make room for item *n in *items (capacity in *cap), doubling.
 * ARENA_GROW(a, items, n, cap) then items[n++] = ...
 */
void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap,
                 size_t size_b);
#define ARENA_GROW(a, items, n, cap)                                           \
        ((items) = (n) < (cap) ? (items)                                       \
                               : arena_grow((a), (items), (n), &(cap),         \
                                            sizeof(*(items))))

/* Copies. A NUL stands after the copy, so .p is also a C string. An absent
 * string stays absent in arena_str and arena_lower. */
struct str arena_str(struct arena *a, struct str s);
struct str arena_lower(struct arena *a, struct str s); /* ASCII */
const char *arena_cstr(struct arena *a, struct str s); /* "" when absent */
struct str arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/* More than its maximum was asked for: stop and return ERR_LIMIT. */
bool arena_is_full(const struct arena *a);
size_t arena_used(const struct arena *a);

#endif

#ifndef BASE_BUF_H
#define BASE_BUF_H

/*
 * Text or bytes being written: grows up to a maximum given at birth.
 *
 * An error sticks: once the maximum is passed every later call does nothing,
 * so a writer is checked once, at its end, by buf_ok().
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

struct buf {
        char *p;
        size_t n, cap, max;
        bool failed;
};

void buf_init(struct buf *b, size_t max_b);
/* Over size bytes of the caller's, for good: no buf_done. */
void buf_over(struct buf *b, char *p, size_t size);
void buf_done(struct buf *b);  /* frees; leaves it as after buf_init */
void buf_reset(struct buf *b); /* empty again, memory kept, error cleared */

static inline void buf_put(struct buf *b, struct str s);
static inline void buf_puts(struct buf *b, const char *s);
static inline void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_u64(struct buf *b, uint64_t n);
/* n more bytes to be written by the caller at once; NULL past the maximum. */
char *buf_room(struct buf *b, size_t n);
/* Cut back to n bytes. */
void buf_cut(struct buf *b, size_t n);

bool buf_ok(const struct buf *b);
/* Borrowed until the next change of b. */
struct str buf_str(const struct buf *b);
/* The same, ended by NUL. */
const char *buf_cstr(struct buf *b);

/* For what stands below: room for n more bytes and a NUL; false (and failed)
 * past the maximum. */
bool buf_reserve(struct buf *b, size_t n);

/* Writing into memory that is there costs no call. */
static inline bool buf_has_room(const struct buf *b, size_t n)
{
        return n < b->cap - b->n && n <= b->max - b->n && !b->failed;
}

static inline void buf_put(struct buf *b, struct str s)
{
        if (s.n && (buf_has_room(b, s.n) || buf_reserve(b, s.n))) {
                memcpy(b->p + b->n, s.p, s.n);
                b->n += s.n;
        }
}

static inline void buf_puts(struct buf *b, const char *s)
{
        buf_put(b, str_c(s));
}

static inline void buf_char(struct buf *b, char c)
{
        if (buf_has_room(b, 1) || buf_reserve(b, 1))
                b->p[b->n++] = c;
}

#endif

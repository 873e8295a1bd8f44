#ifndef BASE_BYTES_H
#define BASE_BYTES_H

/*
 * The next byte that matters, sixteen at a time.
 *
 * Most bytes of a text are passed over: by the one who looks for markup, for
 * what JSON must escape, for what isn't ASCII. Each says which bytes stop it,
 * as a mask over a block of sixteen; the compiler makes SSE2 or NEON of it.
 *
 *   #define IS_STOP(v) (((v) == '<') | ((v) == '&'))
 *   BYTES_FIND(i, s, IS_STOP);       moves i on
 *   BYTES_COPY(out, i, s, IS_STOP);  the same, copying what it passes
 */

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

#define BYTES_BLOCK 16

typedef uint8_t bytes_block __attribute__((vector_size(BYTES_BLOCK)));
typedef int8_t bytes_mask __attribute__((vector_size(BYTES_BLOCK)));

static inline bytes_block bytes_load(const char *p)
{
        bytes_block v;

        memcpy(&v, p, sizeof(v));
        return v;
}

/* The first byte of the mask, from byte skip on, that is set; BYTES_BLOCK:
 * none. */
static inline size_t bytes_first(bytes_mask mask, size_t skip)
{
#ifdef __SSE2__
        typedef char chars __attribute__((vector_size(BYTES_BLOCK)));
        unsigned bits = (unsigned)__builtin_ia32_pmovmskb128((chars)mask);

        bits &= ~0u << skip;
        return bits ? (size_t)__builtin_ctz(bits) : BYTES_BLOCK;
#else
        uint64_t half[2], keep = ~UINT64_C(0);

        memcpy(half, &mask, sizeof(half));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        half[0] = __builtin_bswap64(half[0]);
        half[1] = __builtin_bswap64(half[1]);
#endif
        half[0] = skip < 8 ? half[0] & keep << (8 * skip) : 0;
        half[1] = skip < 8 ? half[1] : half[1] & keep << (8 * (skip - 8));
        if (half[0])
                return (size_t)__builtin_ctzll(half[0]) / 8;
        if (half[1])
                return (size_t)__builtin_ctzll(half[1]) / 8 + 8;
        return BYTES_BLOCK;
#endif
}

/* The last block of s when less than a block follows i: its bytes from *ret
 * on are those from i on. Absent ones are blanks. */
static inline bytes_block bytes_last(struct str s, size_t i, size_t *ret)
{
        char rest[BYTES_BLOCK];

        if (s.n >= BYTES_BLOCK) {
                *ret = BYTES_BLOCK - (s.n - i);
                return bytes_load(s.p + s.n - BYTES_BLOCK);
        }
        memset(rest, ' ', sizeof(rest));
        for (size_t k = i; k < s.n; k++)
                rest[k - i] = s.p[k];
        *ret = 0;
        return bytes_load(rest);
}

/* Move i to the first byte of s at or after it that is_stop, or to s.n. A
 * blank must be no stop. */
#define BYTES_FIND(i, s, is_stop)                                              \
        do {                                                                   \
                size_t first_ = BYTES_BLOCK, skip_;                            \
                while ((s).n - (i) >= BYTES_BLOCK && first_ == BYTES_BLOCK) {  \
                        bytes_block v_ = bytes_load((s).p + (i));              \
                        first_ = bytes_first((bytes_mask)(is_stop(v_)), 0);    \
                        (i) += first_;                                         \
                }                                                              \
                if (first_ == BYTES_BLOCK && (i) < (s).n) {                    \
                        bytes_block v_ = bytes_last(s, i, &skip_);             \
                        (i) += bytes_first((bytes_mask)(is_stop(v_)), skip_) - \
                               skip_;                                          \
                        if ((i) > (s).n)                                       \
                                (i) = (s).n;                                   \
                }                                                              \
        } while (0)

/* As BYTES_FIND; what is passed over is added to out. */
#define BYTES_COPY(out, i, s, is_stop)                                         \
        do {                                                                   \
                size_t one_ = BYTES_BLOCK;                                     \
                while ((s).n - (i) >= BYTES_BLOCK && one_ == BYTES_BLOCK) {    \
                        if (!buf_has_room((out), BYTES_BLOCK) &&               \
                            !buf_reserve((out), BYTES_BLOCK))                  \
                                break;                                         \
                        bytes_block w_ = bytes_load((s).p + (i));              \
                        memcpy((out)->p + (out)->n, &w_, sizeof(w_));          \
                        one_ = bytes_first((bytes_mask)(is_stop(w_)), 0);      \
                        (i) += one_;                                           \
                        (out)->n += one_;                                      \
                }                                                              \
                if (one_ == BYTES_BLOCK && (i) < (s).n) {                      \
                        size_t from_ = (i);                                    \
                        BYTES_FIND(i, s, is_stop);                             \
                        buf_put((out), str_sub((s), from_, (i)-from_));        \
                }                                                              \
        } while (0)

#endif

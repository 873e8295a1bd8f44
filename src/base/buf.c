#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 256

void buf_init(struct buf *b, size_t max_b)
{
        *b = (struct buf) { .max = max_b };
}

/* reserve() never comes past the maximum, so this is never reallocated. */
void buf_over(struct buf *b, char *p, size_t size)
{
        *b = (struct buf) { .p = p, .cap = size, .max = size - 1 };
}

void buf_done(struct buf *b)
{
        free(b->p);
        buf_init(b, b->max);
}

void buf_reset(struct buf *b)
{
        b->n = 0;
        b->failed = false;
}

bool buf_reserve(struct buf *b, size_t n)
{
        if (b->failed || n > b->max || b->n > b->max - n) {
                b->failed = true;
                return false;
        }
        if (b->n + n < b->cap)
                return true;

        size_t cap = b->cap ? b->cap : FIRST_SIZE;

        while (cap <= b->n + n)
                cap *= 2;

        char *p = realloc(b->p, cap);

        if (!p) {
                b->failed = true;
                return false;
        }
        b->p = p;
        b->cap = cap;
        return true;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
        va_list args, again;

        va_start(args, fmt);
        va_copy(again, args);
        int n = vsnprintf(NULL, 0, fmt, args);
        va_end(args);
        if (n > 0 && buf_reserve(b, (size_t)n)) {
                vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
                b->n += (size_t)n;
        }
        va_end(again);
}

void buf_u64(struct buf *b, uint64_t n)
{
        char digits[20];
        size_t i = sizeof(digits);

        do {
                digits[--i] = (char)('0' + n % 10);
                n /= 10;
        } while (n);
        buf_put(b, (struct str) { digits + i, sizeof(digits) - i });
}

char *buf_room(struct buf *b, size_t n)
{
        if (!buf_reserve(b, n))
                return NULL;
        b->n += n;
        return b->p + b->n - n;
}

void buf_cut(struct buf *b, size_t n)
{
        if (n < b->n)
                b->n = n;
}

bool buf_ok(const struct buf *b)
{
        return !b->failed;
}

struct str buf_str(const struct buf *b)
{
        return b->p ? (struct str) { b->p, b->n } : STR("");
}

const char *buf_cstr(struct buf *b)
{
        if (!b->p && !buf_reserve(b, 0))
                return "";
        b->p[b->n] = '\0'; /* buf_reserve() keeps room for it */
        return b->p;
}

#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MIN 4096
#define BLOCK_MAX (1024 * 1024)
#define ALIGN 16

struct block {
        struct block *next; /* older */
        size_t size, used;
        _Alignas(ALIGN) unsigned char bytes[];
};

struct arena {
        struct block *top;
        size_t max_b, used_b, next_size;
};

static NORETURN void end_without_memory(size_t wanted)
{
        fprintf(stderr,
                "bulldog: no memory for %zu bytes more; the work is "
                "kept and can be run again\n",
                wanted);
        exit(71); /* EX_OSERR */
}

static struct block *block_new(struct arena *a, size_t least)
{
        size_t size = a->next_size > least ? a->next_size : least;
        struct block *b = malloc(sizeof(*b) + size);

        if (!b)
                end_without_memory(size);
        b->next = a->top;
        b->size = size;
        b->used = 0;
        a->top = b;
        if (a->next_size < BLOCK_MAX)
                a->next_size *= 2;
        return b;
}

struct arena *arena_new(size_t max_b)
{
        struct arena *a = calloc(1, sizeof(*a));

        if (!a)
                end_without_memory(sizeof(*a));
        a->max_b = max_b;
        a->next_size = BLOCK_MIN;
        return a;
}

static void free_blocks(struct block *b)
{
        while (b) {
                struct block *next = b->next;
                free(b);
                b = next;
        }
}

void arena_free(struct arena *a)
{
        if (!a)
                return;
        free_blocks(a->top);
        free(a);
}

void arena_reset(struct arena *a)
{
        a->used_b = 0;
        if (!a->top)
                return;
        free_blocks(a->top->next);
        a->top->next = NULL;
        a->top->used = 0;
}

/* Not zeroed: for copies, which overwrite it all. */
static void *take(struct arena *a, size_t size_b)
{
        if (size_b > SIZE_MAX / 2)
                end_without_memory(size_b);

        size_t need = (size_b + ALIGN - 1) & ~(size_t)(ALIGN - 1);
        struct block *b = a->top;

        if (!b || b->size - b->used < need)
                b = block_new(a, need);

        void *p = b->bytes + b->used;

        b->used += need;
        a->used_b += need;
        return p;
}

void *arena_alloc(struct arena *a, size_t size_b)
{
        return memset(take(a, size_b), 0, size_b);
}

char *arena_room(struct arena *a, size_t size_b)
{
        return take(a, size_b);
}

void *arena_array(struct arena *a, size_t n, size_t size_b)
{
        size_t total;

        if (__builtin_mul_overflow(n, size_b, &total))
                end_without_memory(SIZE_MAX);
        return arena_alloc(a, total);
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap,
                 size_t size_b)
{
        if (n < *cap)
                return items;

        size_t wider = *cap ? *cap * 2 : 8;
        void *copy = arena_array(a, wider, size_b);

        if (n)
                memcpy(copy, items, n * size_b);
        *cap = wider;
        return copy;
}

struct str arena_str(struct arena *a, struct str s)
{
        if (!s.p)
                return s;

        char *p = take(a, s.n + 1);

        memcpy(p, s.p, s.n);
        p[s.n] = '\0';
        return (struct str) { p, s.n };
}

struct str arena_lower(struct arena *a, struct str s)
{
        struct str copy = arena_str(a, s);

        for (size_t i = 0; i < copy.n; i++)
                ((char *)(uintptr_t)copy.p)[i] = chr_lower(copy.p[i]);
        return copy;
}

const char *arena_cstr(struct arena *a, struct str s)
{
        return s.p ? arena_str(a, s).p : "";
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
        va_list args, again;

        va_start(args, fmt);
        va_copy(again, args);
        int n = vsnprintf(NULL, 0, fmt, args);
        va_end(args);

        char *p = take(a, (size_t)(n < 0 ? 0 : n) + 1);

        p[0] = '\0';
        if (n > 0)
                vsnprintf(p, (size_t)n + 1, fmt, again);
        va_end(again);
        return (struct str) { p, (size_t)(n < 0 ? 0 : n) };
}

bool arena_is_full(const struct arena *a)
{
        return a->used_b > a->max_b;
}

size_t arena_used(const struct arena *a)
{
        return a->used_b;
}

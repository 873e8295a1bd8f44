#ifndef BASE_STR_H
#define BASE_STR_H

/*
 * A string as a view: bytes and a length, borrowed from whoever owns them.
 *
 * Not NUL-ended and not copied, so cutting costs nothing and a length is never
 * counted twice. p == NULL means absent (n is 0 then); "" is present and empty.
 */

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
        const char *p;
        size_t n;
};

#define STR(literal) ((struct str) { "" literal, sizeof(literal) - 1 })
/* The same for the initialiser of a static table. */
#define STR_INIT(literal)                                                      \
        {                                                                      \
                "" literal, sizeof(literal) - 1                                \
        }
#define STR_NULL ((struct str) { NULL, 0 })
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""
#define STR_NONE ((size_t)-1)

/* A view of a C string; NULL gives STR_NULL. */
static inline struct str str_c(const char *s);

static inline bool str_eq(struct str a, struct str b);
static inline bool str_eq_nocase(struct str a,
                                 struct str b); /* ASCII letters only */
int str_cmp(struct str a, struct str b);        /* bytewise, for sorting */
static inline bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* The index of the first match at or after from, or STR_NONE. */
static inline size_t str_chr(struct str s, char c, size_t from);
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_nocase(struct str s, struct str needle, size_t from);

/* The part from byte from, at most n bytes; clipped to s. */
static inline struct str str_sub(struct str s, size_t from, size_t n);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/*
 * Cut the text up to the next sep off *rest into *ret_part. False when *rest
 * is used up (its p is NULL then). "a,,b" gives "a", "", "b"; "" gives "".
 */
bool str_cut(struct str *rest, char sep, struct str *ret_part);

/*
 * What parsers ask of each byte stands here, so that it costs no call.
 */

/* ASCII classes, whatever the locale. */
static inline bool chr_is_space(char c)
{
        return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool chr_is_digit(char c)
{
        return c >= '0' && c <= '9';
}

static inline bool chr_is_alpha(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool chr_is_alnum(char c)
{
        return chr_is_alpha(c) || chr_is_digit(c);
}

static inline char chr_lower(char c)
{
        return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline struct str str_c(const char *s)
{
        return s ? (struct str) { s, strlen(s) } : STR_NULL;
}

static inline struct str str_sub(struct str s, size_t from, size_t n)
{
        if (!s.p)
                return s;
        if (from > s.n)
                from = s.n;
        if (n > s.n - from)
                n = s.n - from;
        return (struct str) { s.p + from, n };
}

static inline bool str_eq(struct str a, struct str b)
{
        return a.n == b.n &&
               (a.n == 0 || (a.p[0] == b.p[0] && memcmp(a.p, b.p, a.n) == 0));
}

static inline bool str_starts(struct str s, struct str prefix)
{
        return s.n >= prefix.n &&
               (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool str_eq_nocase(struct str a, struct str b)
{
        return a.n == b.n && str_starts_nocase(a, b);
}

static inline size_t str_chr(struct str s, char c, size_t from)
{
        if (from >= s.n)
                return STR_NONE;
        const char *at = (const char *)memchr(s.p + from, c, s.n - from);

        return at ? (size_t)(at - s.p) : STR_NONE;
}

#endif

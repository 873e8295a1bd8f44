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
struct str str_c(const char *s);

bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
int str_cmp(struct str a, struct str b);        /* bytewise, for sorting */
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* The index of the first match at or after from, or STR_NONE. */
size_t str_chr(struct str s, char c, size_t from);
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_nocase(struct str s, struct str needle, size_t from);

/* The part from byte from, at most n bytes; clipped to s. */
struct str str_sub(struct str s, size_t from, size_t n);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/*
 * Cut the text up to the next sep off *rest into *ret_part. False when *rest
 * is used up (its p is NULL then). "a,,b" gives "a", "", "b"; "" gives "".
 */
bool str_cut(struct str *rest, char sep, struct str *ret_part);

/* ASCII classes, whatever the locale. */
bool chr_is_space(char c);
bool chr_is_digit(char c);
bool chr_is_alpha(char c);
bool chr_is_alnum(char c);
char chr_lower(char c);

#endif

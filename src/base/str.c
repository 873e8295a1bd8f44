#include "base/str.h"

#include <string.h>

int str_cmp(struct str a, struct str b)
{
        size_t n = a.n < b.n ? a.n : b.n;
        int d = n ? memcmp(a.p, b.p, n) : 0;

        return d ? d : (a.n > b.n) - (a.n < b.n);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
        if (s.n < prefix.n)
                return false;
        for (size_t i = 0; i < prefix.n; i++)
                if (chr_lower(s.p[i]) != chr_lower(prefix.p[i]))
                        return false;
        return true;
}

bool str_ends(struct str s, struct str suffix)
{
        return s.n >= suffix.n &&
               str_eq(str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

/* So few letters are compared at once; memmem would look at each byte. */
#define FEW 4

static size_t find_long(struct str s, struct str needle, size_t from)
{
        const char *at = memmem(s.p + from, s.n - from, needle.p, needle.n);

        return at ? (size_t)(at - s.p) : STR_NONE;
}

size_t str_find(struct str s, struct str needle, size_t from)
{
        if (from > s.n || needle.n > s.n - from)
                return STR_NONE;
        if (needle.n == 0)
                return from;
        if (needle.n > FEW)
                return find_long(s, needle, from);
        for (;; from++) {
                from = str_chr(s, needle.p[0], from);
                if (from == STR_NONE || needle.n > s.n - from)
                        return STR_NONE;
                if (memcmp(s.p + from, needle.p, needle.n) == 0)
                        return from;
        }
}

size_t str_find_nocase(struct str s, struct str needle, size_t from)
{
        for (; from <= s.n && needle.n <= s.n - from; from++)
                if (str_starts_nocase(str_sub(s, from, needle.n), needle))
                        return from;
        return STR_NONE;
}

struct str str_trim(struct str s)
{
        while (s.n && chr_is_space(s.p[0])) {
                s.p++;
                s.n--;
        }
        while (s.n && chr_is_space(s.p[s.n - 1]))
                s.n--;
        return s;
}

bool str_cut(struct str *rest, char sep, struct str *ret_part)
{
        if (!rest->p)
                return false;

        size_t at = str_chr(*rest, sep, 0);

        if (at == STR_NONE) {
                *ret_part = *rest;
                *rest = STR_NULL;
        } else {
                *ret_part = str_sub(*rest, 0, at);
                *rest = str_sub(*rest, at + 1, rest->n);
        }
        return true;
}

#include "base/scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static int digit_value(char c)
{
        if (chr_is_digit(c))
                return c - '0';
        c = chr_lower(c);
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

static int scan_base(struct str s, unsigned base, uint64_t max, uint64_t *ret)
{
        uint64_t value = 0;

        if (s.n == 0)
                return ERR_INPUT;
        for (size_t i = 0; i < s.n; i++) {
                unsigned d = (unsigned)digit_value(s.p[i]);

                if (d >= base)
                        return ERR_INPUT;
                if (__builtin_mul_overflow(value, base, &value) ||
                    __builtin_add_overflow(value, d, &value) || value > max)
                        return ERR_LIMIT;
        }
        *ret = value;
        return 0;
}

int scan_u64(struct str s, uint64_t max, uint64_t *ret)
{
        return scan_base(s, 10, max, ret);
}

int scan_hex(struct str s, uint64_t max, uint64_t *ret)
{
        return scan_base(s, 16, max, ret);
}

int scan_i64(struct str s, int64_t min, int64_t max, int64_t *ret)
{
        bool minus = s.n && s.p[0] == '-';
        uint64_t value;
        int rc = scan_u64(minus ? str_sub(s, 1, s.n) : s, INT64_MAX, &value);

        if (rc < 0)
                return rc;

        int64_t v = minus ? -(int64_t)value : (int64_t)value;

        if (v < min || v > max)
                return ERR_LIMIT;
        *ret = v;
        return 0;
}

int scan_double(struct str s, double *ret)
{
        char copy[64];

        if (s.n == 0 || s.n >= sizeof(copy))
                return ERR_INPUT;
        for (size_t i = 0; i < s.n; i++)
                if (!chr_is_digit(s.p[i]) && !memchr("+-.eE", s.p[i], 5))
                        return ERR_INPUT;
        memcpy(copy, s.p, s.n);
        copy[s.n] = '\0';

        char *end;

        /* The program never leaves the C locale, so the point is a point. */
        errno = 0;
        double value = strtod(copy, &end);

        if (*end || end == copy)
                return ERR_INPUT;
        if (errno == ERANGE)
                return ERR_LIMIT;
        *ret = value;
        return 0;
}

int scan_digits(struct str *s, int max_digits, int64_t *ret)
{
        int64_t value = 0;
        size_t i = 0;

        while (i < s->n && i < (size_t)max_digits && chr_is_digit(s->p[i]))
                value = value * 10 + (s->p[i++] - '0');
        if (i == 0)
                return ERR_INPUT;
        *s = str_sub(*s, i, s->n);
        *ret = value;
        return 0;
}

#include "base/utf8.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"

#define LEFTWARD_B 200 /* of the text before that tell its direction */

/*
 * The length of the well-formed sequence at s (RFC 3629, table of section 4:
 * no overlong forms, no surrogates, nothing past U+10FFFF), or 0.
 */
static inline size_t sequence(struct str s, uint32_t *ret_code)
{
        const unsigned char *p = (const unsigned char *)s.p;
        unsigned char c = p[0];
        size_t len = c < 0x80   ? 1
                     : c < 0xC2 ? 0
                     : c < 0xE0 ? 2
                     : c < 0xF0 ? 3
                     : c < 0xF5 ? 4
                                : 0;

        if (len == 0 || len > s.n)
                return 0;

        uint32_t code = len == 1 ? c : c & (0xFFu >> (len + 1));

        for (size_t i = 1; i < len; i++) {
                if ((p[i] & 0xC0) != 0x80)
                        return 0;
                code = code << 6 | (p[i] & 0x3Fu);
        }
        if ((len == 3 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) ||
            (len == 4 && (code < 0x10000 || code > 0x10FFFF)))
                return 0;
        *ret_code = code;
        return len;
}

#define IS_WIDE(v) ((v) >= 0x80)
/* Not ASCII, or a control other than TAB, LF and CR. */
#define IS_ODD(v)                                                              \
        ((((v) < 0x20) & ((v) != '\t') & ((v) != '\n') & ((v) != '\r')) |      \
         ((v) >= 0x7F))

/* Past the wide characters at i; STR_NONE: one of them is none. */
static inline size_t pass_wide(struct str s, size_t i)
{
        uint32_t code;

        while (i < s.n && (unsigned char)s.p[i] >= 0x80) {
                size_t len = sequence(str_sub(s, i, 4), &code);

                if (len == 0)
                        return STR_NONE;
                i += len;
        }
        return i;
}

bool utf8_is_valid(struct str s)
{
        for (size_t i = 0; i < s.n;) {
                BYTES_FIND(i, s, IS_WIDE);
                i = pass_wide(s, i);
                if (i == STR_NONE)
                        return false;
        }
        return true;
}

static bool is_control(unsigned char c)
{
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/* How long the front of s is that needs no repair. */
static size_t clean_length(struct str s)
{
        for (size_t i = 0;;) {
                BYTES_FIND(i, s, IS_ODD);
                if (i == s.n || (unsigned char)s.p[i] < 0x80)
                        return i;

                size_t after = pass_wide(s, i);

                if (after == STR_NONE)
                        return i;
                i = after;
        }
}

struct str utf8_repair(struct arena *a, struct str s)
{
        if (clean_length(s) == s.n)
                return s;

        /* A bad byte becomes three: U+FFFD. */
        char *out = arena_alloc(a, s.n * 3 + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n;) {
                uint32_t code;
                size_t len = sequence(str_sub(s, i, 4), &code);

                if (len == 0) {
                        memcpy(out + n, "\xEF\xBF\xBD", 3);
                        n += 3;
                        i++;
                        continue;
                }
                if (len > 1 || !is_control((unsigned char)s.p[i])) {
                        memcpy(out + n, s.p + i, len);
                        n += len;
                }
                i += len;
        }
        return (struct str) { out, n };
}

uint32_t utf8_next(struct str *s)
{
        uint32_t code;
        size_t len = sequence(*s, &code);

        if (len == 0) {
                len = 1;
                code = UTF8_BAD;
        }
        s->p += len;
        s->n -= len;
        return code;
}

void utf8_put(struct buf *b, uint32_t code)
{
        if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
                code = UTF8_BAD;
        if (code < 0x80) {
                buf_char(b, (char)code);
                return;
        }

        int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        unsigned lead = more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;

        buf_char(b, (char)(lead | code >> (6 * more)));
        while (more--)
                buf_char(b, (char)(0x80 | (code >> (6 * more) & 0x3F)));
}

size_t utf8_count(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++)
                n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
        return n;
}

struct str utf8_clip(struct str s, size_t max_b)
{
        if (s.n <= max_b)
                return s;
        while (max_b && ((unsigned char)s.p[max_b] & 0xC0) == 0x80)
                max_b--;
        return str_sub(s, 0, max_b);
}

bool utf8_is_space(uint32_t c)
{
        return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 ||
               c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
               c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 ||
               c == 0x3000 || c == 0xFEFF;
}

size_t utf8_words(struct str s)
{
        size_t n = 0, wide = 0;
        bool inside = false;

        while (s.n) {
                uint32_t c = utf8_next(&s);
                bool is_wide = c >= 0x3040 && c < 0xD7B0;

                wide += is_wide;
                if (utf8_is_space(c) || is_wide) {
                        inside = false;
                        continue;
                }
                n += !inside;
                inside = true;
        }
        return n + (wide + 1) / 2;
}

uint32_t utf8_last(struct str s)
{
        size_t at = s.n;

        while (at > 0 && ((unsigned char)s.p[--at] & 0xC0) == 0x80)
                ;
        s = str_sub(s, at, s.n);
        return s.n ? utf8_next(&s) : 0;
}

/* Are letters written from right to left near the end of s? Hebrew to Arabic
 * Extended begin with D7 to DF, or E0 A0 to E0 A3. */
static bool is_leftward(struct str s)
{
        for (size_t i = s.n > LEFTWARD_B ? s.n - LEFTWARD_B : 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];

                if ((c >= 0xD7 && c <= 0xDF) ||
                    (c == 0xE0 && i + 1 < s.n &&
                     (unsigned char)s.p[i + 1] <= 0xA3))
                        return true;
        }
        return false;
}

bool utf8_is_idle(uint32_t c, struct str before)
{
        switch (c) {
        case 0xAD:   /* soft hyphen */
        case 0x180E: /* Mongolian vowel separator, a blank once */
        case 0xFEFF: /* BOM */
                return true;
        case 0x200B: /* Thai, Lao, Tibetan, Myanmar and Khmer part words by it
                      */
                c = utf8_last(before);
                return !((c >= 0xE00 && c <= 0x109F) ||
                         (c >= 0x1780 && c <= 0x17FF));
        case 0x200C:
        case 0x200D: /* joiners: Latin, Greek and Cyrillic have no use for
                        them, others and emoji do */
                return utf8_last(before) < 0x590;
        case 0x200E:
        case 0x200F:
        case 0x61C: /* single marks of direction */
                return !is_leftward(before);
        default: /* word joiners, and marks of direction that come in pairs, of
                    which a sentence cut out would carry one */
                return (c >= 0x202A && c <= 0x202E) ||
                       (c >= 0x2060 && c <= 0x2069);
        }
}

/* Fold white space; is_tidy: what is idle as well. */
static struct str fold(struct arena *a, struct str s, bool is_tidy)
{
        if (!s.p)
                return s;

        char *out = arena_room(a, s.n + 1);
        size_t n = 0;
        bool blank = false;

        while (s.n) {
                const char *at = s.p;
                bool is_plain = *at > ' ' && *at < 0x7F;
                uint32_t code = is_plain ? (uint32_t)*at : utf8_next(&s);

                if (is_plain)
                        s = str_sub(s, 1, s.n);
                else if (is_tidy && utf8_is_idle(code, (struct str) { out, n }))
                        continue;

                if (utf8_is_space(code)) {
                        blank = n > 0;
                        continue;
                }
                if (blank)
                        out[n++] = ' ';
                blank = false;
                memcpy(out + n, at, (size_t)(s.p - at));
                n += (size_t)(s.p - at);
        }
        return (struct str) { out, n };
}

struct str utf8_fold_space(struct arena *a, struct str s)
{
        return fold(a, s, false);
}

struct str utf8_tidy(struct arena *a, struct str s)
{
        return fold(a, s, true);
}

static bool is_between(uint32_t c, uint32_t from, uint32_t to)
{
        return c >= from && c <= to;
}

uint32_t utf8_small(uint32_t c)
{
        if (is_between(c, 'A', 'Z') || (is_between(c, 0xC0, 0xDE) && c != 0xD7))
                return c + 32;
        if (is_between(c, 0x391, 0x3A9) || is_between(c, 0x410, 0x42F))
                return c + 32; /* Greek, Cyrillic */
        if (is_between(c, 0x400, 0x40F))
                return c + 80;
        /* Pairs of central Europe: the capital is even, or odd. */
        if ((is_between(c, 0x100, 0x137) || is_between(c, 0x14A, 0x177)) &&
            c != 0x130 && c != 0x131)
                return c | 1;
        if (is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17E))
                return c + (c & 1);
        return c;
}

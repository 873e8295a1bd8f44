#include "wire/entity.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"

#define NAME_MAX_B 10

static const struct entity {
        struct str name;
        uint32_t code;
} entities[] = {
#define ENTITY(name, code) { STR_INIT(name), code },
#include "wire/entity.def"
#undef ENTITY
};

/* What Windows-1252 has at 0x80-0x9F; 0: nothing. */
static const uint16_t windows[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static uint32_t mend_code(uint64_t code)
{
        if (code >= 0x80 && code <= 0x9F && windows[code - 0x80])
                return windows[code - 0x80];
        if (code == '\t' || code == '\n' || code == '\r')
                return (uint32_t)code;
        if (code < ' ' || (code >= 0x7F && code <= 0x9F) || code > 0x10FFFF ||
            (code >= 0xD800 && code <= 0xDFFF) || (code & 0xFFFE) == 0xFFFE)
                return UTF8_BAD;
        return (uint32_t)code;
}

static int digit_value(char c, unsigned base)
{
        int v = -1;

        if (chr_is_digit(c))
                v = c - '0';
        else if (base == 16 && chr_lower(c) >= 'a' && chr_lower(c) <= 'f')
                v = chr_lower(c) - 'a' + 10;
        return v;
}

/* "&#123;" from its '#': the semicolon may be missing. */
static size_t read_number(struct str s, uint32_t *ret_code)
{
        size_t i = 2;
        unsigned base = 10;
        uint64_t code = 0;

        if (i < s.n && (s.p[i] == 'x' || s.p[i] == 'X')) {
                base = 16;
                i++;
        }
        size_t first = i;
        for (; i < s.n && digit_value(s.p[i], base) >= 0; i++) {
                if (code < 0x110000)
                        code = code * base +
                               (uint64_t)digit_value(s.p[i], base);
        }
        if (i == first)
                return 0;
        *ret_code = mend_code(code);
        return i < s.n && s.p[i] == ';' ? i + 1 : i;
}

static const struct entity *find(struct str name)
{
        size_t lo = 0, hi = sizeof(entities) / sizeof(*entities);

        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;
                int order = str_cmp(name, entities[mid].name);

                if (order == 0)
                        return &entities[mid];
                if (order < 0)
                        hi = mid;
                else
                        lo = mid + 1;
        }
        return NULL;
}

/* By far the commonest, at once: how long it is, or 0. */
static size_t read_usual(struct str s, uint32_t *ret_code)
{
        static const struct {
                struct str ref;
                uint32_t code;
        } usual[] = {
                { STR_INIT("&lt;"), '<' },    { STR_INIT("&gt;"), '>' },
                { STR_INIT("&amp;"), '&' },   { STR_INIT("&quot;"), '"' },
                { STR_INIT("&nbsp;"), 0xA0 },
        };

        for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
                if (s.n >= usual[i].ref.n && s.p[1] == usual[i].ref.p[1] &&
                    memcmp(s.p, usual[i].ref.p, usual[i].ref.n) == 0) {
                        *ret_code = usual[i].code;
                        return usual[i].ref.n;
                }
        return 0;
}

size_t entity_read(struct str s, uint32_t *ret_code)
{
        size_t n = 1, usual;

        if (s.n > 2 && s.p[1] == '#')
                return read_number(s, ret_code);
        if ((usual = read_usual(s, ret_code)) != 0)
                return usual;
        while (n < s.n && n <= NAME_MAX_B && chr_is_alnum(s.p[n]))
                n++;
        if (n < 3)
                return 0;
        bool is_ended = n < s.n && s.p[n] == ';';

        if (n < s.n && s.p[n] == '=') /* "?a=1&copy=2" */
                return 0;
        const struct entity *e = find(str_sub(s, 1, n - 1));

        if (!e || (!is_ended && e->code > 0xFF && e->code != '\''))
                return 0;
        *ret_code = e->code;
        return is_ended ? n + 1 : n;
}

#define IS_AMP(v) ((v) == '&')

void entity_decode_to(struct buf *out, struct str s)
{
        for (;;) {
                size_t amp = 0;
                uint32_t code;

                BYTES_COPY(out, amp, s, IS_AMP);
                s = str_sub(s, amp, STR_NONE);
                if (!s.n)
                        return;
                size_t used = entity_read(s, &code);
                if (used)
                        utf8_put(out, code);
                else
                        buf_char(out, '&');
                s = str_sub(s, used ? used : 1, STR_NONE);
        }
}

struct str entity_decode(struct arena *a, struct str s)
{
        struct buf out;

        if (!s.n || !memchr(s.p, '&', s.n))
                return s;
        buf_init(&out, 3 * s.n + 8);
        entity_decode_to(&out, s);
        struct str ret = arena_str(a, buf_str(&out));
        buf_done(&out);
        return ret;
}

void entity_encode_char(struct buf *out, char c)
{
        switch (c) {
        case '&':
                buf_puts(out, "&amp;");
                break;
        case '<':
                buf_puts(out, "&lt;");
                break;
        case '>':
                buf_puts(out, "&gt;");
                break;
        case '"':
                buf_puts(out, "&quot;");
                break;
        default:
                buf_char(out, c);
                break;
        }
}

#define IS_SPECIAL(v)                                                          \
        (((v) == '&') | ((v) == '<') | ((v) == '>') | ((v) == '"'))

void entity_encode_to(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                BYTES_COPY(out, i, s, IS_SPECIAL);
                if (i < s.n)
                        entity_encode_char(out, s.p[i]);
        }
}

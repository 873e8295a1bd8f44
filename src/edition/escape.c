#include "edition/escape.h"

#include <string.h>

#include "base/buf.h"
#include "base/url.h"
#include "base/utf8.h"

#define ENTITY_MAX 50

/* Does an entity begin at s ("&", a name or number, ";")? */
static bool is_entity(struct str s)
{
        size_t i = 1;

        if (i < s.n && s.p[i] == '#')
                i++;
        size_t from = i;

        while (i < s.n && i < ENTITY_MAX && chr_is_alnum(s.p[i]))
                i++;
        /* At the very end more may follow from elsewhere. */
        return i == s.n || (i > from && s.p[i] == ';');
}

/* Does s end with marks like those that close a heading? */
static bool is_closing(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] != '#')
                        return false;
        return true;
}

static bool needs_escape(struct str s, size_t i)
{
        char c = s.p[i];

        if (c && strchr("\\`*_[]<{", c))
                return true;
        if (c == '&')
                return is_entity(str_sub(s, i, s.n));
        return c == '#' && (i == 0 || s.p[i - 1] == ' ') &&
               is_closing(str_sub(s, i, s.n));
}

/* White space that ends lines in any sense; U+0085, U+2028, U+2029 too. */
static size_t line_space(struct str s)
{
        if (chr_is_space(s.p[0]) || (unsigned char)s.p[0] < 0x20 ||
            s.p[0] == 0x7F)
                return 1;
        if (str_starts(s, STR("\xC2\x85")))
                return 2;
        if (str_starts(s, STR("\xE2\x80\xA8")) ||
            str_starts(s, STR("\xE2\x80\xA9")))
                return 3;
        return 0;
}

/* s with white space as single blanks, none at its ends; control characters
 * count as such. */
static void fold(struct buf *b, struct str s)
{
        bool is_gap = false;

        buf_init(b, s.n + 1);
        for (size_t i = 0; i < s.n;) {
                size_t space = line_space(str_sub(s, i, s.n));

                if (space) {
                        is_gap = b->n > 0;
                        i += space;
                        continue;
                }
                if (is_gap)
                        buf_char(b, ' ');
                is_gap = false;
                buf_char(b, s.p[i++]);
        }
}

static void put_escaped(struct buf *out, struct str s, size_t from)
{
        for (size_t i = from; i < s.n; i++) {
                if (needs_escape(s, i))
                        buf_char(out, '\\');
                buf_char(out, s.p[i]);
        }
}

/* The byte of s before which a backslash keeps it from opening a block. */
static size_t opener(struct str s)
{
        char c = s.n ? s.p[0] : 0, next = s.n > 1 ? s.p[1] : ' ';
        size_t n = 0;

        if (c == '>' || c == '~' || c == '=' || c == '#')
                return 0;
        if (c == '-' || c == '+')
                return next == c || next == ' ' ? 0 : STR_NONE;
        while (n < s.n && chr_is_digit(s.p[n]))
                n++;
        if (n && n < s.n && (s.p[n] == '.' || s.p[n] == ')') &&
            (n + 1 == s.n || s.p[n + 1] == ' '))
                return n;
        return STR_NONE;
}

void escape_text(struct buf *out, struct str s)
{
        struct buf b;

        fold(&b, s);
        put_escaped(out, buf_str(&b), 0);
        buf_done(&b);
}

void escape_start(struct buf *out, struct str s)
{
        struct buf b;

        fold(&b, s);
        struct str text = buf_str(&b);
        size_t at = opener(text);

        if (at == STR_NONE) {
                put_escaped(out, text, 0);
        } else {
                buf_put(out, str_sub(text, 0, at));
                buf_char(out, '\\');
                buf_char(out, text.p[at]);
                put_escaped(out, text, at + 1);
        }
        buf_done(&b);
}

static void put_url(struct buf *out, struct str url)
{
        for (size_t i = 0; i < url.n; i++) {
                char c = url.p[i];

                if (c == '&' && is_entity(str_sub(url, i, url.n)))
                        buf_char(out, '\\');
                if (c && strchr("\\`<>[](){", c))
                        buf_char(out, '\\');
                if ((unsigned char)c <= 0x20 || c == 0x7F)
                        buf_printf(out, "%%%02X", (unsigned char)c);
                else
                        buf_char(out, c);
        }
}

void escape_link(struct buf *out, struct str text, struct str url)
{
        if (!url_is_http(url)) {
                escape_text(out, text);
                return;
        }
        buf_char(out, '[');
        escape_text(out, text);
        buf_puts(out, "](");
        put_url(out, url);
        buf_char(out, ')');
}

#include "press/html.h"

#include <string.h>

#include "base/arena.h"
#include "base/scan.h"
#include "base/url.h"

/* What c is written as; NULL: as it is; "": not at all. */
static const char *escape_of(unsigned char c)
{
        switch (c) {
        case '&':
                return "&amp;";
        case '<':
                return "&lt;";
        case '>':
                return "&gt;";
        case '"':
                return "&quot;";
        case '\'':
                return "&#39;";
        case '{': /* so that no text can look like a mark to fill in */
                return "&#123;";
        case '\t':
        case '\n':
        case '\r':
                return NULL;
        default:
                return c < 0x20 || c == 0x7f ? "" : NULL;
        }
}

/* U+FFFE and U+FFFF are valid in UTF-8, but no XML may hold them. */
static bool is_no_character(struct str s)
{
        return s.n == 3 && s.p[0] == '\xEF' && s.p[1] == '\xBF' &&
               (s.p[2] == '\xBE' || s.p[2] == '\xBF');
}

void html_text(struct buf *b, struct str s)
{
        size_t from = 0;

        for (size_t i = 0; i < s.n; i++) {
                const char *e = escape_of((unsigned char)s.p[i]);
                size_t width = 1;

                if (is_no_character(str_sub(s, i, 3))) {
                        e = "";
                        width = 3;
                }
                if (!e)
                        continue;
                buf_put(b, str_sub(s, from, i - from));
                buf_puts(b, e);
                from = i + width;
                i = from - 1;
        }
        buf_put(b, str_sub(s, from, s.n - from));
}

void html_attr(struct buf *b, struct str s)
{
        html_text(b, s);
}

/* Is there a scheme? Blanks and controls in it count as an attempt to hide it.
 */
static bool has_scheme(struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == ':')
                        return true;
                if (memchr("/?#", s.p[i], 3))
                        return false;
        }
        return false;
}

/* A name, or an address in brackets, and a port if any. */
static bool has_host(struct str s)
{
        static const struct str never = STR_INIT("\"<>\\^`{|}%");
        static const struct str within = STR_INIT("[]:");
        struct url u = url_split(s);
        int64_t port;
        bool is_address =
                str_starts(u.host, STR("[")) && str_ends(u.host, STR("]"));

        if (u.port.n && scan_i64(u.port, 0, 65535, &port) < 0)
                return false;
        for (size_t i = 0; i < u.host.n; i++)
                if (str_chr(never, u.host.p[i], 0) != STR_NONE ||
                    (!is_address &&
                     str_chr(within, u.host.p[i], 0) != STR_NONE))
                        return false;
        return u.host.n > 0;
}

bool html_url_ok(struct str s)
{
        if (!s.n)
                return false;
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7f)
                        return false;
        if (str_starts_nocase(s, STR("https://")) ||
            str_starts_nocase(s, STR("http://")))
                return has_host(s);
        if (str_starts_nocase(s, STR("mailto:")))
                return true;
        return !has_scheme(s) && !str_starts(s, STR("//"));
}

void html_url(struct buf *b, struct str s)
{
        if (html_url_ok(s))
                html_attr(b, s);
        else
                html_lit(b, "#");
}

/* Is what stands at i no part of a URL, though browsers take it for one? */
static bool is_stray(struct str s, size_t i, size_t after_host)
{
        static const char hex[] = "0123456789ABCDEFabcdef";

        if (s.p[i] == '[' || s.p[i] == ']')
                return i >= after_host;
        return s.p[i] == '%' &&
               (i + 2 >= s.n || !memchr(hex, s.p[i + 1], sizeof(hex) - 1) ||
                !memchr(hex, s.p[i + 2], sizeof(hex) - 1));
}

struct str html_url_strict(struct arena *a, struct str s)
{
        struct url u = url_split(s);
        size_t after_host = u.host.p ? (size_t)(u.host.p - s.p) + u.host.n : 0;
        struct buf b;

        buf_init(&b, s.n * 3 + 1);
        for (size_t i = 0; i < s.n; i++) {
                if (is_stray(s, i, after_host))
                        buf_printf(&b, "%%%02X", (unsigned)s.p[i]);
                else
                        buf_char(&b, s.p[i]);
        }
        s = arena_str(a, buf_str(&b));
        buf_done(&b);
        return s;
}

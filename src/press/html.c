#include "press/html.h"

#include <string.h>

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

void html_text(struct buf *b, struct str s)
{
        size_t from = 0;

        for (size_t i = 0; i < s.n; i++) {
                const char *e = escape_of((unsigned char)s.p[i]);

                if (!e)
                        continue;
                buf_put(b, str_sub(s, from, i - from));
                buf_puts(b, e);
                from = i + 1;
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

bool html_url_ok(struct str s)
{
        if (!s.n)
                return false;
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7f)
                        return false;
        if (str_starts_nocase(s, STR("https://")) ||
            str_starts_nocase(s, STR("http://")) ||
            str_starts_nocase(s, STR("mailto:")))
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

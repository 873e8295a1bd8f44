#include "wire/text.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "wire/entity.h"
#include "wire/lexer.h"

/* Text being folded as it is written. */
struct folder {
        struct buf out;
        enum { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_BLOCK } gap;
};

static void put_gap(struct folder *f)
{
        static const char *const gaps[] = { "", " ", "\n", "\n\n" };

        if (f->out.n)
                buf_puts(&f->out, gaps[f->gap]);
        f->gap = GAP_NONE;
}

static void want_gap(struct folder *f, int gap)
{
        if ((int)f->gap < gap)
                f->gap = gap;
}

/* May a character that is a blank or shows nothing begin with byte c? */
static bool may_be_odd(char c)
{
        switch ((unsigned char)c) {
        case 0xC2:
        case 0xD8:
        case 0xE1:
        case 0xE2:
        case 0xE3:
        case 0xEF:
                return true;
        default:
                return chr_is_space(c);
        }
}

enum sign { SIGN_SHOWN, SIGN_BLANK, SIGN_IDLE };

/* What stands at the front of s, behind before; *ret_n: its bytes. */
static enum sign sign_at(struct str s, struct str before, size_t *ret_n)
{
        struct str rest = s;
        uint32_t code = utf8_next(&rest);

        *ret_n = s.n - rest.n;
        if (utf8_is_idle(code, before))
                return SIGN_IDLE;
        return utf8_is_space(code) ? SIGN_BLANK : SIGN_SHOWN;
}

static void put_folded(struct folder *f, struct str s)
{
        while (s.n) {
                size_t n = 0;
                enum sign sign = SIGN_SHOWN;

                if (may_be_odd(s.p[0]))
                        sign = sign_at(s, buf_str(&f->out), &n);
                if (sign == SIGN_BLANK)
                        want_gap(f, GAP_BLANK);
                if (sign == SIGN_SHOWN) {
                        n += !n;
                        while (n < s.n && !may_be_odd(s.p[n]))
                                n++;
                        put_gap(f);
                        buf_put(&f->out, str_sub(s, 0, n));
                }
                s = str_sub(s, n, s.n);
        }
}

static void put_code(struct folder *f, uint32_t code)
{
        char bytes[8]; /* of which a code point takes four */
        struct buf b = { .p = bytes, .cap = sizeof(bytes), .max = 4 };

        utf8_put(&b, code);
        put_folded(f, (struct str) { bytes, b.n });
}

static void put_text(struct folder *f, struct str s)
{
        while (s.n) {
                size_t amp = str_chr(s, '&', 0), used;
                uint32_t code;

                if (amp == STR_NONE) {
                        put_folded(f, s);
                        return;
                }
                put_folded(f, str_sub(s, 0, amp));
                s = str_sub(s, amp, s.n);
                used = entity_read(s, &code);
                if (!used) {
                        code = '&';
                        used = 1;
                }
                put_code(f, code);
                s = str_sub(s, used, s.n);
        }
}

static struct str fold_html(struct arena *a, struct str html, bool one_line)
{
        struct folder f = { .gap = GAP_NONE };
        struct lexer lx;

        buf_init(&f.out, html.n * 3 + 16);
        lexer_init(&lx, html, false);
        while (lexer_next(&lx)) {
                if (lx.kind == LEXER_TEXT)
                        put_text(&f, lx.text);
                else if (lx.tag == TAG_br)
                        want_gap(&f, one_line ? GAP_BLANK : GAP_LINE);
                else if (tag_flags(lx.tag) & TAG_BLOCK)
                        want_gap(&f, one_line ? GAP_BLANK : GAP_BLOCK);
        }
        struct str ret = arena_str(a, buf_str(&f.out));
        buf_done(&f.out);
        return ret;
}

struct str text_from_html(struct arena *a, struct str html)
{
        return html.p ? fold_html(a, html, false) : STR_NULL;
}

struct str text_line_from_html(struct arena *a, struct str html)
{
        return html.p ? fold_html(a, html, true) : STR_NULL;
}

static bool is_tag_at(struct str s, size_t i)
{
        size_t from = i + 1, end;

        if (from < s.n && s.p[from] == '/')
                from++;
        end = from;
        while (end < s.n && chr_is_alnum(s.p[end]))
                end++;
        if (end < s.n && !chr_is_space(s.p[end]) && s.p[end] != '>' &&
            s.p[end] != '/')
                return false;
        return tag_find(str_sub(s, from, end - from)) != TAG_UNKNOWN &&
               str_chr(s, '>', end) != STR_NONE;
}

bool text_looks_like_html(struct str text)
{
        for (size_t i = 0; i < text.n; i++) {
                uint32_t code;

                if (text.p[i] == '<' && is_tag_at(text, i))
                        return true;
                if (text.p[i] == '&' &&
                    entity_read(str_sub(text, i, text.n - i), &code))
                        return true;
        }
        return false;
}

#include "edition/inline.h"

#include <libxml/HTMLparser.h>
#include <md4c.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/scan.h"
#include "base/url.h"
#include "base/utf8.h"

/*
 * md4c reads documents, not inlines. An entity of our own before the text, all
 * on one line, makes it one paragraph whatever the text starts with; another
 * stands for a hard break. Neither is in any list of entities.
 */
#define ENTITY_START "&bulldogstart;"
#define ENTITY_BREAK "&bulldogbreak;"
#define ENTITY_NAME_MAX 48

struct inliner {
        struct arena *a;
        struct run *runs;
        size_t n, cap;
        struct buf text; /* of the run under way */
        struct run style;
        int strong, emphasis, code, image;
        bool is_started;
};

static bool same_style(const struct run *a, const struct run *b)
{
        return a->is_strong == b->is_strong && a->is_code == b->is_code &&
               a->is_emphasis == b->is_emphasis && str_eq(a->url, b->url) &&
               !a->url.p == !b->url.p;
}

static void flush(struct inliner *in)
{
        if (!in->text.n)
                return;
        ARENA_GROW(in->a, in->runs, in->n, in->cap);
        in->style.text = arena_str(in->a, buf_str(&in->text));
        in->runs[in->n++] = in->style;
        buf_cut(&in->text, 0);
}

/* The style may have changed: end the run when it did. */
static void restyle(struct inliner *in, struct str url)
{
        struct run now = { .url = url,
                           .is_strong = in->strong > 0,
                           .is_emphasis = in->emphasis > 0,
                           .is_code = in->code > 0 };

        if (!same_style(&now, &in->style))
                flush(in);
        in->style = now;
}

static void add_break(struct inliner *in)
{
        flush(in);
        ARENA_GROW(in->a, in->runs, in->n, in->cap);
        in->runs[in->n++] = (struct run) { .text = STR(""), .is_break = true };
}

/* What an entity stands for; itself when nobody knows it. */
static void put_entity(struct buf *out, struct str e)
{
        struct str name = str_sub(e, 1, e.n - 2);
        uint64_t code = 0;
        int rc;

        if (str_starts(name, STR("#"))) {
                if (name.n > 1 && chr_lower(name.p[1]) == 'x')
                        rc = scan_hex(str_sub(name, 2, name.n), 0x10FFFF,
                                      &code);
                else
                        rc = scan_u64(str_sub(name, 1, name.n), 0x10FFFF,
                                      &code);
                if (rc < 0 || code < 0x20 || (code >= 0x7F && code < 0xA0) ||
                    (code >= 0xD800 && code < 0xE000))
                        code = UTF8_BAD;
        } else if (name.n <= ENTITY_NAME_MAX) {
                char z[ENTITY_NAME_MAX + 1] = "";

                memcpy(z, name.p, name.n);
                const htmlEntityDesc *d = htmlEntityLookup((const xmlChar *)z);
                code = d ? d->value : 0;
        }
        if (code)
                utf8_put(out, (uint32_t)code);
        else
                buf_put(out, e);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *user)
{
        struct inliner *in = user;
        struct str s = { p, n };

        if (!in->is_started) {
                in->is_started = true; /* our own entity */
                return 0;
        }
        if (type == MD_TEXT_ENTITY && str_eq(s, STR(ENTITY_BREAK)))
                add_break(in);
        else if (type == MD_TEXT_ENTITY)
                put_entity(&in->text, s);
        else if (type == MD_TEXT_NULLCHAR)
                utf8_put(&in->text, UTF8_BAD);
        else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
                buf_char(&in->text, ' ');
        else
                buf_put(&in->text, s);
        return 0;
}

/* md4c's attribute with its entities resolved. */
static struct str attribute(struct inliner *in, const MD_ATTRIBUTE *m)
{
        struct buf b;
        struct str s;

        buf_init(&b, INLINE_MAX_B * 2);
        for (size_t i = 0; m->text && m->substr_offsets[i] < m->size; i++) {
                size_t from = m->substr_offsets[i],
                       to = m->substr_offsets[i + 1];
                struct str part = { m->text + from, to - from };

                if (m->substr_types[i] == MD_TEXT_ENTITY)
                        put_entity(&b, part);
                else
                        buf_put(&b, part);
        }
        s = arena_str(in->a, buf_str(&b));
        buf_done(&b);
        return s.p ? s : STR("");
}

static bool is_safe_url(struct str s)
{
        struct url u = url_split(s);
        struct str rest = s;

        while (rest.n) {
                uint32_t c = utf8_next(&rest);

                if (c <= 0x20 || c == 0x7F || c == UTF8_BAD || utf8_is_space(c))
                        return false;
        }
        if (str_eq_nocase(u.scheme, STR("http")) ||
            str_eq_nocase(u.scheme, STR("https")) ||
            str_eq_nocase(u.scheme, STR("mailto")))
                return true;

        /* A colon in a relative one only behind a slash. */
        size_t colon = str_chr(s, ':', 0), slash = str_chr(s, '/', 0);

        return s.n && !u.scheme.n &&
               (colon == STR_NONE || (slash != STR_NONE && slash < colon));
}

static int on_span(struct inliner *in, MD_SPANTYPE type, void *detail, int by)
{
        struct str url = in->style.url;

        if (type == MD_SPAN_STRONG) {
                in->strong += by;
        } else if (type == MD_SPAN_EM) {
                in->emphasis += by;
        } else if (type == MD_SPAN_CODE) {
                in->code += by;
        } else if (type == MD_SPAN_A && by > 0) {
                url = attribute(in, &((MD_SPAN_A_DETAIL *)detail)->href);
                if (!is_safe_url(url))
                        url = STR_NULL;
        } else if (type == MD_SPAN_A) {
                url = STR_NULL;
        }
        restyle(in, url);
        return 0;
}

static int on_enter(MD_SPANTYPE type, void *detail, void *user)
{
        return on_span(user, type, detail, 1);
}

static int on_leave(MD_SPANTYPE type, void *detail, void *user)
{
        return on_span(user, type, detail, -1);
}

static int on_block(MD_BLOCKTYPE type UNUSED, void *detail UNUSED,
                    void *user UNUSED)
{
        return 0;
}

/* text on one line: a line break becomes a blank, a hard one our entity. */
static void put_one_line(struct buf *out, struct str text)
{
        struct str line;

        buf_puts(out, ENTITY_START " ");
        for (bool is_first = true; str_cut(&text, '\n', &line);
             is_first = false) {
                bool is_hard = text.p && (str_ends(line, STR("  ")) ||
                                          (str_ends(line, STR("\\")) &&
                                           !str_ends(line, STR("\\\\"))));

                if (!is_first)
                        buf_char(out, ' ');
                if (is_hard && str_ends(line, STR("\\")))
                        line.n--;
                buf_put(out, str_trim(line));
                if (is_hard)
                        buf_puts(out, " " ENTITY_BREAK);
        }
}

/* Blanks beside a break, and at the end, say nothing. */
static void trim_runs(struct inliner *in)
{
        for (size_t i = 0; i < in->n; i++) {
                struct str *s = &in->runs[i].text;
                bool is_first = i == 0 || in->runs[i - 1].is_break;
                bool is_last = i + 1 == in->n || in->runs[i + 1].is_break;

                while (!in->runs[i].is_code && is_first && s->n &&
                       chr_is_space(s->p[0]))
                        *s = str_sub(*s, 1, s->n);
                while (!in->runs[i].is_code && is_last && s->n &&
                       chr_is_space(s->p[s->n - 1]))
                        s->n--;
        }
        size_t n = 0;

        for (size_t i = 0; i < in->n; i++)
                if (in->runs[i].text.n || in->runs[i].is_break)
                        in->runs[n++] = in->runs[i];
        in->n = n;
}

int inline_runs(struct arena *a, struct str text, struct run **ret,
                size_t *ret_n)
{
        struct inliner in = { .a = a };
        struct buf line;
        static const MD_PARSER parser = { .flags = MD_FLAG_NOHTML |
                                                   MD_FLAG_NOINDENTEDCODEBLOCKS,
                                          .enter_block = on_block,
                                          .leave_block = on_block,
                                          .enter_span = on_enter,
                                          .leave_span = on_leave,
                                          .text = on_text };

        if (text.n > INLINE_MAX_B)
                return ERR_LIMIT;
        buf_init(&line, INLINE_MAX_B * 16);
        buf_init(&in.text, INLINE_MAX_B * 16);
        put_one_line(&line, text);

        int rc = buf_ok(&line) ? md_parse(line.p, (MD_SIZE)line.n, &parser, &in)
                               : -1;

        flush(&in);
        bool is_ok = rc == 0 && buf_ok(&in.text);

        buf_done(&line);
        buf_done(&in.text);
        if (!is_ok)
                return ERR_LIMIT;
        trim_runs(&in);
        *ret = in.runs;
        *ret_n = in.n;
        return 0;
}

struct str inline_plain(struct arena *a, const struct run *runs, size_t n)
{
        struct buf b;

        buf_init(&b, INLINE_MAX_B * 16);
        for (size_t i = 0; i < n; i++) {
                if (runs[i].is_break)
                        buf_char(&b, ' ');
                else
                        buf_put(&b, runs[i].text);
        }
        struct str s = arena_str(a, buf_str(&b));

        buf_done(&b);
        return s.p ? s : STR("");
}

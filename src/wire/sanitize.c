#include "wire/sanitize.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/url.h"
#include "base/utf8.h"
#include "wire/entity.h"
#include "wire/lexer.h"
#include "wire/tracker.h"

#define DEPTH_MAX LIMIT_XML_DEPTH
#define ID_PREFIX "user-content-"
#define ICON_MAX 64 /* how wide or high in points a picture is none */

struct writer {
        struct buf *out;
        struct arena *a;
        struct str base;
        struct lexer lx;
        enum tag open[DEPTH_MAX];
        size_t depth;
        size_t over; /* open elements too deep to be written */
};

#define IS_SPECIAL(v) (((v) == '&') | ((v) == '<') | ((v) == '>'))

static void put_code(struct buf *out, uint32_t code)
{
        if (code < 0x80)
                entity_encode_char(out, (char)code);
        else
                utf8_put(out, code);
}

/* The next byte of s at or after i that can't stand in text as it is. */
static size_t find_special(struct str s, size_t i)
{
        BYTES_FIND(i, s, IS_SPECIAL);
        return i;
}

static void put_text(struct buf *out, struct str s, bool is_cdata)
{
        for (size_t i = 0; i < s.n;) {
                size_t used = 0;
                uint32_t code;

                BYTES_COPY(out, i, s, IS_SPECIAL);
                if (i == s.n)
                        return;
                if (s.p[i] == '&' && !is_cdata)
                        used = entity_read(str_sub(s, i, s.n), &code);
                if (used)
                        put_code(out, code);
                else
                        entity_encode_char(out, s.p[i]);
                i += used ? used : 1;
        }
}

struct str sanitize_text(struct arena *a, struct str text)
{
        struct buf out;

        if (find_special(text, 0) == text.n)
                return text;
        buf_init(&out, 6 * text.n + 1);
        put_text(&out, text, true);
        struct str ret = arena_str(a, buf_str(&out));
        buf_done(&out);
        return ret;
}

#define IS_CONTROL(v) (((v) < ' ') | ((v) == 0x7F))

/* Without controls, and blanks at both ends; browsers drop them too. */
static struct str strip_controls(struct arena *a, struct str s)
{
        size_t i = 0;

        s = str_trim(s);
        BYTES_FIND(i, s, IS_CONTROL);
        if (i == s.n)
                return s;

        char *to = arena_alloc(a, s.n + 1);
        size_t n = 0;
        for (i = 0; i < s.n; i++)
                if ((unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7F)
                        to[n++] = s.p[i];
        return str_trim((struct str) { to, n });
}

/* The scheme, as far as one can be read into it: up to a colon before the
 * first of "/?#". Absent: it is relative. */
static struct str scheme_of(struct str url)
{
        for (size_t i = 0; i < url.n; i++) {
                if (url.p[i] == ':')
                        return str_sub(url, 0, i);
                if (url.p[i] == '/' || url.p[i] == '?' || url.p[i] == '#')
                        break;
        }
        return STR_NULL;
}

static bool is_scheme_allowed(struct str scheme)
{
        return str_eq_nocase(scheme, STR("http")) ||
               str_eq_nocase(scheme, STR("https")) ||
               str_eq_nocase(scheme, STR("mailto")) ||
               str_eq_nocase(scheme, STR("tel"));
}

struct str sanitize_url(struct arena *a, struct str raw, struct str base)
{
        struct str url = strip_controls(a, entity_decode(a, raw));
        struct str scheme = scheme_of(url);

        if (!url.n || url.n > LIMIT_URL_B)
                return STR_NULL;
        if (scheme.p && !is_scheme_allowed(scheme))
                return STR_NULL;
        if (!scheme.p && base.n)
                url = url_resolve(a, base, url);
        else if (memchr(url.p, ' ', url.n))
                url = url_resolve(a, url, url);
        scheme = scheme_of(url); /* of the base now */
        if (url.n > LIMIT_URL_B) /* escapes made it longer */
                return STR_NULL;
        if (scheme.p && !is_scheme_allowed(scheme))
                return STR_NULL;
        /* "http:javascript:x": without a host it is read in many ways. */
        if (str_starts_nocase(scheme, STR("http")) && !url_is_http(url))
                return STR_NULL;
        return url;
}

bool sanitize_is_url(struct str url)
{
        struct str scheme = scheme_of(url);
        size_t i = 0;

        BYTES_FIND(i, url, IS_CONTROL);
        return url.p && i == url.n && url.n <= LIMIT_URL_B &&
               str_chr(url, ' ', 0) == STR_NONE && utf8_is_valid(url) &&
               (!scheme.p || is_scheme_allowed(scheme)) &&
               (!str_starts_nocase(scheme, STR("http")) || url_is_http(url));
}

static void put_attr(struct writer *w, const char *name, struct str value)
{
        buf_char(w->out, ' ');
        buf_puts(w->out, name);
        buf_puts(w->out, "=\"");
        entity_encode_to(w->out, value);
        buf_char(w->out, '"');
}

static bool is_word(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!chr_is_alnum(s.p[i]) && !memchr("-_.:+", s.p[i], 5))
                        return false;
        return s.n > 0 && s.n <= 64;
}

static bool is_digits(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!chr_is_digit(s.p[i]))
                        return false;
        return s.n > 0 && s.n <= 5;
}

/* What an attribute may be: by element, or for all (TAG_UNKNOWN). */
static const struct rule {
        enum tag tag;
        struct str name;
        enum { RULE_URL, RULE_TEXT, RULE_WORD, RULE_DIGITS } kind;
} rules[] = {
        { TAG_a, STR_INIT("href"), RULE_URL },
        { TAG_img, STR_INIT("alt"), RULE_TEXT },
        { TAG_img, STR_INIT("width"), RULE_DIGITS },
        { TAG_img, STR_INIT("height"), RULE_DIGITS },
        { TAG_blockquote, STR_INIT("cite"), RULE_URL },
        { TAG_q, STR_INIT("cite"), RULE_URL },
        { TAG_del, STR_INIT("cite"), RULE_URL },
        { TAG_ins, STR_INIT("cite"), RULE_URL },
        { TAG_td, STR_INIT("colspan"), RULE_DIGITS },
        { TAG_td, STR_INIT("rowspan"), RULE_DIGITS },
        { TAG_th, STR_INIT("colspan"), RULE_DIGITS },
        { TAG_th, STR_INIT("rowspan"), RULE_DIGITS },
        { TAG_th, STR_INIT("scope"), RULE_WORD },
        { TAG_ol, STR_INIT("start"), RULE_DIGITS },
        { TAG_li, STR_INIT("value"), RULE_DIGITS },
        { TAG_time, STR_INIT("datetime"), RULE_WORD },
        { TAG_UNKNOWN, STR_INIT("title"), RULE_TEXT },
        { TAG_UNKNOWN, STR_INIT("lang"), RULE_WORD },
        { TAG_UNKNOWN, STR_INIT("dir"), RULE_WORD },
};

static const struct rule *find_rule(enum tag tag, struct str name)
{
        for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
                if ((rules[i].tag == tag || rules[i].tag == TAG_UNKNOWN) &&
                    str_eq_nocase(rules[i].name, name))
                        return &rules[i];
        return NULL;
}

static void put_ruled(struct writer *w, const struct rule *rule, struct str raw)
{
        struct str value = rule->kind == RULE_URL
                                   ? sanitize_url(w->a, raw, w->base)
                                   : entity_decode(w->a, raw);
        bool is_good = value.p != NULL;

        if (rule->kind == RULE_URL && is_good)
                value = url_clean(w->a, value);
        if (rule->kind == RULE_WORD)
                is_good = is_word(value);
        else if (rule->kind == RULE_DIGITS)
                is_good = is_digits(value);
        if (is_good)
                put_attr(w, rule->name.p, value);
}

static void put_id(struct writer *w, struct str raw)
{
        struct str id = entity_decode(w->a, raw);

        if (str_starts(id, STR(ID_PREFIX)))
                id = str_sub(id, sizeof(ID_PREFIX) - 1, id.n);
        if (is_word(id))
                put_attr(w, "id",
                         arena_printf(w->a, ID_PREFIX STR_FMT, STR_ARG(id)));
}

static void put_attrs(struct writer *w)
{
        const struct lexer *lx = &w->lx;
        const struct rule *seen[LEXER_ATTRS_MAX];
        size_t n_seen = 0;
        bool has_id = false;

        for (size_t i = 0; i < lx->n_attrs; i++) {
                const struct rule *r = find_rule(lx->tag, lx->attrs[i].name);
                size_t k = 0;

                if (!has_id && str_eq_nocase(lx->attrs[i].name, STR("id"))) {
                        put_id(w, lx->attrs[i].value);
                        has_id = true;
                }
                while (r && k < n_seen && seen[k] != r)
                        k++;
                if (!r || k < n_seen)
                        continue;
                seen[n_seen++] = r;
                put_ruled(w, r, lx->attrs[i].value);
        }
}

/* Where a picture is: pages that load late keep it in another attribute. */
static struct str picture_url(struct writer *w)
{
        static const struct str names[] = { STR_INIT("src"),
                                            STR_INIT("data-src"),
                                            STR_INIT("data-lazy-src"),
                                            STR_INIT("data-original") };
        const struct lexer *lx = &w->lx;

        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
                struct str raw = lexer_attr(lx, names[i]);
                struct str url = sanitize_url(w->a, raw, w->base);

                if (url.n && !str_starts_nocase(url, STR("mailto:")) &&
                    !str_starts_nocase(url, STR("tel:")))
                        return url;
        }
        return STR_NULL;
}

/* "1", "0", "1px". */
static bool is_point(struct str size)
{
        size = str_trim(size);
        if (size.n > 2 &&
            str_eq_nocase(str_sub(size, size.n - 2, size.n), STR("px")))
                size = str_sub(size, 0, size.n - 2);
        return str_eq(size, STR("1")) || str_eq(size, STR("0"));
}

/* What style says of name; absent when it says nothing. */
static struct str style_of(struct str style, struct str name)
{
        struct str one, key;

        while (str_cut(&style, ';', &one))
                if (str_cut(&one, ':', &key) &&
                    str_eq_nocase(str_trim(key), name))
                        return str_trim(one);
        return STR_NULL;
}

/* A side as its attribute tells it; what we would not write says nothing, so
 * that a picture that passed once passes again. */
static struct str side_of(struct writer *w, struct str name)
{
        struct str side = entity_decode(w->a, lexer_attr(&w->lx, name));

        return is_digits(side) || is_point(side) ? side : STR_NULL;
}

static bool is_pixel(struct writer *writer)
{
        struct str style = lexer_attr(&writer->lx, STR("style"));
        struct str w = side_of(writer, STR("width"));
        struct str h = side_of(writer, STR("height"));

        if (!w.n)
                w = style_of(style, STR("width"));
        if (!h.n)
                h = style_of(style, STR("height"));
        return w.n && h.n ? is_point(w) && is_point(h)
                          : is_point(w) || is_point(h);
}

static void put_picture(struct writer *w)
{
        struct str url = picture_url(w);

        if (!url.p || is_pixel(w) || tracker_is_picture(url))
                return;
        buf_puts(w->out, "<img");
        put_attr(w, "src", url);
        put_attrs(w);
        buf_char(w->out, '>');
}

static void close_one(struct writer *w)
{
        buf_puts(w->out, "</");
        buf_put(w->out, tag_name(w->open[--w->depth]));
        buf_char(w->out, '>');
}

static void close_to(struct writer *w, size_t depth)
{
        while (w->depth > depth)
                close_one(w);
}

static bool is_cell(enum tag tag)
{
        return tag == TAG_td || tag == TAG_th || tag == TAG_caption;
}

/* The depth at which tag is open, within the cell we are in; STR_NONE: not. */
static size_t depth_of(const struct writer *w, enum tag tag)
{
        for (size_t i = w->depth; i > 0; i--) {
                if (w->open[i - 1] == tag)
                        return i - 1;
                if (is_cell(w->open[i - 1]) && !(tag_flags(tag) & TAG_PART) &&
                    tag != TAG_table)
                        break;
                if (w->open[i - 1] == TAG_table && tag_flags(tag) & TAG_PART)
                        break;
        }
        return STR_NONE;
}

static void close_if_open(struct writer *w, enum tag tag)
{
        size_t depth = depth_of(w, tag);

        if (depth != STR_NONE)
                close_to(w, depth);
}

/* As close_if_open, but not past a list that began within it. */
static void close_entry(struct writer *w, enum tag tag)
{
        for (size_t i = w->depth; i > 0; i--) {
                enum tag t = w->open[i - 1];

                if (t == tag) {
                        close_to(w, i - 1);
                        return;
                }
                if (t == TAG_ul || t == TAG_ol || t == TAG_dl || is_cell(t))
                        return;
        }
}

/* A row, a cell ...: end what they end. False: there is no table for it. */
static bool ready_part(struct writer *w, enum tag tag)
{
        size_t table = STR_NONE;

        for (size_t i = w->depth; i > 0 && table == STR_NONE; i--)
                if (w->open[i - 1] == TAG_table)
                        table = i - 1;
        if (table == STR_NONE)
                return false;
        if (tag == TAG_td || tag == TAG_th) {
                size_t tr = depth_of(w, TAG_tr);
                close_to(w, tr == STR_NONE ? table + 1 : tr + 1);
        } else if (tag == TAG_tr) {
                size_t depth = table + 1;

                if (depth < w->depth && (w->open[depth] == TAG_thead ||
                                         w->open[depth] == TAG_tbody ||
                                         w->open[depth] == TAG_tfoot))
                        depth++;
                close_to(w, depth);
        } else {
                close_to(w, table + 1);
        }
        return true;
}

/* End the elements that the one to come ends. False: it can't stand here. */
static bool ready(struct writer *w, enum tag tag)
{
        unsigned flags = tag_flags(tag);

        if (flags & TAG_PART || tag == TAG_caption)
                return ready_part(w, tag);
        if (flags & TAG_BLOCK)
                close_if_open(w, TAG_p);
        if (tag == TAG_li)
                close_entry(w, TAG_li);
        if (tag == TAG_dt || tag == TAG_dd) {
                close_entry(w, TAG_dt);
                close_entry(w, TAG_dd);
        }
        if (tag == TAG_a)
                close_if_open(w, TAG_a);
        if (flags & TAG_HEADING && w->depth &&
            tag_flags(w->open[w->depth - 1]) & TAG_HEADING)
                close_one(w);
        return true;
}

static void open_tag(struct writer *w)
{
        enum tag tag = w->lx.tag;
        unsigned flags = tag_flags(tag);

        if (!(flags & TAG_KEEP)) {
                if (flags & TAG_BLOCK)
                        close_if_open(w, TAG_p);
                return;
        }
        if (tag == TAG_img) {
                put_picture(w);
                return;
        }
        if (!ready(w, tag)) {
                buf_char(w->out, ' ');
                return;
        }
        if (!(flags & TAG_VOID) && w->depth == DEPTH_MAX) {
                w->over++;
                return;
        }
        buf_char(w->out, '<');
        buf_put(w->out, tag_name(tag));
        put_attrs(w);
        buf_char(w->out, '>');
        if (flags & TAG_VOID)
                return;
        w->open[w->depth++] = tag;
        if (w->lx.is_empty)
                close_one(w);
}

static void close_tag(struct writer *w)
{
        enum tag tag = w->lx.tag;

        if (tag == TAG_br) /* "</br>" */
                buf_puts(w->out, "<br>");
        if (!(tag_flags(tag) & TAG_KEEP) || tag_flags(tag) & TAG_VOID)
                return;
        if (w->over) {
                w->over--;
                return;
        }
        close_if_open(w, tag);
}

void sanitize_to(struct buf *out, struct arena *a, struct str html,
                 struct str base, bool is_xml)
{
        struct writer w;

        w.out = out;
        w.a = a;
        w.base = base;
        w.depth = w.over = 0;
        lexer_init(&w.lx, utf8_clip(html, LIMIT_CONTENT_B), is_xml);
        while (lexer_next(&w.lx)) {
                if (w.lx.kind == LEXER_TEXT)
                        put_text(out, w.lx.text, w.lx.is_cdata);
                else if (w.lx.kind == LEXER_OPEN)
                        open_tag(&w);
                else
                        close_tag(&w);
        }
        close_to(&w, 0);
}

struct str sanitize_html(struct arena *a, struct str html, struct str base)
{
        struct buf out;

        buf_init(&out, LIMIT_OUTPUT_B);
        sanitize_to(&out, a, html, base, false);
        struct str ret = arena_str(a, buf_str(&out));
        buf_done(&out);
        return ret;
}

/* Is it so small by its own account that it's an icon? */
static bool is_icon(struct str tag)
{
        static const struct str names[] = { STR_INIT(" width=\""),
                                            STR_INIT(" height=\"") };
        uint64_t n;

        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
                size_t at = str_find(tag, names[i], 0);
                struct str value;

                if (at == STR_NONE)
                        continue;
                value = str_sub(tag, at + names[i].n, tag.n);
                value = str_sub(value, 0, str_chr(value, '"', 0));
                if (scan_u64(value, ICON_MAX, &n) == 0)
                        return true;
        }
        return false;
}

struct str sanitize_first_picture(struct arena *a, struct str clean)
{
        static const struct str start = STR_INIT("<img src=\"");
        size_t at;

        while ((at = str_find(clean, start, 0)) != STR_NONE) {
                struct str tag = str_sub(clean, at, STR_NONE);
                struct str url = str_sub(tag, start.n, STR_NONE);

                if (!is_icon(str_sub(tag, 0, str_chr(tag, '>', 0))))
                        return entity_decode(
                                a, str_sub(url, 0, str_chr(url, '"', 0)));
                clean = url;
        }
        return STR_NULL;
}

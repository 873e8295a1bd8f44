#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/feed_reader.h"
#include "wire/sanitize.h"

/* How the text of an element is to be taken. */
enum kind { KIND_TEXT, KIND_HTML, KIND_XHTML, KIND_GUESS };

struct value {
        struct str text;
        enum kind kind;
        struct str base;
};

static struct str from_base64(struct reader *r, struct str text)
{
        char *out = arena_alloc(r->d->a, text.n + 1);
        size_t n;

        if (sodium_base642bin((unsigned char *)out, text.n, text.p, text.n,
                              " \r\n\t", &n, NULL,
                              sodium_base64_VARIANT_ORIGINAL) != 0)
                return text;
        return utf8_repair(r->d->a, (struct str) { out, n });
}

/* Atom 1.0: what is neither text nor XML is in Base64. */
static bool is_binary(struct reader *r, struct str type, struct str mode)
{
        return r->is_atom && !mode.n && str_chr(type, '/', 0) != STR_NONE &&
               !str_starts_nocase(type, STR("text/")) &&
               str_find_nocase(type, STR("xml"), 0) == STR_NONE;
}

static enum kind kind_of(struct reader *r, struct str type, struct str mode)
{
        if (!r->is_atom && !type.n)
                return KIND_GUESS;
        if (!type.n && str_eq_nocase(mode, STR("escaped")))
                return KIND_GUESS;
        if (str_eq_nocase(type, STR("xhtml")) ||
            str_find_nocase(type, STR("xml"), 0) != STR_NONE)
                return KIND_XHTML;
        if (str_eq_nocase(type, STR("html")) ||
            str_eq_nocase(type, STR("text/html")))
                return KIND_HTML;
        return KIND_TEXT;
}

/* Some wrap a text in CDATA and escape the marks: "&lt;![CDATA[...]]&gt;". */
static struct str unwrap(struct str text)
{
        static const struct str mark = STR_INIT("<![CDATA[");
        size_t at = str_find(text, mark, 0);

        if (at == STR_NONE)
                return text;
        text = str_trim(text);
        if (str_ends(text, STR("]]>")))
                text.n -= 3;
        return str_starts(text, mark) ? str_sub(text, mark.n, text.n) : text;
}

/* The current element's text, and what sort of text it is. */
static struct value read_value(struct reader *r, bool is_line)
{
        struct xml *x = &r->x;
        struct str type = xml_attr(x, STR("type"));
        struct str mode = xml_attr(x, STR("mode"));
        struct value v = { .base = xml_base(x) };
        struct xml_leaf leaf;

        if (is_line)
                xml_leaf_line(x, &leaf);
        else
                xml_leaf(x, &leaf);
        v.kind = kind_of(r, type, mode);
        if (leaf.has_markup && (v.kind != KIND_TEXT || !r->is_atom ||
                                str_eq_nocase(mode, STR("xml"))))
                v.kind = KIND_XHTML;
        else if (v.kind == KIND_XHTML)
                v.kind = KIND_HTML;
        if (v.kind == KIND_XHTML) {
                v.text = str_trim(leaf.raw);
                return v;
        }
        v.text = unwrap(xml_text(x, &leaf));
        if (str_eq_nocase(mode, STR("base64")) || is_binary(r, type, mode)) {
                v.text = from_base64(r, v.text);
                v.kind = KIND_GUESS;
        }
        return v;
}

struct str feed_plain(struct reader *r)
{
        struct xml_leaf leaf;

        xml_leaf_line(&r->x, &leaf);
        return str_trim(xml_text(&r->x, &leaf));
}

static struct str line_of(struct reader *r, const struct value *v)
{
        static const enum headline_kind kinds[] = {
                [KIND_TEXT] = HEADLINE_TEXT,
                [KIND_HTML] = HEADLINE_HTML,
                [KIND_XHTML] = HEADLINE_HTML,
                [KIND_GUESS] = HEADLINE_GUESS,
        };

        return draft_line(r->d, v->text, kinds[v->kind]);
}

static struct str html_of(struct reader *r, const struct value *v)
{
        if (v->kind == KIND_TEXT)
                return sanitize_text(
                        r->d->a, utf8_clip(str_trim(v->text), LIMIT_CONTENT_B));
        return draft_html(r->d, v->text, v->base.n ? v->base : r->d->base,
                          v->kind == KIND_XHTML);
}

static void set_time(int64_t *at, struct str text, bool overwrite)
{
        int64_t seen;

        if ((*at == TIME_NONE || overwrite) &&
            date_parse(text, &seen, NULL) == 0)
                *at = seen;
}

static void read_title(struct reader *r, struct entry *e, bool is_spare)
{
        struct value v = read_value(r, true);

        if (is_spare ? e->it->title.n != 0 : e->has_title)
                return;
        struct str line = line_of(r, &v);
        if (!line.n)
                return;
        e->it->title = line;
        e->has_title = e->has_title || !is_spare;
}

static void read_summary(struct reader *r, struct entry *e, bool is_spare)
{
        struct value v = read_value(r, false);

        if (!v.text.n || (is_spare && e->it->summary.n))
                return;
        if (e->has_summary) { /* a <summary> beside a <description> */
                if (!is_spare && !e->it->content.n && e != &r->feed)
                        e->it->content = html_of(r, &v);
                return;
        }
        e->it->summary = html_of(r, &v);
        e->has_summary = e->has_summary || !is_spare;
}

static void read_content(struct reader *r, struct entry *e)
{
        struct str src = xml_attr(&r->x, STR("src"));
        struct str type = xml_attr(&r->x, STR("type"));

        if (src.n) {
                draft_enclosure(r->d, e->it,
                                draft_url(r->d, src, xml_base(&r->x)), type,
                                STR_NULL);
                return;
        }
        struct value v = read_value(r, false);

        if (!v.text.n || e->it->content.n >= v.text.n)
                return;
        e->it->content = html_of(r, &v);
}

/* Atom's way: <link rel="..." href="...">. */
static void read_link_attrs(struct reader *r, struct entry *e, struct str href)
{
        struct xml *x = &r->x;
        struct str rel = xml_attr(x, STR("rel"));
        struct str type = xml_attr(x, STR("type"));
        struct str url = draft_url(r->d, href, xml_base(x));
        struct feed_doc *doc = r->d->doc;
        bool is_feed = e == &r->feed;

        if (str_starts_nocase(rel,
                              STR("http://www.iana.org/assignments/relation/")))
                rel = str_sub(rel, 41, rel.n);
        if (str_eq_nocase(rel, STR("enclosure"))) {
                feed_add_enclosure(r, e, url, type, xml_attr(x, STR("length")));
        } else if (is_feed && str_eq_nocase(rel, STR("self"))) {
                doc->self = url;
        } else if (is_feed && str_eq_nocase(rel, STR("hub"))) {
                doc->hub = url;
        } else if (is_feed && str_eq_nocase(rel, STR("next"))) {
                doc->next = url;
        } else if (!rel.n || str_eq_nocase(rel, STR("alternate"))) {
                bool is_page = !type.n || str_find_nocase(type, STR("html"),
                                                          0) != STR_NONE;
                if (!is_page && !e->spare_link.n)
                        e->spare_link = url;
                else if (is_page && !e->it->url.n)
                        e->it->url = url;
        }
}

static void read_link(struct reader *r, struct entry *e)
{
        struct str href = xml_attr(&r->x, STR("href"));
        struct str rel = xml_attr(&r->x, STR("rel"));

        if (href.n) {
                read_link_attrs(r, e, href);
                return;
        }
        if (rel.n && !str_eq_nocase(rel, STR("alternate")))
                return;
        struct str base = xml_base(&r->x);
        struct str url = draft_url(r->d, feed_plain(r), base);

        if (!e->it->url.n)
                e->it->url = url;
        if (e == &r->feed && !r->d->base.n)
                r->d->base = url;
}

static void read_id(struct reader *r, struct entry *e, bool is_spare)
{
        struct str is_permalink = xml_attr(&r->x, STR("isPermaLink"));
        bool is_guid = xml_is(&r->x, FEED_CORE, STR("guid"));
        struct str base = xml_base(&r->x);
        struct str id = feed_plain(r);

        if (e->it->id.n || !id.n || (is_spare && e->has_self))
                return;
        e->is_permalink = is_guid && !str_eq_nocase(is_permalink, STR("false"));
        if (r->is_atom && base.n && str_starts(id, STR("/")))
                id = draft_url(r->d, id, base);
        e->it->id = arena_str(r->d->a, utf8_clip(id, LIMIT_URL_B));
}

/* Elements stand where RSS has text. */
static bool begins_with_tag(const struct xml *x)
{
        struct str rest = str_trim(str_sub(x->in, x->at, 64));

        return rest.n > 1 && rest.p[0] == '<' && chr_is_alpha(rest.p[1]);
}

/* RSS: text. Atom: <name>, <email>, <uri>. */
static void read_author(struct reader *r, struct strs *list)
{
        struct xml *x = &r->x;
        int depth = x->depth;
        struct xml_leaf leaf;
        struct str name = STR_NULL, mail = STR_NULL;
        size_t from = x->at;

        if (!x->is_empty && (r->is_atom || xml_namespace(x) == XML_ATOM ||
                             begins_with_tag(x))) {
                while (xml_child(x, depth)) {
                        if (xml_is(x, FEED_CORE, STR("name")) && !name.n)
                                name = feed_plain(r);
                        else if (xml_is(x, FEED_CORE, STR("email")) && !mail.n)
                                mail = feed_plain(r);
                }
                if (name.n || mail.n || x->at <= from) {
                        draft_author(r->d, list, name.n ? name : mail);
                        return;
                }
                /* Text where Atom wants elements. */
                struct str text = str_sub(x->in, from, x->at - from);
                text = str_sub(text, 0, str_chr(text, '<', 0));
                draft_author(r->d, list, text);
                return;
        }
        xml_leaf(x, &leaf);
        draft_author(r->d, list, xml_text(x, &leaf));
}

static void add_category(struct reader *r, struct entry *e, struct str word)
{
        word = str_sub(word, 0, 4 * LIMIT_TITLE_B);
        draft_add(r->d, &e->it->categories,
                  draft_line(r->d, word, HEADLINE_GUESS), LIMIT_CATEGORIES);
}

static void read_category(struct reader *r, struct entry *e)
{
        struct xml *x = &r->x;
        struct str label = xml_attr(x, STR("label"));
        struct str term = xml_attr(x, STR("term"));
        struct str text = xml_attr(x, STR("text")); /* of iTunes */
        struct str word = term.n ? term : label.n ? label : text;

        if (text.n) { /* others may be within it */
                add_category(r, e, word);
                feed_read_group(r, e);
                return;
        }
        add_category(r, e, word);
        word = feed_plain(r);
        if (!term.n)
                add_category(r, e, word);
}

static void read_keywords(struct reader *r, struct entry *e)
{
        struct str rest = feed_plain(r), word;

        while (str_cut(&rest, ',', &word))
                draft_add(r->d, &e->it->categories,
                          draft_line(r->d, word, HEADLINE_TEXT),
                          LIMIT_CATEGORIES);
}

static void read_ttl(struct reader *r)
{
        uint64_t minutes;

        if (scan_u64(feed_plain(r), 60 * 24 * 7, &minutes) == 0)
                r->d->doc->ttl_s = (int64_t)minutes * 60;
}

static void read_date(struct reader *r, struct entry *e, enum meaning m)
{
        struct str text = feed_plain(r);

        if (m == UPDATED) {
                set_time(&e->it->updated, text, true);
        } else if (m == PUBLISHED) {
                set_time(&e->it->published, text, true);
                e->has_date = true;
        } else {
                set_time(&e->it->published, text, !e->has_date);
        }
}

/* What an element says goes over what holds for all the document. */
static void read_language(struct reader *r, struct entry *e)
{
        struct str language = draft_language(r->d, feed_plain(r));

        if (!language.n || e->has_language)
                return;
        e->it->language = language;
        e->has_language = true;
}

void feed_read_field(struct reader *r, struct entry *e, enum meaning m)
{
        switch (m) {
        case TITLE:
        case TITLE_SPARE:
                read_title(r, e, m == TITLE_SPARE);
                break;
        case LINK:
                read_link(r, e);
                break;
        case ID:
        case ID_SPARE:
                read_id(r, e, m == ID_SPARE);
                break;
        case SUMMARY:
        case SUMMARY_SPARE:
                read_summary(r, e, m == SUMMARY_SPARE);
                break;
        case CONTENT:
                read_content(r, e);
                break;
        case PUBLISHED:
        case CREATED:
        case UPDATED:
                read_date(r, e, m);
                break;
        case AUTHOR:
                read_author(r, &e->it->authors);
                break;
        case AUTHOR_SPARE:
                read_author(r, &e->spare_authors);
                break;
        case CONTRIBUTOR:
                read_author(r, &e->contributors);
                break;
        case CATEGORY:
                read_category(r, e);
                break;
        case KEYWORDS:
                read_keywords(r, e);
                break;
        case ENCLOSURE:
                feed_read_enclosure(r, e);
                break;
        case MEDIA:
                feed_read_media(r, e);
                break;
        case GROUP:
                feed_read_group(r, e);
                break;
        case THUMBNAIL:
        case IMAGE:
                feed_read_image(r, e, m == THUMBNAIL);
                break;
        case LANGUAGE:
                read_language(r, e);
                break;
        case TTL:
                read_ttl(r);
                break;
        case NOTHING:
        case ITEM:
        case CHANNEL:
                break;
        }
}

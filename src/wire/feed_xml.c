#include "wire/feed_xml.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/draft.h"
#include "wire/feed_pace.h"
#include "wire/sanitize.h"
#include "wire/text.h"
#include "wire/xml.h"

#define CORE (XML_NONE | XML_RSS | XML_RDF | XML_ATOM)

enum meaning {
        NOTHING,
        TITLE,
        TITLE_SPARE,
        LINK,
        ID,
        ID_SPARE,
        SUMMARY,
        SUMMARY_SPARE,
        CONTENT,
        PUBLISHED,
        CREATED,
        UPDATED,
        AUTHOR,
        AUTHOR_SPARE,
        CONTRIBUTOR,
        CATEGORY,
        KEYWORDS,
        ENCLOSURE,
        MEDIA,
        GROUP,
        IMAGE,
        LANGUAGE,
        TTL,
        ITEM,
        CHANNEL,
};

static const struct element {
        unsigned ns;
        struct str name;
        enum meaning meaning;
} elements[] = {
#define ELEMENT(ns, name, meaning) { ns, STR_INIT(name), meaning },
#include "wire/element.def"
#undef ELEMENT
};

/* What the texts of an item or of the feed were found to be; the feed's go
 * over into feed_doc at the end. */
struct entry {
        struct item *it;
        bool has_title, has_summary, has_date, has_self;
        bool is_permalink; /* the id may serve as the address */
        struct strs spare_authors, contributors;
        struct str spare_link;
};

struct reader {
        struct draft *d;
        struct xml x;
        bool is_atom, is_old_atom;
        struct item head; /* the feed's own fields, as if it were an item */
        struct entry feed;
        struct feed_pace pace;
};

static enum meaning meaning_of(const struct xml *x)
{
        enum xml_ns ns = xml_namespace(x);
        struct str local = xml_local(x);

        if (ns == XML_OTHER || !local.n)
                return NOTHING;
        char first = chr_lower(local.p[0]);
        for (size_t i = 0; i < sizeof(elements) / sizeof(*elements); i++)
                if (elements[i].name.n == local.n && elements[i].ns & ns &&
                    chr_lower(elements[i].name.p[0]) == first &&
                    str_eq_nocase(elements[i].name, local))
                        return elements[i].meaning;
        return NOTHING;
}

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

/* The current element's text, and what sort of text it is. */
static struct value read_value(struct reader *r)
{
        struct xml *x = &r->x;
        struct str type = xml_attr(x, STR("type"));
        struct str mode = xml_attr(x, STR("mode"));
        struct value v = { .base = xml_base(x) };
        struct xml_leaf leaf;

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
        v.text = xml_text(x, &leaf);
        if (str_eq_nocase(mode, STR("base64")) || is_binary(r, type, mode)) {
                v.text = from_base64(r, v.text);
                v.kind = KIND_GUESS;
        }
        return v;
}

static struct str plain(struct reader *r)
{
        struct xml_leaf leaf;

        xml_leaf(&r->x, &leaf);
        return str_trim(xml_text(&r->x, &leaf));
}

static struct str line_of(struct reader *r, const struct value *v)
{
        bool is_html = v->kind == KIND_HTML || v->kind == KIND_XHTML;

        if (v->kind == KIND_GUESS)
                is_html = text_looks_like_html(
                        str_sub(v->text, 0, 4 * LIMIT_TITLE_B));
        return draft_line(r->d, v->text, is_html);
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
        struct value v = read_value(r);

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
        struct value v = read_value(r);

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
        struct value v = read_value(r);

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
                draft_enclosure(r->d, e->it, url, type,
                                xml_attr(x, STR("length")));
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
        struct str url = draft_url(r->d, plain(r), base);

        if (!e->it->url.n)
                e->it->url = url;
        if (e == &r->feed && !r->d->base.n)
                r->d->base = url;
}

static void read_id(struct reader *r, struct entry *e, bool is_spare)
{
        struct str is_permalink = xml_attr(&r->x, STR("isPermaLink"));
        bool is_guid = xml_is(&r->x, CORE, STR("guid"));
        struct str base = xml_base(&r->x);
        struct str id = plain(r);

        if (e->it->id.n || !id.n || (is_spare && e->has_self))
                return;
        e->is_permalink = is_guid && !str_eq_nocase(is_permalink, STR("false"));
        if (r->is_atom && base.n && str_starts(id, STR("/")))
                id = draft_url(r->d, id, base);
        e->it->id = arena_str(r->d->a, utf8_clip(id, LIMIT_URL_B));
}

/* RSS: text. Atom: <name>, <email>, <uri>. */
static void read_author(struct reader *r, struct strs *list)
{
        struct xml *x = &r->x;
        int depth = x->depth;
        struct xml_leaf leaf;
        struct str name = STR_NULL, mail = STR_NULL;
        size_t from = x->at;

        if (!x->is_empty && (r->is_atom || xml_namespace(x) == XML_ATOM)) {
                while (xml_child(x, depth)) {
                        if (xml_is(x, CORE, STR("name")) && !name.n)
                                name = plain(r);
                        else if (xml_is(x, CORE, STR("email")) && !mail.n)
                                mail = plain(r);
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

static void read_field(struct reader *r, struct entry *e, enum meaning m);

/* The elements within one that only holds others together. */
static void read_group(struct reader *r, struct entry *e)
{
        int depth = r->x.depth;

        while (xml_child(&r->x, depth))
                read_field(r, e, meaning_of(&r->x));
}

static void add_category(struct reader *r, struct entry *e, struct str word)
{
        word = str_sub(word, 0, 4 * LIMIT_TITLE_B);
        draft_add(r->d, &e->it->categories,
                  draft_line(r->d, word, text_looks_like_html(word)),
                  LIMIT_CATEGORIES);
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
                read_group(r, e);
                return;
        }
        add_category(r, e, word);
        word = plain(r);
        if (!term.n)
                add_category(r, e, word);
}

static void read_keywords(struct reader *r, struct entry *e)
{
        struct str rest = plain(r), word;

        while (str_cut(&rest, ',', &word))
                draft_add(r->d, &e->it->categories,
                          draft_line(r->d, word, false), LIMIT_CATEGORIES);
}

static void read_image(struct reader *r, struct entry *e)
{
        struct xml *x = &r->x;
        struct str base = xml_base(x), raw = xml_attr(x, STR("href"));
        int depth = x->depth;
        struct xml_leaf leaf;

        if (!raw.n)
                raw = xml_attr(x, STR("url"));
        if (raw.n || x->is_empty) {
                xml_leaf(x, &leaf);
        } else {
                struct xml before = *x;

                while (xml_child(x, depth))
                        if (xml_is(x, CORE, STR("url")))
                                raw = plain(r);
                if (!raw.n) {
                        *x = before;
                        raw = plain(r);
                }
        }
        if (!e->it->image.n)
                e->it->image = draft_url(r->d, raw, base);
}

static bool is_picture(struct str type, struct str medium, struct str url)
{
        return str_starts_nocase(type, STR("image/")) ||
               str_eq_nocase(medium, STR("image")) ||
               (!type.n && !medium.n &&
                (str_ends(url, STR(".jpg")) || str_ends(url, STR(".jpeg")) ||
                 str_ends(url, STR(".png")) || str_ends(url, STR(".webp"))));
}

static void read_enclosure(struct reader *r, struct entry *e)
{
        struct xml *x = &r->x;
        struct str url = draft_url(r->d, xml_attr(x, STR("url")), xml_base(x));
        struct str type = xml_attr(x, STR("type"));
        struct str length = xml_attr(x, STR("length"));

        if (!length.p)
                length = xml_attr(x, STR("fileSize"));
        draft_enclosure(r->d, e->it, url, type, length);
        if (!e->it->image.n &&
            is_picture(type, xml_attr(x, STR("medium")), url))
                e->it->image = url;
}

static void read_ttl(struct reader *r)
{
        uint64_t minutes;

        if (scan_u64(plain(r), 60 * 24 * 7, &minutes) == 0)
                r->d->doc->ttl_s = (int64_t)minutes * 60;
}

static void read_date(struct reader *r, struct entry *e, enum meaning m)
{
        struct str text = plain(r);

        if (m == UPDATED) {
                set_time(&e->it->updated, text, true);
        } else if (m == PUBLISHED) {
                set_time(&e->it->published, text, true);
                e->has_date = true;
        } else {
                set_time(&e->it->published, text, !e->has_date);
        }
}

static void read_field(struct reader *r, struct entry *e, enum meaning m)
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
                read_enclosure(r, e);
                break;
        case MEDIA:
                read_enclosure(r, e);
                read_group(r, e);
                break;
        case GROUP:
                read_group(r, e);
                break;
        case IMAGE:
                read_image(r, e);
                break;
        case LANGUAGE:
                if (!e->it->language.n)
                        e->it->language = draft_language(r->d, plain(r));
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

/* What an item lacks, from what it has. */
static void finish_item(struct reader *r, struct entry *e)
{
        struct item *it = e->it;

        if (!it->url.n)
                it->url = e->spare_link;
        if (!it->url.n && e->is_permalink) {
                struct str url = draft_url(r->d, it->id, STR_NULL);
                if (str_starts_nocase(url, STR("http")))
                        it->url = url;
        }
        if (!it->authors.n)
                it->authors = e->spare_authors;
        if (!it->authors.n)
                it->authors = e->contributors;
        if (!it->url.n)
                it->url = STR_NULL;
}

/* Is the last tag the root's own end? Else the document broke off. */
static bool has_end(struct str text)
{
        size_t at = text.n;

        while (at > 0 && text.p[at - 1] != '<')
                at--;
        text = str_sub(text, at, text.n);
        return str_starts_nocase(text, STR("/rss")) ||
               str_starts_nocase(text, STR("/feed")) ||
               str_starts_nocase(text, STR("/rdf"));
}

static void read_item(struct reader *r)
{
        struct xml *x = &r->x;
        struct entry e = { .it = draft_item(r->d) };
        int depth = x->depth;
        struct str about, lang = xml_lang(x);

        if (!e.it)
                return;
        about = xml_attr_ns(x, XML_RDF, STR("about"));
        e.it->language = draft_language(r->d, lang);
        while (xml_child(x, depth))
                read_field(r, &e, meaning_of(x));
        if (!e.it->id.n && about.n)
                e.it->id = about;
        finish_item(r, &e);
        /*
         * Half an item lacks its date, or ends in the middle of its words; it
         * comes whole the next time. The only one is better than none.
         */
        if (x->is_cut_off && r->d->doc->n_items > 1 && !has_end(x->in))
                r->d->doc->n_items--;
}

static void read_feed(struct reader *r)
{
        struct xml *x = &r->x;
        int depth = x->depth;

        while (xml_child(x, depth) && !arena_is_full(r->d->a)) {
                enum meaning m = meaning_of(x);

                if (m == ITEM) {
                        read_item(r);
                } else if (m == CHANNEL) {
                        struct str lang = xml_lang(x);
                        if (lang.n && !r->head.language.n)
                                r->head.language = draft_language(r->d, lang);
                        read_feed(r);
                } else if (m == IMAGE || m == ENCLOSURE || m == MEDIA) {
                        continue; /* the feed's logo isn't news */
                } else if (m == NOTHING &&
                           feed_pace_read(&r->pace, x, r->d->doc)) {
                        continue;
                } else {
                        read_field(r, &r->feed, m);
                }
        }
}

static void set_version(struct reader *r)
{
        struct feed_doc *doc = r->d->doc;
        struct str version = xml_attr(&r->x, STR("version"));

        if (doc->format == FEED_ATOM) {
                r->is_atom = true;
                r->is_old_atom = str_eq(version, STR("0.3"));
                doc->version =
                        r->is_old_atom ? STR("atom 0.3") : STR("atom 1.0");
        } else if (doc->format == FEED_RDF) {
                doc->version = STR("rdf");
        } else {
                doc->version = arena_printf(r->d->a, "rss " STR_FMT,
                                            STR_ARG(str_sub(version, 0, 8)));
        }
}

/* To the feed's root, past what may stand around it. */
static bool find_root(struct reader *r)
{
        struct xml *x = &r->x;
        struct feed_doc *doc = r->d->doc;

        for (int depth = 0; depth < 3 && xml_child(x, depth); depth++) {
                struct str name = xml_local(x);

                if (str_eq_nocase(name, STR("rdf")))
                        doc->format = FEED_RDF;
                else if (str_eq_nocase(name, STR("feed")))
                        doc->format = FEED_ATOM;
                else if (str_eq_nocase(name, STR("rss")) ||
                         str_eq_nocase(name, STR("channel")))
                        doc->format = FEED_RSS;
                if (doc->format)
                        return true;
                if (str_eq_nocase(name, STR("html")))
                        return false;
        }
        return false;
}

/* The feed's own fields, from the item that they were read into. */
static void finish_feed(struct reader *r)
{
        struct feed_doc *doc = r->d->doc;
        struct item *head = &r->head;
        const struct xml *x = &r->x;

        finish_item(r, &r->feed);
        doc->title = head->title;
        doc->link = head->url;
        doc->description = head->summary;
        doc->language = head->language;
        doc->updated =
                head->updated != TIME_NONE ? head->updated : head->published;
        if (x->is_cut_off)
                draft_warn(r->d, "the document ends before its end: what came "
                                 "whole was read");
        if (x->is_too_deep)
                draft_warn(r->d,
                           "elements are nested more than %d deep: the rest "
                           "was left out",
                           LIMIT_XML_DEPTH);
        if (x->n_mended)
                draft_warn(r->d, "tags that don't fit together were mended: %d",
                           x->n_mended);
        for (size_t i = 0; i < doc->n_items; i++) {
                struct item *it = &doc->items[i];

                if (!it->authors.n)
                        it->authors = head->authors;
                if (!it->language.n)
                        it->language = head->language;
        }
}

int feed_xml_read(struct draft *d, struct str text, struct err *err)
{
        struct reader *r = arena_alloc(d->a, sizeof(*r));

        r->d = d;
        r->head.published = r->head.updated = TIME_NONE;
        r->feed.it = &r->head;
        xml_init(&r->x, d->a, &d->scratch, text, d->base);
        if (!find_root(r))
                return err_set(err, ERR_INPUT,
                               "this is no feed: it has no <rss>, <rdf:RDF> or "
                               "<feed>");
        set_version(r);
        struct str lang = xml_lang(&r->x);
        r->head.language = draft_language(d, lang);
        read_feed(r);
        if (arena_is_full(d->a))
                return err_set(err, ERR_LIMIT,
                               "the feed takes more memory than we give it");
        finish_feed(r);
        return 0;
}

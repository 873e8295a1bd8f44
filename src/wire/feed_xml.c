#include "wire/feed_xml.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/time.h"
#include "wire/discover.h"
#include "wire/feed_reader.h"

#define START_MAX_B 65536 /* how far the feed's start is looked for */

static const struct element {
        unsigned ns;
        struct str name;
        enum meaning meaning;
} elements[] = {
#define CORE FEED_CORE
#define ELEMENT(ns, name, meaning) { ns, STR_INIT(name), meaning },
#include "wire/element.def"
#undef ELEMENT
#undef CORE
};

#define N_ELEMENTS (sizeof(elements) / sizeof(*elements))
#define NO_ELEMENT 0xFF

_Static_assert(N_ELEMENTS <= FEED_ELEMENTS_MAX, "more drawers are needed");

/* By what tells most names apart. */
static unsigned drawer_of(struct str name)
{
        unsigned first = (unsigned char)chr_lower(name.p[0]);
        unsigned last = (unsigned char)chr_lower(name.p[name.n - 1]);

        return (first * 5 + last + (unsigned)name.n * 3) % FEED_DRAWERS;
}

static void sort_elements(struct reader *r)
{
        memset(r->drawer, NO_ELEMENT, sizeof(r->drawer));
        for (size_t i = N_ELEMENTS; i-- > 0;) {
                unsigned k = drawer_of(elements[i].name);

                r->next[i] = r->drawer[k];
                r->drawer[k] = (uint8_t)i;
        }
}

enum meaning feed_meaning(const struct reader *r)
{
        const struct xml *x = &r->x;
        enum xml_ns ns = xml_namespace(x);
        struct str local = xml_local(x);

        if (ns == XML_OTHER || !local.n)
                return NOTHING;
        for (unsigned i = r->drawer[drawer_of(local)]; i != NO_ELEMENT;
             i = r->next[i])
                if (elements[i].ns & ns &&
                    str_eq_nocase(elements[i].name, local))
                        return elements[i].meaning;
        return NOTHING;
}

void feed_read_group(struct reader *r, struct entry *e)
{
        int depth = r->x.depth;

        while (xml_child(&r->x, depth))
                feed_read_field(r, e, feed_meaning(r));
}

/* What an item lacks, from what it has. */
static void finish_item(struct reader *r, struct entry *e)
{
        struct item *it = e->it;

        if (!it->url.n)
                it->url = e->spare_link;
        /* Many forget to say that their id is no address. */
        if (!it->url.n && e->is_permalink && draft_is_address(r->d, it->id)) {
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

/* True: another begins within it, as its end is missing. */
static bool read_item(struct reader *r)
{
        struct xml *x = &r->x;
        struct entry e = { .it = draft_item(r->d) };
        int depth = x->depth;
        struct str about, lang = xml_lang(x);
        bool is_next = false;

        if (!e.it)
                return false;
        about = xml_attr_ns(x, XML_RDF, STR("about"));
        if (xml_has_lang(x)) /* else it has the feed's, in the end */
                e.it->language = draft_language(r->d, lang);
        e.has_language = e.it->language.n != 0;
        while (!is_next && xml_child(x, depth)) {
                enum meaning m = feed_meaning(r);

                is_next = m == ITEM;
                if (!is_next)
                        feed_read_field(r, &e, m);
        }
        if (!e.it->id.n && about.n)
                e.it->id = about;
        finish_item(r, &e);
        feed_find_image(r, &e);
        /*
         * Half an item lacks its date, or ends in the middle of its words; it
         * comes whole the next time. The only one is better than none.
         */
        if (x->is_cut_off && r->d->doc->n_items > 1 && !has_end(x->in))
                r->d->doc->n_items--;
        return is_next;
}

static void read_items(struct reader *r)
{
        while (read_item(r) && !arena_is_full(r->d->a))
                xml_supplant(&r->x);
}

static void read_feed(struct reader *r)
{
        struct xml *x = &r->x;
        int depth = x->depth;

        while (xml_child(x, depth) && !arena_is_full(r->d->a)) {
                enum meaning m = feed_meaning(r);

                if (m == ITEM) {
                        read_items(r);
                } else if (m == CHANNEL) {
                        struct str lang = xml_lang(x);
                        if (lang.n && !r->head.language.n)
                                r->head.language = draft_language(r->d, lang);
                        read_feed(r);
                } else if (m == IMAGE || m == THUMBNAIL || m == ENCLOSURE ||
                           m == MEDIA || m == GROUP) {
                        continue; /* the feed's logo isn't news */
                } else if (m == NOTHING &&
                           feed_pace_read(&r->pace, x, r->d->doc)) {
                        continue;
                } else {
                        feed_read_field(r, &r->feed, m);
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

static enum feed_format format_of(struct str root)
{
        if (str_eq_nocase(root, STR("rdf")))
                return FEED_RDF;
        if (str_eq_nocase(root, STR("feed")))
                return FEED_ATOM;
        return str_eq_nocase(root, STR("rss")) ||
                               str_eq_nocase(root, STR("channel"))
                       ? FEED_RSS
                       : FEED_UNKNOWN;
}

/* To the feed's root, past what may stand around it. */
static bool find_root(struct reader *r)
{
        struct xml *x = &r->x;
        struct feed_doc *doc = r->d->doc;

        for (int depth = 0; depth < 3 && xml_child(x, depth); depth++) {
                doc->format = format_of(xml_local(x));
                if (doc->format) {
                        xml_adopt(x);
                        return true;
                }
                if (str_eq_nocase(xml_local(x), STR("html")))
                        return false;
        }
        return false;
}

/* Where the feed begins, when other text stands before it; STR_NONE: nowhere.
 */
static size_t find_start(struct str text)
{
        static const struct str starts[] = { STR_INIT("<rss"),
                                             STR_INIT("<feed"),
                                             STR_INIT("<rdf:RDF") };
        struct str head = str_sub(text, 0, START_MAX_B);
        size_t best = STR_NONE;

        for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
                size_t at = str_find(head, starts[i], 0);
                size_t end = at + starts[i].n;

                if (at < best && end < head.n &&
                    (chr_is_space(head.p[end]) || head.p[end] == '>'))
                        best = at;
        }
        return best;
}

/* A script's complaints before the feed, say. */
static bool find_late_root(struct reader *r, struct str text)
{
        size_t at = discover_is_html(text) ? STR_NONE : find_start(text);

        if (at == STR_NONE)
                return false;
        xml_init(&r->x, r->d->a, &r->d->scratch, str_sub(text, at, text.n),
                 r->d->base);
        draft_warn(r->d, "what stands before the feed was left out");
        return find_root(r);
}

/* What follows the root: another feed, or items that are outside of it. */
static void read_rest(struct reader *r)
{
        struct xml *x = &r->x;
        bool is_more = false;

        while (xml_child(x, 0) && !arena_is_full(r->d->a)) {
                if (feed_meaning(r) == ITEM)
                        read_items(r);
                else if (format_of(xml_local(x)))
                        read_feed(r);
                else
                        continue;
                is_more = true;
        }
        if (is_more)
                draft_warn(r->d,
                           "it goes on after its end: that was read, too");
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
        sort_elements(r);
        xml_init(&r->x, d->a, &d->scratch, text, d->base);
        if (!find_root(r) && !find_late_root(r, text))
                return err_set(err, ERR_INPUT,
                               "this is no feed: it has no <rss>, <rdf:RDF> or "
                               "<feed>");
        set_version(r);
        struct str lang = xml_lang(&r->x);
        r->head.language = draft_language(d, lang);
        read_feed(r);
        read_rest(r);
        if (arena_is_full(d->a))
                return err_set(err, ERR_LIMIT,
                               "the feed takes more memory than we give it");
        finish_feed(r);
        return 0;
}

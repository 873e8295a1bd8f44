#include "wire/extract_meta.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/dom.h"
#include "wire/sanitize.h"

#define DATE_TEXT_MAX_B 300
#define DATE_WORDS_MAX 7
#define DATE_LINE_MAX_B 80
#define NAME_MAX_B 80
#define METAS_MAX 500

struct meta {
        struct str key, text;
};

struct gleaner {
        struct arena *a;
        xmlNode *root;
        struct str url;
        struct page *page;
        struct meta *metas;
        size_t n_metas, cap_metas;
};

/* Note the meta elements once; a page is walked for each only then. */
static void glean_metas(struct gleaner *g)
{
        static const char *const keys[] = { "property", "name", "itemprop",
                                            "http-equiv" };

        for (xmlNode *n = g->root; n && g->n_metas < METAS_MAX;
             n = dom_next(n, g->root)) {
                struct str key = STR_NULL;

                if (dom_tag(n) != TAG_meta)
                        continue;
                for (size_t i = 0; i < 4 && !key.n; i++)
                        key = dom_attr(n, keys[i]);
                struct str text = utf8_fold_space(g->a, dom_attr(n, "content"));
                if (!key.n || !text.n)
                        continue;
                ARENA_GROW(g->a, g->metas, g->n_metas, g->cap_metas);
                g->metas[g->n_metas++] = (struct meta) { str_trim(key), text };
        }
}

/* The content of the first meta element of that name or property. */
static struct str meta(struct gleaner *g, const char *name)
{
        for (size_t i = 0; i < g->n_metas; i++)
                if (str_eq_nocase(g->metas[i].key, str_c(name)))
                        return g->metas[i].text;
        return STR_NULL;
}

static struct str first_meta(struct gleaner *g, const char *const *names)
{
        for (; *names; names++) {
                struct str text = meta(g, *names);

                if (text.n)
                        return text;
        }
        return STR_NULL;
}

static bool is_token_end(struct str s, size_t i)
{
        return i == s.n || chr_is_space(s.p[i]) || strchr("|()", s.p[i]);
}

/* A date that starts at from: the longest run of words that is one. */
static bool date_at(struct str s, size_t from, int64_t *ret_at,
                    bool *ret_is_day)
{
        size_t ends[DATE_WORDS_MAX], n = 0;

        for (size_t i = from + 1; i <= s.n && n < DATE_WORDS_MAX; i++)
                if (is_token_end(s, i) && !chr_is_space(s.p[i - 1]))
                        ends[n++] = i;
        while (n > 0) {
                struct str part = str_sub(s, from, ends[--n] - from);

                while (part.n && strchr(",.;:-", part.p[part.n - 1]))
                        part.n--;
                if (part.n >= 8 && date_parse(part, ret_at, ret_is_day) == 0)
                        return true;
        }
        return false;
}

bool extract_find_date(struct str text, int64_t *ret_at, bool *ret_is_day)
{
        struct str s = str_sub(text, 0, DATE_TEXT_MAX_B);

        for (size_t i = 0; i < s.n; i++) {
                bool is_start = i == 0 || chr_is_space(s.p[i - 1]) ||
                                strchr("|(:>,-", s.p[i - 1]);

                if (is_start && !chr_is_space(s.p[i]) &&
                    date_at(s, i, ret_at, ret_is_day))
                        return true;
        }
        return false;
}

static bool take_date(struct gleaner *g, struct str text)
{
        struct page *p = g->page;

        return p->published == TIME_NONE && text.n &&
               extract_find_date(text, &p->published, &p->is_day);
}

/* "/2026/03/06/" in an address. */
static bool date_of_url(struct gleaner *g, struct str url)
{
        for (size_t i = 0; i + 9 < url.n; i++) {
                struct civil c = { 0 };
                struct str s = str_sub(url, i, 12);
                int64_t y, m, d;
                char sep;

                if (s.p[0] != '/' && s.p[0] != '-' && s.p[0] != '_')
                        continue;
                s = str_sub(s, 1, s.n);
                size_t before = s.n;
                if (scan_digits(&s, 4, &y) < 0 || before - s.n != 4 || !s.n)
                        continue;
                sep = s.p[0];
                if (sep != '/' && sep != '-' && sep != '_')
                        continue;
                s = str_sub(s, 1, s.n);
                if (scan_digits(&s, 2, &m) < 0 || !s.n || s.p[0] != sep)
                        continue;
                s = str_sub(s, 1, s.n);
                if (scan_digits(&s, 2, &d) < 0)
                        continue;
                c.year = (int)y;
                c.month = (int)m;
                c.day = (int)d;
                if (y < 1990 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31)
                        continue;
                g->page->published = time_from_civil(&c);
                g->page->is_day = true;
                return true;
        }
        return false;
}

static bool has_name(const xmlNode *n, const char *part)
{
        struct str want = str_c(part);

        return str_find_nocase(dom_attr(n, "class"), want, 0) != STR_NONE ||
               str_find_nocase(dom_attr(n, "id"), want, 0) != STR_NONE ||
               str_find_nocase(dom_attr(n, "itemprop"), want, 0) != STR_NONE;
}

static struct str short_text(struct gleaner *g, const xmlNode *n, size_t max)
{
        struct str text = dom_text(g->a, n);

        return text.n <= max ? text : STR_NULL;
}

static void date_of_parts(struct gleaner *g)
{
        for (xmlNode *n = g->root; n; n = dom_next(n, g->root)) {
                struct str prop =
                        dom_is_element(n) ? dom_attr(n, "itemprop") : STR_NULL;

                if (str_find_nocase(prop, STR("datePublished"), 0) ==
                            STR_NONE &&
                    str_find_nocase(prop, STR("dateCreated"), 0) == STR_NONE)
                        continue;
                if (take_date(g, dom_attr(n, "content")) ||
                    take_date(g, dom_attr(n, "datetime")) ||
                    take_date(g, short_text(g, n, DATE_TEXT_MAX_B)))
                        return;
        }
        for (xmlNode *n = g->root; n; n = dom_next(n, g->root)) {
                if (dom_tag(n) == TAG_abbr && has_name(n, "published") &&
                    take_date(g, dom_attr(n, "title")))
                        return;
                if (dom_tag(n) == TAG_time &&
                    (take_date(g, dom_attr(n, "datetime")) ||
                     take_date(g, short_text(g, n, DATE_TEXT_MAX_B))))
                        return;
        }
}

static void date_of_names(struct gleaner *g)
{
        static const char *const names[] = { "publish", "date",   "datum",
                                             "posted",  "byline", "meta",
                                             "time",    "info",   "dateline" };

        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
                for (xmlNode *n = g->root; n; n = dom_next(n, g->root))
                        if (dom_is_element(n) && has_name(n, names[i]) &&
                            take_date(g, short_text(g, n, 200)))
                                return;
}

static bool is_in_furniture(const xmlNode *n)
{
        for (n = n->parent; n && dom_is_element(n); n = n->parent) {
                enum tag tag = dom_tag(n);

                if (tag == TAG_a || tag == TAG_nav || tag == TAG_footer ||
                    tag == TAG_aside || tag_flags(tag) & TAG_DROP)
                        return true;
        }
        return false;
}

/* The first short text that is a date, or little more, anywhere in sight. */
static void date_of_texts(struct gleaner *g)
{
        for (xmlNode *n = g->root; n; n = dom_next(n, g->root)) {
                struct str text;

                if (n->type != XML_TEXT_NODE)
                        continue;
                text = str_trim(str_c((const char *)n->content));
                if (text.n >= 8 && text.n <= DATE_LINE_MAX_B &&
                    !is_in_furniture(n) &&
                    take_date(g, utf8_fold_space(g->a, text)))
                        return;
        }
}

static void read_dates(struct gleaner *g, const struct jsonld *ld)
{
        static const char *const names[] = {
                "article:published_time",
                "og:published_time",
                "og:article:published_time",
                "datePublished",
                "date",
                "dc.date",
                "dc.date.issued",
                "dcterms.date",
                "dcterms.created",
                "dcterms.issued",
                "dc.date.created",
                "pubdate",
                "publishdate",
                "publish-date",
                "publish_date",
                "published_time",
                "publication_date",
                "article.published",
                "sailthru.date",
                "parsely-pub-date",
                "cXenseParse:recs:publishtime",
                "cxenseparse:publishtime",
                "article_date_original",
                "OriginalPublicationDate",
                "article:published",
                "displaydate",
                "release_date",
                "timestamp",
                "dateCreated",
                "created",
                "bt:pubDate",
                "rnews:datePublished",
                "citation_date",
                "citation_publication_date",
                "last-modified-original",
                NULL,
        };
        static const char *const late[] = {
                "article:modified_time",
                "og:updated_time",
                "dateModified",
                "last-modified",
                "dcterms.modified",
                "lastmod",
                NULL,
        };
        struct page *p = g->page;
        struct str updated = first_meta(g, late);

        p->published = ld->published;
        p->updated = ld->updated;
        p->is_day = ld->is_day;
        if (p->updated == TIME_NONE)
                (void)extract_find_date(updated, &p->updated, NULL);
        for (size_t i = 0; names[i] && p->published == TIME_NONE; i++)
                take_date(g, meta(g, names[i]));
        if (p->published == TIME_NONE)
                date_of_parts(g);
        if (p->published == TIME_NONE)
                (void)(date_of_url(g, g->url) || date_of_url(g, p->canonical));
        if (p->published == TIME_NONE)
                date_of_names(g);
        if (p->published == TIME_NONE)
                date_of_texts(g);
        if (p->published == TIME_NONE && p->updated != TIME_NONE)
                p->published = p->updated;
}

static struct str link_href(struct gleaner *g, const char *rel)
{
        for (xmlNode *n = g->root; n; n = dom_next(n, g->root))
                if (dom_tag(n) == TAG_link &&
                    str_eq_nocase(dom_attr(n, "rel"), str_c(rel)))
                        return sanitize_url(g->a, dom_attr(n, "href"), g->url);
        return STR_NULL;
}

static struct str first_text(struct gleaner *g, enum tag tag)
{
        for (xmlNode *n = g->root; n; n = dom_next(n, g->root)) {
                struct str text =
                        dom_tag(n) == tag ? dom_text(g->a, n) : STR_NULL;
                if (text.n)
                        return text;
        }
        return STR_NULL;
}

/* Where " - ", " | " and their like stand last in a title, or STR_NONE. */
static size_t last_bar(struct str title, size_t *ret_after)
{
        static const struct str bars[] = {
                STR_INIT(" | "), STR_INIT(" - "),  STR_INIT(" – "),
                STR_INIT(" — "), STR_INIT(" · "),  STR_INIT(" » "),
                STR_INIT(" « "), STR_INIT(" :: "),
        };
        size_t last = STR_NONE;

        for (size_t i = 0; i < sizeof(bars) / sizeof(*bars); i++) {
                size_t at = 0;

                while ((at = str_find(title, bars[i], at)) != STR_NONE) {
                        if (last == STR_NONE || at > last) {
                                last = at;
                                *ret_after = at + bars[i].n;
                        }
                        at++;
                }
        }
        return last;
}

/* Is the site's address made of these words ("The Gazette", gazette.example)?
 */
static bool is_in_host(struct gleaner *g, struct str words)
{
        struct str host = url_host(g->a, g->url);
        char *to = arena_alloc(g->a, words.n + 1);
        size_t n = 0;

        if (str_starts_nocase(words, STR("the ")))
                words = str_sub(words, 4, words.n);
        for (size_t i = 0; i < words.n; i++)
                if (chr_is_alnum(words.p[i]))
                        to[n++] = chr_lower(words.p[i]);
        return n > 3 && str_find(host, (struct str) { to, n }, 0) != STR_NONE;
}

/* "Ports reopen - The Gazette": without what names the site. may_guess: a short
 * end that we can't tell is taken for one. */
static struct str without_site(struct gleaner *g, struct str title,
                               bool may_guess)
{
        struct str site = g->page->site;
        size_t after = 0, bar = last_bar(title, &after);

        if (bar == STR_NONE)
                return title;
        struct str head = str_trim(str_sub(title, 0, bar));
        struct str tail = str_trim(str_sub(title, after, title.n));
        bool is_site = (site.n && str_find_nocase(tail, site, 0) != STR_NONE) ||
                       is_in_host(g, tail);

        if (!is_site && (!may_guess || tail.n * 2 > head.n))
                return title;
        return head.n ? head : title;
}

static struct str page_title(struct gleaner *g)
{
        for (xmlNode *n = g->root; n; n = dom_next(n, g->root))
                if (dom_tag(n) == TAG_title && n->children &&
                    n->children->content)
                        return utf8_fold_space(
                                g->a,
                                str_c((const char *)n->children->content));
        return STR_NULL;
}

static struct str title_of(struct gleaner *g, const struct jsonld *ld)
{
        static const char *const names[] = { "og:title", "twitter:title",
                                             "dc.title", "title", NULL };
        struct str told = ld->headline.n ? ld->headline : first_meta(g, names);
        struct str whole = page_title(g), h1 = first_text(g, TAG_h1);

        /* The headline as printed, where the others only add to it. */
        if (h1.n && (str_starts(told, h1) || (!told.n && !whole.n) ||
                     (!told.n && str_find(whole, h1, 0) != STR_NONE)))
                return h1;
        if (told.n)
                return without_site(g, told, false);
        return without_site(g, whole, true);
}

/* "By A. Person" as "A. Person". */
static struct str name_only(struct str s)
{
        static const struct str heads[] = {
                STR_INIT("by "),         STR_INIT("by: "),
                STR_INIT("von "),        STR_INIT("von: "),
                STR_INIT("par "),        STR_INIT("por "),
                STR_INIT("autor: "),     STR_INIT("author: "),
                STR_INIT("written by "), STR_INIT("posted by "),
                STR_INIT("di "),
        };

        for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
                if (str_starts_nocase(s, heads[i]))
                        return str_trim(str_sub(s, heads[i].n, s.n));
        return s;
}

static void add_author(struct gleaner *g, struct str name)
{
        struct strs *list = &g->page->authors;

        name = name_only(str_trim(name));
        if (!name.n || name.n > NAME_MAX_B || list->n == LIMIT_AUTHORS ||
            str_starts(name, STR("http")) || str_starts(name, STR("@")))
                return;
        for (size_t i = 0; i < list->n; i++)
                if (str_eq_nocase(list->items[i], name))
                        return;
        ARENA_GROW(g->a, list->items, list->n, list->cap);
        list->items[list->n++] = name;
}

static void read_authors(struct gleaner *g, const struct jsonld *ld)
{
        static const char *const names[] = {
                "author",          "article:author",
                "dc.creator",      "dcterms.creator",
                "parsely-author",  "byl",
                "sailthru.author", NULL
        };

        for (size_t i = 0; i < ld->authors.n; i++)
                add_author(g, ld->authors.items[i]);
        for (size_t i = 0; names[i] && !g->page->authors.n; i++)
                add_author(g, meta(g, names[i]));
        for (xmlNode *n = g->root; n && !g->page->authors.n;
             n = dom_next(n, g->root)) {
                if (!dom_is_element(n))
                        continue;
                if (str_find_nocase(dom_attr(n, "rel"), STR("author"), 0) !=
                            STR_NONE ||
                    str_eq_nocase(dom_attr(n, "itemprop"), STR("author")) ||
                    has_name(n, "byline") || has_name(n, "author-name"))
                        add_author(g, short_text(g, n, NAME_MAX_B));
        }
}

static struct str language_of(struct gleaner *g, const struct jsonld *ld)
{
        struct str lang = STR_NULL;

        for (xmlNode *n = g->root; n && !lang.n; n = dom_next(n, g->root)) {
                if (!dom_is_element(n))
                        continue;
                lang = dom_attr(n, "lang");
                if (!lang.n)
                        lang = dom_attr(n, "xml:lang");
                if (str_eq(str_c((const char *)n->name), STR("body")))
                        break;
        }
        if (!lang.n)
                lang = ld->language.n ? ld->language : meta(g, "og:locale");
        if (!lang.n)
                lang = meta(g, "content-language");
        lang = str_sub(lang, 0, str_chr(lang, ',', 0));
        char *to = arena_alloc(g->a, lang.n + 1);
        for (size_t i = 0; i < lang.n; i++)
                to[i] = lang.p[i] == '_' ? '-' : lang.p[i];
        return lang.n && lang.n < 36 ? (struct str) { to, lang.n } : STR_NULL;
}

void extract_meta(struct arena *a, xmlNode *root, const struct jsonld *ld,
                  struct str url, struct page *ret)
{
        static const char *const images[] = { "og:image", "og:image:url",
                                              "twitter:image",
                                              "twitter:image:src", NULL };
        static const char *const sites[] = { "og:site_name", "application-name",
                                             NULL };
        struct gleaner g = { .a = a, .root = root, .url = url, .page = ret };
        struct str image;

        glean_metas(&g);
        image = first_meta(&g, images);
        ret->site = first_meta(&g, sites);
        if (!ret->site.n)
                ret->site = ld->site;
        ret->canonical = link_href(&g, "canonical");
        if (!ret->canonical.n)
                ret->canonical = sanitize_url(a, meta(&g, "og:url"), url);
        ret->image = sanitize_url(a, image.n ? image : ld->image, url);
        ret->language = language_of(&g, ld);
        ret->title =
                utf8_clip(utf8_fold_space(a, title_of(&g, ld)), LIMIT_TITLE_B);
        read_authors(&g, ld);
        read_dates(&g, ld);
}

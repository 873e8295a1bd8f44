#include "wire/extract_meta.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/url.h"
#include "base/utf8.h"
#include "wire/language.h"
#include "wire/names.h"
#include "wire/sanitize.h"

#define METAS_MAX 500
#define LINKS_MAX 500
#define IMAGE_SIDE_MAX 20000
#define ALT_MAX_B 500

static void add_meta(struct gleaner *g, const struct tree_node *n)
{
        static const enum tree_key keys[] = { TREE_property, TREE_name,
                                              TREE_itemprop, TREE_http_equiv };
        struct str key = STR_NULL, text;

        for (size_t i = 0; i < sizeof(keys) / sizeof(*keys) && !key.n; i++)
                key = tree_attr(n, keys[i]);
        text = str_trim(tree_attr(n, TREE_content));
        if (!key.n || !text.n || g->n_metas == METAS_MAX)
                return;
        ARENA_GROW(g->a, g->metas, g->n_metas, g->cap_metas);
        g->metas[g->n_metas++] = (struct meta) {
                str_trim(key), utf8_tidy(g->a, utf8_clip(text, LIMIT_SUMMARY_B))
        };
}

static void add_link(struct gleaner *g, uint32_t i)
{
        if (g->n_links == LINKS_MAX)
                return;
        ARENA_GROW(g->a, g->links, g->n_links, g->cap_links);
        g->links[g->n_links++] = i;
}

void glean(struct arena *a, const struct tree *t, struct str url,
           struct gleaner *ret)
{
        struct gleaner g = {
                .a = a, .tree = t, .url = url, .title = STR_NONE, .h1 = STR_NONE
        };

        for (uint32_t i = 0; i < t->n; i++) {
                const struct tree_node *n = &t->nodes[i];

                switch (n->tag) {
                case TAG_meta:
                        add_meta(&g, n);
                        break;
                case TAG_link:
                        add_link(&g, i);
                        break;
                case TAG_a:
                        if (tree_attr(n, TREE_rel).n)
                                add_link(&g, i);
                        break;
                case TAG_title:
                        if (g.title == STR_NONE && n->end > i + 1)
                                g.title = i;
                        break;
                case TAG_h1:
                        if (g.h1 == STR_NONE && tree_text(a, t, i, 100).n)
                                g.h1 = i;
                        break;
                default:
                        break;
                }
        }
        jsonld_read(a, t, &g.ld);
        *ret = g;
}

struct str glean_meta(const struct gleaner *g, const char *name)
{
        for (size_t i = 0; i < g->n_metas; i++)
                if (str_eq_nocase(g->metas[i].key, str_c(name)))
                        return g->metas[i].text;
        return STR_NULL;
}

struct str glean_first(const struct gleaner *g, const char *const *names)
{
        for (; *names; names++) {
                struct str text = glean_meta(g, *names);

                if (text.n)
                        return text;
        }
        return STR_NULL;
}

bool glean_has_word(struct str list, struct str word)
{
        struct str part;

        while (str_cut(&list, ' ', &part))
                if (str_eq_nocase(str_trim(part), word))
                        return true;
        return false;
}

/* The address of a link element; absent. */
static struct str link_of(const struct gleaner *g, const char *rel,
                          const char *media)
{
        for (size_t i = 0; i < g->n_links; i++) {
                const struct tree_node *n = &g->tree->nodes[g->links[i]];

                if (n->tag == TAG_link &&
                    glean_has_word(tree_attr(n, TREE_rel), str_c(rel)) &&
                    (!media || str_find_nocase(tree_attr(n, TREE_media),
                                               str_c(media), 0) != STR_NONE))
                        return sanitize_url(g->a, tree_attr(n, TREE_href),
                                            g->url);
        }
        return STR_NULL;
}

/* Where " - ", " | " and their like stand last in a title, or STR_NONE. */
static size_t last_bar(struct str title, size_t *ret_after)
{
        static const struct str bars[] = {
                STR_INIT(" | "), STR_INIT(" - "),  STR_INIT(" – "),
                STR_INIT(" — "), STR_INIT(" · "),  STR_INIT(" » "),
                STR_INIT(" « "), STR_INIT(" :: "), STR_INIT(" • "),
                STR_INIT("｜"),  STR_INIT("--"),   STR_INIT(" / "),
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

struct str glean_site(const struct gleaner *g)
{
        static const char *const names[] = { "og:site_name",
                                             "application-name",
                                             "dc.publisher",
                                             "dcterms.publisher",
                                             "apple-mobile-web-app-title",
                                             NULL };
        struct str site = glean_meta(g, "og:site_name");

        if (!site.n)
                site = g->ld.site;
        return site.n ? site : glean_first(g, names);
}

bool glean_is_in_host(const struct gleaner *g, struct str words)
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

/* "The Gazette - Ports reopen": without it. */
static struct str without_head(const struct gleaner *g, struct str title)
{
        struct str site = glean_site(g), head, rest = title;
        size_t after = 0, bar;

        /* The first bar is the last of ever shorter heads. */
        for (bar = last_bar(title, &after); bar != STR_NONE;
             bar = last_bar(str_sub(title, 0, bar), &after)) {
                head = str_trim(str_sub(title, 0, bar));
                rest = str_trim(str_sub(title, after, title.n));
                if (head.n <= rest.n &&
                    ((site.n && str_eq_nocase(head, site)) ||
                     glean_is_in_host(g, head)))
                        return rest;
        }
        return title;
}

/* "Ports reopen - The Gazette": without what names the site. may_guess: a short
 * end that we can't tell is taken for one. */
static struct str without_site(const struct gleaner *g, struct str title,
                               bool may_guess)
{
        struct str site = glean_site(g);
        size_t after = 0, bar;

        title = without_head(g, title);
        bar = last_bar(title, &after);

        if (bar == STR_NONE)
                return title;
        struct str head = str_trim(str_sub(title, 0, bar));
        struct str tail = str_trim(str_sub(title, after, title.n));
        bool is_site = (site.n && str_find_nocase(tail, site, 0) != STR_NONE) ||
                       glean_is_in_host(g, tail);

        if (!is_site && (!may_guess || tail.n * 2 > head.n))
                return title;
        return head.n ? head : title;
}

struct str extract_title(const struct gleaner *g)
{
        static const char *const names[] = {
                "og:title", "twitter:title", "parsely-title",
                "dc.title", "dcterms.title", "title",
                NULL
        };
        const struct tree *t = g->tree;
        struct str told =
                g->ld.headline.n ? g->ld.headline : glean_first(g, names);
        struct str whole = g->title == STR_NONE ? STR_NULL
                                                : tree_text(g->a, t, g->title,
                                                            LIMIT_TITLE_B);
        struct str h1 = g->h1 == STR_NONE
                                ? STR_NULL
                                : tree_text(g->a, t, g->h1, LIMIT_TITLE_B);
        struct str ret;

        /* The headline as printed, where the others only add to it. */
        if (h1.n && (str_starts(told, h1) || (!told.n && !whole.n) ||
                     (!told.n && str_find(whole, h1, 0) != STR_NONE)))
                ret = h1;
        else if (told.n)
                ret = without_site(g, told, false);
        else
                ret = without_site(g, whole, true);
        return utf8_clip(utf8_tidy(g->a, ret), LIMIT_TITLE_B);
}

static struct str language_of(const struct gleaner *g)
{
        const struct tree *t = g->tree;
        struct str lang = STR_NULL;

        for (size_t i = 0; i < t->n && !lang.n; i++) {
                if (t->nodes[i].is_text)
                        continue;
                lang = tree_attr(&t->nodes[i], TREE_lang);
                if (!lang.n)
                        lang = tree_attr(&t->nodes[i], TREE_xml_lang);
                if (t->nodes[i].parent != TREE_TOP)
                        break; /* of a part only */
        }
        if (!lang.n)
                lang = g->ld.language;
        if (!lang.n)
                lang = glean_meta(g, "og:locale");
        if (!lang.n)
                lang = glean_meta(g, "content-language");
        if (!lang.n)
                lang = glean_meta(g, "dc.language");
        return language_tag(g->a, lang);
}

static int64_t side(struct str s)
{
        int64_t n = 0;

        s = str_trim(s);
        if (scan_digits(&s, 5, &n) < 0 || (s.n && s.p[0] != 'p'))
                return 0;
        return n <= IMAGE_SIDE_MAX ? n : 0;
}

/* The picture of a page without a word on it: the first large one. */
static void image_in_sight(const struct gleaner *g, const struct survey *s,
                           struct page *p)
{
        const struct tree *t = g->tree;

        for (size_t i = 0; i < t->n; i++) {
                const struct tree_node *n = &t->nodes[i];
                int64_t w, h;

                if (n->tag != TAG_img ||
                    s->parts[i].in & (IN_NAV | IN_FOOTER | IN_ASIDE | IN_DROP))
                        continue;
                w = side(tree_attr(n, TREE_width));
                h = side(tree_attr(n, TREE_height));
                if (w < 300 || h < 150)
                        continue;
                p->image = sanitize_url(g->a, tree_attr(n, TREE_src), g->url);
                p->image_alt = tree_attr(n, TREE_alt);
                p->image_width = w;
                p->image_height = h;
                if (url_is_http(p->image))
                        return;
                p->image = STR_NULL;
        }
}

static void read_image(const struct gleaner *g, const struct survey *s,
                       struct page *p)
{
        static const char *const images[] = {
                "og:image:secure_url", "og:image",          "og:image:url",
                "twitter:image",       "twitter:image:src", "parsely-image-url",
                "sailthru.image.full", "thumbnail",         NULL
        };
        static const char *const alts[] = { "og:image:alt", "twitter:image:alt",
                                            NULL };
        struct str image = glean_first(g, images);

        if (image.n) {
                p->image = sanitize_url(g->a, image, g->url);
                p->image_alt = glean_first(g, alts);
                p->image_width = side(glean_meta(g, "og:image:width"));
                p->image_height = side(glean_meta(g, "og:image:height"));
        }
        if (!url_is_http(p->image)) {
                p->image = sanitize_url(g->a, g->ld.image, g->url);
                p->image_alt = g->ld.image_alt;
                p->image_width = g->ld.image_width;
                p->image_height = g->ld.image_height;
        }
        if (!url_is_http(p->image)) {
                p->image = STR_NULL;
                image_in_sight(g, s, p);
        }
        if (!p->image_width || !p->image_height)
                p->image_width = p->image_height = 0;
        p->image_alt = utf8_clip(utf8_tidy(g->a, p->image_alt), ALT_MAX_B);
}

void extract_meta(const struct gleaner *g, const struct survey *s,
                  struct page *ret)
{
        ret->site = glean_site(g);
        ret->canonical = link_of(g, "canonical", NULL);
        if (!ret->canonical.n)
                ret->canonical =
                        sanitize_url(g->a, glean_meta(g, "og:url"), g->url);
        if (!url_is_http(ret->canonical))
                ret->canonical = STR_NULL;
        ret->amp = link_of(g, "amphtml", NULL);
        ret->print = link_of(g, "alternate", "print");
        ret->next = extract_next(g, s, ret->canonical);
        ret->language = language_of(g);
        read_image(g, s, ret);
        extract_authors(g, s, &ret->authors);
}

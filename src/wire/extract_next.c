#include "base/url.h"
#include "wire/extract_meta.h"
#include "wire/names.h"
#include "wire/sanitize.h"
#include "wire/sequel.h"

#define PAGER_MAX_B 80 /* of a link to another page of the article */

/* Where the article of this page may begin, and the number of the page that
 * would be next. */
struct start {
        struct str url;
        int next;
};

static size_t find_starts(const struct gleaner *g, struct str canonical,
                          struct start *ret)
{
        int number = 0;
        size_t n = 0;
        struct str first = sequel_first(g->a, g->url, &number);

        if (first.n)
                ret[n++] = (struct start) { first, number + 1 };
        ret[n++] = (struct start) { g->url, 2 };
        if (canonical.n && !first.n &&
            str_eq(url_host(g->a, canonical), url_host(g->a, g->url)))
                ret[n++] = (struct start) { canonical, 2 };
        return n;
}

/* Does the address end in that page's last digit? Most links don't. */
static bool may_be_page(struct str href, int next)
{
        size_t end;

        href = str_sub(href, 0, str_chr(href, '#', 0));
        end = href.n;
        while (end && !chr_is_digit(href.p[end - 1]) && href.n - end < 8)
                end--;
        return end && href.p[end - 1] == (char)('0' + next % 10);
}

static struct str page_at(const struct gleaner *g, uint32_t i,
                          const struct start *starts, size_t n)
{
        struct str href = tree_attr(&g->tree->nodes[i], TREE_href), url;

        for (size_t k = 0; k < n; k++) {
                if (!may_be_page(href, starts[k].next) ||
                    str_find_nocase(href, STR("comment"), 0) != STR_NONE)
                        continue;
                url = sanitize_url(g->a, href, g->url);
                if (url.n &&
                    sequel_number(g->a, starts[k].url, url) == starts[k].next)
                        return url;
        }
        return STR_NULL;
}

/* Called so, or a link to it by its number; not among the comments, which have
 * pages too. */
struct str extract_next(const struct gleaner *g, const struct survey *s,
                        struct str canonical)
{
        const struct tree *t = g->tree;
        struct start starts[3];
        struct str url = STR_NULL;
        size_t n = find_starts(g, canonical, starts);

        for (size_t i = 0; i < g->n_links && !url.n; i++)
                if (glean_has_word(tree_attr(&t->nodes[g->links[i]], TREE_rel),
                                   STR("next")))
                        url = page_at(g, g->links[i], starts, n);
        for (uint32_t i = 0; i < t->n && !url.n; i++)
                if (t->nodes[i].tag == TAG_a &&
                    !(s->parts[i].all & NAME_IS(COMMENT)) &&
                    s->parts[i].text_n && s->parts[i].text_n <= PAGER_MAX_B)
                        url = page_at(g, i, starts, n);
        return url;
}

#include "wire/extract.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/charset.h"
#include "wire/extract_body.h"
#include "wire/extract_meta.h"
#include "wire/extract_write.h"
#include "wire/language.h"
#include "wire/sanitize.h"
#include "wire/sites.h"
#include "wire/tree.h"

#define TEXT_MIN_B 100    /* less is no article */
#define COPY_MIN_B 600    /* of the page's own copy: no teaser */
#define WALLED_MAX_B 2000 /* what is shown before a wall */

/* The page's own copy of its text, where we found much less. */
static bool take_own_copy(struct arena *a, const struct jsonld *ld,
                          struct page *p)
{
        if (ld->body.n < TEXT_MIN_B || p->text.n * 10 >= ld->body.n * 6)
                return false;
        p->text = utf8_clip(ld->body, LIMIT_TEXT_B);
        p->html = sanitize_text(a, p->text);
        return true;
}

static bool is_locked(const struct gleaner *g)
{
        return str_eq_nocase(glean_meta(g, "article:content_tier"),
                             STR("locked"));
}

static enum page_status status_of(const struct page *p, const struct survey *s,
                                  const struct gleaner *g)
{
        bool is_walled =
                g->ld.is_paid || s->has_wall || s->says_wall || is_locked(g);

        if (p->text.n < TEXT_MIN_B)
                return PAGE_EMPTY;
        return is_walled && p->text.n < WALLED_MAX_B ? PAGE_PAYWALLED : PAGE_OK;
}

/* A tree takes some hundred bytes a tag, however short it is. */
static size_t count_tags(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; (i = str_chr(s, '<', i)) != STR_NONE; i++)
                n++;
        return n;
}

static void read_tree(struct arena *a, const struct tree *t,
                      const struct extract_request *r,
                      const struct sites *sites, struct page *p)
{
        struct gleaner g;
        struct survey s;
        struct written w = { 0 };

        glean(a, t, r->url, &g);
        p->title = extract_title(&g);
        survey_page(a, t, p->title, &s);
        size_t place = extract_judge(&s);
        if (place != STR_NONE) {
                place = sites_apply(a, sites, r->url, &s, place);
                w = extract_write(a, &s, place, r->url);
        }
        p->text = w.text;
        p->html = w.html;
        extract_meta(&g, &s, p);
        extract_dates(&g, &s, p);
        bool is_own = take_own_copy(a, &g.ld, p);
        if (!p->language.n)
                p->language = language_guess(p->text);
        p->status = status_of(p, &s, &g);
        /* Behind a wall, but the page carries all of it for machines. */
        if (is_own && p->text.n >= COPY_MIN_B)
                p->status = PAGE_OK;
}

int extract_by_rules(struct arena *a, const struct extract_request *r,
                     struct page *ret, struct err *err)
{
        struct page p = { .published = TIME_NONE,
                          .updated = TIME_NONE,
                          .status = PAGE_EMPTY };
        struct sites sites;
        struct tree t;
        int rc = sites_parse(a, r->rules, &sites, err);

        if (rc < 0)
                return rc;
        if (r->bytes.n > LIMIT_PAGE_B)
                return err_set(err, ERR_LIMIT, "the page is over %d bytes",
                               LIMIT_PAGE_B);
        struct str text = charset_to_utf8(a, r->bytes, r->content_type, NULL);

        if (count_tags(text) > LIMIT_PAGE_TAGS)
                return err_set(err, ERR_LIMIT, "the page has over %d tags",
                               LIMIT_PAGE_TAGS);
        rc = tree_parse(a, text, &t, err);
        if (rc < 0)
                return rc;
        read_tree(a, &t, r, &sites, &p);
        if (arena_is_full(a))
                return err_set(err, ERR_LIMIT,
                               "the page takes more memory than we give it");
        *ret = p;
        return 0;
}

int extract_page(struct arena *a, struct str bytes, struct str url,
                 struct str content_type, struct page *ret, struct err *err)
{
        const struct extract_request r = { bytes, url, content_type, STR_NULL };

        return extract_by_rules(a, &r, ret, err);
}

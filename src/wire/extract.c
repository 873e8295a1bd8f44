#include "wire/extract.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/time.h"
#include "wire/charset.h"
#include "wire/dom.h"
#include "wire/extract_body.h"
#include "wire/extract_meta.h"
#include "wire/sanitize.h"
#include "wire/text.h"

#define TEXT_MIN_B 100    /* less is no article */
#define WALLED_MAX_B 2000 /* what is shown before a wall */

/* The page's own copy of its text, where we found much less. */
static void take_own_copy(struct arena *a, const struct jsonld *ld,
                          struct page *p)
{
        if (ld->body.n < TEXT_MIN_B || p->text.n * 10 >= ld->body.n * 6)
                return;
        p->text = str_sub(ld->body, 0, LIMIT_TEXT_B);
        p->html = sanitize_text(a, p->text);
}

static enum page_status status_of(const struct page *p, const struct body *b,
                                  const struct jsonld *ld)
{
        if (p->text.n < TEXT_MIN_B)
                return PAGE_EMPTY;
        if ((ld->is_paid || b->has_wall) && p->text.n < WALLED_MAX_B)
                return PAGE_PAYWALLED;
        return PAGE_OK;
}

/* A tree takes some hundred bytes a tag, however short it is. */
static size_t count_tags(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == '<';
        return n;
}

int extract_page(struct arena *a, struct str bytes, struct str url,
                 struct str content_type, struct page *ret, struct err *err)
{
        struct page p = { .published = TIME_NONE, .updated = TIME_NONE };
        struct jsonld ld;

        if (bytes.n > LIMIT_PAGE_B)
                return err_set(err, ERR_LIMIT, "the page is over %d bytes",
                               LIMIT_PAGE_B);
        struct str text = charset_to_utf8(a, bytes, content_type, NULL);

        if (count_tags(text) > LIMIT_PAGE_TAGS)
                return err_set(err, ERR_LIMIT, "the page has over %d tags",
                               LIMIT_PAGE_TAGS);
        xmlDoc *doc = dom_parse(text);
        xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;

        p.status = PAGE_EMPTY;
        if (root) {
                jsonld_read(a, root, &ld);
                extract_meta(a, root, &ld, url, &p);
                struct body body = extract_body(a, root, p.title);
                p.text = body.text;
                p.html = body.html;
                take_own_copy(a, &ld, &p);
                p.status = status_of(&p, &body, &ld);
                /* Nothing may point into the tree once it is gone. */
                p.image = arena_str(a, p.image);
                p.canonical = arena_str(a, p.canonical);
        }
        xmlFreeDoc(doc);
        if (arena_is_full(a))
                return err_set(err, ERR_LIMIT,
                               "the page takes more memory than we give it");
        *ret = p;
        return 0;
}

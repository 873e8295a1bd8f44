#include "press/epub.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "press/bundle.h"
#include "press/card.h"
#include "press/chart.h"
#include "press/model.h"
#include "press/page.h"
#include "press/theme.h"
#include "press/value.h"

/* The documents, each of a template of its name; the package comes first. */
static const struct {
        const char *template, *path;
} documents[] = {
        { "epub_package", "EPUB/package.opf" },
        { "epub_nav", "EPUB/nav.xhtml" },
        { "epub_cover", "EPUB/cover.xhtml" },
        { "epub", "EPUB/edition.xhtml" },
};

struct book {
        struct arena *a;
        const struct press *press;
        const struct issue *issue;
        struct value *root;
        struct printed_list files;
};

static void add(struct book *b, const char *path, struct str bytes)
{
        page_add(b->a, &b->files, str_c(path), bytes);
}

/* --- the style --- */

/* What the page's style sheet says of a custom property; the first word counts,
 * which is by day. */
static struct str token(struct arena *a, struct str css, struct str name)
{
        struct str mark = arena_printf(a, STR_FMT ":", STR_ARG(name));
        size_t at = str_find(css, mark, 0), end;

        if (at == STR_NONE)
                return STR("inherit");
        at += mark.n;
        for (end = at; end < css.n && css.p[end] != ';' && css.p[end] != '}';)
                end++;
        return str_trim(str_sub(css, at, end - at));
}

/* epub.css with each var(--NAME) as edition.css has it: readers of books don't
 * all know custom properties. */
static struct str style(struct arena *a, struct theme *theme)
{
        static const struct str mark = STR_INIT("var(");
        struct str own = STR(""), page = STR(""), out;
        size_t from = 0, at, end;
        struct buf b;

        (void)theme_find(theme, STR("epub.css"), &own);
        (void)theme_find(theme, STR("edition.css"), &page);
        buf_init(&b, LIMIT_OUTPUT_B);
        while ((at = str_find(own, mark, from)) != STR_NONE &&
               (end = str_chr(own, ')', at)) != STR_NONE) {
                struct str name = str_sub(own, at + mark.n, end - at - mark.n);

                buf_put(&b, str_sub(own, from, at - from));
                buf_put(&b, token(a, page, str_trim(name)));
                from = end + 1;
        }
        buf_put(&b, str_sub(own, from, own.n));
        out = arena_str(a, buf_str(&b));
        buf_done(&b);
        return out;
}

/* --- pictures --- */

static const struct str *find_printed(const struct printed_list *list,
                                      struct str path)
{
        for (size_t i = 0; i < list->n; i++)
                if (str_eq(list->items[i].path, path))
                        return &list->items[i].bytes;
        return NULL;
}

/* The charts' pictures, as the letter has them, and their list. */
static void add_charts(struct book *b, const struct printed_list *printed)
{
        struct str folder = press_path(b->a, &b->issue->row);
        struct value *list = value_list(b->a);

        for (size_t i = 0; i < LIMIT_BOOK_CHARTS; i++) {
                struct str stem = chart_stem(b->a, i);
                const struct str *png = find_printed(
                        printed,
                        arena_printf(b->a, STR_FMT STR_FMT "-letter.png",
                                     STR_ARG(folder), STR_ARG(stem)));
                struct value *v = value_object(b->a);

                if (!png)
                        continue;
                value_put_text(b->a, v, "stem", stem);
                value_add(b->a, list, v);
                add(b,
                    arena_printf(b->a, "EPUB/" STR_FMT ".png", STR_ARG(stem)).p,
                    *png);
        }
        value_put(b->a, b->root, "pictures", list);
        value_put_flag(b->a, b->root, "has_pictures", list->n > 0);
}

/* --- documents --- */

static void put_creators(struct book *b)
{
        const struct edition *e = b->issue->edition;
        struct value *list = value_list(b->a);

        for (size_t i = 0; i < e->n_contributors; i++)
                if (str_trim(e->contributors[i]).n)
                        value_add(b->a, list,
                                  value_text(b->a, e->contributors[i]));
        value_put(b->a, b->root, "creators", list);
}

static void fill(struct book *b)
{
        const struct edition_row *row = &b->issue->row;

        b->root = model_issue(b->a, b->press, b->issue, false);
        value_put_text(b->a, b->root, "published",
                       page_time(b->a, row->published_at));
        value_put_text(b->a, b->root, "modified",
                       page_time(b->a, row->updated_at));
        value_put_text(b->a, b->root, "position",
                       arena_printf(b->a, "%lld", (long long)row->number));
        put_creators(b);
}

static int print_documents(struct book *b, struct err *err)
{
        int rc = 0;

        for (size_t i = 0;
             i < sizeof(documents) / sizeof(documents[0]) && rc == 0; i++)
                rc = page_print(b->a, b->press, documents[i].template, b->root,
                                str_c(documents[i].path), &b->files, err);
        return rc;
}

int epub_print(struct arena *a, const struct press *press,
               const struct issue *issue, const struct printed_list *printed,
               struct str *ret, struct err *err)
{
        struct book b = { .a = a, .press = press, .issue = issue };
        struct str cover;
        int rc;

        fill(&b);
        add(&b, "mimetype", STR("application/epub+zip"));
        add(&b, "META-INF/container.xml",
            STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:"
                "opendocument:xmlns:container\">\n<rootfiles>\n<rootfile "
                "full-path=\"EPUB/package.opf\" media-type=\"application/"
                "oebps-package+xml\"/>\n</rootfiles>\n</container>\n"));
        rc = card_cover(a, press, issue, &cover, err);
        if (rc < 0)
                return rc;
        add_charts(&b, printed);
        add(&b, "EPUB/cover.png", cover);
        add(&b, "EPUB/book.css", style(a, press->theme));
        rc = print_documents(&b, err);
        if (rc < 0)
                return rc;
        return bundle_zip(a, &b.files, ret, err);
}

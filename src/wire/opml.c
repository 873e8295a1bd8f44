#include "wire/opml.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/charset.h"
#include "wire/sanitize.h"
#include "wire/xml.h"

#define ATTR_MAX_B 500

struct reading {
        struct arena *a;
        struct xml x;
        struct str url;
        struct map *seen;
        struct feed_list *list;
        size_t cap;
        bool is_over;
};

static struct str attr(struct reading *r, struct str name)
{
        struct str raw = xml_attr(&r->x, name);
        struct str folded = utf8_fold_space(r->a, utf8_clip(raw, ATTR_MAX_B));

        return folded.n ? folded : STR_NULL;
}

static struct str first_of(struct str a, struct str b)
{
        return a.n ? a : b;
}

static void add_feed(struct reading *r, struct str url, struct str folder)
{
        if (r->list->n == LIMIT_OPML_FEEDS) {
                r->is_over = true;
                return;
        }
        void **place = map_at(r->seen, url);

        if (*place)
                return;
        *place = r->list;
        ARENA_GROW(r->a, r->list->items, r->list->n, r->cap);
        r->list->items[r->list->n++] = (struct feed) {
                .url = url,
                .home = sanitize_url(r->a, xml_attr(&r->x, STR("htmlUrl")),
                                     r->url),
                .title = first_of(attr(r, STR("title")), attr(r, STR("text"))),
                .source = attr(r, STR("source")),
                .kind = attr(r, STR("kind")),
                .beat = first_of(attr(r, STR("beat")), folder),
                .language = attr(r, STR("language")),
                .state = STR("active"),
                .added_at = TIME_NONE,
                .due_at = TIME_NONE,
                .checked_at = TIME_NONE,
                .ok_at = TIME_NONE,
        };
}

/* The outlines within the current element, and theirs: depth is bounded by
 * the XML reader. */
static void read_outlines(struct reading *r, struct str folder)
{
        struct xml *x = &r->x;
        int depth = x->depth;

        while (!r->is_over && xml_child(x, depth)) {
                struct str inner = folder, url;

                if (!xml_is(x, XML_NONE | XML_OTHER, STR("outline"))) {
                        if (xml_is(x, XML_NONE | XML_OTHER, STR("body")))
                                read_outlines(r, folder);
                        continue;
                }
                url = sanitize_url(r->a, xml_attr(x, STR("xmlUrl")), r->url);
                if (url.n)
                        add_feed(r, url, folder);
                else
                        inner = arena_lower(r->a,
                                            first_of(attr(r, STR("title")),
                                                     attr(r, STR("text"))));
                read_outlines(r, inner);
        }
}

int opml_read(struct arena *a, struct str bytes, struct str url,
              struct feed_list *ret, struct err *err)
{
        struct reading *r = arena_alloc(a, sizeof(*r));
        struct feed_list list = { 0 };
        struct buf scratch;

        if (bytes.n > LIMIT_OPML_B)
                return err_set(err, ERR_LIMIT, "the list is over %d bytes",
                               LIMIT_OPML_B);
        buf_init(&scratch, LIMIT_OPML_B);
        r->a = a;
        r->url = url;
        r->seen = map_new(a);
        r->list = &list;
        xml_init(&r->x, a, &scratch, charset_to_utf8(a, bytes, STR_NULL, NULL),
                 url);
        bool is_opml = xml_child(&r->x, 0) &&
                       xml_is(&r->x, XML_NONE | XML_OTHER, STR("opml"));
        if (is_opml)
                read_outlines(r, STR_NULL);
        buf_done(&scratch);
        if (!is_opml)
                return err_set(err, ERR_INPUT,
                               "this is no list of feeds: it has no <opml>");
        if (r->is_over)
                return err_set(err, ERR_LIMIT, "there are over %d feeds in it",
                               LIMIT_OPML_FEEDS);
        *ret = list;
        return 0;
}

static void put_escaped(struct buf *out, struct str value)
{
        for (size_t i = 0; i < value.n; i++) {
                char c = value.p[i];

                if (c == '&')
                        buf_puts(out, "&amp;");
                else if (c == '<')
                        buf_puts(out, "&lt;");
                else if (c == '"')
                        buf_puts(out, "&quot;");
                else
                        buf_char(out, (unsigned char)c < ' ' ? ' ' : c);
        }
}

static void put_attr(struct buf *out, const char *name, struct str value)
{
        if (!value.n)
                return;
        buf_char(out, ' ');
        buf_puts(out, name);
        buf_puts(out, "=\"");
        put_escaped(out, value);
        buf_char(out, '"');
}

static void put_feed(struct buf *out, const struct feed *f)
{
        buf_puts(out, "\t\t\t<outline type=\"rss\"");
        put_attr(out, "text", first_of(f->title, f->url));
        put_attr(out, "title", f->title);
        put_attr(out, "xmlUrl", f->url);
        put_attr(out, "htmlUrl", f->home);
        put_attr(out, "source", f->source);
        put_attr(out, "kind", f->kind);
        put_attr(out, "beat", f->beat);
        put_attr(out, "language", f->language);
        buf_puts(out, "/>\n");
}

/* The folder of one beat: all its feeds from the first on. */
static void put_folder(struct buf *out, const struct feed_list *feeds,
                       size_t first)
{
        struct str beat = feeds->items[first].beat;

        for (size_t i = 0; i < first; i++)
                if (str_eq(feeds->items[i].beat, beat))
                        return; /* written already */
        buf_puts(out, "\t\t<outline");
        put_attr(out, "text", first_of(beat, STR("feeds")));
        buf_puts(out, ">\n");
        for (size_t i = first; i < feeds->n; i++)
                if (str_eq(feeds->items[i].beat, beat))
                        put_feed(out, &feeds->items[i]);
        buf_puts(out, "\t\t</outline>\n");
}

void opml_write(struct buf *out, const struct feed_list *feeds,
                struct str title)
{
        buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<opml version=\"2.0\">\n\t<head>\n\t\t<title>");
        put_escaped(out, title);
        buf_puts(out, "</title>\n\t</head>\n\t<body>\n");
        for (size_t i = 0; i < feeds->n; i++)
                put_folder(out, feeds, i);
        buf_puts(out, "\t</body>\n</opml>\n");
}

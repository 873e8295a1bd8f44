#include "press/feed.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/time.h"
#include "press/html.h"
#include "press/model.h"
#include "press/page.h"
#include "press/theme.h"

/* What all three say of an edition. */
struct entry {
        const struct issue *issue;
        struct str link, title, opening, html;
};

struct feed {
        const struct press *press;
        struct entry *entries;
        size_t n;
        int64_t updated_at;
};

static int make_entry(struct arena *a, const struct press *press,
                      const struct issue *issue, struct entry *e,
                      struct err *err)
{
        struct buf b;

        buf_init(&b, LIMIT_OUTPUT_B);

        int rc = theme_print(press->theme, "feed",
                             model_issue(a, press, issue, false), &b, err);

        *e = (struct entry) { .issue = issue,
                              .link = press_permalink(a, press, &issue->row),
                              .title = issue->edition->title,
                              .opening = model_opening(a, issue->edition, 300),
                              .html = arena_str(a, buf_str(&b)) };
        buf_done(&b);
        return rc;
}

static int make_feed(struct arena *a, const struct press *press,
                     const struct issue *issues, size_t n, struct feed *f,
                     struct err *err)
{
        *f = (struct feed) { .press = press, .updated_at = 0 };
        f->entries = arena_array(a, n, sizeof(*f->entries));
        for (size_t i = 0; i < n && f->n < PRESS_FEED_ISSUES; i++) {
                int rc;

                if (!issues[i].edition)
                        continue;
                rc = make_entry(a, press, &issues[i], &f->entries[f->n++], err);
                if (rc < 0)
                        return rc;
                if (issues[i].row.updated_at > f->updated_at)
                        f->updated_at = issues[i].row.updated_at;
        }
        return 0;
}

static void put_element(struct buf *b, const char *name, struct str text)
{
        buf_printf(b, "<%s>", name);
        html_text(b, text);
        buf_printf(b, "</%s>\n", name);
}

/* A link of the site: press->url and the rest. */
static struct str site_link(struct arena *a, const struct press *press,
                            const char *rest)
{
        return arena_printf(a, STR_FMT "%s", STR_ARG(press->url), rest);
}

/* --- RSS --- */

static void rss_item(struct buf *b, const struct entry *e)
{
        html_lit(b, "<item>\n");
        put_element(b, "title", e->title);
        put_element(b, "link", e->link);
        html_lit(b, "<guid isPermaLink=\"true\">");
        html_text(b, e->link);
        html_lit(b, "</guid>\n<pubDate>");
        time_put_rfc5322(b, e->issue->row.published_at);
        html_lit(b, "</pubDate>\n<atom:updated>");
        time_put_rfc3339(b, e->issue->row.updated_at);
        html_lit(b, "</atom:updated>\n");
        put_element(b, "description", e->opening);
        put_element(b, "content:encoded", e->html);
        html_lit(b, "</item>\n");
}

static void rss(struct arena *a, const struct feed *f, struct buf *b)
{
        const struct press *p = f->press;

        html_lit(b,
                 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                 "<rss version=\"2.0\" "
                 "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                 "xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n");
        put_element(b, "title", p->name);
        put_element(b, "link", p->url);
        put_element(b, "description", p->line.n ? p->line : p->name);
        put_element(b, "language", p->language);
        html_lit(
                b,
                "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
        html_url(b, site_link(a, p, "feed.xml"));
        html_lit(b, "\"/>\n");
        if (f->n) {
                html_lit(b, "<lastBuildDate>");
                time_put_rfc5322(b, f->updated_at);
                html_lit(b, "</lastBuildDate>\n");
        }
        for (size_t i = 0; i < f->n; i++)
                rss_item(b, &f->entries[i]);
        html_lit(b, "</channel>\n</rss>\n");
}

/* --- Atom --- */

static void put_instant(struct buf *b, const char *name, int64_t at)
{
        buf_printf(b, "<%s>", name);
        time_put_rfc3339(b, at);
        buf_printf(b, "</%s>\n", name);
}

static void atom_author(struct buf *b, struct str name)
{
        html_lit(b, "<author><name>");
        html_text(b, name);
        html_lit(b, "</name></author>\n");
}

static void atom_entry(struct buf *b, const struct entry *e)
{
        const struct edition *ed = e->issue->edition;

        html_lit(b, "<entry xml:lang=\"");
        html_attr(b, ed->language);
        html_lit(b, "\">\n");
        put_element(b, "title", e->title);
        html_lit(b, "<link rel=\"alternate\" type=\"text/html\" href=\"");
        html_url(b, e->link);
        html_lit(b, "\"/>\n");
        put_element(b, "id", e->link);
        put_instant(b, "published", e->issue->row.published_at);
        put_instant(b, "updated", e->issue->row.updated_at);
        for (size_t i = 0; i < ed->n_contributors; i++)
                atom_author(b, ed->contributors[i]);
        put_element(b, "summary", e->opening);
        html_lit(b, "<content type=\"html\">");
        html_text(b, e->html);
        html_lit(b, "</content>\n</entry>\n");
}

static void atom(struct arena *a, const struct feed *f, struct buf *b)
{
        const struct press *p = f->press;

        html_lit(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
        html_attr(b, p->language);
        html_lit(b, "\">\n");
        put_element(b, "title", p->name);
        if (p->line.n)
                put_element(b, "subtitle", p->line);
        put_element(b, "id", p->url);
        put_instant(b, "updated", f->updated_at);
        html_lit(b, "<link rel=\"alternate\" type=\"text/html\" href=\"");
        html_url(b, p->url);
        html_lit(b, "\"/>\n<link rel=\"self\" type=\"application/atom+xml\" "
                    "href=\"");
        html_url(b, site_link(a, p, "atom.xml"));
        html_lit(b, "\"/>\n");
        atom_author(b, p->name);
        for (size_t i = 0; i < f->n; i++)
                atom_entry(b, &f->entries[i]);
        html_lit(b, "</feed>\n");
}

/* --- JSON Feed --- */

static void json_pair(struct json *j, const char *key, struct str s)
{
        json_key(j, key);
        json_str(j, s);
}

static void json_authors(struct json *j, const struct str *names, size_t n)
{
        json_key(j, "authors");
        json_open(j, '[');
        for (size_t i = 0; i < n; i++) {
                json_open(j, '{');
                json_pair(j, "name", names[i]);
                json_close(j, '}');
        }
        json_close(j, ']');
}

static void json_item(struct arena *a, struct json *j, const struct entry *e)
{
        const struct edition *ed = e->issue->edition;

        json_open(j, '{');
        json_pair(j, "id", e->link);
        json_pair(j, "url", e->link);
        json_pair(j, "title", e->title);
        json_pair(j, "summary", e->opening);
        json_pair(j, "content_html", e->html);
        json_pair(j, "image",
                  arena_printf(a, STR_FMT "card.png", STR_ARG(e->link)));
        json_key(j, "date_published");
        json_time(j, e->issue->row.published_at);
        json_key(j, "date_modified");
        json_time(j, e->issue->row.updated_at);
        json_pair(j, "language", ed->language);
        json_authors(j, ed->contributors, ed->n_contributors);
        json_close(j, '}');
}

static void json(struct arena *a, const struct feed *f, struct buf *b)
{
        const struct press *p = f->press;
        struct json j;

        json_init(&j, b);
        json_open(&j, '{');
        json_pair(&j, "version", STR("https://jsonfeed.org/version/1.1"));
        json_pair(&j, "title", p->name);
        if (p->line.n)
                json_pair(&j, "description", p->line);
        json_pair(&j, "home_page_url", p->url);
        json_pair(&j, "feed_url", site_link(a, p, "feed.json"));
        json_pair(&j, "icon", site_link(a, p, "icon.png"));
        json_pair(&j, "language", p->language);
        json_authors(&j, &p->name, 1);
        json_key(&j, "items");
        json_open(&j, '[');
        for (size_t i = 0; i < f->n; i++)
                json_item(a, &j, &f->entries[i]);
        json_close(&j, ']');
        json_close(&j, '}');
        buf_char(b, '\n');
}

static int add(struct arena *a, struct buf *b, const char *path,
               struct printed_list *out, struct err *err)
{
        if (!buf_ok(b))
                return err_set(err, ERR_LIMIT, "%s grew too large", path);
        page_add(a, out, str_c(path), arena_str(a, buf_str(b)));
        buf_reset(b);
        return 0;
}

int feed_print(struct arena *a, const struct press *press,
               const struct issue *issues, size_t n, struct printed_list *out,
               struct err *err)
{
        struct feed f;
        struct buf b;
        int rc = make_feed(a, press, issues, n, &f, err);

        if (rc < 0)
                return rc;
        buf_init(&b, LIMIT_OUTPUT_B);
        rss(a, &f, &b);
        rc = add(a, &b, "feed.xml", out, err);
        if (rc == 0) {
                atom(a, &f, &b);
                rc = add(a, &b, "atom.xml", out, err);
        }
        if (rc == 0) {
                json(a, &f, &b);
                rc = add(a, &b, "feed.json", out, err);
        }
        buf_done(&b);
        return rc;
}

/* The sample wire's feeds and pages, as publishers write them. */

#include "wire.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/time.h"

void wire_put_escaped(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];

                if (c == '<')
                        buf_puts(out, "&lt;");
                else if (c == '>')
                        buf_puts(out, "&gt;");
                else if (c == '&')
                        buf_puts(out, "&amp;");
                else if (c == '"')
                        buf_puts(out, "&quot;");
                else
                        buf_char(out, c);
        }
}

static void element(struct buf *out, const char *name, struct str text)
{
        buf_printf(out, "<%s>", name);
        wire_put_escaped(out, text);
        buf_printf(out, "</%s>\n", name);
}

static unsigned look_of(struct str s)
{
        return (unsigned)(hash_stable(s) >> 20 & 0xffff);
}

/* --- text --------------------------------------------------------------- */

/* The next paragraph of *rest, several lines as one; false at the end. */
static bool next_paragraph(struct str *rest, struct str *ret)
{
        while (rest->p) {
                size_t end = str_find(*rest, STR("\n\n"), 0);

                *ret = str_trim(str_sub(*rest, 0, end));
                *rest = end == STR_NONE ? STR_NULL
                                        : str_sub(*rest, end + 2, rest->n);
                if (ret->n)
                        return true;
        }
        return false;
}

static void put_paragraph(struct buf *out, struct str p)
{
        if (str_starts(p, STR("## "))) {
                element(out, "h2", str_sub(p, 3, p.n));
        } else if (str_starts(p, STR("> "))) {
                buf_puts(out, "<blockquote><p>");
                wire_put_escaped(out, str_sub(p, 2, p.n));
                buf_puts(out, "</p></blockquote>\n");
        } else {
                element(out, "p", p);
        }
}

/* As HTML: the whole of it, or the first paragraph. */
static void put_html(struct buf *out, struct str body, bool whole)
{
        struct str p;

        while (next_paragraph(&body, &p)) {
                put_paragraph(out, p);
                if (!whole)
                        return;
        }
}

static struct str first_of(const struct wire_article *art)
{
        struct str rest = art->body, p = STR("");

        (void)next_paragraph(&rest, &p);
        return p;
}

/* --- dates -------------------------------------------------------------- */

static void put_zone(struct buf *out, int64_t zone_s, bool with_colon)
{
        int64_t minutes = (zone_s < 0 ? -zone_s : zone_s) / 60;

        buf_printf(out, "%c%02d%s%02d", zone_s < 0 ? '-' : '+',
                   (int)(minutes / 60), with_colon ? ":" : "",
                   (int)(minutes % 60));
}

static void put_rfc822(struct buf *out, const struct civil *c, int64_t zone_s)
{
        static const char days[] = "MonTueWedThuFriSatSun";
        static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

        buf_printf(out, "%.3s, %02d %.3s %04d %02d:%02d:00 ",
                   days + 3 * c->weekday, c->day, months + 3 * (c->month - 1),
                   c->year, c->hour, c->minute);
        put_zone(out, zone_s, false);
}

static void put_w3c(struct buf *out, const struct civil *c)
{
        buf_printf(out, "%04d-%02d-%02dT%02d:%02d:00", c->year, c->month,
                   c->day, c->hour, c->minute);
}

/* The date as this outlet writes it, or breaks it. */
static void put_date(struct buf *out, const struct wire_outlet *o,
                     const struct wire_article *art, bool is_rss)
{
        struct civil c = time_to_civil(art->at + o->zone_s);

        if (str_eq(art->date, STR("garbage"))) {
                buf_puts(out, "shortly after the ferry left");
        } else if (str_eq(art->date, STR("two-digit"))) {
                struct civil utc = time_to_civil(art->at);

                buf_printf(out, "%02d/%02d/%02d %02d:%02d", utc.day, utc.month,
                           utc.year % 100, utc.hour, utc.minute);
        } else if (str_eq(art->date, STR("no-zone"))) {
                c = time_to_civil(art->at);
                put_w3c(out, &c);
        } else if (is_rss) {
                put_rfc822(out, &c, o->zone_s);
        } else {
                put_w3c(out, &c);
                put_zone(out, o->zone_s, true);
        }
}

static bool has_date(const struct wire_article *art)
{
        return !str_eq(art->date, STR("absent"));
}

/* --- feeds -------------------------------------------------------------- */

static void put_url(struct buf *out, struct str base,
                    const struct wire_article *art)
{
        buf_put(out, base);
        buf_put(out, art->slug);
        buf_puts(out, ".html");
}

/* Each rubric an article is filed under, as far as it isn't the outlet's. */
static void each_category(const struct wire_outlet *o,
                          const struct wire_article *art,
                          void (*put)(void *ctx, struct str s), void *ctx)
{
        if (art->mark.n)
                put(ctx, art->mark);
        if (!str_eq(art->kind, o->kind))
                put(ctx, art->kind);
        if (!str_eq(art->beat, o->beat))
                put(ctx, art->beat);
}

/* "A and B" one by one. */
static bool next_author(struct str *rest, struct str *ret)
{
        size_t at = str_find(*rest, STR(" and "), 0);

        if (!rest->n)
                return false;
        *ret = str_trim(str_sub(*rest, 0, at));
        *rest = at == STR_NONE ? STR_NULL : str_sub(*rest, at + 5, rest->n);
        return true;
}

static void put_creators(struct buf *out, const struct wire_article *art)
{
        struct str rest = art->by, name;

        while (next_author(&rest, &name))
                element(out, "dc:creator", name);
}

static void put_category(void *out, struct str s)
{
        element(out, "category", s);
}

static void put_rss_item(struct buf *out, const struct wire_outlet *o,
                         const struct wire_article *art, struct str base)
{
        buf_puts(out, "<item>");
        element(out, "title", art->title);
        buf_puts(out, "<link>");
        put_url(out, base, art);
        if (look_of(o->host) % 4 == 0)
                buf_puts(out, "?utm_source=rss&amp;utm_medium=feed");
        buf_puts(out, "</link>\n<guid isPermaLink=\"false\">");
        buf_put(out, o->host);
        buf_char(out, '/');
        buf_put(out, art->slug);
        buf_puts(out, "</guid>\n");
        if (has_date(art)) {
                buf_puts(out, "<pubDate>");
                put_date(out, o, art, true);
                buf_puts(out, "</pubDate>\n");
        }
        put_creators(out, art);
        each_category(o, art, put_category, out);
        element(out, "description", first_of(art));
        if (o->is_full) {
                buf_puts(out, "<content:encoded><![CDATA[");
                put_html(out, art->body, true);
                buf_puts(out, "]]></content:encoded>\n");
        }
        buf_puts(out, "</item>\n");
}

static void put_rss(struct buf *out, const struct wire *w,
                    const struct wire_outlet *o, struct str base)
{
        buf_puts(out,
                 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                 "<rss version=\"2.0\" "
                 "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                 "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>");
        element(out, "title", o->name);
        element(out, "link", base);
        element(out, "description", o->name);
        element(out, "language", o->language);
        for (size_t i = 0; i < o->n; i++)
                if (wire_is_out(w, &o->articles[i]))
                        put_rss_item(out, o, &o->articles[i], base);
        buf_puts(out, "</channel>\n</rss>\n");
}

static void put_rdf_item(struct buf *out, const struct wire_outlet *o,
                         const struct wire_article *art, struct str base)
{
        buf_puts(out, "<item rdf:about=\"");
        put_url(out, base, art);
        buf_puts(out, "\">");
        element(out, "title", art->title);
        buf_puts(out, "<link>");
        put_url(out, base, art);
        buf_puts(out, "</link>\n");
        if (has_date(art)) {
                buf_puts(out, "<dc:date>");
                put_date(out, o, art, false);
                buf_puts(out, "</dc:date>\n");
        }
        put_creators(out, art);
        element(out, "description", first_of(art));
        if (o->is_full) {
                buf_puts(out, "<content:encoded><![CDATA[");
                put_html(out, art->body, true);
                buf_puts(out, "]]></content:encoded>\n");
        }
        buf_puts(out, "</item>\n");
}

static void put_rdf(struct buf *out, const struct wire *w,
                    const struct wire_outlet *o, struct str base)
{
        buf_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                      "<rdf:RDF "
                      "xmlns:rdf=\"http://www.w3.org/1999/02/"
                      "22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" "
                      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/"
                      "\">\n");
        buf_printf(out, "<channel rdf:about=\"" STR_FMT "\">", STR_ARG(base));
        element(out, "title", o->name);
        element(out, "link", base);
        element(out, "description", o->name);
        element(out, "dc:language", o->language);
        buf_puts(out, "</channel>\n");
        for (size_t i = 0; i < o->n; i++)
                if (wire_is_out(w, &o->articles[i]))
                        put_rdf_item(out, o, &o->articles[i], base);
        buf_puts(out, "</rdf:RDF>\n");
}

static void put_atom_category(void *ctx, struct str s)
{
        struct buf *out = ctx;

        buf_puts(out, "<category term=\"");
        wire_put_escaped(out, s);
        buf_puts(out, "\"/>\n");
}

/* HTML within XML, escaped once more. */
static void put_escaped_html(struct buf *out, struct str body, bool whole)
{
        struct buf html;

        buf_init(&html, (size_t)1024 * 1024);
        put_html(&html, body, whole);
        wire_put_escaped(out, buf_str(&html));
        buf_done(&html);
}

static void put_atom_entry(struct buf *out, const struct wire_outlet *o,
                           const struct wire_article *art, struct str base)
{
        struct str rest = art->by, name;

        buf_puts(out, "<entry>");
        element(out, "title", art->title);
        buf_printf(out,
                   "<id>tag:" STR_FMT ",2026:" STR_FMT
                   "</id>\n<link rel=\"alternate\" href=\"",
                   STR_ARG(o->host), STR_ARG(art->slug));
        put_url(out, base, art);
        buf_puts(out, "\"/>\n");
        if (has_date(art)) {
                buf_puts(out, "<published>");
                put_date(out, o, art, false);
                buf_puts(out, "</published>\n<updated>");
                put_date(out, o, art, false);
                buf_puts(out, "</updated>\n");
        }
        while (next_author(&rest, &name)) {
                buf_puts(out, "<author>");
                element(out, "name", name);
                buf_puts(out, "</author>\n");
        }
        each_category(o, art, put_atom_category, out);
        buf_puts(out, "<summary type=\"html\">");
        put_escaped_html(out, art->body, false);
        buf_puts(out, "</summary>\n");
        if (o->is_full) {
                buf_puts(out, "<content type=\"html\">");
                put_escaped_html(out, art->body, true);
                buf_puts(out, "</content>\n");
        }
        buf_puts(out, "</entry>\n");
}

static void put_atom(struct buf *out, const struct wire *w,
                     const struct wire_outlet *o, struct str base)
{
        buf_printf(out,
                   "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                   "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                   "xml:lang=\"" STR_FMT "\">",
                   STR_ARG(o->language));
        element(out, "title", o->name);
        buf_printf(out,
                   "<id>http://" STR_FMT
                   "/</id><link rel=\"self\" href=\"" STR_FMT
                   "feed.xml\"/><link href=\"" STR_FMT "\"/>\n",
                   STR_ARG(o->host), STR_ARG(base), STR_ARG(base));
        if (o->n) {
                buf_puts(out, "<updated>");
                time_put_rfc3339(out, o->articles[0].at);
                buf_puts(out, "</updated>\n");
        }
        for (size_t i = 0; i < o->n; i++)
                if (wire_is_out(w, &o->articles[i]))
                        put_atom_entry(out, o, &o->articles[i], base);
        buf_puts(out, "</feed>\n");
}

static void put_json_string(void *j, struct str s)
{
        json_str(j, s);
}

static void put_json_authors(struct json *j, const struct wire_article *art)
{
        struct str rest = art->by, name;

        json_key(j, "authors");
        json_open(j, '[');
        while (next_author(&rest, &name)) {
                json_open(j, '{');
                json_key(j, "name");
                json_str(j, name);
                json_close(j, '}');
        }
        json_close(j, ']');
}

static void put_json_item(struct json *j, const struct wire_outlet *o,
                          const struct wire_article *art, struct str base)
{
        struct buf part;

        buf_init(&part, (size_t)1024 * 1024);
        json_open(j, '{');
        put_url(&part, base, art);
        json_key(j, "id");
        json_str(j, buf_str(&part));
        json_key(j, "url");
        json_str(j, buf_str(&part));
        json_key(j, "title");
        json_str(j, art->title);
        if (has_date(art)) {
                buf_reset(&part);
                put_date(&part, o, art, false);
                json_key(j, "date_published");
                json_str(j, buf_str(&part));
        }
        put_json_authors(j, art);
        json_key(j, "tags");
        json_open(j, '[');
        each_category(o, art, put_json_string, j);
        json_close(j, ']');
        json_key(j, "summary");
        json_str(j, first_of(art));
        buf_reset(&part);
        put_html(&part, art->body, o->is_full);
        json_key(j, "content_html");
        json_str(j, buf_str(&part));
        json_close(j, '}');
        buf_done(&part);
}

static void put_json(struct buf *out, const struct wire *w,
                     const struct wire_outlet *o, struct str base)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "version");
        json_str(&j, STR("https://jsonfeed.org/version/1.1"));
        json_key(&j, "title");
        json_str(&j, o->name);
        json_key(&j, "home_page_url");
        json_str(&j, base);
        json_key(&j, "language");
        json_str(&j, o->language);
        json_key(&j, "items");
        json_open(&j, '[');
        for (size_t i = 0; i < o->n; i++)
                if (wire_is_out(w, &o->articles[i]))
                        put_json_item(&j, o, &o->articles[i], base);
        json_close(&j, ']');
        json_close(&j, '}');
}

void wire_put_feed(struct buf *out, const struct wire *w,
                   const struct wire_outlet *o, struct str base)
{
        if (str_eq(o->format, STR("atom")))
                put_atom(out, w, o, base);
        else if (str_eq(o->format, STR("rdf")))
                put_rdf(out, w, o, base);
        else if (str_eq(o->format, STR("json")))
                put_json(out, w, o, base);
        else
                put_rss(out, w, o, base);
        /* Breaks off in the middle of the last item. */
        if (str_eq(o->fault, STR("broken-xml")) && out->n > 400)
                buf_cut(out, out->n - 200);
}

const char *wire_feed_type(const struct wire_outlet *o)
{
        if (str_eq(o->format, STR("atom")))
                return "application/atom+xml; charset=utf-8";
        if (str_eq(o->format, STR("rdf")))
                return "application/rdf+xml; charset=utf-8";
        if (str_eq(o->format, STR("json")))
                return "application/feed+json";
        return "application/rss+xml; charset=utf-8";
}

/* --- pages -------------------------------------------------------------- */

static void put_links(struct buf *out, const struct wire *w,
                      const struct wire_outlet *o,
                      const struct wire_article *but, struct str base)
{
        buf_puts(out, "<ul>");
        for (size_t i = 0, n = 0; i < o->n && n < 3; i++) {
                const struct wire_article *art = &o->articles[i];

                if (art == but || !wire_is_out(w, art))
                        continue;
                buf_puts(out, "<li><a href=\"");
                put_url(out, base, art);
                buf_puts(out, "\">");
                wire_put_escaped(out, art->title);
                buf_puts(out, "</a></li>");
                n++;
        }
        buf_puts(out, "</ul>");
}

static void put_json_ld(struct buf *out, const struct wire_outlet *o,
                        const struct wire_article *art)
{
        struct json j;

        buf_puts(out, "<script type=\"application/ld+json\">");
        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "@context");
        json_str(&j, STR("https://schema.org"));
        json_key(&j, "@type");
        json_str(&j, STR("NewsArticle"));
        json_key(&j, "headline");
        json_str(&j, art->title);
        json_key(&j, "datePublished");
        json_time(&j, art->at);
        json_key(&j, "author");
        put_json_authors(&j, art); /* named twice: publishers do so, too */
        json_key(&j, "publisher");
        json_str(&j, o->name);
        json_close(&j, '}');
        buf_puts(out, "</script>\n");
}

static void put_meta(struct buf *out, const char *property, struct str value)
{
        buf_printf(out, "<meta property=\"%s\" content=\"", property);
        wire_put_escaped(out, value);
        buf_puts(out, "\">\n");
}

static void put_head(struct buf *out, const struct wire_outlet *o,
                     const struct wire_article *art, struct str base)
{
        unsigned look = look_of(o->host);

        buf_printf(out,
                   "<!doctype html>\n<html lang=\"" STR_FMT
                   "\"><head><meta charset=\"utf-8\"><title>",
                   STR_ARG(o->language));
        wire_put_escaped(out, art->title);
        buf_puts(out, look % 2 ? " | " : " - ");
        wire_put_escaped(out, o->name);
        buf_puts(out, "</title>\n<link rel=\"canonical\" href=\"");
        put_url(out, base, art);
        buf_printf(out,
                   "\">\n<link rel=\"alternate\" type=\"application/rss+xml\" "
                   "href=\"" STR_FMT "feed.xml\">\n",
                   STR_ARG(base));
        if (look % 3) {
                put_meta(out, "og:title", art->title);
                put_meta(out, "og:type", STR("article"));
                put_meta(out, "og:site_name", o->name);
                buf_puts(
                        out,
                        "<meta property=\"article:published_time\" content=\"");
                time_put_rfc3339(out, art->at);
                buf_puts(out, "\">\n");
        }
        if (look % 2)
                put_json_ld(out, o, art);
        buf_puts(out,
                 "<style>body{font-family:serif}</"
                 "style><script>window.dataLayer=[];</script></head><body>\n");
}

static void put_body(struct buf *out, const struct wire *w,
                     const struct wire_outlet *o,
                     const struct wire_article *art, struct str base)
{
        struct str rest = art->body, p;

        for (int i = 0; next_paragraph(&rest, &p); i++) {
                put_paragraph(out, p);
                if (i == 1) {
                        buf_puts(out,
                                 "<aside class=\"related\"><h3>Related</h3>");
                        put_links(out, w, o, art, base);
                        buf_puts(out, "</aside>\n");
                }
        }
}

static void put_byline(struct buf *out, const struct wire_article *art)
{
        if (art->by.n) {
                buf_puts(out, "<p class=\"byline\">By <span rel=\"author\">");
                wire_put_escaped(out, art->by);
                buf_puts(out, "</span></p>\n");
        }
        buf_puts(out, "<time datetime=\"");
        time_put_rfc3339(out, art->at);
        buf_puts(out, "\">");
        time_put_rfc5322(out, art->at);
        buf_puts(out, "</time>\n");
}

void wire_put_page(struct buf *out, const struct wire *w,
                   const struct wire_outlet *o, const struct wire_article *art,
                   struct str base)
{
        static const char *const open[] = {
                "<article class=\"story\"><header>",
                "<div id=\"content\"><div class=\"head\">",
                "<main><div class=\"meta\">"
        };
        static const char *const middle[] = {
                "</header>\n", "</div><div class=\"story-body\">\n",
                "</div><section itemprop=\"articleBody\">\n"
        };
        static const char *const shut[] = { "</article>", "</div></div>",
                                            "</section></main>" };
        unsigned kind = look_of(o->host) % 3;

        put_head(out, o, art, base);
        buf_puts(out, "<div class=\"cookie-notice\" role=\"dialog\"><p>We and "
                      "our partners use cookies to make content personal. "
                      "By continuing you agree.</p><button>Accept "
                      "all</button></div>\n<header class=\"site\"><a "
                      "class=\"logo\" href=\"");
        buf_put(out, base);
        buf_puts(out, "\">");
        wire_put_escaped(out, o->name);
        buf_puts(out,
                 "</a><nav><ul><li><a href=\"/world/\">World</a></li><li><a "
                 "href=\"/business/\">Business</a></li>"
                 "<li><a "
                 "href=\"/opinion/\">Opinion</a></li></ul></nav></header>\n");
        buf_puts(out, open[kind]);
        element(out, "h1", art->title);
        put_byline(out, art);
        buf_puts(out, middle[kind]);
        put_body(out, w, o, art, base);
        buf_puts(out, shut[kind]);
        buf_puts(out, "\n<section class=\"comments\"><h3>Comments (2)</h3><div "
                      "class=\"comment\"><b>ferryman</b><p>Well said, about "
                      "time.</p></div>"
                      "<div class=\"comment\"><b>Ada P.</b><p>I doubt that it "
                      "will change anything.</p></div></section>\n"
                      "<footer><p>All rights reserved. Reproduction without "
                      "permission is prohibited.</p><a "
                      "href=\"/terms\">Terms</a></footer>"
                      "</body></html>\n");
}

void wire_put_front(struct buf *out, const struct wire *w,
                    const struct wire_outlet *o, struct str base)
{
        buf_puts(out, "<!doctype html>\n<html><head><meta charset=\"utf-8\">");
        element(out, "title", o->name);
        buf_printf(out,
                   "<link rel=\"alternate\" type=\"application/rss+xml\" "
                   "href=\"" STR_FMT "feed.xml\"></head><body>",
                   STR_ARG(base));
        element(out, "h1", o->name);
        put_links(out, w, o, NULL, base);
        buf_puts(out, "</body></html>\n");
}

static void attribute(struct buf *out, const char *name, struct str value)
{
        buf_printf(out, " %s=\"", name);
        wire_put_escaped(out, value);
        buf_char(out, '"');
}

void wire_put_opml(struct buf *out, const struct wire *w, struct str front)
{
        buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml "
                      "version=\"2.0\"><head><title>The sample "
                      "wire</title></head><body>\n");
        for (size_t i = 0; i < w->n; i++) {
                const struct wire_outlet *o = &w->outlets[i];
                struct buf home;

                buf_init(&home, 1000);
                buf_puts(&home, front.n ? "" : "http://");
                buf_put(&home, front);
                buf_put(&home, o->host);
                buf_char(&home, '/');
                buf_puts(out, "<outline type=\"rss\"");
                attribute(out, "text", o->name);
                attribute(out, "title", o->name);
                attribute(out, "htmlUrl", buf_str(&home));
                buf_puts(&home, "feed.xml");
                attribute(out, "xmlUrl", buf_str(&home));
                attribute(out, "source", o->name);
                attribute(out, "kind", o->kind);
                attribute(out, "beat", o->beat);
                attribute(out, "language", o->language);
                buf_puts(out, "/>\n");
                buf_done(&home);
        }
        buf_puts(out, "</body></opml>\n");
}

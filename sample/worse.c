#include "worse.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "bad.h"
#include "base/buf.h"

#define RSS "application/rss+xml; charset=utf-8"
#define START                                                                  \
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\">"      \
        "<channel><title>Worse feed</title><link>http://127.0.0.1/</link>"
#define END "</channel></rss>"
#define ITEM(n)                                                                \
        "<item><title>Item " #n "</title><link>http://127.0.0.1/worse/" #n     \
        "</link><guid>w" #n "</guid></item>"
#define MB ((size_t)1 << 20)
#define BODY_B (64 * MB)

const char *const worse_names[] = {
        "nuls", "long-title", "many-items", "odd-dates", "deep",
        "50mb", "laughs",     "external",   "cut-title", NULL,
};

static bool is(struct str name, const char *want)
{
        return str_eq(name, str_c(want));
}

static void put_many(struct buf *out, const char *s, size_t times)
{
        size_t n = strlen(s);
        char *p = buf_room(out, n * times);

        assert(p);
        for (size_t i = 0; i < times; i++)
                memcpy(p + i * n, s, n);
}

static void put_dates(struct buf *out)
{
        static const char *const dates[] = {
                "Sat, 01 Jan 0000 00:00:00 GMT",  "0000-00-00T00:00:00Z",
                "Fri, 31 Dec 99999 23:59:59 GMT", "99999-12-31T23:59:59Z",
                "-0001-01-01T00:00:00Z",          "2026-13-45T99:99:99Z",
                "99999999999999999999999999",
        };

        for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++)
                buf_printf(out,
                           "<item><title>Date %zu</title><link>"
                           "http://127.0.0.1/worse/d%zu</link><pubDate>%s"
                           "</pubDate></item>",
                           i, i, dates[i]);
}

/* Ten entities, each ten times the one before. */
static void put_laughs(struct buf *out)
{
        buf_puts(out, "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY l0 "
                      "\"ha\">");
        for (int i = 1; i <= 10; i++) {
                buf_printf(out, "<!ENTITY l%d \"", i);
                for (int k = 0; k < 10; k++)
                        buf_printf(out, "&l%d;", i - 1);
                buf_puts(out, "\">");
        }
        buf_puts(out, "]><rss version=\"2.0\"><channel><title>&l10;</title>"
                      "<item><title>&l10;</title><link>"
                      "http://127.0.0.1/worse/l</link></item>" END);
}

static void put_external(struct buf *out)
{
        buf_puts(out,
                 "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM "
                 "\"file:///etc/passwd\"><!ENTITY % p SYSTEM "
                 "\"http://127.0.0.1:9/p\"> %p;]><rss version=\"2.0\"><channel>"
                 "<title>External</title><item><title>It says &x;.</title>"
                 "<link>http://127.0.0.1/worse/x</link></item>" END);
}

static void put_feed(struct buf *out, struct str name)
{
        if (is(name, "laughs")) {
                put_laughs(out);
                return;
        }
        if (is(name, "external")) {
                put_external(out);
                return;
        }
        buf_puts(out, START);
        if (is(name, "nuls")) {
                buf_puts(out, ITEM(1) "<item><title>A");
                buf_put(out, STR("\0\0\0"));
                buf_puts(out, "B</title><link>http://127.0.0.1/worse/n</link>"
                              "</item>");
        } else if (is(name, "long-title") || is(name, "cut-title")) {
                buf_puts(out, ITEM(1) "<item><title>");
                put_many(out, "word ", 2 * MB);
                if (is(name, "cut-title"))
                        return;
                buf_puts(out, "</title><link>http://127.0.0.1/worse/t</link>"
                              "</item>");
        } else if (is(name, "many-items")) {
                put_many(out, "<item/>", 1000000);
        } else if (is(name, "odd-dates")) {
                put_dates(out);
        } else if (is(name, "deep")) {
                buf_puts(out, ITEM(1) "<item><title>Deep</title>"
                                      "<description>");
                put_many(out, "<a>", 1000000);
                put_many(out, "</a>", 1000000);
                buf_puts(out, "</description></item>");
        } else {
                put_many(out, ITEM(2), 50 * MB / sizeof(ITEM(2)));
        }
        buf_puts(out, END);
}

/* --- those that remember ------------------------------------------------ */

static int count(int *n)
{
        return __atomic_fetch_add(n, 1, __ATOMIC_RELAXED);
}

static void put_items(struct buf *out, int n)
{
        buf_puts(out, START);
        for (int i = 0; i < n; i++)
                buf_printf(out,
                           "<item><title>Item %d</title><link>"
                           "http://127.0.0.1/worse/%d</link></item>",
                           i, i);
        buf_puts(out, END);
}

/* "Not changed", whatever is asked on condition; and its tag never changes. */
static enum MHD_Result lie(struct MHD_Connection *c)
{
        static int times;
        bool on_condition = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
                                                        "If-None-Match");
        struct MHD_Response *r;
        enum MHD_Result rc;
        struct buf out;

        buf_init(&out, MB);
        if (!on_condition)
                put_items(&out, 3 + count(&times));
        r = MHD_create_response_from_buffer(out.n, out.p,
                                            MHD_RESPMEM_MUST_COPY);
        buf_done(&out);
        assert(r);
        MHD_add_response_header(r, "Content-Type", RSS);
        MHD_add_response_header(r, "ETag", "\"for ever\"");
        rc = MHD_queue_response(c, on_condition ? 304 : 200, r);
        MHD_destroy_response(r);
        return rc;
}

/* Those who don't say who they are and what they want are shown out. */
static enum MHD_Result be_picky(struct MHD_Connection *c)
{
        static const struct {
                const char *name, *part;
        } wants[] = {
                { "User-Agent", "(+http" },
                { "Accept", "application/rss+xml" },
                { "Accept", "application/atom+xml" },
                { "Accept-Encoding", "gzip" },
        };
        enum MHD_Result rc;
        struct buf out;

        for (size_t i = 0; i < sizeof(wants) / sizeof(*wants); i++) {
                struct str value = str_c(MHD_lookup_connection_value(
                        c, MHD_HEADER_KIND, wants[i].name));

                if (str_find(value, str_c(wants[i].part), 0) == STR_NONE)
                        return bad_send(c, 403, "text/plain", STR("who?\n"));
        }
        buf_init(&out, MB);
        put_items(&out, 3);
        rc = bad_send(c, 200, RSS, buf_str(&out));
        buf_done(&out);
        return rc;
}

/* Both of If-None-Match and If-Modified-Since, as they were given. */
static enum MHD_Result be_strict(struct MHD_Connection *c)
{
        static const char tag[] = "W/\"a \\ b,c\"",
                          date[] = "yesterday, 9 o'clock";
        const char *none = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
                                                       "If-None-Match");
        const char *since = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
                                                        "If-Modified-Since");
        bool same = none && since && strcmp(none, tag) == 0 &&
                    strcmp(since, date) == 0;
        struct MHD_Response *r;
        enum MHD_Result rc;
        struct buf out;

        buf_init(&out, MB);
        if (!same)
                put_items(&out, none || since ? 4 : 3);
        r = MHD_create_response_from_buffer(out.n, out.p,
                                            MHD_RESPMEM_MUST_COPY);
        buf_done(&out);
        assert(r);
        MHD_add_response_header(r, "Content-Type", RSS);
        MHD_add_response_header(r, "ETag", tag);
        MHD_add_response_header(r, "Last-Modified", date);
        rc = MHD_queue_response(c, same ? 304 : 200, r);
        MHD_destroy_response(r);
        return rc;
}

/* It moves for good to a house that falls down after three visits. */
static enum MHD_Result move(struct MHD_Connection *c, bool is_new)
{
        static int visits;
        struct MHD_Response *r;
        enum MHD_Result rc;
        struct buf out;

        if (is_new && count(&visits) >= 3)
                return bad_send(c, 404, "text/plain", STR("fallen down\n"));
        if (is_new || visits >= 3) {
                buf_init(&out, MB);
                put_items(&out, 3);
                rc = bad_send(c, 200, RSS, buf_str(&out));
                buf_done(&out);
                return rc;
        }
        r = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
        assert(r);
        MHD_add_response_header(r, "Location", "/bad/new-house/feed.xml");
        rc = MHD_queue_response(c, 301, r);
        MHD_destroy_response(r);
        return rc;
}

/* --- a feed whose articles' pages misbehave ----------------------------- */

static const char *const pages[] = { "plain",    "flaky", "closed",
                                     "redirect", "loop",  "absent" };

static void put_pages(struct buf *out)
{
        buf_puts(out, START);
        for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
                buf_printf(out,
                           "<item><title>A page: %s</title><link>"
                           "/bad/pages/%s.html</link><pubDate>Fri, 06 Mar 2026 "
                           "05:0%zu:00 GMT</pubDate></item>",
                           pages[i], pages[i], i);
        buf_puts(out, END);
}

static enum MHD_Result send_page(struct MHD_Connection *c)
{
        enum MHD_Result rc;
        struct buf out;

        buf_init(&out, MB);
        buf_puts(&out, "<!doctype html><html><head><title>A page</title>"
                       "</head><body><article><h1>A page</h1>");
        for (int i = 0; i < 6; i++)
                buf_printf(&out,
                           "<p>Paragraph %d tells at some length how the ferry "
                           "came to run again, who paid for it, and what the "
                           "harbour's people think of the new hours.</p>",
                           i);
        buf_puts(&out, "</article></body></html>");
        rc = bad_send(c, 200, "text/html; charset=utf-8", buf_str(&out));
        buf_done(&out);
        return rc;
}

static enum MHD_Result redirect(struct MHD_Connection *c, const char *to)
{
        struct MHD_Response *r = MHD_create_response_from_buffer(
                0, NULL, MHD_RESPMEM_PERSISTENT);
        enum MHD_Result rc;

        assert(r);
        MHD_add_response_header(r, "Location", to);
        rc = MHD_queue_response(c, 302, r);
        MHD_destroy_response(r);
        return rc;
}

static enum MHD_Result page(struct MHD_Connection *c, struct str leaf)
{
        static int flaky;
        enum MHD_Result rc;
        struct buf out;

        if (is(leaf, "feed.xml")) {
                buf_init(&out, MB);
                put_pages(&out);
                rc = bad_send(c, 200, RSS, buf_str(&out));
                buf_done(&out);
                return rc;
        }
        if (is(leaf, "redirect.html"))
                return redirect(c, "plain.html?from=there");
        if (is(leaf, "loop.html"))
                return redirect(c, "loop.html");
        if (is(leaf, "absent.html"))
                return bad_send(c, 404, "text/plain", STR("no\n"));
        if (is(leaf, "flaky.html") && count(&flaky) == 0)
                return bad_send(c, 503, "text/plain", STR("later\n"));
        return send_page(c);
}

/* --- sites, by which feeds are found ------------------------------------ */

#define PAGE(head, body)                                                       \
        "<!doctype html><html><head><title>A site</title>" head                \
        "</head><body><p>Hello. " body "</p></body></html>"
#define LINK(href, title)                                                      \
        "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"" href    \
        "\" title=\"" title "\">"

static enum MHD_Result site(struct MHD_Connection *c, struct str leaf)
{
        static const char html[] = "text/html; charset=utf-8";
        enum MHD_Result rc;
        struct buf out;

        if (is(leaf, "many.html"))
                return bad_send(c, 200, html,
                                STR(PAGE(LINK("comments.xml", "Comments") LINK(
                                                 "world.xml", "World")
                                                 LINK("arts.xml", "Arts"),
                                         "")));
        if (is(leaf, "anchor.html"))
                return bad_send(
                        c, 200, html,
                        STR(PAGE("", "<a href=\"/bad/sites/rss.xml\">x</a>")));
        if (is(leaf, "none.html"))
                return bad_send(c, 200, html, STR(PAGE("", "")));
        if (is(leaf, "dead.html"))
                return bad_send(c, 200, html,
                                STR(PAGE(LINK("/bad/404/feed.xml", ""), "")));
        buf_init(&out, MB);
        put_items(&out, 2);
        rc = bad_send(c, 200, RSS, buf_str(&out));
        buf_done(&out);
        return rc;
}

bool worse_answer(struct MHD_Connection *c, struct str name, struct str leaf,
                  enum MHD_Result *ret)
{
        struct buf out;
        size_t i = 0;

        if (is(name, "liar"))
                *ret = lie(c);
        else if (is(name, "moving") || is(name, "new-house"))
                *ret = move(c, is(name, "new-house"));
        else if (is(name, "pages"))
                *ret = page(c, leaf);
        else if (is(name, "picky"))
                *ret = be_picky(c);
        else if (is(name, "strict"))
                *ret = be_strict(c);
        else if (is(name, "sites"))
                *ret = site(c, leaf);
        else {
                while (worse_names[i] && !is(name, worse_names[i]))
                        i++;
                if (!worse_names[i])
                        return false;
                buf_init(&out, BODY_B);
                put_feed(&out, name);
                *ret = bad_send(c, 200, RSS, buf_str(&out));
                buf_done(&out);
        }
        return true;
}

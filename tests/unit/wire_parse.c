/* Feeds of every kind, whole and broken. */

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/feed.h"
#include "unit.h"
#include "wire/discover.h"
#include "wire/feed.h"
#include "wire/identity.h"

#define URL STR("https://gazette.example/news/feed.xml")

static struct arena *arena;

static const struct feed_doc *parse_as(const char *text, const char *type)
{
        const struct feed_doc *doc = NULL;
        struct err err = { 0 };

        arena_reset(arena);
        assert_ok(feed_parse(arena, str_c(text), URL, str_c(type), &doc, &err),
                  err);
        return doc;
}

static const struct feed_doc *parse(const char *text)
{
        return parse_as(text, NULL);
}

static void check_time(int64_t at, const char *want)
{
        struct buf b;

        buf_init(&b, 64);
        time_put_rfc3339(&b, at);
        assert_str(buf_str(&b), want);
        buf_done(&b);
}

static void reads_rss(void **state)
{
        const struct feed_doc *doc = parse(
                "<?xml version='1.0'?>\n"
                "<rss version='2.0' "
                "xmlns:d='http://purl.org/dc/elements/1.1/'\n"
                " xmlns:c='http://purl.org/rss/1.0/modules/content/'\n"
                " xmlns:m='http://search.yahoo.com/mrss/'\n"
                " xmlns:a='http://www.w3.org/2005/Atom'>\n"
                "<channel><title>The "
                "Gazette</title><link>https://gazette.example/</link>\n"
                "<description>All of "
                "it</description><language>en-gb</language>\n"
                "<a:link rel='self' href='https://gazette.example/feed.xml'/>\n"
                "<a:link rel='hub' href='https://hub.example/'/><ttl>30</ttl>\n"
                "<image><title>Logo</title><url>https://gazette.example/l.png</"
                "url></image>\n"
                "<item><title>Ports &amp;amp; ships "
                "<![CDATA[<em>reopen</em>]]></title>\n"
                " <link> https://gazette.example/1?utm_source=rss </link>\n"
                " <guid isPermaLink='false'>tag:1</guid>\n"
                " <pubDate>Fri, 06 Mar 2026 05:30:00 EST</pubDate>\n"
                " <d:creator>A. Person</d:creator>\n"
                " <description>&lt;p "
                "onclick='x'&gt;Short&lt;/p&gt;</description>\n"
                " <c:encoded><![CDATA[<p>Long <a "
                "href='/x'>x</a></p>]]></c:encoded>\n"
                " <category>World</category><category>World</category>\n"
                " <enclosure url='/a.mp3' type='audio/mpeg' length='12'/>\n"
                " <m:thumbnail url='https://gazette.example/t.jpg'/></item>\n"
                "<item><title>Second</title><guid>https://gazette.example/2</"
                "guid>\n"
                " <author>desk@gazette.example (B. Writer)</author></item>\n"
                "</channel></rss>");
        const struct item *it = doc->items;

        (void)state;
        assert_int_equal(doc->format, FEED_RSS);
        assert_str(doc->title, "The Gazette");
        assert_str(doc->link, "https://gazette.example/");
        assert_str(doc->self, "https://gazette.example/feed.xml");
        assert_str(doc->hub, "https://hub.example/");
        assert_str(doc->language, "en-gb");
        assert_int_equal(doc->ttl_s, 1800);
        assert_int_equal(doc->n_items, 2);
        assert_int_equal(doc->warnings.n, 0);
        assert_str(it->id, "tag:1");
        assert_str(it->url, "https://gazette.example/1?utm_source=rss");
        assert_str(it->title, "Ports & ships reopen");
        assert_str(it->authors.items[0], "A. Person");
        check_time(it->published, "2026-03-06T10:30:00Z");
        assert_str(it->summary, "<p>Short</p>");
        assert_str(it->content,
                   "<p>Long <a href=\"https://gazette.example/x\">x</a></p>");
        assert_int_equal(it->categories.n, 1);
        assert_int_equal(it->n_enclosures, 1);
        assert_str(it->enclosures[0].url, "https://gazette.example/a.mp3");
        assert_int_equal(it->enclosures[0].length, 12);
        assert_str(it->image, "https://gazette.example/t.jpg");
        assert_str(it->language, "en-gb");
        assert_str(it[1].url, "https://gazette.example/2");
        assert_str(it[1].authors.items[0], "B. Writer");
        assert_int_equal(it[1].published, TIME_NONE);
        assert_int_equal(it[1].position, 2);
}

static void reads_rdf(void **state)
{
        const struct feed_doc *doc = parse(
                "<rdf:RDF "
                "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
                " xmlns='http://purl.org/rss/1.0/'"
                " xmlns:dc='http://purl.org/dc/elements/1.1/'>"
                "<channel rdf:about='x'><title>Ledger</title>"
                "<link>https://ledger.example/</link></channel>"
                "<item rdf:about='https://ledger.example/1'><title>One</title>"
                "<link>https://ledger.example/1</link>"
                "<dc:date>2026-03-06</dc:date></item></rdf:RDF>");

        (void)state;
        assert_int_equal(doc->format, FEED_RDF);
        assert_str(doc->title, "Ledger");
        assert_int_equal(doc->n_items, 1);
        assert_str(doc->items[0].id, "https://ledger.example/1");
        check_time(doc->items[0].published, "2026-03-06T00:00:00Z");
}

static void reads_atom(void **state)
{
        const struct feed_doc *doc = parse(
                "<f:feed xmlns:f='http://www.w3.org/2005/Atom' xml:lang='fr'"
                " xml:base='https://echo.example/a/'>"
                "<f:title type='html'>L&amp;eacute;cho</f:title>"
                "<f:link href='/'/><f:updated>2026-03-06T05:30:00Z</f:updated>"
                "<f:author><f:name>Redaction</f:name></f:author>"
                "<f:entry xml:lang='de'><f:id>urn:1</f:id>"
                "<f:title type='text'>1 &lt; 2</f:title>"
                "<f:link rel='replies' href='c'/>"
                "<f:link rel='enclosure' href='p.jpg' type='image/jpeg'/>"
                "<f:link rel='alternate' type='text/html' href='one'/>"
                "<f:published>2026-03-06T05:30:00+01:00</f:published>"
                "<f:summary>a &amp; b</f:summary>"
                "<f:content type='xhtml'><div "
                "xmlns='http://www.w3.org/1999/xhtml'>"
                "<p>Un<br/>deux</p><script>x</script></div></f:content>"
                "<f:source><f:title>Not ours</f:title></f:source>"
                "</f:entry></f:feed>");
        const struct item *it = doc->items;

        (void)state;
        assert_int_equal(doc->format, FEED_ATOM);
        assert_str(doc->title, "Lécho");
        assert_str(doc->link, "https://echo.example/");
        assert_str(doc->language, "fr");
        assert_int_equal(doc->n_items, 1);
        assert_str(it->title, "1 < 2");
        assert_str(it->url, "https://echo.example/a/one");
        assert_str(it->language, "de");
        assert_str(it->summary, "a &amp; b");
        assert_str(it->content, "<div><p>Un<br>deux</p></div>");
        assert_str(it->authors.items[0], "Redaction");
        assert_str(it->enclosures[0].url, "https://echo.example/a/p.jpg");
        check_time(it->published, "2026-03-06T04:30:00Z");
}

static void reads_json(void **state)
{
        const struct feed_doc *doc = parse(
                " {\"version\":\"https://jsonfeed.org/version/"
                "1.1\",\"title\":\"J\","
                "\"home_page_url\":\"https://j.example/\",\"language\":\"en\","
                "\"authors\":[{\"name\":\"Desk\"}],\"items\":[{\"id\":7,"
                "\"url\":\"/"
                "7\",\"title\":\"Seven\",\"content_html\":\"<p>x<script>\","
                "\"summary\":\"a < "
                "b\",\"date_published\":\"2026-03-06T05:30:00Z\","
                "\"tags\":[\"t\"],\"image\":\"/"
                "i.png\",\"attachments\":[{\"url\":"
                "\"/a.mp3\",\"mime_type\":\"audio/"
                "mpeg\",\"size_in_bytes\":3}]},"
                "{\"id\":\"8\",\"content_text\":\"plain\"},17]}");
        const struct item *it = doc->items;

        (void)state;
        assert_int_equal(doc->format, FEED_JSON);
        assert_int_equal(doc->n_items, 2);
        assert_str(it->id, "7");
        assert_str(it->url, "https://gazette.example/7");
        assert_str(it->content, "<p>x</p>");
        assert_str(it->summary, "a &lt; b");
        assert_str(it->authors.items[0], "Desk");
        assert_int_equal(it->enclosures[0].length, 3);
        assert_str(it[1].content, "plain");
}

static void reads_any_encoding(void **state)
{
        static const struct {
                const char *text, *type, *want;
        } cases[] = {
                { "<rss><channel><title>d\xE9j\xE0</title></channel></rss>",
                  "text/xml; charset=iso-8859-1", "déjà" },
                { "<rss><channel><title>T\xFFx \xED\xA0\x80</title>",
                  "text/xml; charset=utf-8", "T�x ���" },
                { "<?xml version='1.0' encoding='windows-1252'?><rss><channel>"
                  "<title>\x93x\x94</title></channel></rss>",
                  NULL, "“x”" },
                /* Labels that the bytes belie. */
                { "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel>"
                  "<title>déjà</title></channel></rss>",
                  NULL, "déjà" },
                { "<?xml version='1.0' encoding='utf-8'?><rss><channel>"
                  "<title>d\xE9j\xE0 vu</title></channel></rss>",
                  NULL, "déjà vu" },
                { "<?xml version='1.0' encoding='utf-16'?><rss><channel>"
                  "<title>x</title></channel></rss>",
                  NULL, "x" },
                { "<?xml version='1.0' encoding='no-such'?><rss><channel>"
                  "<title>x</title></channel></rss>",
                  NULL, "x" },
                { "\xEF\xBB\xBF<rss><channel><title>x</title></channel></rss>",
                  "text/xml; charset=iso-8859-1", "x" },
                { "<rss><channel><title>a\x01\x0B"
                  "b</title></channel></rss>",
                  NULL, "ab" },
                { "<rss><channel><title>&eacute;&nbsp;&#8211;&bogus;</title>"
                  "</channel></rss>",
                  NULL, "é –&bogus;" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(parse_as(cases[i].text, cases[i].type)->title,
                           cases[i].want);
}

static void reads_wide_letters(void **state)
{
        static const char narrow[] =
                "<rss><channel><title>wide</title></channel></rss>";
        char wide[2 * sizeof(narrow)];
        const struct feed_doc *doc;
        struct err err = { 0 };

        (void)state;
        for (size_t i = 0; i < sizeof(narrow); i++) {
                wide[2 * i] = '\0';
                wide[2 * i + 1] = narrow[i];
        }
        arena_reset(arena);
        assert_ok(feed_parse(arena,
                             (struct str) { wide, 2 * (sizeof(narrow) - 1) },
                             STR_NULL, STR_NULL, &doc, &err),
                  err);
        assert_str(doc->title, "wide");
}

static void mends_what_is_broken(void **state)
{
        static const struct {
                const char *text;
                size_t n_items;
                const char *title; /* of the first item */
        } cases[] = {
                /* Cut off: half an item waits for the next time, an only one
                   is taken as it is. */
                { "<rss><channel><item><title>One</title></"
                  "item><item><title>Tw",
                  1, "One" },
                { "<rss><channel><item><title>One</title><description>&lt;p", 1,
                  "One" },
                /* An end tag is missing, or is another's. */
                { "<rss><channel><item><title>One</item><item><title>Two"
                  "</title></item></channel></rss>",
                  2, "One" },
                { "<rss><channel><item><title>One</title></b></item></channel>",
                  1, "One" },
                /* Bare signs. */
                { "<rss><channel><item><title>A & B < C</title></item>", 1,
                  "A & B < C" },
                { "<rss><channel><item><title>A &copy B</title></item>", 1,
                  "A © B" },
                /* Junk before and after. */
                { "\n\n <?xml version='1.0'?><rss><channel><item><title>One"
                  "</title></item></channel></rss><!-- x",
                  1, "One" },
                /* Nobody declared these prefixes. */
                { "<rss><channel><item><dc:title>One</dc:title></item>", 1,
                  "One" },
                { "<rss><channel><item><title/><media:title>One</media:title>"
                  "</item>",
                  1, "One" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                const struct feed_doc *doc = parse(cases[i].text);

                assert_int_equal(doc->n_items, cases[i].n_items);
                assert_str(doc->items[0].title, cases[i].title);
        }
}

static void tells_what_was_lost(void **state)
{
        const struct feed_doc *doc =
                parse("<rss><channel><item><title>One</title></b>");

        (void)state;
        assert_int_equal(doc->warnings.n, 2);
        assert_true(str_find(doc->warnings.items[0], STR("ends before"), 0) !=
                    STR_NONE);
}

static void expands_no_bomb(void **state)
{
        const struct feed_doc *doc = parse(
                "<!DOCTYPE rss [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">"
                "<!ENTITY c SYSTEM \"file:///etc/passwd\">]>"
                "<rss><channel><title>&a; &b; &c;</title></channel></rss>");

        (void)state;
        assert_str(doc->title, "lol &a;&a;&a; &c;");
}

/* What begins and never ends, over and over: read in one go. */
static void bounds_what_never_ends(void **state)
{
        static const struct {
                const char *start, *again;
        } cases[] = {
                { "<rss><channel><item>", "<title>" },
                { "<rss><channel><item><title>", "<!--" },
                { "<rss><channel><item><description>", "<![CDATA[" },
                { "<rss><channel>", "<item>" },
                { "<rss></rss>", "<rss/>" },
                { "<rss><channel>", "<item><title>x<a></item>" },
                { "<rss><channel>", "<item><author><name>" },
        };
        struct buf b;

        (void)state;
        buf_init(&b, LIMIT_FEED_B);
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                size_t n = strlen(cases[i].again);
                int64_t began = time_mono_ms();

                buf_reset(&b);
                buf_puts(&b, cases[i].start);
                while (b.n + n < 4 * 1024 * 1024)
                        buf_puts(&b, cases[i].again);
                assert_true(parse(buf_cstr(&b))->n_items <= LIMIT_FEED_ITEMS);
                if (time_mono_ms() - began > LIMIT_PARSE_CPU_MS)
                        fail_msg("%s: too long", cases[i].again);
        }
        buf_done(&b);
}

static void bounds_its_work(void **state)
{
        struct buf b;
        struct err err = { 0 };
        const struct feed_doc *doc;

        (void)state;
        buf_init(&b, LIMIT_FEED_B + 1);
        buf_puts(&b, "<rss><channel>");
        for (int i = 0; i < LIMIT_FEED_ITEMS + 10; i++)
                buf_puts(&b, "<item><title>x</title></item>");
        doc = parse(buf_cstr(&b));
        assert_int_equal(doc->n_items, LIMIT_FEED_ITEMS);
        assert_int_equal(doc->warnings.n, 2);

        buf_reset(&b);
        buf_puts(&b, "<rss><channel>");
        for (int i = 0; i < 100000; i++)
                buf_puts(&b, i % 2 ? "<!--<![CDATA[" : "<channel><x><item>");
        doc = parse(buf_cstr(&b));
        assert_true(doc->n_items <= LIMIT_FEED_ITEMS);

        buf_reset(&b);
        buf_puts(&b, "{\"items\":[");
        for (int i = 0; i < LIMIT_JSON_VALUES; i++)
                buf_puts(&b, "{},");
        buf_puts(&b, "{}]}");
        arena_reset(arena);
        assert_int_equal(
                feed_parse(arena, buf_str(&b), URL, STR_NULL, &doc, &err),
                ERR_LIMIT);

        buf_reset(&b);
        (void)buf_room(&b, LIMIT_FEED_B + 1);
        memset(b.p, ' ', b.n);
        arena_reset(arena);
        assert_int_equal(
                feed_parse(arena, buf_str(&b), URL, STR_NULL, &doc, &err),
                ERR_LIMIT);
        buf_done(&b);
}

static void refuses(void **state)
{
        static const struct {
                const char *text, *why;
        } cases[] = {
                { "", "there is nothing in it" },
                { "  \n ", "there is nothing in it" },
                { "just words", "this is no feed" },
                { "<opml/>", "this is no feed" },
                { "{\"a\":1}", "no JSON Feed" },
                { "{\"items\":[", "line 1 of the JSON" },
                { "<!doctype html><html><body>x", "it names none" },
                { "<html><head><link rel=alternate type=application/rss+xml "
                  "href=/feed.xml></head><body>x",
                  "its feed is https://gazette.example/feed.xml" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                const struct feed_doc *doc = NULL;
                struct err err = { 0 };

                arena_reset(arena);
                assert_int_equal(feed_parse(arena, str_c(cases[i].text), URL,
                                            STR_NULL, &doc, &err),
                                 ERR_INPUT);
                assert_null(doc);
                if (!strstr(err.msg, cases[i].why))
                        fail_msg("\"%s\" doesn't say \"%s\"", err.msg,
                                 cases[i].why);
        }
}

static void finds_feeds_of_a_page(void **state)
{
        struct strs feeds = discover_feeds(
                arena,
                STR("<head><link rel='stylesheet' href='/a.css'>"
                    "<LINK REL='Alternate' TYPE='application/atom+xml' "
                    "HREF='a.xml'>"
                    "<link rel=alternate type=text/html href=/fr>"
                    "<link type='application/feed+json' rel='alternate home' "
                    "href='https://j.example/f?a=1&amp;b=2'>"
                    "<link rel=alternate type=application/rss+xml "
                    "href='javascript:x'>"),
                URL);

        (void)state;
        assert_int_equal(feeds.n, 2);
        assert_str(feeds.items[0], "https://gazette.example/news/a.xml");
        assert_str(feeds.items[1], "https://j.example/f?a=1&b=2");
}

static void knows_an_item_again(void **state)
{
        static const struct {
                const char *url, *id, *url2, *id2;
                bool is_same;
        } cases[] = {
                { "http://g.example/a", "1", "https://www.g.example/a/", "2",
                  true },
                { "https://g.example/a?utm_source=x", "1",
                  "https://g.example/a", "1", true },
                { "https://g.example/a?id=1", "1", "https://g.example/a?id=2",
                  "1", false },
                { "https://g.example/live#14-30", "1",
                  "https://g.example/live#15-00", "2", false },
                { "https://g.example/", "1", "https://g.example/", "2", false },
                { "", "1", "", "1", true },
                { "", "1", "", "2", false },
        };
        struct feed f = { .url = URL };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct item one = { .url = str_c(cases[i].url),
                                    .id = str_c(cases[i].id) };
                struct item two = { .url = str_c(cases[i].url2),
                                    .id = str_c(cases[i].id2) };

                if (str_eq(identity_of(arena, &f, &one),
                           identity_of(arena, &f, &two)) != cases[i].is_same)
                        fail_msg("case %zu", i);
        }
}

static void reads_marks(void **state)
{
        struct item it = { .title = STR("Exclusive: the minutes") };

        (void)state;
        assert_str(identity_mark(arena, &it), "exclusive");
        it.title = STR("LIVE | the count");
        assert_str(identity_mark(arena, &it), "live");
        it.title = STR("Live music: a guide");
        assert_null(identity_mark(arena, &it).p);
        it.title = STR_NULL;
        assert_null(identity_mark(arena, &it).p);
}

static int set_up(void **state)
{
        (void)state;
        arena = arena_new(LIMIT_FEED_ARENA_B * 4);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(reads_rss),
                cmocka_unit_test(reads_rdf),
                cmocka_unit_test(reads_atom),
                cmocka_unit_test(reads_json),
                cmocka_unit_test(reads_any_encoding),
                cmocka_unit_test(reads_wide_letters),
                cmocka_unit_test(mends_what_is_broken),
                cmocka_unit_test(tells_what_was_lost),
                cmocka_unit_test(expands_no_bomb),
                cmocka_unit_test(bounds_its_work),
                cmocka_unit_test(bounds_what_never_ends),
                cmocka_unit_test(refuses),
                cmocka_unit_test(finds_feeds_of_a_page),
                cmocka_unit_test(knows_an_item_again),
                cmocka_unit_test(reads_marks),
        };

        return cmocka_run_group_tests(tests, set_up, tear_down);
}

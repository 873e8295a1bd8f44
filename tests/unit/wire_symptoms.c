/*
 * What readers of feeds complain of, a test a symptom: as far as it is for the
 * parsers to get right.
 */

#include <stdio.h>

#include "base/limits.h"
#include "base/time.h"
#include "store/feed.h"
#include "unit.h"
#include "wire/byline.h"
#include "wire/date.h"
#include "wire/feed.h"
#include "wire/headline.h"
#include "wire/intake.h"

#define URL STR("https://gazette.example/news/feed.xml")
#define NOW 1772776800 /* 2026-03-06T06:00:00Z */

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

/* A feed of one item that holds inner; the item. */
static const struct item *item_of(const char *inner)
{
        char text[4096];
        const struct feed_doc *doc;

        (void)snprintf(text, sizeof(text),
                       "<rss xmlns:media='http://search.yahoo.com/mrss/'>"
                       "<channel><title>Gazette</title><item>%s</item>"
                       "</channel></rss>",
                       inner);
        doc = parse_as(text, NULL);
        assert_int_equal(doc->n_items, 1);
        return doc->items;
}

static struct str title_of(const char *title)
{
        char text[1024];

        (void)snprintf(text, sizeof(text), "<title>%s</title>", title);
        return item_of(text)->title;
}

static void symptom_6_zone_names(void **state)
{
        static const struct {
                const char *in;
                int hour, minute; /* UTC, of that day; -1: no date */
        } cases[] = {
                { "Fri, 06 Mar 2026 05:30:00 EST", 10, 30 },
                { "Fri, 06 Mar 2026 05:30:00 PST", 13, 30 },
                { "Fri, 06 Mar 2026 05:30:00 PDT", 12, 30 },
                { "Fri, 06 Mar 2026 05:30:00 CST", 11, 30 },
                { "Fri, 06 Mar 2026 05:30:00 MST", 12, 30 },
                { "Fri, 06 Mar 2026 05:30:00 CET", 4, 30 },
                { "Fri, 06 Mar 2026 05:30:00 GMT+4", 1, 30 },
                { "Fri, 06 Mar 2026 05:30:00 GMT+0400", 1, 30 },
                { "Fri, 06 Mar 2026 05:30:00 UTC-02:00", 7, 30 },
                { "Fri, 06 Mar 2026 05:30:00 UT", 5, 30 },
                { "Fri, 06 Mar 2026 05:30:00 Z", 5, 30 },
                { "Fri, 06 Mar 2026 05:30:00", 5, 30 }, /* none: UTC */
                { "2026-03-06T05:30:00", 5, 30 },
                { "Fri, 06 Mar 2026 05:30:00 +9999", -1, 0 },
                { "Fri, 06 Mar 2026 05:30:00 NOZONE", -1, 0 },
        };
        int64_t day = NOW - 6 * 3600;

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                int64_t at = TIME_NONE, want = TIME_NONE;

                int rc = date_parse(str_c(cases[i].in), &at, NULL);

                if (cases[i].hour >= 0)
                        want = day + cases[i].hour * 3600 +
                               cases[i].minute * 60;
                if (at != want || (rc == 0) != (want != TIME_NONE))
                        fail_msg("\"%s\" gave %lld", cases[i].in,
                                 (long long)at);
        }
}

/* A wrong date is worse than none. */
static void symptom_6_years_that_cannot_be(void **state)
{
        static const char *const cases[] = {
                "0000-00-00T00:00:00Z",
                "0000-03-06T05:30:00Z",
                "0001-01-01T00:00:00Z",
                "99999-03-06T05:30:00Z",
                "-2026-03-06T05:30:00Z",
                "9999-12-31T23:59:59Z",
                "Mon, 01 Jan 0001 00:00:00 GMT",
                "Mon, 01 Jan 0001 00:00:00 +0000",
                "Fri, 06 Mar 99999 05:30:00 GMT",
                "Fri, 06 Mar 20266 05:30:00 GMT",
                "Fri, 06 Mar 202 05:30:00 GMT",
                "Thu, 01 Jan 1970 00:00:00 GMT", /* a clock never set */
                "1970-01-01T00:00:00Z",
                "0",
                "-1",
                "253402300799",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                int64_t at = TIME_NONE;

                if (date_parse(str_c(cases[i]), &at, NULL) == 0)
                        fail_msg("\"%s\" was read", cases[i]);
                assert_int_equal(at, TIME_NONE);
        }
}

static void symptom_7_no_date_is_not_now(void **state)
{
        static const char *const cases[] = {
                "<title>x</title>",
                "<title>x</title><pubDate/>",
                "<title>x</title><pubDate>soon</pubDate>",
                "<title>x</title><pubDate>Fri, 31 Feb 2026</pubDate>",
        };
        struct feed f = { .url = URL };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                const struct item *it = item_of(cases[i]);
                struct feed_doc doc = { .items = (struct item *)it,
                                        .n_items = 1 };
                struct article one = intake_item(arena, &f, &doc, 0, NOW);

                assert_int_equal(it->published, TIME_NONE);
                assert_int_equal(it->updated, TIME_NONE);
                assert_int_equal(one.published_at, TIME_NONE);
        }
        /* One that can be read isn't lost to one that can't. */
        assert_int_equal(item_of("<pubDate>Fri, 06 Mar 2026 06:00:00 GMT"
                                 "</pubDate><pubDate>soon</pubDate>")
                                 ->published,
                         NOW);
}

static void symptom_8_encodings(void **state)
{
        static const struct {
                const char *text, *type, *want;
        } cases[] = {
                /* The header speaks before the prolog, unless it is wrong. */
                { "<?xml version='1.0' encoding='utf-8'?><rss><channel>"
                  "<title>caf\xE9</title></channel></rss>",
                  "text/xml; charset=iso-8859-1", "café" },
                { "<?xml version='1.0' encoding='utf-8'?><rss><channel>"
                  "<title>café</title></channel></rss>",
                  "text/xml; charset=iso-8859-1", "café" },
                { "<rss><channel><title>café</title></channel></rss>",
                  "text/xml; charset=utf8", "café" },
                { "<?xml version='1.0' encoding='utf8'?><rss><channel>"
                  "<title>café</title></channel></rss>",
                  "application/rss+xml", "café" },
                { "<rss><channel><title>café</title></channel></rss>",
                  "text/xml; charset=\"UTF-8\"", "café" },
                { "<rss><channel><title>é\xE2é</title></channel></rss>",
                  "text/xml; charset=utf-8", "é�é" },
                { "<rss><channel><title>a\x08\x1F"
                  "bc</title></channel></rss>",
                  NULL, "abc" },
                { "<?xml version='1.0' encoding='windows-1251'?><rss><channel>"
                  "<title>\xCC\xE8\xF0</title></channel></rss>",
                  NULL, "Мир" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(parse_as(cases[i].text, cases[i].type)->title,
                           cases[i].want);
}

static void symptom_9_double_escaped_titles(void **state)
{
        static const struct {
                const char *in, *want;
        } cases[] = {
                { "Gas &amp; water", "Gas & water" },
                { "Gas &amp;amp; water", "Gas & water" },
                { "Gas &amp;amp;amp; water", "Gas & water" },
                { "It&amp;#8217;s over", "It’s over" },
                { "It&amp;amp;#8217;s over", "It’s over" },
                { "<![CDATA[It&rsquo;s over]]>", "It’s over" },
                { "&lt;em&gt;New&lt;/em&gt; pier", "New pier" },
                { "<![CDATA[<b>New</b> pier]]>", "New pier" },
                { "A pier<![CDATA[<br/>]]>and a port", "A pier and a port" },
                /* What the title is about stays. */
                { "The &lt;blink&gt; tag", "The <blink> tag" },
                { "The &lt;p&gt; tag and more", "The <p> tag and more" },
                { "1 &lt; 2 &amp; 3", "1 < 2 & 3" },
                { "<![CDATA[R&D up]]>", "R&D up" },
                { "Stars **shine** _bright_", "Stars **shine** _bright_" },
                { "&amp;nosuch; thing", "&nosuch; thing" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(title_of(cases[i].in), cases[i].want);
        assert_str(headline_of(arena, STR("a <b>b</b>"), HEADLINE_TEXT),
                   "a <b>b</b>");
        assert_str(headline_of(arena, STR(""), HEADLINE_HTML), "");
}

static void symptom_9_addresses_by_the_right_base(void **state)
{
        const struct feed_doc *doc = parse_as(
                "<feed xmlns='http://www.w3.org/2005/Atom' "
                "xml:base='https://echo.example/a/'>"
                "<entry xml:base='b/'><title>x</title><link href='one'/>"
                "<content type='html' xml:base='c/'>"
                "&lt;a href='two'>2&lt;/a></content></entry>"
                "<entry><title>y</title><link href='/three'/></entry></feed>",
                NULL);

        (void)state;
        assert_str(doc->items[0].url, "https://echo.example/a/b/one");
        assert_str(doc->items[0].content,
                   "<a href=\"https://echo.example/a/b/c/two\">2</a>");
        assert_str(doc->items[1].url, "https://echo.example/three");
}

#define PIC "https://gazette.example/"

static void symptom_10_media_images(void **state)
{
        static const struct {
                const char *in, *want; /* "": none */
        } cases[] = {
                { "<media:content url='/a.jpg' medium='image'/>", PIC "a.jpg" },
                { "<media:content url='/a' type='image/webp'/>", PIC "a" },
                { "<media:group><media:content url='/s.jpg' width='150'/>"
                  "<media:content url='/l.jpg' width='1200'/>"
                  "<media:content url='/m.jpg' width='600'/></media:group>",
                  PIC "l.jpg" },
                { "<media:thumbnail url='/t.jpg'/>"
                  "<media:content url='/a.jpg' medium='image'/>",
                  PIC "a.jpg" },
                { "<media:content url='/v.mp4' type='video/mp4'>"
                  "<media:thumbnail url='/t.jpg'/></media:content>",
                  PIC "t.jpg" },
                { "<enclosure url='/e.jpg' type='image/jpeg' length='0'/>",
                  PIC "e.jpg" },
                { "<enclosure url='/e.png?w=9' length='0'/>", PIC "e.png?w=9" },
                { "<enclosure url='/e.mp3' type='audio/mpeg'/>", "" },
                { "<image><url>/i.jpg</url></image>", PIC "i.jpg" },
                { "<description>&lt;p>x&lt;img src='/d.jpg'></description>",
                  PIC "d.jpg" },
                /* What counts readers is no picture. */
                { "<media:content url='/p.gif' medium='image' width='1' "
                  "height='1'/>",
                  "" },
                { "<enclosure url='https://pixel.count.example/e.gif' "
                  "type='image/gif'/>",
                  "" },
                { "<description>&lt;img src='/p.gif' width='1' height='1'>"
                  "&lt;img src='/d.jpg'></description>",
                  PIC "d.jpg" },
                { "<description>&lt;img src='/i.png' alt='width=\"9\">' "
                  "width='32'>&lt;img src='/d.jpg?a=1&amp;amp;b=\"' "
                  "width='320' alt=' width='></description>",
                  PIC "d.jpg?a=1&b=%22" },
                { "<media:content url='data:image/png,x' medium='image'/>",
                  "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct str image = item_of(cases[i].in)->image;

                if (!str_eq(image, str_c(cases[i].want)))
                        fail_msg("\"%s\" gave \"" STR_FMT "\"", cases[i].in,
                                 STR_ARG(image));
        }
        /* A caption isn't the item's title. */
        assert_str(item_of("<media:content url='/a.jpg'><media:title>Cap"
                           "</media:title></media:content><title>T</title>")
                           ->title,
                   "T");
}

static void reads_bylines(void **state)
{
        static const struct {
                const char *in;
                size_t n;
                const char *first, *last;
        } cases[] = {
                { "A. Person", 1, "A. Person", "A. Person" },
                { "By A. Person", 1, "A. Person", "A. Person" },
                { "By A. Person and B. Writer", 2, "A. Person", "B. Writer" },
                { "A. Person, B. Writer and C. Desk", 3, "A. Person",
                  "C. Desk" },
                { "A. Person; B. Writer", 2, "A. Person", "B. Writer" },
                { "desk@gazette.example (A. Person)", 1, "A. Person",
                  "A. Person" },
                { "A. Person <a@gazette.example>", 1, "A. Person",
                  "A. Person" },
                { "desk@gazette.example", 1, "desk@gazette.example",
                  "desk@gazette.example" },
                { "\"Person, A.\" <a@gazette.example>", 1, "Person, A.",
                  "Person, A." },
                /* No list, or not surely. */
                { "A. Person (Ledger)", 1, "A. Person (Ledger)",
                  "A. Person (Ledger)" },
                { "A. Person, Political Editor", 1,
                  "A. Person, Political Editor",
                  "A. Person, Political Editor" },
                { "Food and Drink", 1, "Food and Drink", "Food and Drink" },
                { "Gazette Staff", 1, "Gazette Staff", "Gazette Staff" },
                { "By", 1, "By", "By" },
        };
        struct str names[BYLINE_NAMES_MAX];

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                size_t n = byline_split(arena, str_c(cases[i].in), names);

                if (n != cases[i].n)
                        fail_msg("\"%s\" gave %zu", cases[i].in, n);
                assert_str(names[0], cases[i].first);
                assert_str(names[n - 1], cases[i].last);
        }
        assert_int_equal(byline_split(arena, STR(""), names), 0);
        assert_true(byline_split(arena, STR(";;;;;;;;;;;;;;;;;;"), names) <=
                    BYLINE_NAMES_MAX);
}

static int set_up(void **state)
{
        (void)state;
        arena = arena_new(LIMIT_FEED_ARENA_B);
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
                cmocka_unit_test(symptom_6_zone_names),
                cmocka_unit_test(symptom_6_years_that_cannot_be),
                cmocka_unit_test(symptom_7_no_date_is_not_now),
                cmocka_unit_test(symptom_8_encodings),
                cmocka_unit_test(symptom_9_double_escaped_titles),
                cmocka_unit_test(symptom_9_addresses_by_the_right_base),
                cmocka_unit_test(symptom_10_media_images),
                cmocka_unit_test(reads_bylines),
        };

        return cmocka_run_group_tests(tests, set_up, tear_down);
}

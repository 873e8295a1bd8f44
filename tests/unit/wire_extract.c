/* The article on a page. */

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "unit.h"
#include "wire/extract.h"
#include "wire/extract_meta.h"

#define URL STR("https://gazette.example/2026/03/06/ports")

#define P1                                                                     \
        "Dockworkers returned to the harbour on Friday after a week in which " \
        "no crane had moved and ships had waited in the roads."
#define P2                                                                     \
        "The port said that the first of the vessels would be unloaded by "    \
        "the evening, and that it would take a fortnight to clear the rest."
#define P3                                                                     \
        "A spokeswoman for the union said that the rest days, which were "     \
        "the heart of the quarrel, had been granted in full by the owners."

#define PAGE(head, before, after)                                              \
        "<!doctype html><html lang='en_GB'><head>" head                        \
        "</head><body><nav><ul><li><a href='/'>Home</a><li>"                   \
        "<a href='/world'>World</a></ul></nav>" before                         \
        "<div class='article-body'><p>" P1 "</p><h2>What is next</h2><p>" P2   \
        "</p><aside>Related: something else</aside><p>" P3                     \
        "</p><div class='share-buttons'>Share this</div></div>" after          \
        "<footer>All rights reserved by the Gazette</footer></body></html>"

static struct arena *arena;

static struct page extract(const char *html)
{
        struct page p;
        struct err err = { 0 };

        arena_reset(arena);
        assert_ok(extract_page(arena, str_c(html), URL, STR("text/html"), &p,
                               &err),
                  err);
        return p;
}

static void finds_the_text(void **state)
{
        struct page p = extract(PAGE(
                "<title>Ports reopen | The Gazette</title>",
                "<div id='cookie-banner'><p>We use cookies to make this site "
                "better, please agree to all of them now.</p></div>",
                "<div id='comments'><p>A reader writes at some length that "
                "this "
                "is all wrong and should never have been printed.</p></div>"));

        (void)state;
        assert_str(p.text, P1 "\n\nWhat is next\n\n" P2 "\n\n" P3);
        assert_str(p.html, "<p>" P1 "</p><h2>What is next</h2><p>" P2
                           "</p><p>" P3 "</p>");
        assert_str(p.title, "Ports reopen");
        assert_str(p.language, "en-GB");
        assert_int_equal(p.status, PAGE_OK);
        /* The address has the day. */
        assert_true(p.is_day);
        assert_int_equal(time_to_civil(p.published).day, 6);
}

static void believes_json_ld(void **state)
{
        struct page p = extract(PAGE(
                "<script type='application/ld+json'>{\"@graph\":[{\"@type\":"
                "\"NewsArticle\",\"headline\":\"Ports &amp; "
                "ships\",\"datePublished\":"
                "\"2026-03-05T05:30:00+01:00\",\"author\":[{\"@type\":"
                "\"Person\",\"name\":"
                "\"A. Person\"},{\"name\":\"B. "
                "Writer\"}],\"publisher\":{\"name\":"
                "\"The Gazette\"},\"image\":{\"url\":\"/i.jpg\"}}]}</script>",
                "", ""));

        (void)state;
        assert_str(p.title, "Ports & ships");
        assert_int_equal(p.authors.n, 2);
        assert_str(p.authors.items[1], "B. Writer");
        assert_str(p.site, "The Gazette");
        assert_str(p.image, "https://gazette.example/i.jpg");
        assert_int_equal(time_to_civil(p.published).hour, 4);
        assert_false(p.is_day);
}

static void reads_meta(void **state)
{
        struct page p = extract(
                PAGE("<meta property='og:title' content='Ports reopen - The "
                     "Gazette'>"
                     "<meta property='og:site_name' content='The Gazette'>"
                     "<meta property='article:published_time' "
                     "content='2026-03-04T10:00:00Z'>"
                     "<meta name='author' content='By A. Person'>"
                     "<link rel='canonical' href='/ports'>",
                     "", ""));

        (void)state;
        assert_str(p.title, "Ports reopen");
        assert_str(p.site, "The Gazette");
        assert_str(p.authors.items[0], "A. Person");
        assert_str(p.canonical, "https://gazette.example/ports");
        assert_int_equal(time_to_civil(p.published).day, 4);
}

static void reads_what_is_seen(void **state)
{
        struct page p = extract(PAGE(
                "",
                "<h1>Ports reopen</h1><div class='byline'>By A. Person</div>"
                "<time datetime='2026-03-06T10:00:00Z'>6 March</time>",
                ""));

        (void)state;
        assert_str(p.title, "Ports reopen");
        assert_str(p.authors.items[0], "A. Person");
        /* The day is the address's, the hour the time element's. */
        assert_int_equal(time_to_civil(p.published).day, 6);
        assert_int_equal(time_to_civil(p.published).hour, 10);
        assert_false(p.is_day);
}

static void finds_text_without_names(void **state)
{
        struct page p =
                extract("<html><body><div><a href=/1>One</a> <a "
                        "href=/2>Two</a></div><div><div>" P1 "<br><br>" P2
                        "<br><br>" P3 "</div></div></body></html>");

        (void)state;
        assert_str(p.text, P1 "\n\n" P2 "\n\n" P3);
}

static void takes_the_pages_own_copy(void **state)
{
        struct page p = extract(
                "<html><head><script type='application/ld+json'>{\"@type\":"
                "\"Article\",\"articleBody\":\"" P1 " " P2
                "\"}</script></head><body><div id=app></div></body></html>");

        (void)state;
        assert_str(p.text, P1 " " P2);
        assert_int_equal(p.status, PAGE_OK);
}

static void sees_a_wall(void **state)
{
        struct page p = extract(PAGE(
                "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
                "\"isAccessibleForFree\":\"False\"}</script>",
                "", "<div class='paywall'>Subscribe</div>"));

        (void)state;
        assert_int_equal(p.status, PAGE_PAYWALLED);
}

static void survives(void **state)
{
        static const char *const pages[] = {
                "",
                " ",
                "<",
                "plain words",
                "<html>",
                "<html><head><script type='application/ld+json'>{\"@type\":",
                "<html><body><p>short",
                "\xFF\xFE\xFD<html>",
                "<html><head><script type='application/ld+json'>[[[[[[[[[[1]]]",
                "<meta property='og:title'><link rel=canonical><time>",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
                assert_int_equal(extract(pages[i]).status, PAGE_EMPTY);
}

static void bounds_its_work(void **state)
{
        struct page p;
        struct err err = { 0 };
        struct buf b;

        (void)state;
        buf_init(&b, LIMIT_PAGE_B + 1);
        for (int i = 0; i < 100000; i++)
                buf_puts(&b, "<div class=comment>x");
        (void)extract(buf_cstr(&b));
        buf_reset(&b);
        for (int i = 0; i <= LIMIT_PAGE_TAGS; i++)
                buf_puts(&b, "<p>");
        assert_int_equal(
                extract_page(arena, buf_str(&b), URL, STR_NULL, &p, &err),
                ERR_LIMIT);
        buf_reset(&b);
        (void)buf_room(&b, LIMIT_PAGE_B + 1);
        memset(b.p, 'x', b.n);
        assert_int_equal(
                extract_page(arena, buf_str(&b), URL, STR_NULL, &p, &err),
                ERR_LIMIT);
        buf_done(&b);
}

static void finds_dates_in_text(void **state)
{
        static const struct {
                const char *in;
                int day; /* 0: none */
        } cases[] = {
                { "Published on 12 March 2026 by the desk", 12 },
                { "Stand: 13.03.2026, 10:00 Uhr", 13 },
                { "By A. Person | March 14, 2026 | World", 14 },
                { "Published: 2026-03-15T10:00:00Z", 15 },
                { "نُشر في ١٦ مارس ٢٠٢٦ في الميناء", 16 },
                { "12 ships and 13 cranes", 0 },
                { "", 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct date_told told;
                bool found = extract_find_date(str_c(cases[i].in), &told);

                assert_int_equal(found, cases[i].day != 0);
                if (found)
                        assert_int_equal(time_to_civil(told.at).day,
                                         cases[i].day);
        }
}

static void keeps_shape(void **state)
{
        struct page p = extract(
                "<html lang=en><body><main><article><h1>Ports reopen</h1>"
                "<figure><img src='/quay.jpg' alt='The quay' width=640 "
                "height=360><figcaption>The quay on Friday</figcaption>"
                "</figure><p>" P1 "</p><p>" P2 " See <a href='/plan'>the "
                "<em>plan</em></a> &amp; more.</p><ul><li>Rest days are "
                "granted "
                "to all of the workers.</li><li>Pay rises with the "
                "prices, says the union.</li></ul><blockquote><p>" P3
                "</p></blockquote><p>The ships <b>wait</b>.</p></article>"
                "</main></body></html>");

        (void)state;
        assert_str(p.html,
                   "<figure><img src=\"https://gazette.example/quay.jpg\" "
                   "alt=\"The quay\" width=\"640\" height=\"360\">"
                   "<figcaption>The quay on Friday</figcaption></figure><p>" P1
                   "</p><p>" P2
                   " See <a href=\"https://gazette.example/plan\">the "
                   "<em>plan</em></a> &amp; more.</p><ul><li>Rest days are "
                   "granted to all of the workers.</li><li>Pay rises with the "
                   "prices, says the union.</li></ul><blockquote><p>" P3
                   "</p></blockquote><p>The ships <strong>wait</strong>.</p>");
        assert_true(str_find(p.text, STR("The quay"), 0) == STR_NONE);
        assert_str(p.image, "https://gazette.example/quay.jpg");
        assert_str(p.image_alt, "The quay");
        assert_int_equal(p.image_width, 640);
}

static void names_other_forms(void **state)
{
        struct page p = extract(
                PAGE("<link rel=amphtml href='/amp/ports'>"
                     "<link rel=alternate media=print href='/print/ports'>"
                     "<link rel='next' href='/2026/03/06/ports-2'>"
                     "<meta property='og:image' content='/i.jpg'>"
                     "<meta property='og:image:width' content='1200'>"
                     "<meta property='og:image:height' content='800'>"
                     "<meta property='og:image:alt' content='A  quay'>",
                     "", ""));

        (void)state;
        assert_str(p.amp, "https://gazette.example/amp/ports");
        assert_str(p.print, "https://gazette.example/print/ports");
        assert_str(p.next, "https://gazette.example/2026/03/06/ports-2");
        assert_int_equal(p.image_width, 1200);
        assert_str(p.image_alt, "A quay");
        /* Blogs call the next article so. */
        p = extract(PAGE("<link rel=next href='/2026/03/07/ships'>", "", ""));
        assert_null(p.next.p);
        /* A link to it by its number, but not to the second page of comments.
         */
        p = extract(PAGE("", "",
                         "<div class=comments><a href='?page=2'>2</a></div>"
                         "<a href='?page=2#comments'>2</a><a href='?page=3'>3"
                         "</a><div class=pager><a href='?page=2'>Go on</a>"
                         "</div>"));
        assert_str(p.next, "https://gazette.example/2026/03/06/ports?page=2");
        p = extract(PAGE("", "",
                         "<div class=comments><a href='?page=2'>2</a></div>"
                         "<a href='?page=2#comments'>2</a>"));
        assert_null(p.next.p);
}

static void finds_the_day(void **state)
{
        static const struct {
                const char *head, *before;
                int day, hour; /* hour -1: a day only */
        } cases[] = {
                { "<meta property='article:published_time' "
                  "content='2026-03-02T07:00:00Z'>",
                  "", 2, 7 },
                { "", "<span itemprop=datePublished content='2026-03-03'>", 3,
                  -1 },
                /* A vague meta gives way to a clear line in sight. */
                { "<meta name=date content='2026-03-09T10:00:00Z'>",
                  "<h1>Ports</h1><p class='article-date'>Published 4 March "
                  "2026</p>",
                  4, -1 },
                { "<meta name=date content='2026-03-05T10:00:00Z'>", "", 5,
                  10 },
                { "", "<h1>Ports</h1><span class=date>06.03.26</span>", 6, -1 },
                { "<script>var a={\"datePublished\":\"2026-03-07T08:00:00Z\"}"
                  "</script>",
                  "", 7, 8 },
                /* Neither a related article's, nor the copyright's. */
                { "",
                  "<aside class=related><time datetime='2025-01-01'>then"
                  "</time></aside><h1>Ports</h1><time "
                  "datetime='2026-03-08T09:00:00Z'>now</time>"
                  "<p>&copy; 1 January 2020</p>",
                  8, 9 },
        };
        struct err err = { 0 };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct page p;
                struct str html = arena_printf(
                        arena,
                        "<html lang=en><head>%s</head><body>%s<article><p>" P1
                        "</p><p>" P2 "</p><p>" P3 "</p></article></body>",
                        cases[i].head, cases[i].before);

                assert_ok(extract_page(arena, html,
                                       STR("https://gazette.example/ports"),
                                       STR_NULL, &p, &err),
                          err);
                assert_true(p.published != TIME_NONE);
                assert_int_equal(time_to_civil(p.published).day, cases[i].day);
                assert_int_equal(p.is_day, cases[i].hour < 0);
                if (cases[i].hour >= 0)
                        assert_int_equal(time_to_civil(p.published).hour,
                                         cases[i].hour);
        }
}

#define LD(rest)                                                               \
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\"," rest  \
        "}</script>"

static struct page extract_parts(const char *head, const char *before)
{
        struct page p;
        struct err err = { 0 };
        struct str html = arena_printf(
                arena,
                "<html lang=en><head>%s</head><body>%s<article><p>" P1
                "</p><p>" P2 "</p><p>" P3 "</p></article></body>",
                head, before);

        assert_ok(extract_page(arena, html, URL, STR_NULL, &p, &err), err);
        return p;
}

static void finds_the_title(void **state)
{
        static const struct {
                const char *head, *before, *title;
        } cases[] = {
                { "<title>Ports reopen | The Gazette</title>", "",
                  "Ports reopen" },
                { "<title>The Gazette | Ports reopen</title>", "",
                  "Ports reopen" },
                { "<title>Gazette - World - Ports reopen</title>", "",
                  "World - Ports reopen" },
                { "<title>Ports – and ships – reopen</title><meta "
                  "property='og:title' content='Ports – and ships – reopen'>",
                  "", "Ports – and ships – reopen" },
                { "<title>Ports reopen - World - The Gazette</title>",
                  "<h1>Ports reopen</h1>", "Ports reopen" },
                { "<title>The Gazette</title><meta name='twitter:title' "
                  "content='Ports reopen'>",
                  "", "Ports reopen" },
                { LD("\"headline\":\"Ports &quot;reopen&quot;\"") "<title>x"
                                                                  "</title>",
                  "", "Ports \"reopen\"" },
                { "<meta property='og:site_name' content='新聞'><title>"
                  "港が再開｜新聞</title>",
                  "", "港が再開" },
                { "", "<h1>  Ports\n <em>reopen</em> </h1>", "Ports reopen" },
                { "", "", "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(extract_parts(cases[i].head, cases[i].before).title,
                           cases[i].title);
}

static void finds_the_picture(void **state)
{
        static const struct {
                const char *head, *before, *image, *alt;
                int width, height;
        } cases[] = {
                { "<meta property='og:image' content='/a.jpg'><meta "
                  "property='og:image:width' content='1200'><meta "
                  "property='og:image:height' content='630'><meta "
                  "property='og:image:alt' content='The quay'>",
                  "", "https://gazette.example/a.jpg", "The quay", 1200, 630 },
                { LD("\"image\":{\"@type\":\"ImageObject\",\"url\":"
                     "\"https://cdn.example/b.jpg\",\"width\":\"800\","
                     "\"height\":600,\"caption\":\"A crane\"}"),
                  "", "https://cdn.example/b.jpg", "A crane", 800, 600 },
                { LD("\"image\":[\"/c.jpg\",\"/d.jpg\"]"), "",
                  "https://gazette.example/c.jpg", "", 0, 0 },
                { "<meta name='twitter:image' content='//cdn.example/e.jpg'>",
                  "", "https://cdn.example/e.jpg", "", 0, 0 },
                { "", "<img src='/f.jpg' width=640 height=360 alt='Ships'>",
                  "https://gazette.example/f.jpg", "Ships", 640, 360 },
                /* Neither a logo nor another scheme. */
                { "", "<img src='/logo.png' width=80 height=40>", "", "", 0,
                  0 },
                { "<meta property='og:image' content='javascript:alert(1)'>",
                  "", "", "", 0, 0 },
                { "<meta property='og:image' content='data:image/png;base64,"
                  "AA'>",
                  "", "", "", 0, 0 },
                /* Half a size is none. */
                { "<meta property='og:image' content='/g.jpg'><meta "
                  "property='og:image:width' content='1200'>",
                  "", "https://gazette.example/g.jpg", "", 0, 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct page p = extract_parts(cases[i].head, cases[i].before);

                assert_str(p.image, cases[i].image);
                assert_str(p.image_alt, cases[i].alt);
                assert_int_equal(p.image_width, cases[i].width);
                assert_int_equal(p.image_height, cases[i].height);
        }
}

static void finds_who_and_where(void **state)
{
        static const struct {
                const char *head, *before, *author, *canonical, *language;
        } cases[] = {
                { LD("\"author\":{\"name\":\"The Gazette\"}"),
                  "<p class=byline>By Ada Person</p>", "Ada Person", "", "en" },
                { LD("\"author\":\"Ada Person\",\"publisher\":{\"name\":"
                     "\"Gazette\"}"),
                  "", "Ada Person", "", "en" },
                { "<meta name=author content='admin'>",
                  "<div class=comment><span class=author>B. Reader</span>"
                  "</div>",
                  "", "", "en" },
                { "<link rel=canonical href='/ports?a=1'>",
                  "<a rel=author href='/ada'>Ada Person</a>", "Ada Person",
                  "https://gazette.example/ports?a=1", "en" },
                { "<meta property='og:url' content='https://gazette.example/"
                  "p'>",
                  "", "", "https://gazette.example/p", "en" },
                { "<link rel=canonical href='javascript:1'>", "", "", "",
                  "en" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct page p = extract_parts(cases[i].head, cases[i].before);

                assert_str(p.authors.n ? p.authors.items[0] : STR(""),
                           cases[i].author);
                assert_str(p.canonical, cases[i].canonical);
                assert_str(p.language, cases[i].language);
        }
}

static void tells_fragments(void **state)
{
        static const struct {
                const char *head, *before;
                enum page_status status;
        } cases[] = {
                { "", "", PAGE_OK },
                { LD("\"isAccessibleForFree\":false"), "", PAGE_PAYWALLED },
                { LD("\"isAccessibleForFree\":\"False\""), "", PAGE_PAYWALLED },
                { LD("\"isAccessibleForFree\":true"), "", PAGE_OK },
                { "<meta property='article:content_tier' content='locked'>", "",
                  PAGE_PAYWALLED },
                { "<meta property='article:content_tier' content='free'>", "",
                  PAGE_OK },
                { "", "<div class='paywall'>Subscribe</div>", PAGE_PAYWALLED },
                { "", "<div class='google-plus premium-ad'>Plus</div>",
                  PAGE_OK },
                { "", "<p>Pour lire la suite, abonnez-vous.</p>",
                  PAGE_PAYWALLED },
                /* In the site's own menu it says nothing. */
                { "", "<nav><p>Already a subscriber?</p></nav>", PAGE_OK },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_int_equal(
                        extract_parts(cases[i].head, cases[i].before).status,
                        cases[i].status);
}

/* A clock without a zone runs in the zone of the page's other dates. */
static void reads_clocks_in_the_pages_zone(void **state)
{
        static const struct {
                const char *head, *before;
                int day, hour, offset_h;
        } cases[] = {
                { "<meta property='article:modified_time' "
                  "content='2026-03-06T09:00:00+01:00'>",
                  "<p class=date>6 March 2026, 08:15</p>", 6, 7, 1 },
                { "<script type='application/ld+json'>{\"@type\":"
                  "\"NewsArticle\",\"datePublished\":\"2026-03-06T00:30:00\","
                  "\"dateModified\":\"2026-03-06T09:00:00+09:00\"}</script>",
                  "", 5, 15, 9 },
                { "",
                  "<p class=date>6 March 2026, 22:15</p><aside><time "
                  "datetime='2026-02-01T10:00:00-05:00'>then</time></aside>",
                  7, 3, -5 },
                /* It says where it runs. */
                { "<meta property='article:modified_time' "
                  "content='2026-03-06T09:00:00+01:00'>",
                  "<p class=date>6 March 2026, 08:15 GMT</p>", 6, 8, 0 },
                { "<meta property='article:published_time' "
                  "content='2026-03-06T00:30:00+02:00'>",
                  "", 5, 22, 2 },
                /* Nothing is known: it counts as UTC. */
                { "", "<p class=date>6 March 2026, 08:15</p>", 6, 8, 0 },
                /* A day is a day everywhere. */
                { "<meta property='article:modified_time' "
                  "content='2026-03-07T09:00:00+09:00'>",
                  "<p class=date>6 March 2026</p>", 6, 0, 0 },
        };
        struct err err = { 0 };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct page p;
                struct str html = arena_printf(
                        arena,
                        "<html lang=en><head>%s</head><body><h1>Ports</h1>%s"
                        "<article><p>" P1 "</p><p>" P2 "</p></article></body>",
                        cases[i].head, cases[i].before);

                assert_ok(extract_page(arena, html,
                                       STR("https://gazette.example/ports"),
                                       STR_NULL, &p, &err),
                          err);
                assert_int_equal(time_to_civil(p.published).day, cases[i].day);
                assert_int_equal(time_to_civil(p.published).hour,
                                 cases[i].hour);
                assert_int_equal(p.offset_s, cases[i].offset_h * 3600);
        }
}

static void guesses_the_language(void **state)
{
        struct page p = extract("<html><body><article><p>" P1 "</p><p>" P2
                                "</p><p>" P3 "</p></article></body></html>");

        (void)state;
        assert_str(p.language, "en");
}

static int set_up(void **state)
{
        (void)state;
        arena = arena_new(LIMIT_PAGE_ARENA_B * 4);
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
                cmocka_unit_test(finds_the_text),
                cmocka_unit_test(believes_json_ld),
                cmocka_unit_test(reads_meta),
                cmocka_unit_test(reads_what_is_seen),
                cmocka_unit_test(finds_text_without_names),
                cmocka_unit_test(takes_the_pages_own_copy),
                cmocka_unit_test(sees_a_wall),
                cmocka_unit_test(survives),
                cmocka_unit_test(bounds_its_work),
                cmocka_unit_test(finds_dates_in_text),
                cmocka_unit_test(keeps_shape),
                cmocka_unit_test(names_other_forms),
                cmocka_unit_test(finds_the_day),
                cmocka_unit_test(finds_the_title),
                cmocka_unit_test(finds_the_picture),
                cmocka_unit_test(finds_who_and_where),
                cmocka_unit_test(tells_fragments),
                cmocka_unit_test(reads_clocks_in_the_pages_zone),
                cmocka_unit_test(guesses_the_language),
        };

        return cmocka_run_group_tests(tests, set_up, tear_down);
}

#include "unit.h"

#include <stdio.h>

#include "wire/discover.h"

#define URL STR("https://gazette.example/news/")
#define RSS "type=\"application/rss+xml\""

static struct str joined(struct arena *a, const struct discover_list *list)
{
        struct str ret = STR("");

        for (size_t i = 0; i < list->n; i++)
                ret = arena_printf(a, STR_FMT "%s" STR_FMT "%s", STR_ARG(ret),
                                   i ? " " : "", STR_ARG(list->items[i].url),
                                   list->items[i].is_aside ? "!" : "");
        return ret;
}

static void test_declared(void **state)
{
        static const struct {
                const char *html, *want;
        } rows[] = {
                { "<head><link rel=\"alternate\" " RSS
                  " href=\"/feed.xml\"></head>",
                  "https://gazette.example/feed.xml" },
                { "<link href=feed.xml rel=ALTERNATE "
                  "type='application/atom+xml'>",
                  "https://gazette.example/news/feed.xml" },
                { "<link rel=\"alternate home\" type=\"application/feed+json\""
                  " href=\"//cdn.example/f.json\">",
                  "https://cdn.example/f.json" },
                { "<base href=\"https://other.example/a/\"><link "
                  "rel=\"alternate\" " RSS " href=\"b.xml\">",
                  "https://other.example/a/b.xml" },
                { "<link rel=\"feed\" href=\"/f\">",
                  "https://gazette.example/f" },
                /* comments come last, whatever the page's order */
                { "<link rel=\"alternate\" " RSS " title=\"Comments\" "
                  "href=\"/c\"><link rel=\"alternate\" " RSS " href=\"/f\">",
                  "https://gazette.example/f https://gazette.example/c!" },
                { "<link rel=\"alternate\" " RSS " href=\"/comments/feed/\">",
                  "https://gazette.example/comments/feed/!" },
                /* named twice */
                { "<link rel=alternate " RSS " href=/f><link rel=alternate " RSS
                  " href=/f>",
                  "https://gazette.example/f" },
                /* no feeds, or none that we would read */
                { "<link rel=\"stylesheet\" href=\"/rss.css\">", "" },
                { "<link rel=\"alternate\" hreflang=\"de\" href=\"/de\">", "" },
                { "<link rel=\"alternate\" " RSS
                  " href=\"javascript:alert(1)\">",
                  "" },
                { "<link rel=\"alternate\" " RSS " href=\"file:///etc\">", "" },
                { "<link rel=\"alternate\" " RSS " href=\"\">", "" },
                { "<link rel=\"alternate\" " RSS " href=\"/f", "" },
                { "<linkage rel=\"alternate\" " RSS " href=\"/f\">", "" },
                { "", "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct arena *a = arena_new(1 << 22);
                struct discover_list list =
                        discover_links(a, str_c(rows[i].html), URL);
                struct str got = joined(a, &list);

                if (!str_eq(got, str_c(rows[i].want)))
                        fail_msg("row %zu: " STR_FMT, i, STR_ARG(got));
                arena_free(a);
        }
}

static void test_links_in_the_text(void **state)
{
        struct arena *a = arena_new(1 << 22);
        struct discover_list list = discover_anchors(
                a,
                STR("<p><a href=\"/about\">About</a> <a class=x href='/rss'>"
                    "RSS</a> <a href=\"https://x.example/world.rss?x=1\">x</a>"
                    "<a>none</a><article href=/feed></article>"
                    "<a href=\"mailto:feed@x.example\">m</a>"
                    "<a href=\"/comments/feed/\">c</a>"
                    "<a href=\"/news/atom\">n</a>"),
                URL);

        (void)state;
        assert_str(joined(a, &list), "https://gazette.example/rss "
                                     "https://x.example/world.rss?x=1 "
                                     "https://gazette.example/news/atom "
                                     "https://gazette.example/comments/feed/!");
        list = discover_guesses(a, URL);
        assert_in_range(list.n, 4, 8);
        assert_str(list.items[0].url, "https://gazette.example/feed");
        arena_free(a);
}

static void test_bounded(void **state)
{
        struct arena *a = arena_new(1 << 25);
        char *html = arena_alloc(a, 1 << 20);
        size_t n = 0;

        (void)state;
        for (int i = 0; n + 100 < 1 << 20; i++)
                n += (size_t)snprintf(html + n, 100,
                                      "<link rel=alternate " RSS " href=/f%d>",
                                      i);
        assert_int_equal(discover_links(a, (struct str) { html, n }, URL).n,
                         20);
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(test_declared),
          cmocka_unit_test(test_links_in_the_text),
          cmocka_unit_test(test_bounded))

#include "unit.h"

#include "wire/robots.h"

static void test_rules(void **state)
{
        static const struct {
                const char *file, *want;
        } rows[] = {
                { "", "" },
                { "User-agent: *\nDisallow: /a\n", "-/a\n" },
                { "User-agent: *\nDisallow:\n", "" },
                { "user-AGENT:*\r\nDISallow:/a\r\nAllow: /a/b",
                  "-/a\n+/a/b\n" },
                { "User-agent: *\rDisallow: /old-mac\r", "-/old-mac\n" },
                { "\xef\xbb\xbfUser-agent: *\nDisallow: /bom\n", "-/bom\n" },
                { "Disallow: /nobody\nUser-agent: *\nDisallow: /x # why\n",
                  "-/x\n" },
                /* ours outranks everyone's, wherever it stands */
                { "User-agent: bulldog\nDisallow: /b\n\nUser-agent: *\n"
                  "Disallow: /\n",
                  "-/b\n" },
                { "User-agent: *\nDisallow: /\nUser-agent: Bulldog/1.0\n"
                  "Allow: /\n",
                  "+/\n" },
                { "User-agent: bulldogs\nDisallow: /\n", "" },
                { "User-agent: bulldog-news\nDisallow: /\n", "" },
                { "User-agent: Otherbot\nDisallow: /\n", "" },
                /* several names, several groups: put together */
                { "User-agent: Otherbot\nUser-agent: bulldog\nDisallow: /a\n"
                  "User-agent: *\nDisallow: /c\nUser-agent: bulldog\n"
                  "Disallow: /b\n",
                  "-/a\n-/b\n" },
                { "User-agent: bulldog\nUser-agent: Otherbot\nDisallow: /a\n",
                  "-/a\n" },
                /* what stands between is passed over, and ends no group */
                { "User-agent: *\nCrawl-delay: 5\nDisallow: /a\n"
                  "Sitemap: https://x.example/s.xml\nDisallow: /b\n",
                  "-/a\n-/b\n@5000\n" },
                /* pauses: of our group alone, the longest, within bounds */
                { "User-agent: *\nCrawl-delay: 0.5\n", "@500\n" },
                { "User-agent: *\nCRAWL-DELAY:2\nCrawl-delay: 1\n", "@2000\n" },
                { "User-agent: *\nCrawl-delay: 86400\n", "@30000\n" },
                { "User-agent: *\nCrawl-delay: 1e300\n", "@30000\n" },
                { "User-agent: *\nCrawl-delay: -5\nCrawl-delay: nan\n"
                  "Crawl-delay: soon\nCrawl-delay: 0\nCrawl-delay:\n",
                  "" },
                { "User-agent: *\nCrawl-delay: 9\nUser-agent: bulldog\n"
                  "Disallow: /a\n",
                  "-/a\n" },
                { "User-agent: Otherbot\nCrawl-delay: 9\n"
                  "User-agent: bulldog\nDisallow: /a\n",
                  "-/a\n" },
                { "Crawl-delay: 9\n", "" },
                { "User-agent: *\nDisallow: nonsense\nDisallow: *.pdf$\n",
                  "-*.pdf$\n" },
                { "User-agent: *\nDisallow: /%7eann/%c3%a9/\xc3\xa9\n",
                  "-/~ann/%C3%A9/%C3%A9\n" },
                { "<!doctype html><p>User-agent: no</p>", "" },
                { "User-agent *\nDisallow /\n:::\n", "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct arena *a = arena_new(1 << 20);
                struct str got = robots_read(a, str_c(rows[i].file));

                if (!str_eq(got, str_c(rows[i].want)))
                        fail_msg("row %zu: \"" STR_FMT "\"", i, STR_ARG(got));
                arena_free(a);
        }
}

static void test_allow(void **state)
{
        static const struct {
                const char *rules, *path;
                bool want;
        } rows[] = {
                { "", "/a", true },
                { "!\n", "/a", false },
                { "-/\n", "/", false },
                { "-/\n", "", false },
                { "-/\n", "/robots.txt", true },
                { "@5000\n", "/5000", true },
                { "-/a\n@5000\n", "/a", false },
                { "-/a\n", "/a", false },
                { "-/a\n", "/ab", false },
                { "-/a\n", "/b/a", true },
                { "-/a/\n", "/a", true },
                /* the longest counts, and of two as long the kind one */
                { "-/a\n+/a/b\n", "/a/b/c", true },
                { "+/a\n-/a/b\n", "/a/b/c", false },
                { "-/a\n+/a\n", "/a", true },
                { "+/a\n-/a\n", "/a", true },
                /* * and $ */
                { "-/*.php\n", "/x/y.php?z", false },
                { "-/*.php$\n", "/x/y.php?z", true },
                { "-/*.php$\n", "/x/y.php", false },
                { "-/*.php$\n", "/a.php.php", false },
                { "-/$\n", "/", false },
                { "-/$\n", "/a", true },
                { "-/a*b*c\n", "/axxbyyczz", false },
                { "-/a*b*c\n", "/axxbyy", true },
                { "-*\n", "/anything", false },
                { "-/*\n+/*.html\n", "/x.html", true },
                { "-/x?id=\n", "/x?id=7", false },
                { "-/x?id=\n", "/x", true },
                /* one spelling */
                { "-/~ann\n", "/%7Eann", false },
                { "-/%C3%A9\n", "/\xc3\xa9", false },
                { "-/%C3%A9\n", "/%c3%a9", false },
                { "-/a%2Fb\n", "/a/b", true },
                { "-/a%2Fb\n", "/a%2fb", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct arena *a = arena_new(1 << 20);
                struct str url = arena_printf(a, "https://gazette.example%s",
                                              rows[i].path);

                if (robots_allow(str_c(rows[i].rules), a, url) != rows[i].want)
                        fail_msg("row %zu: %s", i, rows[i].path);
                arena_free(a);
        }
}

/* A file without end, rules without end, a pattern that backtracks. */
static void test_large(void **state)
{
        struct arena *a = arena_new(1 << 25);
        char *file = arena_alloc(a, 1 << 21);
        size_t n = 0;
        struct str rules, url;

        (void)state;
        memcpy(file, "User-agent: *\n", 14);
        for (n = 14; n + 200 < 1 << 21;) {
                memcpy(file + n, "Disallow: ", 10);
                n += 10;
                for (int i = 0; i < 60; i++, n += 2)
                        memcpy(file + n, i ? "*a" : "/a", 2);
                file[n++] = '\n';
        }
        rules = robots_read(a, (struct str) { file, n });
        assert_in_range(rules.n, 1000, 800000);
        file[0] = '/';
        memset(file + 1, 'a', 1500);
        url = arena_printf(a, "https://x.example%.1500sb", file);
        assert_false(robots_allow(rules, a, url));
        url = arena_printf(a, "https://x.example/%.1400sb", file + 1);
        (void)robots_allow(rules, a, url);
        arena_free(a);
}

static void test_pause(void **state)
{
        static const struct {
                const char *rules;
                int64_t want_ms;
        } rows[] = {
                { "", 0 },
                { "!\n", 0 },
                { "-/a\n", 0 },
                { "@500\n", 500 },
                { "-/a\n+/b\n@30000\n", 30000 },
                { "@30001\n", 0 }, /* not of our writing */
                { "@x\n", 0 },
                { "@", 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (robots_pause_ms(str_c(rows[i].rules)) != rows[i].want_ms)
                        fail_msg("row %zu", i);
        assert_int_equal(robots_pause_ms(STR_NULL), 0);
}

UNIT_MAIN(cmocka_unit_test(test_rules), cmocka_unit_test(test_pause),
          cmocka_unit_test(test_allow), cmocka_unit_test(test_large))

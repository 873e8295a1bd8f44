/* A stranger's HTML made safe, and as plain text. */

#include "base/limits.h"
#include "unit.h"
#include "wire/entity.h"
#include "wire/sanitize.h"
#include "wire/text.h"

#define BASE STR("https://news.example/2026/03/a.html")

static void writes_anew(void **state)
{
        static const struct {
                const char *in, *want;
        } cases[] = {
                { "<p>One</p>", "<p>One</p>" },
                { "5 > 3 & 2 < 4", "5 &gt; 3 &amp; 2 &lt; 4" },
                { "AT&amp;T &eacute; &#8217; &bogus;",
                  "AT&amp;T é ’ &amp;bogus;" },
                /* Balanced, whatever comes. */
                { "<p>One<p>Two <b>bold", "<p>One</p><p>Two <b>bold</b></p>" },
                { "</p></b>x", "x" },
                { "<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>" },
                { "<ul><li>a<ul><li>b</ul><li>c</ul>",
                  "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>" },
                { "<table><tr><td>1<td>2<tr><td>3</table>",
                  "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr>"
                  "</table>" },
                { "<td>lost</td>", " lost" },
                { "<a href=/x>1<a href=/y>2</a>",
                  "<a href=\"https://news.example/x\">1</a>"
                  "<a href=\"https://news.example/y\">2</a>" },
                /* What never passes. */
                { "a<script>alert(1)</script>b", "ab" },
                { "a<script>alert(1)", "a" },
                { "a<style>b{}</style><iframe src=x>y</iframe>c", "ac" },
                { "<svg><p onclick=x>in</p></svg>out", "out" },
                { "<form action=x><input name=q>go</form>", "go" },
                { "<p onclick=\"x()\" style=\"a:b\" class=c name=d>t</p>",
                  "<p>t</p>" },
                { "<p id=top>t</p>", "<p id=\"user-content-top\">t</p>" },
                { "<p id=user-content-top>t</p>",
                  "<p id=\"user-content-top\">t</p>" },
                { "<!-- a --><!DOCTYPE html><?php x ?>t", "t" },
                /* Addresses. */
                { "<a href=\"javascript:x()\">t</a>", "<a>t</a>" },
                { "<a href=\"java&#10;script&colon;x()\">t</a>", "<a>t</a>" },
                { "<a href=\" &#1;JavaScript:x()\">t</a>", "<a>t</a>" },
                { "<a href=\"data:text/html,x\">t</a>", "<a>t</a>" },
                { "<a href=\"vbscript:x\">t</a>", "<a>t</a>" },
                { "<a href=\"mailto:desk@news.example\">t</a>",
                  "<a href=\"mailto:desk@news.example\">t</a>" },
                { "<a href=\"../02/?a=1&b=2\">t</a>",
                  "<a "
                  "href=\"https://news.example/2026/02/?a=1&amp;b=2\">t</a>" },
                { "<a href='x\"><script>'>t</a>",
                  "<a href=\"https://news.example/2026/03/"
                  "x%22%3E%3Cscript%3E\">t</a>" },
                { "<img src=/a.png alt='a \"b\"'>",
                  "<img src=\"https://news.example/a.png\""
                  " alt=\"a &quot;b&quot;\">" },
                { "<img data-src=/late.png>",
                  "<img src=\"https://news.example/late.png\">" },
                { "<img src=/p.gif width=1 height=1>", "" },
                { "<img src=\"javascript:x\">", "" },
                { "<img alt=none>", "" },
                /* A tag that has no end is lost, as in a browser. */
                { "a<p title=\"x", "a" },
                { "1 <2", "1 &lt;2" },
                { "<", "&lt;" },
                { "", "" },
        };
        struct arena *a = arena_new(LIMIT_PAGE_ARENA_B);

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(sanitize_html(a, str_c(cases[i].in), BASE),
                           cases[i].want);
        arena_free(a);
}

static void drops_what_counts_readers(void **state)
{
        static const struct {
                const char *in, *want;
        } cases[] = {
                { "a<img src=/p.gif width=1 height=1>", "a" },
                { "a<img src=/p.gif width=\"1px\" height=\" 0 \">", "a" },
                { "a<img src=/p.gif height=1>", "a" },
                { "a<img src=/p.gif style=\"border:0; Width: 1px;height:1px\">",
                  "a" },
                { "a<img src=//pixel.count.example/x>", "a" },
                { "a<img src=//feeds.feedburner.com/~r/x/~4/y>", "a" },
                { "a<img src=https://b.scorecardresearch.com/p?c1=7>", "a" },
                { "a<img src=/lib/1x1.gif?u=7>", "a" },
                { "a<img src=/piwik.php?rec=1>", "a" },
                /* What only looks alike. */
                { "<img src=/a.png width=1 height=90>",
                  "<img src=\"https://news.example/a.png\" width=\"1\""
                  " height=\"90\">" },
                { "<img src=/pixel.gif/a.png>",
                  "<img src=\"https://news.example/pixel.gif/a.png\">" },
                { "<img src=https://pixel.example/a.png>",
                  "<img src=\"https://pixel.example/a.png\">" },
                { "<img src=https://notquantserve.com/a.png>",
                  "<img src=\"https://notquantserve.com/a.png\">" },
                { "<img src=https://facebook.com.example/tr/a.png>",
                  "<img src=\"https://facebook.com.example/tr/a.png\">" },
                /* Links. */
                { "<a href=\"/a?id=7&amp;utm_source=rss&UTM_Medium=x#top\">t",
                  "<a href=\"https://news.example/a?id=7#top\">t</a>" },
                { "<a href=/a?fbclid=1>t",
                  "<a href=\"https://news.example/a\">t</a>" },
                { "<a href=/a?b=&c>t",
                  "<a href=\"https://news.example/a?b=&amp;c\">t</a>" },
                { "<q cite=/a?gclid=1>t",
                  "<q cite=\"https://news.example/a\">t</q>" },
        };
        struct arena *a = arena_new(LIMIT_PAGE_ARENA_B);

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(sanitize_html(a, str_c(cases[i].in), BASE),
                           cases[i].want);
        arena_free(a);
}

/* Twice is as good as once, whatever came. */
static void changes_nothing_twice(void **state)
{
        static const char *const parts[] = {
                "<p>",
                "</p>",
                "<a href=\"/x?utm_source=1&a=2&&b\">",
                "</a>",
                "<img src=/a.png width=1>",
                "<img src='/b?x=\"&amp;lt;' alt='\"&amp;quot;<'>",
                "&amp;amp;lt;",
                "&lt;b&gt;",
                "<table>",
                "<tr>",
                "<td id=c>",
                "</table>",
                "<li>",
                "<ul>",
                "</ul>",
                "<h2>",
                "<pre>\n\n",
                "<br/>",
                "<script>x",
                "</script>",
                "<svg>",
                "<!--",
                "-->",
                "<time datetime=2026-03-06>",
                " é \x01",
        };
        const size_t n_parts = sizeof(parts) / sizeof(*parts);
        struct arena *a = arena_new(LIMIT_PAGE_ARENA_B);
        uint32_t seed = 2026;

        (void)state;
        for (int round = 0; round < 3000; round++) {
                char text[1024] = "";
                size_t n = 0;

                for (int k = 0; k < 14; k++) {
                        seed = seed * 1664525 + 1013904223;
                        const char *part = parts[(seed >> 8) % n_parts];
                        memcpy(text + n, part, strlen(part) + 1);
                        n += strlen(part);
                }
                arena_reset(a);
                struct str once = sanitize_html(a, str_c(text), BASE);
                struct str twice = sanitize_html(a, once, BASE);
                if (!str_eq(once, twice))
                        fail_msg("\"%s\": \"" STR_FMT "\" became \"" STR_FMT
                                 "\"",
                                 text, STR_ARG(once), STR_ARG(twice));
        }
        arena_free(a);
}

/* An attacker's page is as deep, as long and as broken as they like. */
static void bounds_its_work(void **state)
{
        static const char *const parts[] = { "<div>", "<iframe>",
                                             "<!--",  "<a ",
                                             "&lt",   "<table><tr><td>" };
        struct arena *a = arena_new(LIMIT_PAGE_ARENA_B);

        (void)state;
        for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
                size_t len = strlen(parts[i]), n = 2 * LIMIT_CONTENT_B / len;
                char *s = malloc(n * len);

                assert_non_null(s);
                for (size_t k = 0; k < n; k++)
                        memcpy(s + k * len, parts[i], len);
                struct str out =
                        sanitize_html(a, (struct str) { s, n * len }, BASE);
                assert_true(out.n <= 4 * LIMIT_CONTENT_B);
                free(s);
        }
        arena_free(a);
}

static void refuses_a_wild_base(void **state)
{
        struct arena *a = arena_new(LIMIT_PAGE_ARENA_B);

        (void)state;
        struct str out = sanitize_html(a, STR("<a href=x>t</a>"),
                                       STR("javascript:alert(1)//"));

        assert_int_equal(str_find(out, STR("javascript"), 0), STR_NONE);
        assert_str(sanitize_html(a, STR("<a href=x>t</a>"), STR_NULL),
                   "<a href=\"x\">t</a>");
        arena_free(a);
}

static void reads_references(void **state)
{
        static const struct {
                const char *in, *want;
        } cases[] = {
                { "&amp;&lt;&gt;&quot;&apos;", "&<>\"'" },
                { "&#65;&#x42;&#X43;&#68", "ABCD" },
                { "&#150;&#x92;", "–’" },
                { "&#0;&#xD800;&#x110000;", "���" },
                { "&copy 2026 &hellip;", "© 2026 …" },
                { "?a=1&copy=2", "?a=1&copy=2" },
                { "& && &; &#; &#x;", "& && &; &#; &#x;" },
        };
        struct arena *a = arena_new(1 << 20);

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(entity_decode(a, str_c(cases[i].in)), cases[i].want);
        arena_free(a);
}

static void gives_plain_text(void **state)
{
        static const struct {
                const char *in, *want;
        } cases[] = {
                { "<p>One  two</p>\n<p>Three</p>", "One two\n\nThree" },
                { "a<br>b", "a\nb" },
                { "<h1>T</h1>x<ul><li>1</li><li>2</li></ul>",
                  "T\n\nx\n\n1\n\n2" },
                { "AT&amp;T<script>no</script> &lt;b&gt;", "AT&T <b>" },
                { "a<b>b</b>c", "abc" },
                { "&nbsp; x &nbsp;y ", "x y" },
                { "", "" },
        };
        struct arena *a = arena_new(1 << 20);

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(text_from_html(a, str_c(cases[i].in)),
                           cases[i].want);
        assert_str(text_line_from_html(a, STR("<p>a</p><p>b<br>c</p>")),
                   "a b c");
        assert_true(text_looks_like_html(STR("a <b>b</b>")));
        assert_true(text_looks_like_html(STR("a &amp; b")));
        assert_false(text_looks_like_html(STR("a <3 b & c <unknown>")));
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(writes_anew),
          cmocka_unit_test(drops_what_counts_readers),
          cmocka_unit_test(changes_nothing_twice),
          cmocka_unit_test(bounds_its_work),
          cmocka_unit_test(refuses_a_wild_base),
          cmocka_unit_test(reads_references),
          cmocka_unit_test(gives_plain_text))

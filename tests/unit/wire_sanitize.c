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

/* --- what a browser could make of the output ---------------------------- */

static bool is_one_of(struct str word, const char *list)
{
        struct str rest = str_c(list), one;

        while (str_cut(&rest, ' ', &one))
                if (str_eq(word, one))
                        return true;
        return false;
}

/* Up to the first of ends; what was passed. */
static struct str upto(struct str *s, const char *ends)
{
        size_t n = 0;

        while (n < s->n && !strchr(ends, s->p[n]))
                n++;
        struct str part = str_sub(*s, 0, n);
        *s = str_sub(*s, n, s->n);
        return part;
}

static bool is_tame_address(struct arena *a, struct str value)
{
        struct str url = entity_decode(a, value);

        return str_starts(url, STR("http://")) ||
               str_starts(url, STR("https://")) ||
               str_starts(url, STR("mailto:"));
}

/* ' name="value"' */
static bool is_tame_attribute(struct arena *a, struct str *s)
{
        struct str name, value;

        *s = str_sub(*s, 1, s->n);
        name = upto(s, "= >");
        if (!str_starts(*s, STR("=\"")))
                return false;
        *s = str_sub(*s, 2, s->n);
        value = upto(s, "\"<>");
        if (!str_starts(*s, STR("\"")))
                return false;
        *s = str_sub(*s, 1, s->n);
        if (is_one_of(name, "href src cite"))
                return is_tame_address(a, value);
        if (str_eq(name, STR("id")))
                return str_starts(value, STR("user-content-"));
        return is_one_of(name, "alt title width height datetime colspan "
                               "rowspan start value reversed lang dir open "
                               "scope abbr align");
}

static bool is_tame_tag(struct arena *a, struct str *s)
{
        struct str name;

        *s = str_sub(*s, 1, s->n);
        if (str_starts(*s, STR("/")))
                *s = str_sub(*s, 1, s->n);
        name = upto(s, " >");
        if (!name.n ||
            is_one_of(name, "script style iframe object embed base meta link "
                            "form input button select option textarea svg math "
                            "template noscript noembed noframes xmp plaintext "
                            "listing title html head body frame frameset "
                            "applet isindex keygen image marquee portal "
                            "mglyph malignmark foreignobject"))
                return false;
        for (size_t i = 0; i < name.n; i++)
                if (!chr_is_alnum(name.p[i]))
                        return false;
        while (str_starts(*s, STR(" ")))
                if (!is_tame_attribute(a, s))
                        return false;
        if (!str_starts(*s, STR(">")))
                return false;
        *s = str_sub(*s, 1, s->n);
        return true;
}

/* However a browser reads it: tags that we know, attributes in quotes without a
 * sign that could end them, and no other '<' or '>'. */
static bool is_tame(struct arena *a, struct str s)
{
        for (;;) {
                (void)upto(&s, "<>");
                if (!s.n)
                        return true;
                if (s.p[0] != '<' || !is_tame_tag(a, &s))
                        return false;
        }
}

#define BAD "<img src=x onerror=alert(1)>"

/* Markup that means one thing to one reader and another to the next, or after
 * it was written and read again. */
static const char *const mutants[] = {
        /* Foreign content and back. */
        "<svg></p><style><a id=\"</style>" BAD "\">",
        "<math><mtext><table><mglyph><style><!--</style><img "
        "title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math>" BAD,
        "<math><annotation-xml encoding=text/html><style>" BAD
        "</style></annotation-xml></math>",
        "<svg><foreignObject><p><style><!--</style>" BAD
        "--></style></foreignObject></svg>",
        "<svg><title><style><a title=\"</title>" BAD "\">",
        "<svg><desc><noembed></desc></svg>" BAD "</noembed>",
        "<svg><![CDATA[</svg>" BAD "]]>",
        "<math href=javascript:alert(1)>x</math>",
        "<svg><a xlink:href=javascript:alert(1)><text>x",
        "<svg><use href=\"data:image/svg+xml,<svg onload=x>\"/>",
        "<svg><animate onbegin=alert(1) attributeName=x>",
        /* Texts that aren't parsed, ended by what stands in quotes. */
        "<noscript><p title=\"</noscript>" BAD "\">",
        "<textarea><p title=\"</textarea>" BAD "\">",
        "<title><p title=\"</title>" BAD "\">",
        "<xmp><p title=\"</xmp>" BAD "\">",
        "<iframe><p title=\"</iframe>" BAD "\">",
        "<noembed><p title=\"</noembed>" BAD "\">",
        "<noframes><p title=\"</noframes>" BAD "\">",
        "<style><p title=\"</style>" BAD "\">",
        "<script><!--<script></script>" BAD "--></script>",
        "<template><p title=\"</template>" BAD "\">",
        "<select><option><style></option></select>" BAD "</style>",
        "<select><iframe><!--</select></iframe>" BAD "-->",
        "<listing>\n&lt;img src=x onerror=alert(1)&gt;</listing>",
        "<plaintext>" BAD,
        /* Comments, declarations. */
        "<!-->" BAD "-->",
        "<!--->" BAD "-->",
        "<!--!>" BAD,
        "<!-- --!>" BAD "<!-- -->",
        "<!-- <!-- -->" BAD " -->",
        "<! x=\">\"" BAD,
        "<?xml version=\"1.0\" x='>" BAD "'?>",
        "<![CDATA[" BAD "]]>",
        "</ x=\">" BAD "\">",
        "<!doctype html [<!ENTITY x \"" BAD "\">]>&x;",
        /* Tags within tags, slashes, signs that end no name. */
        "<scr<script>ipt>alert(1)</script>",
        "<<script>alert(1)//<</script>",
        "<img/src=x/onerror=alert(1)>",
        "<img\fsrc=x\fonerror=alert(1)>",
        "<a<b onclick=alert(1)>x",
        "<p/onclick=alert(1)//>x",
        "<p x=1\"onclick=alert(1)>x",
        "<p title='a\"onclick=alert(1) '>x",
        "<img src=\"x\"\"onerror=alert(1)\">",
        "<img src=`x`onerror=alert(1)>",
        "<img alt=\"`` onerror=alert(1)\" src=/a.png>",
        "<img alt='\"><script>alert(1)</script>' src=/a.png>",
        "<p title=\"&quot;&gt;&lt;script&gt;alert(1)\">x",
        "<p =\"><img src=x onerror=alert(1)>\">x",
        "<p \"=\"\" onclick=alert(1)>x",
        /* Tables and formatting that move when they are read. */
        "<table><a href=javascript:x><tr><td>" BAD "</table>",
        "<table><style><td></style>" BAD,
        "<b><p><a href=/x></b>" BAD "</p></a>",
        "<a><table><td><a><table></table><a></tr><a></table>" BAD,
        "<p><table><p title=\"</table>" BAD "\">",
        "<li><p><ul></li>" BAD,
        /* Addresses. */
        "<a href=\"java\tscript:alert(1)\">x",
        "<a href=\"java&Tab;script&colon;alert(1)\">x",
        "<a href=\"\x01javascript:alert(1)\">x",
        "<a href=\"\xC2\xA0javascript:alert(1)\">x",
        "<a href=\"javascript&#x3A;alert(1)\">x",
        "<a href=\"&#0000106avascript:alert(1)\">x",
        "<a href=\"feed:javascript:alert(1)\">x",
        "<a href=\"view-source:javascript:alert(1)\">x",
        "<a href=\"http:javascript:alert(1)\">x",
        "<a href=\"//%0d%0ajavascript:alert(1)\">x",
        "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x",
        "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">",
        "<img srcset=\"javascript:alert(1) 1x, /a.png 2x\">",
        "<img src=/a.png usemap=#m><map name=m><area "
        "href=javascript:alert(1)></map>",
        "<video poster=javascript:alert(1) src=x><source onerror=a>",
        "<a href=/x ping=javascript:alert(1) target=_blank>x",
        "<q cite=javascript:alert(1)>x</q>",
        "<base href=javascript:alert(1)//><a href=x>x",
        "<object data=javascript:alert(1)><param name=x>" BAD,
        "<embed src=javascript:alert(1)>",
        "<form action=javascript:alert(1)><button "
        "formaction=javascript:alert(1)>x",
        "<meta http-equiv=refresh content='0;javascript:alert(1)'>",
        "<link rel=stylesheet href=javascript:alert(1)>",
        "<div style=\"background:url(javascript:alert(1))\">x",
        "<details open ontoggle=alert(1)><summary>x</summary>y",
        "<marquee onstart=alert(1)>x</marquee>",
        "<isindex prompt=x action=javascript:alert(1)>",
        "<body onload=alert(1)><frameset onload=alert(1)>",
        /* Names that a page's scripts could trip over. */
        "<a id=cookie name=cookie href=/x>x</a><p id=\"a b\">y",
        "<img name=getElementById src=/a.png>",
        "<p slot=x is=y part=z>t",
        /* Bytes. */
        "<scr\0ipt>alert(1)</scr\0ipt>",
        "\xC0\xBCscript\xC0\xBE"
        "alert(1)",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "\xEF\xBC\x9Cscript\xEF\xBC\x9E"
        "alert(1)",
        "<a href=\"\xE2\x80\xA8javascript:alert(1)\">x",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&amp;lt;script&amp;gt;alert(1)",
        "&LT;script&GT alert(1)",
        "\xFF\xFE<\0s\0c\0r\0i\0p\0t\0>\0",
};

static void leaves_nothing_to_mutate(void **state)
{
        struct arena *a = arena_new(LIMIT_PAGE_ARENA_B);

        (void)state;
        assert_true(is_tame(a, STR("<p>a <a href=\"https://x\">b</a></p>")));
        assert_false(is_tame(a, STR("<script>")));
        assert_false(is_tame(a, STR("<p onclick=\"x\">")));
        assert_false(is_tame(a, STR("<a href=\"javascript:x\">")));
        assert_false(is_tame(a, STR("a > b")));
        for (size_t i = 0; i < sizeof(mutants) / sizeof(*mutants); i++) {
                struct str out = sanitize_html(a, str_c(mutants[i]), BASE);

                if (!is_tame(a, out))
                        fail_msg("\"%s\" became \"" STR_FMT "\"", mutants[i],
                                 STR_ARG(out));
                assert_str(sanitize_html(a, out, BASE), arena_cstr(a, out));
        }
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
                assert_true(is_tame(a, once));
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
                { "Ha&shy;fen&shy;amt<p>&#8203;</p><p>a \u200B b\u00AD</p>",
                  "Hafenamt\n\na b" },
                { "<p>\u202Eab\u202C c&lrm;</p>می&zwnj;رود",
                  "ab c\n\nمی\u200Cرود" },
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
          cmocka_unit_test(leaves_nothing_to_mutate),
          cmocka_unit_test(changes_nothing_twice),
          cmocka_unit_test(bounds_its_work),
          cmocka_unit_test(refuses_a_wild_base),
          cmocka_unit_test(reads_references),
          cmocka_unit_test(gives_plain_text))

/* The press's small parts: escapes, addresses, credits, dates in words.
 */

#define ARENA_B (1 << 24)
#include "arena_fixture.h"

#include "base/buf.h"
#include "press/day.h"
#include "press/html.h"
#include "press/runs.h"
#include "press/value.h"

static void escapes(void **state)
{
        static const struct {
                const char *in, *text, *url;
        } rows[] = {
                { "plain", "plain", "plain" },
                { "", "", "#" },
                { "a<b>&\"c\"'", "a&lt;b&gt;&amp;&quot;c&quot;&#39;",
                  "a&lt;b&gt;&amp;&quot;c&quot;&#39;" },
                { "{{mark}}", "&#123;&#123;mark}}", "&#123;&#123;mark}}" },
                { "a\x01\x1f\x7f"
                  "b\tc\n",
                  "ab\tc\n", "#" },
                { "https://e.example/?a=1&b=2",
                  "https://e.example/?a=1&amp;b=2",
                  "https://e.example/?a=1&amp;b=2" },
                { "HTTP://E.example/", "HTTP://E.example/",
                  "HTTP://E.example/" },
                { "mailto:a@b.example", "mailto:a@b.example",
                  "mailto:a@b.example" },
                { "javascript:alert(1)", "javascript:alert(1)", "#" },
                { "JaVaScRiPt:x", "JaVaScRiPt:x", "#" },
                { " javascript:x", " javascript:x", "#" },
                { "java\tscript:x", "java\tscript:x", "#" },
                { "data:text/html,x", "data:text/html,x", "#" },
                { "//e.example/x", "//e.example/x", "#" },
                { "http://[::1]:80/x", "http://[::1]:80/x",
                  "http://[::1]:80/x" },
                { "http://[fe80::1%25eth0]/", "http://[fe80::1%25eth0]/", "#" },
                { "/archive/", "/archive/", "/archive/" },
                { "a/b?c:d", "a/b?c:d", "a/b?c:d" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct buf b;

                buf_init(&b, 1000);
                html_text(&b, str_c(rows[i].in));
                assert_str(buf_str(&b), rows[i].text);
                buf_reset(&b);
                html_url(&b, str_c(rows[i].in));
                if (rows[i].url[0])
                        assert_str(buf_str(&b), rows[i].url);
                buf_done(&b);
        }
}

/* "text|*strong*|@link": a run each, in short. */
static struct run *runs_of(const char *s, size_t *n)
{
        struct str rest = str_c(s), part;
        struct run *runs = arena_array(a, 20, sizeof(*runs));

        for (*n = 0; str_cut(&rest, '|', &part); (*n)++) {
                struct run *r = &runs[*n];

                r->is_strong = str_starts(part, STR("*"));
                if (str_starts(part, STR("@")))
                        r->url = STR("https://e.example/");
                r->text = r->is_strong || r->url.n ? str_sub(part, 1, part.n)
                                                   : part;
        }
        return runs;
}

static struct str joined(const struct run *runs, size_t n)
{
        struct str s = STR("");

        for (size_t i = 0; i < n; i++)
                s = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(s),
                                 i ? "|" : "", STR_ARG(runs[i].text));
        return s;
}

static void credits(void **state)
{
        static const struct {
                const char *in, *text, *credits;
        } rows[] = {
                { "It rained. |@Gazette", "It rained. ", "Gazette" },
                { "It rained. |@Gazette| \u00b7 |@Ledger", "It rained. ",
                  "Gazette| \u00b7 |Ledger" },
                { "It rained. |@Gazette|, |@Ledger|  ", "It rained. ",
                  "Gazette|, |Ledger|  " },
                { "*Rain.|@Gazette", "Rain.", "Gazette" },
                { "Did it? |@Gazette", "Did it? ", "Gazette" },
                { "\u201cIt did.\u201d |@Gazette", "\u201cIt did.\u201d ",
                  "Gazette" },
                { "\u96e8\u3002|@Gazette", "\u96e8\u3002", "Gazette" },
                { "Why? \u2014 Ines Quayle, |@Observer", "Why? ",
                  "\u2014 Ines Quayle, |Observer" },
                { "*Rain.| \u2014 A, B, |@Observer", "Rain.| ",
                  "\u2014 A, B, |Observer" },
                /* part of a sentence: no credit */
                { "writes |@The Ledger|.", "writes |The Ledger|.", "" },
                { "more on |@the cost", "more on |the cost", "" },
                { "Related: |@How it came", "Related: |How it came", "" },
                { "Rain \u2014 and more \u2014 in |@the north",
                  "Rain \u2014 and more \u2014 in |the north", "" },
                /* nothing would be left */
                { "@Gazette", "Gazette", "" },
                { "@Gazette|, |@Ledger", "Gazette|, |Ledger", "" },
                { "It rained.", "It rained.", "" },
                { "", "", "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                size_t n;
                struct run *runs = runs_of(rows[i].in, &n);
                struct runs_parts p = runs_part(a, runs, n);

                assert_str(joined(p.text, p.n_text), rows[i].text);
                assert_str(joined(p.credits, p.n_credits), rows[i].credits);
        }
        assert_int_equal(runs_part(a, NULL, 0).n_text, 0);
}

static void trims(void **state)
{
        (void)state;
        assert_str(runs_trim(STR(" \u2014 Ines Quayle, ")), "Ines Quayle");
        assert_str(runs_trim(STR(" \u00b7 6 sources")), "6 sources");
        assert_str(runs_trim(STR(" \u00b7 , ")), "");
        assert_str(runs_trim(STR("")), "");
        assert_str(runs_trim(STR("A, B")), "A, B");
}

static void words(void **state)
{
        (void)state;
        assert_int_equal(runs_words(STR("")), 0);
        assert_int_equal(runs_words(STR("  two  words ")), 2);
        assert_int_equal(runs_words(STR("\u6e2f\u53e3\u91cd\u5f00")), 2);
}

static void days(void **state)
{
        static const struct {
                const char *language, *day;
                bool is_rtl;
        } rows[] = {
                { "en", "Friday, 6 March 2026", false },
                { "en-US", "Friday, March 6, 2026", false },
                { "de", "Freitag, 6. M\u00e4rz 2026", false },
                { "fr", "vendredi 6 mars 2026", false },
                { "ar",
                  "\u0627\u0644\u062c\u0645\u0639\u0629\u060c 6 "
                  "\u0645\u0627\u0631\u0633 2026",
                  true },
                { "he", NULL, true },
                { "", "Friday, 6 March 2026", false },
                { "no such language", "Friday, 6 March 2026", false },
                { "x\"><script>", "Friday, 6 March 2026", false },
        };
        struct civil c = { .year = 2026, .month = 3, .day = 6 };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct str language = str_c(rows[i].language);

                if (rows[i].day)
                        assert_str(day_long(a, language, &c), rows[i].day);
                else
                        assert_true(day_long(a, language, &c).n > 0);
                assert_int_equal(language_is_rtl(a, language), rows[i].is_rtl);
        }
        assert_str(day_short(a, STR("en"), &c), "6 March");
        assert_str(day_weekday(a, STR("en"), &c), "Friday");
        assert_str(day_month(a, STR("en"), &c), "March 2026");
}

UNIT_MAIN(cmocka_unit_test_setup_teardown(escapes, set_up, tear_down),
          cmocka_unit_test_setup_teardown(credits, set_up, tear_down),
          cmocka_unit_test_setup_teardown(trims, set_up, tear_down),
          cmocka_unit_test_setup_teardown(words, set_up, tear_down),
          cmocka_unit_test_setup_teardown(days, set_up, tear_down))

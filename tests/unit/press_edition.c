/*
 * A whole edition through the press: what it prints is compared with
 * tests/golden/press (BLESS=1 writes them anew), and lies under
 * $PRESS_OUT afterwards for the browser to look at.
 */

#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "conf/phrases.h"
#include "edition/copy.h"
#include "press/mail.h"
#include "press/model.h"
#include "press/press.h"
#include "press/theme.h"

static struct arena *a;
static struct press press;
static struct err err;

static int set_up(void **state)
{
        struct phrases *phrases = NULL;
        struct str text;

        (void)state;
        a = arena_new((size_t)1 << 28);
        press = (struct press) { .name = STR("The Morning Edition"),
                                 .line = STR("From many papers, one"),
                                 .language = STR("en"),
                                 .url = STR("https://paper.example/"),
                                 .zone = STR("Europe/Berlin"),
                                 .address = STR("The Morning Edition, 12 Long "
                                                "Acre, Port Ambry") };
        press.theme = theme_new(a, NULL, 0);
        assert_true(theme_find(press.theme, STR("phrases/en.txt"), &text));
        assert_ok(phrases_parse(a, text, &phrases, &err), err);
        press.phrases = phrases;
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

static struct str golden_path(const char *name)
{
        return arena_printf(a, "%s/tests/golden/press/%s",
                            getenv("SOURCE_ROOT"), name);
}

static struct issue read_issue(const char *text)
{
        struct edition *e = NULL;
        struct issue issue = { .row = { .id = 1,
                                        .number = 412,
                                        .date = STR("2026-03-06"),
                                        .slug = STR("ports-reopen"),
                                        .published_at = 1772776800,
                                        .updated_at = 1772776800 } };

        assert_ok(copy_read(a, str_c(text), &e, &err), err);
        issue.edition = e;
        issue.row.title = e->title;
        issue.row.number = e->number;
        return issue;
}

static struct issue sample(void)
{
        struct str text;

        assert_ok(file_read(a, golden_path("edition.md").p, LIMIT_COPY_B, &text,
                            &err),
                  err);
        return read_issue(arena_cstr(a, text));
}

static const struct edition_row before = { .number = 411,
                                           .date = { "2026-03-05", 10 },
                                           .slug = { "a-day-before", 12 },
                                           .title = { "Rain & reason", 13 } };

static struct str printed(const struct printed_list *list, const char *path)
{
        for (size_t i = 0; i < list->n; i++)
                if (str_eq(list->items[i].path, str_c(path)))
                        return list->items[i].bytes;
        fail_msg("%s is not printed", path);
        return STR_NULL;
}

static void keep(const char *path, struct str bytes)
{
        const char *out = getenv("PRESS_OUT");

        if (out)
                assert_ok(file_write(arena_printf(a, "%s/%s", out, path).p,
                                     bytes, NULL, &err),
                          err);
}

static void check_golden(const char *name, struct str got)
{
        struct str want;

        if (getenv("BLESS")) {
                assert_ok(file_write(golden_path(name).p, got, NULL, &err),
                          err);
                return;
        }
        assert_ok(
                file_read(a, golden_path(name).p, LIMIT_OUTPUT_B, &want, &err),
                err);
        if (!str_eq(got, want))
                fail_msg("%s differs: look at it, then BLESS=1", name);
}

/* The style sheet is the theme's own file; a page's golden leaves it out. */
static struct str without_css(struct str page)
{
        size_t from = str_find(page, STR("<style>"), 0);
        size_t to = str_find(page, STR("</style>"), from);

        assert_true(from != STR_NONE && to != STR_NONE);
        return arena_printf(a, STR_FMT STR_FMT,
                            STR_ARG(str_sub(page, 0, from + 8)),
                            STR_ARG(str_sub(page, to, page.n - to)));
}

static void whole_edition(void **state)
{
        struct printed_list list = { 0 };
        struct issue issues[2] = { sample(), { .row = before } };

        (void)state;
        assert_ok(press_issue(a, &press, &issues[0], &before, &list, &err),
                  err);
        assert_str(list.items[list.n - 1].path,
                   "2026/03/06/ports-reopen/index.html");
        assert_ok(press_site(a, &press, issues, 2, &list, &err), err);
        assert_str(list.items[list.n - 1].path, "index.html");
        for (size_t i = 0; i < list.n; i++)
                keep(arena_cstr(a, list.items[i].path), list.items[i].bytes);

        check_golden("index.html",
                     without_css(printed(
                             &list, "2026/03/06/ports-reopen/index.html")));
        check_golden("edition.txt",
                     printed(&list, "2026/03/06/ports-reopen/edition.txt"));
        check_golden("agenda.ics",
                     printed(&list, "2026/03/06/ports-reopen/agenda.ics"));
        check_golden("feed.xml", printed(&list, "feed.xml"));
        check_golden("atom.xml", printed(&list, "atom.xml"));
        check_golden("feed.json", printed(&list, "feed.json"));
        check_golden("archive.html",
                     without_css(printed(&list, "archive/index.html")));
        check_golden("sitemap.xml", printed(&list, "sitemap.xml"));
        assert_true(
                str_starts(printed(&list, "2026/03/06/ports-reopen/card.png"),
                           STR("\x89PNG")));
        assert_true(
                str_eq(printed(&list, "index.html"),
                       printed(&list, "2026/03/06/ports-reopen/index.html")));
}

static void letter(void **state)
{
        struct issue issue = sample();
        struct letter_body body;

        (void)state;
        assert_ok(mail_print(a, &press, &issue, &body, &err), err);
        keep("letter.html", body.html);
        keep("letter.txt", body.text);
        check_golden("letter.html", body.html);
        check_golden("letter.txt", body.text);
        assert_str(body.subject, "Ports reopen after week-long strike as "
                                 "dockworkers win rest days");
        assert_true(body.html.n < 80000);
}

/* The page of a copy, kept as NAME.html. */
static struct str page_of(const char *name, const char *copy)
{
        struct printed_list list = { 0 };
        struct issue issue = read_issue(copy);

        assert_ok(press_issue(a, &press, &issue, NULL, &list, &err), err);

        struct str page = list.items[list.n - 1].bytes;

        keep(arena_printf(a, "%s.html", name).p, page);
        return page;
}

#define FRONT(title, language)                                                 \
        "---\nseries: The Morning Edition\nnumber: 1\ndate: 2026-03-06\n"      \
        "title: " title "\nlanguage: " language "\n---\n\n"

static void assert_has(struct str page, const char *want)
{
        if (str_find(page, str_c(want), 0) == STR_NONE)
                fail_msg("there is no %s", want);
}

static void assert_lacks(struct str page, const char *unwanted)
{
        if (str_find(page, str_c(unwanted), 0) != STR_NONE)
                fail_msg("there is a %s", unwanted);
}

static void quiet_days(void **state)
{
        struct str page;

        (void)state;
        page = page_of("quiet", FRONT("Nothing much",
                                      "en") "Good morning. {.greeting}\n");
        assert_has(page, "class=\"quiet\"");
        assert_lacks(page, "<h2");

        page = page_of("lead-only",
                       FRONT("Rain", "en") "Good morning. {.greeting}\n\n"
                                           "# Rain {.lead}\n\nIt rained. "
                                           "[Mercury](https://m.example/r)\n\n"
                                           "## More top stories {.stories}\n");
        assert_lacks(page, "class=\"quiet\"");
        assert_lacks(page, "More top stories");
        assert_lacks(page, "class=\"page wide\"");

        struct printed_list list = { 0 };

        assert_ok(press_site(a, &press, NULL, 0, &list, &err), err);
        keep("first-day.html", printed(&list, "index.html"));
        keep("first-archive.html", printed(&list, "archive/index.html"));
        assert_has(printed(&list, "index.html"),
                   "The first edition is being made");
        assert_has(printed(&list, "feed.xml"), "</channel>");
        assert_has(printed(&list, "feed.json"), "\"items\":[]");
}

/* A day as compose makes it: no agenda, so that opinions stand aside. */
static void composed_day(void **state)
{
        struct str page = page_of(
                "composed",
                FRONT("Ports reopen",
                      "en") "Good morning. {.greeting}\n\n"
                            "# Ports reopen {.lead sources=2}\n\nCranes turned "
                            "at dawn. "
                            "[Harbour Gazette](https://h.example/p)\n\n"
                            "## Two more top stories {.stories}\n\n"
                            "1. **The index passed its high.** It closed at "
                            "39,099. "
                            "[Ledger](https://l.example/i), "
                            "[Post](https://p.example/i) "
                            "{sources=6}\n"
                            "2. **Exclusive: Two bankers threatened to "
                            "leave.** They "
                            "said so. [City Wire](https://c.example/b) "
                            "{exclusive=\"City Wire\" by=\"Adela Finch\"}\n\n"
                            "## The long read {.magazine}\n\n"
                            "**Eleven nights.** A conductor and a cellist. "
                            "\u2014 Imke "
                            "Dorsay, [Courier](https://c.example/e)\n\n"
                            "## We\u2019re also reading {.reading}\n\n"
                            "- **World**: Why not? \u2014 A, B, "
                            "[Mercury](https://m.example/o)\n");

        (void)state;
        assert_has(page, "class=\"page wide\"");
        assert_has(page, "<strong class=\"mark\">Exclusive</strong>");
        assert_has(page, "<strong>Two bankers threatened to leave.</strong>");
        assert_has(page,
                   "<span class=\"sources\"><a "
                   "href=\"https://l.example/i\">Ledger</a>&nbsp;\u00b7 <a "
                   "href=\"https://p.example/i\">Post</a>&nbsp;\u00b7 6 "
                   "sources</span>");
        assert_has(page, "City Wire</a>&nbsp;\u00b7 by Adela Finch</span>");
        assert_has(page, "<span class=\"sources\">Imke Dorsay&nbsp;\u00b7 <a "
                         "href=\"https://c.example/e\">Courier</a></span>");
        assert_has(page, "<span class=\"sources\">A, B&nbsp;\u00b7 <a ");
}

static void other_ways(void **state)
{
        struct phrases *phrases = NULL;
        struct str text, page;

        (void)state;
        assert_true(theme_find(press.theme, STR("phrases/en.txt"), &text));
        assert_ok(phrases_parse(a, text, &phrases, &err), err);
        assert_true(theme_find(press.theme, STR("phrases/ar.txt"), &text));
        assert_ok(phrases_parse(a, text, &phrases, &err), err);
        press.phrases = phrases;
        press.language = STR("ar");
        press.name = STR("صحيفة الصباح");
        press.line = STR("");
        page = page_of(
                "arabic",
                FRONT("الموانئ تفتح من جديد",
                      "ar") "صباح الخير. {.greeting}\n\n"
                            "# الموانئ تفتح من جديد {.lead}\n\n"
                            "عاد عمال الموانئ إلى رافعاتهم عند الفجر. "
                            "[جريدة المرفأ](https://h.example/p)\n\n"
                            "> «طلبنا النوم وحصلنا عليه مكتوبًا.» "
                            "{source=https://h.example/p by=\"المتحدثة\"}\n\n"
                            "## أهم الأخبار الأخرى {.stories}\n\n"
                            "1. **المؤشر تجاوز أعلى مستوياته.** أغلق عند "
                            "39,099. "
                            "[الدفتر](https://l.example/i) {sources=6}\n"
                            "2. **حصري: مصرفيان هددا بالرحيل.** قالا ذلك. "
                            "[سلك المدينة](https://c.example/b)\n\n"
                            "## نقرأ أيضًا {.reading}\n\n"
                            "- **العالم**: لم لا؟ \u2014 فلان، "
                            "[ميركوري](https://m.example/o)\n");
        assert_has(page, "<html lang=\"ar\" dir=\"rtl\">");
        assert_has(page, "<strong class=\"mark\">حصري</strong>");
        assert_has(page, "<span class=\"sources\">فلان&nbsp;\u00b7 <a ");
}

/* What a stranger's headline could try. */
static void hostile_text(void **state)
{
        const char *copy = FRONT(
                "\"Bad </script><script>alert(1)</script>\"",
                "en") "# Bad \\</script>\\<script>alert(1)\\</script> "
                      "{.lead}\n\n"
                      "{{unsubscribe_url}} {{{css}}} \\<img src=x onerror=y> "
                      "[x](javascript:alert%281%29) "
                      "[y](https://e.example/\"onclick=\"z)\n\n"
                      "> q {source=\"javascript:alert(1)\" by=\"\\<b>\"}\n";
        struct str page = page_of("hostile", copy);
        struct issue issue = read_issue(copy);
        struct letter_body body;
        size_t from;

        (void)state;
        assert_lacks(page, "<script>");
        assert_lacks(page, "<img");
        assert_lacks(page, "href=\"javascript:");
        assert_lacks(page, "\"onclick");
        assert_ok(mail_print(a, &press, &issue, &body, &err), err);
        from = str_find(body.html, STR("{{unsubscribe_url}}"), 0);
        assert_true(from != STR_NONE);
        assert_true(str_find(body.html, STR("{{"), from + 2) == STR_NONE);
        from = str_find(body.text, STR("{{unsubscribe_url}}"), 0);
        assert_true(from != STR_NONE);
        assert_true(str_find(body.text, STR("{{unsubscribe_url}}"), from + 2) ==
                    STR_NONE);
}

/* The chart stands on the page, and its files beside it. */
static void charts_are_printed(void **state)
{
        struct printed_list list = { 0 };
        struct issue issue = sample();
        struct letter_body body;
        struct str page, csv;

        (void)state;
        assert_ok(press_issue(a, &press, &issue, NULL, &list, &err), err);
        csv = printed(&list, "2026/03/06/ports-reopen/chart.csv");
        assert_true(str_starts(csv, STR("Year,Close\n1989,38916\n")));
        assert_true(
                str_starts(printed(&list, "2026/03/06/ports-reopen/chart.svg"),
                           STR("<svg ")));
        (void)printed(&list, "2026/03/06/ports-reopen/chart.png");
        (void)printed(&list, "2026/03/06/ports-reopen/chart-letter.png");
        page = printed(&list, "2026/03/06/ports-reopen/index.html");
        assert_has(page, "<svg xmlns");
        assert_has(page, "<a href=\"/2026/03/06/ports-reopen/chart.csv\"");
        assert_has(page, "<details>\n<summary>Table of the figures</summary>");
        assert_ok(mail_print(a, &press, &issue, &body, &err), err);
        assert_has(body.html, "<img src=\"https://paper.example/2026/03/06/"
                              "ports-reopen/chart-letter.png\" width=\"552\"");
        assert_has(body.html, "alt=\"Line chart of closing level, points, "
                              "1989\u20132026, where: ");

        /* What can't be drawn is its words; two charts have two names. */
        issue = read_issue("---\ndate: 2026-03-06\ntitle: T\nlanguage: en\n"
                           "---\n\n## C {.chart}\n\n"
                           "```chart\ntitle: Lost <b>\ndata: gone.csv\n```\n\n"
                           "```chart\ntitle: Found\n\nA,B\nx,1\n```\n");
        list = (struct printed_list) { 0 };
        assert_ok(press_issue(a, &press, &issue, NULL, &list, &err), err);
        (void)printed(&list, "2026/03/06/ports-reopen/chart-2.svg");
        page = printed(&list, "2026/03/06/ports-reopen/index.html");
        assert_has(page, "Lost &lt;b&gt;");
        assert_lacks(page, "chart.svg");
        assert_lacks(page, "chart.csv");
        assert_has(page, "aria-labelledby=\"bc2d\"");
}

static void own_theme(void **state)
{
        const struct theme_file own[] = {
                { STR("page.mustache"), STR("{{title}} by {{name}}{{>foot}}") },
                { STR("foot.mustache"), STR("\n{{#broken}}") },
        };
        struct printed_list list = { 0 };
        struct issue issue = sample();

        (void)state;
        press.theme = theme_new(a, own, 1);
        assert_ok(press_issue(a, &press, &issue, NULL, &list, &err), err);
        assert_true(str_starts(list.items[list.n - 1].bytes,
                               STR("Ports reopen after week-long strike")));

        press.theme = theme_new(a, own, 2);
        assert_int_equal(press_issue(a, &press, &issue, NULL, &list, &err),
                         ERR_INPUT);
        assert_non_null(strstr(err.msg, "foot.mustache, line 2"));
}

/* Ten years of editions: their list and the sitemap, and feeds of the newest.
 */
static void long_archive(void **state)
{
        enum { YEARS_DAYS = 3650 };
        struct issue *issues = arena_array(a, YEARS_DAYS, sizeof(*issues));
        struct printed_list list = { 0 };
        struct issue first = sample();

        (void)state;
        for (int i = 0; i < YEARS_DAYS; i++) {
                struct civil c = { .year = 2026, .month = 3, .day = 6 - i };

                c = time_to_civil(time_from_civil(&c));
                issues[i] = first;
                issues[i].row.date = arena_printf(a, "%04d-%02d-%02d", c.year,
                                                  c.month, c.day);
                if (i >= PRESS_FEED_ISSUES)
                        issues[i].edition = NULL;
        }
        assert_ok(press_site(a, &press, issues, YEARS_DAYS, &list, &err), err);
        assert_has(printed(&list, "archive/index.html"), "Saturday, 7 March");
        assert_has(printed(&list, "sitemap.xml"), "/2016/03/");
        assert_lacks(printed(&list, "feed.xml"), "/2026/02/14/");
        assert_has(printed(&list, "feed.xml"), "/2026/02/15/");
}

UNIT_MAIN(cmocka_unit_test_setup_teardown(whole_edition, set_up, tear_down),
          cmocka_unit_test_setup_teardown(letter, set_up, tear_down),
          cmocka_unit_test_setup_teardown(quiet_days, set_up, tear_down),
          cmocka_unit_test_setup_teardown(composed_day, set_up, tear_down),
          cmocka_unit_test_setup_teardown(other_ways, set_up, tear_down),
          cmocka_unit_test_setup_teardown(hostile_text, set_up, tear_down),
          cmocka_unit_test_setup_teardown(charts_are_printed, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(own_theme, set_up, tear_down),
          cmocka_unit_test_setup_teardown(long_archive, set_up, tear_down))

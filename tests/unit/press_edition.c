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
#include "press/page.h"
#include "press/press.h"
#include "press/quiz.h"
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

/* --- the quiz --- */

#define QUIZ_COPY                                                              \
        "---\nseries: S\nnumber: 412\ndate: 2026-03-06\ntitle: T\n"            \
        "language: en\n---\n\n# Lead {.lead story=1}\n\nText of it.\n\n"       \
        "## How well did you follow? {.quiz}\n\n"                              \
        "```quiz\nkeep: yes\nabout: Ports reopen "                             \
        "https://paper.example/2026/03/02/x/\n"                                \
        "question: The strike held ____ ships & crews.\n"                      \
        "- [ ] 3107\n- [x] 6209\n- [ ] 9301\nbecause: The strike held 6209 "   \
        "ships & crews.\nsource: The Ledger https://ledger.example/a\n"        \
        "score: 70 (kind 20)\n```\n\n"                                         \
        "```quiz\nkeep: yes\nquestion: Bonds fell to ____ per cent.\n"         \
        "min: 0\nmax: 100\nanswer: 31.5\nstep: 0.5\ntolerance: 5\n"            \
        "because: Bonds fell to 31.5 per cent in Sollenport.\n"                \
        "source: Wire javascript:alert(1)\n```\n\n"                            \
        "```quiz\nkeep: no\nquestion: The unkept ____ one.\n"                  \
        "- [ ] left\n- [x] right\n```\n"

/* The same before its editor put it right. */
#define QUIZ_BEFORE                                                            \
        "---\nseries: S\nnumber: 412\ndate: 2026-03-06\ntitle: T\n"            \
        "language: en\n---\n\n# Lead {.lead story=1}\n\nText of it.\n\n"       \
        "## How well did you follow? {.quiz}\n\n"                              \
        "```quiz\nkeep: yes\nquestion: A strike held ____ ships.\n"            \
        "- [ ] 3107\n- [x] 6209\n"                                             \
        "because: A strike held 6209 ships.\n```\n"

static struct quiz_asked quiz_of(const struct issue *issue)
{
        struct quiz_asked asked = quiz_asked(a, issue->edition);

        assert_int_equal(asked.n, 2);
        return asked;
}

/* Nothing that is printed before the answers are sent tells one. */
static void quiz_tells_no_answer(void **state)
{
        static const char *const secret[] = { "[x]",        "held 6209",
                                              "31.5",       "because:",
                                              "tolerance",  "unkept",
                                              "Sollenport", "score:" };
        struct issue issue = read_issue(QUIZ_COPY);
        struct printed_list list = { 0 };
        struct letter_body body;
        struct version versions[2] = {
                { .at = issue.row.published_at,
                  .edition = read_issue(QUIZ_BEFORE).edition },
                { .at = issue.row.published_at + 3600,
                  .note = STR("The question was wrong."),
                  .edition = issue.edition },
        };

        (void)state;
        /* Nor do its corrections. */
        issue.versions = versions;
        issue.n_versions = 2;
        press.marks_quiz = true;
        assert_ok(press_issue(a, &press, &issue, NULL, &list, &err), err);
        assert_has(printed(&list, "2026/03/06/ports-reopen/history/index.html"),
                   "The question was wrong.");
        assert_ok(press_site(a, &press, &issue, 1, &list, &err), err);
        assert_ok(mail_print(a, &press, &issue, &body, &err), err);
        page_add(a, &list, STR("letter.html"), body.html);
        page_add(a, &list, STR("letter.txt"), body.text);
        for (size_t i = 0; i < list.n; i++)
                for (size_t k = 0; k < sizeof(secret) / sizeof(*secret); k++)
                        if (str_find(list.items[i].bytes, str_c(secret[k]),
                                     0) != STR_NONE)
                                fail_msg("\"%s\" stands in " STR_FMT, secret[k],
                                         STR_ARG(list.items[i].path));
}

static void quiz_is_a_form(void **state)
{
        struct issue issue = read_issue(QUIZ_COPY);
        struct printed_list list = { 0 };
        struct letter_body body;
        struct str page, text;
        struct quiz_asked asked = quiz_of(&issue);

        (void)state;
        press.marks_quiz = true;
        assert_ok(press_issue(a, &press, &issue, NULL, &list, &err), err);
        page = printed(&list, "2026/03/06/ports-reopen/index.html");
        keep("quiz.html", page);
        assert_true(str_find(page,
                             STR("<form id=\"quiz\" method=\"post\" "
                                 "action=\"/quiz/2026-03-06\">"),
                             0) != STR_NONE);
        assert_true(
                str_find(page,
                         arena_printf(a,
                                      "<input type=\"radio\" name=\"" STR_FMT
                                      "\" value=\"2\"> <span>6209</span>",
                                      STR_ARG(asked.items[0]->id)),
                         0) != STR_NONE);
        assert_true(str_find(page,
                             STR("min=\"0.0\" max=\"100.0\" step=\"0.5\""),
                             0) != STR_NONE);
        text = printed(&list, "2026/03/06/ports-reopen/edition.txt");
        assert_true(str_find(text, STR("Take the quiz (2 questions):"), 0) !=
                    STR_NONE);
        assert_ok(mail_print(a, &press, &issue, &body, &err), err);
        assert_true(str_find(body.html,
                             STR("https://paper.example/2026/03/06/"
                                 "ports-reopen/#quiz"),
                             0) != STR_NONE);
        assert_true(str_find(body.html, STR("<input"), 0) == STR_NONE);
}

/* Where only files are served: the answers on a page of their own. */
static void quiz_without_server(void **state)
{
        struct issue issue = read_issue(QUIZ_COPY);
        struct printed_list list = { 0 };
        struct str page, answers;

        (void)state;
        press.marks_quiz = false;
        assert_ok(press_issue(a, &press, &issue, NULL, &list, &err), err);
        page = printed(&list, "2026/03/06/ports-reopen/index.html");
        answers = printed(&list, "2026/03/06/ports-reopen/answers/index.html");
        keep("quiz-answers.html", answers);
        assert_true(str_find(page, STR("<form"), 0) == STR_NONE);
        assert_true(str_find(page, STR("ports-reopen/answers/\">"), 0) !=
                    STR_NONE);
        assert_true(str_find(page, STR("held 6209"), 0) == STR_NONE);
        assert_true(str_find(answers, STR("The answer: 6209."), 0) != STR_NONE);
        assert_true(str_find(answers, STR("noindex"), 0) != STR_NONE);
        assert_true(str_find(answers, STR("href=\"javascript:"), 0) ==
                    STR_NONE);
}

/* No question kept: no section. */
static void quiz_unkept(void **state)
{
        struct str page = page_of(
                "quiz-unkept",
                "---\ndate: 2026-03-06\ntitle: T\nlanguage: en\n---\n\nHi.\n\n"
                "## How well? {.quiz}\n\n```quiz\nkeep: no\nquestion: A ____\n"
                "- [x] b\n- [ ] c\n```\n");

        (void)state;
        assert_true(str_find(page, STR("How well?"), 0) == STR_NONE);
        assert_true(str_find(page, STR("class=\"quiz\""), 0) == STR_NONE);
}

static void quiz_is_marked(void **state)
{
        static const struct {
                const char *first, *second;
                enum quiz_verdict one, two;
        } rows[] = {
                { "2", "31.5", QUIZ_RIGHT, QUIZ_RIGHT },
                { "1", "36,5", QUIZ_WRONG, QUIZ_RIGHT },
                { "3", "26.5", QUIZ_WRONG, QUIZ_RIGHT },
                { "4", "37", QUIZ_UNANSWERED, QUIZ_WRONG },
                { "0", "26", QUIZ_UNANSWERED, QUIZ_WRONG },
                { "", "", QUIZ_UNANSWERED, QUIZ_UNANSWERED },
                { "-1", "1e999", QUIZ_UNANSWERED, QUIZ_UNANSWERED },
                { "2x", "nan", QUIZ_UNANSWERED, QUIZ_UNANSWERED },
                { "18446744073709551618", "31.531.5", QUIZ_UNANSWERED,
                  QUIZ_UNANSWERED },
        };
        struct issue issue = read_issue(QUIZ_COPY);
        struct quiz_asked asked = quiz_of(&issue);

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                const struct quiz_given given[] = {
                        { STR("other"), STR("2") },
                        { asked.items[0]->id, str_c(rows[i].first) },
                        { asked.items[1]->id, str_c(rows[i].second) },
                        { asked.items[0]->id, STR("2") }, /* the first counts */
                };
                struct quiz_mark marks[2];

                quiz_marks(a, &asked, given, 4, marks);
                assert_int_equal(marks[0].verdict, rows[i].one);
                assert_int_equal(marks[1].verdict, rows[i].two);
        }
}

static struct str result_of(const struct issue *issue,
                            const struct quiz_mark *marks,
                            const struct quiz_tallies *tallies)
{
        const struct quiz_result result = { issue, marks, tallies };
        struct buf b;
        struct str s;

        buf_init(&b, LIMIT_OUTPUT_B);
        assert_ok(quiz_print_result(a, &press, &result, &b, &err), err);
        s = arena_str(a, buf_str(&b));
        buf_done(&b);
        return s;
}

static void quiz_has_a_result(void **state)
{
        struct issue issue = read_issue(QUIZ_COPY);
        struct quiz_asked asked = quiz_of(&issue);
        const struct quiz_mark marks[] = { { QUIZ_RIGHT, STR("6209") },
                                           { QUIZ_WRONG, STR("<99>") } };
        struct quiz_tally counted[] = { { asked.items[0]->id, 7, 3 },
                                        { asked.items[1]->id, 1, 0 } };
        const struct quiz_tallies tallies = { counted, 2 };
        static const char *const parts[] = {
                "You have 1 of 2 right",
                "3 of 7 readers had it right.",
                "You said: &lt;99&gt;.",
                "31.5 (anything from 26.5 to 36.5 counts)",
                "The strike held 6209 ships &amp; crews.",
                "<a href=\"https://ledger.example/a\">The Ledger</a>",
                ("1 of 2 right in the news quiz of The Morning Edition: "
                 "https://paper.example/2026/03/06/ports-reopen/#quiz"),
        };
        struct str page;

        (void)state;
        press.marks_quiz = true;
        page = result_of(&issue, marks, &tallies);
        keep("quiz-result.html", page);
        for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
                if (str_find(page, str_c(parts[i]), 0) == STR_NONE)
                        fail_msg("no \"%s\"", parts[i]);
        /* The one who answered is no other. */
        assert_true(str_find(page, STR("0 of 1"), 0) == STR_NONE);
}

#define FRONT(title, language)                                                 \
        "---\nseries: The Morning Edition\nnumber: 1\ndate: 2026-03-06\n"      \
        "title: " title "\nlanguage: " language "\n---\n\n"

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
          cmocka_unit_test_setup_teardown(quiz_tells_no_answer, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(quiz_is_a_form, set_up, tear_down),
          cmocka_unit_test_setup_teardown(quiz_without_server, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(quiz_unkept, set_up, tear_down),
          cmocka_unit_test_setup_teardown(quiz_is_marked, set_up, tear_down),
          cmocka_unit_test_setup_teardown(quiz_has_a_result, set_up, tear_down),
          cmocka_unit_test_setup_teardown(long_archive, set_up, tear_down))

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

UNIT_MAIN(cmocka_unit_test_setup_teardown(whole_edition, set_up, tear_down),
          cmocka_unit_test_setup_teardown(letter, set_up, tear_down))

/* An agenda's dates: in the words of each language, and as a calendar that our
 * own reader reads again. */

#include "unit.h"

#include <stdio.h>

#include "base/file.h"
#include "base/time.h"
#include "conf/phrases.h"
#include "edition/copy.h"
#include "press/dates.h"
#include "press/day.h"
#include "wire/calendar.h"

#define ARENA_B ((size_t)64 << 20)

static void test_clocks(void **state)
{
        static const struct {
                const char *language;
                int hour, minute;
                const char *want;
        } cases[] = {
                { "en", 14, 0, "2pm" },       { "en", 9, 5, "9:05am" },
                { "en", 0, 0, "12am" },       { "en-US", 14, 30, "2:30pm" },
                { "en-GB", 14, 30, "14:30" }, { "de", 14, 0, "14 Uhr" },
                { "de", 14, 30, "14:30" },    { "fr", 14, 0, "14 h" },
                { "es", 14, 0, "14:00" },     { "ja", 14, 0, "14時" },
                { "it", 9, 0, "09:00" },      { "", 14, 0, "2pm" },
        };
        struct arena *a = arena_new(ARENA_B);

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct civil c = { .year = 2026,
                                   .month = 3,
                                   .day = 6,
                                   .hour = cases[i].hour,
                                   .minute = cases[i].minute };
                struct str got = day_clock(a, str_c(cases[i].language), &c);
                struct str words = STR("");

                /* ICU parts some of them by other blanks. */
                for (size_t k = 0; k < got.n; k++) {
                        bool is_blank = (unsigned char)got.p[k] == 0xC2 ||
                                        (unsigned char)got.p[k] == 0xE2;
                        size_t skip = (unsigned char)got.p[k] == 0xC2 ? 1 : 2;

                        words = is_blank ? arena_printf(a, STR_FMT " ",
                                                        STR_ARG(words))
                                         : arena_printf(a, STR_FMT "%c",
                                                        STR_ARG(words),
                                                        got.p[k]);
                        k += is_blank ? skip : 0;
                }
                assert_str(words, cases[i].want);
        }
        assert_str(day_city(a, STR("de"), STR("Asia/Tokyo")), "Tokio");
        assert_str(day_city(a, STR("en"), STR("America/New_York")), "New York");
        arena_free(a);
}

struct paper {
        struct arena *a;
        struct press press;
        struct issue issue;
};

static void open_page(struct paper *p, const char *items)
{
        struct phrases *phrases = NULL;
        struct edition *e;
        struct err err = { 0 };
        struct str text;

        *p = (struct paper) { .a = arena_new(ARENA_B) };
        assert_ok(file_read(p->a,
                            arena_printf(p->a, "%s/theme/phrases/en.txt",
                                         getenv("SOURCE_ROOT"))
                                    .p,
                            1 << 20, &text, &err),
                  err);
        assert_ok(phrases_parse(p->a, text, &phrases, &err), err);
        text = arena_printf(p->a,
                            "---\nseries: Paper\nnumber: 1\ndate: 2026-03-06\n"
                            "title: x\nlanguage: en\n---\n## Ahead {.agenda}\n"
                            "\n%s",
                            items);
        assert_ok(copy_read(p->a, text, &e, &err), err);
        p->press = (struct press) { .name = STR("Paper; daily"),
                                    .url = STR("https://paper.example/"),
                                    .zone = STR("Europe/Lisbon"),
                                    .phrases = phrases };
        p->issue = (struct issue) { .row = { .date = STR("2026-03-06"),
                                             .slug = STR("x"),
                                             .published_at = 1772776800 },
                                    .edition = e };
}

static void test_words(void **state)
{
        static const struct {
                const char *attrs, *clock, *note;
        } cases[] = {
                { "at=2026-03-06T14:00+00:00", "2pm", "" },
                { "at=2026-03-06", "", "" },
                { "", "", "" },
                { "at=2026-03-06T14:00+01:00 zone=Europe/Berlin "
                  "place=Frankfurt",
                  "2pm in Frankfurt", "" },
                { "at=2026-03-06T14:00+01:00 zone=Europe/Berlin "
                  "place=\"Frankfurt, Germany\" expected=2% previous=1% "
                  ".tentative",
                  "2pm in Frankfurt",
                  "Expected 2% · Previous 1% · Not confirmed" },
                { "at=2026-03-06T14:00+01:00 zone=Europe/Berlin "
                  "place=\"Room 5\"",
                  "2pm in Berlin", "Room 5" },
                { "at=2026-03-06T14:00+01:00 zone=Europe/Berlin",
                  "2pm in Berlin", "" },
                /* Its clock is the press's own. */
                { "at=2026-03-06T14:00+00:00 zone=Europe/London place=Leeds",
                  "2pm", "Leeds" },
                { "at=2026-03-06T14:00+00:00 place=Leeds", "2pm", "Leeds" },
                { "at=2026-07-06T14:00+00:00 zone=UTC", "2pm UTC", "" },
                { "at=2026-03-06T14:00+01:00 zone=Mars/Olympus", "2pm", "" },
                { "at=2026-03-06Tnoon!", "12am", "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct paper p;
                bool is_placed;

                char line[300];

                snprintf(line, sizeof(line),
                         *cases[i].attrs ? "- Vote. {%s}\n" : "- Vote.%s\n",
                         cases[i].attrs);
                open_page(&p, line);

                const struct block_maker m = { .a = p.a,
                                               .press = &p.press,
                                               .edition = p.issue.edition };
                const struct block *item =
                        &p.issue.edition->sections[0].blocks[0].children[0];

                assert_str(dates_clock(&m, item, &is_placed), cases[i].clock);
                assert_str(dates_note(&m, item), cases[i].note);
                arena_free(p.a);
        }
}

static void check_lines(struct str text)
{
        struct str line;

        while (str_cut(&text, '\n', &line)) {
                if (!text.p)
                        break;
                assert_true(line.n && line.p[line.n - 1] == '\r');
                assert_true(line.n - 1 <= 75);
        }
        assert_int_equal(line.n, 0);
}

static void test_calendar(void **state)
{
        static const struct calendar_wish wish = { STR_INIT("UTC"), 1772755200,
                                                   1773360000 };
        struct calendar cal;
        struct err err = { 0 };
        struct paper p;
        struct str text;

        (void)state;
        open_page(&p,
                  "- **Rates**: The minutes; all of them, öäüöäüöäüöäüöäüöäüöäü"
                  "öäüöäüöäüöäüöäüöäü at once. [Bank](https://bank.example/1) "
                  "{at=2026-03-06T14:00+01:00 until=2026-03-06T15:30+01:00 "
                  "place=\"Frankfurt, \\\\ Main\" expected=\"2,4 %\" "
                  "previous=2% .tentative event=9}\n"
                  "- Holiday. {at=2026-03-07 until=2026-03-08}\n"
                  "- No date.\n- Odd. {at=soon}\n"
                  "- Odd too. {at=2026-03-06T14:xx+01:00}\n");
        assert_ok(dates_calendar(p.a, &p.press, &p.issue, &text, &err), err);
        check_lines(text);
        assert_ok(calendar_read(p.a, text, &wish, &cal, &err), err);
        assert_str(cal.title, "Paper; daily");
        assert_int_equal(cal.n_items, 2);
        assert_str(cal.items[0].category, "Rates");
        assert_str(cal.items[0].title,
                   "The minutes; all of them, öäüöäüöäüöäüöäüöäüöäüöäüöäüöäüöäü"
                   "öäüöäü at once");
        assert_true(cal.items[0].start_at == 1772802000);
        assert_true(cal.items[0].end_at == 1772802000 + 5400);
        assert_str(cal.items[0].place, "Frankfurt, \\ Main");
        assert_str(cal.items[0].expected, "2,4 %");
        assert_str(cal.items[0].url, "https://bank.example/1");
        assert_true(cal.items[0].is_tentative);
        assert_str(cal.items[1].title, "Holiday");
        assert_true(cal.items[1].is_all_day);
        assert_int_equal(cal.items[1].end_at - cal.items[1].start_at,
                         2 * TIME_DAY_S);
        arena_free(p.a);
}

static void test_no_calendar(void **state)
{
        struct err err = { 0 };
        struct paper p;
        struct str text;

        (void)state;
        open_page(&p, "- Nothing dated.\n");
        assert_false(dates_there(p.issue.edition));
        assert_ok(dates_calendar(p.a, &p.press, &p.issue, &text, &err), err);
        assert_null(text.p);
        arena_free(p.a);
}

UNIT_MAIN(cmocka_unit_test(test_clocks), cmocka_unit_test(test_words),
          cmocka_unit_test(test_calendar), cmocka_unit_test(test_no_calendar))

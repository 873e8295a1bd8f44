/* Events from named texts, and from tables. */

#include "unit.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "edition/event_table.h"

#define ARENA_B ((size_t)64 << 20)

static int64_t at(const char *s)
{
        struct err err = { 0 };
        int64_t t;

        assert_ok(time_parse_rfc3339(str_c(s), &t, &err), err);
        return t;
}

static void test_times(void **state)
{
        static const struct {
                const char *start, *time, *end, *zone, *want, *want_end;
                bool is_day;
        } cases[] = {
                { "2026-03-06", "", "", "", "2026-03-06", "", true },
                { "2026-03-06", "", "2026-03-08", "", "2026-03-06",
                  "2026-03-09", true },
                { "2026-03-06T14:00", "", "", "", "2026-03-06T13:00:00Z", "",
                  false },
                { "2026-03-06 9:05", "", "2026-03-06T10:00", "",
                  "2026-03-06T08:05:00Z", "2026-03-06T09:00:00Z", false },
                { "2026-03-06", "14:00:30", "", "Asia/Tokyo",
                  "2026-03-06T05:00:30Z", "", false },
                { "2026-03-06T14:00+05:30", "", "", "Asia/Tokyo",
                  "2026-03-06T08:30:00Z", "", false },
                { "2026-03-06T14:00:00Z", "", "", "", "2026-03-06T14:00:00Z",
                  "", false },
        };
        struct arena *a = arena_new(ARENA_B);
        struct err err = { 0 };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct event_fields f = { .zone = STR("Europe/Berlin") };
                struct event e;

                f.values[EVENT_TITLE] = STR("Vote");
                f.values[EVENT_START] = str_c(cases[i].start);
                f.values[EVENT_TIME] = str_c(cases[i].time);
                f.values[EVENT_END] = str_c(cases[i].end);
                f.values[EVENT_ZONE] = str_c(cases[i].zone);
                assert_ok(event_from_fields(a, &f, &e, &err), err);
                assert_true(e.start_at == at(cases[i].want));
                assert_int_equal(e.is_all_day, cases[i].is_day);
                assert_true(e.end_at == (*cases[i].want_end
                                                 ? at(cases[i].want_end)
                                                 : TIME_NONE));
                assert_int_equal(e.importance, EVENT_NORMAL);
        }
        arena_free(a);
}

static void test_what_is_refused(void **state)
{
        static const struct {
                enum event_field field;
                const char *value, *told;
        } cases[] = {
                { EVENT_START, "", "start: an event needs one" },
                { EVENT_START, "6.3.2026", "start: \"6.3.2026\" is no time" },
                { EVENT_START, "2026-02-30", "is no time" },
                { EVENT_START, "2026-03-06T25:00", "is no time" },
                { EVENT_START, "2026-03-06T14:61", "is no time" },
                { EVENT_START, "2026-03-06T14:00+99:00", "is no time" },
                { EVENT_START, "2026-03-06x14:00", "is no time" },
                { EVENT_START, "2026-03-06T14:00 o'clock", "is no time" },
                { EVENT_END, "2026-03-05T00:00", "does not come after" },
                { EVENT_END, "2026-03-07", "does not come after" },
                { EVENT_TITLE, " ", "title: an event needs one" },
                { EVENT_ZONE, "Mars/Olympus", "no time zone \"Mars/Olympus\"" },
                { EVENT_IMPORTANCE, "huge", "importance: \"huge\" is not low" },
                { EVENT_TENTATIVE, "maybe", "tentative: \"maybe\" is not yes" },
                { EVENT_URL, "javascript:alert(1)", "url: \"javascript:" },
        };
        struct arena *a = arena_new(ARENA_B);

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct event_fields f = { .zone = STR("UTC") };
                struct event e;
                struct err err = { 0 };

                f.values[EVENT_TITLE] = STR("Vote");
                f.values[EVENT_START] = STR("2026-03-06T14:00");
                f.values[cases[i].field] = str_c(cases[i].value);
                assert_int_equal(event_from_fields(a, &f, &e, &err), ERR_INPUT);
                if (!strstr(err.msg, cases[i].told))
                        fail_msg("\"%s\" lacks \"%s\"", err.msg, cases[i].told);
        }
        arena_free(a);
}

static void test_texts_are_plain_and_bounded(void **state)
{
        struct arena *a = arena_new(ARENA_B);
        struct event_fields f = { .zone = STR("UTC") };
        char long_text[10000];
        struct err err = { 0 };
        struct event e;

        (void)state;
        memset(long_text, 'x', sizeof(long_text));
        f.values[EVENT_START] = STR("2026-03-06");
        f.values[EVENT_TITLE] = (struct str) { long_text, sizeof(long_text) };
        f.values[EVENT_EXPECTED] = f.values[EVENT_TITLE];
        f.values[EVENT_CATEGORY] = STR("two\n\xff lines");
        assert_ok(event_from_fields(a, &f, &e, &err), err);
        assert_int_equal(e.title.n, LIMIT_TITLE_B);
        assert_int_equal(e.expected.n, LIMIT_FIGURE_B);
        assert_str(e.category, "two \xEF\xBF\xBD lines");
        arena_free(a);
}

/* Columns in any order, by any of their names; each wrong line alone. */
static void test_a_table(void **state)
{
        struct str text = STR("\xEF\xBB\xBFLocation; Time Zone;EVENT;nonsense;"
                              "Date;time\r\n"
                              "Frankfurt;Europe/Berlin;Minutes;;2026-03-06;"
                              "14:00\r\n"
                              ";;;;2026-03-06;\r\n"
                              ";;\"Broken;;2026-03-06;\r\n"
                              ";;Vote;;soon;\r\n"
                              ";;Vote;;2026-03-08;\r\n");
        static const struct {
                int got;
                const char *what;
        } want[] = {
                { 1, "Minutes" },
                { ERR_INPUT, "line 3: title" },
                { ERR_INPUT, "line 4: " },
                { ERR_INPUT, "line 5: start: \"soon\"" },
                { 1, "Vote" },
                { 0, "" },
        };
        struct arena *a = arena_new(ARENA_B);
        struct event_table t;
        struct err err = { 0 };

        (void)state;
        assert_ok(event_table_open(a, text, STR("UTC"), &t, &err), err);
        for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
                struct event e = { 0 };

                assert_int_equal(event_table_next(a, &t, &e, &err),
                                 want[i].got);
                if (want[i].got == 1)
                        assert_str(e.title, want[i].what);
                else if (want[i].got < 0 && !strstr(err.msg, want[i].what))
                        fail_msg("\"%s\" lacks \"%s\"", err.msg, want[i].what);
        }
        arena_free(a);
}

static void test_no_table(void **state)
{
        static const struct {
                const char *text, *told;
        } cases[] = {
                { "", "empty" },
                { "\n\n", "empty" },
                { "name,price\nx,1\n", "has to name the columns" },
                { "title\nx\n", "has to name the columns" },
                { "\"title,start\n", "line 1" },
        };
        struct arena *a = arena_new(ARENA_B);

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct event_table t;
                struct err err = { 0 };

                assert_int_equal(event_table_open(a, str_c(cases[i].text),
                                                  STR("UTC"), &t, &err),
                                 ERR_INPUT);
                assert_non_null(strstr(err.msg, cases[i].told));
        }
        arena_free(a);
}

static void test_too_long_a_table(void **state)
{
        struct arena *a = arena_new(ARENA_B);
        struct event_table t;
        struct err err = { 0 };
        struct event e;
        struct buf b;
        size_t n = 0;
        int rc;

        (void)state;
        buf_init(&b, ARENA_B);
        buf_puts(&b, "start,title\n");
        for (int i = 0; i < 2 * LIMIT_EVENTS; i++)
                buf_puts(&b, "2026-03-06,x\n");
        assert_ok(event_table_open(a, buf_str(&b), STR("UTC"), &t, &err), err);
        while ((rc = event_table_next(a, &t, &e, &err)) == 1)
                n++;
        assert_int_equal(rc, ERR_LIMIT);
        assert_int_equal(n, LIMIT_EVENTS);
        assert_non_null(strstr(err.msg, "line 5002"));
        buf_done(&b);
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(test_times), cmocka_unit_test(test_what_is_refused),
          cmocka_unit_test(test_texts_are_plain_and_bounded),
          cmocka_unit_test(test_a_table), cmocka_unit_test(test_no_table),
          cmocka_unit_test(test_too_long_a_table))

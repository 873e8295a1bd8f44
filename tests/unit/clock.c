#include "unit.h"

#include "base/buf.h"
#include "base/time.h"
#include "conf/clock.h"
#include "conf/conf.h"

static int64_t at(const char *text)
{
        int64_t t;

        assert_int_equal(time_parse_rfc3339(str_c(text), &t, NULL), 0);
        return t;
}

static void days_are_read(void **state)
{
        static const struct {
                const char *text;
                unsigned days;
        } rows[] = {
                { "mon-sun", 0x7F },     { "mon-fri", 0x1F },
                { "mon,wed,fri", 0x15 }, { "Mon, Wed - Fri", 0x1D },
                { "sat-mon", 0x61 },     { "sun", 0x40 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct err err = { 0 };
                unsigned days = 0;

                assert_ok(clock_parse_days(str_c(rows[i].text), &days, &err),
                          err);
                assert_int_equal(days, rows[i].days);
        }
}

static void wrong_days_are_named(void **state)
{
        static const char *const rows[] = { "",         "monday",  "mon-",
                                            "mon,,fri", "mon-fry", "," };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct err err = { 0 };
                unsigned days = 99;

                assert_int_equal(clock_parse_days(str_c(rows[i]), &days, &err),
                                 ERR_INPUT);
                assert_int_equal(days, 99);
                assert_non_null(strstr(err.msg, "clock.days"));
        }
}

struct due {
        const char *zone, *days;
        int compose, publish;
        const char *now, *date, *compose_at, *publish_at, *next;
};

/* 2026-03-06 is a Friday. New York goes to summer time on 2026-03-08 at 02:00,
 * Berlin on 2026-03-29; Berlin goes back on 2026-10-25 at 03:00. */
static const struct due dues[] = {
        { "UTC", "mon-sun", 330, 360, "2026-03-06T05:30:00Z", "2026-03-06",
          "2026-03-06T05:30:00Z", "2026-03-06T06:00:00Z",
          "2026-03-07T05:30:00Z" },
        { "UTC", "mon-sun", 330, 360, "2026-03-06T05:29:59Z", "2026-03-05",
          "2026-03-05T05:30:00Z", "2026-03-05T06:00:00Z",
          "2026-03-06T05:30:00Z" },
        /* Over the weekend: Friday was last, Monday is next. */
        { "UTC", "mon-fri", 330, 360, "2026-03-08T12:00:00Z", "2026-03-06",
          "2026-03-06T05:30:00Z", "2026-03-06T06:00:00Z",
          "2026-03-09T05:30:00Z" },
        /* One day a week. */
        { "UTC", "sun", 330, 360, "2026-03-07T12:00:00Z", "2026-03-01",
          "2026-03-01T05:30:00Z", "2026-03-01T06:00:00Z",
          "2026-03-08T05:30:00Z" },
        { "UTC", "sun", 330, 360, "2026-03-08T05:30:00Z", "2026-03-08",
          "2026-03-08T05:30:00Z", "2026-03-08T06:00:00Z",
          "2026-03-15T05:30:00Z" },
        /* The zone's day is not UTC's. */
        { "Pacific/Auckland", "mon-sun", 330, 360, "2026-03-05T16:30:00Z",
          "2026-03-06", "2026-03-05T16:30:00Z", "2026-03-05T17:00:00Z",
          "2026-03-06T16:30:00Z" },
        /* The hour stays on the wall when the offset changes. */
        { "Europe/Berlin", "mon-sun", 330, 360, "2026-03-28T12:00:00Z",
          "2026-03-28", "2026-03-28T04:30:00Z", "2026-03-28T05:00:00Z",
          "2026-03-29T03:30:00Z" },
        { "Europe/Berlin", "mon-sun", 330, 360, "2026-10-24T12:00:00Z",
          "2026-10-24", "2026-10-24T03:30:00Z", "2026-10-24T04:00:00Z",
          "2026-10-25T04:30:00Z" },
        /* 02:30 doesn't exist that day: 03:30 it is. */
        { "America/New_York", "mon-sun", 150, 360, "2026-03-07T12:00:00Z",
          "2026-03-07", "2026-03-07T07:30:00Z", "2026-03-07T11:00:00Z",
          "2026-03-08T07:30:00Z" },
        /* Composed the evening before. */
        { "UTC", "mon-sun", 1320, 360, "2026-03-06T22:30:00Z", "2026-03-07",
          "2026-03-06T22:00:00Z", "2026-03-07T06:00:00Z",
          "2026-03-07T22:00:00Z" },
        { "UTC", "mon-fri", 1320, 360, "2026-03-06T23:00:00Z", "2026-03-06",
          "2026-03-05T22:00:00Z", "2026-03-06T06:00:00Z",
          "2026-03-08T22:00:00Z" },
};

static struct clock_plan plan_of(const struct due *d)
{
        struct clock_plan plan = { .zone = str_c(d->zone),
                                   .compose_min = d->compose,
                                   .publish_min = d->publish };

        assert_int_equal(clock_parse_days(str_c(d->days), &plan.days, NULL), 0);
        return plan;
}

static void the_last_and_next_edition_are_found(void **state)
{
        (void)state;
        for (size_t i = 0; i < sizeof(dues) / sizeof(*dues); i++) {
                const struct due *d = &dues[i];
                struct clock_plan plan = plan_of(d);
                struct clock_day last = clock_last(&plan, at(d->now));
                struct clock_day next = clock_next(&plan, at(d->now));
                struct buf b;

                buf_init(&b, 64);
                time_put_date(&b, &last.date);
                assert_str(buf_str(&b), d->date);
                buf_done(&b);
                assert_int_equal(last.compose_at, at(d->compose_at));
                assert_int_equal(last.publish_at, at(d->publish_at));
                assert_int_equal(next.compose_at, at(d->next));
        }
}

static void each_day_of_a_year_has_one_edition(void **state)
{
        static const char *const zones[] = { "UTC", "Europe/Berlin",
                                             "America/New_York", "Pacific/Apia",
                                             "Australia/Lord_Howe" };

        (void)state;
        for (size_t z = 0; z < sizeof(zones) / sizeof(*zones); z++) {
                struct clock_plan plan = { .zone = str_c(zones[z]),
                                           .compose_min = 150,
                                           .publish_min = 180,
                                           .days = 0x7F };
                int64_t now = at("2026-01-01T12:00:00Z");
                int64_t before = 0;

                for (int i = 0; i < 366; i++) {
                        struct clock_day d = clock_next(&plan, now);
                        int64_t day = time_from_civil(&d.date);

                        assert_true(d.compose_at > now);
                        assert_true(d.publish_at >= d.compose_at);
                        if (before)
                                assert_int_equal(day, before + TIME_DAY_S);
                        before = day;
                        now = d.compose_at;
                        d = clock_last(&plan, now);
                        assert_int_equal(time_from_civil(&d.date), before);
                }
        }
}

static void old_editions_are_let_go(void **state)
{
        static const struct {
                const char *days;
                int compose;
                const char *now;
                bool is_current;
        } rows[] = {
                { "mon-fri", 330, "2026-03-06T05:30:00Z", true },
                { "mon-fri", 330, "2026-03-06T23:59:59Z", true },
                { "mon-fri", 330, "2026-03-07T00:00:00Z", false },
                { "mon-fri", 330, "2026-03-08T12:00:00Z", false },
                { "mon-fri", 1320, "2026-03-08T22:00:00Z", true },
                { "mon-sun", 330, "2026-03-07T05:00:00Z", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct due d = { "UTC", rows[i].days, rows[i].compose,
                                 360,   NULL,         NULL,
                                 NULL,  NULL,         NULL };
                struct clock_plan plan = plan_of(&d);
                struct clock_day day = clock_last(&plan, at(rows[i].now));

                assert_int_equal(clock_is_current(&plan, &day, at(rows[i].now)),
                                 rows[i].is_current);
        }
}

UNIT_MAIN(cmocka_unit_test(old_editions_are_let_go),
          cmocka_unit_test(days_are_read),
          cmocka_unit_test(wrong_days_are_named),
          cmocka_unit_test(the_last_and_next_edition_are_found),
          cmocka_unit_test(each_day_of_a_year_has_one_edition))

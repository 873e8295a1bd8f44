#include "unit.h"

#include "base/time.h"
#include "wire/schedule.h"

#define NOW 1772776800 /* 2026-03-06T06:00:00Z */
#define MIN 60
#define HOUR 3600

static const struct schedule usual = { 30 * MIN, 24 * HOUR };
static const struct schedule_hints nothing = { 0, TIME_NONE, 0 };

#define URL STR("http://harbour-gazette.example/feed.xml")

static void test_read(void **state)
{
        static const struct {
                struct schedule_hints hints;
                int64_t least, most;
        } rows[] = {
                { { 0, TIME_NONE, 0 }, 27 * MIN, 30 * MIN },
                { { 0, NOW - HOUR, 0 }, 27 * MIN, 30 * MIN },
                { { 0, NOW + HOUR, 0 }, 27 * MIN, 30 * MIN }, /* future */
                { { 0, NOW - 2 * TIME_DAY_S, 0 }, 108 * MIN, 2 * HOUR },
                { { 0, NOW - 900 * TIME_DAY_S, 0 }, 21 * HOUR, 24 * HOUR },
                { { 2 * HOUR, TIME_NONE, 0 }, 108 * MIN, 2 * HOUR },
                { { 99 * TIME_DAY_S, TIME_NONE, 0 }, 21 * HOUR, 24 * HOUR },
                { { 5 * MIN, TIME_NONE, 0 }, 27 * MIN, 30 * MIN },
                { { 0, TIME_NONE, 3 * HOUR }, 162 * MIN, 3 * HOUR },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                int64_t s =
                        schedule_read(&usual, URL, NOW, &rows[i].hints) - NOW;

                assert_in_range(s, rows[i].least, rows[i].most);
        }
}

static void test_same_for_the_same(void **state)
{
        (void)state;
        assert_int_equal(schedule_read(&usual, URL, NOW, &nothing),
                         schedule_read(&usual, URL, NOW, &nothing));
        assert_int_equal(schedule_failed(&usual, URL, NOW, 3, TIME_NONE),
                         schedule_failed(&usual, URL, NOW, 3, TIME_NONE));
        /* ... and spread for others */
        assert_int_not_equal(schedule_failed(&usual, URL, NOW, 3, TIME_NONE),
                             schedule_failed(&usual,
                                             STR("http://ledger.example/"), NOW,
                                             3, TIME_NONE));
}

static void test_failures_back_off(void **state)
{
        int64_t before = 0;

        (void)state;
        for (int64_t n = 1; n < 8; n++) {
                int64_t s =
                        schedule_failed(&usual, URL, NOW, n, TIME_NONE) - NOW;

                assert_true(s > before);
                before = s;
        }
        assert_in_range(schedule_failed(&usual, URL, NOW, 1, TIME_NONE) - NOW,
                        450, 450 * 5 / 4);
        assert_in_range(
                schedule_failed(&usual, URL, NOW, INT64_MAX, TIME_NONE) - NOW,
                24 * HOUR, 30 * HOUR);
}

static void test_retry_after_is_kept(void **state)
{
        (void)state;
        assert_in_range(schedule_failed(&usual, URL, NOW, 1, NOW + 2 * HOUR),
                        NOW + 2 * HOUR, NOW + 150 * MIN);
        /* sooner than the back-off would be: the back-off stands */
        assert_in_range(schedule_failed(&usual, URL, NOW, 1, NOW + 1),
                        NOW + 450, NOW + 600);
        /* a host that says "in a year" is asked again within a day or so */
        assert_in_range(
                schedule_failed(&usual, URL, NOW, 1, NOW + 365 * TIME_DAY_S),
                NOW + 24 * HOUR, NOW + 30 * HOUR);
        assert_true(schedule_failed(&usual, URL, NOW, 1, NOW - 99) > NOW);
}

static void test_missing(void **state)
{
        int64_t before = 0;

        (void)state;
        for (int64_t n = 1; n < 5; n++) {
                int64_t s = schedule_missing(&usual, URL, NOW, n) - NOW;

                assert_true(s > 2 * before);
                before = s;
        }
        assert_true(schedule_missing(&usual, URL, NOW, 1000) - NOW <=
                    9 * TIME_DAY_S);
}

static void test_retry_after_read(void **state)
{
        static const struct {
                const char *text;
                int64_t want;
        } rows[] = {
                { "120", NOW + 120 },
                { " 0 ", NOW },
                { "Fri, 06 Mar 2026 06:02:00 GMT", NOW + 120 },
                { "Friday, 06-Mar-26 06:02:00 GMT", NOW + 120 },
                { "", TIME_NONE },
                { "soon", TIME_NONE },
                { "-5", TIME_NONE },
                { "99999999999999999999", TIME_NONE },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                assert_int_equal(schedule_retry_after(str_c(rows[i].text), NOW),
                                 rows[i].want);
        assert_int_equal(schedule_retry_after(STR_NULL, NOW), TIME_NONE);
}

static void test_max_age(void **state)
{
        static const struct {
                const char *text;
                int64_t want;
        } rows[] = {
                { "max-age=300", 300 },
                { "public, Max-Age=60, must-revalidate", 60 },
                { "s-maxage=10", 0 },
                { "max-age=", 0 },
                { "max-age=-1", 0 },
                { "", 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                assert_int_equal(schedule_max_age(str_c(rows[i].text)),
                                 rows[i].want);
        assert_int_equal(schedule_max_age(STR_NULL), 0);
}

UNIT_MAIN(cmocka_unit_test(test_read), cmocka_unit_test(test_same_for_the_same),
          cmocka_unit_test(test_failures_back_off),
          cmocka_unit_test(test_retry_after_is_kept),
          cmocka_unit_test(test_missing),
          cmocka_unit_test(test_retry_after_read),
          cmocka_unit_test(test_max_age))

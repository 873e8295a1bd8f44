#include "unit.h"

#include "base/time.h"
#include "wire/schedule.h"

#define NOW 1772776800 /* 2026-03-06T06:00:00Z */
#define MIN 60
#define HOUR 3600

static const struct schedule usual = { 30 * MIN, 24 * HOUR };
static const struct schedule_hints nothing = { .newest_at = TIME_NONE };

#define URL STR("http://harbour-gazette.example/feed.xml")

static void test_read(void **state)
{
        static const struct {
                struct schedule_hints hints;
                int64_t least, most;
        } rows[] = {
                { { .newest_at = TIME_NONE }, 27 * MIN, 30 * MIN },
                { { .newest_at = NOW - HOUR }, 27 * MIN, 30 * MIN },
                { { .newest_at = NOW + HOUR },
                  27 * MIN,
                  30 * MIN }, /* future */
                { { .newest_at = NOW - 2 * TIME_DAY_S }, 108 * MIN, 2 * HOUR },
                { { .newest_at = NOW - 900 * TIME_DAY_S },
                  21 * HOUR,
                  24 * HOUR },
                { { .max_age_s = 2 * HOUR, .newest_at = TIME_NONE },
                  108 * MIN,
                  2 * HOUR },
                { { .max_age_s = 99 * TIME_DAY_S, .newest_at = TIME_NONE },
                  21 * HOUR,
                  24 * HOUR },
                { { .max_age_s = 5 * MIN, .newest_at = TIME_NONE },
                  27 * MIN,
                  30 * MIN },
                { { .newest_at = TIME_NONE, .last_s = 3 * HOUR },
                  162 * MIN,
                  3 * HOUR },
                /* an item a day; one a week; many an hour */
                { { .newest_at = NOW - HOUR, .gap_s = TIME_DAY_S },
                  108 * MIN,
                  2 * HOUR },
                { { .newest_at = NOW - HOUR, .gap_s = 7 * TIME_DAY_S },
                  756 * MIN,
                  14 * HOUR },
                { { .newest_at = NOW - HOUR, .gap_s = 5 * MIN },
                  27 * MIN,
                  30 * MIN },
                /* its hub tells us */
                { { .newest_at = NOW, .is_pushed = true },
                  324 * MIN,
                  6 * HOUR },
                /* not from 6 to 9 o'clock: at 10, or some minutes later */
                { { .newest_at = NOW, .skip_hours = 0x3c0 },
                  4 * HOUR,
                  4 * HOUR + 10 * MIN },
                /* not on Fridays (today) and Saturdays */
                { { .newest_at = NOW, .skip_days = 0x30 },
                  42 * HOUR,
                  42 * HOUR + 10 * MIN },
                /* never, which nobody can mean */
                { { .newest_at = NOW, .skip_hours = 0xffffff },
                  27 * MIN,
                  30 * MIN },
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

static void test_gap(void **state)
{
        static const struct {
                int64_t at[8];
                size_t n;
                int64_t want;
        } rows[] = {
                { { NOW }, 0, 0 },
                { { NOW }, 1, 0 },
                { { NOW, NOW - HOUR }, 2, 0 },
                { { NOW, NOW - HOUR, NOW - 2 * HOUR }, 3, HOUR },
                { { NOW - 2 * HOUR, NOW, NOW - HOUR }, 3, HOUR },
                /* a long silence long ago says little */
                { { NOW, NOW - HOUR, NOW - 2 * HOUR, NOW - 900 * HOUR },
                  4,
                  HOUR },
                { { NOW, NOW, NOW, NOW }, 4, 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                int64_t at[8];

                memcpy(at, rows[i].at, sizeof(at));
                assert_int_equal(schedule_gap(at, rows[i].n), rows[i].want);
        }
}

static void test_pages_are_tried_again(void **state)
{
        (void)state;
        assert_in_range(schedule_page(URL, NOW, 1, TIME_NONE), NOW + 20 * MIN,
                        NOW + 25 * MIN);
        assert_in_range(schedule_page(URL, NOW, 2, TIME_NONE), NOW + HOUR,
                        NOW + 75 * MIN);
        assert_int_equal(schedule_page(URL, NOW, 3, TIME_NONE), 0);
        assert_in_range(schedule_page(URL, NOW, 1, NOW + 2 * HOUR),
                        NOW + 2 * HOUR, NOW + 150 * MIN);
        assert_in_range(schedule_page(URL, NOW, 1, NOW + 99 * HOUR),
                        NOW + 6 * HOUR, NOW + 450 * MIN);
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
          cmocka_unit_test(test_gap),
          cmocka_unit_test(test_pages_are_tried_again),
          cmocka_unit_test(test_missing),
          cmocka_unit_test(test_retry_after_read),
          cmocka_unit_test(test_max_age))

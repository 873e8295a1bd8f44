#include "unit.h"

#include "base/time.h"
#include "store/feed.h"
#include "wire/fetch.h"
#include "wire/item.h"
#include "wire/schedule.h"
#include "wire/verdict.h"

#define NOW 1772776800 /* 2026-03-06T06:00:00Z */
#define URL STR("http://harbour-gazette.example/feed.xml")

static const struct schedule usual = { 1800, 86400 };

static struct feed active(void)
{
        return (struct feed) { .url = URL,
                               .state = STR("active"),
                               .checked_at = TIME_NONE,
                               .ok_at = TIME_NONE };
}

static void test_read(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct item items[1] = { { .published = NOW - 60 } };
        struct str warnings[2] = { STR("it breaks off"), STR("more") };
        struct feed_doc doc = { .items = items, .n_items = 1 };
        struct fetch_answer w = { .status = 200,
                                  .etag = STR("W/\"a b\""),
                                  .modified = STR("Fri, 06 Mar 2026") };
        struct verdict_case c = { &w, &usual, NOW };
        struct feed f = active();

        (void)state;
        f.failures = 4;
        assert_true(verdict_is_body(&w));
        verdict_read(a, &c, &f, &doc, 1);
        assert_str(f.outcome, "1 item, 1 new");
        assert_str(f.etag, "W/\"a b\"");
        assert_str(f.modified, "Fri, 06 Mar 2026");
        assert_int_equal(f.failures, 0);
        assert_int_equal(f.ok_at, NOW);
        assert_in_range(f.due_at, NOW + 1500, NOW + 1800);

        doc.warnings = (struct strs) { warnings, 2, 2 };
        doc.n_items = 0;
        doc.ttl_s = 7200;
        w.etag = w.modified = STR_NULL;
        verdict_read(a, &c, &f, &doc, 0);
        assert_str(f.outcome, "0 items, 0 new; it breaks off (and 1 more)");
        assert_null(f.etag.p); /* not those of an older answer */
        assert_null(f.modified.p);
        assert_in_range(f.due_at, NOW + 6000, NOW + 7200);
        arena_free(a);
}

static void test_unchanged(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct fetch_answer w = { .status = 304 };
        struct verdict_case c = { &w, &usual, NOW };
        struct feed f = active();

        (void)state;
        f.etag = STR("\"1\"");
        f.checked_at = NOW - 7200;
        f.due_at = NOW;
        assert_false(verdict_is_body(&w));
        verdict_unchanged(a, &c, &f);
        assert_str(f.outcome, "not changed (304)");
        assert_str(f.etag, "\"1\"");
        assert_in_range(f.due_at, NOW + 6400, NOW + 7200);
        arena_free(a);
}

static void test_moves(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct feed_doc doc = { 0 };
        struct fetch_answer w = { .status = 200,
                                  .moved = STR("http://new.example/") };
        struct verdict_case c = { &w, &usual, NOW };
        struct feed f = active();

        (void)state;
        for (int i = 1; i <= 4; i++) {
                verdict_read(a, &c, &f, &doc, 0);
                assert_str(f.moved_url, "http://new.example/");
                assert_int_equal(f.moved_times, i < 3 ? i : 3);
        }
        assert_str(f.outcome, "0 items, 0 new; moved to http://new.example/");

        w.moved = STR("http://other.example/"); /* told anew */
        verdict_read(a, &c, &f, &doc, 0);
        assert_int_equal(f.moved_times, 1);
        w.moved = STR_NULL; /* taken back */
        verdict_unchanged(a, &c, &f);
        assert_int_equal(f.moved_times, 0);
        assert_null(f.moved_url.p);
        arena_free(a);
}

static void test_failed(void **state)
{
        static const struct {
                struct fetch_answer w;
                int parse_rc;
                const char *begins, *state;
                int64_t least, most;
        } rows[] = {
                { { .status = 404 },
                  0,
                  "not found (404); next try at 2026-",
                  "active",
                  1800,
                  2250 },
                { { .status = 410 },
                  0,
                  "gone (410): not tried again",
                  "gone",
                  INT64_MIN,
                  INT64_MAX },
                { { .status = 503, .retry_after = { "3600", 4 } },
                  0,
                  "answered 503; next try at ",
                  "active",
                  3600,
                  4500 },
                { { .status = 429,
                    .retry_after = { "Fri, 06 Mar 2026 07:00:00 GMT", 29 } },
                  0,
                  "asked to come less often (429); next",
                  "active",
                  3600,
                  4500 },
                { { .status = 500 },
                  0,
                  "answered 500; next",
                  "active",
                  450,
                  563 },
                { { .status = 304 },
                  0,
                  "not changed (304), though",
                  "active",
                  450,
                  563 },
                { { .status = 200 },
                  ERR_INPUT,
                  "it is no feed; next try",
                  "active",
                  450,
                  563 },
                { { .rc = ERR_DENIED,
                    .err = { ERR_DENIED, "refused: redirects to file:///" } },
                  0,
                  "refused: redirects to file:///; next try at ",
                  "active",
                  1800,
                  2250 },
                { { .rc = ERR_NET, .err = { ERR_NET, "no such host: x" } },
                  0,
                  "no such host: x; next try at ",
                  "active",
                  450,
                  563 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct arena *a = arena_new(1 << 20);
                struct verdict_case c = { &rows[i].w, &usual, NOW };
                struct err why = { rows[i].parse_rc, "it is no feed" };
                struct feed f = active();

                f.etag = STR("\"kept\"");
                verdict_failed(a, &c, &f, rows[i].parse_rc, &why);
                if (!str_starts(f.outcome, str_c(rows[i].begins)))
                        fail_msg("row %zu: " STR_FMT, i, STR_ARG(f.outcome));
                assert_str(f.state, rows[i].state);
                assert_str(f.etag, "\"kept\"");
                assert_int_equal(f.failures, 1);
                assert_int_equal(f.ok_at, TIME_NONE);
                if (rows[i].least != INT64_MIN)
                        assert_in_range(f.due_at, NOW + rows[i].least,
                                        NOW + rows[i].most);
                arena_free(a);
        }
}

UNIT_MAIN(cmocka_unit_test(test_read), cmocka_unit_test(test_unchanged),
          cmocka_unit_test(test_moves), cmocka_unit_test(test_failed))

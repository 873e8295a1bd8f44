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
        struct verdict_case c = { .answer = &w,
                                  .schedule = &usual,
                                  .now = NOW,
                                  .oldest_new_at = TIME_NONE };
        struct feed f = active();

        (void)state;
        f.failures = 4;
        assert_true(verdict_is_body(&w));
        c.n_new = 1;
        c.digest = STR("d1");
        verdict_read(a, &c, &f, &doc);
        assert_str(f.digest, "d1");
        assert_int_equal(f.whole_at, NOW);
        assert_int_equal(f.newest_at, NOW - 60);
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
        c.n_new = 0;
        verdict_read(a, &c, &f, &doc);
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
        struct verdict_case c = { .answer = &w,
                                  .schedule = &usual,
                                  .now = NOW,
                                  .oldest_new_at = TIME_NONE };
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
        struct verdict_case c = { .answer = &w,
                                  .schedule = &usual,
                                  .now = NOW,
                                  .oldest_new_at = TIME_NONE };
        struct feed f = active();

        (void)state;
        for (int i = 1; i <= 4; i++) {
                verdict_read(a, &c, &f, &doc);
                assert_str(f.moved_url, "http://new.example/");
                assert_int_equal(f.moved_times, i < 3 ? i : 3);
        }
        assert_str(f.outcome, "0 items, 0 new; moved to http://new.example/");

        w.moved = STR("http://other.example/"); /* told anew */
        verdict_read(a, &c, &f, &doc);
        assert_int_equal(f.moved_times, 1);
        w.moved = STR_NULL; /* taken back */
        verdict_unchanged(a, &c, &f);
        assert_int_equal(f.moved_times, 0);
        assert_null(f.moved_url.p);
        arena_free(a);
}

/* A feed whose host says "not changed": asked whole the 24th time. */
static void test_whole_now_and_then(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct fetch_answer w = { .status = 304 };
        struct verdict_case c = { .answer = &w,
                                  .schedule = &usual,
                                  .now = NOW,
                                  .oldest_new_at = TIME_NONE };
        struct feed f = active();
        int n = 0;

        (void)state;
        assert_true(verdict_wants_whole(&f, NOW)); /* never read */
        f.whole_at = NOW - 60;
        for (; !verdict_wants_whole(&f, NOW) && n < 100; n++)
                verdict_unchanged(a, &c, &f);
        assert_int_equal(n, 23);
        f.unchanged = 0;
        assert_false(verdict_wants_whole(&f, NOW + 6 * TIME_DAY_S));
        assert_true(verdict_wants_whole(&f, NOW + 7 * TIME_DAY_S));
        arena_free(a);
}

static void test_same_bytes(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct fetch_answer w = { .status = 200, .etag = STR("\"2\"") };
        struct verdict_case c = { .answer = &w,
                                  .schedule = &usual,
                                  .now = NOW,
                                  .digest = STR("d1"),
                                  .oldest_new_at = TIME_NONE };
        struct feed f = active();

        (void)state;
        f.digest = STR("d1");
        f.unchanged = 23;
        verdict_unchanged(a, &c, &f);
        assert_str(f.outcome, "not changed: the same bytes");
        assert_str(f.etag, "\"2\"");
        assert_int_equal(f.unchanged, 0);
        assert_int_equal(f.whole_at, NOW);
        arena_free(a);
}

/* Symptom 2: "304 forever", and a Last-Modified that stands still. */
static void symptom_2_a_304_that_lies_is_found_out(void **state)
{
        static const struct {
                const char *etag, *modified;   /* ours */
                const char *etag2, *modified2; /* of the whole answer */
                int64_t unchanged, oldest_new; /* seconds from now */
                size_t n_new;
                bool was_whole, want;
        } rows[] = {
                /* the tag is the same, the items are not */
                { "\"1\"", NULL, "\"1\"", NULL, 23, 0, 2, true, true },
                { NULL, "Mon", NULL, "Mon", 23, 0, 2, true, true },
                /* new since the last 304 */
                { "\"1\"", NULL, "\"2\"", NULL, 23, -60, 2, true, false },
                /* older than it */
                { "\"1\"", NULL, "\"2\"", NULL, 23, -9000, 2, true, true },
                /* nothing new; or no 304 before; or asked on condition */
                { "\"1\"", NULL, "\"1\"", NULL, 23, 0, 0, true, false },
                { "\"1\"", NULL, "\"1\"", NULL, 0, 0, 2, true, false },
                { "\"1\"", NULL, "\"1\"", NULL, 5, 0, 2, false, false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct arena *a = arena_new(1 << 20);
                struct fetch_answer w = { .status = 200,
                                          .etag = str_c(rows[i].etag2),
                                          .modified =
                                                  str_c(rows[i].modified2) };
                struct verdict_case c = {
                        .answer = &w,
                        .schedule = &usual,
                        .now = NOW,
                        .was_whole = rows[i].was_whole,
                        .n_new = rows[i].n_new,
                        .oldest_new_at = rows[i].oldest_new
                                                 ? NOW + rows[i].oldest_new
                                                 : TIME_NONE,
                };
                struct feed_doc doc = { 0 };
                struct feed f = active();

                f.etag = str_c(rows[i].etag);
                f.modified = str_c(rows[i].modified);
                f.unchanged = rows[i].unchanged;
                f.checked_at = NOW - 1800;
                f.newest_at = NOW - 20000;
                f.lied_at = TIME_NONE;
                verdict_read(a, &c, &f, &doc);
                if ((f.lied_at == NOW) != rows[i].want)
                        fail_msg("row %zu: " STR_FMT, i, STR_ARG(f.outcome));
                if (rows[i].want) {
                        assert_true(verdict_wants_whole(&f, NOW + 60));
                        assert_true(
                                verdict_wants_whole(&f, NOW + 29 * TIME_DAY_S));
                        assert_int_not_equal(
                                str_find(f.outcome, STR("(304)"), 0), STR_NONE);
                }
                arena_free(a);
        }
}

/* 301 sticks after three times, and is undone when the new address fails. */
static void symptom_301_sticks_with_care(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct feed_doc doc = { 0 };
        struct fetch_answer w = { .status = 200,
                                  .moved = STR("http://new.example/") };
        struct verdict_case c = { .answer = &w,
                                  .schedule = &usual,
                                  .now = NOW,
                                  .oldest_new_at = TIME_NONE };
        struct feed f = active();

        (void)state;
        f.old_until_at = TIME_NONE;
        for (int i = 0; i < 3; i++) {
                assert_false(verdict_moves(&f));
                verdict_read(a, &c, &f, &doc);
        }
        assert_true(verdict_moves(&f));
        verdict_move(&f, NOW);
        assert_str(f.url, "http://new.example/");

        w = (struct fetch_answer) { .status = 500 };
        for (int i = 0; i < 3; i++) {
                assert_false(verdict_moves_back(&f, NOW));
                verdict_failed(a, &c, &f, 0, NULL);
        }
        assert_true(verdict_moves_back(&f, NOW));
        assert_false(verdict_moves_back(&f, NOW + 31 * TIME_DAY_S));
        verdict_move_back(a, &f, NOW);
        assert_str(f.url, "http://harbour-gazette.example/feed.xml");
        assert_int_equal(f.due_at, NOW);
        assert_int_equal(f.failures, 0);
        assert_false(verdict_moves(&f) || verdict_moves_back(&f, NOW));

        /* Gone at the new address is not gone at the old one. */
        verdict_move(&f, NOW);
        f.url = STR("http://new.example/");
        w.status = 410;
        verdict_failed(a, &c, &f, 0, NULL);
        assert_str(f.state, "active");
        assert_true(verdict_moves_back(&f, NOW));
        arena_free(a);
}

/* The old address is let go when the new one has done well for a month. */
static void test_move_settles(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct fetch_answer w = { .status = 304 };
        struct verdict_case c = { .answer = &w,
                                  .schedule = &usual,
                                  .now = NOW,
                                  .oldest_new_at = TIME_NONE };
        struct feed f = active();

        (void)state;
        f.moved_url = STR("http://new.example/");
        verdict_move(&f, NOW);
        verdict_unchanged(a, &c, &f);
        assert_str(f.old_url, "http://harbour-gazette.example/feed.xml");
        c.now = NOW + 31 * TIME_DAY_S;
        verdict_unchanged(a, &c, &f);
        assert_null(f.old_url.p);
        arena_free(a);
}

static void test_advice(void **state)
{
        static const struct {
                const char *state, *fault;
                int64_t failures, ok_at, newest_at;
                const char *want; /* a part of it; NULL: nothing to do */
        } rows[] = {
                { "active", "", 0, NOW, NOW, NULL },
                { "active", "", 0, NOW, TIME_NONE, NULL },
                { "active", "net", 1, NOW - 60, NOW, NULL },
                { "active", "net", 9, NOW - 3600, NOW, NULL }, /* one night */
                { "active", "net", 9, NOW - 3 * TIME_DAY_S, NOW,
                  "last read 3 days ago; look whether its site" },
                { "active", "missing", 3, TIME_NONE, TIME_NONE,
                  "never read; look for its new address" },
                { "active", "closed", 4, NOW - 9 * TIME_DAY_S, NOW,
                  "ask its publisher" },
                { "active", "refused", 1, TIME_NONE, TIME_NONE, "wire.allow" },
                { "active", "tls", 5, NOW - 9 * TIME_DAY_S, NOW,
                  "certificate" },
                { "active", "", 0, NOW, NOW - 200 * TIME_DAY_S,
                  "200 days old" },
                { "gone", "missing", 1, NOW, NOW, "remove it" },
        };
        struct arena *a = arena_new(1 << 20);

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct feed f = { .state = str_c(rows[i].state),
                                  .fault = str_c(rows[i].fault),
                                  .failures = rows[i].failures,
                                  .ok_at = rows[i].ok_at,
                                  .newest_at = rows[i].newest_at };
                struct str got = verdict_advice(a, &f, NOW);

                if (rows[i].want
                            ? str_find(got, str_c(rows[i].want), 0) == STR_NONE
                            : got.n > 0)
                        fail_msg("row %zu: " STR_FMT, i, STR_ARG(got));
        }
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
                struct verdict_case c = { .answer = &rows[i].w,
                                          .schedule = &usual,
                                          .now = NOW,
                                          .oldest_new_at = TIME_NONE };
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
          cmocka_unit_test(test_moves),
          cmocka_unit_test(test_whole_now_and_then),
          cmocka_unit_test(test_same_bytes),
          cmocka_unit_test(symptom_2_a_304_that_lies_is_found_out),
          cmocka_unit_test(symptom_301_sticks_with_care),
          cmocka_unit_test(test_move_settles), cmocka_unit_test(test_advice),
          cmocka_unit_test(test_failed))

/* Figures of strangers: what is read of a document, and what a parser in a
 * stranger's hands can't pass off as figures. */

#include "unit.h"

#include <math.h>

#include "base/buf.h"
#include "wire/gauge.h"
#include "wire/record.h"

#define ARENA_B ((size_t)512 << 20)

static struct err err;

static int set_up(void **state)
{
        *state = arena_new(ARENA_B);
        return 0;
}

static int tear_down(void **state)
{
        arena_free(*state);
        return 0;
}

static int read(struct arena *a, const char *text, const struct gauge_wish *w,
                struct gauge_doc *ret)
{
        static const struct gauge_wish none = { .name = STR_INIT("x.csv") };

        return gauge_read(a, str_c(text), w ? w : &none, ret, &err);
}

static void rows_become_a_series(void **state)
{
        struct gauge_doc d;

        assert_ok(read(*state,
                       "Month;Wheat;Rye\n2026-02;1,5;9\n2026-01;1,25;8\n"
                       "2026-03;n/a;7\n2026-04;oops;6\n2026-02;1,75;5\n",
                       NULL, &d),
                  err);
        assert_int_equal(d.n, 2);
        assert_true(d.items[0].at < d.items[1].at);
        assert_true(fabs(d.items[0].value - 1.25) < 1e-12);
        assert_true(fabs(d.items[1].value - 1.75) < 1e-12); /* the last one */
        assert_true(d.rows == 5 && d.gaps == 2 && d.again == 1);
        assert_int_equal(d.decimals, 2);
        assert_str(d.date_column, "Month");
        assert_str(d.value_column, "Wheat");
        assert_int_equal(d.warnings.n, 1);
        assert_str(d.warnings.items[0],
                   "x.csv: line 5, column 2: \"oops\" is no "
                   "number; it is left out");
}

static void columns_are_chosen(void **state)
{
        struct gauge_wish w = { .value_column = STR("Rye"),
                                .date_column = STR("End") };
        static const char text[] =
                "Start,End,Wheat,Rye\n2026-01-01,2026-01-31,1,2\n"
                "2026-02-01,2026-02-28,3,4\n";
        struct gauge_doc d;

        assert_ok(read(*state, text, &w, &d), err);
        assert_true(d.items[1].value >= 4 && d.items[1].value <= 4);
        assert_str(d.date_column, "End");
        w.value_column = STR("Oats");
        assert_int_equal(read(*state, text, &w, &d), ERR_INPUT);
        assert_string_equal(err.msg, "it has no column \"Oats\" with numbers");
        assert_int_equal(read(*state, "a,b\nx,y\n", NULL, &d), ERR_INPUT);
        assert_string_equal(err.msg, "no column of it holds dates");
        assert_int_equal(read(*state, "", NULL, &d), ERR_INPUT);
        assert_int_equal(read(*state, "\xff\xfe\x00", NULL, &d), ERR_INPUT);
}

static void json_lies_below_a_path(void **state)
{
        struct gauge_wish w = { .path = STR("data.1.rows") };
        static const char text[] =
                "{\"data\":[0,{\"rows\":[{\"d\":\"2026-01-01\",\"v\":1e400},"
                "{\"d\":\"2026-01-02\",\"v\":2}]}]}";
        static const char good[] =
                "{\"data\":[0,{\"rows\":[{\"d\":\"2026-01-01\",\"v\":1.5},"
                "{\"d\":\"2026-01-02\",\"v\":2}]}]}";
        struct gauge_doc d;

        assert_ok(read(*state, good, &w, &d), err);
        assert_int_equal(d.n, 2);
        assert_int_equal(read(*state, text, &w, &d), ERR_INPUT); /* too large */
        w.path = STR("data.2");
        assert_int_equal(read(*state, good, &w, &d), ERR_INPUT);
        assert_string_equal(err.msg, "the JSON has nothing at \"data.2\"");
        w.path = STR("data.x");
        assert_int_equal(read(*state, good, &w, &d), ERR_INPUT);
        w.path = STR("data.0.y");
        assert_int_equal(read(*state, good, &w, &d), ERR_INPUT);
}

static struct str packed(struct arena *a, const struct gauge_doc *d)
{
        struct buf b;
        struct str s;

        buf_init(&b, 1 << 20);
        gauge_doc_put(&b, d);
        assert_true(buf_ok(&b));
        s = arena_str(a, buf_str(&b));
        buf_done(&b);
        return s;
}

static int unpack(struct arena *a, struct gauge_point *items, size_t n)
{
        const struct gauge_doc d = { .items = items, .n = n };
        struct gauge_doc got;

        return gauge_doc_get(a, packed(a, &d), &got, &err);
}

static void it_crosses_as_it_is(void **state)
{
        struct arena *a = *state;
        struct gauge_doc d, got;

        assert_ok(read(a,
                       "Day,V\n2026-01-01,-1.5\n2026-01-02,x\n"
                       "2026-01-03,2\n2026-01-04,3\n",
                       NULL, &d),
                  err);
        assert_ok(gauge_doc_get(a, packed(a, &d), &got, &err), err);
        assert_int_equal(got.n, 3);
        assert_true(got.items[0].value < -1 && got.items[2].value > 2.5);
        assert_true(got.rows == 4 && got.gaps == 1 && got.decimals == 1);
        assert_str(got.value_column, "V");
        assert_int_equal(got.warnings.n, 1);
}

static void a_liar_is_found_out(void **state)
{
        struct arena *a = *state;
        struct gauge_point p[2] = { { .at = 1, .value = 1 },
                                    { .at = 2, .value = 2 } };
        struct gauge_doc d = { .items = p, .n = 2 }, got;
        struct str s = packed(a, &d);

        assert_ok(unpack(a, p, 2), err);
        assert_int_equal(unpack(a, p, 0), ERR_INPUT);
        p[1].at = 1; /* the same date */
        assert_int_equal(unpack(a, p, 2), ERR_INPUT);
        p[1].at = INT64_MAX;
        assert_int_equal(unpack(a, p, 2), ERR_INPUT);
        p[1] = (struct gauge_point) { .at = 2, .value = NAN };
        assert_int_equal(unpack(a, p, 2), ERR_INPUT);
        p[1].value = INFINITY;
        assert_int_equal(unpack(a, p, 2), ERR_INPUT);
        for (size_t n = 0; n < s.n; n++) /* broken off */
                assert_int_equal(gauge_doc_get(a, str_sub(s, 0, n), &got, &err),
                                 ERR_INPUT);
}

static void a_wish_crosses(void **state)
{
        struct gauge_wish w = { STR("x.csv"), STR("a.b"), STR(""), STR("V 1") },
                          got;

        assert_ok(gauge_wish_get(gauge_wish_put(*state, &w), &got, &err), err);
        assert_str(got.name, "x.csv");
        assert_str(got.path, "a.b");
        assert_str(got.date_column, "");
        assert_str(got.value_column, "V 1");
        assert_int_equal(gauge_wish_get(STR("x"), &got, &err), ERR_INPUT);
}

#define ARENA_TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

UNIT_MAIN(ARENA_TEST(rows_become_a_series), ARENA_TEST(columns_are_chosen),
          ARENA_TEST(json_lies_below_a_path), ARENA_TEST(it_crosses_as_it_is),
          ARENA_TEST(a_liar_is_found_out), ARENA_TEST(a_wish_crosses))

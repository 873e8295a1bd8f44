/* Gauges: values with their revisions, findings and what was printed of them.
 */

#include "store_samples.h"

#include "base/limits.h"
#include "store/edition.h"
#include "store/feed.h"
#include "store/finding.h"
#include "store/gauge.h"

static int64_t add_gauge(struct fixture *f, int i)
{
        struct feed feed = sample_feed(f, i);
        struct gauge g = { .unit = STR("kr"),
                           .weight = GAUGE_HIGH,
                           .value_column = STR("Wheat") };

        feed.kind = STR(GAUGE_KIND);
        assert_ok(feed_add(f->db, &feed, NULL, &f->err), f->err);
        assert_ok(feed_find(f->a, f->db, feed.url, &feed, &f->err), f->err);
        g.feed_id = feed.id;
        assert_ok(gauge_put(f->db, &g, &f->err), f->err);
        return feed.id;
}

static struct gauge_change take(struct fixture *f, int64_t id, int64_t now,
                                const double *values, size_t n)
{
        struct gauge_point *p = arena_array(f->a, n + 1, sizeof(*p));
        struct gauge_reading r = { id, now, 1, p, n };
        struct gauge_change change;

        for (size_t i = 0; i < n; i++)
                p[i] = (struct gauge_point) { .at = (int64_t)i * DAY,
                                              .value = values[i] };
        assert_ok(gauge_take(f->a, f->db, &r, &change, &f->err), f->err);
        return change;
}

static struct gauge_points as_of(struct fixture *f, int64_t id, int64_t at)
{
        struct gauge_points points;

        assert_ok(gauge_points(f->a, f->db, id, at, &points, &f->err), f->err);
        return points;
}

static void test_revisions_are_kept(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t id = add_gauge(f, 1);
        struct gauge_change c =
                take(f, id, NOW, (double[]) { 1.5, -0.1, 3 }, 3);
        struct gauge_points p;

        assert_int_equal(c.n_new, 3);
        assert_int_equal(c.n_revised, 0);
        c = take(f, id, NOW + 1, (double[]) { 1.5, 0.2, 3, 4 }, 4);
        assert_int_equal(c.n_new, 1);
        assert_int_equal(c.n_revised, 1);
        c = take(f, id, NOW + 2, (double[]) { 1.5 }, 1); /* a shorter one */
        assert_int_equal(c.n_new + c.n_revised, 0);
        p = as_of(f, id, NOW);
        assert_int_equal(p.n, 3);
        assert_true(p.items[1].value < 0);
        p = as_of(f, id, NOW + 9);
        assert_int_equal(p.n, 4);
        assert_true(p.items[1].value > 0 && p.items[1].first < 0);
        assert_true(p.items[1].first_at == NOW);
        assert_true(p.items[1].seen_at == NOW + 1);
        assert_int_equal(p.items[1].n_rows, 2);
        assert_int_equal(as_of(f, id, NOW - 1).n, 0);
}

static void test_revisions_are_bounded(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t id = add_gauge(f, 1);
        struct gauge_points p;

        for (int i = 0; i < LIMIT_GAUGE_REVISIONS * 2; i++)
                take(f, id, NOW + i, (double[]) { i, 7 }, 2);
        p = as_of(f, id, NOW + DAY);
        assert_true(p.items[0].n_rows <= LIMIT_GAUGE_REVISIONS);
        assert_true(p.items[0].first >= 0 && p.items[0].first <= 0);
        assert_int_equal((int)p.items[0].value, LIMIT_GAUGE_REVISIONS * 2 - 1);
        assert_int_equal(p.items[1].n_rows, 1);
}

static void test_old_dates_go(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t id = add_gauge(f, 1);
        size_t n = LIMIT_GAUGE_POINTS / 2 + 1;
        struct gauge_point *p = arena_array(f->a, n, sizeof(*p));
        struct gauge_reading r = { id, NOW, 0, p, n };
        struct gauge_change c;
        struct gauge_points got;

        if (fixture_on_postgres)
                skip(); /* the same statements, a journey each */
        for (int half = 0; half < 2; half++) {
                for (size_t i = 0; i < n; i++)
                        p[i].at = (int64_t)(i + (size_t)half * n) * 60;
                assert_ok(gauge_take(f->a, f->db, &r, &c, &f->err), f->err);
        }
        got = as_of(f, id, NOW);
        assert_int_equal(got.n, LIMIT_GAUGE_POINTS);
        assert_true(got.items[0].at == 2 * 60);
}

static void test_what_is_to_be_searched(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t one = add_gauge(f, 1), two = add_gauge(f, 2);
        struct gauge_list list;
        struct gauge g;

        assert_ok(gauge_unseen(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 0); /* not read yet */
        take(f, one, NOW, (double[]) { 1 }, 1);
        take(f, two, NOW, (double[]) { 2 }, 1);
        assert_ok(gauge_unseen(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 2);
        for (size_t i = 0; i < 2; i++) {
                list.items[i].looked_at = NOW;
                list.items[i].period = STR("day");
                assert_ok(gauge_set_looked(f->db, &list.items[i], &f->err),
                          f->err);
        }
        assert_ok(gauge_get(f->a, f->db, one, &g, &f->err), f->err);
        assert_str(g.period, "day");
        assert_str(g.unit, "kr");
        assert_str(g.value_column, "Wheat");
        assert_int_equal(g.decimals, 1);
        g.against = two;
        assert_ok(gauge_put(f->db, &g, &f->err), f->err); /* its owner's word */
        assert_ok(gauge_unseen(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 1);
        g.looked_at = NOW;
        assert_ok(gauge_set_looked(f->db, &g, &f->err), f->err);
        take(f, two, NOW + 5, (double[]) { 3 }, 1);
        assert_ok(gauge_unseen(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 2); /* and the one that is set against it */
        assert_int_equal(gauge_get(f->a, f->db, 999, &g, &f->err), ERR_ABSENT);
}

static struct finding sample(int64_t feed_id, const char *kind, int64_t looked)
{
        return (struct finding) { .feed_id = feed_id,
                                  .kind = str_c(kind),
                                  .at = NOW - DAY,
                                  .value = 1.25,
                                  .since_at = TIME_NONE,
                                  .rarity = 7.5,
                                  .hits = 1,
                                  .chances = 99,
                                  .found_at = looked,
                                  .looked_at = looked };
}

static void look(struct fixture *f, int64_t feed_id, int64_t at)
{
        const struct gauge g = { .feed_id = feed_id,
                                 .looked_at = at,
                                 .period = STR("day") };

        assert_ok(gauge_set_looked(f->db, &g, &f->err), f->err);
}

static void test_findings(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t id = add_gauge(f, 1);
        struct finding a = sample(id, "high", NOW), b = sample(id, "rise", NOW);
        struct finding_list list;
        struct finding got;

        assert_ok(finding_put(f->db, &a, &f->err), f->err);
        assert_ok(finding_put(f->db, &b, &f->err), f->err);
        look(f, id, NOW);
        assert_ok(finding_in_force(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 2);
        a = sample(id, "high", NOW + DAY); /* found again: no news again */
        a.rarity = 6.5;
        assert_ok(finding_put(f->db, &a, &f->err), f->err);
        look(f, id, NOW + DAY);
        assert_ok(finding_in_force(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 1);
        got = list.items[0];
        assert_str(got.kind, "high");
        assert_true(got.found_at == NOW && got.looked_at == NOW + DAY);
        assert_true(got.rarity >= 6.5 && got.rarity <= 6.5);
        assert_true(got.since_at == TIME_NONE);

        assert_ok(finding_forget(f->db, NOW + 9 * DAY, &f->err), f->err);
        assert_ok(finding_since(f->a, f->db, 0, STR("2026-01-01"), &list,
                                &f->err),
                  f->err);
        assert_int_equal(list.n, 1); /* out of force, never printed: gone */
        assert_int_equal(finding_get(f->a, f->db, 999, &got, &f->err),
                         ERR_ABSENT);
}

static void test_what_was_printed(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t id = add_gauge(f, 1), series;
        struct finding a = sample(id, "high", NOW);
        struct edition_row e = sample_edition(f, 6);
        struct finding_list list;

        assert_ok(series_get(f->db, STR("m"), STR("M"), &series, &f->err),
                  f->err);
        e.series_id = series;
        assert_ok(edition_save(f->db, &e, &f->err), f->err);
        assert_ok(finding_put(f->db, &a, &f->err), f->err);
        look(f, id, NOW);
        assert_ok(finding_in_force(f->a, f->db, &list, &f->err), f->err);
        assert_str(list.items[0].printed_on, "");
        assert_ok(finding_print(f->db, list.items[0].id, e.id, &f->err),
                  f->err);
        look(f, id, NOW + DAY);
        assert_ok(finding_forget(f->db, NOW + 9 * DAY, &f->err), f->err);
        assert_ok(finding_since(f->a, f->db, NOW + DAY, e.date, &list, &f->err),
                  f->err);
        assert_int_equal(list.n, 1); /* it stays as proof */
        assert_str(list.items[0].printed_on, arena_cstr(f->a, e.date));
        assert_ok(finding_print(f->db, 0, e.id, &f->err), f->err);
        assert_ok(finding_since(f->a, f->db, NOW + DAY, e.date, &list, &f->err),
                  f->err);
        assert_int_equal(list.n, 0);
}

STORE_MAIN(STORE_TEST(test_revisions_are_kept),
           STORE_TEST(test_revisions_are_bounded),
           STORE_TEST(test_old_dates_go),
           STORE_TEST(test_what_is_to_be_searched), STORE_TEST(test_findings),
           STORE_TEST(test_what_was_printed))

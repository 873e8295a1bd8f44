/* What is news in a series, how rare it is said to be, which one is printed,
 * and what its chart says. */

#include "unit.h"

#include <float.h>
#include <math.h>

#include "base/buf.h"
#include "base/time.h"
#include "conf/phrases.h"
#include "edition/chart_read.h"
#include "edition/finding.h"
#include "edition/finding_chart.h"
#include "edition/finding_rank.h"

#define DAY ((int64_t)TIME_DAY_S)
#define MONTHS 240
#define ANY 200

#define ARENA_B ((size_t)1 << 30)

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

#define ARENA_TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

/* Values that go up and down without end: no two neighbours alike, no trend. */
static double wave(size_t i)
{
        return 100 + 10 * sin((double)i * 2.4) + 3 * sin((double)i * 0.7);
}

static struct gauge_point *days(struct arena *a, size_t n, double (*f)(size_t))
{
        struct gauge_point *p = arena_array(a, n, sizeof(*p));

        for (size_t i = 0; i < n; i++)
                p[i] = (struct gauge_point) { .at = (int64_t)i * DAY,
                                              .value = f(i),
                                              .first = f(i),
                                              .n_rows = 1 };
        return p;
}

static void set(struct gauge_point *p, double value)
{
        p->value = p->first = value;
}

static const struct finding *find(struct arena *a, struct finding_input in,
                                  const char *kind)
{
        struct finding *list = arena_array(a, FINDING_MOST, sizeof(*list));
        size_t n = finding_search(a, &in, list);

        assert_true(n <= FINDING_MOST);
        for (size_t i = 0; i < n; i++) {
                assert_false(isnan(list[i].rarity) || isnan(list[i].level));
                assert_true(list[i].rarity >= 0 && list[i].brief >= 0);
        }
        return finding_of_kind(list, n, str_c(kind));
}

static struct finding_input daily(struct gauge_point *p, size_t n)
{
        return (struct finding_input) { .points = p,
                                        .n = n,
                                        .period = PERIOD_DAY };
}

static void a_record_and_since_when(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, wave);
        const struct finding *f;

        assert_null(find(a, daily(p, ANY), "high"));
        set(&p[ANY - 1], 150);
        f = find(a, daily(p, ANY), "high");
        assert_non_null(f);
        assert_true(f->since_at == TIME_NONE);
        assert_int_equal(f->run, ANY - 1);
        assert_int_equal(f->chances, ANY / 2 - 1);
        assert_true(fabs(f->rarity - log2(ANY / 2)) < 1e-9);
        set(&p[50], 150); /* as high is not lower */
        f = find(a, daily(p, ANY), "high");
        assert_true(f->since_at == 50 * DAY);
        assert_int_equal(f->run, ANY - 2 - 50);
        set(&p[ANY - 1], 50);
        assert_null(find(a, daily(p, ANY), "high"));
        f = find(a, daily(p, ANY), "low");
        assert_true(f && f->since_at == TIME_NONE);
}

static double rising(size_t i)
{
        return 1000 + (double)i * 3 + sin((double)i);
}

/* Where each value is a record, one more is no news. */
static void a_record_of_a_rising_series(void **state)
{
        const struct finding *f =
                find(*state, daily(days(*state, ANY, rising), ANY), "high");

        assert_non_null(f);
        assert_int_equal(f->hits, f->chances);
        assert_true(f->rarity < 0.1);
}

static void back_after_a_long_way(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, wave);
        const struct finding *f;

        set(&p[40], 200);
        for (size_t i = 41; i < ANY - 1; i++)
                set(&p[i], wave(i) / 2);
        set(&p[ANY - 1], 199);
        f = find(a, daily(p, ANY), "back");
        assert_true(f && f->since_at == 40 * DAY);
        assert_true(f->level >= 200 && f->level <= 200);
        set(&p[ANY - 1], 130); /* far from there */
        assert_null(find(a, daily(p, ANY), "back"));
}

static void streaks(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, wave);
        const struct finding *f;

        for (size_t i = ANY - 9; i < ANY; i++)
                set(&p[i], 90 + (double)(i - ANY + 9));
        f = find(a, daily(p, ANY), "rises");
        assert_non_null(f);
        assert_int_equal(f->length, 8);
        assert_true(f->since_at == TIME_NONE);
        for (size_t i = 20; i < 30; i++)
                set(&p[i], 90 + (double)i);
        f = find(a, daily(p, ANY), "rises");
        assert_true(f && f->since_at == 29 * DAY);
        p[ANY - 1].at += 30 * DAY; /* values are missing before it */
        assert_null(find(a, daily(p, ANY), "rises"));
        assert_null(find(a, daily(p, ANY), "rise"));
}

static void the_largest_move(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, wave);
        struct finding_input in = daily(p, ANY);
        const struct finding *f;

        set(&p[ANY - 2], 100);
        set(&p[ANY - 1], 50);
        f = find(a, in, "fall");
        assert_true(f && f->since_at == TIME_NONE);
        assert_true(fabs(f->level - 50) < 1e-9); /* per cent, by chance */
        set(&p[ANY - 2], 200);
        f = find(a, in, "fall");
        assert_true(fabs(f->level - 75) < 1e-9);
        in.is_share = true;
        f = find(a, in, "fall");
        assert_true(fabs(f->level - 150) < 1e-9);
}

static double near_hundred(size_t i)
{
        return 95 + 4 * sin((double)i * 1.7);
}

static void round_numbers(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, near_hundred);
        const struct finding *f;

        set(&p[ANY - 1], 100.5);
        f = find(a, daily(p, ANY), "above");
        assert_true(f && f->level >= 100 && f->level <= 100);
        assert_true(f->since_at == TIME_NONE && f->rarity > 6);
        for (size_t i = 0; i < ANY; i++)
                set(&p[i], -1 - near_hundred(i) / 1000);
        set(&p[ANY - 1], 0.2);
        f = find(a, daily(p, ANY), "above");
        assert_true(f && f->level >= 0 && f->level <= 0);
        set(&p[ANY - 2], 0.1);
        set(&p[ANY - 1], -0.2);
        assert_null(find(a, daily(p, ANY), "below")); /* the day before, too */
}

static void another_series(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, near_hundred),
                           *o = days(a, ANY, wave);
        struct finding_input in = daily(p, ANY);
        const struct finding *f;

        for (size_t i = 0; i < ANY; i++)
                set(&o[i], p[i].value + 1);
        set(&o[ANY - 1], p[ANY - 1].value - 2);
        in.other = o;
        in.n_other = ANY;
        f = find(a, in, "over");
        assert_true(f && f->since_at == TIME_NONE);
        assert_true(fabs(f->level - o[ANY - 1].value) < 1e-9);
        in.n_other = ANY - 1; /* it has no value of that day */
        assert_null(find(a, in, "over"));
}

static double by_season(size_t i)
{
        return 100 + 50 * sin((double)(i % 12) * M_PI / 6) +
               sin((double)i * 2.4);
}

static struct gauge_point *months(struct arena *a, double (*f)(size_t))
{
        struct gauge_point *p = days(a, MONTHS, f);

        for (size_t i = 0; i < MONTHS; i++) {
                struct civil c = { .year = 2000 + (int)i / 12,
                                   .month = 1 + (int)i % 12,
                                   .day = 1 };

                p[i].at = time_from_civil(&c);
        }
        return p;
}

/* A summer isn't news; a summer above all summers is. */
static void seasons(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = months(a, by_season);
        struct finding_input in = { .points = p,
                                    .n = MONTHS - 8,
                                    .period = PERIOD_MONTH };
        const struct finding *f;

        assert_true(period_of(p, MONTHS) == PERIOD_MONTH);
        assert_true(finding_is_seasonal(&in));
        assert_null(find(a, in, "rises"));
        assert_null(find(a, in, "high"));
        set(&p[MONTHS - 9], p[MONTHS - 9].value + 10);
        f = find(a, in, "season-high");
        assert_non_null(f);
        assert_int_equal(f->run, 19);
        in.period = PERIOD_DAY; /* days have no seasons that we know */
        assert_false(finding_is_seasonal(&in));
}

static void a_revision_that_turns_the_sign(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, wave);
        struct finding_input in = daily(p, ANY);
        const struct finding *f;

        in.as_of = 1000;
        p[ANY - 2].first = -0.1;
        p[ANY - 2].value = 0.2;
        p[ANY - 2].seen_at = 1000;
        f = find(a, in, "revised");
        assert_true(f && f->at == (ANY - 2) * DAY);
        assert_true(f->level < 0 && f->value > 0);
        in.as_of = 2000; /* what came later was something else */
        assert_null(find(a, in, "revised"));
        in.as_of = 1000;
        p[ANY - 2].first = 0.1;
        assert_null(find(a, in, "revised"));
}

static double same(size_t i)
{
        (void)i;
        return 7;
}

static double huge(size_t i)
{
        return i % 2 ? DBL_MAX : -DBL_MAX;
}

static double tiny(size_t i)
{
        return (i % 7 ? 1 : -1) * DBL_MIN * (double)i;
}

static void odd_series(void **state)
{
        static double (*const all[])(size_t) = { same, huge, tiny };
        struct arena *a = *state;
        struct finding list[FINDING_MOST];

        for (size_t k = 0; k < sizeof(all) / sizeof(*all); k++)
                for (size_t n = 0; n < 100; n++) {
                        struct finding_input in =
                                daily(days(a, n + 1, all[k]), n);

                        (void)find(a, in, "high");
                        if (n < FINDING_MIN || all[k] == same)
                                assert_int_equal(finding_search(a, &in, list),
                                                 0);
                }
}

/* --- which is printed --- */

struct choice {
        struct finding findings[3], known[3];
        struct gauge gauges[2];
        struct finding_list f, k;
        struct gauge_list g;
        struct finding_rank_input in;
};

static struct choice choice_of(void)
{
        struct choice t = {
                .gauges = { { .feed_id = 1,
                              .weight = GAUGE_NORMAL,
                              .period = STR("day") },
                            { .feed_id = 2,
                              .weight = GAUGE_NORMAL,
                              .period = STR("month") } },
                .findings = { { .id = 1,
                                .feed_id = 1,
                                .kind = STR("high"),
                                .at = 99 * DAY,
                                .rarity = 7,
                                .found_at = 100 * DAY },
                              { .id = 2,
                                .feed_id = 2,
                                .kind = STR("low"),
                                .at = 60 * DAY,
                                .rarity = 8,
                                .brief = 2,
                                .found_at = 100 * DAY } },
                .in = { .date = STR("1970-04-11"),
                        .now = 100 * DAY,
                        .rest_days = 14,
                        .bar = 6 },
        };

        return t;
}

static size_t rank(struct arena *a, struct choice *t,
                   struct finding_candidate **ret)
{
        t->f.items = t->findings;
        t->f.n = 2;
        t->k.items = t->known;
        t->g = (struct gauge_list) { t->gauges, 2 };
        t->in.findings = &t->f;
        t->in.known = &t->k;
        t->in.gauges = &t->g;
        return finding_rank(a, &t->in, ret);
}

static void the_rarest_is_printed(void **state)
{
        struct choice t = choice_of();
        struct finding_candidate *c;

        assert_int_equal(rank(*state, &t, &c), 2);
        assert_int_equal(c[0].finding->id, 1);
        assert_str(c[0].rule, "");
        assert_true(c[0].score >= 7 && c[0].score <= 7);
        assert_str(c[1].rule, "another is rarer");
        t.gauges[1].weight = GAUGE_HIGH;
        t.gauges[0].weight = GAUGE_LOW;
        rank(*state, &t, &c);
        assert_int_equal(c[0].finding->id, 2);
        t.in.bar = 8;
        rank(*state, &t, &c);
        assert_str(c[0].rule, "7.0 bits are under edition.chart_bar (8)");
}

static void what_is_old_is_not(void **state)
{
        struct choice t = choice_of();
        struct finding_candidate *c;

        t.findings[0].at = 80 * DAY; /* a daily value */
        rank(*state, &t, &c);
        assert_int_equal(c[0].finding->id, 2);
        assert_str(c[1].rule, "its newest value is old");
        assert_true(c[0].stale >= 0 && c[0].stale <= 0); /* a monthly one */
        t.findings[1].found_at = 97 * DAY;
        rank(*state, &t, &c);
        assert_true(c[0].stale >= 2 && c[0].stale <= 2);
}

static void nothing_is_printed_twice(void **state)
{
        struct choice t = choice_of();
        struct finding_candidate *c;

        t.known[0] = t.findings[0];
        t.known[0].at -= 2 * DAY;
        t.known[0].found_at -= 2 * DAY;
        t.k.n = 1;
        rank(*state, &t, &c); /* found of the day before yesterday */
        assert_int_equal(c[0].finding->id, 2);
        assert_true(c[1].heard >= 2 && c[1].heard <= 2);
        t.known[0].printed_on = STR("1970-04-01");
        t.known[0].found_at = 0;
        rank(*state, &t, &c);
        assert_str(c[1].rule,
                   "the same of this series was printed on 1970-04-01");
        t.known[0].printed_on = STR("1970-03-20"); /* long ago */
        rank(*state, &t, &c);
        assert_int_equal(c[0].finding->id, 1);
        t.findings[0].printed_on = STR("1970-03-20");
        rank(*state, &t, &c);
        assert_str(c[1].rule, "it was printed on 1970-03-20");
        t.findings[0].printed_on = t.in.date; /* this very edition */
        rank(*state, &t, &c);
        assert_int_equal(c[0].finding->id, 1);
}

/* --- the chart --- */

static struct str say_figure(void *user, double v, int decimals)
{
        return arena_printf(user, "%.*f kr", decimals, v);
}

static struct str say_number(void *user, double v, int decimals, bool percent)
{
        return arena_printf(user, "%.*f%s", decimals, v, percent ? "%" : "");
}

static struct str say_date(void *user, const char *kind, enum period p,
                           int64_t at)
{
        char text[PERIOD_B];

        period_write(p, at, text);
        return *kind == 's' ? arena_printf(user, "since %s", text)
                            : arena_str(user, str_c(text));
}

static const char *say_plural(void *user, const char *key, int64_t n)
{
        (void)user;
        (void)n;
        return key;
}

static struct phrases *phrases(struct arena *a)
{
        struct phrases *p = NULL;

        assert_ok(phrases_parse(
                          a,
                          STR("finding.high = {name}: top {since}, "
                              "{value}\n"
                              "finding.high.ever = {name}: top of all\n"
                              "finding.rise = {name}: up {move}, {since}\n"
                              "finding.above.ever = {name} over {level}\n"
                              "finding.span = {from} to {to}\n"
                              "finding.every.day = daily\n"
                              "finding.subtitle = {what}, {every}, {span}\n"),
                          &p, &err),
                  err);
        return p;
}

static struct chart *chart_of(struct arena *a, struct finding_input in,
                              const char *kind, struct str name)
{
        struct finding_speech speech = { phrases(a), a,          STR("kroner"),
                                         say_figure, say_number, say_date,
                                         say_plural };
        struct gauge g = { .name = name,
                           .unit = STR("kroner"),
                           .place = STR("Sollen"),
                           .decimals = 1,
                           .source = STR("Grain Board"),
                           .url = STR("https://grain.example/x.csv") };
        struct finding f = *find(a, in, kind);
        struct finding_chart c = { &g, NULL, &f, in, &speech };
        struct str text;
        struct chart *chart;

        f.id = 12;
        c.in.as_of = 1772755200;
        text = finding_chart(a, &c);
        chart = chart_read(a, text, 1);
        assert_int_equal(chart->n_warnings, 0);
        assert_int_equal(chart->table->n_faults, 0);

        struct buf b;

        buf_init(&b, text.n + 1000);
        chart_write(&b, chart);
        assert_str(buf_str(&b), arena_cstr(a, text)); /* the round trip */
        buf_done(&b);
        return chart;
}

static void what_a_chart_says(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, wave);
        int64_t id, as_of;
        struct chart *c;

        set(&p[50], 151);
        set(&p[ANY - 1], 150);
        c = chart_of(a, daily(p, ANY), "high", STR("Wheat, \"red\"\n"));
        assert_str(c->title, "Wheat, \"red\": top since 1970-02-20, 150.0 kr");
        assert_str(c->subtitle,
                   "Kroner, Sollen, daily, 1970-02-01 to 1970-07-19");
        assert_str(c->source, "Grain Board");
        assert_str(c->source_url, "https://grain.example/x.csv");
        assert_int_equal(c->n_annotations, 1);
        assert_true(c->annotations[0].row != STR_NONE);
        assert_str(c->table->columns[1].name, "Wheat, \"red\"");
        assert_true(finding_key(c->finding, &id, &as_of));
        assert_true(id == 12 && as_of == 1772755200);
        assert_false(finding_key(STR("12"), &id, &as_of));
        assert_false(finding_key(STR(""), &id, &as_of));
        assert_false(finding_key(STR("x 2026-03-06T00:00:00Z"), &id, &as_of));
}

static void long_series_are_thinned(void **state)
{
        enum { MANY = 10000 };
        struct arena *a = *state;
        struct gauge_point *p = days(a, MANY, wave);
        size_t peak = 0;
        struct chart *c;

        set(&p[4321], 149); /* a peak that must be drawn */
        set(&p[MANY - 1], 150);
        c = chart_of(a, daily(p, MANY), "high", STR("Wheat"));
        assert_str(c->title, "Wheat: top of all");
        assert_true(c->table->n_rows <= FINDING_ROWS + 4);
        assert_true(c->table->n_rows > FINDING_ROWS / 2);
        for (size_t i = 0; i < c->table->n_rows; i++)
                peak += c->table->columns[1].numbers[i] >= 149;
        assert_int_equal(peak, 2);
}

static void moves_and_levels_in_words(void **state)
{
        struct arena *a = *state;
        struct gauge_point *p = days(a, ANY, near_hundred);
        struct chart *c;

        set(&p[30], 80);
        set(&p[31], 120);
        set(&p[ANY - 2], 96);
        set(&p[ANY - 1], 120);
        c = chart_of(a, daily(p, ANY), "rise", STR("Wheat"));
        assert_str(c->title, "Wheat: up 25.0%, since 1970-02-01");
        p = days(a, ANY, near_hundred);
        set(&p[ANY - 1], 100.5);
        c = chart_of(a, daily(p, ANY), "above", STR("Wheat"));
        assert_str(c->title, "Wheat over 100 kr");
}

UNIT_MAIN(ARENA_TEST(a_record_and_since_when),
          ARENA_TEST(a_record_of_a_rising_series),
          ARENA_TEST(back_after_a_long_way), ARENA_TEST(streaks),
          ARENA_TEST(the_largest_move), ARENA_TEST(round_numbers),
          ARENA_TEST(another_series), ARENA_TEST(seasons),
          ARENA_TEST(a_revision_that_turns_the_sign), ARENA_TEST(odd_series),
          ARENA_TEST(the_rarest_is_printed), ARENA_TEST(what_is_old_is_not),
          ARENA_TEST(nothing_is_printed_twice), ARENA_TEST(what_a_chart_says),
          ARENA_TEST(long_series_are_thinned),
          ARENA_TEST(moves_and_levels_in_words))

/*
 * Charts drawn: each type's SVG is compared with tests/golden/chart (BLESS=1
 * writes them anew); where ticks stand; and what odd numbers give.
 */

#define ARENA_B ((size_t)1 << 30)
#include "arena_fixture.h"

#include <math.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/time.h"
#include "edition/chart_read.h"
#include "press/figure.h"
#include "press/plot.h"
#include "press/press.h"
#include "press/ticks.h"

static struct err err;

static struct str golden_path(const char *name, const char *end)
{
        return arena_printf(a, "%s/tests/golden/chart/%s.%s",
                            getenv("SOURCE_ROOT"), name, end);
}

static struct str svg_of(const struct scene *s, int inline_n)
{
        struct buf b;

        buf_init(&b, LIMIT_OUTPUT_B);
        svg_write(&b, s, THEME_AUTO, inline_n);
        assert_true(buf_ok(&b));

        struct str out = arena_str(a, buf_str(&b));

        buf_done(&b);
        return out;
}

static int draw(const struct chart *c, double width, const char *language,
                struct scene *ret)
{
        struct plot_options o = { .width = width,
                                  .language = str_c(language),
                                  .source_word = STR("Source"),
                                  .alt = STR("In words") };

        return plot_draw(a, c, &o, ret, &err);
}

static const struct {
        const char *name, *language;
        double width;
} goldens[] = {
        { "line", "en", 0 },       { "lines", "en", 0 },
        { "area", "en", 0 },       { "stacked-area", "de", 0 },
        { "column", "en", 360 },   { "column-negative", "fr", 0 },
        { "bar", "en", 0 },        { "ordered-bar", "en", 0 },
        { "paired-bar", "en", 0 }, { "stacked-bar", "en", 0 },
        { "lollipop", "en", 0 },   { "slope", "en", 0 },
        { "scatter", "en", 0 },    { "diverging-bar", "en", 0 },
        { "rtl", "ar", 360 },
};

static void each_type_is_the_golden_one(void **state)
{
        (void)state;
        for (size_t i = 0; i < sizeof(goldens) / sizeof(*goldens); i++) {
                struct str text, want, got;
                struct scene s;
                const char *name = goldens[i].name;

                assert_ok(file_read(a, golden_path(name, "chart").p,
                                    LIMIT_COPY_B, &text, &err),
                          err);
                struct chart *c = chart_read(a, text, 1);

                assert_int_equal(c->n_warnings, 0);
                assert_ok(draw(c, goldens[i].width, goldens[i].language, &s),
                          err);
                got = svg_of(&s, 0);
                if (getenv("BLESS"))
                        assert_ok(file_write(golden_path(name, "svg").p, got,
                                             NULL, &err),
                                  err);
                assert_ok(file_read(a, golden_path(name, "svg").p,
                                    LIMIT_OUTPUT_B, &want, &err),
                          err);
                if (!str_eq(got, want))
                        fail_msg("%s.svg differs: look at it, then BLESS=1",
                                 name);
        }
}

/* The same scene as a picture has its size, twice, and is no blank. */
static void pictures_are_drawn(void **state)
{
        struct chart *c =
                chart_read(a, STR("title: T\n\nA,B\n2024,1\n2025,3\n"), 1);
        struct scene s;
        struct str png;

        (void)state;
        assert_ok(draw(c, 0, "en", &s), err);
        assert_ok(png_write(a, &s, THEME_LIGHT, 2, &png, &err), err);
        assert_true(str_starts(png, STR("\x89PNG\r\n\x1a\n")));
        assert_int_equal((unsigned char)png.p[18] * 256 +
                                 (unsigned char)png.p[19],
                         2 * PLOT_WIDTH);
        assert_true(png.n > 4000);
        assert_int_equal(png_write(a, &s, THEME_LIGHT, 100, &png, &err),
                         ERR_LIMIT);
}

/* --- what stands in an SVG --- */

static size_t count(struct str s, const char *part)
{
        size_t n = 0, at = 0;

        while ((at = str_find(s, str_c(part), at)) != STR_NONE) {
                n++;
                at++;
        }
        return n;
}

static struct str svg_text(const char *text, double width)
{
        struct chart *c = chart_read(a, str_c(text), 1);
        struct scene s;

        if (draw(c, width, "en", &s) < 0)
                fail_msg("%s", err.msg);
        assert_true(s.width > 0 && s.height > 0 && s.height < 4000);
        for (size_t i = 0; i < s.n; i++) {
                const struct mark *m = &s.marks[i];

                assert_true(isfinite(m->x) && isfinite(m->y) &&
                            isfinite(m->w) && isfinite(m->h));
                assert_true(m->w >= 0 && m->h >= 0);
                for (size_t k = 0; k < m->n; k++)
                        assert_true(isnan(m->points[k].y) ||
                                    (isfinite(m->points[k].x) &&
                                     m->points[k].y > -2 &&
                                     m->points[k].y < s.height + 2));
        }

        struct str svg = svg_of(&s, 0);

        assert_int_equal(count(svg, "nan"), 0);
        assert_int_equal(count(svg, "inf"), 0);
        return svg;
}

static void it_can_be_read(void **state)
{
        struct str s = svg_text("title: Up & <up>\nsource: We\n\n"
                                "Y,V\n2024,1\n2025,3\n",
                                0);

        (void)state;
        assert_int_equal(count(s, "role=\"img\""), 1);
        assert_int_equal(count(s, "<title id=\"bc0t\">Up &amp; &lt;up&gt;"
                                  "</title>"),
                         1);
        assert_int_equal(count(s, "<desc id=\"bc0d\">In words</desc>"), 1);
        assert_int_equal(count(s, "aria-labelledby=\"bc0t bc0d\""), 1);
        assert_int_equal(count(s, "prefers-color-scheme:dark"), 1);
        assert_int_equal(count(s, ">Source: We</text>"), 1);
        assert_int_equal(count(s, "var("), 0);
        assert_int_equal(count(s, ">3</text>"), 2); /* axis, last point */

        struct chart *c = chart_read(a, STR("\nA,B\nx,1\n"), 1);
        struct scene scene;

        assert_ok(draw(c, 0, "en", &scene), err);
        assert_int_equal(count(svg_of(&scene, 2), "id=\"bc2t\""), 1);
        assert_true(count(svg_of(&scene, 2), "var(--accent,#8c1d18)") > 0);
}

static void bars_begin_at_zero(void **state)
{
        static const char *const types[] = { "bar", "ordered bar", "column",
                                             "lollipop" };

        (void)state;
        for (size_t i = 0; i < 4; i++) {
                struct chart *c = chart_read(
                        a,
                        arena_printf(a, "type: %s\n\nA,B\nx,100\ny,50\n",
                                     types[i]),
                        1);
                double longest = 0, other = 0;
                struct scene s;

                assert_ok(draw(c, 0, "en", &s), err);
                for (size_t k = 0; k < s.n; k++) {
                        const struct mark *m = &s.marks[k];
                        double size = m->kind == MARK_RECT
                                              ? (i == 2 ? m->h : m->w)
                                      : m->kind == MARK_PATH
                                              ? m->points[1].x - m->points[0].x
                                              : 0;

                        if (m->ink != INK_SERIES || size <= 0)
                                continue;
                        other = longest;
                        longest = size;
                }
                assert_true(fabs(fmax(longest, other) / 2 -
                                 fmin(longest, other)) < 0.01);
        }
}

/* A line over names has its points above them. */
static void points_stand_above_their_names(void **state)
{
        struct chart *c = chart_read(
                a, STR("type: line\n\nA,B\nfirst,1\nsecond,2\nthird,3\n"), 1);
        const struct mark *path = NULL, *name = NULL;
        struct scene s;

        (void)state;
        assert_ok(draw(c, 0, "en", &s), err);
        for (size_t i = 0; i < s.n; i++) {
                if (s.marks[i].kind == MARK_PATH && s.marks[i].n == 3)
                        path = &s.marks[i];
                if (str_eq(s.marks[i].text, STR("first")))
                        name = &s.marks[i];
        }
        assert_true(path && name);
        assert_true(fabs(path->points[0].x - name->x) < 1);
}

static void odd_numbers_are_sane(void **state)
{
        static const char *const rows[] = {
                "A,B\n2025,7\n",                 /* one point */
                "A,B\n2024,5\n2025,5\n2026,5\n", /* all alike */
                "A,B\n2024,0\n2025,0\n",         /* nothing */
                "A,B\n2024,-5\n2025,-1\n",       /* below zero */
                "A,B\n2024,-5\n2025,5\n",        /* both sides */
                "A,B\n2024,1\n2025,\n2026,3\n",  /* a gap */
                "A,B\n2024,\n2025,4\n2026,\n",   /* alone between gaps */
                "A,B\n2024,1e300\n2025,-1e300\n2026,1\n",
                "A,B\n2024,1e-300\n2025,2e-300\n",
                "A,B,C\n2024,1,\n2025,2,\n", /* a column of nothing */
                "A,B,C\n2024,1,-2\n2025,-3,4\n",
                "A,B\n2025,1\n2025,2\n2025,3\n", /* one instant */
                "A,B\n,1\n,2\n",                 /* no names */
                "B\n1\n2\n3\n",                  /* one column */
                "A,B\nx,1\nx,2\n",               /* one name twice */
        };

        (void)state;
        for (int t = CHART_LINE; t < CHART_TYPES; t++)
                for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                        const char *text =
                                arena_printf(
                                        a, "type: %s\ntitle: T\n\n%s",
                                        chart_type_name((enum chart_type)t),
                                        rows[i])
                                        .p;
                        struct chart *c = chart_read(a, str_c(text), 1);
                        struct scene s;

                        if (t == CHART_SCATTER &&
                            draw(c, 0, "en", &s) == ERR_ABSENT)
                                continue;
                        (void)svg_text(text, i % 2 ? 300 : 0);
                }
}

static void nothing_to_draw_is_told(void **state)
{
        static const char *const texts[] = {
                "title: x\n",
                "\nA,B\n",
                "\nA,B\nx,y\nz,w\n",
                "\nA\nx\n",
                "type: scatter\n\nA,B\nx,1\n",
                "columns: nothing\n\nA,B\nx,1\n",
        };
        struct scene s;

        (void)state;
        for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
                struct chart *c = chart_read(a, str_c(texts[i]), 1);

                if (draw(c, 0, "en", &s) != ERR_ABSENT)
                        fail_msg("drawn: %s", texts[i]);
        }
}

static void long_labels_are_cut(void **state)
{
        struct buf b;

        (void)state;
        for (int t = CHART_LINE; t < CHART_TYPES; t++) {
                buf_init(&b, 1 << 20);
                buf_printf(&b, "type: %s\ntitle: ",
                           chart_type_name((enum chart_type)t));
                for (int i = 0; i < 10000; i++)
                        buf_puts(&b, i % 9 ? "\u00e9" : " ");
                buf_puts(&b, "\nannotation: x | ");
                for (int i = 0; i < 10000; i++)
                        buf_char(&b, 'm');
                buf_puts(&b, "\n\nA,B,C\n");
                for (int i = 0; i < 10000; i++)
                        buf_char(&b, 'W');
                buf_puts(&b, ",1,2\nx,2,3\n");
                assert_true(svg_text(buf_cstr(&b), 360).n < 60000);
                buf_done(&b);
        }
}

/* Within the picture, when it stands without title and source too. */
static void words_stay_inside(void **state)
{
        (void)state;
        for (size_t g = 0; g < sizeof(goldens) / sizeof(*goldens); g++) {
                struct plot_options o = { .width = 320,
                                          .is_bare = true,
                                          .language = STR("en") };
                struct str text;
                struct scene s;

                assert_ok(file_read(a, golden_path(goldens[g].name, "chart").p,
                                    LIMIT_COPY_B, &text, &err),
                          err);
                assert_ok(plot_draw(a, chart_read(a, text, 1), &o, &s, &err),
                          err);
                for (size_t i = 0; i < s.n; i++) {
                        const struct mark *m = &s.marks[i];
                        double w = words_width(m->text, m->size, m->is_bold),
                               x = m->x - w * (int)m->anchor / 2;

                        if (m->kind == MARK_WORDS &&
                            (m->y - m->size * 0.8 < 0 || m->y > s.height ||
                             x < -0.5 || x + w > s.width + 0.5))
                                fail_msg("%s: \"%.*s\" is cut off",
                                         goldens[g].name, STR_ARG(m->text));
                }
        }
}

/* No two words of a picture lie on each other. */
static void words_keep_apart(void **state)
{
        (void)state;
        for (size_t g = 0; g < sizeof(goldens) / sizeof(*goldens); g++) {
                struct str text;
                struct scene s;

                assert_ok(file_read(a, golden_path(goldens[g].name, "chart").p,
                                    LIMIT_COPY_B, &text, &err),
                          err);
                for (double w = 320; w <= 680; w += 360) {
                        assert_ok(draw(chart_read(a, text, 1), w,
                                       goldens[g].language, &s),
                                  err);
                        for (size_t i = 0; i < s.n; i++)
                                for (size_t k = i + 1; k < s.n; k++) {
                                        struct mark *m = &s.marks[i],
                                                    *n = &s.marks[k];

                                        if (m->kind != MARK_WORDS ||
                                            n->kind != MARK_WORDS ||
                                            fabs(m->y - n->y) > m->size * 0.7)
                                                continue;
                                        double mw = words_width(m->text,
                                                                m->size,
                                                                m->is_bold),
                                               nw = words_width(n->text,
                                                                n->size,
                                                                n->is_bold);
                                        double mx = m->x -
                                                    mw * (int)m->anchor / 2,
                                               nx = n->x -
                                                    nw * (int)n->anchor / 2;

                                        if (mx + mw > nx + 0.5 &&
                                            nx + nw > mx + 0.5)
                                                fail_msg("%s: \"%.*s\" lies "
                                                         "on \"%.*s\"",
                                                         goldens[g].name,
                                                         STR_ARG(m->text),
                                                         STR_ARG(n->text));
                                }
                }
        }
}

static void many_points_stay_small(void **state)
{
        struct buf b;

        (void)state;
        for (int scatter = 0; scatter < 2; scatter++) {
                buf_init(&b, 4 << 20);
                buf_printf(&b, "type: %s\n\nA,B\n",
                           scatter ? "scatter" : "line");
                for (int i = 0; i < 10000; i++)
                        buf_printf(&b, "%d,%.2f\n", i,
                                   100 + 50 * sin(i / 300.0) + (i * 7919) % 13);
                struct str svg = svg_text(buf_cstr(&b), 0);

                assert_true(svg.n < 120000);
                buf_done(&b);
        }
}

/* --- ticks --- */

static void ticks_are_nice(void **state)
{
        static const struct {
                double lo, hi;
                size_t max;
                double from, to, step;
                int decimals;
        } cases[] = {
                { 0, 100, 5, 0, 100, 20, 0 },
                { 7137, 39099, 5, 0, 40000, 10000, 0 },
                { -0.8, 0.4, 4, -1, 0.5, 0.5, 1 },
                { 0.0012, 0.0049, 4, 0.001, 0.005, 0.001, 3 },
                { 1e9, 4.2e9, 5, 1e9, 5e9, 1e9, 0 },
                { -3, -1, 4, -3, -1, 0.5, 1 },
                { 5, 5, 4, 4.4, 5.6, 0.2, 1 }, /* made apart */
                { 0, 0, 4, 0, 1, 0.5, 1 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct ticks t =
                        ticks_nice(cases[i].lo, cases[i].hi, cases[i].max);

                assert_true(t.n <= cases[i].max + 1 && t.n >= 2);
                assert_true(t.from <= cases[i].lo + 1e-9 &&
                            t.to >= cases[i].hi - 1e-9);
                if (i >= 6)
                        continue;
                if (fabs(t.from - cases[i].from) > 1e-9 ||
                    fabs(t.to - cases[i].to) > 1e-9 ||
                    fabs(t.step - cases[i].step) > 1e-9 ||
                    t.decimals != cases[i].decimals)
                        fail_msg("%g..%g: %g..%g by %g", cases[i].lo,
                                 cases[i].hi, t.from, t.to, t.step);
        }
        struct ticks t = ticks_nice(-INFINITY, NAN, 5);

        assert_true(isfinite(t.from) && isfinite(t.to) && t.n >= 2);
        t = ticks_nice(-1, 1, 4);
        assert_true(ticks_at(&t, 2) == 0);
}

static double instant(const char *date)
{
        struct civil c = { 0 };

        assert_ok(time_parse_date(str_c(date), &c, &err), err);
        return (double)time_from_civil(&c);
}

static void dates_have_whole_units(void **state)
{
        static const size_t eight[] = { 8, 8, 8, 8, 8 };
        static const struct {
                const char *from, *to;
                bool quarters;
                enum tick_unit unit;
                const char *first;
                size_t n;
        } cases[] = {
                { "1989-12-01", "2026-03-01", false, TICK_YEAR, "1990-01-01",
                  8 },
                { "2020-01-01", "2026-01-01", false, TICK_YEAR, "2020-01-01",
                  7 },
                { "2025-03-01", "2026-02-01", false, TICK_MONTH, "2025-03-01",
                  6 },
                { "2025-01-01", "2026-07-01", true, TICK_QUARTER, "2025-01-01",
                  7 },
                { "2026-02-20", "2026-03-06", false, TICK_DAY, "2026-02-20",
                  8 },
                { "2026-01-01", "2026-02-15", false, TICK_DAY, "2026-01-05",
                  6 },
                { "2026-03-06", "2026-03-07", false, TICK_HOUR, "2026-03-06",
                  9 },
                { "1000-01-01", "2900-01-01", false, TICK_YEAR, "1000-01-01",
                  4 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct date_ticks t = ticks_dates(a, instant(cases[i].from),
                                                  instant(cases[i].to), eight,
                                                  cases[i].quarters);

                if (t.unit != cases[i].unit || t.n != cases[i].n ||
                    t.at[0] != instant(cases[i].first))
                        fail_msg("%s..%s: unit %d, %zu ticks", cases[i].from,
                                 cases[i].to, t.unit, t.n);
        }
}

static void figures_are_in_the_language(void **state)
{
        static const struct {
                const char *language, *unit;
                double v;
                int decimals;
                const char *want;
        } cases[] = {
                { "en", "", 39099, 0, "39,099" },
                { "de", "", 39099.5, 1, "39.099,5" },
                { "fr", "", 39099, 0, "39\u202f099" },
                { "en", "%", -4.25, 1, "\u22124.2%" },
                { "en", "$", -12, 0, "\u2212$12" },
                { "en", "", 1250000, 0, "1.25M" },
                { "en", "", -0.001, 1, "0.0" },
                { "ar", "", 1234, 0, "1,234" },
                { "", "", 5, 2, "5.00" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct figures *f = figures_new(a, str_c(cases[i].language),
                                                str_c(cases[i].unit));

                assert_str(figure_text(a, f, cases[i].v, cases[i].decimals),
                           cases[i].want);
                figures_done(f);
        }
}

static void words_are_measured_and_cut(void **state)
{
        struct str lines[3];

        (void)state;
        assert_true(words_width(STR("MM"), 10, false) >
                    words_width(STR("ii"), 10, false) * 3);
        assert_true(words_width(STR("Ab"), 10, true) >
                    words_width(STR("Ab"), 10, false));
        assert_true(words_width(STR("e\u0301"), 10, false) ==
                    words_width(STR("e"), 10, false));
        assert_str(words_fit(a, STR("short"), 12, false, 100), "short");
        assert_str(words_fit(a, STR("much too long"), 12, false, 50),
                   "much t\u2026");
        assert_int_equal(words_wrap(a, STR("one two three four five six"), 12,
                                    false, 50, lines, 3),
                         3);
        assert_str(lines[0], "one two");
        assert_true(words_width(lines[2], 12, false) <= 50);
        assert_int_equal(words_wrap(a, STR("\u4e2d\u4e2d\u4e2d"), 12, false, 3,
                                    lines, 3),
                         3);
        assert_true(words_are_rtl(STR("12 \u05d0b")));
        assert_false(words_are_rtl(STR("12")));
}

static void subtitles_say_all(void **state)
{
        static const struct {
                const char *text, *want;
        } cases[] = {
                { "subtitle: Closing level\nunit: points\n\nM,V\n1989,1\n2026,"
                  "2\n",
                  "Closing level, points, 1989\u20132026" },
                { "subtitle: Level in points\nunit: points\n\nM,V\n2026,1\n",
                  "Level in points, 2026" },
                { "subtitle: Level, 1989 on\n\nM,V\n1989,1\n2026,2\n",
                  "Level, 1989 on" },
                { "subtitle: Change\nunit: %\n\nA,V\nx,1\n", "Change" },
                { "unit: %\n\nA,V\nx,1\n", "%" },
                { "", "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_str(plot_subtitle(
                                   a, chart_read(a, str_c(cases[i].text), 1)),
                           cases[i].want);
}

#define WITH(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

UNIT_MAIN(WITH(each_type_is_the_golden_one), WITH(pictures_are_drawn),
          WITH(it_can_be_read), WITH(bars_begin_at_zero),
          WITH(points_stand_above_their_names), WITH(odd_numbers_are_sane),
          WITH(nothing_to_draw_is_told), WITH(long_labels_are_cut),
          WITH(words_stay_inside), WITH(words_keep_apart),
          WITH(many_points_stay_small), WITH(ticks_are_nice),
          WITH(dates_have_whole_units), WITH(figures_are_in_the_language),
          WITH(words_are_measured_and_cut), WITH(subtitles_say_all))

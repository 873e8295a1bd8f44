/* Cells, tables and charts as text: what is read, what is told, what is kept.
 */

#define ARENA_B ((size_t)1 << 30)
#include "arena_fixture.h"

#include <math.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/cell.h"
#include "edition/chart_read.h"
#include "edition/copy.h"
#include "base/table.h"

static struct err err;

static void numbers(void **state)
{
        static const struct {
                const char *text;
                char decimal;
                bool ok;
                double value;
        } cases[] = {
                { "12", '.', true, 12 },
                { "-12.5", '.', true, -12.5 },
                { "\u221212,5", ',', true, -12.5 },
                { "+3", '.', true, 3 },
                { "1,234,567.89", '.', true, 1234567.89 },
                { "1.234.567,89", ',', true, 1234567.89 },
                { "12,34,567", '.', true, 1234567 },
                { "1 234 567", '.', true, 1234567 },
                { "1\u00a0234,5", ',', true, 1234.5 },
                { "1\u202f234", ',', true, 1234 },
                { "1'234.5", '.', true, 1234.5 },
                { "$1,234", '.', true, 1234 },
                { "-\u20ac5", '.', true, -5 },
                { "5 \u20ac", ',', true, 5 },
                { "4.5%", '.', true, 4.5 },
                { "4,5 %", ',', true, 4.5 },
                { "1e3", '.', true, 1000 },
                { "0.1", '.', true, 0.1 },
                { ".5", '.', true, 0.5 },
                { "1234567890.12345", '.', true, 1234567890.12345 },
                { "1,23", '.', false, 0 },
                { "1,2345", '.', false, 0 },
                { "1.2.3", '.', false, 0 },
                { "1e999", '.', false, 0 },
                { "inf", '.', false, 0 },
                { "nan", '.', false, 0 },
                { "0x10", '.', false, 0 },
                { "12 apples", '.', false, 0 },
                { "", '.', false, 0 },
                { "-", '.', false, 0 },
                { ".", '.', false, 0 },
                { "1--2", '.', false, 0 },
                { "1,,234", '.', false, 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                double v = 0;
                int decimals;
                bool ok = cell_number(str_c(cases[i].text), cases[i].decimal,
                                      &v, &decimals);

                if (ok != cases[i].ok || (ok && v != cases[i].value))
                        fail_msg("\"%s\": %d %.17g", cases[i].text, ok, v);
        }
}

static void marks(void **state)
{
        static const struct {
                const char *text;
                enum cell_mark mark;
        } cases[] = {
                { "12", MARK_NONE },         { "1.5", MARK_POINT },
                { "1,5", MARK_COMMA },       { "1.234", MARK_ONE_POINT },
                { "1,234", MARK_ONE_COMMA }, { "0.123", MARK_POINT },
                { "0,123", MARK_COMMA },     { "1,234.5", MARK_POINT },
                { "1.234,5", MARK_COMMA },   { "1,234,567", MARK_POINT },
                { "1.234.567", MARK_COMMA }, { "1234.567", MARK_POINT },
                { "a.b", MARK_NONE },        { "6.3.2026", MARK_NONE },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                if (cell_mark(str_c(cases[i].text)) != cases[i].mark)
                        fail_msg("\"%s\" is not %d", cases[i].text,
                                 cases[i].mark);
}

static void dates(void **state)
{
        static const struct {
                const char *text;
                enum cell_order order;
                const char *want; /* NULL: no date */
                enum date_step step;
        } cases[] = {
                { "2026", ORDER_DMY, "2026-01-01", DATE_YEAR },
                { "2026-03", ORDER_DMY, "2026-03-01", DATE_MONTH },
                { "2026-03-06", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "2026/3/6", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "20260306", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "2026-W10", ORDER_DMY, "2026-03-02", DATE_WEEK },
                { "2026-Q2", ORDER_DMY, "2026-04-01", DATE_QUARTER },
                { "2026Q2", ORDER_DMY, "2026-04-01", DATE_QUARTER },
                { "Q4 2025", ORDER_DMY, "2025-10-01", DATE_QUARTER },
                { "2026-03-06T12:30", ORDER_DMY, "2026-03-06", DATE_TIME },
                { "2026-03-06 00:00:00Z", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "6.3.2026", ORDER_MDY, "2026-03-06", DATE_DAY },
                { "6/3/2026", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "6/3/2026", ORDER_MDY, "2026-06-03", DATE_DAY },
                { "6-3-69", ORDER_DMY, "2069-03-06", DATE_DAY },
                { "6-3-70", ORDER_DMY, "1970-03-06", DATE_DAY },
                { "6 March 2026", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "March 6, 2026", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "Mar 2026", ORDER_DMY, "2026-03-01", DATE_MONTH },
                { "Mar-89", ORDER_DMY, "1989-03-01", DATE_MONTH },
                { "6. M\u00e4rz 2026", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "juillet 2026", ORDER_DMY, "2026-07-01", DATE_MONTH },
                { "6 de marzo de 2026", ORDER_DMY, "2026-03-06", DATE_DAY },
                { "2024-02-29", ORDER_DMY, "2024-02-29", DATE_DAY },
                { "2025-02-29", ORDER_DMY, NULL, 0 },
                { "2026-13", ORDER_DMY, NULL, 0 },
                { "32.1.2026", ORDER_DMY, NULL, 0 },
                { "2026-Q5", ORDER_DMY, NULL, 0 },
                { "2026-W54", ORDER_DMY, NULL, 0 },
                { "39099", ORDER_DMY, NULL, 0 },
                { "soon", ORDER_DMY, NULL, 0 },
                { "6 Brumaire 4", ORDER_DMY, NULL, 0 },
                { "0000-01-01", ORDER_DMY, NULL, 0 },
                { "", ORDER_DMY, NULL, 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                double at;
                enum date_step step;
                bool ok = cell_date(str_c(cases[i].text), cases[i].order, &at,
                                    &step);
                struct buf b;

                if (ok != !!cases[i].want)
                        fail_msg("\"%s\": %d", cases[i].text, ok);
                if (!ok)
                        continue;
                struct civil c = time_to_civil((int64_t)at);

                buf_init(&b, 64);
                time_put_date(&b, &c);
                assert_str(buf_str(&b), cases[i].want);
                assert_int_equal(step, cases[i].step);
                buf_done(&b);
        }
}

static const struct table *read_table(const char *text)
{
        struct table_input in = { .name = STR("t.csv"), .text = str_c(text) };
        const struct table *t;

        assert_ok(table_read(a, &in, &t, &err), err);
        return t;
}

static void has_warning(const struct table *t, const char *words)
{
        for (size_t i = 0; i < t->n_warnings; i++)
                if (str_find(t->warnings[i], str_c(words), 0) != STR_NONE)
                        return;
        fail_msg("no warning of \"%s\"; the first is \"%.*s\"", words,
                 t->n_warnings ? (int)t->warnings[0].n : 0,
                 t->n_warnings ? t->warnings[0].p : "");
}

static void columns_are_typed(void **state)
{
        const struct table *t = read_table("\xEF\xBB\xBF"
                                           "Month,Close,Name\r\n"
                                           "2026-01,1.5,\"a, b\"\r\n"
                                           "2026-02,n/a,\"say \"\"x\"\"\"\r\n"
                                           "2026-03,2.25,\r\n");

        (void)state;
        assert_int_equal(t->n_columns, 3);
        assert_int_equal(t->n_rows, 3);
        assert_int_equal(t->n_warnings, 0);
        assert_str(t->columns[0].name, "Month");
        assert_int_equal(t->columns[0].kind, COLUMN_DATE);
        assert_int_equal(t->columns[0].step, DATE_MONTH);
        assert_int_equal(t->columns[1].kind, COLUMN_NUMBER);
        assert_int_equal(t->columns[1].decimals, 2);
        assert_true(t->columns[1].numbers[0] == 1.5);
        assert_true(isnan(t->columns[1].numbers[1]));
        assert_int_equal(t->columns[2].kind, COLUMN_TEXT);
        assert_null(t->columns[2].numbers);
        assert_str(t->columns[2].texts[1], "say \"x\"");
}

static void what_is_ambiguous_is_told(void **state)
{
        /* A comma file, so the point is the decimal sign; said aloud. */
        const struct table *t = read_table("x,y\na,\"1,234\"\nb,\"5,678\"\n");

        (void)state;
        assert_true(t->columns[1].numbers[0] == 1234);
        has_warning(t, "t.csv: line 2, column 2: \"1,234\" can be read in two "
                       "ways");
        /* The same where ; parts the fields. */
        t = read_table("x;y\na;1,234\nb;5,678\n");
        assert_true(t->columns[1].numbers[0] == 1.234);
        has_warning(t, "two ways");
        /* Another cell of the column tells. */
        t = read_table("x;y\na;1,234\nb;5,6\n");
        assert_true(t->columns[1].numbers[0] == 1.234);
        assert_int_equal(t->n_warnings, 0);
        /* Another column tells. */
        t = read_table("x\ty\tz\na\t1.234\t2,5\nb\t5.678\t3,5\n");
        assert_true(t->columns[1].numbers[0] == 1234);
        assert_int_equal(t->n_warnings, 0);
        /* Dates. */
        t = read_table("d,y\n3/4/2026,1\n5/4/2026,2\n");
        assert_true(t->columns[0].kind == COLUMN_DATE);
        has_warning(t, "line 2, column 1: \"3/4/2026\" can be read");
        t = read_table("d,y\n3/4/2026,1\n3/14/2026,2\n");
        assert_int_equal(t->n_warnings, 0);
        assert_int_equal(time_to_civil((int64_t)t->columns[0].numbers[0]).month,
                         3);
        /* The owner says which. */
        struct table_input in = { .text = STR("x,y\na,\"1,234\"\n"),
                                  .decimal = ',' };
        assert_ok(table_read(a, &in, &t, &err), err);
        assert_true(t->columns[1].numbers[0] == 1.234);
        assert_int_equal(t->n_warnings, 0);
}

static void a_bad_cell_costs_itself(void **state)
{
        const struct table *t = read_table("d,y,z\n2026-01-01,1,2\n"
                                           "2026-01-02,oops,3\n"
                                           "2026-01-03,4,5,6\n"
                                           "2026-01-04,7\n"
                                           "2026-01-05,8,1e999\n");

        (void)state;
        assert_int_equal(t->n_rows, 5);
        assert_true(isnan(t->columns[1].numbers[1]));
        assert_true(t->columns[1].numbers[2] == 4);
        assert_true(isnan(t->columns[2].numbers[3]));
        assert_true(isnan(t->columns[2].numbers[4]));
        has_warning(t, "t.csv: line 3, column 2: \"oops\" is no number");
        has_warning(t, "line 4: it has 4 fields where the first line has 3");
        has_warning(t, "line 6, column 3: \"1e999\" is no number");

        struct buf b;

        buf_init(&b, 1 << 20);
        buf_puts(&b, "x,y\n");
        for (int i = 0; i < 200; i++)
                buf_puts(&b, i % 2 ? "a,1\n" : i % 4 ? "b,2\n" : "c,oops\n");
        t = read_table(buf_cstr(&b));
        assert_int_equal(t->n_faults, 50);
        assert_int_equal(t->n_warnings, TABLE_WARNINGS_MAX);
        buf_done(&b);
}

static void years_are_dates_in_front_only(void **state)
{
        const struct table *t = read_table("y,v\n1989,2026\n1990,2025\n");
        struct table_input in = { .text = STR("y,v\n1989,1\n1990,2\n"),
                                  .no_years = true };

        (void)state;
        assert_int_equal(t->columns[0].kind, COLUMN_DATE);
        assert_int_equal(t->columns[1].kind, COLUMN_NUMBER);
        assert_ok(table_read(a, &in, &t, &err), err);
        assert_int_equal(t->columns[0].kind, COLUMN_NUMBER);
        t = read_table("1,2\n3,4\n");
        assert_str(t->columns[0].name, "1");
        assert_int_equal(t->n_rows, 2);
        has_warning(t, "no names");
}

static void json_rows(void **state)
{
        const struct table *t =
                read_table(" [{\"d\":\"2026-01-01\",\"v\":1.234,\"n\":null},"
                           "{\"d\":\"2026-01-02\",\"v\":2,\"w\":3}]");

        (void)state;
        assert_int_equal(t->n_columns, 4);
        assert_int_equal(t->columns[0].kind, COLUMN_DATE);
        assert_true(t->columns[1].numbers[0] == 1.234);
        assert_int_equal(t->n_warnings, 0);
        assert_true(isnan(t->columns[3].numbers[0]));
        assert_true(t->columns[3].numbers[1] == 3);
        t = read_table("[[\"d\",\"v\"],[\"a\",1],[\"b\",[]]]");
        assert_str(t->columns[1].name, "v");
        assert_true(isnan(t->columns[1].numbers[1]));
}

static void what_is_no_table_is_refused(void **state)
{
        static const struct {
                const char *text;
                int rc;
                const char *words;
        } cases[] = {
                { "", ERR_INPUT, "no rows" },
                { "\n\n", ERR_INPUT, "no rows" },
                { "[", ERR_INPUT, "line 1" },
                { "[]", ERR_INPUT, "no rows" },
                { "[1,2]", ERR_INPUT, "neither" },
                { "[{\"a\":1},2]", ERR_INPUT, "row 2" },
                { "a,b\n\"x,1\n", ERR_INPUT, "line 2: a field" },
        };
        const struct table *t;

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct table_input in = { .text = str_c(cases[i].text) };

                assert_int_equal(table_read(a, &in, &t, &err), cases[i].rc);
                if (!strstr(err.msg, cases[i].words))
                        fail_msg("\"%s\": %s", cases[i].text, err.msg);
        }
}

static void ten_million_rows_are_refused_soon(void **state)
{
        const size_t n = 10000000;
        char *text = malloc(n * 4 + 4);
        const struct table *t;

        (void)state;
        assert_non_null(text);
        memcpy(text, "x,y\n", 4);
        for (size_t i = 1; i <= n; i++)
                memcpy(text + i * 4, "1,2\n", 4);

        struct table_input in = { .text = { text, n * 4 + 4 } };
        int64_t from = time_mono_ms();

        assert_int_equal(table_read(a, &in, &t, &err), ERR_LIMIT);
        assert_non_null(strstr(err.msg, "over 200000 rows"));
        assert_true(arena_used(a) < (size_t)128 << 20);
        assert_true(time_mono_ms() - from < 5000);
        free(text);
}

static void a_label_may_be_long(void **state)
{
        struct buf b;
        const struct table *t;

        (void)state;
        buf_init(&b, 1 << 20);
        buf_puts(&b, "x,y\n");
        for (int i = 0; i < 10000; i++)
                buf_puts(&b, "\u00e4");
        buf_puts(&b, ",5\n");
        t = read_table(buf_cstr(&b));
        assert_int_equal(t->columns[0].texts[0].n, 20000);
        buf_done(&b);
}

/* --- charts as text --- */

static const char whole[] =
        "type: ordered bar\n"
        "title: Grain waits: \"402,000 tonnes\" of it\n"
        "subtitle: Goods at anchor\n"
        "unit: thousand tonnes\n"
        "note: Counted at dawn.\n"
        "highlight: Grain\n"
        "decimal: .\n"
        "dates: mdy\n"
        "source: Harbour office https://harbour.example/a?b=c\n"
        "columns: Good, Waiting\n"
        "annotation: Ore | It came | on Tuesday\n"
        "annotation: Coal | None of it\n"
        "mood: calm\n"
        "\n"
        "Good,Waiting\n"
        "Grain,402.5\n"
        "Ore,88\n";

static struct str written(const struct chart *c)
{
        struct buf b;

        buf_init(&b, LIMIT_COPY_B);
        chart_write(&b, c);

        struct str s = arena_str(a, buf_str(&b));

        buf_done(&b);
        return s;
}

static void charts_are_read(void **state)
{
        struct chart *c = chart_read(a, str_c(whole), 10);

        (void)state;
        assert_int_equal(c->type, CHART_ORDERED_BAR);
        assert_str(c->title, "Grain waits: \"402,000 tonnes\" of it");
        assert_str(c->source, "Harbour office");
        assert_str(c->source_url, "https://harbour.example/a?b=c");
        assert_int_equal(c->n_columns, 2);
        assert_str(c->columns[1], "Waiting");
        assert_str(c->annotations[0].text, "It came | on Tuesday");
        assert_int_equal(c->annotations[0].row, 1);
        assert_true(c->annotations[1].row == STR_NONE);
        assert_int_equal(c->table->n_rows, 2);
        assert_int_equal(c->n_warnings, 1);
        assert_str(c->warnings[0], "line 22: a chart has no \"mood\"");
}

static void charts_round_trip(void **state)
{
        static const char *const more[] = {
                "",
                "title: x\n",
                "\nA,B\n1,2\n",
                "type: line\n\n\n\nA\n1\n",
                "nonsense\ntitle: y\ntype: pie\n",
                "source: https://e.example/\n",
                "annotation: 1 | 2\nannotation: x\n",
                "decimal: ;\n",
        };

        (void)state;
        assert_str(written(chart_read(a, str_c(whole), 1)), whole);
        for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
                struct str one = written(chart_read(a, str_c(more[i]), 1));

                assert_str(written(chart_read(a, one, 1)), arena_cstr(a, one));
        }
}

static void every_type_has_its_name(void **state)
{
        enum chart_type type;

        (void)state;
        for (int t = CHART_LINE; t < CHART_TYPES; t++) {
                assert_true(chart_type_of(
                        str_c(chart_type_name((enum chart_type)t)), &type));
                assert_int_equal(type, t);
        }
        assert_true(chart_type_of(STR("Paired-Bar"), &type));
        assert_int_equal(type, CHART_PAIRED_BAR);
        assert_false(chart_type_of(STR("pie"), &type));
        assert_false(chart_type_of(STR(""), &type));
        assert_null(chart_type_name(CHART_TYPES));
}

static void a_data_file_is_loaded(void **state)
{
        struct chart *c = chart_read(a,
                                     STR("data: index.csv\n"
                                         "annotation: 2026-02 | x\n"),
                                     1);

        (void)state;
        assert_null(c->table);
        assert_ok(chart_load(a, c, STR("m,v\n2026-01,1\n2026-02-01,y\n"), &err),
                  err);
        assert_int_equal(c->annotations[0].row, 1);
        assert_true(chart_load(a, c, STR(""), &err) == ERR_INPUT);
        assert_non_null(strstr(err.msg, "index.csv: there are no rows"));
}

static void the_copy_has_its_charts(void **state)
{
        struct str text = arena_printf(
                a,
                "---\ndate: 2026-03-06\ntitle: T\nlanguage: en\n---\n\n"
                "## Chart of the day {.chart}\n\n```chart\n%s```\n\n"
                "```\nno chart\n```\n",
                whole);
        struct edition *e;
        struct buf b;

        (void)state;
        assert_ok(copy_read(a, text, &e, &err), err);
        assert_non_null(e->sections[0].blocks[0].chart);
        assert_str(e->sections[0].blocks[0].chart->warnings[0],
                   "line 22: a chart has no \"mood\"");
        assert_null(e->sections[0].blocks[1].chart);
        buf_init(&b, LIMIT_COPY_B);
        copy_write(&b, e);
        assert_true(str_find(buf_str(&b), str_c(whole), 0) != STR_NONE);
        buf_done(&b);
}

#define WITH(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

UNIT_MAIN(WITH(numbers), WITH(marks), WITH(dates), WITH(columns_are_typed),
          WITH(what_is_ambiguous_is_told), WITH(a_bad_cell_costs_itself),
          WITH(years_are_dates_in_front_only), WITH(json_rows),
          WITH(what_is_no_table_is_refused),
          WITH(ten_million_rows_are_refused_soon), WITH(a_label_may_be_long),
          WITH(charts_are_read), WITH(charts_round_trip),
          WITH(every_type_has_its_name), WITH(a_data_file_is_loaded),
          WITH(the_copy_has_its_charts))

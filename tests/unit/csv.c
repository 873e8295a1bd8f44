#include "unit.h"

#include "base/buf.h"
#include "base/csv.h"

static void rows_are_taken(void **state)
{
        struct str text = STR("\xEF\xBB\xBF"
                              "email,name\r\n"
                              "\n\n"
                              "a@b.example,\"Doe, \"\"J\"\"\"\n"
                              "\"two\nlines\",,x\n"
                              "last");
        static const char *const want[][3] = {
                { "email", "name", NULL },
                { "a@b.example", "Doe, \"J\"", NULL },
                { "two\nlines", "", "x" },
                { "last", NULL, NULL },
        };
        struct arena *a = arena_new(65536);
        struct csv csv = csv_open(text, ',');
        struct csv_row row;
        struct err err = { 0 };

        (void)state;
        for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
                assert_int_equal(csv_next(a, &csv, &row, &err), 1);
                for (size_t k = 0; k < 3; k++)
                        if (want[i][k])
                                assert_str(row.fields[k], want[i][k]);
                        else
                                assert_true(row.n <= k);
        }
        assert_int_equal(csv_next(a, &csv, &row, &err), 0);
        arena_free(a);
}

static void wrong_rows_are_refused(void **state)
{
        struct arena *a = arena_new(65536);
        struct csv open = csv_open(STR("\n\"never closed\nx,y\n"), 0);
        struct csv_row row;
        struct err err = { 0 };
        char commas[CSV_FIELDS_MAX + 8];
        struct csv wide = csv_open((struct str) { commas, sizeof(commas) },
                                   0);

        (void)state;
        memset(commas, ',', sizeof(commas));
        assert_int_equal(csv_next(a, &open, &row, &err), ERR_INPUT);
        assert_non_null(strstr(err.msg, "line 2: "));
        assert_non_null(strstr(err.msg, "not closed"));
        assert_int_equal(csv_next(a, &wide, &row, &err), ERR_LIMIT);
        arena_free(a);
}

static void what_is_put_is_taken(void **state)
{
        static const char *const fields[] = {
                "plain", "a,b", "\"q\"", "two\r\nlines", "", " blank "
        };
        const size_t n = sizeof(fields) / sizeof(*fields);
        struct arena *a = arena_new(65536);
        struct csv_row row;
        struct csv csv;
        struct buf b;

        (void)state;
        buf_init(&b, 1000);
        for (size_t i = 0; i < n; i++)
                csv_put(&b, str_c(fields[i]), i == 0);
        csv = csv_open(buf_str(&b), ',');
        assert_int_equal(csv_next(a, &csv, &row, NULL), 1);
        assert_int_equal(row.n, n);
        for (size_t i = 0; i < n; i++)
                assert_str(row.fields[i], fields[i]);
        buf_done(&b);
        arena_free(a);
}

static void what_parts_is_found(void **state)
{
        static const struct {
                const char *text;
                char sep;
        } cases[] = {
                { "a,b\n1,2\n", ',' },       { "a;b\n1,5;2,5\n", ';' },
                { "a\tb\n1,5\t2;5\n", '\t' }, { "a\n1\n", ',' },
                { "\"a;b;c\",d\n1,2\n", ',' }, { "", ',' },
                { "a;b, c\n1,5;2,0\n", ';' },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                assert_int_equal(csv_open(str_c(cases[i].text), 0).sep,
                                 cases[i].sep);
}

static void lines_are_counted(void **state)
{
        static const int want[] = { 1, 3, 5, 6 };
        struct csv csv = csv_open(STR("a,b\r\n\r\n\"x\ny\",2\rc,d\nlast"),
                                  0);
        struct arena *a = arena_new(65536);
        struct csv_row row;

        (void)state;
        for (size_t i = 0; i < 4; i++) {
                assert_int_equal(csv_next(a, &csv, &row, NULL), 1);
                assert_int_equal(row.line, want[i]);
        }
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(rows_are_taken),
          cmocka_unit_test(wrong_rows_are_refused),
          cmocka_unit_test(what_is_put_is_taken),
          cmocka_unit_test(what_parts_is_found),
          cmocka_unit_test(lines_are_counted))

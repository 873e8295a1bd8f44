/* What readers see changed between two versions, word by word, and what may
 * pass as a misprint. */

#define ARENA_B ((size_t)1 << 28)
#include "arena_fixture.h"

#include "base/buf.h"
#include "base/diff.h"
#include "base/limits.h"
#include "edition/copy.h"
#include "press/changes.h"

#define FRONT                                                                  \
        "---\nseries: The Morning\nnumber: 1\ndate: 2026-03-06\n"              \
        "title: Ferry runs again\nlanguage: en\n---\n"

static struct edition *read_copy(const char *body)
{
        struct edition *e;
        struct err err;

        assert_ok(copy_read(a, arena_printf(a, FRONT "%s", body), &e, &err),
                  err);
        return e;
}

/* "where: kept[gone]{new}", a line each. */
static const char *told(const struct changes *c)
{
        struct buf b;

        buf_init(&b, (size_t)1 << 20);
        for (size_t i = 0; i < c->n; i++) {
                const struct change *k = &c->items[i];

                buf_printf(&b, STR_FMT ": ", STR_ARG(k->where));
                for (size_t p = 0; p < k->n; p++)
                        buf_printf(&b,
                                   k->parts[p].kind == PART_KEPT ? STR_FMT
                                   : k->parts[p].kind == PART_GONE
                                           ? "[" STR_FMT "]"
                                           : "{" STR_FMT "}",
                                   STR_ARG(k->parts[p].text));
                buf_char(&b, '\n');
        }

        const char *s = arena_cstr(a, buf_str(&b));

        buf_done(&b);
        return s;
}

static const struct {
        const char *before, *after, *told;
        bool is_misprint;
} cases[] = {
        { "It left at dawn.\n", "It left at noon.\n",
          ": It left at[ dawn.]{ noon.}\n", false },
        { "It left at 5pm.\n", "It left at 6pm.\n",
          ": It left at[ 5pm.]{ 6pm.}\n", false },
        { "It lfet at dawn.\n", "It left at dawn.\n",
          ": It[ lfet]{ left} at dawn.\n", true },
        { "It left the the pier.\n", "It left the pier.\n",
          ": It left the[ the] pier.\n", true },
        { "It did not leave.\n", "It did leave.\n", ": It did[ not] leave.\n",
          false },
        { "It did leave.\n", "It did not leave.\n", ": It did{ not} leave.\n",
          false },
        { "It left, late.\n", "It left late.\n", ": It[ left,]{ left} late.\n",
          true },
        /* A link's address is a fact, and is shown where it changes. */
        { "It left. [Gazette](https://a.example/1)\n",
          "It left. [Gazette](https://a.example/2)\n",
          ": It left. [Gazette <https://a.example/1>]{Gazette "
          "<https://a.example/2>}\n",
          false },
        /* So is what a line of the agenda knows. */
        { "## Ahead {.agenda}\n\n- **Bank**: Minutes. {at=2026-03-06T14:00 "
          "place=Sollen}\n",
          "## Ahead {.agenda}\n\n- **Bank**: Minutes. {at=2026-03-06T14:00 "
          "place=Ambry}\n",
          "Ahead: Bank: Minutes.[ (place: Sollen)]{ (place: Ambry)}\n", false },
        /* What nobody sees is no change. */
        { "It left. {story=7}\n", "It left. {story=8}\n", "", true },
        { "One.\n\nTwo.\n", "One.\n", ": [Two.]\n", false },
        { "One.\n", "One.\n\n> Two.\n", ": {Two.}\n", false },
        { "## A {.reading}\n\nThe ferry left the pier at dawn today.\n\nThe "
          "band played on.\n",
          "## A {.reading}\n\nThe ferry left the pier at noon today.\n",
          "A: The ferry left the pier at[ dawn]{ noon} today.\nA: [The band "
          "played on.]\n",
          false },
        { "```\n1,2\n```\n", "```\n1,3\n```\n", ": [1,2]{1,3}\n", false },
        /* Scripts that part no words are told sign by sign. */
        { "船が夜明けに出た。\n", "船が正午に出た。\n",
          ": 船が[夜明け]{正午}に出た。\n", false },
};

static void test_changes(void **state)
{
        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct changes c;

                changes_between(a, read_copy(cases[i].before),
                                read_copy(cases[i].after), &c);
                assert_string_equal(told(&c), cases[i].told);
                if (changes_are_misprints(&c) != cases[i].is_misprint)
                        fail_msg("case %zu: a misprint?", i);
        }
}

static void test_title(void **state)
{
        struct edition *x = read_copy("One.\n"), *y = read_copy("One.\n");
        struct changes c;

        (void)state;
        y->title = STR("Ferry runs late");
        changes_between(a, x, y, &c);
        assert_string_equal(told(&c), ": Ferry runs[ again]{ late}\n");
        /* The lead's headline is the title: told once. */
        x = read_copy("# Ferry runs again {.lead}\n");
        y = read_copy("# Ferry runs late {.lead}\n");
        y->title = STR("Ferry runs late");
        changes_between(a, x, y, &c);
        assert_string_equal(told(&c), ": Ferry runs[ again]{ late}\n");
}

/* Of a copy that is all new, so many passages are shown. */
static void test_limit(void **state)
{
        struct buf x, y;
        struct changes c;

        (void)state;
        buf_init(&x, (size_t)1 << 20);
        buf_init(&y, (size_t)1 << 20);
        for (int i = 0; i < LIMIT_CHANGES + 50; i++) {
                buf_printf(&x, "Ferry number %d left.\n\n", i);
                buf_printf(&y, "A band of %d people played.\n\n", i);
        }
        changes_between(a, read_copy(buf_cstr(&x)), read_copy(buf_cstr(&y)),
                        &c);
        assert_int_equal(c.n, LIMIT_CHANGES);
        assert_true(c.is_cut);
        assert_false(changes_are_misprints(&c));
        buf_done(&x);
        buf_done(&y);
}

/* Rows that are too long to be compared are all gone and all new. */
static void test_diff_limit(void **state)
{
        size_t n = 2100;
        struct str *x = arena_array(a, n, sizeof(*x)),
                   *y = arena_array(a, n, sizeof(*y));
        struct diff_run *runs;

        (void)state;
        for (size_t i = 0; i < n; i++) {
                x[i] = arena_printf(a, "%zu", i);
                y[i] = arena_printf(a, "%zu", i % 2 ? i : i + n);
        }
        y[0] = x[0]; /* the first two and the last are the same */
        assert_int_equal(diff_texts(a, x, n, y, n, &runs), 4);
        assert_int_equal(runs[0].kind, DIFF_SAME);
        assert_int_equal(runs[1].n, n - 3);
        assert_int_equal(runs[2].n, n - 3);
        assert_int_equal(runs[3].kind, DIFF_SAME);
        assert_int_equal(diff_texts(a, x, 0, y, 0, &runs), 0);
        assert_int_equal(diff_texts(a, x, 3, y, 0, &runs), 1);
}

UNIT_MAIN(cmocka_unit_test_setup_teardown(test_changes, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_title, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_limit, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_diff_limit, set_up, tear_down))

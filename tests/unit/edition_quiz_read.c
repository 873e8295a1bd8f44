/* A question as text: each line, and what is wrong in it. */

#define ARENA_B ((size_t)64 << 20)
#include "arena_fixture.h"

#include "base/buf.h"
#include "base/limits.h"
#include "edition/quiz_read.h"

#define CHOICE "keep: yes\nquestion: A ____ b.\n- [ ] 1\n- [x] 2\n"
#define SCALE                                                                  \
        "keep: yes\nquestion: A ____ b.\nmin: 0\nmax: 10\nanswer: 4\n"         \
        "tolerance: 1\n"

/* A bad line costs itself, and is named. */
static void test_bad_lines(void **state)
{
        static const struct {
                const char *text;
                bool is_asked;
                const char *warning; /* NULL: none */
        } cases[] = {
                { CHOICE, true, NULL },
                { SCALE, true, NULL },
                { CHOICE "colour: red\n", true, "line 5: nothing is known" },
                { CHOICE "nonsense\n", true,
                  "line 5: \"nonsense\" is no line" },
                { CHOICE "- 3\n", true, "line 5: an answer begins with [ ]" },
                { CHOICE "- [ ]\n", true, "line 5: an answer without words" },
                { CHOICE "- [ ] 1\n", true, "line 5: this answer stands" },
                { CHOICE "- [x] 3\n", false, "line 0: this question can't" },
                { CHOICE "keep: maybe\n", false, "line 5: keep is yes or no" },
                { "keep: yes\n- [ ] 1\n- [x] 2\n", false, "it asks nothing" },
                { "keep: yes\nquestion: A ____.\n- [x] 1\n", false,
                  "fewer than two" },
                { CHOICE "min: 3\n", false, "both answers and a scale" },
                { SCALE "step: 0\n", false, "step" },
                { SCALE "step: 1e-9\n", false, "step" },
                { SCALE "max: nan\n", true, "line 7: \"nan\" is no number" },
                { SCALE "max: 1e300\n", true, "is no number" },
                { SCALE "answer: 11\n", false, "not on the scale" },
                { SCALE "max: -1\n", false, "min is not below max" },
                { SCALE "tolerance: -1\n", false, "tolerance" },
                { "keep: no\nquestion: x\n", false, NULL },
                { "", false, NULL },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct quiz_question *q = quiz_read(a, str_c(cases[i].text), 1);

                if (q->is_asked != cases[i].is_asked)
                        fail_msg("%s: asked %d", cases[i].text, q->is_asked);
                if (!cases[i].warning) {
                        assert_int_equal(q->n_warnings, 0);
                        continue;
                }
                if (!q->n_warnings ||
                    str_find(q->warnings[0], str_c(cases[i].warning), 0) ==
                            STR_NONE)
                        fail_msg("%s: \"" STR_FMT "\"", cases[i].text,
                                 STR_ARG(q->n_warnings ? q->warnings[0]
                                                       : STR("nothing")));
        }
}

static void test_bounds(void **state)
{
        struct quiz_question *q;
        struct buf b;

        (void)state;
        buf_init(&b, (size_t)1 << 20);
        buf_puts(&b, "keep: yes\nquestion: ");
        for (int i = 0; i < 20000; i++)
                buf_puts(&b, "\u00e9");
        buf_char(&b, '\n');
        for (int i = 0; i < 100; i++)
                buf_printf(&b, "- [%c] %d\n", i ? ' ' : 'x', i);
        q = quiz_read(a, buf_str(&b), 1);
        assert_true(q->is_asked);
        assert_int_equal(q->n_options, LIMIT_QUIZ_OPTIONS);
        assert_true(q->question.n <= LIMIT_QUIZ_TEXT_B);
        assert_true(q->n_warnings > 1 && q->n_warnings <= 20);
        buf_done(&b);
}

/* What is said to be cut off is; an address may be longer, and stays whole. */
static void test_long_lines(void **state)
{
        struct quiz_question *q;
        struct buf b;

        (void)state;
        buf_init(&b, (size_t)1 << 20);
        buf_puts(&b, "source: The Mercury https://mercury.example/");
        for (int i = 0; i < LIMIT_QUIZ_TEXT_B; i++)
                buf_char(&b, 'x');
        q = quiz_read(a, buf_str(&b), 1);
        assert_int_equal(q->n_warnings, 0);
        assert_str(q->source, "The Mercury");
        assert_true(q->source_url.n > LIMIT_QUIZ_TEXT_B);
        buf_puts(&b, "\nabout: ");
        for (int i = 0; i <= LIMIT_QUIZ_TEXT_B; i++)
                buf_char(&b, 'x');
        buf_puts(&b, " https://our.example/");
        q = quiz_read(a, buf_str(&b), 1);
        assert_int_equal(q->n_warnings, 1);
        assert_int_equal(q->about.n, LIMIT_QUIZ_TEXT_B);
        assert_str(q->about_url, "https://our.example/");
        buf_done(&b);
}

/* Its name in a form tells nothing of which answer is right. */
static void test_id(void **state)
{
        struct quiz_question *x = quiz_read(a, STR(CHOICE), 1),
                             *y = quiz_read(a,
                                            STR("question: A ____ b.\n"
                                                "- [x] 1\n- [ ] 2\n"),
                                            1),
                             *z = quiz_read(a,
                                            STR("question: A ____ b.\n"
                                                "- [x] 1\n- [ ] 3\n"),
                                            1);

        (void)state;
        assert_str(x->id, arena_cstr(a, y->id));
        assert_false(str_eq(x->id, z->id));
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
UNIT_MAIN(T(test_bad_lines), T(test_bounds), T(test_long_lines), T(test_id))

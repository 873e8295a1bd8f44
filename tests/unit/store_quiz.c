/* Counts of the quiz: a form once, all of it or nothing. */

#include "store_samples.h"

#include "store/quiz.h"

static const struct quiz_tally answers[] = {
        { { "q1", 2 }, 1, 1 },
        { { "q2", 2 }, 1, 0 },
};

static struct quiz_form form_of(int64_t edition, const char *token, int64_t now)
{
        return (struct quiz_form) { .edition_id = edition,
                                    .token = str_c(token),
                                    .answers = answers,
                                    .n = 2,
                                    .now = now,
                                    .forget_at = now - 2 * DAY };
}

static bool put(struct fixture *f, int64_t edition, const char *token,
                int64_t now)
{
        struct quiz_form form = form_of(edition, token, now);
        bool is_new = false;

        assert_ok(quiz_count(f->db, &form, &is_new, &f->err), f->err);
        return is_new;
}

static void check(struct fixture *f, int64_t edition, int64_t answered)
{
        struct quiz_tallies t;

        assert_ok(quiz_tallies_of(f->a, f->db, edition, &t, &f->err), f->err);
        assert_int_equal(t.n, answered ? 2 : 0);
        if (!answered)
                return;
        assert_str(t.items[0].question, "q1");
        assert_int_equal(t.items[0].answered, answered);
        assert_int_equal(t.items[0].correct, answered);
        assert_str(t.items[1].question, "q2");
        assert_int_equal(t.items[1].answered, answered);
        assert_int_equal(t.items[1].correct, 0);
}

static void test_counted_once(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t one = sample_put_edition(f, 1).id,
                two = sample_put_edition(f, 2).id;

        check(f, one, 0);
        assert_true(put(f, one, "a", NOW));
        assert_false(put(f, one, "a", NOW));
        assert_true(put(f, one, "b", NOW));
        check(f, one, 2);
        check(f, two, 0);
        assert_true(put(f, two, "c", NOW));
        check(f, one, 2);
        check(f, two, 1);
}

/* A token is kept as long as it is good, and no longer. */
static void test_tokens_go(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t id = sample_put_edition(f, 1).id;

        put(f, id, "a", NOW);
        put(f, id, "b", NOW + DAY);
        assert_false(put(f, id, "a", NOW + DAY));
        put(f, id, "c", NOW + 3 * DAY - 1);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM quiz_form"), 2);
        check(f, id, 3);
}

/* Whichever call fails: the form is counted whole or not, and its token says
 * which, so that sending it again comes to one count. */
static void test_whole_or_not(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t id = sample_put_edition(f, 1).id;
        bool is_through = false;

        for (long n = 1; !is_through; n++) {
                struct sql *failing = sql_failing_new(fixture_connect(f), n);
                const char *token = arena_printf(f->a, "t%ld", n).p;
                struct quiz_form form = form_of(id, token, NOW);
                bool is_new = false;

                is_through = quiz_count(failing, &form, &is_new, &f->err) == 0;
                sql_close(failing);
                put(f, id, token, NOW);
                check(f, id, n);
                assert_true(n < 20);
        }
}

/* Two that count at once: nothing is lost. */
static void test_two_at_once(void **state)
{
        struct fixture *f = fixture_of(state);
        struct sql *other = fixture_connect(f);
        int64_t id = sample_put_edition(f, 1).id;

        for (int i = 0; i < 20; i++) {
                struct quiz_form form =
                        form_of(id, arena_printf(f->a, "other%d", i).p, NOW);
                bool is_new;

                assert_ok(quiz_count(other, &form, &is_new, &f->err), f->err);
                assert_true(put(f, id, arena_printf(f->a, "own%d", i).p, NOW));
        }
        check(f, id, 40);
        sql_close(other);
}

STORE_MAIN(STORE_TEST(test_counted_once), STORE_TEST(test_tokens_go),
           STORE_TEST(test_whole_or_not), STORE_TEST(test_two_at_once))

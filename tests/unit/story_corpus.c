/* The articles held, as words with weights. */

#include "unit.h"

#include "story/common.h"
#include "story/corpus.h"
#include "story/words.h"

struct fixture {
        struct arena *a;
        struct words *words;
        struct words_text *title, *text;
        struct common *common;
        struct gist gist;
};

static const char *const ports =
        "Dockworkers on the eastern coast returned to their cranes at dawn and "
        "the ninety ships at anchor off Port Ambry will be unloaded.";
static const char *const strike =
        "The ninety ships at anchor off Port Ambry will be unloaded from dawn, "
        "the owners of the cranes said on Friday.";
static const char *const comet =
        "Astronomers at the hill observatory saw a comet brighten by two "
        "magnitudes overnight.";

static int start(void **state)
{
        struct arena *a = arena_new((size_t)64 << 20);
        struct fixture *x = arena_alloc(a, sizeof(*x));

        x->a = a;
        x->words = words_new();
        x->title = words_text_new(x->words);
        x->text = words_text_new(x->words);
        x->common = common_new(a, x->words);
        *state = x;
        return 0;
}

static int stop(void **state)
{
        struct fixture *x = *state;

        words_free(x->words);
        arena_free(x->a);
        return 0;
}

static const struct gist *gist_of(struct fixture *x, const char *text)
{
        gist_take_apart(x->words, STR(""), str_c(text), x->title, x->text);
        gist_read(&x->gist, x->words, x->title, x->text, LANG_EN);
        return &x->gist;
}

static void fill(struct fixture *x, struct corpus *c)
{
        corpus_init(c, x->a, x->common);
        assert_int_equal(corpus_add(c, gist_of(x, ports), 10), 0);
        assert_int_equal(corpus_add(c, gist_of(x, strike), 20), 1);
        assert_int_equal(corpus_add(c, gist_of(x, comet), 30), 2);
        corpus_weigh(c);
}

static double like(struct corpus *c, uint32_t a, uint32_t b)
{
        static struct likeness_probe probe;

        corpus_load(c, a, &probe);
        return likeness(&probe, corpus_doc(c, b));
}

static bool is_near(double a, double b)
{
        return a - b < 1e-6 && b - a < 1e-6;
}

static void one_event_is_alike(void **state)
{
        struct corpus c;

        fill(*state, &c);
        assert_true(like(&c, 0, 1) > 0.3);
        assert_true(like(&c, 0, 2) < 0.1);
        assert_true(is_near(like(&c, 0, 1), like(&c, 1, 0)));
        assert_true(like(&c, 0, 0) > 0.8);
}

/* "ninety ships", "port ambry": two have it, and so it counts. */
static void pairs_of_several_come_first(void **state)
{
        struct corpus c;
        const struct likeness_doc *d;

        fill(*state, &c);
        d = corpus_doc(&c, 0);
        assert_true(d->n_shared >= 4 && d->n_shared < d->n_pairs);
        assert_int_equal(corpus_doc(&c, 2)->n_shared, 0);
        assert_int_equal(c.docs[1].at, 20);
}

/* Measured by what is known when it is asked for, not when it came. */
static void measures_follow_the_weights(void **state)
{
        struct corpus c;
        float before, after;

        fill(*state, &c);
        before = corpus_doc(&c, 0)->whole.square;
        for (int i = 0; i < 50; i++)
                corpus_add(&c, gist_of(*state, strike), 40);
        assert_true(is_near((double)corpus_doc(&c, 0)->whole.square,
                            (double)before));
        corpus_weigh(&c);
        after = corpus_doc(&c, 0)->whole.square;
        assert_true(after < before); /* its words are rarer no more */
        corpus_weigh_last(&c);
        assert_int_equal(c.docs[c.n_docs - 1].round, 0);
}

static void a_gist_is_as_like_as_the_article_it_becomes(void **state)
{
        static struct likeness_probe probe;
        struct corpus c;
        double before;

        fill(*state, &c);
        corpus_load_gist(&c, gist_of(*state, strike), &probe);
        before = likeness(&probe, corpus_doc(&c, 0));
        corpus_add(&c, gist_of(*state, strike), 40);
        corpus_weigh(&c);
        assert_true(before - like(&c, 3, 0) < 0.05 &&
                    like(&c, 3, 0) - before < 0.05);
}

static void what_is_carried_over_is_as_like_as_before(void **state)
{
        struct fixture *x = *state;
        struct corpus old, c;

        fill(x, &old);
        corpus_init(&c, x->a, x->common);
        for (uint32_t i = 3; i-- > 0;)
                assert_int_equal(corpus_carry(&c, &old, i), 2 - i);
        corpus_weigh(&c);
        for (uint32_t i = 0; i < 3; i++)
                for (uint32_t k = 0; k < 3; k++)
                        assert_true(is_near(like(&old, i, k),
                                            like(&c, 2 - i, 2 - k)));
        assert_int_equal(c.docs[0].at, 30);
        assert_int_equal(c.n_terms, old.n_terms);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(one_event_is_alike),
                cmocka_unit_test(pairs_of_several_come_first),
                cmocka_unit_test(measures_follow_the_weights),
                cmocka_unit_test(a_gist_is_as_like_as_the_article_it_becomes),
                cmocka_unit_test(what_is_carried_over_is_as_like_as_before),
        };

        return cmocka_run_group_tests(tests, start, stop);
}

/* The day's ranking and its terms. */

#include "unit.h"

#include <jansson.h>
#include <stdio.h>

#include "base/buf.h"
#include "story/rank.h"

#define HOUR 3600
#define NOW (100 * 24 * HOUR)

static struct arena *a;

static int set_up(void **state)
{
        (void)state;
        a = arena_new(1 << 24);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

static const char *const summaries[] = {
        "Dockworkers returned to their cranes at dawn after terminal owners "
        "agreed to four rest days a month in a deal that ended the strike.",
        "Carriers expect the backlog of ninety ships to last eleven days, and "
        "the bill for the wait is being passed down the line to shoppers.",
        "The clause that took longest was a single sentence on who decides "
        "that a storm is a storm, and it now names the harbour master alone.",
};

static struct article article(int64_t story, const char *source, double hours)
{
        static int64_t id;
        struct article art = {
                .id = ++id,
                .story_id = story,
                .source = str_c(source),
                .kind = STR("news"),
                .language = STR("en"),
                .dated_at = NOW - (int64_t)(hours * HOUR),
                .title = STR("Ports reopen after the strike"),
                .length = 1000,
        };

        art.url = arena_printf(a, "https://a.example/%d", (int)id);
        art.title =
                arena_printf(a, "Ports of %s reopen after the strike", source);
        art.summary = str_c(summaries[id % 3]);
        return art;
}

static struct story *build(struct article *items, size_t n, size_t *ret_n)
{
        struct rank_input in = { .articles = { items, n },
                                 .now = NOW,
                                 .hours_s = 26 * HOUR };
        struct story *s;

        story_build(a, &in, &s, ret_n);
        return s;
}

static double term(const struct story *s, const char *name)
{
        for (size_t i = 0; i < s->n_terms; i++)
                if (str_eq(s->terms[i].name, str_c(name)))
                        return s->terms[i].value;
        return 1;
}

static void nothing_gives_nothing(void **state)
{
        size_t n;
        struct article art = article(0, "Gazette", 1);

        (void)state;
        build(NULL, 0, &n);
        assert_int_equal(n, 0);
        build(&art, 1, &n); /* it has no story */
        assert_int_equal(n, 0);
        art = article(1, "Gazette", 27);
        build(&art, 1, &n); /* older than an edition looks */
        assert_int_equal(n, 0);
}

static void more_voices_and_fresher_news_stand_higher(void **state)
{
        struct article arts[] = {
                article(1, "Gazette", 2),  article(2, "Ledger", 2),
                article(2, "Courier", 2),  article(3, "Herald", 14),
                article(2, "Ledger", 1.5),
        };
        size_t n;
        struct story *s = build(arts, 5, &n);

        (void)state;
        assert_int_equal(n, 3);
        assert_int_equal(s[0].id, 2);
        assert_int_equal(s[0].n_sources, 2);
        assert_int_equal(s[0].n_articles, 3);
        assert_int_equal(s[1].id, 1);
        assert_int_equal(s[2].id, 3);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(s[i].place, i + 1);
        assert_true(s[0].articles[0]->dated_at <= s[0].articles[2]->dated_at);
}

static void the_score_is_the_product_of_its_terms(void **state)
{
        struct article arts[] = { article(1, "Gazette", 3),
                                  article(1, "Ledger", 9) };
        size_t n;
        struct story *s = build(arts, 2, &n);
        double product = 1;

        (void)state;
        for (size_t i = 0; i < s->n_terms; i++)
                product *= s->terms[i].value;
        assert_true(product > s->score * 0.999 && product < s->score * 1.001);
        assert_true(term(s, "velocity") < 1);
}

static void the_same_copy_is_one_voice(void **state)
{
        struct article arts[] = { article(1, "Gazette", 2),
                                  article(1, "Ledger", 2),
                                  article(1, "Courier", 1) };
        size_t n;
        struct story *s;

        (void)state;
        for (int i = 0; i < 3; i++)
                arts[i].summary = str_c(summaries[0]);
        s = build(arts, 3, &n);
        assert_int_equal(s->n_sources, 1);
        arts[2].summary = str_c(summaries[1]);
        s = build(arts, 3, &n);
        assert_int_equal(s->n_sources, 2);
}

static void opinion_is_no_voice_and_no_head(void **state)
{
        struct article arts[] = { article(1, "Gazette", 2),
                                  article(1, "Ledger", 1),
                                  article(2, "Courier", 1) };
        size_t n;
        struct story *s;

        (void)state;
        arts[1].kind = arts[2].kind = STR("opinion");
        s = build(arts, 3, &n);
        assert_int_equal(n, 2);
        assert_int_equal(s[0].id, 1);
        assert_int_equal(s[0].n_sources, 1);
        assert_str(s[0].head->source, "Gazette");
        assert_str(s[0].kind, "news");
        assert_str(s[1].kind, "opinion");
}

static void what_was_printed_is_an_update(void **state)
{
        struct article arts[] = { article(1, "Gazette", 1),
                                  article(2, "Ledger", 1) };
        int64_t recent[] = { 5, 1 };
        struct rank_input in = { .articles = { arts, 2 },
                                 .recent = recent,
                                 .n_recent = 2,
                                 .now = NOW,
                                 .hours_s = 26 * HOUR };
        struct story *s;
        size_t n;

        (void)state;
        story_build(a, &in, &s, &n);
        assert_int_equal(s[0].id, 2);
        assert_false(s[0].is_update);
        assert_true(s[1].is_update);
        assert_true(term(&s[1], "novelty") < 1);
}

static void a_slow_day_has_a_floor(void **state)
{
        struct article arts[] = { article(1, "Gazette", 25.9),
                                  article(2, "Ledger", 1),
                                  article(3, "Courier", 1) };
        size_t n;
        struct story *s;

        (void)state;
        arts[2].language = STR("fr");
        struct rank_input in = { .articles = { arts, 3 },
                                 .now = NOW,
                                 .hours_s = 26 * HOUR,
                                 .language = STR("en") };
        story_build(a, &in, &s, &n);
        assert_int_equal(n, 3);
        assert_int_equal(s[0].id, 2);
        assert_int_equal(s[1].place, 0);
        assert_int_equal(s[2].place, 0);
}

static void a_mark_and_a_missing_text_count(void **state)
{
        struct article arts[] = { article(1, "Gazette", 1),
                                  article(2, "Ledger", 1) };
        size_t n;
        struct story *s;

        (void)state;
        arts[0].mark = STR("exclusive");
        arts[1].length = 0;
        s = build(arts, 2, &n);
        assert_true(s[0].is_exclusive);
        assert_true(term(&s[0], "exclusive") > 1);
        assert_true(term(&s[1], "substance") < 1);
}

static void the_terms_are_json(void **state)
{
        struct article arts[] = { article(1, "Gazette \"A\"", 1),
                                  article(2, "Ledger", 25) };
        size_t n;
        struct story *s = build(arts, 2, &n);
        struct buf b;
        json_t *o;

        (void)state;
        for (size_t i = 0; i < n; i++) {
                buf_init(&b, 1 << 16);
                story_terms_json(&s[i], s, n, &b);
                assert_true(buf_ok(&b));
                o = json_loadb(b.p, b.n, 0, NULL);
                assert_non_null(o);
                assert_int_equal(
                        json_integer_value(json_object_get(o, "place")),
                        s[i].place);
                assert_int_equal(json_array_size(json_object_get(o, "terms")),
                                 s[i].n_terms);
                assert_true(json_array_size(json_object_get(o, "moves")) >= 2);
                json_decref(o);
                buf_done(&b);
        }
}

UNIT_MAIN(cmocka_unit_test_setup_teardown(nothing_gives_nothing, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(
                  more_voices_and_fresher_news_stand_higher, set_up, tear_down),
          cmocka_unit_test_setup_teardown(the_score_is_the_product_of_its_terms,
                                          set_up, tear_down),
          cmocka_unit_test_setup_teardown(the_same_copy_is_one_voice, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(opinion_is_no_voice_and_no_head,
                                          set_up, tear_down),
          cmocka_unit_test_setup_teardown(what_was_printed_is_an_update, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(a_slow_day_has_a_floor, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(a_mark_and_a_missing_text_count,
                                          set_up, tear_down),
          cmocka_unit_test_setup_teardown(the_terms_are_json, set_up,
                                          tear_down))

/* What `bulldog why` says is true: its factors multiply to the score, and what
 * it says would change a place does. */

#define ARENA_B (1 << 26)
#include "arena_fixture.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "story/rank.h"

#define HOUR 3600
#define NOW (100 * 24 * HOUR)
#define STORIES 8
#define OLD 31 /* articles that make an outlet one that publishes much */
#define ROOM (STORIES * 4 + OLD * 60 + 600)

static struct article items[ROOM];
static size_t n_items;
static struct rank_input in;

static struct article *add(int64_t story, struct str source, double hours)
{
        struct article *art = &items[n_items++];
        int i = (int)n_items;

        *art = (struct article) {
                .id = i,
                .story_id = story,
                .source = source,
                .kind = STR("news"),
                .language = STR("en"),
                .dated_at = NOW - (int64_t)(hours * HOUR),
                .title = arena_printf(a, "Harbour%d reopens quay%d after %d",
                                      (int)story, i, i * 7),
                .summary = arena_printf(a,
                                        "Crane%d lifted crate%d at berth%d as "
                                        "pilot%d watched buoy%d and mast%d.",
                                        i, i, i, i, i, i),
                .length = 1000,
        };
        art->url = arena_printf(a, "https://a.example/%d", i);
        return art;
}

static struct str outlet(int i)
{
        return arena_printf(a, "Outlet %d", i);
}

/* Eight stories of one to four outlets; of them all others publish much. */
static void set_scene(void)
{
        n_items = 0;
        for (int i = 0; i < STORIES; i++)
                for (int k = 0; k <= i % 4; k++)
                        add(i + 1, outlet(k), 1 + i * 1.3 + k * 1.7);
        for (int i = 0; i < 60; i++)
                for (int k = 0; k < OLD; k++)
                        add(0, outlet(i), 60);
        in = (struct rank_input) { .now = NOW,
                                   .hours_s = 26 * HOUR,
                                   .language = STR("en") };
}

static struct story *build(size_t *ret_n)
{
        struct story *s;

        in.articles = (struct article_list) { items, n_items };
        story_build(a, &in, &s, ret_n);
        return s;
}

static const struct story *find(const struct story *s, size_t n, int64_t id)
{
        for (size_t i = 0; i < n; i++)
                if (s[i].id == id)
                        return &s[i];
        fail_msg("no story %d", (int)id);
        return NULL;
}

static json_t *why(const struct story *s, const struct story *all, size_t n)
{
        struct buf b;
        json_t *o;

        buf_init(&b, 1 << 16);
        story_terms_json(s, all, n, &b);
        o = json_loadb(b.p, b.n, 0, NULL);
        buf_done(&b);
        assert_non_null(o);
        return o;
}

/* The move that begins so or has it; "" where there is none. */
static const char *move_of(const json_t *o, const char *part)
{
        size_t i;
        const json_t *move;

        json_array_foreach(
                json_object_get(o, "moves"), i,
                move) if (strstr(json_string_value(move),
                                 part)) return json_string_value(move);
        return "";
}

/* The same of a story as the articles are now; lives in a. */
static const char *move_now(int64_t id, const char *part)
{
        size_t n;
        const struct story *s = build(&n);
        json_t *o = why(find(s, n, id), s, n);
        const char *move = arena_cstr(a, str_c(move_of(o, part)));

        json_decref(o);
        return move;
}

/* The number behind a word of it; -1: it has none. */
static double number_after(const char *move, const char *word)
{
        const char *at = strstr(move, word);

        return at ? strtod(at + strlen(word), NULL) : -1;
}

/* What a move promised is what came of it. */
static void assert_came_true(const char *move, const struct story *s)
{
        double place =
                strstr(move, " place ") ? number_after(move, " place ") : 0;

        assert_float_equal(number_after(move, "score "), s->score, 0.0006);
        assert_int_equal((int)place, s->place);
}

static void the_printed_factors_give_the_printed_score(void **state)
{
        const char *const marks[] = { "exclusive", "", "", "live" };
        char text[64];
        size_t n;
        struct story *s;

        (void)state;
        set_scene();
        for (size_t i = 0; i < STORIES; i++) {
                items[i].mark = str_c(marks[i % 4]);
                items[i].position = (int64_t)i * 3;
                items[i].length = i % 3 ? 1000 : 0;
        }
        s = build(&n);
        assert_int_equal(n, STORIES);
        for (size_t i = 0; i < n; i++) {
                double product = 1;

                for (size_t k = 0; k < s[i].n_terms; k++) {
                        snprintf(text, sizeof(text), "%.3f",
                                 s[i].terms[k].value);
                        product *= strtod(text, NULL);
                }
                snprintf(text, sizeof(text), "%.3f", s[i].score);
                assert_float_equal(product, strtod(text, NULL), 0.00051);
        }
}

/* Of 300 h, of which nothing is left in thousandths. */
static void what_is_old_is_not_nothing(void **state)
{
        struct article *art;
        size_t n;
        struct story *s;

        (void)state;
        n_items = 0;
        art = add(1, outlet(1), 300);
        art->kind = STR("magazine");
        in = (struct rank_input) { .now = NOW, .hours_s = 400 * HOUR };
        s = build(&n);
        assert_int_equal(n, 1);
        assert_true(s->score > 0);
        assert_int_equal(s->place, 1);
}

static void one_more_does_what_why_says(void **state)
{
        (void)state;
        for (int64_t id = 1; id <= STORIES; id++) {
                size_t n;
                struct story *s;
                const char *move;

                set_scene();
                move = move_now(id, "if one publisher more told it now");
                assert_true(*move);
                add(id, outlet(40), 0);
                s = build(&n);
                assert_came_true(move, find(s, n, id));
        }
}

/* As many more as it says lift it past its neighbour, and one less does not. */
static void so_many_more_take_it_past(void **state)
{
        int seen = 0;

        (void)state;
        for (int64_t id = 1; id <= STORIES; id++) {
                size_t n;
                struct story *s;
                const char *move;
                int64_t other;
                int more;

                set_scene();
                move = move_now(id, "one place higher");
                other = (int64_t)number_after(move, "story ");
                more = (int)number_after(move, "; ");
                if (more < 1)
                        continue;
                seen++;
                for (int i = 0; i < more; i++) {
                        s = build(&n);
                        assert_true(find(s, n, id)->place >
                                    find(s, n, other)->place);
                        add(id, outlet(20 + i), 0);
                }
                s = build(&n);
                assert_true(find(s, n, id)->place < find(s, n, other)->place);
        }
        assert_true(seen >= STORIES / 2);
}

/* Told in another language it counts a tenth. */
static void so_many_more_bring_it_over_the_floor(void **state)
{
        size_t n;
        struct story *s;
        int more;

        (void)state;
        set_scene();
        add(9, outlet(0), 3)->language = STR("de");
        s = build(&n);
        assert_int_equal(find(s, n, 9)->place, 0);
        more = (int)strtod(move_now(9, "over the floor"), NULL);
        assert_in_range(more, 2, 20);
        for (int i = 0; i < more; i++) {
                s = build(&n);
                assert_int_equal(find(s, n, 9)->place, 0);
                add(9, outlet(20 + i), 0)->language = STR("de");
        }
        s = build(&n);
        assert_true(find(s, n, 9)->place > 0);
}

static void topics_do_what_why_says(void **state)
{
        static const struct str topic[] = { STR_INIT("harbour3") };
        size_t n;
        struct story *s;
        const char *move;

        (void)state;
        set_scene();
        move = move_now(3, "if you followed");
        in.follow = (struct rank_topics) { topic, 1 };
        s = build(&n);
        assert_came_true(move, find(s, n, 3));

        /* muted, and followed as well: what is muted has the last word */
        in.mute = in.follow;
        s = build(&n);
        assert_int_equal(find(s, n, 3)->place, 0);
        assert_string_equal(move_now(3, "if you followed"), "");
        move = move_now(3, "no longer muted");
        in.mute = (struct rank_topics) { NULL, 0 };
        s = build(&n);
        assert_came_true(move, find(s, n, 3));
}

static void news_on_a_printed_story_does_what_why_says(void **state)
{
        const struct past past = { .story_id = 4,
                                   .at = NOW - 4 * HOUR,
                                   .date = STR("1970-04-10"),
                                   .day = STR("10 April"),
                                   .title = STR("Pilots of the river strike") };
        size_t n;
        struct story *s;
        const char *move;

        (void)state;
        set_scene();
        for (int i = 0; i < 10; i++) /* what came later is the same */
                if (items[i].story_id == 4)
                        items[i].title = STR("Harbour4 reopens"),
                        items[i].summary = STR("Crane4 lifted crate4.");
        in.printed = &past;
        in.n_printed = 1;
        s = build(&n);
        assert_false(find(s, n, 4)->has_news);
        move = move_now(4, "if two publishers told something new");
        for (int i = 0; i < 2; i++) {
                struct article *art = add(4, outlet(30 + i), 0);

                art->title = i ? STR("Harbour4 burns: tanker sinks off mole")
                               : STR("Tanker sinks as mole of harbour4 burns");
                art->summary = i ? STR("Divers found Admiral Quince alive.")
                                 : STR("Alive, said divers of Quince, admiral "
                                       "for years and a friend of anglers.");
        }
        s = build(&n);
        assert_true(find(s, n, 4)->has_news);
        assert_came_true(move, find(s, n, 4));
}

/* What a stranger may send: two stories of news, and 500 articles of one outlet
 * that put it above them, or crash, or take for ever. */
static void floods_stand_below_the_news(void **state)
{
        static char long_text[LIMIT_TITLE_B]; /* the wire lets in no more */
        static const char *const titles[] = {
                "BUY THE FLOOD'S OWN NEWS TODAY AT ONCE",
                "News",
                "",
                long_text,
                "\u05e9\u05dc\u05d5\u05dd "
                "\u05e2\u05d5\u05dc\u05dd \u05d7\u05d3\u05e9",
                "Port \u041f\u043e\u0440\u0442 \u6e2f\u53e3 "
                "\u0645\u0631\u0641\u0623 reopens",
        };

        (void)state;
        for (size_t i = 0; i + 8 < sizeof(long_text); i += 8)
                snprintf(long_text + i, 9, "w%06u ", (unsigned)i / 8);
        for (size_t r = 0; r < sizeof(titles) / sizeof(*titles); r++) {
                size_t n;
                const struct story *s;
                json_t *o;

                n_items = 0;
                for (int i = 0; i < 3; i++)
                        add(1 + i / 2, outlet(i), 2);
                for (int i = 0; i < 500; i++) {
                        struct article *art =
                                add(9, STR("Flood"), 20 - 0.03 * i);

                        art->title = str_c(titles[r]);
                        art->summary = r % 2 ? STR("") : str_c(titles[r]);
                }
                in = (struct rank_input) { .now = NOW,
                                           .hours_s = 26 * HOUR,
                                           .language = STR("en") };
                s = build(&n);
                assert_int_equal(n, 3);
                assert_int_equal(s[0].id, 1);
                assert_int_equal(find(s, n, 9)->n_sources, 1);
                assert_true(find(s, n, 9)->score < find(s, n, 2)->score);
                o = why(find(s, n, 9), s, n);
                assert_true(json_array_size(json_object_get(o, "terms")) > 1);
                json_decref(o);
        }
}

#define WHY_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_MAIN(WHY_TEST(the_printed_factors_give_the_printed_score),
          WHY_TEST(what_is_old_is_not_nothing),
          WHY_TEST(one_more_does_what_why_says),
          WHY_TEST(so_many_more_take_it_past),
          WHY_TEST(so_many_more_bring_it_over_the_floor),
          WHY_TEST(topics_do_what_why_says),
          WHY_TEST(news_on_a_printed_story_does_what_why_says),
          WHY_TEST(floods_stand_below_the_news))

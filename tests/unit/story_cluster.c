/* Articles into stories: the same input, the same stories. */

#include "unit.h"

#include <stdio.h>

#include "base/time.h"
#include "story/cluster.h"

#define HOUR 3600
#define WINDOW (72 * HOUR)

/* Arrays, so that they may stand in the tables below. */
static const char ports[][256] = {
        "Dockworkers on the eastern coast returned to their cranes at dawn "
        "after terminal owners agreed to four rest days a month, ending a "
        "strike that held ninety ships off Port Ambry.",
        "Terminal owners and dockworkers settled the strike at Port Ambry in "
        "the small hours. Rest days can no longer be cancelled and the ninety "
        "ships at anchor will be unloaded by cranes from dawn.",
};
static const char *const comet =
        "Astronomers at the hill observatory saw a comet brighten by two "
        "magnitudes overnight, and telescopes on three continents turned to "
        "its tail.";

static int64_t add(struct cluster *c, const char *title, const char *text,
                   const char *language, int64_t at)
{
        struct cluster_doc doc = { str_c(title), str_c(text), str_c(language),
                                   at, STR_NULL };

        return cluster_add(c, &doc);
}

static void one_event_is_one_story(void **state)
{
        struct cluster *c = cluster_new(WINDOW, 7);
        int64_t a = add(c, "Ports reopen as strike ends", ports[0], "en", 0);
        int64_t b = add(c, "A comet brightens", comet, "en", HOUR);
        int64_t d =
                add(c, "Port Ambry strike settled", ports[1], "en", 2 * HOUR);

        (void)state;
        assert_int_equal(a, 7);
        assert_int_equal(b, 8);
        assert_int_equal(d, 7);
        assert_int_equal(cluster_made(c), 2);
        cluster_free(c);
}

static void vetoes_part_what_looks_alike(void **state)
{
        static const struct {
                const char *language;
                int64_t at;
                bool same;
        } rows[] = {
                { "en", HOUR, true },        { "en-US", WINDOW, true },
                { "en", WINDOW + 1, false }, /* the story is over */
                { "fr", HOUR, false },       { NULL, HOUR, true }, /* guessed */
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct cluster *c = cluster_new(WINDOW, 1);
                int64_t a = add(c, "Ports reopen", ports[0], "en", 0);
                int64_t b = add(c, "Ports reopen", ports[0], rows[i].language,
                                rows[i].at);
                if ((a == b) != rows[i].same)
                        fail_msg("row %zu", i);
                cluster_free(c);
        }
}

static void empty_articles_are_stories_of_their_own(void **state)
{
        struct cluster *c = cluster_new(WINDOW, 1);

        (void)state;
        assert_int_equal(add(c, "", "", NULL, TIME_NONE), 1);
        assert_int_equal(add(c, "", "", NULL, TIME_NONE), 2);
        assert_int_equal(add(c, NULL, NULL, NULL, TIME_NONE), 3);
        assert_int_equal(add(c, "the of and", "it was", "en", 1), 4);
        cluster_free(c);
        cluster_free(NULL);
}

static void a_seeded_story_goes_on(void **state)
{
        struct cluster *c = cluster_new(WINDOW, 100);
        struct cluster_doc doc = { STR("Ports reopen"), str_c(ports[0]),
                                   STR("en"), 0, STR_NULL };

        (void)state;
        cluster_seed(c, &doc, 42, false);
        assert_int_equal(add(c, "Strike settled", ports[1], "en", HOUR), 42);
        assert_int_equal(cluster_alone(c), 100);
        assert_int_equal(add(c, "A comet", comet, "en", HOUR), 101);
        assert_int_equal(cluster_made(c), 2);
        cluster_free(c);
}

/* What one source tells twice in like words is two sittings, not one; what
 * another tells in them is the same one. */
static void a_source_tells_an_event_once(void **state)
{
        static const char *const texts[] = {
                "Judges heard the ferry company on Monday. Witnesses said that "
                "the Patient Anna left the harbour without lights, and the "
                "mate wept when the log was read to the public gallery.",
                "The mate of the Patient Anna told judges that lights of the "
                "ferry had failed before. The company denies this; its "
                "engineers speak tomorrow and a verdict is due in spring.",
        };
        static const struct {
                const char *first, *second;
                int text;
                bool same;
        } rows[] = {
                { "Harbour Gazette", "Harbour Gazette", 1, false },
                { "Harbour Gazette", "Coast Courier", 1, true },
                { "Harbour Gazette", "Harbour Gazette", 0, true }, /* a copy */
                { "", "", 1, true },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct cluster *c = cluster_new(WINDOW, 1);
                struct cluster_doc a = { STR("Mate weeps at ferry hearing"),
                                         str_c(texts[0]), STR("en"), 0,
                                         str_c(rows[i].first) };
                struct cluster_doc b = {
                        STR("Ferry lights had failed, says mate"),
                        str_c(texts[rows[i].text]), STR("en"), HOUR,
                        str_c(rows[i].second)
                };

                int64_t first = cluster_add(c, &a);

                if ((cluster_add(c, &b) == first) != rows[i].same)
                        fail_msg("row %zu", i);
                cluster_free(c);
        }
}

/* A hearing and, days after, its ruling speak of the same people and things. */
static void likeness_fades_with_the_days(void **state)
{
        static const struct {
                int64_t hours;
                bool same;
        } rows[] = { { 1, true }, { 12, true }, { 60, false } };
        const char *hearing =
                "Judges heard the Gauge League, which wants the city to "
                "publish "
                "its flood readings. The mayor said that figures would worry "
                "residents of the lower town, sink the price of houses and "
                "feed gossip in every bakery along the river bank.";
        const char *ruling =
                "Figures of the river must be public within thirty days, a "
                "court ruled. The Gauge League cheered on the stairs, and the "
                "mayor spoke of an appeal to the high bench in autumn, once "
                "clerks have printed all nine volumes of evidence.";

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct cluster *c = cluster_new(WINDOW, 1);
                int64_t a = add(c, "Court hears flood case", hearing, "en", 0);
                int64_t b = add(c, "League wins case on secret gauges", ruling,
                                "en", rows[i].hours * HOUR);

                if ((a == b) != rows[i].same)
                        fail_msg("%d hours apart", (int)rows[i].hours);
                cluster_free(c);
        }
}

struct moves {
        int64_t story[1600]; /* by nth */
        int n;
};

static void note_move(void *user, uint32_t nth, int64_t story)
{
        struct moves *m = user;

        m->story[nth] = story;
        m->n++;
}

/* Three that tell the end of the strike, a sidebar, and a comet. */
static const char *const settled =
        "Terminal owners and dockworkers settled the strike at Port Ambry. "
        "Rest days can no longer be cancelled and the ninety ships at anchor "
        "will be unloaded by cranes from dawn. Clearing the queue takes eleven "
        "days, importers of fruit expect.";
static const char *const sidebar =
        "Clearing the queue off Port Ambry takes eleven days, and importers of "
        "fruit write off one container in five. The strike of dockworkers adds "
        "a tenth of a point to prices, economists expect.";
static const struct {
        const char *title, *text;
} day[] = {
        { "What the backlog costs after the strike", sidebar },
        { "Ports reopen as strike ends", ports[0] },
        { "A comet brightens", comet },
        { "Port Ambry strike settled", ports[1] },
        { "Strike settled", settled },
};
#define DAY (sizeof(day) / sizeof(day[0]))

/* Article i of the day as the nth that came. */
static void put(struct cluster *c, size_t i, int64_t at)
{
        struct cluster_doc doc = { str_c(day[i].title), str_c(day[i].text),
                                   STR("en"), at, STR_NULL };

        cluster_put(c, &doc);
}

static void assert_strike_and_comet(const int64_t story[DAY])
{
        for (size_t i = 0; i < DAY; i++)
                if ((story[i] == story[1]) != (i != 2))
                        fail_msg("%s is in story %d", day[i].title,
                                 (int)story[i]);
}

/* The sidebar comes first and finds nothing like it; then the story does. */
static void any_order_gives_the_same_stories(void **state)
{
        static const size_t orders[][DAY] = { { 0, 1, 2, 3, 4 },
                                              { 4, 3, 2, 1, 0 },
                                              { 2, 0, 4, 1, 3 } };

        (void)state;
        for (size_t k = 0; k < sizeof(orders) / sizeof(orders[0]); k++) {
                struct cluster *c = cluster_new(WINDOW, 1);
                struct moves m = { { 0 }, 0 };
                int64_t story[DAY];

                for (size_t i = 0; i < DAY; i++)
                        put(c, orders[k][i], (int64_t)i * 60);
                cluster_settle(c, note_move, &m);
                for (size_t i = 0; i < DAY; i++)
                        story[orders[k][i]] = m.story[i + 1];
                assert_strike_and_comet(story);
                assert_int_equal(cluster_made(c), 2);
                m.n = 0;
                cluster_settle(c, note_move, &m);
                assert_int_equal(m.n, 0);
                cluster_free(c);
        }
}

/* One by one, settled each time, as they come to a press; and all at once. */
static void piece_by_piece_ends_as_all_at_once(void **state)
{
        struct cluster *c = cluster_new(WINDOW, 1);
        struct moves m = { { 0 }, 0 };

        (void)state;
        for (size_t i = 0; i < DAY; i++) {
                put(c, i, (int64_t)i * 60);
                cluster_settle(c, note_move, &m);
        }
        assert_strike_and_comet(m.story + 1);
        assert_int_equal(m.story[1], 1); /* the id of the first stays */
        cluster_free(c);
}

/* Two stories in print stay two, though they are alike; others become one. */
static void what_is_printed_stays(void **state)
{
        (void)state;
        for (int may_move = 0; may_move < 2; may_move++) {
                struct cluster *c = cluster_new(WINDOW, 100);
                struct moves m = { { 0 }, 0 };

                for (size_t i = 0; i < 2; i++) {
                        struct cluster_doc doc = { str_c(day[4].title),
                                                   str_c(day[4].text),
                                                   STR("en"), 0, STR_NULL };
                        cluster_seed(c, &doc, 40 + (int64_t)i, may_move);
                }
                cluster_settle(c, note_move, &m);
                assert_int_equal(m.n, may_move);
                assert_int_equal(m.story[2], may_move ? 40 : 0);
                cluster_free(c);
        }
}

/* Two alike stories settle anew, and become one, where something near them is
 * new; else they rest as they were told. */
static void what_is_near_nothing_new_rests(void **state)
{
        static const char tides[] =
                "Spring tides flooded the orchard of Lower Wick again, and the "
                "vicar rowed hymn books to the belfry by lantern.";

        (void)state;
        for (int is_near = 0; is_near < 2; is_near++) {
                struct cluster *c = cluster_new(WINDOW, 100);
                struct cluster_doc strike = { str_c(day[4].title),
                                              str_c(day[4].text), STR("en"), 0,
                                              STR_NULL };
                struct cluster_doc other = { STR("Tides flood an orchard"),
                                             str_c(tides), STR("en"), 0,
                                             STR_NULL };
                struct moves m = { { 0 }, 0 };

                for (int64_t i = 0; i < 2; i++)
                        cluster_seed(c, &strike, 40 + i, true);
                cluster_put(c, is_near ? &strike : &other);
                cluster_settle(c, note_move, &m);
                assert_int_equal(m.n, is_near ? 2 : 1);
                assert_int_equal(m.story[2], is_near ? 40 : 0);
                assert_int_equal(m.story[3], is_near ? 40 : 100);
                cluster_free(c);
        }
}

/* Headline i of story s: five of a dozen words, so many two have one in common
 * or none; and a word of the day's, which others have too. */
static void put_headline(struct cluster *c, int s, int i)
{
        char title[120], host[20];
        int n = 0;

        for (int k = 0; k < 5; k++)
                n += snprintf(title + n, sizeof(title) - (size_t)n, "s%dw%d ",
                              s, (i * 15 / 2 + k * 5) % 12);
        snprintf(title + n, sizeof(title) - (size_t)n, "day%d", (i + s) % 3);
        snprintf(host, sizeof(host), "h%d.example", i);
        struct cluster_doc doc = { str_c(title), STR(""), STR("en"), i * 60,
                                   str_c(host) };
        cluster_put(c, &doc);
}

static void headlines_are_held_together_by_those_between(void **state)
{
        struct cluster *c = cluster_new(WINDOW, 1);
        struct moves m = { { 0 }, 0 };

        (void)state;
        for (int i = 0; i < 12; i++)
                for (int s = 0; s < 4; s++)
                        put_headline(c, s, i);
        cluster_settle(c, note_move, &m);
        for (size_t i = 0; i < 48; i++)
                if (m.story[i + 1] != (int64_t)(i % 4) + 1)
                        fail_msg("headline %zu is in story %d", i,
                                 (int)m.story[i + 1]);
        cluster_free(c);
}

/* A press whose headlines are too short to tell their language. */
static void short_headlines_speak_as_the_others_do(void **state)
{
        struct cluster *c = cluster_new(WINDOW, 1);

        (void)state;
        add(c, "Strike settled", settled, NULL, 0);
        int64_t a = add(c, "Gannet Air, Skerry Air agree merger", "", NULL, 0);
        assert_int_equal(a, add(c,
                                "Gannet Air and Skerry Air agree to a merger "
                                "of the two",
                                "", NULL, 0));
        cluster_free(c);
}

/* What a stranger may send 500 times over. */
static void floods_are_borne(void **state)
{
        static char long_title[100 * 1024];
        static const struct {
                const char *title, *text;
                bool is_one; /* story, all of them */
        } rows[] = {
                { "Strike settled", settled, true }, /* copies */
                { "Morning briefing", NULL, false }, /* one headline */
                { "News", "", true },
                { "STRIKE SETTLED AT PORT AMBRY", "", true },
                { "", "", false },
                { long_title, "", true },
                { "Port \u041f\u043e\u0440\u0442 \u6e2f\u53e3 "
                  "\u0645\u0631\u0641\u0623 reopens",
                  "", true }, /* four scripts at once */
                { "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d "
                  "\xd7\xa2\xd7\x95\xd7\x9c\xd7\x9d "
                  "\xd7\x97\xd7\x93\xd7\xa9 "
                  "\xd7\x91\xd7\xa8\xd7\x97\xd7\x95\xd7\x91",
                  "", true },
        };
        char text[400];

        (void)state;
        for (size_t i = 0; i + 8 < sizeof(long_title); i += 8)
                snprintf(long_title + i, 9, "w%06u ", (unsigned)i / 8);
        for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
                struct cluster *c = cluster_new(WINDOW, 1);
                struct moves m = { { 0 }, 0 };

                for (int i = 0; i < 500; i++) {
                        int n = 0;

                        for (int k = 0; k < 20; k++)
                                n += snprintf(text + n,
                                              sizeof(text) - (size_t)n,
                                              "a%dw%d ", i, k);
                        struct cluster_doc doc = {
                                str_c(rows[r].title),
                                str_c(rows[r].text ? rows[r].text : text),
                                STR("en"), i, STR_NULL
                        };
                        cluster_put(c, &doc);
                }
                cluster_settle(c, note_move, &m);
                if ((m.story[1] == m.story[500]) != rows[r].is_one)
                        fail_msg("row %zu: %d stories", r,
                                 (int)cluster_made(c));
                cluster_free(c);
        }
}

/* A batch of many weeks: what is old by its end is told of all the same. */
static void old_news_of_a_batch_is_told(void **state)
{
        struct cluster *c = cluster_new(WINDOW, 1);
        struct moves m = { { 0 }, 0 };
        char title[80];

        (void)state;
        for (int i = 0; i < 1500; i++) {
                snprintf(title, sizeof(title), "Harvest w%d counted by x%d",
                         i / 2, i / 2);
                struct cluster_doc doc = { str_c(title), STR(""), STR("en"),
                                           (int64_t)i * HOUR, STR_NULL };
                cluster_put(c, &doc);
        }
        cluster_settle(c, note_move, &m);
        assert_int_equal(m.n, 1500);
        for (size_t i = 1; i <= 1500; i++)
                if (m.story[i] != (int64_t)(i + 1) / 2)
                        fail_msg("article %zu is in story %d", i,
                                 (int)m.story[i]);
        cluster_close(c);
        assert_int_equal(cluster_made(c), 750);
        cluster_free(c);
}

/* Article i of a long stream: five words of its story, eight of the day. */
static int64_t add_made_up(struct cluster *c, int i)
{
        char text[400];
        int story = i / 3, n = 0;

        for (int k = 0; k < 10; k++)
                n += snprintf(text + n, sizeof(text) - (size_t)n, "s%dw%d ",
                              story, k);
        for (int k = 0; k < 5; k++)
                n += snprintf(text + n, sizeof(text) - (size_t)n, "day%d ",
                              (i * 7 + k * 13) % 200);
        return add(c, "report", text, "en", (int64_t)i * 60);
}

static void a_long_stream_forgets_and_repeats_itself(void **state)
{
        struct cluster *c = cluster_new(10 * HOUR, 1);
        struct cluster *again = cluster_new(10 * HOUR, 1);

        (void)state;
        for (int i = 0; i < 9000; i++) {
                int64_t story = add_made_up(c, i);

                assert_int_equal(story, add_made_up(again, i));
                if (story != i / 3 + 1)
                        fail_msg("article %d is in story %d", i, (int)story);
        }
        cluster_free(c);
        cluster_free(again);
}

UNIT_MAIN(cmocka_unit_test(one_event_is_one_story),
          cmocka_unit_test(vetoes_part_what_looks_alike),
          cmocka_unit_test(empty_articles_are_stories_of_their_own),
          cmocka_unit_test(a_seeded_story_goes_on),
          cmocka_unit_test(a_source_tells_an_event_once),
          cmocka_unit_test(likeness_fades_with_the_days),
          cmocka_unit_test(any_order_gives_the_same_stories),
          cmocka_unit_test(piece_by_piece_ends_as_all_at_once),
          cmocka_unit_test(what_is_printed_stays),
          cmocka_unit_test(what_is_near_nothing_new_rests),
          cmocka_unit_test(headlines_are_held_together_by_those_between),
          cmocka_unit_test(short_headlines_speak_as_the_others_do),
          cmocka_unit_test(floods_are_borne),
          cmocka_unit_test(old_news_of_a_batch_is_told),
          cmocka_unit_test(a_long_stream_forgets_and_repeats_itself))

/* Articles into stories: the same input, the same stories. */

#include "unit.h"

#include <stdio.h>

#include "base/time.h"
#include "story/cluster.h"

#define HOUR 3600
#define WINDOW (72 * HOUR)

static const char *const ports[] = {
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
                                   at };

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
                                   STR("en"), 0 };

        (void)state;
        cluster_seed(c, &doc, 42, false);
        assert_int_equal(add(c, "Strike settled", ports[1], "en", HOUR), 42);
        assert_int_equal(cluster_alone(c), 100);
        assert_int_equal(add(c, "A comet", comet, "en", HOUR), 101);
        assert_int_equal(cluster_made(c), 2);
        cluster_free(c);
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
        uint32_t nth;
        int64_t story;
        int n;
};

static void note_move(void *user, uint32_t nth, int64_t story)
{
        struct moves *m = user;

        m->nth = nth;
        m->story = story;
        m->n++;
}

/* The sidebar comes first and finds nothing like it; then the story does. */
static void what_came_early_finds_its_story(void **state)
{
        struct cluster *c = cluster_new(WINDOW, 1);
        struct moves m = { 0 };
        const char *full =
                "Terminal owners and dockworkers settled the strike at Port "
                "Ambry. Rest days can no longer be cancelled and the ninety "
                "ships at anchor will be unloaded by cranes from dawn. "
                "Clearing the queue takes eleven days, importers of fruit "
                "expect.";
        int64_t sidebar = add(c, "What the backlog costs",
                              "Clearing the queue off the coast takes eleven "
                              "days, and importers of fruit write off one "
                              "container in five. The strike adds a tenth of a "
                              "point to prices, economists expect.",
                              "en", 0);
        int64_t story = add(c, "Ports reopen", ports[0], "en", HOUR);

        (void)state;
        assert_int_not_equal(sidebar, story);
        assert_int_equal(add(c, "Strike settled", full, "en", HOUR), story);
        add(c, "A comet brightens", comet, "en", HOUR);
        cluster_settle(c, note_move, &m);
        assert_int_equal(m.n, 1);
        assert_int_equal(m.nth, 1);
        assert_int_equal(m.story, story);
        cluster_settle(c, note_move, &m);
        assert_int_equal(m.n, 1);
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
          cmocka_unit_test(likeness_fades_with_the_days),
          cmocka_unit_test(what_came_early_finds_its_story),
          cmocka_unit_test(a_long_stream_forgets_and_repeats_itself))

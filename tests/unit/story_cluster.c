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
        cluster_seed(c, &doc, 42);
        assert_int_equal(add(c, "Strike settled", ports[1], "en", HOUR), 42);
        assert_int_equal(cluster_alone(c), 100);
        assert_int_equal(add(c, "A comet", comet, "en", HOUR), 101);
        assert_int_equal(cluster_made(c), 2);
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
          cmocka_unit_test(a_long_stream_forgets_and_repeats_itself))

/*
 * A whole day's work, cut short at its first, second ... last call. After each
 * fault the store must be one that a stage could have left, and a rerun of the
 * whole must end in the very rows of a day without faults.
 */

#include "store_samples.h"

#include "base/buf.h"
#include "store/event.h"
#include "store/finding.h"
#include "store/gauge.h"
#include "store/stage.h"
#include "store/story.h"

#define FEEDS 3
#define ITEMS 4

static int add_feeds(struct fixture *f)
{
        int rc = 0;

        for (int i = 1; rc == 0 && i <= FEEDS; i++) {
                struct feed feed = sample_feed(f, i);
                rc = feed_add(f->db, &feed, NULL, &f->err);
        }
        return rc;
}

/* As if the feed were a calendar, too. */
static int put_events(struct fixture *f, const struct feed *feed)
{
        int rc = event_feed_begin(f->db, feed->id, &f->err);

        for (int i = 0; rc == 0 && i < ITEMS; i++) {
                const struct event e = { .feed_id = feed->id,
                                         .uid = arena_printf(f->a, "u%d", i),
                                         .title = STR("Vote"),
                                         .start_at = NOW + i,
                                         .end_at = TIME_NONE,
                                         .importance = EVENT_NORMAL,
                                         .seen_at = NOW };

                rc = event_put(f->db, &e, NULL, &f->err);
        }
        return rc < 0 ? rc : event_feed_end(f->db, feed->id, NOW, &f->err);
}

/* As if it had figures, too; what is news in them is searched with them. */
static int put_figures(struct fixture *f, const struct feed *feed)
{
        const struct gauge_point points[] = { { .at = 1, .value = 1.5 },
                                              { .at = 2, .value = 2 } };
        const struct gauge_reading r = { feed->id, NOW, 1, points, 2, 9 };
        const struct finding found = { .feed_id = feed->id,
                                       .kind = STR("high"),
                                       .since_at = TIME_NONE,
                                       .looked_at = NOW };
        struct gauge g = { .feed_id = feed->id,
                           .weight = GAUGE_NORMAL,
                           .looked_at = NOW };
        struct gauge_change change;
        int rc = gauge_get(f->a, f->db, feed->id, &g, &f->err);

        if (rc == ERR_ABSENT)
                rc = gauge_put(f->db, &g, &f->err);
        if (rc == 0)
                rc = gauge_take(f->a, f->db, &r, &change, &f->err);
        if (rc == 0)
                rc = finding_put(f->db, &found, &f->err);
        g.looked_at = NOW;
        return rc < 0 ? rc : gauge_set_looked(f->db, &g, &f->err);
}

static int put_items(struct fixture *f, struct feed *feed)
{
        int rc = 0;

        for (int i = 0; rc == 0 && i < ITEMS; i++) {
                struct article art = sample_article(f, i);

                art.feed_id = feed->id;
                art.identity = arena_printf(f->a, STR_FMT "/%d",
                                            STR_ARG(feed->url), i);
                art.url = art.identity;
                rc = article_put(f->db, &art, NULL, &f->err);
        }
        if (rc == 0)
                rc = put_events(f, feed);
        if (rc == 0)
                rc = put_figures(f, feed);
        feed->checked_at = feed->ok_at = NOW;
        feed->due_at = NOW + 900;
        return rc < 0 ? rc : feed_save(f->db, feed, &f->err);
}

/* The feeds that are due, each in a transaction of its own. */
static int gather(struct fixture *f)
{
        struct feed_list list;
        bool own;
        int rc = feed_due(f->a, f->db, NOW, &list, &f->err);

        for (size_t i = 0; rc == 0 && i < list.n; i++) {
                rc = sql_enter(f->db, &own, &f->err);
                if (rc == 0)
                        rc = sql_leave(f->db, own, put_items(f, &list.items[i]),
                                       &f->err);
        }
        return rc;
}

static int read_pages(struct fixture *f)
{
        struct article_want want = { 0, NOW, 100 };
        struct article_list list;
        int rc = article_unread(f->a, f->db, &want, &list, &f->err);

        for (size_t i = 0; rc == 0 && i < list.n; i++) {
                list.items[i].state = STR("read");
                list.items[i].text = STR("The page's text.");
                rc = article_save_page(f->db, &list.items[i], &f->err);
        }
        return rc;
}

/* Articles of one hour are one story, and all stories are ranked. */
static int find_stories(struct fixture *f, struct article_list *list)
{
        struct ranking rows[ITEMS];
        int rc = sql_run(f->db, &f->err, NULL,
                         "UPDATE article SET story_id = NULL", SQL_NO_ARGS);

        for (size_t i = 0; rc == 0 && i < list->n; i++) {
                const struct article *art = &list->items[i];
                struct story_row s = { .id = 1 + art->position,
                                       .title = art->title,
                                       .first_at = art->dated_at,
                                       .last_at = art->dated_at,
                                       .articles = FEEDS,
                                       .sources = 1 };

                rc = story_save(f->db, &s, &f->err);
                if (rc == 0)
                        rc = article_set_story(f->db, art->id, s.id, &f->err);
        }
        for (int i = 0; i < ITEMS; i++)
                rows[i] = (struct ranking) { .story_id = i + 1,
                                             .place = i + 1,
                                             .ranked_at = NOW,
                                             .score = 1.0 / (i + 1),
                                             .terms = STR("{}") };
        if (rc < 0)
                return rc;
        return ranking_replace(f->db, &(struct ranking_list) { rows, ITEMS },
                               &f->err);
}

static int cluster(struct fixture *f)
{
        struct article_list list;
        bool own;
        int rc = article_between(f->a, f->db, NOW - DAY, NOW, true, &list,
                                 &f->err);

        if (rc == 0)
                rc = sql_enter(f->db, &own, &f->err);
        if (rc == 0)
                rc = sql_leave(f->db, own, find_stories(f, &list), &f->err);
        return rc;
}

static int write_draft(struct fixture *f, int64_t series_id)
{
        struct edition_row e = sample_edition(f, 6);
        const struct edition_slot slot = { .story_id = 1, .slot = STR("lead") };
        int rc = edition_by_date(f->a, f->db, series_id, e.date, &e, &f->err);

        if (rc == 0)
                return 0; /* it is there */
        if (rc != ERR_ABSENT)
                return rc;
        e.series_id = series_id;
        rc = edition_next_number(f->db, series_id, &e.number, &f->err);
        if (rc == 0)
                rc = edition_save(f->db, &e, &f->err);
        if (rc == 0)
                rc = edition_set_stories(f->db, e.id, &slot, 1, &f->err);
        if (rc == 0)
                rc = revision_add(f->db, &e, STR("compose"), STR("# Ferry"),
                                  NOW, &f->err);
        return rc;
}

static int compose(struct fixture *f)
{
        int64_t series_id;
        bool own;
        int rc = series_get(f->db, STR("morning"), STR("Morning"), &series_id,
                            &f->err);

        if (rc == 0)
                rc = sql_enter(f->db, &own, &f->err);
        if (rc == 0)
                rc = sql_leave(f->db, own, write_draft(f, series_id), &f->err);
        return rc;
}

static int day(struct fixture *f)
{
        int rc = store_migrate(f->db, &f->err);

        if (rc == 0)
                rc = stage_start(f->db, STR("gather"), NOW, &f->err);
        if (rc == 0)
                rc = add_feeds(f);
        if (rc == 0)
                rc = gather(f);
        if (rc == 0)
                rc = read_pages(f);
        if (rc == 0)
                rc = cluster(f);
        if (rc == 0)
                rc = stage_end(f->db, STR("gather"), true, STR("done"), NOW,
                               &f->err);
        return rc < 0 ? rc : compose(f);
}

/* Every row that the day made, but for ids that the engine gave. */
static struct str dump(struct fixture *f)
{
        static const char *const queries[] = {
                "SELECT url, state, due_at, checked_at FROM feed ORDER BY url",
                "SELECT url, state, text, story_id FROM article ORDER BY url",
                "SELECT id, title, last_at, articles FROM story ORDER BY id",
                "SELECT story_id, place, score, terms FROM ranking ORDER BY 2",
                "SELECT id, number, date, revision FROM edition ORDER BY id",
                "SELECT edition_id, n, author, copy FROM revision ORDER BY n",
                "SELECT edition_id, story_id, slot, '' FROM edition_story",
                "SELECT uid, start_at, cancelled, '' FROM event ORDER BY 2",
                "SELECT at, value, seen_at, '' FROM gauge_point ORDER BY 1",
                "SELECT kind, at, looked_at, edition_id FROM finding",
                "SELECT changed_at, looked_at, decimals, '' FROM gauge",
                "SELECT name, state, started_at, ended_at FROM stage",
        };
        struct buf b;
        struct sql_rows *r;

        buf_init(&b, 1 << 20);
        for (size_t q = 0; q < sizeof(queries) / sizeof(queries[0]); q++) {
                assert_ok(
                        sql_query(f->db, &f->err, &r, queries[q], SQL_NO_ARGS),
                        f->err);
                while (sql_next(r, &f->err) > 0) {
                        for (int col = 0; col < 4; col++) {
                                buf_put(&b, sql_col_str(r, col));
                                buf_char(&b, '|');
                        }
                        buf_char(&b, '\n');
                }
                sql_end(r);
        }
        assert_true(buf_ok(&b));
        struct str s = arena_str(f->a, buf_str(&b));
        buf_done(&b);
        return s;
}

/* Whatever was committed belongs together. */
static void check_whole(struct fixture *f, long n)
{
        static const char *const faults[] = {
                /* a feed seen, but not its items; or the other way round */
                "SELECT COUNT(*) FROM feed WHERE (checked_at IS NULL) <> "
                "NOT EXISTS (SELECT 1 FROM article WHERE feed_id = feed.id)",
                "SELECT COUNT(*) FROM feed WHERE checked_at IS NOT NULL AND "
                "(SELECT COUNT(*) FROM article WHERE feed_id = feed.id) <> 4",
                /* figures searched whose findings are not there */
                "SELECT COUNT(*) FROM gauge WHERE looked_at > 0 AND "
                "NOT EXISTS (SELECT 1 FROM finding "
                "WHERE finding.feed_id = gauge.feed_id)",
                /* a story that nobody knows */
                "SELECT COUNT(*) FROM article WHERE story_id IS NOT NULL AND "
                "NOT EXISTS (SELECT 1 FROM story "
                "WHERE story.id = article.story_id)",
                "SELECT COUNT(*) FROM ranking WHERE NOT EXISTS "
                "(SELECT 1 FROM story WHERE story.id = story_id)",
                /* an edition without its copy */
                "SELECT COUNT(*) FROM edition WHERE NOT EXISTS (SELECT 1 FROM "
                "revision WHERE edition_id = edition.id AND n = revision)",
        };

        for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
                int64_t count = fixture_int(f, faults[i]);
                if (count)
                        fail_msg("fault at call %ld left %d: %s", n, (int)count,
                                 faults[i]);
        }
}

/* The rows after a day without faults, in a store of its own. */
static struct str want(struct fixture *f)
{
        assert_ok(day(f), f->err);
        struct str s = dump(f);
        static const char *const tables[] = {
                "quiz_tally", "quiz_form",  "edition_rank", "edition_story",
                "revision",   "correction", "edition",      "series",
                "ranking",    "choice",     "story",        "article",
                "event",      "websub",     "robots",       "feed",
                "stage",      "meta",       "subscriber",   "delivery_count",
                "gauge",      "finding",    "gauge_point",
        };

        assert_ok(sql_script(f->db, &f->err, STR("DROP TABLE delivery")),
                  f->err);
        for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
                assert_ok(sql_script(f->db, &f->err,
                                     arena_printf(f->a, "DROP TABLE %s",
                                                  tables[i])),
                          f->err);
        return s;
}

static bool is_migrated(struct fixture *f)
{
        return store_migrate(f->db, &f->err) == 0;
}

/* One store, hit again and again, each time one call later. */
static void test_again_and_again(void **state)
{
        struct fixture *f = fixture_of(state);
        struct sql *sound = f->db;
        struct str wanted = want(f);
        int rc = -1;

        for (long n = 1; rc < 0; n++) {
                f->db = sql_failing_new(fixture_connect(f), n);
                assert_true(n < 2000);
                rc = day(f);
                if (rc < 0)
                        assert_non_null(strstr(f->err.msg, "injected fault"));
                sql_close(f->db);
                f->db = sound;
                assert_true(is_migrated(f));
                check_whole(f, n);
        }
        struct str got = dump(f);
        if (!str_eq(got, wanted))
                fail_msg("got:\n%.*s\nwanted:\n%.*s", STR_ARG(got),
                         STR_ARG(wanted));
}

/* One fault in a new day, then the rerun: at calls spread over all of it. */
static void test_rerun(void **state)
{
        struct fixture *f = fixture_of(state);
        struct sql *sound = f->db;
        struct str wanted = want(f);
        long step = fixture_on_postgres ? 37 : 7;
        int rc = -1;

        for (long n = 1; rc < 0; n += step) {
                f->db = sql_failing_new(fixture_connect(f), n);
                rc = day(f);
                sql_close(f->db);
                f->db = sound;
                assert_ok(store_migrate(f->db, &f->err), f->err);
                check_whole(f, n);
                struct str got = want(f); /* runs the day, and clears */
                if (!str_eq(got, wanted))
                        fail_msg("fault at call %ld: got:\n%.*s\nwanted:\n%.*s",
                                 n, STR_ARG(got), STR_ARG(wanted));
        }
}

STORE_MAIN(STORE_TEST_BARE(test_again_and_again), STORE_TEST_BARE(test_rerun), )

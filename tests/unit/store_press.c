/* Stories, rankings, editions, subscribers, stages, facts, migrations. */

#include "store_samples.h"

#include <pthread.h>

#include "store/choice.h"
#include "store/stage.h"
#include "store/story.h"

static void put_story(struct fixture *f, int64_t id, int64_t last_at)
{
        struct story_row s = { .id = id,
                               .title = STR("Ferry runs again"),
                               .language = STR("en"),
                               .first_at = last_at - 60,
                               .last_at = last_at,
                               .articles = 2,
                               .sources = 2 };

        assert_ok(story_save(f->db, &s, &f->err), f->err);
}

static void test_stories(void **state)
{
        struct fixture *f = fixture_of(state);
        struct story_list list;
        struct story_row s;
        int64_t id;

        assert_ok(story_next_id(f->db, &id, &f->err), f->err);
        assert_int_equal(id, 1);
        for (int64_t i = 1; i <= 5; i++)
                put_story(f, i, NOW - i * 60);
        assert_ok(story_next_id(f->db, &id, &f->err), f->err);
        assert_int_equal(id, 6);
        assert_ok(story_since(f->a, f->db, NOW - 180, &list, &f->err), f->err);
        assert_int_equal(list.n, 3);
        assert_int_equal(list.items[2].id, 3);

        s = list.items[0];
        s.title = STR("Ferry stops");
        s.articles = 9;
        assert_ok(story_save(f->db, &s, &f->err), f->err);
        assert_ok(story_get(f->a, f->db, 1, &s, &f->err), f->err);
        assert_str(s.title, "Ferry stops");
        assert_int_equal(s.articles, 9);
        assert_int_equal(story_get(f->a, f->db, 99, &s, &f->err), ERR_ABSENT);
}

static void test_rankings(void **state)
{
        struct fixture *f = fixture_of(state);
        struct ranking rows[] = {
                { .story_id = 2,
                  .place = 1,
                  .ranked_at = NOW,
                  .score = 1.0 / 3,
                  .terms = STR("{\"sources\":2}") },
                { .story_id = 1,
                  .place = 2,
                  .ranked_at = NOW,
                  .score = 0.1,
                  .terms = STR("{}") },
        };
        struct ranking_list list = { rows, 2 };
        struct ranking one;

        put_story(f, 1, NOW);
        put_story(f, 2, NOW);
        for (int twice = 0; twice < 2; twice++)
                assert_ok(ranking_replace(f->db, &list, &f->err), f->err);
        assert_ok(ranking_top(f->a, f->db, 9, &list, &f->err), f->err);
        assert_int_equal(list.n, 2);
        assert_int_equal(list.items[0].story_id, 2);
        assert_true(list.items[0].score == 1.0 / 3);
        assert_str(list.items[0].title, "Ferry runs again");
        assert_int_equal(list.items[0].sources, 2);
        assert_ok(ranking_get(f->a, f->db, 1, &one, &f->err), f->err);
        assert_int_equal(one.place, 2);
        assert_int_equal(ranking_get(f->a, f->db, 9, &one, &f->err),
                         ERR_ABSENT);
        assert_ok(ranking_top(f->a, f->db, 1, &list, &f->err), f->err);
        assert_int_equal(list.n, 1);
        list.n = 0;
        assert_ok(ranking_replace(f->db, &list, &f->err), f->err);
        assert_ok(ranking_top(f->a, f->db, 9, &list, &f->err), f->err);
        assert_int_equal(list.n, 0);
}

/* An edition explains what it carried for good, what it left out for a time. */
static void test_kept_rankings(void **state)
{
        struct fixture *f = fixture_of(state);
        struct edition_row first = sample_put_edition(f, 1),
                           second = sample_put_edition(f, 2);
        struct edition_slot slot = { .story_id = 1, .slot = STR("lead") };
        struct ranking rows[] = {
                { .story_id = 1,
                  .place = 1,
                  .ranked_at = NOW,
                  .score = 0.125,
                  .terms = STR("{\"at\":1}") },
                { .story_id = 2,
                  .place = 2,
                  .ranked_at = NOW,
                  .terms = STR("{}") },
        };
        struct ranking_list list = { rows, 2 };
        struct ranking one;
        int64_t edition;

        put_story(f, 1, NOW);
        assert_int_equal(ranking_kept_by(f->db, 1, &edition, &f->err),
                         ERR_ABSENT);
        for (int twice = 0; twice < 2; twice++)
                assert_ok(ranking_keep(f->db, first.id, &list, &f->err),
                          f->err);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM edition_rank"),
                         2);
        assert_ok(ranking_kept(f->a, f->db, first.id, 1, &one, &f->err),
                  f->err);
        assert_true(one.score == 0.125);
        assert_str(one.terms, "{\"at\":1}");
        assert_str(one.title, "Ferry runs again");
        assert_int_equal(ranking_kept(f->a, f->db, second.id, 1, &one, &f->err),
                         ERR_ABSENT);
        rows[0].ranked_at++;
        list.n = 1;
        assert_ok(ranking_keep(f->db, second.id, &list, &f->err), f->err);
        assert_ok(ranking_kept_by(f->db, 1, &edition, &f->err), f->err);
        assert_int_equal(edition, second.id);
        assert_ok(ranking_kept_by(f->db, 2, &edition, &f->err), f->err);
        assert_int_equal(edition, first.id);

        assert_ok(edition_set_stories(f->db, first.id, &slot, 1, &f->err),
                  f->err);
        assert_ok(article_forget(f->db, NOW, NULL, &f->err), f->err);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM edition_rank"),
                         3);
        assert_ok(article_forget(f->db, NOW + 9, NULL, &f->err), f->err);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM edition_rank"),
                         1);
        assert_ok(ranking_kept(f->a, f->db, first.id, 1, &one, &f->err),
                  f->err);
}

static void test_editions(void **state)
{
        struct fixture *f = fixture_of(state);
        struct edition_row e, got;
        struct edition_rows list;
        int64_t series, n;

        assert_ok(series_get(f->db, STR("morning"), STR("Morning"), &series,
                             &f->err),
                  f->err);
        assert_int_equal(
                edition_latest(f->a, f->db, series, false, &got, &f->err),
                ERR_ABSENT);
        assert_ok(edition_next_number(f->db, series, &n, &f->err), f->err);
        assert_int_equal(n, 1);
        for (int i = 1; i <= 3; i++) {
                e = sample_put_edition(f, i);
                assert_int_equal(e.id, i);
                assert_int_equal(e.series_id, series);
        }
        assert_ok(edition_by_date(f->a, f->db, series, STR("2026-03-02"), &got,
                                  &f->err),
                  f->err);
        assert_str(got.series, "The Morning"); /* renamed by the sample */
        assert_true(got.published_at == TIME_NONE);
        got.state = STR("published");
        got.published_at = NOW;
        assert_ok(edition_save(f->db, &got, &f->err), f->err);
        assert_ok(edition_latest(f->a, f->db, series, false, &got, &f->err),
                  f->err);
        assert_str(got.date, "2026-03-03");
        assert_ok(edition_latest(f->a, f->db, series, true, &got, &f->err),
                  f->err);
        assert_str(got.date, "2026-03-02");
        assert_true(got.published_at == NOW);
        assert_ok(edition_published(f->a, f->db, series, &list, &f->err),
                  f->err);
        assert_int_equal(list.n, 1);
        assert_ok(edition_next_number(f->db, series, &n, &f->err), f->err);
        assert_int_equal(n, 4);

        assert_ok(edition_get(f->a, f->db, 2, &got, &f->err), f->err);
        assert_str(got.date, "2026-03-02");
        assert_int_equal(edition_get(f->a, f->db, 9, &got, &f->err),
                         ERR_ABSENT);
        assert_ok(edition_newest(f->a, f->db, false, &got, &f->err), f->err);
        assert_int_equal(got.id, 3);
        assert_ok(edition_newest(f->a, f->db, true, &got, &f->err), f->err);
        assert_int_equal(got.id, 2);

        e.id = 0; /* one a day */
        assert_int_equal(edition_save(f->db, &e, &f->err), ERR_STALE);
        assert_int_equal(edition_by_date(f->a, f->db, series, STR("2030-01-01"),
                                         &got, &f->err),
                         ERR_ABSENT);
}

static void test_revisions(void **state)
{
        struct fixture *f = fixture_of(state);
        struct edition_row e = sample_put_edition(f, 1), stale = e;
        struct revision rev;

        assert_int_equal(revision_composed(f->a, f->db, e.id, &rev, &f->err),
                         ERR_ABSENT);
        assert_ok(revision_add(f->db, &e, STR("compose"), STR("# One"), NOW,
                               &f->err),
                  f->err);
        e.title = STR("New title");
        assert_ok(revision_add(f->db, &e, STR("editor"), STR("# Two"), NOW + 1,
                               &f->err),
                  f->err);
        assert_int_equal(e.revision, 2);
        assert_ok(revision_get(f->a, f->db, e.id, 2, &rev, &f->err), f->err);
        assert_str(rev.copy, "# Two");
        assert_str(rev.author, "editor");
        assert_ok(revision_composed(f->a, f->db, e.id, &rev, &f->err), f->err);
        assert_int_equal(rev.n, 1);
        assert_int_equal(revision_get(f->a, f->db, e.id, 3, &rev, &f->err),
                         ERR_ABSENT);

        /* Another editor still has the first one on the screen. */
        assert_int_equal(revision_add(f->db, &stale, STR("editor"),
                                      STR("# Lost?"), NOW, &f->err),
                         ERR_STALE);
        assert_int_equal(stale.revision, 0);
        assert_int_equal(edition_save(f->db, &stale, &f->err), ERR_STALE);
        assert_ok(
                edition_by_date(f->a, f->db, e.series_id, e.date, &e, &f->err),
                f->err);
        assert_str(e.title, "New title");
        assert_int_equal(e.updated_at, NOW + 1);

        /* In the caller's transaction: gone with it. */
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(revision_add(f->db, &e, STR("editor"), STR("# Three"), NOW,
                               &f->err),
                  f->err);
        sql_rollback(f->db);
        assert_int_equal(revision_get(f->a, f->db, e.id, 3, &rev, &f->err),
                         ERR_ABSENT);
}

static void test_history(void **state)
{
        struct fixture *f = fixture_of(state);
        struct edition_entry *entries;
        int64_t ids[5];
        size_t n;

        for (int i = 1; i <= 4; i++) {
                struct edition_row e = sample_put_edition(f, i);
                const struct edition_slot slots[] = {
                        { i * 10, STR("lead"), STR("Ports reopen") },
                        { i * 10 + 1, STR("stories"), STR_NULL },
                        { 5, STR("stories"), STR("Ferry floats") },
                        /* twice: the first counts */
                        { 5, STR("reading"), STR("A column") },
                };
                for (int twice = 0; twice < 2; twice++)
                        assert_ok(edition_set_stories(f->db, e.id, slots, 4,
                                                      &f->err),
                                  f->err);
                ids[i] = e.id;
                if (i == 3)
                        continue; /* stays a draft */
                e.state = STR("published");
                assert_ok(edition_save(f->db, &e, &f->err), f->err);
        }
        assert_ok(edition_history(f->a, f->db, 1, STR("2026-03-04"), 5,
                                  &entries, &n, &f->err),
                  f->err);
        assert_int_equal(n, 6); /* of the 2nd and the 1st */
        assert_str(entries[0].date, "2026-03-02");
        assert_int_equal(entries[0].story_id, 5);
        assert_str(entries[0].title, "Ferry floats");
        assert_int_equal(entries[0].number, 2);
        assert_int_equal(entries[5].story_id, 11);
        assert_int_equal(entries[5].title.n, 0);
        assert_ok(edition_history(f->a, f->db, 1, STR("2026-03-09"), 1,
                                  &entries, &n, &f->err),
                  f->err);
        assert_int_equal(n, 3);
        assert_int_equal(entries[1].story_id, 40);
        assert_ok(edition_headlines(f->a, f->db, ids[3], &entries, &n, &f->err),
                  f->err);
        assert_int_equal(n, 3); /* a draft's too */
        assert_str(entries[1].title, "Ports reopen");
}

static void test_choices(void **state)
{
        struct fixture *f = fixture_of(state);
        struct choice_list list;
        struct choice c = { 7, STR("lead"), 100 };

        assert_ok(choice_put(f->db, &c, &f->err), f->err);
        c = (struct choice) { 9, STR("kill"), 101 };
        assert_ok(choice_put(f->db, &c, &f->err), f->err);
        c = (struct choice) { 8, STR("lead"), 102 }; /* there is one lead */
        assert_ok(choice_put(f->db, &c, &f->err), f->err);
        c = (struct choice) { 9, STR("pin"), 103 }; /* thought better of it */
        assert_ok(choice_put(f->db, &c, &f->err), f->err);
        assert_ok(choice_all(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 2);
        assert_int_equal(list.items[0].story_id, 8);
        assert_str(list.items[1].choice, "pin");
        assert_int_equal(list.items[1].made_at, 103);
        assert_ok(choice_remove(f->db, 8, &f->err), f->err);
        assert_int_equal(choice_remove(f->db, 8, &f->err), ERR_ABSENT);
        assert_ok(choice_all(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 1);
}

static void test_subscribers(void **state)
{
        struct fixture *f = fixture_of(state);
        struct subscriber s = sample_subscriber(f, 1), got;
        struct subscriber_list list;
        bool is_new;
        int64_t n;

        sample_put_subscribers(f, 5);
        s.state = STR("pending");
        s.token = STR("another");
        assert_ok(subscriber_add(f->db, &s, &is_new, &f->err), f->err);
        assert_false(is_new);
        assert_ok(subscriber_find(f->a, f->db, s.email, &got, &f->err), f->err);
        assert_str(got.state, "active");
        assert_str(got.zone, "Europe/Lisbon");
        assert_null(got.name.p);
        assert_ok(subscriber_set_state(f->db, got.id, STR("paused"), NOW + 9,
                                       &f->err),
                  f->err);
        assert_ok(subscriber_get(f->a, f->db, got.id, &got, &f->err), f->err);
        assert_str(got.state, "paused");
        assert_int_equal(got.changed_at, NOW + 9);
        assert_ok(subscriber_count(f->db, STR("active"), &n, &f->err), f->err);
        assert_int_equal(n, 4);
        assert_ok(subscriber_count(f->db, STR_NULL, &n, &f->err), f->err);
        assert_int_equal(n, 5);
        assert_ok(subscriber_page(f->a, f->db, 2, 2, &list, &f->err), f->err);
        assert_int_equal(list.n, 2);
        assert_int_equal(list.items[0].id, 3);
        assert_int_equal(subscriber_get(f->a, f->db, 99, &got, &f->err),
                         ERR_ABSENT);
        assert_int_equal(
                subscriber_find(f->a, f->db, STR("x@y.example"), &got, &f->err),
                ERR_ABSENT);
        assert_int_equal(
                subscriber_set_state(f->db, 99, STR("paused"), NOW, &f->err),
                ERR_ABSENT);
        s.email = STR("new@mail.example");
        s.token = list.items[0].token; /* a token twice is our own fault */
        assert_int_equal(subscriber_add(f->db, &s, NULL, &f->err), ERR_STALE);
}

static void test_stages(void **state)
{
        struct fixture *f = fixture_of(state);
        struct stage_list list;

        assert_ok(stage_end(f->db, STR("compose"), false, STR("no stories"),
                            NOW, &f->err),
                  f->err);
        assert_ok(stage_start(f->db, STR("gather"), NOW, &f->err), f->err);
        assert_ok(stage_end(f->db, STR("gather"), true, STR("40 feeds"),
                            NOW + 5, &f->err),
                  f->err);
        assert_ok(stage_start(f->db, STR("gather"), NOW + 60, &f->err), f->err);
        assert_ok(stage_all(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 2);
        assert_str(list.items[0].name, "compose");
        assert_str(list.items[0].state, "failed");
        assert_true(list.items[0].ok_at == TIME_NONE);
        assert_str(list.items[1].state, "running");
        assert_true(list.items[1].ended_at == TIME_NONE);
        assert_true(list.items[1].ok_at == NOW + 5);
        assert_ok(stage_end(f->db, STR("gather"), false, STR("no network"),
                            NOW + 61, &f->err),
                  f->err);
        assert_ok(stage_all(f->a, f->db, &list, &f->err), f->err);
        assert_true(list.items[1].ok_at == NOW + 5);
        assert_str(list.items[1].note, "no network");

        /* Only what runs can be cut off. */
        assert_ok(stage_stop(f->db, STR("gather"), STR("cut"), STR("x"),
                             NOW + 70, &f->err),
                  f->err);
        assert_ok(stage_stop(f->db, STR("publish"), STR("cut"), STR("x"),
                             NOW + 70, &f->err),
                  f->err);
        assert_ok(stage_all(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 2);
        assert_str(list.items[1].state, "failed");
        assert_ok(stage_start(f->db, STR("gather"), NOW + 80, &f->err), f->err);
        assert_ok(stage_stop(f->db, STR("gather"), STR("cut"), STR("killed"),
                             NOW + 90, &f->err),
                  f->err);
        assert_ok(stage_all(f->a, f->db, &list, &f->err), f->err);
        assert_str(list.items[1].state, "cut");
        assert_str(list.items[1].note, "killed");
        assert_int_equal(list.items[1].ended_at, NOW + 90);
        assert_true(list.items[1].ok_at == NOW + 5);
}

struct ranker {
        struct sql *db;
        struct ranking_list list;
        int rc;
};

static void *rank_beside(void *arg)
{
        struct ranker *r = arg;
        struct err err;

        r->rc = ranking_replace(r->db, &r->list, &err);
        return NULL;
}

/* A gather and a compose write the ranking at the same time. */
static void test_ranking_by_two(void **state)
{
        struct fixture *f = fixture_of(state);
        struct ranking rows[3] = { { .story_id = 1, .place = 1 },
                                   { .story_id = 2, .place = 2 },
                                   { .story_id = 3, .place = 3 } };
        struct ranker other = { .list = { rows, 3 }, .rc = -1 };
        pthread_t thread;

        other.db = fixture_connect(f);
        assert_ok(ranking_replace(f->db, &other.list, &f->err), f->err);
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(ranking_replace(f->db, &other.list, &f->err), f->err);
        assert_int_equal(pthread_create(&thread, NULL, rank_beside, &other), 0);
        usleep(300000); /* it waits for us by now */
        assert_ok(sql_commit(f->db, &f->err), f->err);
        pthread_join(thread, NULL);
        sql_close(other.db);
        assert_int_equal(other.rc, 0);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM ranking"), 3);
}

/* What was printed stays, and the highest story's number is not given again. */
static void test_forget(void **state)
{
        struct fixture *f = fixture_of(state);
        struct edition_row e = sample_put_edition(f, 1);
        struct edition_slot slot = { .story_id = 2, .slot = STR("lead") };
        struct story_row s;
        int64_t n;

        sample_put_feed(f, 1);
        for (int i = 0; i < 10; i++) {
                struct article art = sample_article(f, i);

                art.seen_at = i == 9 ? NOW : art.dated_at;
                sample_put(f, &art);
                assert_ok(article_set_story(f->db, i + 1, i % 4, &f->err),
                          f->err);
        }
        for (int64_t id = 1; id <= 4; id++)
                put_story(f, id, NOW - 10 * DAY);
        assert_ok(edition_set_stories(f->db, e.id, &slot, 1, &f->err), f->err);
        assert_ok(article_forget(f->db, NOW - 4 * 3600, &n, &f->err), f->err);
        /* 5 to 8, less 6 of story 2; 9 is old but was seen today */
        assert_int_equal(n, 3);
        assert_ok(article_forget(f->db, NOW + 1, &n, &f->err), f->err);
        assert_int_equal(n, 5);
        assert_ok(article_count(f->db, &n, &f->err), f->err);
        assert_int_equal(n, 2);
        assert_ok(story_next_id(f->db, &n, &f->err), f->err);
        assert_int_equal(n, 5);
        assert_ok(story_get(f->a, f->db, 2, &s, &f->err), f->err);
        assert_int_equal(story_get(f->a, f->db, 1, &s, &f->err), ERR_ABSENT);
}

static void test_meta(void **state)
{
        struct fixture *f = fixture_of(state);
        struct str value;

        assert_ok(store_meta_get(f->a, f->db, STR("secret"), &value, &f->err),
                  f->err);
        assert_null(value.p);
        for (int twice = 0; twice < 2; twice++)
                assert_ok(store_meta_set(f->db, STR("secret"),
                                         twice ? STR("b") : STR("a"), &f->err),
                          f->err);
        assert_ok(store_meta_get(f->a, f->db, STR("secret"), &value, &f->err),
                  f->err);
        assert_str(value, "b");
}

static void test_migrate(void **state)
{
        struct fixture *f = fixture_of(state);
        struct str version;
        struct sql *db = NULL;

        for (int twice = 0; twice < 2; twice++)
                assert_ok(store_migrate(f->db, &f->err), f->err);
        assert_ok(store_meta_get(f->a, f->db, STR("schema"), &version, &f->err),
                  f->err);
        assert_str(version, arena_printf(f->a, "%d", store_schema_version()).p);

        assert_ok(store_meta_set(f->db, STR("schema"), STR("999"), &f->err),
                  f->err);
        assert_int_equal(store_migrate(f->db, &f->err), ERR_STALE);
        assert_int_equal(store_open(f->url, &db, &f->err), ERR_STALE);
        assert_non_null(strstr(f->err.msg, "999"));
        assert_null(db);
}

/* Cut short at any call, a migration leaves nothing; then it runs. */
static void test_migrate_torture(void **state)
{
        struct fixture *f = fixture_of(state);
        int rc = -1;

        for (long n = 1; rc < 0; n++) {
                struct sql *db = sql_failing_new(fixture_connect(f), n);

                assert_true(n < 50);
                rc = store_migrate(db, &f->err);
                sql_close(db);
        }
        assert_ok(store_migrate(f->db, &f->err), f->err);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM feed"), 0);
}

struct opener {
        struct str url;
        int rc;
        struct err err;
};

static void *open_store(void *arg)
{
        struct opener *o = arg;
        struct sql *db = NULL;

        o->rc = store_open(o->url, &db, &o->err);
        sql_close(db);
        return NULL;
}

/* All roles of a press start at once on a store that is not there yet. */
static void test_open_at_once(void **state)
{
        struct fixture *f = fixture_of(state);
        struct opener o[8] = { 0 };
        pthread_t threads[8];
        struct str url =
                f->dir ? arena_printf(f->a, "%s/fresh.db", f->dir) : f->url;

        for (int i = 0; i < 8; i++) {
                o[i].url = url;
                pthread_create(&threads[i], NULL, open_store, &o[i]);
        }
        for (int i = 0; i < 8; i++)
                pthread_join(threads[i], NULL);
        for (int i = 0; i < 8; i++)
                assert_ok(o[i].rc, o[i].err);
}

STORE_MAIN(STORE_TEST(test_stories), STORE_TEST(test_rankings),
           STORE_TEST(test_kept_rankings), STORE_TEST(test_editions),
           STORE_TEST(test_revisions), STORE_TEST(test_history),
           STORE_TEST(test_choices), STORE_TEST(test_subscribers),
           STORE_TEST(test_stages), STORE_TEST(test_ranking_by_two),
           STORE_TEST(test_forget), STORE_TEST(test_meta),
           STORE_TEST_BARE(test_migrate), STORE_TEST_BARE(test_migrate_torture),
           STORE_TEST_BARE(test_open_at_once), )

/* Feeds and articles. */

#include "store_samples.h"

#include <pthread.h>
#include <unistd.h>

#include "store/robots.h"
#include "store/websub.h"

static void test_feeds(void **state)
{
        struct fixture *f = fixture_of(state);
        struct feed_list list;
        struct feed feed;
        int64_t n;

        for (int i = 3; i >= 1; i--)
                sample_put_feed(f, i);
        assert_ok(feed_all(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 3);
        assert_str(list.items[0].title, "Gazette 1");
        assert_true(list.items[0].checked_at == TIME_NONE);
        assert_null(list.items[0].etag.p);

        assert_ok(feed_find(f->a, f->db, STR("https://feed2.example/rss"),
                            &feed, &f->err),
                  f->err);
        feed.state = STR("gone");
        feed.due_at = NOW + 60;
        feed.checked_at = NOW;
        feed.etag = STR("W/\"x\"");
        feed.failures = 3;
        feed.outcome = STR("410 Gone");
        feed.fault = STR("missing");
        feed.digest = STR("d1");
        feed.whole_at = NOW - 5;
        feed.unchanged = 7;
        feed.newest_at = NOW - 9;
        feed.skip_hours = 6;
        feed.skip_days = 96;
        feed.old_url = STR("https://old.example/rss");
        feed.old_until_at = NOW + 9;
        assert_ok(feed_save(f->db, &feed, &f->err), f->err);
        assert_ok(feed_find(f->a, f->db, feed.url, &feed, &f->err), f->err);
        assert_str(feed.etag, "W/\"x\"");
        assert_str(feed.outcome, "410 Gone");
        assert_true(feed.checked_at == NOW && feed.ok_at == TIME_NONE);
        assert_str(feed.fault, "missing");
        assert_str(feed.digest, "d1");
        assert_true(feed.whole_at == NOW - 5 && feed.lied_at == TIME_NONE);
        assert_true(feed.unchanged == 7 && feed.newest_at == NOW - 9);
        assert_true(feed.skip_hours == 6 && feed.skip_days == 96);
        assert_str(feed.old_url, "https://old.example/rss");
        assert_true(feed.old_until_at == NOW + 9);
        assert_true(feed.push_until_at == TIME_NONE);
        assert_ok(feed_count(f->db, &n, &f->err), f->err);
        assert_int_equal(n, 3);

        feed.id = 99;
        assert_int_equal(feed_save(f->db, &feed, &f->err), ERR_ABSENT);
        assert_int_equal(feed_find(f->a, f->db, STR("https://no.example/"),
                                   &feed, &f->err),
                         ERR_ABSENT);
        assert_non_null(strstr(f->err.msg, "https://no.example/"));
}

/* A gather read the feed before its owner removed it, and saves it after. */
static void test_feed_removed_meanwhile(void **state)
{
        struct fixture *f = fixture_of(state);
        struct feed feed = sample_feed(f, 1), got;

        sample_put_feed(f, 1);
        assert_ok(feed_find(f->a, f->db, feed.url, &got, &f->err), f->err);
        assert_ok(feed_remove(f->db, feed.url, &f->err), f->err);
        got.outcome = STR("12 items");
        assert_ok(feed_save(f->db, &got, &f->err), f->err);
        assert_int_equal(feed_find(f->a, f->db, feed.url, &got, &f->err),
                         ERR_ABSENT);
}

/* Added twice: what the owner says wins, what we learnt of it stays. */
static void test_feed_again(void **state)
{
        struct fixture *f = fixture_of(state);
        struct feed feed = sample_feed(f, 1), got;
        bool is_new;

        sample_put_feed(f, 1);
        assert_ok(feed_find(f->a, f->db, feed.url, &got, &f->err), f->err);
        got.etag = STR("e");
        assert_ok(feed_save(f->db, &got, &f->err), f->err);

        feed.title = STR("The Gazette");
        feed.kind = STR("opinion");
        assert_ok(feed_add(f->db, &feed, &is_new, &f->err), f->err);
        assert_false(is_new);
        assert_ok(feed_find(f->a, f->db, feed.url, &got, &f->err), f->err);
        assert_str(got.title, "The Gazette");
        assert_str(got.kind, "opinion");
        assert_str(got.etag, "e");
}

static void test_feed_due(void **state)
{
        struct fixture *f = fixture_of(state);
        static const struct {
                int64_t due;
                const char *state;
        } rows[] = { { NOW, "active" },
                     { NOW - 60, "active" },
                     { NOW - 60, "paused" },
                     { NOW + 1, "active" } };
        struct feed_list list;

        for (int i = 0; i < 4; i++) {
                struct feed feed = sample_feed(f, i);
                feed.due_at = rows[i].due;
                feed.state = str_c(rows[i].state);
                assert_ok(feed_add(f->db, &feed, NULL, &f->err), f->err);
        }
        assert_ok(feed_due(f->a, f->db, NOW, &list, &f->err), f->err);
        assert_int_equal(list.n, 2);
        assert_str(list.items[0].title, "Gazette 1");
        assert_str(list.items[1].title, "Gazette 0");
}

/* A hub speaks: due at once; but what is gone stays so, and feed_save leaves
 * the hub's lease alone. */
static void test_feed_push(void **state)
{
        struct fixture *f = fixture_of(state);
        struct feed feed = sample_feed(f, 1), got;
        struct feed_list list;

        feed.due_at = NOW + 900;
        assert_ok(feed_add(f->db, &feed, NULL, &f->err), f->err);
        assert_ok(feed_set_due(f->db, 1, NOW, &f->err), f->err);
        assert_ok(feed_set_due(f->db, 1, NOW + 5, &f->err), f->err);
        assert_ok(feed_due(f->a, f->db, NOW, &list, &f->err), f->err);
        assert_int_equal(list.n, 1);
        assert_ok(feed_set_push(f->db, 1, NOW + 60, &f->err), f->err);
        assert_ok(feed_save(f->db, &list.items[0], &f->err), f->err);
        assert_ok(feed_find(f->a, f->db, feed.url, &got, &f->err), f->err);
        assert_true(got.push_until_at == NOW + 60);
}

static void test_robots(void **state)
{
        struct fixture *f = fixture_of(state);
        struct str origin = STR("https://gazette.example"), rules;

        assert_ok(robots_get(f->a, f->db, origin, NOW, &rules, &f->err),
                  f->err);
        assert_null(rules.p);
        assert_ok(robots_put(f->db, origin, STR("-/a\n"), NOW + 60, &f->err),
                  f->err);
        assert_ok(robots_put(f->db, origin, STR_NULL, NOW + 90, &f->err),
                  f->err);
        assert_ok(robots_get(f->a, f->db, origin, NOW, &rules, &f->err),
                  f->err);
        assert_str(rules, ""); /* there is one, and it asks for nothing */
        assert_non_null(rules.p);
        assert_ok(robots_get(f->a, f->db, origin, NOW + 90, &rules, &f->err),
                  f->err);
        assert_null(rules.p);
        assert_ok(robots_forget(f->db, NOW + 91, &f->err), f->err);
        assert_ok(robots_get(f->a, f->db, origin, NOW, &rules, &f->err),
                  f->err);
        assert_null(rules.p);
}

/* What a hub's question does on the site while a gather is at the same feed. */
struct verifier {
        struct sql *db;
        struct arena *a;
        int rc;
        struct err err;
};

static int verify(struct verifier *v)
{
        struct websub_row row;
        int rc = websub_hold(v->db, 1, &v->err);

        if (rc == 0)
                rc = websub_by_token(v->a, v->db, STR("t1"), &row, &v->err);
        if (rc < 0)
                return rc;
        usleep(200000);
        row.state = STR("active");
        rc = websub_save(v->db, &row, &v->err);
        return rc < 0 ? rc : feed_set_push(v->db, 1, NOW + 10, &v->err);
}

static void *verify_beside(void *arg)
{
        struct verifier *v = arg;

        v->rc = sql_begin(v->db, &v->err);
        if (v->rc == 0)
                v->rc = sql_leave(v->db, true, verify(v), &v->err);
        return NULL;
}

static void test_websub_by_two(void **state)
{
        struct fixture *f = fixture_of(state);
        struct websub_row row = { .feed_id = 1,
                                  .hub = STR("https://hub.example/"),
                                  .topic = STR("https://feed1.example/rss"),
                                  .token = STR("t1"),
                                  .secret = STR("s1"),
                                  .due_at = NOW };
        struct verifier v = { .a = arena_new(65536), .rc = -1 };
        pthread_t thread;

        sample_put_feed(f, 1);
        assert_ok(websub_want(f->db, &row, &f->err), f->err);
        v.db = fixture_connect(f);
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(feed_set_push(f->db, 1, TIME_NONE, &f->err), f->err);
        assert_int_equal(pthread_create(&thread, NULL, verify_beside, &v), 0);
        usleep(400000);
        assert_ok(websub_by_token(f->a, f->db, STR("t1"), &row, &f->err),
                  f->err);
        row.state = STR("asked");
        assert_ok(websub_save(f->db, &row, &f->err), f->err);
        assert_ok(sql_commit(f->db, &f->err), f->err);
        pthread_join(thread, NULL);
        assert_ok(v.rc, v.err);
        sql_close(v.db);
        assert_ok(websub_by_token(f->a, f->db, STR("t1"), &row, &f->err),
                  f->err);
        assert_str(row.state, "active");
        arena_free(v.a);
}

/* Those due are these, by their tokens; NULL: none. */
static void assert_due(struct fixture *f, int64_t now, const char *want)
{
        struct websub_list list;
        struct str got = STR("");

        assert_ok(websub_due(f->a, f->db, now, 9, &list, &f->err), f->err);
        for (size_t i = 0; i < list.n; i++)
                got = arena_printf(f->a, STR_FMT "%s" STR_FMT, STR_ARG(got),
                                   i ? " " : "", STR_ARG(list.items[i].token));
        assert_str(got, want ? want : "");
}

static void assert_has_due(struct fixture *f, bool want)
{
        bool got;

        assert_ok(websub_has_due(f->db, NOW, &got, &f->err), f->err);
        assert_int_equal(got, want);
}

static void test_websub(void **state)
{
        struct fixture *f = fixture_of(state);
        struct websub_row row = { .feed_id = 1,
                                  .hub = STR("https://hub.example/"),
                                  .topic = STR("https://feed1.example/rss"),
                                  .token = STR("t1"),
                                  .secret = STR("s1"),
                                  .due_at = NOW },
                          got;

        sample_put_feed(f, 1);
        assert_ok(websub_want(f->db, &row, &f->err), f->err);
        assert_ok(websub_by_token(f->a, f->db, STR("t1"), &got, &f->err),
                  f->err);
        assert_str(got.state, "wanted");
        assert_true(got.lease_until_at == TIME_NONE);
        got.state = STR("active");
        got.due_at = NOW + 9;
        got.lease_until_at = NOW + 10;
        assert_ok(websub_save(f->db, &got, &f->err), f->err);

        /* What was seen before that is old: it changes nothing. */
        row.state = STR("wanted");
        assert_ok(websub_save_over(f->db, &row, &row, &f->err), f->err);
        assert_ok(websub_by_token(f->a, f->db, STR("t1"), &got, &f->err),
                  f->err);
        assert_str(got.state, "active");
        assert_int_equal(got.due_at, NOW + 9);
        row.outcome = STR("asked anew");
        row.state = STR("active");
        row.due_at = NOW + 9;
        row.lease_until_at = NOW + 10;
        assert_ok(websub_save_over(f->db, &row, &got, &f->err), f->err);
        assert_ok(websub_by_token(f->a, f->db, STR("t1"), &got, &f->err),
                  f->err);
        assert_str(got.outcome, "asked anew");

        assert_ok(websub_of_feed(f->a, f->db, 1, &got, &f->err), f->err);
        assert_str(got.token, "t1");
        assert_int_equal(websub_of_feed(f->a, f->db, 2, &got, &f->err),
                         ERR_ABSENT);
        assert_due(f, NOW, NULL);
        assert_due(f, NOW + 9, "t1");

        /* Another one: from the beginning, and the old token is no key. */
        row.hub = STR("https://other.example/");
        row.token = STR("t2");
        assert_ok(websub_want(f->db, &row, &f->err), f->err);
        assert_int_equal(websub_by_token(f->a, f->db, STR("t1"), &got, &f->err),
                         ERR_ABSENT);
        assert_ok(websub_by_token(f->a, f->db, STR("t2"), &got, &f->err),
                  f->err);
        assert_str(got.state, "wanted");
}

/* A feed that is read no more: who knows us is left, who doesn't is forgotten.
 */
static void test_websub_leaving(void **state)
{
        static const char *const states[] = { "wanted", "asked", "active",
                                              "refused" };
        struct fixture *f = fixture_of(state);
        struct websub_row row = { .hub = STR("https://hub.example/"),
                                  .topic = STR("https://feed.example/rss"),
                                  .lease_until_at = NOW + DAY };
        int64_t n = 0;

        for (int i = 0; i < 4; i++) {
                sample_put_feed(f, i + 1);
                row.feed_id = i + 1;
                row.due_at = NOW + DAY;
                row.token = row.secret = arena_printf(f->a, "t%d", i + 1);
                assert_ok(websub_want(f->db, &row, &f->err), f->err);
                row.state = str_c(states[i]);
                assert_ok(websub_save(f->db, &row, &f->err), f->err);
        }
        assert_ok(websub_leave_removed(f->db, NOW, &f->err), f->err);
        assert_due(f, NOW, NULL);
        for (int i = 0; i < 4; i++)
                assert_ok(feed_remove(f->db,
                                      arena_printf(f->a,
                                                   "https://feed%d.example/rss",
                                                   i + 1),
                                      &f->err),
                          f->err);
        assert_int_equal(websub_by_token(f->a, f->db, STR("t3"), &row, &f->err),
                         ERR_ABSENT);
        assert_has_due(f, true);
        assert_ok(websub_leave_removed(f->db, NOW, &f->err), f->err);
        assert_has_due(f, true);
        assert_due(f, NOW, "t2 t3");
        n = fixture_int(f, "SELECT COUNT(*) FROM websub");
        assert_int_equal(n, 2);
        assert_ok(websub_by_token(f->a, f->db, STR("t3"), &row, &f->err),
                  f->err);
        assert_str(row.state, "leaving");

        row.token = STR("another");
        assert_ok(websub_forget(f->db, &row, &f->err), f->err);
        assert_due(f, NOW, "t2 t3");
        for (int i = 2; i <= 3; i++) {
                assert_ok(websub_of_feed(f->a, f->db, i, &row, &f->err),
                          f->err);
                assert_ok(websub_forget(f->db, &row, &f->err), f->err);
        }
        assert_due(f, NOW, NULL);
        assert_has_due(f, false);
}

static void test_feed_remove(void **state)
{
        struct fixture *f = fixture_of(state);
        struct feed feed = sample_feed(f, 1);
        struct article art = sample_article(f, 1);
        struct feed_list list;
        int64_t n;

        sample_put_feed(f, 1);
        sample_put(f, &art);
        assert_ok(feed_remove(f->db, feed.url, &f->err), f->err);
        assert_int_equal(feed_remove(f->db, feed.url, &f->err), ERR_ABSENT);
        assert_ok(feed_all(f->a, f->db, &list, &f->err), f->err);
        assert_int_equal(list.n, 0);
        assert_ok(feed_due(f->a, f->db, NOW, &list, &f->err), f->err);
        assert_int_equal(list.n, 0);
        assert_ok(article_count(f->db, &n, &f->err), f->err);
        assert_int_equal(n, 1);
        sample_put_feed(f, 1); /* new again */
        assert_ok(feed_count(f->db, &n, &f->err), f->err);
        assert_int_equal(n, 1);
}

static void test_article_round_trip(void **state)
{
        struct fixture *f = fixture_of(state);
        struct article art = sample_article(f, 1), got;

        sample_put_feed(f, 1);
        art.authors = STR("Ada Quill\nBo Inkwell");
        art.mark = STR("exclusive");
        art.image = STR("https://feed1.example/1.jpg");
        art.text = STR("First paragraph.\n\nSecond one.");
        art.state = STR("own");
        assert_true(sample_put(f, &art));
        assert_false(sample_put(f, &art));
        assert_ok(article_by_url(f->a, f->db, art.url, &got, &f->err), f->err);
        assert_str(got.authors, "Ada Quill\nBo Inkwell");
        assert_str(got.mark, "exclusive");
        assert_str(got.text, "First paragraph.\n\nSecond one.");
        assert_str(got.state, "own");
        assert_true(got.published_at == art.published_at);
        assert_int_equal(got.position, 1);
        assert_int_equal(got.story_id, 0);
        assert_int_equal(got.length, art.text.n);
        assert_null(got.outcome.p);

        assert_ok(article_get(f->a, f->db, got.id, &got, &f->err), f->err);
        assert_str(got.identity, "feed1.example/1");
        assert_int_equal(article_get(f->a, f->db, 99, &got, &f->err),
                         ERR_ABSENT);
        assert_int_equal(article_by_url(f->a, f->db, STR("https://x.example/"),
                                        &got, &f->err),
                         ERR_ABSENT);
}

/* An item that comes again: what may change of it in which state. */
static void test_article_again(void **state)
{
        struct fixture *f = fixture_of(state);
        static const struct {
                const char *state, *text;   /* as stored */
                const char *state2, *text2; /* as it comes again */
                const char *want_state, *want_text;
        } rows[] = {
                { "new", NULL, "new", NULL, "new", NULL },
                { "new", NULL, "own", "longer", "own", "longer" },
                { "new", "short", "new", "longer", "new", "longer" },
                { "own", "short", "own", "longer", "own", "longer" },
                { "own", "longer", "own", "short", "own", "longer" },
                { "own", "longer", "new", NULL, "own", "longer" },
                { "own", "short", "new", "longer", "own", "longer" },
                { "read", "page", "new", NULL, "read", "page" },
                { "read", "page", "own", "longer", "read", "page" },
                { "thin", NULL, "new", NULL, "thin", NULL },
                { "thin", NULL, "own", "longer", "thin", NULL },
        };

        sample_put_feed(f, 1);
        for (int i = 0; i < (int)(sizeof(rows) / sizeof(rows[0])); i++) {
                struct article art = sample_article(f, i), got;

                art.state = str_c(rows[i].state);
                art.text = str_c(rows[i].text);
                assert_true(sample_put(f, &art));
                art.state = str_c(rows[i].state2);
                art.text = str_c(rows[i].text2);
                art.published_at = art.dated_at = art.seen_at = NOW + DAY;
                assert_false(sample_put(f, &art));
                assert_ok(article_by_url(f->a, f->db, art.url, &got, &f->err),
                          f->err);
                assert_str(got.state, rows[i].want_state);
                if (rows[i].want_text)
                        assert_str(got.text, rows[i].want_text);
                else
                        assert_null(got.text.p);
                assert_int_equal(got.length, got.text.n);
                assert_true(got.dated_at == NOW - i * 3600); /* kept */
                assert_true(got.seen_at == NOW);
        }
}

static void test_article_words_change(void **state)
{
        struct fixture *f = fixture_of(state);
        struct article art = sample_article(f, 1), got;

        sample_put_feed(f, 1);
        sample_put(f, &art);
        art.title = STR("Exclusive: the ferry runs again");
        art.mark = STR("exclusive");
        art.summary = STR("It runs twice a day.");
        assert_false(sample_put(f, &art));
        assert_ok(article_by_url(f->a, f->db, art.url, &got, &f->err), f->err);
        assert_str(got.title, "Exclusive: the ferry runs again");
        assert_str(got.mark, "exclusive");
        assert_str(got.summary, "It runs twice a day.");

        /* Empty words say nothing. */
        art.title = STR("");
        art.summary = STR_NULL;
        assert_false(sample_put(f, &art));
        assert_ok(article_by_url(f->a, f->db, art.url, &got, &f->err), f->err);
        assert_str(got.title, "Exclusive: the ferry runs again");
        assert_str(got.summary, "It runs twice a day.");
}

/* Which items count as one. */
static void test_article_identity(void **state)
{
        struct fixture *f = fixture_of(state);
        static const struct {
                int64_t feed;
                const char *identity, *guid, *title;
                bool want_new;
        } rows[] = {
                { 1, "a", "g1", "One", true },
                { 1, "a", "g2", "Two", false },  /* the guid changed */
                { 2, "a", "g1", "One", false },  /* another feed has it, too */
                { 1, "b", "g1", "Two", false },  /* the url changed */
                { 1, "c", "g1", "Three", true }, /* a guid used again */
                { 1, "d", NULL, "Three", true }, /* no guid: no match */
                { 1, "e", "", "Three", true },
                { 2, "f", "g1", "Three", true },
        };

        sample_put_feed(f, 1);
        sample_put_feed(f, 2);
        for (int i = 0; i < (int)(sizeof(rows) / sizeof(rows[0])); i++) {
                struct article art = sample_article(f, i);

                art.feed_id = rows[i].feed;
                art.identity = str_c(rows[i].identity);
                art.guid = str_c(rows[i].guid);
                art.title = str_c(rows[i].title);
                if (sample_put(f, &art) != rows[i].want_new)
                        fail_msg("row %d: new is not %d", i, rows[i].want_new);
        }
}

/* Carried by two feeds it is the older feed's, whichever came first. */
static void test_two_feeds(void **state)
{
        struct fixture *f = fixture_of(state);

        sample_put_feed(f, 1);
        sample_put_feed(f, 2);
        for (int order = 0; order < 2; order++) {
                struct article first = sample_article(f, order), second = first;
                struct article got;

                first.text = STR("As the first tells it.");
                second.feed_id = 2;
                second.title = STR("The ferry, retold");
                second.kind = STR("opinion");
                second.state = STR("own");
                second.text = STR("As the second tells it, at length.");
                assert_true(sample_put(f, order ? &second : &first));
                assert_false(sample_put(f, order ? &first : &second));
                assert_ok(article_get(f->a, f->db, order + 1, &got, &f->err),
                          f->err);
                assert_int_equal(got.feed_id, 1);
                assert_str(got.kind, "news");
                assert_str(got.state, "new");
                assert_str(got.text, "As the first tells it.");
                assert_true(str_eq(got.title, first.title));
        }
}

static void test_article_lists(void **state)
{
        struct fixture *f = fixture_of(state);
        struct article_list list;

        sample_put_feed(f, 1);
        for (int i = 0; i < 10; i++) {
                struct article art = sample_article(f, i);
                art.text = STR("Some text.");
                if (i % 2)
                        art.state = STR("own");
                sample_put(f, &art);
        }
        /* One instant, two letters that languages sort the other way round. */
        struct article same = sample_article(f, 0);
        same.identity = same.guid = STR("same");
        same.url = STR("https://Feed1.example/0");
        sample_put(f, &same);

        assert_ok(article_between(f->a, f->db, NOW - 2 * 3600, NOW, false,
                                  &list, &f->err),
                  f->err);
        assert_int_equal(list.n, 4);
        assert_str(list.items[0].url, "https://feed1.example/2");
        assert_str(list.items[2].url, "https://Feed1.example/0");
        assert_str(list.items[3].url, "https://feed1.example/0");
        assert_null(list.items[0].text.p);
        assert_int_equal(list.items[0].length, 10);
        assert_ok(article_between(f->a, f->db, NOW - 3600, NOW - 3600, true,
                                  &list, &f->err),
                  f->err);
        assert_int_equal(list.n, 1);
        assert_str(list.items[0].text, "Some text.");
        assert_ok(
                article_read_between(f->a, f->db, 0, NOW, true, &list, &f->err),
                f->err);
        assert_int_equal(list.n, 5); /* the sixth is new */

        assert_ok(article_unread(
                          f->a, f->db,
                          &(struct article_want) { NOW - 6 * 3600, NOW, 3 },
                          &list, &f->err),
                  f->err);
        assert_int_equal(list.n, 3);
        assert_str(list.items[0].url, "https://Feed1.example/0");
        assert_str(list.items[1].url, "https://feed1.example/0");
        assert_str(list.items[2].url, "https://feed1.example/2");
        assert_str(list.items[2].text, "Some text.");
        assert_ok(article_between(f->a, f->db, NOW + 1, NOW + 2, true, &list,
                                  &f->err),
                  f->err);
        assert_int_equal(list.n, 0);
}

static void test_article_page(void **state)
{
        struct fixture *f = fixture_of(state);
        struct article_want all = { 0, NOW, 9 };
        struct article art = sample_article(f, 1), got;
        struct article_list list;

        sample_put_feed(f, 1);
        sample_put(f, &art);
        assert_ok(article_by_url(f->a, f->db, art.url, &got, &f->err), f->err);
        got.state = STR("read");
        got.title = STR("From the page");
        got.text = STR("The page's text.");
        got.published_at = TIME_NONE;
        got.dated_at = NOW - 5;
        got.tries = 1;
        assert_ok(article_save_page(f->db, &got, &f->err), f->err);
        assert_ok(article_get(f->a, f->db, got.id, &got, &f->err), f->err);
        assert_str(got.text, "The page's text.");
        assert_int_equal(got.length, 16);
        assert_int_equal(got.tries, 1);
        assert_true(got.published_at == TIME_NONE && got.dated_at == NOW - 5);
        assert_ok(article_unread(f->a, f->db, &all, &list, &f->err), f->err);
        assert_int_equal(list.n, 0);

        got.state = STR("thin"); /* its page failed: again in a minute */
        got.retry_at = NOW + 60;
        assert_ok(article_save_page(f->db, &got, &f->err), f->err);
        assert_ok(article_unread(f->a, f->db, &all, &list, &f->err), f->err);
        assert_int_equal(list.n, 0);
        all.now = NOW + 60;
        assert_ok(article_unread(f->a, f->db, &all, &list, &f->err), f->err);
        assert_int_equal(list.n, 1);
        assert_true(list.items[0].retry_at == NOW + 60);
        got.retry_at = 0;
        assert_ok(article_save_page(f->db, &got, &f->err), f->err);
        assert_ok(article_unread(f->a, f->db, &all, &list, &f->err), f->err);
        assert_int_equal(list.n, 0);

        assert_ok(article_set_story(f->db, got.id, 7, &f->err), f->err);
        assert_ok(article_of_story(f->a, f->db, 7, &list, &f->err), f->err);
        assert_int_equal(list.n, 1);
        assert_str(list.items[0].text, "The page's text.");
        assert_ok(article_set_story(f->db, got.id, 0, &f->err), f->err);
        assert_ok(article_of_story(f->a, f->db, 7, &list, &f->err), f->err);
        assert_int_equal(list.n, 0);

        got.id = 99;
        assert_int_equal(article_save_page(f->db, &got, &f->err), ERR_ABSENT);
        assert_int_equal(article_set_story(f->db, 99, 1, &f->err), ERR_ABSENT);
}

STORE_MAIN(STORE_TEST(test_feeds), STORE_TEST(test_feed_removed_meanwhile),
           STORE_TEST(test_feed_again), STORE_TEST(test_feed_due),
           STORE_TEST(test_feed_remove), STORE_TEST(test_feed_push),
           STORE_TEST(test_robots), STORE_TEST(test_websub),
           STORE_TEST(test_websub_leaving), STORE_TEST(test_websub_by_two),
           STORE_TEST(test_article_round_trip), STORE_TEST(test_article_again),
           STORE_TEST(test_article_words_change),
           STORE_TEST(test_article_identity), STORE_TEST(test_two_feeds),
           STORE_TEST(test_article_lists), STORE_TEST(test_article_page), )

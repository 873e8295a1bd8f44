/* Deliveries: who gets which row, and what is left when a worker dies. */

#include "store_samples.h"

#include <pthread.h>

#include "store/delivery.h"

#define PREFIX STR("morning.1")
#define DOMAIN STR("press.example")

static int64_t freeze(struct fixture *f, int64_t edition_id)
{
        int64_t n = -1;

        assert_ok(delivery_freeze(f->db, edition_id, PREFIX, DOMAIN, NOW, &n,
                                  &f->err),
                  f->err);
        return n;
}

/* Edition 1, frozen for n subscribers. */
static void set_up_queue(struct fixture *f, int n)
{
        struct edition_row e = sample_put_edition(f, 1);

        sample_put_subscribers(f, n);
        assert_int_equal(freeze(f, e.id), n);
}

static struct delivery_list claim(struct fixture *f, const char *worker,
                                  int64_t now, size_t n)
{
        struct delivery_list list;

        assert_ok(delivery_claim(f->a, f->db, str_c(worker), now, 60, n, &list,
                                 &f->err),
                  f->err);
        return list;
}

static int mark(struct fixture *f, const struct delivery *d, const char *worker,
                const char *state, int64_t due_at)
{
        return delivery_mark(f->db, d, str_c(worker), str_c(state), due_at,
                             STR("250 ok"), NOW + 1, &f->err);
}

/* The counts kept by increment are those that counting gives. */
static void check_counts(struct fixture *f, int64_t edition_id)
{
        struct delivery_counts c;
        const struct {
                const char *state;
                const int64_t *n;
        } all[] = {
                { "pending", &c.pending }, { "claimed", &c.claimed },
                { "sent", &c.sent },       { "deferred", &c.deferred },
                { "failed", &c.failed },   { "uncertain", &c.uncertain },
                { "skipped", &c.skipped },
        };

        assert_ok(delivery_counts(f->db, edition_id, &c, &f->err), f->err);
        for (int i = 0; i < 7; i++) {
                int64_t n;
                assert_ok(sql_get_int(f->db, &f->err, &n,
                                      "SELECT COUNT(*) FROM delivery "
                                      "WHERE state = ? AND "
                                      "(edition_id = ? OR ? = 0)",
                                      SQL_ARGS(sql_text(str_c(all[i].state)),
                                               sql_int(edition_id),
                                               sql_int(edition_id))),
                          f->err);
                if (n != *all[i].n)
                        fail_msg("%s: %d counted, %d kept", all[i].state,
                                 (int)n, (int)*all[i].n);
        }
}

static void test_freeze(void **state)
{
        struct fixture *f = fixture_of(state);
        struct edition_row e = sample_put_edition(f, 1);
        struct subscriber s = sample_subscriber(f, 9);
        struct delivery_list list;

        assert_int_equal(freeze(f, e.id), 0); /* nobody yet */
        sample_put_subscribers(f, 3);
        s.state = STR("pending");
        assert_ok(subscriber_add(f->db, &s, NULL, &f->err), f->err);
        assert_int_equal(freeze(f, e.id), 3);
        assert_int_equal(freeze(f, e.id), 0);
        /* Who comes later gets the next one. */
        s = sample_subscriber(f, 10);
        assert_ok(subscriber_add(f->db, &s, NULL, &f->err), f->err);
        assert_int_equal(freeze(f, e.id), 0);
        check_counts(f, e.id);

        list = claim(f, "w", NOW, 9);
        assert_int_equal(list.n, 3);
        assert_str(list.items[0].message_id,
                   "morning.1.00000001abcdefgh@press.example");
        assert_str(list.items[0].state, "claimed");
        assert_int_equal(list.items[0].tries, 1);
        assert_int_equal(list.items[0].lease_until, NOW + 60);
        assert_int_equal(
                delivery_freeze(f->db, 99, PREFIX, DOMAIN, NOW, NULL, &f->err),
                ERR_ABSENT);
}

/* A correction goes to those who got the edition and are there still, once. */
static void test_freeze_correction(void **state)
{
        struct fixture *f = fixture_of(state);
        struct delivery_list list;
        int64_t n = 0;
        struct subscriber s = sample_subscriber(f, 7);

        set_up_queue(f, 5);
        list = claim(f, "w", NOW, 4);
        assert_int_equal(mark(f, &list.items[0], "w", "sent", TIME_NONE), 0);
        assert_int_equal(mark(f, &list.items[1], "w", "sent", TIME_NONE), 0);
        assert_int_equal(mark(f, &list.items[2], "w", "failed", TIME_NONE), 0);
        /* The fourth is being carried, the fifth has its letter yet to come. */
        assert_ok(subscriber_add(f->db, &s, NULL, &f->err), f->err);
        assert_ok(sql_run(f->db, &f->err, NULL,
                          "UPDATE subscriber SET state = 'unsubscribed' "
                          "WHERE id = 1",
                          SQL_NO_ARGS),
                  f->err);
        for (int i = 0; i < 2; i++) {
                assert_ok(delivery_freeze_correction(f->db, 1, 1,
                                                     STR("morning.1.c1"),
                                                     DOMAIN, NOW, &n, &f->err),
                          f->err);
                assert_int_equal(n, i ? 0 : 2);
        }
        check_counts(f, 1);
        list = claim(f, "x", NOW, 9);
        assert_int_equal(list.n, 3);
        assert_int_equal(list.items[1].correction, 1);
        assert_int_equal(list.items[1].subscriber_id, 2);
        assert_str(list.items[1].message_id,
                   "morning.1.c1.00000002abcdefgh@press.example");
        /* The next one is a letter of its own; nobody gets the edition anew. */
        assert_ok(delivery_freeze_correction(f->db, 1, 2, STR("morning.1.c2"),
                                             DOMAIN, NOW, &n, &f->err),
                  f->err);
        assert_int_equal(n, 3);
        assert_int_equal(freeze(f, 1), 0);
}

static void test_marks(void **state)
{
        struct fixture *f = fixture_of(state);
        static const char *const ends[] = { "sent", "deferred", "failed",
                                            "skipped", "uncertain" };
        struct delivery_counts c;
        struct delivery_list list;

        set_up_queue(f, 6);
        list = claim(f, "w", NOW, 5);
        assert_int_equal(list.n, 5);
        check_counts(f, 1);
        for (int i = 0; i < 5; i++)
                assert_ok(mark(f, &list.items[i], "w", ends[i], NOW + 600),
                          f->err);
        check_counts(f, 1);
        check_counts(f, 0);
        assert_ok(delivery_counts(f->db, 1, &c, &f->err), f->err);
        assert_int_equal(c.pending, 1);
        assert_int_equal(c.claimed, 0);
        assert_int_equal(c.uncertain, 1);

        /* Marked once is marked. */
        assert_int_equal(mark(f, &list.items[0], "w", "failed", NOW),
                         ERR_STALE);
        check_counts(f, 1);

        list = claim(f, "w", NOW, 9); /* the sixth; the deferred is not due */
        assert_int_equal(list.n, 1);
        assert_ok(mark(f, &list.items[0], "w", "sent", TIME_NONE), f->err);
        assert_int_equal(claim(f, "w", NOW + 599, 9).n, 0);
        list = claim(f, "w", NOW + 600, 9);
        assert_int_equal(list.n, 1);
        assert_int_equal(list.items[0].tries, 2);
        assert_str(list.items[0].reason, "250 ok");
        check_counts(f, 0);
}

/* A worker that is gone loses its rows when the lease ends, not before. */
static void test_lease(void **state)
{
        struct fixture *f = fixture_of(state);
        struct delivery_list old, new;

        set_up_queue(f, 2);
        old = claim(f, "dead", NOW, 2);
        assert_int_equal(old.n, 2);
        assert_int_equal(claim(f, "alive", NOW + 59, 2).n, 0);
        new = claim(f, "alive", NOW + 60, 1);
        assert_int_equal(new.n, 1);
        assert_int_equal(new.items[0].tries, 2);
        check_counts(f, 1);

        /* It was only slow, and comes back. */
        assert_int_equal(new.items[0].id, old.items[0].id);
        assert_int_equal(mark(f, &old.items[0], "dead", "sent", NOW),
                         ERR_STALE);
        assert_ok(mark(f, &old.items[1], "dead", "sent", NOW), f->err);
        assert_ok(mark(f, &new.items[0], "alive", "sent", NOW), f->err);
        check_counts(f, 1);
}

/* The name alone does not make a claim: an older one of the same name. */
static void test_same_name(void **state)
{
        struct fixture *f = fixture_of(state);
        struct delivery_list old, new;

        set_up_queue(f, 1);
        old = claim(f, "w", NOW, 1);
        new = claim(f, "w", NOW + 60, 1);
        assert_int_equal(mark(f, &old.items[0], "w", "failed", NOW), ERR_STALE);
        assert_ok(mark(f, &new.items[0], "w", "sent", NOW), f->err);
}

static void test_release(void **state)
{
        struct fixture *f = fixture_of(state);
        struct delivery_list list;

        set_up_queue(f, 5);
        claim(f, "stays", NOW, 2);
        list = claim(f, "goes", NOW, 2);
        assert_ok(mark(f, &list.items[0], "goes", "sent", NOW), f->err);
        assert_ok(delivery_release(f->db, STR("goes"), NOW, &f->err), f->err);
        assert_ok(delivery_release(f->db, STR("goes"), NOW, &f->err), f->err);
        check_counts(f, 1);
        assert_int_equal(mark(f, &list.items[1], "goes", "sent", NOW),
                         ERR_STALE);
        list = claim(f, "w", NOW, 9);
        assert_int_equal(list.n, 2);
        assert_int_equal(list.items[0].tries, 1); /* the try it gave back */
}

/* Several editions in one claim: each has its own counts. */
static void test_two_editions(void **state)
{
        struct fixture *f = fixture_of(state);
        struct delivery_counts c;

        set_up_queue(f, 3);
        struct edition_row e = sample_put_edition(f, 2);
        assert_int_equal(freeze(f, e.id), 3);
        assert_int_equal(claim(f, "w", NOW, 5).n, 5);
        for (int64_t id = 0; id <= 2; id++)
                check_counts(f, id);
        assert_ok(delivery_release(f->db, STR("w"), NOW, &f->err), f->err);
        for (int64_t id = 0; id <= 2; id++)
                check_counts(f, id);
        assert_ok(delivery_counts(f->db, 99, &c, &f->err), f->err);
        assert_int_equal(c.pending, 0);
}

/* Many marks in one transaction, as a batch; undone with it. */
static void test_batch(void **state)
{
        struct fixture *f = fixture_of(state);
        struct delivery_list list;

        set_up_queue(f, 4);
        list = claim(f, "w", NOW, 4);
        for (int twice = 0; twice < 2; twice++) {
                assert_ok(sql_begin(f->db, &f->err), f->err);
                for (int i = 0; i < 4; i++)
                        assert_ok(mark(f, &list.items[i], "w", "sent", NOW),
                                  f->err);
                if (twice)
                        assert_ok(sql_commit(f->db, &f->err), f->err);
                else
                        sql_rollback(f->db);
                check_counts(f, 1);
        }
}

#define WORKERS 4
#define LETTERS 120

struct worker {
        struct sql *db;
        struct arena *a;
        struct str name;
        int64_t ids[LETTERS];
        size_t n;
        int rc;
        struct err err;
};

/* Claim a few, mark them, until there are no more. */
static void *work(void *arg)
{
        struct worker *w = arg;
        struct delivery_list list;

        for (;;) {
                w->rc = delivery_claim(w->a, w->db, w->name, NOW, 60, 7, &list,
                                       &w->err);
                if (w->rc < 0 || list.n == 0)
                        return NULL;
                for (size_t i = 0; i < list.n; i++) {
                        w->ids[w->n++] = list.items[i].id;
                        w->rc = delivery_mark(w->db, &list.items[i], w->name,
                                              STR("sent"), NOW, STR_NULL, NOW,
                                              &w->err);
                        if (w->rc < 0)
                                return NULL;
                }
        }
}

static void test_workers_at_once(void **state)
{
        struct fixture *f = fixture_of(state);
        struct worker *w = arena_array(f->a, WORKERS, sizeof(*w));
        pthread_t threads[WORKERS];
        bool seen[LETTERS + 1] = { false };
        size_t total = 0;

        set_up_queue(f, LETTERS);
        for (int i = 0; i < WORKERS; i++) {
                w[i].db = fixture_connect(f);
                w[i].a = arena_new((size_t)1 << 24);
                w[i].name = arena_printf(f->a, "worker-%d", i);
                pthread_create(&threads[i], NULL, work, &w[i]);
        }
        for (int i = 0; i < WORKERS; i++) {
                pthread_join(threads[i], NULL);
                sql_close(w[i].db);
                arena_free(w[i].a);
        }
        for (int i = 0; i < WORKERS; i++) {
                assert_ok(w[i].rc, w[i].err);
                for (size_t k = 0; k < w[i].n; k++) {
                        int64_t id = w[i].ids[k];
                        assert_true(id >= 1 && id <= LETTERS);
                        if (seen[id])
                                fail_msg("letter %d went out twice", (int)id);
                        seen[id] = true;
                }
                total += w[i].n;
        }
        assert_int_equal(total, LETTERS);
        check_counts(f, 1);
}

/* Fault at each call: the counts stay true, and the rerun finishes. */
static void test_torture(void **state)
{
        struct fixture *f = fixture_of(state);
        struct sql *sound = f->db;
        int rc = -1;

        struct edition_row e = sample_put_edition(f, 1);
        sample_put_subscribers(f, 3);
        for (long n = 1; rc < 0; n++) {
                struct delivery_list list = { NULL, 0 };
                struct sql *db = sql_failing_new(fixture_connect(f), n);

                assert_true(n < 200);
                rc = delivery_freeze(db, e.id, PREFIX, DOMAIN, NOW, NULL,
                                     &f->err);
                if (rc == 0)
                        rc = delivery_claim(f->a, db, STR("w"), NOW + n * 100,
                                            60, 9, &list, &f->err);
                for (size_t i = 0; rc == 0 && i < list.n; i++)
                        rc = delivery_mark(db, &list.items[i], STR("w"),
                                           STR("sent"), NOW, STR_NULL, NOW,
                                           &f->err);
                sql_close(db);
                f->db = sound;
                check_counts(f, e.id);
        }
        assert_int_equal(
                fixture_int(f, "SELECT COUNT(*) FROM delivery WHERE state = "
                               "'sent'"),
                3);
}

STORE_MAIN(STORE_TEST(test_freeze), STORE_TEST(test_freeze_correction),
           STORE_TEST(test_marks), STORE_TEST(test_lease),
           STORE_TEST(test_same_name), STORE_TEST(test_release),
           STORE_TEST(test_two_editions), STORE_TEST(test_batch),
           STORE_TEST(test_workers_at_once), STORE_TEST(test_torture), )

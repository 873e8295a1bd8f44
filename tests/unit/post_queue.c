/* The queue over a real store, with carriers that fail where we want it. */

#include "store_samples.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "post/letter.h"
#include "post/outbox.h"
#include "post/queue.h"
#include "post/worker.h"
#include "store/delivery.h"

static int64_t frozen_now(void)
{
        return NOW;
}

/* A machine that slept for an hour between two letters; meanwhile another one
 * took them all. */
static int64_t asks_till_sleep;
static struct fixture *asleep;

static int64_t sleepy_now(void)
{
        struct delivery_list list;

        if (asks_till_sleep-- == 0)
                assert_ok(delivery_claim(asleep->a, asleep->db, STR("there.2"),
                                         NOW + 3600, 600, 100, &list,
                                         &asleep->err),
                          asleep->err);
        return asks_till_sleep >= 0 ? NOW : NOW + 3600;
}

/* --- a carrier that counts -------------------------------------------------
 */

struct bag {
        int64_t put, settled, fail_at; /* put that fails; 0: none */
        bool settle_fails;
};

static struct bag *bag_now; /* for is_full() */
static int64_t stop_after;

static bool is_full(void)
{
        return stop_after && bag_now->put >= stop_after;
}

static int bag_put(void *self, const struct delivery *d, struct str letter,
                   struct err *err)
{
        struct bag *b = self;

        (void)d;
        if (b->put + 1 == b->fail_at)
                return err_set(err, ERR_LIMIT, "the disk is full");
        assert_true(letter.n > 100);
        b->put++;
        return 0;
}

static int bag_settle(void *self, struct err *err)
{
        struct bag *b = self;

        if (b->settle_fails)
                return err_set(err, ERR_SYS, "fsync failed");
        b->settled = b->put;
        return 0;
}

struct source {
        struct arena *a;
        const struct letter *letter;
        int64_t asked, bad_edition;
        bool fails;
};

static int find(void *self, const struct delivery *d, const struct letter **ret,
                struct err *err)
{
        struct source *s = self;
        const struct letter_parts parts = {
                .from = STR("edition@localhost.localdomain"),
                .list = STR("Morning"),
                .list_id = STR("edition"),
                .url = STR("https://news.example/"),
                .subject = STR("Ferry runs again"),
                .text = STR("Text {{unsubscribe_url}}\n"),
                .html = STR("<p>Html {{unsubscribe_url}}</p>\n"),
                .date_at = NOW,
        };

        assert_true(d->edition_id == 1 || d->edition_id == 2);
        s->asked++;
        if (s->fails || d->edition_id == s->bad_edition)
                return err_set(err, ERR_INPUT, "the copy can't be read");
        if (!s->letter)
                assert_int_equal(letter_prepare(s->a, &parts, &s->letter, err),
                                 0);
        *ret = s->letter;
        return 0;
}

struct setting {
        struct bag bag;
        struct source source;
        struct queue queue;
        struct queue_totals totals;
};

static struct setting *set_up(struct fixture *f, int readers, size_t batch)
{
        struct setting *s = arena_alloc(f->a, sizeof(*s));
        struct edition_row e = sample_put_edition(f, 1);
        int64_t n;

        sample_put_subscribers(f, readers);
        assert_ok(delivery_freeze(f->db, e.id, STR("2026-03-01.1"),
                                  STR("localhost.localdomain"), NOW, &n,
                                  &f->err),
                  f->err);
        stop_after = 0;
        bag_now = &s->bag;
        s->source.a = f->a;
        s->queue = (struct queue) {
                .db = f->db,
                .worker = STR("here.1"),
                .lease_s = 600,
                .batch = batch,
                .now = frozen_now,
                .is_stopping = is_full,
                .source = { find, NULL, &s->source },
                .carrier = { bag_put, bag_settle, &s->bag },
        };
        return s;
}

static struct delivery_counts counts(struct fixture *f)
{
        struct delivery_counts c;

        assert_ok(delivery_counts(f->db, 1, &c, &f->err), f->err);
        return c;
}

static void all_letters_are_carried_once(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 25, 10);

        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(s->totals.sent, 25);
        assert_int_equal(s->bag.put, 25);
        assert_int_equal(s->bag.settled, 25);
        assert_int_equal(counts(f).sent, 25);
        assert_int_equal(counts(f).pending + counts(f).claimed, 0);
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(s->totals.sent, 0);
        assert_int_equal(s->bag.put, 25);
}

static void a_stop_leaves_the_rest_for_the_next(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 25, 10);

        stop_after = 13;
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_true(s->totals.is_stopped);
        assert_int_equal(s->totals.sent, 13);
        assert_int_equal(counts(f).sent, 13);
        assert_int_equal(counts(f).pending, 12);
        assert_int_equal(counts(f).claimed, 0);
        stop_after = 0;
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(s->totals.sent, 12);
        assert_int_equal(s->bag.put, 25);
}

static void a_full_disk_keeps_what_was_carried(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 25, 10);

        s->bag.fail_at = 16;
        assert_int_equal(queue_run(&s->queue, &s->totals, &f->err), ERR_LIMIT);
        assert_string_equal(f->err.msg, "the disk is full");
        assert_int_equal(s->totals.sent, 15);
        assert_int_equal(counts(f).sent, 15);
        assert_int_equal(counts(f).pending, 10);
        s->bag.fail_at = 0;
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(counts(f).sent, 25);
}

static void nothing_is_sent_that_is_not_safe(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 5, 10);

        s->bag.settle_fails = true;
        assert_int_equal(queue_run(&s->queue, &s->totals, &f->err), ERR_SYS);
        assert_int_equal(s->totals.sent, 0);
        assert_int_equal(counts(f).sent, 0);
        assert_int_equal(counts(f).pending, 5);
}

static void a_dead_worker_of_our_name_is_followed_at_once(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 8, 10);
        struct delivery_list list;

        assert_ok(delivery_claim(f->a, f->db, STR("here.1"), NOW, 600, 5, &list,
                                 &f->err),
                  f->err);
        assert_int_equal(counts(f).claimed, 5);
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(counts(f).sent, 8);
}

static void a_worker_elsewhere_keeps_its_lease(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 8, 10);
        struct delivery_list list;

        assert_ok(delivery_claim(f->a, f->db, STR("there.2"), NOW, 600, 5,
                                 &list, &f->err),
                  f->err);
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(counts(f).sent, 3);
        assert_int_equal(counts(f).claimed, 5);
}

static void a_bad_edition_stops_the_queue(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 3, 10);

        s->source.fails = true;
        assert_int_equal(queue_run(&s->queue, &s->totals, &f->err), ERR_INPUT);
        assert_string_equal(f->err.msg, "the copy can't be read");
        assert_int_equal(counts(f).pending, 3);
        assert_int_equal(s->source.asked, 1);
}

static void a_bad_edition_holds_up_no_other(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 7, 3);
        struct edition_row second = sample_put_edition(f, 2);
        struct delivery_counts of;
        int64_t n;

        assert_ok(delivery_freeze(f->db, second.id, STR("2026-03-02.2"),
                                  STR("localhost.localdomain"), NOW, &n,
                                  &f->err),
                  f->err);
        s->source.bad_edition = 1;
        for (int i = 0; i < 2; i++) {
                assert_int_equal(queue_run(&s->queue, &s->totals, &f->err),
                                 ERR_INPUT);
                assert_string_equal(f->err.msg, "the copy can't be read");
                assert_int_equal(s->totals.sent, i == 0 ? 7 : 0);
                assert_int_equal(s->source.asked, i == 0 ? 8 : 9);
                assert_int_equal(counts(f).sent, 0);
                assert_int_equal(counts(f).pending + counts(f).deferred, 7);
                assert_ok(delivery_counts(f->db, second.id, &of, &f->err),
                          f->err);
                assert_int_equal(of.sent, 7);
        }
        s->source.bad_edition = 0; /* mended */
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(counts(f).sent, 7);
}

/* What was claimed before the sleep is another's by now, and not carried on the
 * old claim. */
static void a_claim_that_ran_out_carries_nothing(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 6, 6);

        asleep = f;
        s->queue.now = sleepy_now;
        asks_till_sleep = 5; /* release, claim, three letters */
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(s->bag.put, 3);
        assert_int_equal(s->totals.sent, 0);
        assert_int_equal(s->totals.stale, 3);
        assert_int_equal(counts(f).claimed, 6);
}

static void who_left_and_who_cannot_be_mailed(void **state)
{
        struct fixture *f = fixture_of(state);
        struct subscriber odd = sample_subscriber(f, 99);
        struct setting *s;

        odd.email = STR("no address");
        assert_ok(subscriber_add(f->db, &odd, NULL, &f->err), f->err);
        s = set_up(f, 4, 10);
        assert_ok(subscriber_set_state(f->db, 2, STR("unsubscribed"), NOW,
                                       &f->err),
                  f->err);
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_int_equal(s->totals.sent, 3);
        assert_int_equal(s->totals.skipped, 1);
        assert_int_equal(s->totals.failed, 1);
        assert_int_equal(counts(f).failed, 1);
        assert_int_equal(counts(f).skipped, 1);
}

/* Each call of the store fails once; the next run carries all of it. */
static void no_failing_call_loses_a_letter(void **state)
{
        struct fixture *f = fixture_of(state);
        struct setting *s = set_up(f, 6, 4);
        int64_t rounds = 0;

        for (long n = 1; counts(f).sent < 6 && n < 200; n += 3, rounds++) {
                struct sql *failing = sql_failing_new(fixture_connect(f), n);

                s->queue.db = failing;
                (void)!queue_run(&s->queue, &s->totals, &f->err);
                sql_close(failing);
        }
        s->queue.db = f->db;
        assert_ok(queue_run(&s->queue, &s->totals, &f->err), f->err);
        assert_true(rounds > 1);
        assert_int_equal(counts(f).sent, 6);
        assert_int_equal(counts(f).claimed + counts(f).pending, 0);
}

/* --- the outbox and the worker's lock --------------------------------------
 */

static void a_letter_replaces_itself(void **state)
{
        struct fixture *f = fixture_of(state);
        char dir[] = "/tmp/bulldog-outbox-XXXXXX";
        struct outbox *box;
        struct str bytes;
        const char *left, *path;

        assert_non_null(mkdtemp(dir));
        left = arena_printf(f->a, "%s/.x.eml.part", dir).p;
        assert_ok(file_write(left, STR("half"), NULL, &f->err), f->err);
        assert_ok(outbox_open(f->a, dir, &box, &f->err), f->err);
        assert_false(file_exists(left));
        for (int i = 0; i < 2; i++)
                assert_ok(outbox_put(box, STR("<1.a@b.example>"), STR("letter"),
                                     &f->err),
                          f->err);
        assert_ok(outbox_settle(box, &f->err), f->err);
        outbox_close(box);
        path = arena_printf(f->a, "%s/1.a@b.example.eml", dir).p;
        assert_ok(file_read(f->a, path, 100, &bytes, &f->err), f->err);
        assert_str(bytes, "letter");
        unlink(path);
        assert_int_equal(rmdir(dir), 0); /* nothing else was in it */
}

static void an_outbox_that_cannot_be_is_named(void **state)
{
        struct fixture *f = fixture_of(state);
        struct outbox *box = NULL;

        assert_true(outbox_open(f->a, "/dev/null/outbox", &box, &f->err) < 0);
        assert_null(box);
        assert_non_null(strstr(f->err.msg, "outbox"));
        outbox_close(NULL);
}

static void one_worker_a_press(void **state)
{
        struct fixture *f = fixture_of(state);
        char dir[] = "/tmp/bulldog-worker-XXXXXX";
        struct str first, second, again;
        const char *lock;
        int fd, none;

        assert_non_null(mkdtemp(dir));
        lock = arena_printf(f->a, "%s/post.lock", dir).p;
        assert_ok(worker_take(f->a, lock, &first, &fd, &f->err), f->err);
        assert_int_equal(worker_take(f->a, lock, &second, &none, &f->err),
                         ERR_BUSY);
        close(fd);
        /* The same press has the same name in its next process. */
        assert_ok(worker_take(f->a, lock, &again, &fd, &f->err), f->err);
        assert_str(again, arena_cstr(f->a, first));
        close(fd);
        unlink(lock);
        rmdir(dir);
}

STORE_MAIN(STORE_TEST(all_letters_are_carried_once),
           STORE_TEST(a_stop_leaves_the_rest_for_the_next),
           STORE_TEST(a_full_disk_keeps_what_was_carried),
           STORE_TEST(nothing_is_sent_that_is_not_safe),
           STORE_TEST(a_dead_worker_of_our_name_is_followed_at_once),
           STORE_TEST(a_worker_elsewhere_keeps_its_lease),
           STORE_TEST(a_bad_edition_stops_the_queue),
           STORE_TEST(a_bad_edition_holds_up_no_other),
           STORE_TEST(a_claim_that_ran_out_carries_nothing),
           STORE_TEST(who_left_and_who_cannot_be_mailed),
           STORE_TEST(no_failing_call_loses_a_letter),
           STORE_TEST(a_letter_replaces_itself),
           STORE_TEST(an_outbox_that_cannot_be_is_named),
           STORE_TEST(one_worker_a_press))

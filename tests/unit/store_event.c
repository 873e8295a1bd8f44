/* Events: one row an occurrence, a calendar's readings, what is over. */

#include "store_fixture.h"

#include "store/event.h"

static struct event sample(const char *uid, int64_t start_at)
{
        return (struct event) { .origin = STR("calendar"),
                                .feed_id = 3,
                                .uid = str_c(uid),
                                .recurrence = STR(""),
                                .category = STR("Courts"),
                                .title = STR("Verdict"),
                                .zone = STR("Europe/Berlin"),
                                .start_at = start_at,
                                .end_at = TIME_NONE,
                                .importance = EVENT_HIGH,
                                .expected = STR("2.4%"),
                                .url = STR("https://court.example/1"),
                                .is_tentative = true,
                                .seen_at = NOW };
}

static void put(struct fixture *f, const struct event *e, bool want_new)
{
        bool is_new;

        assert_ok(event_put(f->db, e, &is_new, &f->err), f->err);
        assert_int_equal(is_new, want_new);
}

static struct event_list between(struct fixture *f, int64_t from, int64_t to)
{
        struct event_span span = { from, to, 100 };
        struct event_list list;

        assert_ok(event_between(f->a, f->db, &span, &list, &f->err), f->err);
        return list;
}

static void test_kept_as_it_was(void **state)
{
        struct fixture *f = fixture_of(state);
        struct event e = sample("a", NOW + 60), got;

        put(f, &e, true);
        got = between(f, NOW, NOW + DAY).items[0];
        assert_ok(event_get(f->a, f->db, got.id, &got, &f->err), f->err);
        assert_str(got.title, "Verdict");
        assert_str(got.expected, "2.4%");
        assert_str(got.previous, "");
        assert_str(got.zone, "Europe/Berlin");
        assert_true(got.is_tentative && !got.is_cancelled && !got.is_all_day);
        assert_true(got.end_at == TIME_NONE && got.start_at == NOW + 60);
        assert_int_equal(got.importance, EVENT_HIGH);
        assert_ok(event_remove(f->db, got.id, &f->err), f->err);
        assert_int_equal(event_remove(f->db, got.id, &f->err), ERR_ABSENT);
        assert_int_equal(event_get(f->a, f->db, got.id, &got, &f->err),
                         ERR_ABSENT);
}

static void test_the_newer_word_stands(void **state)
{
        struct fixture *f = fixture_of(state);
        struct event e = sample("a", NOW + 60);

        e.sequence = 2;
        put(f, &e, true);
        e.sequence = 1;
        e.title = STR("An older word");
        put(f, &e, false);
        assert_str(between(f, NOW, NOW + DAY).items[0].title, "Verdict");
        e.sequence = 2;
        e.title = STR("A newer word");
        put(f, &e, false);
        assert_str(between(f, NOW, NOW + DAY).items[0].title, "A newer word");
        e.recurrence = STR("2026-03-07T10:00:00Z");
        put(f, &e, true);
        e.feed_id = 4;
        put(f, &e, true);
        assert_int_equal(between(f, NOW, NOW + DAY).n, 3);
}

static void test_what_overlaps(void **state)
{
        struct fixture *f = fixture_of(state);
        struct event e = sample("under way", NOW - 2 * DAY);

        e.end_at = NOW + 60;
        put(f, &e, true);
        e = sample("over", NOW - 2 * DAY);
        e.end_at = NOW;
        put(f, &e, true);
        e = sample("later", NOW + DAY);
        put(f, &e, true);
        e = sample("now", NOW);
        put(f, &e, true);

        struct event_list list = between(f, NOW, NOW + DAY);

        assert_int_equal(list.n, 2);
        assert_str(list.items[0].uid, "under way");
        assert_str(list.items[1].uid, "now");
}

static void test_a_calendar_is_read_again(void **state)
{
        struct fixture *f = fixture_of(state);
        struct event past = sample("past", NOW - DAY),
                     kept = sample("kept", NOW + DAY),
                     dropped = sample("dropped", NOW + DAY);
        struct event_list list;
        int64_t n;

        kept.sequence = 7;
        put(f, &past, true);
        put(f, &kept, true);
        put(f, &dropped, true);
        assert_ok(event_feed_begin(f->db, 3, &f->err), f->err);
        kept.sequence = 0; /* the calendar began anew: its word counts */
        kept.title = STR("Verdict after all");
        put(f, &kept, false);
        assert_ok(event_feed_end(f->db, 3, NOW, &f->err), f->err);
        list = between(f, NOW - 9 * DAY, NOW + 9 * DAY);
        assert_int_equal(list.n, 3);
        assert_false(list.items[0].is_cancelled);
        assert_false(list.items[1].is_cancelled);
        assert_str(list.items[1].title, "Verdict after all");
        assert_true(list.items[2].is_cancelled);

        assert_ok(event_forget(f->db, NOW, &f->err), f->err);
        assert_ok(event_count(f->db, &n, &f->err), f->err);
        assert_int_equal(n, 2);
        assert_ok(event_feed_remove(f->db, 3, &f->err), f->err);
        assert_ok(event_count(f->db, &n, &f->err), f->err);
        assert_int_equal(n, 0);
}

STORE_MAIN(STORE_TEST(test_kept_as_it_was),
           STORE_TEST(test_the_newer_word_stands),
           STORE_TEST(test_what_overlaps),
           STORE_TEST(test_a_calendar_is_read_again))

#include "unit.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "wire/item.h"
#include "wire/record.h"
#include "wire/shape.h"

#define MAX_B 65536

static struct buf out;

static int set_up(void **state)
{
        *state = arena_new(1 << 20);
        buf_init(&out, MAX_B);
        return 0;
}

static int tear_down(void **state)
{
        arena_free(*state);
        buf_done(&out);
        return 0;
}

/* --- fields ------------------------------------------------------------- */

static void put_sample(void)
{
        record_put(&out, 1, RECORD_TEXT, STR("title"));
        record_put_int(&out, 2, -5);
        record_put(&out, 4, RECORD_BYTES, STR(""));

        size_t list = record_open(&out, 5, RECORD_LIST);
        size_t part = record_open_part(&out);

        buf_puts(&out, "one");
        record_close_part(&out, part);
        part = record_open_part(&out);
        record_close_part(&out, part);
        record_close(&out, list);
}

static void test_fields(void **state)
{
        struct str s = STR_NULL, list;
        int64_t n = 0;
        struct record r;
        struct err err;

        (void)state;
        put_sample();
        record_init(&r, buf_str(&out));
        assert_true(record_take(&r, 1, RECORD_TEXT, 5, &s));
        assert_str(s, "title");
        assert_true(record_take_int(&r, 2, -5, 5, &n));
        assert_int_equal(n, -5);
        assert_false(record_take(&r, 3, RECORD_TEXT, 5, &s)); /* absent */
        assert_true(record_take(&r, 4, RECORD_BYTES, 0, &s));
        assert_non_null(s.p);
        assert_int_equal(s.n, 0);
        assert_true(record_take(&r, 5, RECORD_LIST, 100, &list));
        assert_ok(record_end(&r, &err), err);
        record_init(&r, list);
        assert_true(record_next_part(&r, &s));
        assert_str(s, "one");
        assert_true(record_next_part(&r, &s));
        assert_str(s, "");
        assert_false(record_next_part(&r, &s));
        assert_ok(record_end(&r, &err), err);
}

enum take { TEXT_1, INT_1, TEXT_1_SHORT, TEXT_2, TEXT_1_AND_2 };

static void take_as(struct record *r, enum take how)
{
        struct str s;
        int64_t n;

        if (how == INT_1)
                record_take_int(r, 1, 0, 10, &n);
        else if (how != TEXT_2)
                record_take(r, 1, RECORD_TEXT, how == TEXT_1_SHORT ? 2 : 100,
                            &s);
        if (how == TEXT_2 || how == TEXT_1_AND_2)
                record_take(r, 2, RECORD_TEXT, 100, &s);
}

/* Heads are tag, kind, length in this machine's order: little end first here.
 */
static void test_faults(void **state)
{
        static const struct {
                struct str bytes;
                enum take how;
                const char *want;
        } cases[] = {
                { STR_INIT("\1\0\2\0\3\0\0\0abc"), TEXT_1, NULL },
                { STR_INIT(""), TEXT_1, NULL },
                { STR_INIT("\1\0\2\0\3\0\0"), TEXT_1, "ends within a field" },
                { STR_INIT("\1\0\2\0\4\0\0\0abc"), TEXT_1,
                  "reaches past its end" },
                { STR_INIT("\1\0\2\0\377\377\377\377abc"), TEXT_1, "too long" },
                { STR_INIT("\1\0\2\0\3\0\0\0abc"), TEXT_1_SHORT, "too long" },
                { STR_INIT("\1\0\1\0\3\0\0\0abc"), TEXT_1, "another kind" },
                { STR_INIT("\1\0\2\0\3\0\0\0abc"), INT_1, "another kind" },
                { STR_INIT("\1\0\3\0\3\0\0\0abc"), INT_1, "too short" },
                { STR_INIT("\1\0\3\0\10\0\0\0\13\0\0\0\0\0\0\0"), INT_1,
                  "out of range" },
                { STR_INIT("\1\0\3\0\10\0\0\0\377\377\377\377\377\377\377\377"),
                  INT_1, "out of range" },
                { STR_INIT("\1\0\2\0\3\0\0\0abc"), TEXT_2, "nobody knows" },
                { STR_INIT("\1\0\2\0\0\0\0\0\1\0\2\0\0\0\0\0"), TEXT_1_AND_2,
                  "twice or out of order" },
                { STR_INIT("\0\0\2\0\0\0\0\0"), TEXT_1,
                  "twice or out of order" },
                { STR_INIT("\2\0\2\0\0\0\0\0\1\0\2\0\0\0\0\0"), TEXT_1_AND_2,
                  "nobody knows" },
        };

        (void)state;
        if (*(const char *)&(int) { 1 } != 1)
                skip();
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct record r;
                struct err err = { 0 };
                int rc;

                record_init(&r, cases[i].bytes);
                take_as(&r, cases[i].how);
                rc = record_end(&r, &err);
                if (!cases[i].want)
                        assert_ok(rc, err);
                else if (rc != ERR_INPUT || !strstr(err.msg, cases[i].want))
                        fail_msg("%zu: \"%s\" is not \"%s\"", i, err.msg,
                                 cases[i].want);
        }
}

static void test_full(void **state)
{
        struct buf small;
        char room[32];

        (void)state;
        buf_over(&small, room, sizeof(room));
        record_put(&small, 1, RECORD_TEXT, STR("0123456789"));
        assert_true(buf_ok(&small));

        size_t mark = record_open(&small, 2, RECORD_TEXT);

        buf_puts(&small, "0123456789");
        record_close(&small, mark);
        assert_false(buf_ok(&small));
        assert_true(small.n <= sizeof(room));
}

/* --- shapes ------------------------------------------------------------- */

static struct feed_doc sample_feed(struct arena *a)
{
        struct feed_doc doc = { .format = FEED_ATOM,
                                .version = STR("atom 1.0"),
                                .title = STR("The Gazette"),
                                .language = STR(""),
                                .updated = TIME_NONE,
                                .ttl_s = 3600,
                                .n_items = 2,
                                .cap_items = 8 };
        struct item *it = arena_array(a, 8, sizeof(*it));

        doc.items = it;
        it[0].title = STR("Ports reopen");
        it[0].published = 1772776800;
        it[0].updated = -1;
        it[0].authors =
                (struct strs) { arena_array(a, 4, sizeof(struct str)), 2, 4 };
        it[0].authors.items[0] = STR("A. Writer");
        it[0].authors.items[1] = STR("");
        it[0].enclosures = arena_array(a, 2, sizeof(struct enclosure));
        it[0].enclosures[0].url = STR("https://gazette.example/1.mp3");
        it[0].enclosures[0].length = -1;
        it[0].n_enclosures = 1;
        return doc;
}

static void test_feed(void **state)
{
        struct arena *a = *state;
        struct feed_doc doc = sample_feed(a), got = { 0 };
        struct err err;

        shape_put(&out, &shape_feed, &doc);
        assert_ok(shape_get(a, &shape_feed, buf_str(&out), &got, &err), err);
        assert_int_equal(got.format, FEED_ATOM);
        assert_str(got.title, "The Gazette");
        assert_null(got.link.p);
        assert_non_null(got.language.p);
        assert_int_equal(got.language.n, 0);
        assert_true(got.updated == TIME_NONE);
        assert_int_equal(got.n_items, 2);
        assert_int_equal(got.cap_items, 2);
        assert_int_equal(got.items[0].updated, -1);
        assert_int_equal(got.items[0].authors.n, 2);
        assert_str(got.items[0].authors.items[0], "A. Writer");
        assert_str(got.items[0].enclosures[0].url,
                   "https://gazette.example/1.mp3");
        assert_int_equal(got.items[0].enclosures[0].length, -1);
        assert_null(got.items[1].title.p);
}

/* Cut anywhere, or with any byte changed, it is refused or still a feed. */
static void test_feed_broken(void **state)
{
        struct arena *a = *state;
        struct feed_doc doc = sample_feed(a);
        struct err err;

        shape_put(&out, &shape_feed, &doc);
        for (size_t n = 1; n < out.n; n++) {
                struct feed_doc got = { 0 };
                struct str cut = { out.p, n };

                arena_reset(a);
                if (shape_get(a, &shape_feed, cut, &got, &err) == 0)
                        assert_true(got.n_items <= 2);
        }
        for (size_t i = 0; i < out.n; i++) {
                struct feed_doc got = { 0 };

                arena_reset(a);
                out.p[i] ^= 0x41;
                if (shape_get(a, &shape_feed, buf_str(&out), &got, &err) == 0)
                        assert_true(got.format <= FEED_JSON);
                out.p[i] ^= 0x41;
        }
}

static void test_feed_limits(void **state)
{
        struct arena *a = *state;
        struct str names[LIMIT_AUTHORS + 1] = { 0 };
        struct item it = { .authors = { names, LIMIT_AUTHORS + 1, 0 } },
                    got = { 0 };
        struct page page = { .status = 3 }, got_page = { 0 };
        struct err err;

        shape_put(&out, &shape_item, &it);
        assert_int_equal(shape_get(a, &shape_item, buf_str(&out), &got, &err),
                         ERR_INPUT);
        assert_string_equal(err.msg, "authors: a list has over 20 parts");
        buf_reset(&out);
        shape_put(&out, &shape_page, &page);
        assert_int_equal(
                shape_get(a, &shape_page, buf_str(&out), &got_page, &err),
                ERR_INPUT);
        assert_string_equal(err.msg, "a number is out of range");
}

static void test_repair(void **state)
{
        struct arena *a = *state;
        struct page page = { .title = STR("a\xff"), .is_day = true },
                    got = { 0 };
        struct err err;

        shape_put(&out, &shape_page, &page);
        assert_ok(shape_get(a, &shape_page, buf_str(&out), &got, &err), err);
        assert_str(got.title, "a\xEF\xBF\xBD");
        assert_true(got.is_day);
        assert_int_equal(got.status, PAGE_OK);
}

/* What a parser that was taken over may say, and what is made of it. */
static void test_mistrust(void **state)
{
        static const struct {
                struct str url;
                bool is_kept;
        } urls[] = {
                { STR_INIT("https://gazette.example/1?a=b#c"), true },
                { STR_INIT("HTTP://gazette.example/"), true },
                { STR_INIT("/relative"), true },
                { STR_INIT("mailto:desk@gazette.example"), true },
                { STR_INIT("javascript:alert(1)"), false },
                { STR_INIT("java\tscript:alert(1)"), false },
                { STR_INIT("data:text/html,x"), false },
                { STR_INIT("file:///etc/passwd"), false },
                { STR_INIT("https://gazette.example/\r\nX: y"), false },
                { STR_INIT("https://gazette.example/ x"), false },
                { STR_INIT("https://gazette.example/\xff"), false },
        };
        struct arena *a = *state;
        char long_one[LIMIT_TITLE_B + 50];
        struct err err;

        memset(long_one, 'x', sizeof(long_one));
        for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
                struct item it = { .url = urls[i].url, .image = urls[i].url },
                            got = { 0 };

                buf_reset(&out);
                shape_put(&out, &shape_item, &it);
                assert_ok(shape_get(a, &shape_item, buf_str(&out), &got, &err),
                          err);
                assert_int_equal(got.url.p != NULL, urls[i].is_kept);
                assert_int_equal(got.image.p != NULL, urls[i].is_kept);
        }
        struct item it = { .title = STR("One\nTwo\033[31m"),
                           .id = { long_one, sizeof(long_one) },
                           .content = STR("a\nb\033c"),
                           .published = INT64_MAX,
                           .updated = -1 },
                    got = { 0 };
        struct str name = STR("A.\nB\0C");

        it.authors = (struct strs) { &name, 1, 1 };
        buf_reset(&out);
        shape_put(&out, &shape_item, &it);
        assert_ok(shape_get(a, &shape_item, buf_str(&out), &got, &err), err);
        assert_str(got.title, "One Two[31m");
        assert_str(got.content, "a\nbc");
        assert_str(got.authors.items[0], "A. BC");
        assert_int_equal(got.id.n, sizeof(long_one));
        assert_true(got.published == TIME_NONE);
        assert_int_equal(got.updated, -1);
        it.title = it.id;
        buf_reset(&out);
        shape_put(&out, &shape_item, &it);
        got = (struct item) { 0 };
        assert_ok(shape_get(a, &shape_item, buf_str(&out), &got, &err), err);
        assert_int_equal(got.title.n, LIMIT_TITLE_B);
        it.position = INT64_MAX;
        buf_reset(&out);
        shape_put(&out, &shape_item, &it);
        assert_int_equal(shape_get(a, &shape_item, buf_str(&out), &got, &err),
                         ERR_INPUT);
}

static const size_t sizes[] = {
        [SHAPE_TEXT] = sizeof(struct str), [SHAPE_LINE] = sizeof(struct str),
        [SHAPE_URL] = sizeof(struct str),  [SHAPE_TEXTS] = sizeof(struct strs),
        [SHAPE_INT] = sizeof(int64_t),     [SHAPE_TIME] = sizeof(int64_t),
        [SHAPE_SHIFT] = sizeof(int64_t),   [SHAPE_BITS] = sizeof(uint32_t),
        [SHAPE_ENUM] = sizeof(int),        [SHAPE_FLAG] = sizeof(bool),
        [SHAPE_LIST] = 3 * sizeof(void *),
};

/* A member that a table lacks would be lost on its way out of the jail, and
 * nothing else would tell: so a struct's bytes are counted. */
static void check_covered(const char *name, const struct shape *s,
                          size_t padding)
{
        size_t n = 0;

        for (size_t i = 0; i < s->n; i++)
                n += sizes[s->members[i].kind];
        if (n + padding != s->size_b)
                fail_msg("struct %s: shape.c carries %zu of %zu bytes; is it "
                         "a new member, or new padding (%zu)?",
                         name, n, s->size_b, padding);
}

static void test_covered(void **state)
{
        (void)state;
        if (sizeof(void *) != 8)
                skip();
        check_covered("feed_doc", &shape_feed, 4);
        check_covered("item", &shape_item, 0);
        check_covered("enclosure", &shape_enclosure, 0);
        check_covered("page", &shape_page, 7 + 4);
        check_covered("shape_links", &shape_links, 7);
        check_covered("calendar", &shape_calendar, 0);
        /* id, feed_id, seen_at, origin and source are set outside. */
        check_covered("event", &shape_event, 3 * 8 + 2 * 16 + 7 + 6);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
UNIT_MAIN(TEST(test_fields), TEST(test_faults), TEST(test_full),
          TEST(test_feed), TEST(test_feed_broken), TEST(test_feed_limits),
          TEST(test_repair), TEST(test_mistrust), TEST(test_covered))

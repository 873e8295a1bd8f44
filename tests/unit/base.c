#include "unit.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"

#define MB (1024 * 1024)

static struct arena *arena;

static int set_up(void **state)
{
        (void)state;
        arena = arena_new(MB);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

static void test_str(void **state)
{
        (void)state;
        struct str rest = STR("a,,b"), part;

        assert_true(str_cut(&rest, ',', &part));
        assert_str(part, "a");
        assert_true(str_cut(&rest, ',', &part));
        assert_str(part, "");
        assert_true(str_cut(&rest, ',', &part));
        assert_str(part, "b");
        assert_false(str_cut(&rest, ',', &part));
        assert_null(rest.p);

        assert_str(str_trim(STR(" \t x y\n")), "x y");
        assert_int_equal(str_find(STR("banana"), STR("ana"), 2), 3);
        assert_int_equal(str_find(STR("banana"), STR("nab"), 0), STR_NONE);
        assert_int_equal(str_find_nocase(STR("RSS Feed"), STR("feed"), 0), 4);
        assert_true(str_ends(STR("page.html"), STR(".html")));
        assert_false(str_ends(STR("l"), STR(".html")));
        assert_str(str_sub(STR("abc"), 1, 99), "bc");
        assert_str(str_sub(STR("abc"), 9, 1), "");
        assert_true(str_cmp(STR("a"), STR("ab")) < 0);
        assert_true(str_eq(str_c(NULL), STR_NULL));
}

static void test_arena(void **state)
{
        (void)state;
        struct arena *a = arena_new(100);
        struct str s = arena_str(a, STR("seven"));

        assert_int_equal(s.p[5], '\0');
        assert_null(arena_str(a, STR_NULL).p);
        assert_false(arena_is_full(a));
        arena_alloc(a, 200);
        assert_true(arena_is_full(a));
        arena_reset(a);
        assert_false(arena_is_full(a));

        int *numbers = NULL;
        size_t n = 0, cap = 0;

        for (int i = 0; i < 100; i++) {
                ARENA_GROW(a, numbers, n, cap);
                numbers[n++] = i;
        }
        assert_int_equal(numbers[99], 99);
        assert_str(arena_printf(a, "%d-%s", 7, "x"), "7-x");
        arena_free(a);
        arena_free(NULL);
}

static void test_buf(void **state)
{
        (void)state;
        struct buf b;

        buf_init(&b, 10);
        buf_puts(&b, "12345");
        buf_printf(&b, "%d", 678);
        assert_str(buf_str(&b), "12345678");
        assert_string_equal(buf_cstr(&b), "12345678");
        buf_puts(&b, "9ab");
        assert_false(buf_ok(&b));
        buf_puts(&b, "z"); /* sticks */
        assert_str(buf_str(&b), "12345678");
        buf_reset(&b);
        buf_u64(&b, 1234567890);
        assert_true(buf_ok(&b));
        assert_str(buf_str(&b), "1234567890");
        buf_done(&b);
}

static void test_scan(void **state)
{
        (void)state;
        uint64_t u = 7;
        int64_t i = 7;
        double d = 7;

        assert_int_equal(scan_u64(STR("12"), 99, &u), 0);
        assert_int_equal(u, 12);
        assert_int_equal(scan_u64(STR("12x"), 99, &u), ERR_INPUT);
        assert_int_equal(scan_u64(STR(""), 99, &u), ERR_INPUT);
        assert_int_equal(scan_u64(STR("100"), 99, &u), ERR_LIMIT);
        assert_int_equal(scan_u64(STR("99999999999999999999"), UINT64_MAX, &u),
                         ERR_LIMIT);
        assert_int_equal(u, 12);
        assert_int_equal(scan_i64(STR("-5"), -9, 9, &i), 0);
        assert_int_equal(i, -5);
        assert_int_equal(scan_hex(STR("fF"), 255, &u), 0);
        assert_int_equal(u, 255);
        assert_int_equal(scan_double(STR("-1.5e2"), &d), 0);
        assert_true(d == -150.0);
        assert_int_equal(scan_double(STR("nan"), &d), ERR_INPUT);
        assert_int_equal(scan_double(STR("0x1p3"), &d), ERR_INPUT);
}

static void test_utf8(void **state)
{
        (void)state;
        static const struct {
                const char *in, *want;
        } table[] = {
                { "plain", "plain" },
                { "d\xC3\xA9j\xC3\xA0", "d\xC3\xA9j\xC3\xA0" },
                { "a\xFFz", "a\xEF\xBF\xBDz" },
                { "cut \xE2\x82", "cut \xEF\xBF\xBD\xEF\xBF\xBD" },
                { "over\xC0\xAFlong", "over\xEF\xBF\xBD\xEF\xBF\xBDlong" },
                { "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
                { "bell\x07\x1B[1m\tok", "bell[1m\tok" },
        };

        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct str out = utf8_repair(arena, str_c(table[i].in));

                assert_str(out, table[i].want);
                assert_true(utf8_is_valid(out));
        }
        assert_int_equal(utf8_count(STR("d\xC3\xA9j\xC3\xA0")), 4);
        assert_str(utf8_clip(STR("d\xC3\xA9j"), 2), "d");
        assert_str(utf8_fold_space(arena, STR("\xEF\xBB\xBF a \xC2\xA0\n b ")),
                   "a b");

        struct buf b;

        buf_init(&b, 100);
        utf8_put(&b, 0x20AC);
        utf8_put(&b, 0x1F4F0);
        utf8_put(&b, 0xD800);
        assert_str(buf_str(&b), "\xE2\x82\xAC\xF0\x9F\x93\xB0\xEF\xBF\xBD");
        buf_done(&b);
}

/* What shows nothing is dropped; what a script needs to be read stays. */
static void test_utf8_tidy(void **state)
{
        static const struct {
                const char *in, *want;
        } table[] = {
                { "a\u00ADb\u200Bc\u2060d\uFEFFe", "abcde" },
                { "Ha\u00ADfen\u00ADamt \u200B  von\u00A0Ambry \u00AD",
                  "Hafenamt von Ambry" },
                { "Auf\u200Clage, \u200Dx", "Auflage, x" },
                { "می\u200Cرود", "می\u200Cرود" }, /* Persian */
                { "क्\u200Dष", "क्\u200Dष" },       /* Hindi */
                { "👩\u200D🚀 flew", "👩\u200D🚀 flew" },
                { "ភាសា\u200Bខ្មែរ", "ភាសា ខ្មែរ" }, /* Khmer: a blank */
                { "\u200EPort Ambry\u200F (\u200E12)", "Port Ambry (12)" },
                { "נמל Ambry\u200F!", "נמל Ambry\u200F!" },
                { "\u202Bנמל\u202C \u2068Ambry\u2069", "נמל Ambry" },
                { "exe.\u202Etxt", "exe.txt" },
                { "\u00AD\u200B", "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
                assert_str(utf8_tidy(arena, str_c(table[i].in)), table[i].want);
        assert_null(utf8_tidy(arena, STR_NULL).p);
}

static void test_time_parse(void **state)
{
        (void)state;
        static const struct {
                const char *in;
                int64_t want; /* 0: an error */
        } table[] = {
                { "1970-01-02T00:00:00Z", 86400 },
                { "2026-03-06T05:30:00Z", 1772775000 },
                { "2026-03-06T06:30:00+01:00", 1772775000 },
                { "2026-03-06 05:30:00.123Z", 1772775000 },
                { "2026-03-06", 1772755200 },
                { "2024-02-29T00:00:00Z", 1709164800 },
                { "2026-02-29T00:00:00Z", 0 },
                { "2026-13-01", 0 },
                { "2026-03-06T05:30:00", 0 },
                { "yesterday", 0 },
                { "2026-03-06T25:00:00Z", 0 },
        };

        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                int64_t at = 0;
                struct err err;
                int rc = time_parse_rfc3339(str_c(table[i].in), &at, &err);

                assert_int_equal(rc, table[i].want ? 0 : ERR_INPUT);
                assert_int_equal(at, table[i].want);
        }

        static const char *const http[] = { "Fri, 06 Mar 2026 05:30:00 GMT",
                                            "Friday, 06-Mar-26 05:30:00 GMT",
                                            "Fri Mar  6 05:30:00 2026" };
        for (size_t i = 0; i < 3; i++) {
                int64_t at;
                assert_int_equal(time_parse_http(str_c(http[i]), &at), 0);
                assert_int_equal(at, 1772775000);
        }

        struct buf b;

        buf_init(&b, 100);
        time_put_http(&b, 1772775000);
        assert_str(buf_str(&b), "Fri, 06 Mar 2026 05:30:00 GMT");
        buf_reset(&b);
        time_put_rfc3339(&b, 1772775000);
        assert_str(buf_str(&b), "2026-03-06T05:30:00Z");
        buf_done(&b);
}

static void test_civil_round_trip(void **state)
{
        (void)state;
        for (int64_t at = -86400LL * 400000; at < 86400LL * 400000;
             at += 86400 * 13 + 3607) {
                struct civil c = time_to_civil(at);
                assert_int_equal(time_from_civil(&c), at);
        }
        assert_int_equal(time_to_civil(0).weekday, 3);
        struct civil carried = { .year = 2026, .month = 1, .day = 31 + 28 + 1 };
        assert_int_equal(time_to_civil(time_from_civil(&carried)).month, 3);
}

static void test_zone(void **state)
{
        (void)state;
        struct err err;
        struct str berlin = STR("Europe/Berlin");
        struct civil gap = {
                .year = 2026, .month = 3, .day = 29, .hour = 2, .minute = 30
        };
        struct civil twice = {
                .year = 2026, .month = 10, .day = 25, .hour = 2, .minute = 30
        };
        struct civil summer = { .year = 2026, .month = 7, .day = 1, .hour = 6 };

        assert_ok(time_zone_check(berlin, &err), err);
        assert_int_equal(time_zone_check(STR("Europe/Atlantis"), &err),
                         ERR_INPUT);
        assert_int_equal(time_zone_check(STR(""), &err), ERR_INPUT);
        assert_int_equal(time_in_zone(1772775000, berlin).hour, 6);
        assert_int_equal(time_to_civil(time_from_zone(&summer, berlin)).hour,
                         4);
        /* 02:30 does not exist: 03:30 summer time, 01:30 UTC */
        assert_int_equal(time_to_civil(time_from_zone(&gap, berlin)).hour, 1);
        /* 02:30 comes twice: the first, in summer time */
        assert_int_equal(time_to_civil(time_from_zone(&twice, berlin)).hour, 0);
}

static void test_map(void **state)
{
        (void)state;
        struct map *m = map_new(arena);
        size_t i = 0;
        struct str key;
        void *value;

        for (uintptr_t n = 1; n <= 1000; n++)
                map_put(m, arena_printf(arena, "key %zu", (size_t)n),
                        (void *)n);
        assert_int_equal(map_count(m), 1000);
        assert_ptr_equal(map_find(m, STR("key 777")), (void *)777);
        assert_null(map_find(m, STR("key 0")));
        for (uintptr_t n = 1; map_each(m, &i, &key, &value); n++)
                assert_ptr_equal(value, (void *)n);
        assert_str(hash_sha256_hex(arena, STR("abc")),
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20"
                   "015ad");
        assert_int_equal(hash_stable(STR("a")), 0xaf63dc4c8601ec8cu);
}

static void test_url_resolve(void **state)
{
        (void)state;
        /* The examples of RFC 3986, 5.4, as the reader of the RFC works them
         * out. */
        static const struct {
                const char *ref, *want;
        } table[] = {
                { "g:h", "g:h" },
                { "g", "http://a/b/c/g" },
                { "./g", "http://a/b/c/g" },
                { "g/", "http://a/b/c/g/" },
                { "/g", "http://a/g" },
                { "//g", "http://g" },
                { "?y", "http://a/b/c/d;p?y" },
                { "g?y", "http://a/b/c/g?y" },
                { "#s", "http://a/b/c/d;p?q#s" },
                { "g?y#s", "http://a/b/c/g?y#s" },
                { "", "http://a/b/c/d;p?q" },
                { ".", "http://a/b/c/" },
                { "..", "http://a/b/" },
                { "../g", "http://a/b/g" },
                { "../..", "http://a/" },
                { "../../../g", "http://a/g" },
                { "g;x=1/../y", "http://a/b/c/y" },
                { " a b\n", "http://a/b/c/a%20b" },
        };

        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
                assert_str(url_resolve(arena, STR("http://a/b/c/d;p?q"),
                                       str_c(table[i].ref)),
                           table[i].want);
        assert_str(url_resolve(arena, STR("https://n.example"), STR("x")),
                   "https://n.example/x");
}

static void test_url_identity(void **state)
{
        (void)state;
        static const char *const same[] = {
                "http://www.News.example/a/b/?utm_source=rss&id=7&fbclid=x#top",
                "https://news.example:443/a/b?id=7",
                "https://news.example/a/b/?id=7&",
        };

        for (size_t i = 0; i < 3; i++)
                assert_str(url_identity(arena, str_c(same[i])),
                           "https://news.example/a/b?id=7");
        assert_str(url_clean(arena, STR("http://n.example/?utm_medium=x#c")),
                   "http://n.example/#c");
        assert_str(url_host(arena, STR("http://u@N.example:80/")), "n.example");
        assert_true(url_is_http(STR("HTTPS://n.example")));
        assert_false(url_is_http(STR("http:///x")));
        assert_false(url_is_http(STR("file:///etc/passwd")));
}

static void test_json(void **state)
{
        (void)state;
        struct buf b;
        struct json j;

        buf_init(&b, 1000);
        json_init(&j, &b);
        json_open(&j, '{');
        json_key(&j, "a");
        json_str(&j, STR("x\"\\\n\x01"));
        json_key(&j, "b");
        json_open(&j, '[');
        json_int(&j, -1);
        json_nil(&j);
        json_close(&j, ']');
        json_key(&j, "c");
        json_str(&j, STR_NULL);
        json_close(&j, '}');
        assert_str(
                buf_str(&b),
                "{\"a\":\"x\\\"\\\\\\n\\u0001\",\"b\":[-1,null],\"c\":null}");
        buf_done(&b);
}

static void test_file(void **state)
{
        (void)state;
        char dir[] = "/tmp/bulldog-unit-XXXXXX";
        struct err err;
        struct str got;
        bool changed;

        assert_non_null(mkdtemp(dir));
        const char *path = arena_printf(arena, "%s/a/b/page.html", dir).p;

        assert_ok(file_write(path, STR("one"), &changed, &err), err);
        assert_true(changed);
        assert_ok(file_write(path, STR("one"), &changed, &err), err);
        assert_false(changed);
        assert_ok(file_write(path, STR("two!"), &changed, &err), err);
        assert_ok(file_read(arena, path, 100, &got, &err), err);
        assert_str(got, "two!");
        assert_int_equal(file_read(arena, path, 3, &got, &err), ERR_LIMIT);
        assert_int_equal(file_read(arena, "/no/such", 3, &got, &err),
                         ERR_ABSENT);

        int one, two;

        assert_ok(file_lock(arena_printf(arena, "%s/lock", dir).p, &one, &err),
                  err);
        assert_int_equal(
                file_lock(arena_printf(arena, "%s/lock", dir).p, &two, &err),
                ERR_BUSY);
        close(one);
        unlink(path);
        rmdir(arena_printf(arena, "%s/a/b", dir).p);
        rmdir(arena_printf(arena, "%s/a", dir).p);
        unlink(arena_printf(arena, "%s/lock", dir).p);
        assert_int_equal(rmdir(dir), 0); /* nothing was left beside */
}

/* Every fsync of this program comes by here: what it was of, in order. */
static char synced[4096];

int fsync(int fd)
{
        char link[64], name[1000];
        size_t used = strlen(synced);
        ssize_t n;

        snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
        n = readlink(link, name, sizeof(name) - 1);
        name[n < 0 ? 0 : n] = '\0';
        snprintf(synced + used, sizeof(synced) - used, "%s\n", name);
        return (int)syscall(SYS_fsync, fd);
}

/* A folder's name stands in its parent: that is synced as well, once. */
static void test_folders_last(void **state)
{
        (void)state;
        char dir[] = "/tmp/bulldog-unit-XXXXXX";
        const char *inner;
        struct err err;

        assert_non_null(mkdtemp(dir));
        inner = arena_printf(arena, "%s/a//b/c/", dir).p;
        synced[0] = '\0';
        assert_ok(file_make_dir(inner, &err), err);
        assert_string_equal(
                synced,
                arena_printf(arena, "%s\n%s/a\n%s/a/b\n", dir, dir, dir).p);
        synced[0] = '\0';
        assert_ok(file_make_dir(inner, &err), err);
        assert_ok(file_make_dir("/", &err), err);
        assert_ok(file_make_dir("", &err), err);
        assert_string_equal(synced, "");
        assert_int_equal(file_make_dir("/proc/version/x", &err), ERR_SYS);
        assert_int_equal(rmdir(inner), 0);
        rmdir(arena_printf(arena, "%s/a/b", dir).p);
        rmdir(arena_printf(arena, "%s/a", dir).p);
        assert_int_equal(rmdir(dir), 0);
}

static void test_err(void **state)
{
        (void)state;
        struct err err;
        char longer[2 * ERR_MSG_MAX];

        assert_int_equal(err_set(&err, ERR_NET, "answered %d", 503), ERR_NET);
        assert_int_equal(err_add(&err, "feed %s", "x"), ERR_NET);
        assert_string_equal(err.msg, "feed x: answered 503");
        memset(longer, 'a', sizeof(longer) - 1);
        longer[sizeof(longer) - 1] = '\0';
        (void)err_set(&err, ERR_INPUT, "%s", longer);
        assert_string_equal(err.msg + strlen(err.msg) - 4, "a...");
        assert_int_equal(err_set(NULL, ERR_BUSY, "x"), ERR_BUSY);
}

static char caught[200];

static void catch_line(enum log_level level, const char *line)
{
        (void)level;
        snprintf(caught, sizeof(caught), "%s", line);
}

/* A child that ends between our look at it and our sleep wakes us all the same,
 * and no more than once. */
static void test_sleep(void **state)
{
        (void)state;
        int64_t began_ms;

        proc_catch_stop();
        raise(SIGCHLD);
        began_ms = time_mono_ms();
        proc_sleep_ms(5000);
        assert_true(time_mono_ms() - began_ms < 4000);
        began_ms = time_mono_ms();
        proc_sleep_ms(100);
        assert_true(time_mono_ms() - began_ms >= 99);
}

static void test_journal(void **state)
{
        (void)state;
        struct stat st;
        char own[64];

        assert_false(log_is_journal(NULL));
        assert_false(log_is_journal("8:23437")); /* inherited from elsewhere */
        assert_int_equal(fstat(STDERR_FILENO, &st), 0);
        snprintf(own, sizeof(own), "%ju:%ju", (uintmax_t)st.st_dev,
                 (uintmax_t)st.st_ino);
        assert_true(log_is_journal(own));
}

static void test_log(void **state)
{
        (void)state;
        log_hook(catch_line);
        log_warn("title=%s", "two\nlines\x1B[0m");
        assert_string_equal(caught, "title=two lines [0m");
        log_hook(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

UNIT_MAIN(TEST(test_str), TEST(test_arena), TEST(test_buf), TEST(test_scan),
          TEST(test_utf8), TEST(test_utf8_tidy), TEST(test_time_parse),
          TEST(test_civil_round_trip), TEST(test_zone), TEST(test_map),
          TEST(test_url_resolve), TEST(test_url_identity), TEST(test_json),
          TEST(test_file), TEST(test_folders_last), TEST(test_err),
          TEST(test_sleep), TEST(test_journal), TEST(test_log))

#define ARENA_B (1 << 20)
#include "arena_fixture.h"

#include "base/buf.h"
#include "base/time.h"
#include "site/health.h"
#include "site/http.h"
#include "site/listen.h"
#include "site/path.h"
#include "site/quiz.h"

#include <unistd.h>

static void paths_stay_inside(void **state)
{
        static const struct {
                const char *raw;
                int rc;
                const char *file;
                bool is_folder;
        } rows[] = {
                { "/", 0, "", true },
                { "/edition.txt", 0, "edition.txt", false },
                { "/2026/03/06/ports/", 0, "2026/03/06/ports", true },
                { "/2026/03/06", 0, "2026/03/06", false },
                { "/caf%C3%A9.html", 0, "caf\xC3\xA9.html", false },
                { "/a%20b", 0, "a b", false },
                { "/.well-known/gpc.json", 0, ".well-known/gpc.json", false },
                { "", ERR_INPUT, NULL, false },
                { "x", ERR_INPUT, NULL, false },
                { "*", ERR_INPUT, NULL, false },
                { "/%", ERR_INPUT, NULL, false },
                { "/%4", ERR_INPUT, NULL, false },
                { "/%zz", ERR_INPUT, NULL, false },
                { "/..", ERR_ABSENT, NULL, false },
                { "/../etc/passwd", ERR_ABSENT, NULL, false },
                { "/a/../../etc/passwd", ERR_ABSENT, NULL, false },
                { "/%2e%2e/etc/passwd", ERR_ABSENT, NULL, false },
                { "/..%2fetc", ERR_ABSENT, NULL, false },
                { "/a%00b", ERR_ABSENT, NULL, false },
                { "/a%0ab", ERR_ABSENT, NULL, false },
                { "/a\\b", ERR_ABSENT, NULL, false },
                { "//", ERR_ABSENT, NULL, false },
                { "//elsewhere.example", ERR_ABSENT, NULL, false },
                { "/a//b", ERR_ABSENT, NULL, false },
                { "/.git/config", ERR_ABSENT, NULL, false },
                { "/a/.hidden", ERR_ABSENT, NULL, false },
                { "/a/.well-known/x", ERR_ABSENT, NULL, false },
                { "/./a", ERR_ABSENT, NULL, false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct path path = { 0 };
                int rc = path_map(a, str_c(rows[i].raw), &path);

                if (rc != rows[i].rc)
                        fail_msg("%s: %d", rows[i].raw, rc);
                if (rc < 0)
                        continue;
                assert_str(path.file, rows[i].file);
                assert_int_equal(path.is_folder, rows[i].is_folder);
        }
}

static void long_paths_are_refused(void **state)
{
        char raw[5000];
        struct path path;

        (void)state;
        memset(raw, 'a', sizeof(raw));
        raw[0] = '/';
        assert_int_equal(path_map(a, (struct str) { raw, sizeof(raw) }, &path),
                         ERR_INPUT);
}

static void files_have_types(void **state)
{
        static const struct {
                const char *file, *type;
                bool packs;
        } rows[] = {
                { "index.html", "text/html; charset=utf-8", true },
                { "feed.xml", "application/rss+xml; charset=utf-8", true },
                { "atom.xml", "application/atom+xml; charset=utf-8", true },
                { "sitemap.xml", "application/xml", true },
                { "feed.json", "application/feed+json", true },
                { "2026/card.png", "image/png", false },
                { "edition.epub", "application/epub+zip", false },
                { "robots.txt", "text/plain; charset=utf-8", true },
                { "noending", "application/octet-stream", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct str file = str_c(rows[i].file);

                assert_string_equal(path_type(file), rows[i].type);
                assert_int_equal(path_is_packable(file), rows[i].packs);
                assert_non_null(strstr(path_cache_control(file), "max-age="));
        }
}

static void etags_are_compared(void **state)
{
        static const struct {
                const char *header;
                bool matches;
        } rows[] = {
                { "\"abc\"", true },
                { "W/\"abc\"", true },
                { "\"x\", \"abc\"", true },
                { "*", true },
                { "\"abcd\"", false },
                { "abc", false },
                { "", false },
                { "\"abc-gz\"", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
                assert_int_equal(
                        http_none_match(str_c(rows[i].header), STR("\"abc\"")),
                        rows[i].matches);
        assert_false(http_none_match(STR_NULL, STR("\"abc\"")));
}

static void gzip_is_asked_for(void **state)
{
        static const struct {
                const char *header;
                bool accepts;
        } rows[] = {
                { "gzip", true },
                { "gzip, deflate, br", true },
                { "br;q=1.0, GZIP;q=0.8", true },
                { "gzip;q=0", false },
                { "gzip; q=0.000", false },
                { "*", true },
                { "gzip;q=0, *", false },
                { "identity", false },
                { "br", false },
                { "", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
                if (http_accepts_gzip(str_c(rows[i].header)) != rows[i].accepts)
                        fail_msg("%s", rows[i].header);
        assert_false(http_accepts_gzip(STR_NULL));
}

static void times_are_compared(void **state)
{
        struct str at = STR("Fri, 06 Mar 2026 06:00:00 GMT"); /* 1772776800 */

        (void)state;
        assert_true(http_unchanged_since(at, 1772776800));
        assert_true(http_unchanged_since(at, 1772776799));
        assert_false(http_unchanged_since(at, 1772776801));
        assert_false(http_unchanged_since(STR("yesterday"), 0));
        assert_false(http_unchanged_since(STR_NULL, 0));
}

static void addresses_to_listen_on(void **state)
{
        static const char *const wrong[] = { "",           "127.0.0.1",
                                             "127.0.0.1:", "127.0.0.1:x",
                                             "nohost:80",  "127.0.0.1:123456",
                                             "[::1]" };
        struct err err = { 0 };
        struct str got;
        int fd, second;

        (void)state;
        for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
                assert_int_equal(
                        listen_open(a, str_c(wrong[i]), &fd, &got, &err),
                        ERR_INPUT);
                assert_non_null(strstr(err.msg, "site.listen"));
        }
        assert_ok(listen_open(a, STR("127.0.0.1:0"), &fd, &got, &err), err);
        assert_true(str_starts(got, STR("127.0.0.1:")));
        assert_int_equal(listen_open(a, got, &second, &got, &err), ERR_BUSY);
        close(fd);
}

/* --- health ----------------------------------------------------------------
 */

#define DAY(text) ((struct str) { text, sizeof(text) - 1 })
#define SEVEN 1772780400 /* 2026-03-06T07:00:00Z, a Friday */

static struct stage stage_of(const char *name, const char *state, int64_t start,
                             int64_t stop)
{
        return (struct stage) { .name = str_c(name),
                                .state = str_c(state),
                                .note = STR("a note"),
                                .started_at = start,
                                .ended_at = stop,
                                .ok_at = TIME_NONE };
}

static void faults_are_seen(void **state)
{
        const struct {
                const char *name, *state;
                int64_t started, ended, now;
                const char *date, *why;
        } rows[] = {
                { "gather", "ok", SEVEN - 60, SEVEN, SEVEN, "2026-03-06",
                  NULL },
                { "gather", "failed", SEVEN - 7300, SEVEN - 7200, SEVEN,
                  "2026-03-06", "gather failed 2 h ago: a note" },
                { "deliver", "running", SEVEN - 600, TIME_NONE, SEVEN,
                  "2026-03-06", NULL },
                { "deliver", "running", SEVEN - 90000, TIME_NONE, SEVEN,
                  "2026-03-06", "deliver started 25 h ago and never ended" },
                { "publish", "cut", SEVEN - 90000, SEVEN - 80000, SEVEN,
                  "2026-03-06", NULL },
                { "serve", "running", SEVEN - 900000, TIME_NONE, SEVEN,
                  "2026-03-06", NULL },
                /* Due at 06:00; an hour's grace. */
                { "gather", "ok", SEVEN, SEVEN, SEVEN - 1, "2026-03-05", NULL },
                { "gather", "ok", SEVEN, SEVEN, SEVEN, "2026-03-05",
                  "the edition of 2026-03-06 is overdue; the last one is of "
                  "2026-03-05" },
                { "gather", "ok", SEVEN, SEVEN, SEVEN, NULL,
                  "no edition was printed yet" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct stage stage = stage_of(rows[i].name, rows[i].state,
                                              rows[i].started, rows[i].ended);
                struct health_facts facts = {
                        .plan = { .zone = STR("UTC"),
                                  .compose_min = 330,
                                  .publish_min = 360,
                                  .days = 0x7F },
                        .stages = { &stage, 1 },
                        .edition_date = str_c(rows[i].date),
                        .edition_at = SEVEN - 3600,
                        .now = rows[i].now,
                };
                struct health h = health_judge(a, &facts);
                struct buf json;

                assert_int_equal(h.ok, rows[i].why == NULL);
                if (rows[i].why)
                        assert_str(h.why, rows[i].why);
                assert_int_equal(h.next_at, SEVEN - 3600 + TIME_DAY_S);
                buf_init(&json, 4096);
                health_put_json(&json, &h, &facts);
                assert_non_null(strstr(buf_cstr(&json),
                                       h.ok ? "\"ok\":true" : "\"ok\":false"));
                buf_done(&json);
        }
}

static void weekends_may_be_quiet(void **state)
{
        struct health_facts facts = {
                .plan = { .zone = STR("UTC"),
                          .compose_min = 330,
                          .publish_min = 360,
                          .days = 0x1F },
                .edition_date = DAY("2026-03-06"),
                .now = SEVEN + 2 * TIME_DAY_S, /* Sunday */
        };

        (void)state;
        assert_true(health_judge(a, &facts).ok);
        facts.now += TIME_DAY_S; /* Monday */
        assert_false(health_judge(a, &facts).ok);
        facts.now += 30 * TIME_DAY_S;
        facts.plan.days = 0; /* made by hand */
        assert_true(health_judge(a, &facts).ok);
}

/* --- the quiz --- */

static void doors_of_the_quiz(void **state)
{
        static const struct {
                const char *path, *date, *token; /* date NULL: none */
        } rows[] = {
                { "2026-03-06", "2026-03-06", "" },
                { "2026-03-06/12-ab-9f", "2026-03-06", "12-ab-9f" },
                { "2026-03-06/", "2026-03-06", "" },
                { "2026-03-6", NULL, NULL },
                { "2026-03-06x", NULL, NULL },
                { "2026-03-06/a/b", NULL, NULL },
                { "2026-03-06/a%2f", NULL, NULL },
                { "2026/03/06", NULL, NULL },
                { "", NULL, NULL },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct str date, token;
                bool is = quiz_path(str_c(rows[i].path), &date, &token);

                assert_int_equal(is, rows[i].date != NULL);
                if (!is)
                        continue;
                assert_str(date, rows[i].date);
                assert_str(token, rows[i].token);
        }
}

static void fields_of_a_form(void **state)
{
        struct quiz_field *list;
        struct buf many;

        (void)state;
        assert_int_equal(
                quiz_fields(a, STR("q1=2&q2=a+b%21&x&=&q3=%zz%2"), &list), 4);
        assert_str(list[0].name, "q1");
        assert_str(list[0].value, "2");
        assert_str(list[1].value, "a b!");
        assert_str(list[2].name, "");
        assert_str(list[3].value, "%zz%2");
        assert_int_equal(quiz_fields(a, STR(""), &list), 0);
        buf_init(&many, 8192);
        for (int i = 0; i < 500; i++)
                buf_puts(&many, "a=b&");
        assert_int_equal(quiz_fields(a, buf_str(&many), &list), QUIZ_FIELDS);
        buf_done(&many);
}

static void forms_have_a_rate(void **state)
{
        struct quiz_rate r = { 0 };
        int taken = 0;

        (void)state;
        for (int i = 0; i < 1000; i++)
                taken += quiz_rate_take(&r, 5000);
        assert_int_equal(taken, QUIZ_BURST);
        assert_false(quiz_rate_take(&r, 5000 + 1000 / QUIZ_A_SECOND - 5));
        assert_true(quiz_rate_take(&r, 5000 + 1000 / QUIZ_A_SECOND + 5));
        for (int i = taken = 0; i < 1000; i++)
                taken += quiz_rate_take(&r, 9000000);
        assert_int_equal(taken, QUIZ_BURST);
}

static void bodies_have_a_size(void **state)
{
        struct quiz_post *p = quiz_post_new();

        (void)state;
        assert_str(quiz_post_body(p), "");
        quiz_post_add(p, STR("q1="));
        quiz_post_add(p, STR("2"));
        assert_str(quiz_post_body(p), "q1=2");
        for (int i = 0; i < QUIZ_BODY_B; i++)
                quiz_post_add(p, STR("x"));
        assert_null(quiz_post_body(p).p);
        quiz_post_free(p);
        quiz_post_free(NULL);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
UNIT_MAIN(T(paths_stay_inside), T(long_paths_are_refused), T(files_have_types),
          T(etags_are_compared), T(gzip_is_asked_for), T(times_are_compared),
          T(addresses_to_listen_on), T(faults_are_seen),
          T(weekends_may_be_quiet), T(doors_of_the_quiz), T(fields_of_a_form),
          T(forms_have_a_rate), T(bodies_have_a_size))

#include "unit.h"

#include "base/time.h"
#include "conf/conf.h"
#include "store/websub.h"
#include "wire/fetch.h"
#include "wire/link.h"
#include "wire/websub.h"

#define NOW 1772776800 /* 2026-03-06T06:00:00Z */

static void test_links(void **state)
{
        static const struct {
                const char *value, *hub, *self;
        } rows[] = {
                { "<https://hub.example/>; rel=\"hub\"", "https://hub.example/",
                  NULL },
                { "<https://hub.example/>; rel=hub, </feed>;rel=self",
                  "https://hub.example/", "https://gazette.example/feed" },
                { "</feed>; title=\"a, b; <c>\"; rel=\"self hub\"",
                  "https://gazette.example/feed",
                  "https://gazette.example/feed" },
                { "<https://a.example/>; rel=\"alternate\"", NULL, NULL },
                { "<https://a.example/>; rel=\"hubs\"", NULL, NULL },
                { "<https://one.example/>; rel=hub, "
                  "<https://two.example/>; rel=hub",
                  "https://one.example/", NULL },
                { "", NULL, NULL },
                { "<", NULL, NULL },
                { "<https://a.example/", NULL, NULL },
                { "rel=hub", NULL, NULL },
                { "<>; rel=hub", NULL, NULL },
                { "<https://a.example/>; rel=\"hub", NULL, NULL },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct arena *a = arena_new(1 << 20);
                struct fetch_answer w = { 0 };

                link_read(a, str_c(rows[i].value),
                          STR("https://gazette.example/rss"), &w);
                if (!str_eq(w.hub, str_c(rows[i].hub)) ||
                    !str_eq(w.self, str_c(rows[i].self)))
                        fail_msg("row %zu: " STR_FMT " " STR_FMT, i,
                                 STR_ARG(w.hub), STR_ARG(w.self));
                arena_free(a);
        }
}

static bool fits(const char *header, const char *secret, const char *body)
{
        struct websub_sign *s = websub_sign_new(str_c(header), str_c(secret));
        bool ret;

        if (!s)
                return false;
        /* as it comes in: byte by byte */
        for (const char *p = body; *p; p++)
                websub_sign_add(s, (struct str) { p, 1 });
        ret = websub_sign_fits(s);
        websub_sign_free(s);
        return ret;
}

/* The sums are openssl's: printf %s "$body" | openssl dgst -sha1 -hmac key */
static void test_signatures(void **state)
{
        static const char body[] = "The quick brown fox jumps over the lazy "
                                   "dog";
        static const struct {
                const char *header;
                bool want;
        } rows[] = {
                { "sha1=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9", true },
                { "SHA1=DE7C9B85B8B78AA6BC8A7A36F70A90701C9DB4D9", true },
                { "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479"
                  "dbc2d1a3cd8",
                  true },
                { "sha384=d7f4727e2c0b39ae0f1e40cc96f60242d5b7801841cea6fc592c5"
                  "d3e1ae50700582a96cf35e1e554995fe4e03381c237",
                  true },
                { "sha512=b42af09057bac1e2d41708e48a902e09b5ff7f12ab428a4fe8665"
                  "3c73dd248fb82f948a549f7b791a5b41915ee4d1ec3935357e4e2317250"
                  "d0372afa2ebeeb3a",
                  true },
                { "sha1=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d8", false },
                { "sha1=de7c9b85", false },
                { "sha1=", false },
                { "sha256=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9", false },
                { "md5=80070713463e7749b90c2dc24911e275", false },
                { "de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9", false },
                { "=", false },
                { "", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (fits(rows[i].header, "key", body) != rows[i].want)
                        fail_msg("row %zu", i);
        assert_false(fits(rows[0].header, "other", body));
        assert_false(fits(rows[0].header, "key", "another body"));
        assert_null(websub_sign_new(STR_NULL, STR("key")));
}

static struct websub_row asked(void)
{
        return (struct websub_row) {
                .feed_id = 1,
                .hub = STR("https://hub.example/"),
                .topic = STR("https://gazette.example/feed?a=1&b=2"),
                .token = STR("t0ken"),
                .secret = STR("s3cret"),
                .state = STR("asked"),
                .lease_until_at = TIME_NONE,
                .failures = 2,
        };
}

static void test_verification(void **state)
{
        static const struct {
                const char *mode, *topic, *state;
                int64_t lease_s;
                enum websub_word want;
                int64_t lasts_s;
        } rows[] = {
                { "subscribe", NULL, "asked", 3600, WEBSUB_YES, 3600 },
                { "subscribe", NULL, "wanted", 3600, WEBSUB_YES, 3600 },
                { "subscribe", NULL, "active", 3600, WEBSUB_YES, 3600 },
                { "subscribe", NULL, "asked", 0, WEBSUB_YES, 10 * TIME_DAY_S },
                { "subscribe", NULL, "asked", 1, WEBSUB_YES, 300 },
                { "subscribe", NULL, "asked", 999999999, WEBSUB_YES,
                  90 * TIME_DAY_S },
                { "subscribe", NULL, "refused", 3600, WEBSUB_NO, 0 },
                { "subscribe", "https://other.example/", "asked", 3600,
                  WEBSUB_NO, 0 },
                { "unsubscribe", NULL, "active", 0, WEBSUB_NO, 0 },
                { "subscribe", NULL, "leaving", 3600, WEBSUB_NO, 0 },
                { "unsubscribe", "https://other.example/", "leaving", 0,
                  WEBSUB_NO, 0 },
                { "publish", NULL, "asked", 0, WEBSUB_NO, 0 },
                { "", NULL, "leaving", 0, WEBSUB_NO, 0 },
        };
        struct arena *a = arena_new(1 << 20);

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct websub_row row = asked();
                struct websub_query q = { .mode = str_c(rows[i].mode),
                                          .topic =
                                                  rows[i].topic
                                                          ? str_c(rows[i].topic)
                                                          : row.topic,
                                          .lease_s = rows[i].lease_s };

                row.state = str_c(rows[i].state);
                if (websub_verify(a, &row, &q, NOW) != rows[i].want)
                        fail_msg("row %zu", i);
                if (rows[i].want == WEBSUB_NO) {
                        assert_str(row.state, rows[i].state);
                        continue;
                }
                assert_str(row.state, "active");
                assert_int_equal(row.lease_until_at, NOW + rows[i].lasts_s);
                assert_in_range(row.due_at, NOW, row.lease_until_at - 1);
                assert_int_equal(row.failures, 0);
        }

        struct websub_row row = asked();
        struct websub_query q = { .mode = STR("denied"),
                                  .topic = row.topic,
                                  .reason = STR("not here") };

        assert_int_equal(websub_verify(a, &row, &q, NOW), WEBSUB_NOTED);
        assert_str(row.state, "refused");
        assert_true(row.lease_until_at == TIME_NONE);
        assert_str(row.outcome, "the hub refused: not here");
        row.state = STR("leaving");
        assert_int_equal(websub_verify(a, &row, &q, NOW), WEBSUB_NOTED);
        assert_str(row.state, "left");
        row.state = STR("leaving");
        q.mode = STR("unsubscribe");
        assert_int_equal(websub_verify(a, &row, &q, NOW), WEBSUB_YES);
        assert_str(row.state, "left");
        arena_free(a);
}

static void test_form(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct websub_row row = asked();

        (void)state;
        assert_str(websub_form(a, &row, STR("https://news.example/")),
                   "hub.mode=subscribe&hub.topic=https%3A%2F%2Fgazette.example"
                   "%2Ffeed%3Fa%3D1%26b%3D2&hub.callback=https%3A%2F%2F"
                   "news.example%2Fwebsub%2Ft0ken&hub.secret=s3cret"
                   "&hub.lease_seconds=864000");
        row.state = STR("leaving");
        assert_str(
                websub_form(a, &row, STR("https://news.example/")),
                "hub.mode=unsubscribe&hub.topic=https%3A%2F%2Fgazette.example"
                "%2Ffeed%3Fa%3D1%26b%3D2&hub.callback=https%3A%2F%2F"
                "news.example%2Fwebsub%2Ft0ken");
        arena_free(a);
}

static void test_tokens(void **state)
{
        static const struct {
                const char *in;
                bool want;
        } rows[] = {
                { "0123456789abcdef0123456789abcdef", true },
                { "0123456789abcdef0123456789abcde", false },
                { "0123456789abcdef0123456789abcdef0", false },
                { "0123456789ABCDEF0123456789ABCDEF", false },
                { "0123456789abcdef0123456789abcde/", false },
                { "", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (websub_is_token(str_c(rows[i].in)) != rows[i].want)
                        fail_msg("row %zu", i);
        assert_false(websub_is_token(STR_NULL));
}

static void test_when_it_is_on(void **state)
{
        static const struct {
                const char *setting, *url;
                bool want;
        } rows[] = {
                { "auto", "https://news.example.org/", true },
                { "auto", "http://news.example.org/", false },
                { "auto", "https://localhost/", false },
                { "auto", "https://127.0.0.1/", false },
                { "auto", "http://127.0.0.1:8025/", false },
                { "yes", "http://127.0.0.1:8025/", true },
                { "no", "https://news.example.org/", false },
                { "", "https://news.example.org/", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct conf conf = { .wire_websub = str_c(rows[i].setting),
                                     .press_url = str_c(rows[i].url) };

                if (websub_is_on(&conf) != rows[i].want)
                        fail_msg("row %zu", i);
        }
}

UNIT_MAIN(cmocka_unit_test(test_links), cmocka_unit_test(test_signatures),
          cmocka_unit_test(test_verification), cmocka_unit_test(test_form),
          cmocka_unit_test(test_tokens), cmocka_unit_test(test_when_it_is_on))

#include "unit.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include "conf/conf.h"
#include "wire/guard.h"

static struct guard guard_of(struct arena *a, const char *allow)
{
        struct str entry = str_c(allow);
        struct conf_list list = { &entry, allow ? 1 : 0 };
        struct guard g;
        struct err err;

        assert_ok(guard_init(a, &g, &list, &err), err);
        return g;
}

static bool may_reach(const struct guard *g, const char *address)
{
        struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
        struct sockaddr_in v4 = { .sin_family = AF_INET };
        const char *why;

        if (inet_pton(AF_INET, address, &v4.sin_addr) == 1)
                return guard_may_reach(g, (const void *)&v4, &why);
        assert_int_equal(inet_pton(AF_INET6, address, &v6.sin6_addr), 1);
        return guard_may_reach(g, (const void *)&v6, &why);
}

static void test_addresses(void **state)
{
        static const char *const open[] = {
                "1.1.1.1",        "11.0.0.1",       "100.63.255.255",
                "100.128.0.1",    "172.15.255.255", "172.32.0.1",
                "192.167.1.1",    "223.255.255.1",  "169.253.1.1",
                "2606:4700::111", "2a00::1",        "::ffff:8.8.8.8",
        };
        static const char *const shut[] = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.1.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.1",
                "224.0.0.1",
                "239.1.1.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.1.1.1",
                "::ffff:169.254.169.254",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::1",
                "2001::1",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
        };
        struct arena *a = arena_new(1 << 20);
        struct guard g = guard_of(a, NULL);

        (void)state;
        for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
                if (!may_reach(&g, open[i]))
                        fail_msg("%s is shut", open[i]);
        for (size_t i = 0; i < sizeof(shut) / sizeof(shut[0]); i++)
                if (may_reach(&g, shut[i]))
                        fail_msg("%s is open", shut[i]);
        arena_free(a);
}

static void test_allowed(void **state)
{
        static const struct {
                const char *allow, *address;
                bool want;
        } rows[] = {
                { "127.0.0.1", "127.0.0.1", true },
                { "127.0.0.1", "127.0.0.2", false },
                { "127.0.0.1", "::ffff:127.0.0.1", true },
                { "127.0.0.1", "::1", false },
                { "127.0.0.1", "10.0.0.1", false },
                { "127.0.0.1", "169.254.169.254", false },
                { "10.1.0.0/16", "10.1.255.3", true },
                { "10.1.0.0/16", "10.2.0.1", false },
                { "10.1.0.0/12", "10.15.0.1", true },
                { "10.1.0.0/12", "10.16.0.1", false },
                { "::1", "::1", true },
                { "fd00::/8", "fd12::1", true },
                { "fd00::/8", "fc12::1", false },
                { "0.0.0.0/0", "192.168.0.1", true },
                { "0.0.0.0/0", "fd00::1", false },
                { "::/0", "192.168.0.1", true },
        };
        struct arena *a = arena_new(1 << 20);

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct guard g = guard_of(a, rows[i].allow);

                if (may_reach(&g, rows[i].address) != rows[i].want)
                        fail_msg("%s with %s", rows[i].address, rows[i].allow);
        }
        arena_free(a);
}

static void test_wrong_entries(void **state)
{
        static const char *const rows[] = {
                "localhost",
                "10.0.0",
                "10.0.0.0/33",
                "10.0.0.0/",
                "fd00::/129",
                "10.0.0.0/-1",
                "/8",
                "1.2.3.4.5",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        };
        struct arena *a = arena_new(1 << 20);

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct str entry = str_c(rows[i]);
                struct conf_list list = { &entry, 1 };
                struct guard g;
                struct err err;

                assert_int_equal(guard_init(a, &g, &list, &err), ERR_INPUT);
                assert_non_null(strstr(err.msg, rows[i]));
        }
        arena_free(a);
}

static void test_urls(void **state)
{
        static const struct {
                const char *url;
                int want;
        } rows[] = {
                { "http://harbour-gazette.example/feed.xml", 0 },
                { "HTTPS://harbour-gazette.example", 0 },
                { "http://127.0.0.1:9/x", 0 }, /* allowed below */
                { "http://localhost/", 0 },
                { "http://8.8.8.8/", 0 },
                { "http://127.0.0.2/", ERR_DENIED },
                { "http://169.254.169.254/latest", ERR_DENIED },
                { "http://2852039166/", ERR_DENIED },
                { "http://0xa9fea9fe/", ERR_DENIED },
                { "http://0251.0376.0251.0376/", ERR_DENIED },
                { "http://169.16689662/", ERR_DENIED },
                { "http://[fd00::1]/feed.xml", ERR_DENIED },
                { "http://[::ffff:10.0.0.1]/", ERR_DENIED },
                { "http://10.0.0.1./", ERR_DENIED },
                { "http://u:p@10.0.0.1/", ERR_DENIED },
                { "http://harbour-gazette.example@10.0.0.1/", ERR_DENIED },
                { "file:///etc/passwd", ERR_DENIED },
                { "gopher://127.0.0.1:25/_HELO", ERR_DENIED },
                { "ftp://harbour-gazette.example/", ERR_DENIED },
                { "javascript:alert(1)", ERR_DENIED },
                { "/feed.xml", ERR_DENIED },
                { "", ERR_DENIED },
                { "http://", ERR_DENIED },
        };
        struct arena *a = arena_new(1 << 20);
        struct guard g = guard_of(a, "127.0.0.1");

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct err err = { 0 };
                int rc = guard_check_url(&g, str_c(rows[i].url), &err);

                if (rc != rows[i].want)
                        fail_msg("%s: %d %s", rows[i].url, rc, err.msg);
        }

        struct guard none = guard_of(a, NULL);
        struct err err;

        assert_int_equal(
                guard_check_url(&none, STR("http://LocalHost./"), &err),
                ERR_DENIED);
        assert_int_equal(
                guard_check_url(&none, STR("http://a.localhost/"), &err),
                ERR_DENIED);
        assert_int_equal(guard_check_url(&g, STR_NULL, &err), ERR_DENIED);
        arena_free(a);
}

static void test_own(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct guard g = guard_of(a, "127.0.0.1");

        (void)state;
        assert_true(guard_is_own(&g, STR("127.0.0.1")));
        assert_true(guard_is_own(&g, STR("localhost")));
        assert_false(guard_is_own(&g, STR("127.0.0.2")));
        assert_false(guard_is_own(&g, STR("harbour-gazette.example")));
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(test_addresses), cmocka_unit_test(test_allowed),
          cmocka_unit_test(test_wrong_entries), cmocka_unit_test(test_urls),
          cmocka_unit_test(test_own))

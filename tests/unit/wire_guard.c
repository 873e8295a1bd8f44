#include "unit.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include "conf/conf.h"
#include "wire/guard.h"
#include "wire/host.h"

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
                { "http://0x0a.0.0.1/", ERR_DENIED },
                { "http://%31%30.0.0.1/", ERR_DENIED },
                { "http://10.0.0.1%00.gazette.example/", ERR_DENIED },
                { "http://10.1/", ERR_DENIED },
                { "http://0xa000001/", ERR_DENIED },
                { "http://012.0.0.1/", ERR_DENIED },
                { "http://0/", ERR_DENIED },
                { "http://0.0.0.0/", ERR_DENIED },
                { "http://[::]/", ERR_DENIED },
                { "http://[::1]/", ERR_DENIED },
                { "http://[::ffff:a00:1]/", ERR_DENIED },
                { "http://[0:0:0:0:0:ffff:10.0.0.1]/", ERR_DENIED },
                { "http://[::10.0.0.1]/", ERR_DENIED },
                { "http://[2002:a00:1::]/", ERR_DENIED },
                { "http://[2001:0:a00:1::]/", ERR_DENIED },
                { "http://[64:ff9b::a00:1]/", ERR_DENIED },
                { "http://[fe80::1%25eth0]/", ERR_DENIED },
                { "http://harbour-gazette.example:pass@10.0.0.1:80/",
                  ERR_DENIED },
                { "http://8.8.8.8@10.0.0.1/", ERR_DENIED },
                { "http://user@8.8.8.8/", 0 },
                { "http://169.254.169.254:80/", ERR_DENIED },
                { "http://169.254.169.254%2f@8.8.8.8/", 0 },
                { "http://8.8.8.8#@10.0.0.1/", 0 },
                { "http://8.8.8.8?@10.0.0.1/", 0 },
                { "http://10.0.0.1#@8.8.8.8/", ERR_DENIED },
                { "http://10.0.0.1\\@8.8.8.8/", ERR_DENIED },
                /* digits in circles: a name as far as we can see; its address
                 * is judged when it is connected to */
                { "http://\xe2\x91\xa0\xe2\x93\xaa.0.0.1/", 0 },
                { "http://10.0.0.1\x0d\x0aHost: x/", ERR_DENIED },
                { "dict://10.0.0.1:11211/", ERR_DENIED },
                { "data:text/xml,<rss/>", ERR_DENIED },
                { "http:10.0.0.1", ERR_DENIED },
                { "http:/10.0.0.1/", ERR_DENIED },
                { "http:////10.0.0.1/", ERR_DENIED },
                { "https://localhost.localdomain.localhost./x", 0 },
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

/* The special-purpose registries of IPv4 and IPv6, and what is not given out:
 * each range at its first and its last address. */
static const struct {
        const char *net, *name, *first, *last;
} registry[] = {
        { "0.0.0.0/8", "this network", "0.0.0.0", "0.255.255.255" },
        { "0.0.0.0/32", "this host", "0.0.0.0", "0.0.0.0" },
        { "10.0.0.0/8", "private", "10.0.0.0", "10.255.255.255" },
        { "100.64.0.0/10", "shared", "100.64.0.0", "100.127.255.255" },
        { "127.0.0.0/8", "loopback", "127.0.0.0", "127.255.255.255" },
        { "169.254.0.0/16", "link local", "169.254.0.0", "169.254.255.255" },
        { "172.16.0.0/12", "private", "172.16.0.0", "172.31.255.255" },
        { "192.0.0.0/24", "IETF protocol assignments", "192.0.0.0",
          "192.0.0.255" },
        { "192.0.0.0/29", "IPv4 service continuity", "192.0.0.0", "192.0.0.7" },
        { "192.0.0.8/32", "dummy", "192.0.0.8", "192.0.0.8" },
        { "192.0.0.9/32", "PCP anycast", "192.0.0.9", "192.0.0.9" },
        { "192.0.0.10/32", "TURN anycast", "192.0.0.10", "192.0.0.10" },
        { "192.0.0.170/32", "NAT64 discovery", "192.0.0.170", "192.0.0.170" },
        { "192.0.0.171/32", "NAT64 discovery", "192.0.0.171", "192.0.0.171" },
        { "192.0.2.0/24", "TEST-NET-1", "192.0.2.0", "192.0.2.255" },
        { "192.31.196.0/24", "AS112", "192.31.196.0", "192.31.196.255" },
        { "192.52.193.0/24", "AMT", "192.52.193.0", "192.52.193.255" },
        { "192.88.99.0/24", "6to4 relay", "192.88.99.0", "192.88.99.255" },
        { "192.168.0.0/16", "private", "192.168.0.0", "192.168.255.255" },
        { "192.175.48.0/24", "AS112", "192.175.48.0", "192.175.48.255" },
        { "198.18.0.0/15", "benchmarking", "198.18.0.0", "198.19.255.255" },
        { "198.51.100.0/24", "TEST-NET-2", "198.51.100.0", "198.51.100.255" },
        { "203.0.113.0/24", "TEST-NET-3", "203.0.113.0", "203.0.113.255" },
        { "240.0.0.0/4", "reserved", "240.0.0.0", "255.255.255.255" },
        { "255.255.255.255/32", "broadcast", "255.255.255.255",
          "255.255.255.255" },
        { "224.0.0.0/4", "multicast", "224.0.0.0", "239.255.255.255" },
        { "::1/128", "loopback", "::1", "::1" },
        { "::/128", "unspecified", "::", "::" },
        { "64:ff9b:1::/48", "local NAT64",
          "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff" },
        { "100::/64", "discard", "100::", "100::ffff:ffff:ffff:ffff" },
        { "100:0:0:1::/64", "dummy",
          "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff" },
        { "2001::/23", "IETF protocol assignments",
          "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2001::/32", "Teredo",
          "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2001:1::1/128", "PCP anycast", "2001:1::1", "2001:1::1" },
        { "2001:1::2/128", "TURN anycast", "2001:1::2", "2001:1::2" },
        { "2001:1::3/128", "DNS-SD", "2001:1::3", "2001:1::3" },
        { "2001:2::/48", "benchmarking",
          "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff" },
        { "2001:3::/32", "AMT",
          "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2001:4:112::/48", "AS112",
          "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff" },
        { "2001:10::/28", "ORCHID",
          "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2001:20::/28", "ORCHIDv2",
          "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2001:30::/28", "drones",
          "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2001:db8::/32", "documentation",
          "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2002::/16", "6to4",
          "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2620:4f:8000::/48", "AS112",
          "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff" },
        { "3fff::/20", "documentation",
          "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "5f00::/16", "segment routing",
          "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "fc00::/7", "unique local",
          "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "fe80::/10", "link local",
          "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "fec0::/10", "site local",
          "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "ff00::/8", "multicast",
          "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "::/96", "IPv4-compatible", "::", "::ffff:ffff" },
        { "4000::/3", "not given out",
          "4000::", "5fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "e000::/4", "not given out",
          "e000::", "efff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
};

static void test_registries(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct guard g = guard_of(a, NULL);

        (void)state;
        for (size_t i = 0; i < sizeof(registry) / sizeof(registry[0]); i++) {
                const char *ends[] = { registry[i].first, registry[i].last };

                for (int k = 0; k < 2; k++) {
                        struct str s = str_c(ends[k]);

                        if (may_reach(&g, ends[k]))
                                fail_msg("%s (%s): %s is open", registry[i].net,
                                         registry[i].name, ends[k]);
                        if (str_chr(s, ':', 0) != STR_NONE)
                                continue;
                        /* the same in an address of IPv6, and behind NAT64 */
                        if (may_reach(
                                    &g,
                                    arena_printf(a, "::ffff:%s", ends[k]).p) ||
                            may_reach(
                                    &g,
                                    arena_printf(a, "64:ff9b::%s", ends[k]).p))
                                fail_msg("%s, wrapped, is open", ends[k]);
                }
        }
        arena_free(a);
}

/* Right beside the ranges lies the internet. */
static void test_beside_the_registries(void **state)
{
        static const char *const open[] = {
                "1.0.0.0",          "9.255.255.255",   "11.0.0.0",
                "100.63.255.255",   "100.128.0.0",     "126.255.255.255",
                "128.0.0.0",        "169.253.255.255", "169.255.0.0",
                "172.15.255.255",   "172.32.0.0",      "191.255.255.255",
                "192.0.1.0",        "192.0.3.0",       "192.31.195.255",
                "192.31.197.0",     "192.52.192.255",  "192.52.194.0",
                "192.88.98.255",    "192.88.100.0",    "192.167.255.255",
                "192.169.0.0",      "192.175.47.255",  "192.175.49.0",
                "198.17.255.255",   "198.20.0.0",      "198.51.99.255",
                "198.51.101.0",     "203.0.112.255",   "203.0.114.0",
                "223.255.255.255",  "2001:200::1",     "2001:4860::8888",
                "2001:db7:ffff::1", "2001:db9::1",     "2003::1",
                "2620:4e:ffff::1",  "2620:4f:8001::1", "3ffe::1",
                "64:ff9b::8.8.8.8",
        };
        struct arena *a = arena_new(1 << 20);
        struct guard g = guard_of(a, NULL);

        (void)state;
        for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
                if (!may_reach(&g, open[i]))
                        fail_msg("%s is shut", open[i]);
        arena_free(a);
}

/* What the resolver will be asked for, and what the guard says of that. */
static void test_names_in_other_letters(void **state)
{
        static const struct {
                const char *url, *ascii;
                int want;
        } rows[] = {
                { "http://gazette.example/a?b=\xc3\xbc", NULL, 0 },
                { "http://b\xc3\xbc"
                  "cher.example:8080/a",
                  "http://xn--bcher-kva.example:8080/a", 0 },
                { "https://u@B\xc3\x9c"
                  "CHER.example",
                  "https://u@xn--bcher-kva.example", 0 },
                { "http://xn--bcher-kva.example/", NULL, 0 },
                /* digits in circles, ideographic and fullwidth stops, soft
                 * hyphens: addresses */
                { "http://\xe2\x91\xa0\xe2\x93\xaa.0.0.1/x",
                  "http://10.0.0.1/x", ERR_DENIED },
                { "http://10\xe3\x80\x82"
                  "0\xef\xbc\x8e"
                  "0.1/",
                  "http://10.0.0.1/", ERR_DENIED },
                { "http://1\xc2\xad"
                  "0.0.0.1/",
                  "http://10.0.0.1/", ERR_DENIED },
                { "http://localh\xef\xbd\x8f"
                  "st/",
                  "http://localhost/", ERR_DENIED },
                /* what hides a slash is no name */
                { "http://gazette.example\xef\xbc\x8f.10.0.0.1/", NULL, 0 },
                { "http://\xff\xfe/", NULL, 0 },
                { "", NULL, ERR_DENIED },
        };
        struct arena *a = arena_new(1 << 20);
        struct guard g = guard_of(a, NULL);

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct str got = host_ascii(a, str_c(rows[i].url));
                struct err err = { 0 };

                assert_str(got, rows[i].ascii ? rows[i].ascii : rows[i].url);
                if (guard_check_url(&g, got, &err) != rows[i].want)
                        fail_msg("%s: %s", rows[i].url, err.msg);
        }
        arena_free(a);
}

static void test_ports(void **state)
{
        static const struct {
                const char *url;
                int want;
        } rows[] = {
                { "http://gazette.example:80/", 0 },
                { "http://gazette.example:443/", 0 },
                { "https://gazette.example:8443/", 0 },
                { "http://gazette.example:1024/", 0 },
                { "http://gazette.example:65535/", 0 },
                { "http://gazette.example:/", 0 },
                { "http://gazette.example:22/", ERR_DENIED },
                { "http://gazette.example:25/", ERR_DENIED },
                { "http://gazette.example:0/", ERR_DENIED },
                { "http://gazette.example:1023/", ERR_DENIED },
                { "http://gazette.example:6000/", ERR_DENIED },
                { "http://gazette.example:6667/", ERR_DENIED },
                { "http://gazette.example:65536/", ERR_DENIED },
                { "http://gazette.example:-1/", ERR_DENIED },
                { "http://gazette.example:8080x/", ERR_DENIED },
                { "http://127.0.0.1:25/", 0 }, /* the owner's own */
                { "http://localhost:22/", 0 },
        };
        struct arena *a = arena_new(1 << 20);
        struct guard g = guard_of(a, "127.0.0.1");

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct err err = { 0 };

                if (guard_check_url(&g, str_c(rows[i].url), &err) !=
                    rows[i].want)
                        fail_msg("%s: %s", rows[i].url, err.msg);
        }
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
          cmocka_unit_test(test_own), cmocka_unit_test(test_registries),
          cmocka_unit_test(test_beside_the_registries),
          cmocka_unit_test(test_ports),
          cmocka_unit_test(test_names_in_other_letters))

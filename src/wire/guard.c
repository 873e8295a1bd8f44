#include "wire/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/url.h"
#include "conf/conf.h"

#define V4_BITS 96 /* before an IPv4 address in ::ffff:0:0/96 */
#define V4(a, b, c, d)                                                         \
        {                                                                      \
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d           \
        }
#define V6(a, b, c, d)                                                         \
        {                                                                      \
                a, b, c, d                                                     \
        }

struct closed {
        struct guard_net net;
        const char *what;
};

/* Special-purpose addresses (RFC 6890 and the two registries that go on from
 * it), those of multicast, and the tunnels': nobody's feed. */
static const struct closed closed[] = {
        { { V4(0, 0, 0, 0), V4_BITS + 8 }, "this host" },
        { { V4(10, 0, 0, 0), V4_BITS + 8 }, "a private address" },
        { { V4(100, 64, 0, 0), V4_BITS + 10 }, "a carrier's inner address" },
        { { V4(127, 0, 0, 0), V4_BITS + 8 }, "this machine" },
        { { V4(169, 254, 0, 0), V4_BITS + 16 }, "a link-local address" },
        { { V4(172, 16, 0, 0), V4_BITS + 12 }, "a private address" },
        { { V4(192, 0, 0, 0), V4_BITS + 24 }, "a reserved address" },
        { { V4(192, 0, 2, 0), V4_BITS + 24 }, "an address for examples" },
        { { V4(192, 31, 196, 0), V4_BITS + 24 }, "a name server's address" },
        { { V4(192, 52, 193, 0), V4_BITS + 24 }, "a relay's address" },
        { { V4(192, 88, 99, 0), V4_BITS + 24 }, "a relay's address" },
        { { V4(192, 168, 0, 0), V4_BITS + 16 }, "a private address" },
        { { V4(192, 175, 48, 0), V4_BITS + 24 }, "a name server's address" },
        { { V4(198, 18, 0, 0), V4_BITS + 15 }, "an address for tests" },
        { { V4(198, 51, 100, 0), V4_BITS + 24 }, "an address for examples" },
        { { V4(203, 0, 113, 0), V4_BITS + 24 }, "an address for examples" },
        { { V4(224, 0, 0, 0), V4_BITS + 4 }, "a multicast address" },
        { { V4(240, 0, 0, 0), V4_BITS + 4 }, "a reserved address" },
        { { { 0 }, 128 }, "this host" },
        { { { [15] = 1 }, 128 }, "this machine" },
        { { V6(0x00, 0x64, 0xff, 0x9b), 32 }, "an address behind NAT64" },
        { { V6(0x01, 0x00, 0, 0), 8 }, "an address that discards" },
        { { V6(0x20, 0x01, 0, 0), 32 }, "a tunnel's address" }, /* Teredo */
        { { V6(0x20, 0x01, 0, 0), 23 }, "a reserved address" },
        { { V6(0x20, 0x01, 0x0d, 0xb8), 32 }, "an address for examples" },
        { { V6(0x20, 0x02, 0, 0), 16 }, "a tunnel's address" }, /* 6to4 */
        { { { 0x26, 0x20, 0, 0x4f, 0x80, 0 }, 48 }, "a name server's address" },
        { { V6(0x3f, 0xff, 0, 0), 20 }, "an address for examples" },
        { { V6(0x5f, 0, 0, 0), 16 }, "a router's inner address" },
        { { V6(0xfc, 0, 0, 0), 7 }, "a private address" },
        { { V6(0xfe, 0x80, 0, 0), 10 }, "a link-local address" },
        { { V6(0xfe, 0xc0, 0, 0), 10 }, "a private address" },
        { { V6(0xff, 0, 0, 0), 8 }, "a multicast address" },
};

/* 64:ff9b::/96, where a network without IPv4 sees the IPv4 internet. */
static const struct guard_net nat64 = { V6(0x00, 0x64, 0xff, 0x9b), 96 };
/* All of IPv6 that is given out (RFC 4291, 2.4). */
static const struct guard_net global = { V6(0x20, 0, 0, 0), 3 };

static bool net_has(const struct guard_net *net, const uint8_t address[16])
{
        int whole = net->bits / 8, rest = net->bits % 8;

        if (memcmp(net->address, address, (size_t)whole) != 0)
                return false;
        return !rest ||
               ((net->address[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

static const uint8_t mapped[16] = V4(0, 0, 0, 0);

static bool is_mapped(const uint8_t address[16])
{
        return memcmp(address, mapped, V4_BITS / 8) == 0;
}

static void map_v4(const struct in_addr *v4, uint8_t ret[16])
{
        memcpy(ret, mapped, V4_BITS / 8);
        memcpy(ret + V4_BITS / 8, v4, sizeof(*v4));
}

static bool is_allowed(const struct guard *g, const uint8_t address[16])
{
        for (size_t i = 0; i < g->n; i++)
                if (net_has(&g->allowed[i], address))
                        return true;
        return false;
}

/* Behind NAT64 lies the IPv4 address at its end: that one counts. */
static void unwrap(const uint8_t address[16], uint8_t ret[16])
{
        memcpy(ret, address, 16);
        if (net_has(&nat64, address))
                memcpy(ret, mapped, V4_BITS / 8);
}

static bool may_reach(const struct guard *g, const uint8_t asked[16],
                      const char **ret_why)
{
        uint8_t address[16];

        unwrap(asked, address);
        if (is_allowed(g, asked))
                return true;
        for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
                if (net_has(&closed[i].net, address)) {
                        *ret_why = closed[i].what;
                        return false;
                }
        }
        if (is_mapped(address) || net_has(&global, address))
                return true;
        *ret_why = "a reserved address";
        return false;
}

/* "127.0.0.1" or "fd00::1", in the one form. */
static bool parse_address(struct str s, uint8_t ret[16])
{
        char text[INET6_ADDRSTRLEN + 2];
        struct in_addr v4;

        if (s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']')
                s = str_sub(s, 1, s.n - 2);
        if (str_chr(s, ':', 0) != STR_NONE)
                s = str_sub(s, 0, str_chr(s, '%', 0)); /* fe80::1%eth0 */
        if (s.n == 0 || s.n >= sizeof(text))
                return false;
        memcpy(text, s.p, s.n);
        text[s.n] = 0;
        if (inet_pton(AF_INET6, text, ret) == 1)
                return true;
        if (inet_pton(AF_INET, text, &v4) != 1)
                return false;
        map_v4(&v4, ret);
        return true;
}

static int parse_net(struct str entry, struct guard_net *ret, struct err *err)
{
        size_t slash = str_chr(entry, '/', 0);
        struct str address = entry;
        uint64_t bits;

        if (slash != STR_NONE)
                address.n = slash;
        if (!parse_address(address, ret->address))
                goto wrong;
        ret->bits = 128;
        if (slash == STR_NONE)
                return 0;

        bool is_v4 =
                is_mapped(ret->address) && str_chr(address, ':', 0) == STR_NONE;

        if (scan_u64(str_sub(entry, slash + 1, entry.n), is_v4 ? 32 : 128,
                     &bits) < 0)
                goto wrong;
        ret->bits = (int)bits + (is_v4 ? V4_BITS : 0);
        return 0;
wrong:
        return err_set(
                err, ERR_INPUT,
                "wire.allow: \"" STR_FMT
                "\" is neither an address nor a network such as 10.1.0.0/16",
                STR_ARG(entry));
}

int guard_init(struct arena *a, struct guard *g, const struct conf_list *allow,
               struct err *err)
{
        struct guard_net *nets = arena_array(a, allow->n + 1, sizeof(*nets));
        size_t n = 0;

        for (size_t i = 0; i < allow->n; i++) {
                struct str entry = str_trim(allow->items[i]);

                if (!entry.n)
                        continue;
                int rc = parse_net(entry, &nets[n], err);
                if (rc < 0)
                        return rc;
                n++;
        }
        g->allowed = nets;
        g->n = n;
        return 0;
}

bool guard_may_reach(const struct guard *g, const struct sockaddr *sa,
                     const char **ret_why)
{
        uint8_t address[16];

        if (sa->sa_family == AF_INET) {
                const struct sockaddr_in *in = (const void *)sa;

                map_v4(&in->sin_addr, address);
        } else if (sa->sa_family == AF_INET6) {
                memcpy(address,
                       &((const struct sockaddr_in6 *)(const void *)sa)
                                ->sin6_addr,
                       16);
        } else {
                *ret_why = "not an address of the internet";
                return false;
        }
        return may_reach(g, address, ret_why);
}

/* localhost never leaves this machine, whatever a proxy makes of it. */
static bool is_local_name(struct str host)
{
        if (str_ends(host, STR(".")))
                host.n--;
        return str_eq_nocase(host, STR("localhost")) ||
               (host.n > 10 && str_eq_nocase(str_sub(host, host.n - 10, 10),
                                             STR(".localhost")));
}

/* Is it the owner's own, by name or address? */
static bool is_own(const struct guard *g, struct str host)
{
        uint8_t address[16];

        if (str_ends(host, STR("."))) /* the root's dot */
                host.n--;
        if (is_local_name(host))
                host = STR("127.0.0.1");
        return parse_address(host, address) && is_allowed(g, address);
}

static int check_host(const struct guard *g, const char *host, struct err *err)
{
        uint8_t address[16];
        const char *why;
        struct str name = str_c(host);

        if (str_ends(name, STR(".")))
                name.n--;
        if (is_local_name(name))
                name = STR("127.0.0.1");
        if (!parse_address(name, address) || may_reach(g, address, &why))
                return 0;
        return err_set(err, ERR_DENIED, "%s, %s", host, why);
}

/*
 * Web pages lie at ports 80 and 443, or at one that any user may open. A
 * request to another, or to one where some service waits that takes what we
 * send for orders, is somebody's trick (the list is the WHATWG's).
 */
static int check_port(const char *port, struct err *err)
{
        static const uint64_t other[] = {
                1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,  6000,
                6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
        };
        uint64_t n = 0;

        if (scan_u64(str_c(port), 65535, &n) < 0)
                return err_set(err, ERR_DENIED, "port %s, which is none", port);

        bool is_web = n == 80 || n == 443 || n >= 1024;

        for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++)
                is_web = is_web && n != other[i];
        if (is_web)
                return 0;
        return err_set(err, ERR_DENIED,
                       "port %llu, where no web page is expected",
                       (unsigned long long)n);
}

static size_t end_of_host(struct str url)
{
        size_t i = str_find(url, STR("://"), 0);

        for (i = i == STR_NONE ? 0 : i + 3; i < url.n; i++)
                if (url.p[i] == '/' || url.p[i] == '?' || url.p[i] == '#')
                        break;
        return i;
}

int guard_check_url(const struct guard *g, struct str url, struct err *err)
{
        char text[LIMIT_URL_B + 1];
        char *scheme = NULL, *host = NULL, *port = NULL;
        int rc;

        if (url.n > LIMIT_URL_B)
                return err_set(err, ERR_LIMIT, "an address of over %d bytes",
                               LIMIT_URL_B);
        memcpy(text, url.p ? url.p : "", url.n);
        text[url.n] = 0;

        struct str s = url_split(url).scheme;

        if (!str_eq_nocase(s, STR("http")) && !str_eq_nocase(s, STR("https")))
                return err_set(err, ERR_DENIED,
                               "%.100s, which is not http or https", text);

        /* curl's own reading of it, as it is curl that will connect. Others
         * read a backslash as a slash: what can be read in two ways is
         * refused. */
        size_t backslash = str_chr(url, '\\', 0);
        CURLU *u = curl_url();

        if (!u || (backslash != STR_NONE && backslash < end_of_host(url)) ||
            curl_url_set(u, CURLUPART_URL, text, 0) != CURLUE_OK ||
            curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
            curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
            curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) !=
                    CURLUE_OK)
                rc = err_set(err, ERR_DENIED, "%.100s, which is no address",
                             text);
        else
                rc = check_host(g, host, err);
        if (rc == 0 && !is_own(g, str_c(host)))
                rc = check_port(port, err);
        curl_free(port);
        curl_free(scheme);
        curl_free(host);
        curl_url_cleanup(u);
        return rc;
}

bool guard_is_own(const struct guard *g, struct str host)
{
        return is_own(g, host);
}

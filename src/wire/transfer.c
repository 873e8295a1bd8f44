#include "wire/transfer.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>

#include <openssl/x509_vfy.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "wire/guard.h"
#include "wire/lane.h"
#include "wire/link.h"

#define ARENA_B ((size_t)1024 * 1024)
#define HEADERS_B ((size_t)64 * 1024) /* of one answer */
#define UNREAD_B ((size_t)64 * 1024)  /* of a body that nobody wants */
#define CONNECT_MS 10000L
#define SLOW_B 64L /* slower than this a second ... */
#define SLOW_S 15L /* ... for so long is given up */

/* --- what curl calls ---------------------------------------------------- */

static void say_refused(struct transfer *t, const struct sockaddr *sa,
                        const char *why)
{
        char text[INET6_ADDRSTRLEN] = "?";

        if (sa->sa_family == AF_INET)
                inet_ntop(AF_INET,
                          &((const struct sockaddr_in *)(const void *)sa)
                                   ->sin_addr,
                          text, sizeof(text));
        else if (sa->sa_family == AF_INET6)
                inet_ntop(AF_INET6,
                          &((const struct sockaddr_in6 *)(const void *)sa)
                                   ->sin6_addr,
                          text, sizeof(text));
        err_set(&t->refused, ERR_DENIED, "refused: %s" STR_FMT "%s at %s, %s",
                t->errand->hops ? "redirects to " : "",
                STR_ARG(url_host(t->a, t->errand->r.url)),
                t->errand->hops ? "," : " is", text, why);
}

/* The one place where a connection begins: DNS is behind us. */
static curl_socket_t on_open(void *data, curlsocktype purpose,
                             struct curl_sockaddr *address)
{
        struct transfer *t = data;
        const char *why;

        (void)purpose;
        /* With a proxy every connection is to the owner's proxy. */
        if (!t->o->proxy.n &&
            !guard_may_reach(t->o->guard, &address->addr, &why)) {
                say_refused(t, &address->addr, why);
                return CURL_SOCKET_BAD;
        }
        return socket(address->family, address->socktype | SOCK_CLOEXEC,
                      address->protocol);
}

static bool is_header(struct str line, const char *name, struct str *ret_value)
{
        struct str want = str_c(name);

        if (!str_starts_nocase(line, want) || line.n <= want.n ||
            line.p[want.n] != ':')
                return false;
        *ret_value = str_trim(str_sub(line, want.n + 1, line.n));
        return true;
}

static size_t on_header(char *p, size_t size, size_t n, void *data)
{
        struct transfer *t = data;
        struct fetch_answer *w = &t->answer;
        struct str line = { p, size * n }, value;

        t->headers_b += line.n;
        if (t->headers_b > HEADERS_B) {
                err_set(&t->stopped, ERR_LIMIT, "headers without end");
                return 0;
        }
        if (str_starts(line, STR("HTTP/"))) { /* after a 1xx, too */
                w->etag = w->modified = w->retry_after = STR_NULL;
                w->cache_control = w->type = t->location = STR_NULL;
                w->hub = w->self = STR_NULL;
        } else if (is_header(line, "etag", &value)) {
                w->etag = arena_str(t->a, value);
        } else if (is_header(line, "last-modified", &value)) {
                w->modified = arena_str(t->a, value);
        } else if (is_header(line, "retry-after", &value)) {
                w->retry_after = arena_str(t->a, value);
        } else if (is_header(line, "cache-control", &value)) {
                w->cache_control = arena_str(t->a, value);
        } else if (is_header(line, "content-type", &value)) {
                w->type = arena_str(t->a, value);
        } else if (is_header(line, "link", &value)) {
                link_read(t->a, value, t->errand->r.url, w);
        } else if (is_header(line, "location", &value)) {
                t->location = arena_str(t->a, value);
        }
        return line.n;
}

static size_t on_body(char *p, size_t size, size_t n, void *data)
{
        struct transfer *t = data;
        struct str bytes = { p, size * n };
        long status = 0;

        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
        if (status < 200 || status > 299) {
                t->unread_b += bytes.n;
                t->is_cut = t->unread_b > UNREAD_B;
                return t->is_cut ? 0 : bytes.n;
        }
        return body_put(&t->body, bytes, &t->stopped) < 0 ? 0 : bytes.n;
}

/* Bytes as they travel: a body that unpacks to nothing must end, too. */
static int on_progress(void *data, curl_off_t total, curl_off_t now,
                       curl_off_t up_total, curl_off_t up_now)
{
        struct transfer *t = data;

        (void)total, (void)up_total, (void)up_now;
        t->answer.wire_b = (size_t)now;
        if (now > (curl_off_t)t->errand->r.max_b && !t->stopped.code) {
                err_set(&t->stopped, ERR_LIMIT, "over " BODY_SIZE ", given up",
                        BODY_SIZE_ARG(t->errand->r.max_b));
                return 1;
        }
        return 0;
}

/* --- a transfer's life -------------------------------------------------- */

struct transfer *transfer_new(struct arena *a, const struct fetch_options *o)
{
        struct transfer *t = arena_alloc(a, sizeof(*t));

        t->o = o;
        t->a = arena_new(ARENA_B);
        t->easy = curl_easy_init();
        assert(t->easy);
        body_init(&t->body, 0, o->spool_dir);
        return t;
}

void transfer_free(struct transfer *t)
{
        curl_easy_cleanup(t->easy);
        curl_slist_free_all(t->headers);
        body_done(&t->body);
        arena_free(t->a);
}

void transfer_clear(struct transfer *t)
{
        body_done(&t->body);
        curl_slist_free_all(t->headers);
        t->headers = NULL;
        arena_reset(t->a);
}

static void add_header(struct transfer *t, const char *name, struct str value)
{
        if (!value.n || value.n > LIMIT_URL_B)
                return;

        const char *line =
                arena_printf(t->a, "%s: " STR_FMT, name, STR_ARG(value)).p;
        struct curl_slist *list = curl_slist_append(t->headers, line);

        assert(list);
        t->headers = list;
}

/* An option that this libcurl refuses would be a fault of ours. */
#define SET(option, value)                                                     \
        do {                                                                   \
                CURLcode rc_ =                                                 \
                        curl_easy_setopt(t->easy, CURLOPT_##option, value);    \
                assert(rc_ == CURLE_OK);                                       \
        } while (0)

static void set_limits(struct transfer *t)
{
        const struct fetch_options *o = t->o;
        int64_t left_ms = o->timeout_ms - t->errand->spent_ms;
        long slow_s = o->timeout_ms / 2000 < SLOW_S
                              ? (long)(o->timeout_ms / 2000)
                              : SLOW_S;

        SET(TIMEOUT_MS, (long)(left_ms > 1000 ? left_ms : 1000));
        SET(CONNECTTIMEOUT_MS, CONNECT_MS);
        SET(LOW_SPEED_LIMIT, SLOW_B);
        SET(LOW_SPEED_TIME, slow_s > 1 ? slow_s : 1L);
        SET(MAXFILESIZE_LARGE, (curl_off_t)t->errand->r.max_b);
        SET(NOSIGNAL, 1L);
}

static void set_callbacks(struct transfer *t)
{
        SET(OPENSOCKETFUNCTION, on_open);
        SET(OPENSOCKETDATA, t);
        SET(HEADERFUNCTION, on_header);
        SET(HEADERDATA, t);
        SET(WRITEFUNCTION, on_body);
        SET(WRITEDATA, t);
        SET(NOPROGRESS, 0L);
        SET(XFERINFOFUNCTION, on_progress);
        SET(XFERINFODATA, t);
        SET(ERRORBUFFER, t->curl_says);
        SET(PRIVATE, t);
}

static void set_request(struct transfer *t)
{
        const struct fetch_options *o = t->o;
        const struct fetch_request *r = &t->errand->r;

        SET(URL, arena_cstr(t->a, r->url));
        SET(PROTOCOLS_STR, "http,https");
        SET(FOLLOWLOCATION, 0L);
        SET(SUPPRESS_CONNECT_HEADERS, 1L);
        SET(HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
        SET(ACCEPT_ENCODING, "");
        SET(USERAGENT, arena_cstr(t->a, o->agent));
        if (o->ca.n)
                SET(CAINFO, arena_cstr(t->a, o->ca));
        if (r->post.p) {
                SET(POSTFIELDSIZE_LARGE, (curl_off_t)r->post.n);
                SET(POSTFIELDS, r->post.p); /* as long as the errand */
        }
        SET(PROXY, arena_cstr(t->a, o->proxy)); /* "": not the environment's */
        add_header(t, "Accept", r->accept);
        add_header(t, "If-None-Match", r->etag);
        add_header(t, "If-Modified-Since", r->modified);
        SET(HTTPHEADER, t->headers);
}

void transfer_set(struct transfer *t, struct errand *e, size_t max_b)
{
        curl_easy_reset(t->easy);
        t->errand = e;
        t->answer = (struct fetch_answer) { .owner = e->r.owner };
        t->location = STR_NULL;
        t->refused = t->stopped = (struct err) { 0 };
        t->is_cut = false;
        t->headers_b = t->unread_b = 0;
        t->curl_says[0] = 0;
        t->started_ms = time_mono_ms();
        body_init(&t->body, max_b, t->o->spool_dir);
        set_limits(t);
        set_callbacks(t);
        set_request(t);
}

/* --- in words ----------------------------------------------------------- */

const char *transfer_tls_fault(CURLcode code, long verdict, const char *says)
{
        static const struct {
                long verdict;
                const char *words;
        } rows[] = {
                { X509_V_ERR_CERT_HAS_EXPIRED, "its certificate has expired" },
                { X509_V_ERR_CERT_NOT_YET_VALID,
                  "its certificate is not valid yet (is our clock right?)" },
                { X509_V_ERR_CERT_REVOKED, "its certificate was revoked" },
                { X509_V_ERR_HOSTNAME_MISMATCH,
                  "its certificate is for another host" },
                { X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
                  "its certificate is signed by itself, by no authority" },
                { X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
                  "its certificate comes from an authority that we don't "
                  "know" },
                { X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                  "its certificate comes from an authority that we don't "
                  "know" },
                { X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
                  "its certificate comes from an authority that we don't "
                  "know" },
                { X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
                  "its certificate comes without that of its issuer" },
                { X509_V_ERR_EE_KEY_TOO_SMALL,
                  "its certificate's key is too weak" },
                { X509_V_ERR_CA_MD_TOO_WEAK,
                  "its certificate's signature is too weak" },
        };
        struct str text = str_c(says);

        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
                if (verdict == rows[i].verdict)
                        return rows[i].words;
        if (str_find_nocase(text, STR("match"), 0) != STR_NONE &&
            str_find_nocase(text, STR("name"), 0) != STR_NONE)
                return "its certificate is for another host";
        if (code == CURLE_PEER_FAILED_VERIFICATION)
                return "its certificate is not good";
        if (str_find_nocase(text, STR("wrong version"), 0) != STR_NONE ||
            str_find_nocase(text, STR("http request"), 0) != STR_NONE ||
            str_find_nocase(text, STR("packet length"), 0) != STR_NONE)
                return "it does not speak TLS at this port";
        if (str_find_nocase(text, STR("protocol"), 0) != STR_NONE ||
            str_find_nocase(text, STR("version"), 0) != STR_NONE)
                return "it speaks no version of TLS that we do";
        if (str_find_nocase(text, STR("reset"), 0) != STR_NONE ||
            str_find_nocase(text, STR("SYSCALL"), 0) != STR_NONE)
                return "it broke off before a TLS connection stood";
        return "no TLS connection came about";
}

static int explain_tls(struct transfer *t, CURLcode code)
{
        long verdict = 0;
        const char *words;

        curl_easy_getinfo(t->easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
        words = transfer_tls_fault(code, verdict, t->curl_says);
        t->answer.is_tls = true;
        return err_set(&t->answer.err, ERR_NET, "%s", words);
}

int transfer_explain(struct transfer *t, CURLcode code)
{
        struct err *err = &t->answer.err;
        struct str host = url_host(t->a, t->errand->r.url);

        if (t->stopped.code) {
                *err = t->stopped;
                return err->code;
        }
        switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
                return err_set(err, ERR_NET, "no such host: " STR_FMT,
                               STR_ARG(host));
        case CURLE_COULDNT_RESOLVE_PROXY:
                return err_set(err, ERR_NET, "no such proxy: see wire.proxy");
        case CURLE_COULDNT_CONNECT:
                if (t->refused.code) {
                        *err = t->refused;
                        return err->code;
                }
                return err_set(err, ERR_NET, "no connection to " STR_FMT,
                               STR_ARG(host));
        case CURLE_OPERATION_TIMEDOUT:
                return err_set(err, ERR_NET, "too slow: given up after %.0f s",
                               (double)t->errand->spent_ms / 1000);
        case CURLE_FILESIZE_EXCEEDED:
                return err_set(err, ERR_LIMIT, "over " BODY_SIZE ", given up",
                               BODY_SIZE_ARG(t->errand->r.max_b));
        case CURLE_PARTIAL_FILE:
                return err_set(err, ERR_NET,
                               "the answer breaks off before its end");
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_GOT_NOTHING:
                return err_set(err, ERR_NET,
                               "the connection was cut before an answer came");
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CONNECT_ERROR:
                return explain_tls(t, code);
        case CURLE_SSL_CACERT_BADFILE:
                return err_set(err, ERR_INPUT,
                               "wire.ca: " STR_FMT " can't be read",
                               STR_ARG(t->o->ca));
        case CURLE_BAD_CONTENT_ENCODING:
                return err_set(err, ERR_INPUT,
                               "its compression can't be unpacked");
        default:
                return err_set(err, ERR_NET, "%s",
                               t->curl_says[0] ? t->curl_says
                                               : curl_easy_strerror(code));
        }
}

#include "wire/fetch.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <string.h>

#include <curl/curl.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "wire/body.h"
#include "wire/guard.h"

#define ARENA_B ((size_t)256 * 1024 * 1024)
#define TRANSFER_ARENA_B ((size_t)1024 * 1024)
#define HEADERS_B ((size_t)64 * 1024) /* of one answer */
#define UNREAD_B ((size_t)64 * 1024)  /* of a body that nobody wants */
#define CONNECT_MS 10000L
#define SLOW_B 64L /* slower than this a second ... */
#define SLOW_S 15L /* ... for so long is given up */
#define OWN_HOST_MOST 16
#define POLL_MS 1000

/* A request on its way through its hops. */
struct errand {
        struct fetch_request r;
        struct errand *next;
        struct str moved;
        int hops;
        bool all_permanent;
        int64_t spent_ms;
};

/* One host's queue. */
struct lane {
        struct str key;
        struct lane *next; /* in the ring of those with errands */
        struct errand *first, *last;
        size_t active, most;
        int64_t ready_ms;
        bool in_ring;
};

struct transfer {
        struct fetch *f;
        struct transfer *next;  /* among the idle or the done */
        struct transfer *older; /* of all there are */
        CURL *easy;
        struct curl_slist *headers;
        struct arena *a;
        struct errand *errand;
        struct lane *lane;
        struct body body;
        struct fetch_answer answer;
        struct str location;
        struct err refused; /* by the guard, for one of its addresses */
        struct err stopped; /* why we ended it ourselves */
        bool is_cut;        /* an unwanted body, cut short */
        size_t headers_b, unread_b;
        int64_t started_ms;
        char curl_says[CURL_ERROR_SIZE];
};

struct fetch {
        struct fetch_options o;
        struct arena *a;
        CURLM *multi;
        struct map *lanes;
        struct lane *ring; /* its last; NULL: empty */
        struct transfer *all, *idle, *held;
        struct transfer *first_done, *last_done;
        size_t active, waiting;
};

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
        if (!t->f->o.proxy.n &&
            !guard_may_reach(t->f->o.guard, &address->addr, &why)) {
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
                err_set(&t->stopped, ERR_LIMIT, "over %zu MB, given up",
                        body_mb(t->errand->r.max_b));
                return 1;
        }
        return 0;
}

/* --- lanes -------------------------------------------------------------- */

static void ring_add(struct fetch *f, struct lane *lane)
{
        if (lane->in_ring)
                return;
        if (f->ring) {
                lane->next = f->ring->next;
                f->ring->next = lane;
        } else {
                lane->next = lane;
        }
        f->ring = lane;
        lane->in_ring = true;
}

/* Take the lane after prev out. */
static void ring_drop(struct fetch *f, struct lane *prev)
{
        struct lane *lane = prev->next;

        prev->next = lane->next;
        if (lane == prev)
                f->ring = NULL;
        else if (f->ring == lane)
                f->ring = prev;
        lane->in_ring = false;
}

static struct lane *lane_of(struct fetch *f, struct str url)
{
        struct url u = url_split(url);
        struct str host = url_host(f->a, url);
        struct str key = arena_printf(f->a, STR_FMT ":" STR_FMT, STR_ARG(host),
                                      STR_ARG(u.port));
        void **at = map_at(f->lanes, key);

        if (!*at) {
                struct lane *lane = arena_alloc(f->a, sizeof(*lane));

                lane->key = key;
                lane->most = guard_is_own(f->o.guard, host) ? OWN_HOST_MOST : 1;
                *at = lane;
        }
        return *at;
}

static void lane_put(struct fetch *f, struct errand *e, bool at_front)
{
        struct lane *lane = lane_of(f, e->r.url);

        if (at_front) {
                e->next = lane->first;
                lane->first = e;
                if (!lane->last)
                        lane->last = e;
        } else {
                e->next = NULL;
                if (lane->last)
                        lane->last->next = e;
                else
                        lane->first = e;
                lane->last = e;
        }
        f->waiting++;
        ring_add(f, lane);
}

static bool lane_is_ready(const struct lane *lane, int64_t now_ms)
{
        if (lane->active >= lane->most)
                return false;
        /* A redirect is the answer to what was asked: no pause before it. */
        return lane->first->hops || now_ms >= lane->ready_ms;
}

/* --- a transfer's life -------------------------------------------------- */

static struct transfer *transfer_get(struct fetch *f)
{
        struct transfer *t = f->idle;

        if (t) {
                f->idle = t->next;
                return t;
        }
        t = arena_alloc(f->a, sizeof(*t));
        t->f = f;
        t->older = f->all;
        f->all = t;
        t->a = arena_new(TRANSFER_ARENA_B);
        t->easy = curl_easy_init();
        assert(t->easy);
        return t;
}

static void transfer_put(struct transfer *t)
{
        body_done(&t->body);
        curl_slist_free_all(t->headers);
        t->headers = NULL;
        arena_reset(t->a);
        t->next = t->f->idle;
        t->f->idle = t;
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
        const struct fetch_options *o = &t->f->o;
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
        const struct fetch_options *o = &t->f->o;
        const struct fetch_request *r = &t->errand->r;

        SET(URL, arena_cstr(t->a, r->url));
        SET(PROTOCOLS_STR, "http,https");
        SET(FOLLOWLOCATION, 0L);
        SET(SUPPRESS_CONNECT_HEADERS, 1L);
        SET(HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
        SET(ACCEPT_ENCODING, "");
        SET(USERAGENT, arena_cstr(t->a, o->agent));
        SET(PROXY, arena_cstr(t->a, o->proxy)); /* "": not the environment's */
        add_header(t, "Accept", r->accept);
        add_header(t, "If-None-Match", r->etag);
        add_header(t, "If-Modified-Since", r->modified);
        SET(HTTPHEADER, t->headers);
}

static void transfer_start(struct fetch *f, struct lane *lane)
{
        struct transfer *t = transfer_get(f);
        struct errand *e = lane->first;

        lane->first = e->next;
        if (!lane->first)
                lane->last = NULL;
        lane->active++;
        f->waiting--;
        f->active++;

        curl_easy_reset(t->easy);
        t->errand = e;
        t->lane = lane;
        t->answer = (struct fetch_answer) { .owner = e->r.owner };
        t->location = STR_NULL;
        t->refused = t->stopped = (struct err) { 0 };
        t->is_cut = false;
        t->headers_b = t->unread_b = 0;
        t->curl_says[0] = 0;
        t->started_ms = time_mono_ms();
        body_init(&t->body, e->r.max_b, f->o.spool_dir);
        set_limits(t);
        set_callbacks(t);
        set_request(t);

        CURLMcode rc = curl_multi_add_handle(f->multi, t->easy);
        assert(rc == CURLM_OK);
}

/* Start what may be started; *ret_wait_ms: until the next lane is ready. */
static void start_some(struct fetch *f, int64_t *ret_wait_ms)
{
        int64_t now_ms = time_mono_ms();
        struct lane *prev = f->ring, *end = f->ring;
        bool more = prev != NULL;

        *ret_wait_ms = POLL_MS;
        while (more && f->active < f->o.connections) {
                struct lane *lane = prev->next;

                more = lane != end;
                while (lane->first && lane_is_ready(lane, now_ms) &&
                       f->active < f->o.connections)
                        transfer_start(f, lane);
                if (!lane->first) {
                        bool was_alone = lane == prev;

                        ring_drop(f, prev);
                        if (was_alone)
                                return;
                        continue;
                }
                if (lane->active < lane->most &&
                    lane->ready_ms - now_ms < *ret_wait_ms)
                        *ret_wait_ms = lane->ready_ms - now_ms;
                prev = lane;
        }
        if (*ret_wait_ms < 1)
                *ret_wait_ms = 1;
}

/* --- answers ------------------------------------------------------------ */

static bool is_redirect(int status)
{
        return status == 301 || status == 302 || status == 303 ||
               status == 307 || status == 308;
}

/* Send the errand on to where the answer points. False: the answer stands. */
static bool follow(struct fetch *f, struct transfer *t)
{
        struct fetch_answer *w = &t->answer;
        struct errand *e = t->errand;
        bool permanent = w->status == 301 || w->status == 308;
        struct err why;

        if (!is_redirect(w->status) || !t->location.n)
                return false;
        if (e->hops == LIMIT_REDIRECTS) {
                w->rc = err_set(&w->err, ERR_NET,
                                "redirects without end (%d followed)",
                                LIMIT_REDIRECTS);
                return false;
        }

        struct str to = url_resolve(t->a, e->r.url, t->location);

        if (guard_check_url(f->o.guard, to, &why) < 0) {
                w->rc = err_set(&w->err, why.code, "refused: redirects to %s",
                                why.msg);
                return false;
        }
        e->all_permanent = permanent && (e->hops == 0 || e->all_permanent);
        e->hops++;
        e->r.url = arena_str(f->a, to);
        if (e->all_permanent)
                e->moved = e->r.url;
        lane_put(f, e, true);
        return true;
}

static int explain(struct transfer *t, CURLcode code)
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
                return err_set(err, ERR_LIMIT, "over %zu MB, given up",
                               body_mb(t->errand->r.max_b));
        case CURLE_PARTIAL_FILE:
                return err_set(err, ERR_NET,
                               "the answer breaks off before its end");
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_GOT_NOTHING:
                return err_set(err, ERR_NET,
                               "the connection was cut before an answer came");
        case CURLE_PEER_FAILED_VERIFICATION:
                return err_set(err, ERR_NET, "its certificate is not good: %s",
                               t->curl_says);
        case CURLE_BAD_CONTENT_ENCODING:
                return err_set(err, ERR_INPUT,
                               "its compression can't be unpacked");
        default:
                return err_set(err, ERR_NET, "%s",
                               t->curl_says[0] ? t->curl_says
                                               : curl_easy_strerror(code));
        }
}

static void done_add(struct fetch *f, struct transfer *t)
{
        t->next = NULL;
        if (f->last_done)
                f->last_done->next = t;
        else
                f->first_done = t;
        f->last_done = t;
}

static void finish(struct fetch *f, struct transfer *t, CURLcode code)
{
        struct fetch_answer *w = &t->answer;
        struct errand *e = t->errand;
        long status = 0;

        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
        curl_multi_remove_handle(f->multi, t->easy);
        f->active--;
        t->lane->active--;
        t->lane->ready_ms = time_mono_ms() + f->o.delay_ms;
        e->spent_ms += time_mono_ms() - t->started_ms;
        w->status = (int)status;
        if (code != CURLE_OK && !t->is_cut)
                w->rc = explain(t, code);
        else if (follow(f, t)) {
                transfer_put(t);
                return;
        }
        w->url = e->r.url;
        w->moved = e->moved;
        if (w->rc == 0)
                w->rc = body_get(&t->body, &w->body, &w->err);
        done_add(f, t);
}

static void collect(struct fetch *f)
{
        CURLMsg *msg;
        int left;

        while ((msg = curl_multi_info_read(f->multi, &left))) {
                void *t = NULL;

                if (msg->msg != CURLMSG_DONE)
                        continue;
                CURLcode code = msg->data.result;

                curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &t);
                finish(f, t, code);
        }
}

/* A request that the guard refuses is answered without being sent. */
static void refuse(struct fetch *f, struct errand *e, const struct err *why)
{
        struct transfer *t = transfer_get(f);

        t->errand = e;
        t->answer =
                (struct fetch_answer) { .owner = e->r.owner, .url = e->r.url };
        body_init(&t->body, 0, f->o.spool_dir);
        t->answer.rc =
                err_set(&t->answer.err, why->code, "refused: %s", why->msg);
        done_add(f, t);
}

int fetch_new(const struct fetch_options *o, struct fetch **ret,
              struct err *err)
{
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
                return err_set(err, ERR_SYS, "libcurl does not start");

        CURLM *multi = curl_multi_init();

        if (!multi) {
                curl_global_cleanup();
                return err_set(err, ERR_SYS, "libcurl does not start");
        }
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS,
                          (long)o->connections + 16);

        struct arena *a = arena_new(ARENA_B);
        struct fetch *f = arena_alloc(a, sizeof(*f));

        f->o = *o;
        f->a = a;
        f->multi = multi;
        f->lanes = map_new(a);
        *ret = f;
        return 0;
}

static void transfer_free(struct fetch *f, struct transfer *t)
{
        curl_multi_remove_handle(f->multi, t->easy);
        curl_easy_cleanup(t->easy);
        curl_slist_free_all(t->headers);
        body_done(&t->body);
        arena_free(t->a);
}

void fetch_free(struct fetch *f)
{
        if (!f)
                return;
        for (struct transfer *t = f->all, *older; t; t = older) {
                older = t->older;
                transfer_free(f, t);
        }
        curl_multi_cleanup(f->multi);
        curl_global_cleanup();
        arena_free(f->a);
}

void fetch_add(struct fetch *f, const struct fetch_request *r)
{
        struct errand *e = arena_alloc(f->a, sizeof(*e));
        struct err why;

        e->r = (struct fetch_request) {
                .url = arena_str(f->a, r->url),
                .etag = arena_str(f->a, r->etag),
                .modified = arena_str(f->a, r->modified),
                .accept = arena_str(f->a, r->accept),
                .max_b = r->max_b,
                .owner = r->owner,
        };
        if (guard_check_url(f->o.guard, e->r.url, &why) < 0)
                refuse(f, e, &why);
        else
                lane_put(f, e, false);
}

int fetch_next(struct fetch *f, const struct fetch_answer **ret_answer,
               struct err *err)
{
        if (f->held)
                transfer_put(f->held);
        f->held = NULL;
        while (!f->first_done) {
                int64_t wait_ms;
                int running;

                if (!f->active && !f->waiting)
                        return 0;
                start_some(f, &wait_ms);

                CURLMcode rc = curl_multi_perform(f->multi, &running);

                collect(f);
                if (rc == CURLM_OK && !f->first_done)
                        rc = curl_multi_poll(f->multi, NULL, 0, (int)wait_ms,
                                             NULL);
                if (rc != CURLM_OK)
                        return err_set(err, ERR_SYS, "libcurl: %s",
                                       curl_multi_strerror(rc));
        }
        f->held = f->first_done;
        f->first_done = f->held->next;
        if (!f->first_done)
                f->last_done = NULL;
        *ret_answer = &f->held->answer;
        return 1;
}

/*
 * sample-wire: the sample wire served on loopback, an internet in a box.
 *
 * usage: sample-wire [--dir sample/wire] [--port 8026] [--now RFC3339] [--until
 * HOURS] [--files DIR]
 *
 *   /feeds.opml           every outlet   /feeds-hosts.opml   by their own hosts
 *   /HOST/feed.xml        its feed       /HOST/SLUG.html     a page
 *   /HOST/diary.ics       its calendar, if it has one (citywire.example)
 *   /HOST/figures.csv     its figures, if it has any (grainfreight.example)
 *   /bad.opml             misbehaving hosts (bad.c)
 *   /many/N/feeds.opml    N feeds of twenty items each (many.c)
 *   /hub/feed.xml         a feed with a WebSub hub (hub.c)
 *   /files/NAME           a file of the folder given by --files, as it is;
 *                         NAME.type beside it has its Content-Type
 *   /robots.txt           asks for /bad/pages/closed to be left alone
 *   /control/until/HOURS  show only the week's first hours
 *   /control/robots       how often robots.txt was asked for
 *   /control/delay/S      from now on it asks for S seconds between requests
 *
 * It answers as an HTTP proxy, too (GET http://HOST/feed.xml), so that every
 * outlet keeps its own name and no byte depends on the port.
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <microhttpd.h>

#include "bad.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/url.h"
#include "diary.h"
#include "hub.h"
#include "many.h"
#include "wire.h"

#define EDITION_AT 1772776800 /* 2026-03-06T06:00:00Z */
#define ARENA_B ((size_t)256 * 1024 * 1024)
#define BODY_B ((size_t)80 * 1024 * 1024)

struct serve {
        struct wire wire;
        struct str front; /* http://127.0.0.1:PORT/ */
        const char *files, *dir;
};

/* A body that may be asked for on condition. */
static enum MHD_Result send_tagged(struct MHD_Connection *c, const char *type,
                                   struct str body, int64_t modified_at)
{
        const char *none = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
                                                       "If-None-Match");
        const char *since = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
                                                        "If-Modified-Since");
        struct buf tag, date;
        bool same;

        buf_init(&tag, 64);
        buf_init(&date, 64);
        buf_printf(&tag, "\"%016llx\"", (unsigned long long)hash_stable(body));
        time_put_http(&date, modified_at);
        same = none ? strcmp(none, buf_cstr(&tag)) == 0
                    : since && strcmp(since, buf_cstr(&date)) == 0;

        struct MHD_Response *r = MHD_create_response_from_buffer(
                same ? 0 : body.n, (void *)(uintptr_t)body.p,
                MHD_RESPMEM_MUST_COPY);

        MHD_add_response_header(r, "Content-Type", type);
        MHD_add_response_header(r, "ETag", buf_cstr(&tag));
        MHD_add_response_header(r, "Last-Modified", buf_cstr(&date));

        enum MHD_Result rc = MHD_queue_response(c, same ? 304 : 200, r);

        MHD_destroy_response(r);
        buf_done(&tag);
        buf_done(&date);
        return rc;
}

static enum MHD_Result not_found(struct MHD_Connection *c)
{
        return bad_send(c, 404, "text/plain", STR("There is nothing here.\n"));
}

/* The newest that is out. */
static int64_t newest(const struct wire *w, const struct wire_outlet *o)
{
        for (size_t i = 0; i < o->n; i++)
                if (wire_is_out(w, &o->articles[i]))
                        return o->articles[i].at;
        return EDITION_AT + w->shift_s;
}

/* "diary.ics" is sample/diary/HOST.ics beside the wire's folder; false: it has
 * none.
 */
static bool put_dated(const struct serve *s, const struct wire_outlet *o,
                      struct str leaf, struct str base, struct buf *out)
{
        struct arena *a = arena_new(ARENA_B);
        size_t dot = str_chr(leaf, '.', 0);
        struct str text;
        struct err err;
        bool is_there =
                file_read(a,
                          arena_printf(a, "%s/../" STR_FMT "/" STR_FMT STR_FMT,
                                       s->dir, STR_ARG(str_sub(leaf, 0, dot)),
                                       STR_ARG(o->host),
                                       STR_ARG(str_sub(leaf, dot, leaf.n)))
                                  .p,
                          BODY_B, &text, &err) == 0;

        if (is_there)
                diary_put(out, text, EDITION_AT + s->wire.shift_s, base);
        arena_free(a);
        return is_there;
}

static enum MHD_Result outlet(const struct serve *s, struct MHD_Connection *c,
                              const struct wire_outlet *o, struct str leaf,
                              struct str base)
{
        const struct wire_article *art = NULL;
        enum MHD_Result rc;
        struct buf out;

        if (str_eq(o->fault, STR("gone")) && str_eq(leaf, STR("feed.xml")))
                return bad_send(c, 410, "text/plain", STR("gone\n"));
        if (str_ends(leaf, STR(".html")))
                art = wire_find_article(&s->wire, o,
                                        str_sub(leaf, 0, leaf.n - 5));
        buf_init(&out, BODY_B);
        if (str_eq(leaf, STR("feed.xml"))) {
                wire_put_feed(&out, &s->wire, o, base);
                rc = send_tagged(c, wire_feed_type(o), buf_str(&out),
                                 newest(&s->wire, o));
        } else if (art) {
                wire_put_page(&out, &s->wire, o, art, base);
                rc = send_tagged(c, "text/html; charset=utf-8", buf_str(&out),
                                 art->at);
        } else if (str_eq(leaf, STR("diary.ics")) &&
                   put_dated(s, o, leaf, base, &out)) {
                rc = send_tagged(c, "text/calendar; charset=utf-8",
                                 buf_str(&out), newest(&s->wire, o));
        } else if (str_eq(leaf, STR("figures.csv")) &&
                   put_dated(s, o, leaf, base, &out)) {
                rc = send_tagged(c, "text/csv; charset=utf-8", buf_str(&out),
                                 newest(&s->wire, o));
        } else if (!leaf.n || str_eq(leaf, STR("diary.html"))) {
                wire_put_front(&out, &s->wire, o, base);
                rc = send_tagged(c, "text/html; charset=utf-8", buf_str(&out),
                                 newest(&s->wire, o));
        } else {
                rc = not_found(c);
        }
        buf_done(&out);
        return rc;
}

static int robots_asked;

static double crawl_delay; /* told to all, once it is set */

static enum MHD_Result robots(struct MHD_Connection *c)
{
        enum MHD_Result rc;
        struct buf out;

        __atomic_fetch_add(&robots_asked, 1, __ATOMIC_RELAXED);
        buf_init(&out, BODY_B);
        buf_puts(&out, "User-agent: otherbot\nDisallow: /\n\n"
                       "User-agent: *\nDisallow: /bad/pages/c*.html$\n"
                       "Allow: /bad/pages/\n");
        if (crawl_delay > 0)
                buf_printf(&out, "Crawl-delay: %g\n", crawl_delay);
        rc = bad_send(c, 200, "text/plain", buf_str(&out));
        buf_done(&out);
        return rc;
}

static enum MHD_Result lists(struct serve *s, struct MHD_Connection *c,
                             struct str path)
{
        static const char type[] = "text/x-opml; charset=utf-8";
        enum MHD_Result rc;
        struct buf out;
        double hours;

        buf_init(&out, BODY_B);
        if (str_eq(path, STR("feeds.opml"))) {
                wire_put_opml(&out, &s->wire, s->front);
                rc = bad_send(c, 200, type, buf_str(&out));
        } else if (str_eq(path, STR("feeds-hosts.opml"))) {
                wire_put_opml(&out, &s->wire, STR_NULL);
                rc = bad_send(c, 200, type, buf_str(&out));
        } else if (str_eq(path, STR("bad.opml"))) {
                bad_put_opml(&out, s->front);
                rc = bad_send(c, 200, type, buf_str(&out));
        } else if (str_eq(path, STR("robots.txt"))) {
                rc = robots(c);
        } else if (str_eq(path, STR("control/robots"))) {
                buf_printf(&out, "%d\n", robots_asked);
                rc = bad_send(c, 200, "text/plain", buf_str(&out));
        } else if (str_starts(path, STR("control/delay/")) &&
                   scan_double(str_sub(path, 14, path.n), &crawl_delay) == 0) {
                rc = bad_send(c, 200, "text/plain", STR("ok\n"));
        } else if (str_starts(path, STR("control/until/")) &&
                   scan_double(str_sub(path, 14, path.n), &hours) == 0) {
                s->wire.until = hours;
                rc = bad_send(c, 200, "text/plain", STR("ok\n"));
        } else {
                rc = not_found(c);
        }
        buf_done(&out);
        return rc;
}

/* A file of the owner's folder, and nothing above it. */
static enum MHD_Result file(const struct serve *s, struct MHD_Connection *c,
                            struct str name)
{
        struct arena *a = arena_new(ARENA_B);
        struct str bytes, type = STR("application/rss+xml");
        enum MHD_Result rc;
        struct err err;
        const char *path = arena_printf(a, "%s/" STR_FMT,
                                        s->files ? s->files : "", STR_ARG(name))
                                   .p;

        if (!s->files || str_find(name, STR(".."), 0) != STR_NONE ||
            file_read(a, path, BODY_B, &bytes, &err) < 0) {
                rc = not_found(c);
        } else {
                (void)!file_read(a, arena_printf(a, "%s.type", path).p, 200,
                                 &type, &err);
                rc = bad_send(c, 200, arena_cstr(a, str_trim(type)), bytes);
        }
        arena_free(a);
        return rc;
}

/* By the path's first part: a host, "bad", or one of our own lists. */
static enum MHD_Result local(struct serve *s, struct MHD_Connection *c,
                             struct str path)
{
        struct str rest = path, first, name;
        const struct wire_outlet *o;
        enum MHD_Result rc;
        struct buf base;

        if (!str_cut(&rest, '/', &first))
                return not_found(c);
        if (str_eq(first, STR("bad")) && rest.p && str_cut(&rest, '/', &name))
                return bad_answer(c, name, rest, s->front);
        if (str_eq(first, STR("files")) && rest.p)
                return file(s, c, rest);
        if (str_eq(first, STR("many")) && rest.p)
                return many_answer(c, rest, s->front);
        o = wire_find(&s->wire, first);
        if (!o)
                return lists(s, c, path);
        buf_init(&base, 1000);
        buf_put(&base, s->front);
        buf_put(&base, o->host);
        buf_char(&base, '/');
        rc = outlet(s, c, o, rest.p ? rest : STR(""), buf_str(&base));
        buf_done(&base);
        return rc;
}

static enum MHD_Result by_host(struct serve *s, struct MHD_Connection *c,
                               const struct wire_outlet *o, struct str leaf)
{
        enum MHD_Result rc;
        struct buf base;

        buf_init(&base, 1000);
        buf_printf(&base, "http://" STR_FMT "/", STR_ARG(o->host));
        rc = outlet(s, c, o, leaf, buf_str(&base));
        buf_done(&base);
        return rc;
}

static int seen; /* what *state is, once the headers were */

static void on_completed(void *ctx, struct MHD_Connection *c, void **state,
                         enum MHD_RequestTerminationCode why)
{
        if (*state && *state != &seen)
                hub_completed(ctx, c, state, why);
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *c,
                                  const char *url, const char *method,
                                  const char *version, const char *upload,
                                  size_t *upload_n, void **state)
{
        struct serve *s = ctx;
        struct url u = url_split(str_c(url));
        struct str host = u.host, path = u.path;
        const struct wire_outlet *o;

        (void)version;
        if (str_starts(path, STR("/hub/")))
                return hub_request(c, str_sub(path, 5, path.n), s->front,
                                   upload, upload_n, state);
        if (!*state) { /* headers first; the answer at the second call */
                *state = &seen;
                return MHD_YES;
        }
        if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
                return bad_send(c, 405, "text/plain", STR("GET only\n"));
        if (!host.n)
                host = url_split(str_c(url)).scheme.n
                               ? STR("")
                               : str_c(MHD_lookup_connection_value(
                                         c, MHD_HEADER_KIND, "Host"));
        if (str_starts(path, STR("/")))
                path = str_sub(path, 1, path.n);
        o = wire_find(&s->wire, str_sub(host, 0, str_chr(host, ':', 0)));
        return o ? by_host(s, c, o, path) : local(s, c, path);
}

/* --- starting ----------------------------------------------------------- */

static int usage(const char *what)
{
        fprintf(stderr,
                "sample-wire: %s\nusage: sample-wire [--dir sample/wire] "
                "[--port 8026] [--now RFC3339] [--until HOURS] [--files "
                "DIR]\n",
                what);
        return 64;
}

/* The edition's moment falls on now's hour, so that times keep their minutes.
 */
static int64_t shift_to(int64_t now)
{
        return (now - EDITION_AT) / 3600 * 3600;
}

static int serve(struct serve *s, uint64_t port)
{
        struct MHD_Daemon *d;
        sigset_t stop;
        size_t articles = 0;
        int sig;
        static char front[64];

        sigemptyset(&stop);
        sigaddset(&stop, SIGTERM);
        sigaddset(&stop, SIGINT);
        sigprocmask(SIG_BLOCK, &stop, NULL);
        signal(SIGPIPE, SIG_IGN);

        struct sockaddr_in at = { .sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

        d = MHD_start_daemon(
                MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD,
                0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR,
                (struct sockaddr *)&at, MHD_OPTION_NOTIFY_COMPLETED,
                on_completed, NULL, MHD_OPTION_LISTEN_BACKLOG_SIZE, 512u,
                MHD_OPTION_END);
        if (!d) {
                fprintf(stderr,
                        "sample-wire: port %llu on 127.0.0.1 is taken\n",
                        (unsigned long long)port);
                return 69;
        }

        const union MHD_DaemonInfo *info =
                MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT);

        snprintf(front, sizeof(front), "http://127.0.0.1:%d/",
                 info ? info->port : (int)port);
        s->front = str_c(front);
        for (size_t i = 0; i < s->wire.n; i++)
                articles += s->wire.outlets[i].n;
        printf("%sfeeds.opml  %zu outlets, %zu articles\n", front, s->wire.n,
               articles);
        fflush(stdout);
        sigwait(&stop, &sig);
        return 0;
}

int main(int argc, char **argv)
{
        const char *dir = "sample/wire";
        struct serve s = { 0 };
        int64_t now = time_now();
        uint64_t port = 8026;
        double until = 1e9;
        struct err err = { 0 };

        for (int i = 1; i < argc; i += 2) {
                struct str value = str_c(argv[i + 1]);

                if (!value.p)
                        return usage("a value is missing");
                if (strcmp(argv[i], "--dir") == 0)
                        dir = argv[i + 1];
                else if (strcmp(argv[i], "--files") == 0)
                        s.files = argv[i + 1];
                else if (strcmp(argv[i], "--port") == 0 &&
                         scan_u64(value, 65535, &port) == 0)
                        continue;
                else if (strcmp(argv[i], "--now") == 0 &&
                         time_parse_rfc3339(value, &now, &err) == 0)
                        continue;
                else if (strcmp(argv[i], "--until") == 0 &&
                         scan_double(value, &until) == 0)
                        continue;
                else
                        return usage(argv[i]);
        }

        struct arena *a = arena_new(ARENA_B);

        if (wire_read(a, dir, shift_to(now), &s.wire, &err) < 0) {
                fprintf(stderr, "sample-wire: %s\n", err.msg);
                return err_exit_code(err.code);
        }
        s.wire.until = until;
        s.dir = dir;

        int rc = serve(&s, port);

        /* Threads that answer slowly may still read a: they end with us. */
        _exit(rc);
}

#include "site/serve.h"

#include <string.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "site/cache.h"
#include "site/http.h"
#include "site/listen.h"
#include "site/path.h"
#include "site/patience.h"
#include "site/quiz.h"
#include "site/websub.h"

#define CACHE_B ((size_t)32 * 1024 * 1024)
#define REQUEST_ARENA_B ((size_t)4 * 1024 * 1024)
#define HEALTH_MAX_B 65536
#define IDLE_S 30 /* a connection that says nothing is closed */
#define CONNECTION_MEMORY_B 32768
#define WAKE_MS 1000
#define BODY_MAX_B 65536     /* of a POST; what it says is not looked at */
#define BODY_DRAIN_B 4194304 /* is still taken in, so that 413 can be heard */
#define HEADER_MAX_B 8192
#define LEAVE "/u/" /* as in letter_unsubscribe_url() */

struct serve {
        struct serve_setup setup;
        struct str address;
        struct MHD_Daemon *daemon;
        struct patience *patience;
        struct cache *cache;
        struct arena *request; /* emptied after each */
        struct quiz_rate quiz;
};

/* What a browser may do with our pages: nothing from elsewhere, no script but
 * our own files, no frame around us, no address passed on. */
static const struct {
        const char *name, *value;
} guards[] = {
        { "Content-Security-Policy",
          "default-src 'self'; style-src 'self' 'unsafe-inline'; "
          "img-src 'self' data:; object-src 'none'; base-uri 'none'; "
          "form-action 'self'; frame-ancestors 'none'" },
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "no-referrer" },
        { "Permissions-Policy", "interest-cohort=(), browsing-topics=()" },
};

static void guard(struct MHD_Response *r)
{
        for (size_t i = 0; i < sizeof(guards) / sizeof(*guards); i++)
                if (!MHD_get_response_header(r, guards[i].name))
                        MHD_add_response_header(r, guards[i].name,
                                                guards[i].value);
}

static enum MHD_Result send_and_drop(struct MHD_Connection *c, unsigned code,
                                     struct MHD_Response *r)
{
        if (!r)
                return MHD_NO;
        guard(r);

        enum MHD_Result rc = MHD_queue_response(c, code, r);
        MHD_destroy_response(r);
        return rc;
}

static struct MHD_Response *text_response(const char *text)
{
        struct MHD_Response *r = MHD_create_response_from_buffer(
                strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);

        if (r)
                MHD_add_response_header(r, "Content-Type",
                                        "text/plain; charset=utf-8");
        return r;
}

struct lines {
        const char *name;
        struct buf all;
};

static enum MHD_Result add_line(void *self, enum MHD_ValueKind kind,
                                const char *name, const char *value)
{
        struct lines *l = self;

        (void)kind;
        if (!str_eq_nocase(str_c(name), str_c(l->name)))
                return MHD_YES;
        if (l->all.n)
                buf_puts(&l->all, ", ");
        buf_puts(&l->all, value ? value : "");
        return MHD_YES;
}

/* A list's lines make one list (RFC 9110, 5.3); absent when there is none. */
static struct str request_list(struct serve *s, struct MHD_Connection *c,
                               const char *name)
{
        struct lines l = { .name = name };
        struct str list = STR_NULL;

        if (!MHD_lookup_connection_value(c, MHD_HEADER_KIND, name))
                return list;
        buf_init(&l.all, HEADER_MAX_B);
        MHD_get_connection_values(c, MHD_HEADER_KIND, add_line, &l);
        list = arena_str(s->request, buf_str(&l.all));
        buf_done(&l.all);
        return list;
}

static struct str request_header(struct MHD_Connection *c, const char *name)
{
        return str_c(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

/* --- the answers -----------------------------------------------------------
 */

static enum MHD_Result answer_health(struct serve *s, struct MHD_Connection *c)
{
        struct buf out;
        struct MHD_Response *r;

        buf_init(&out, HEALTH_MAX_B);
        bool ok = s->setup.health && s->setup.health(s->setup.self, &out);
        r = MHD_create_response_from_buffer(out.n,
                                            (void *)(uintptr_t)buf_cstr(&out),
                                            MHD_RESPMEM_MUST_COPY);
        buf_done(&out);
        if (r) {
                MHD_add_response_header(r, "Content-Type", "application/json");
                MHD_add_response_header(r, "Cache-Control", "no-store");
        }
        return send_and_drop(c, ok ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE,
                             r);
}

static enum MHD_Result answer_kept(struct MHD_Connection *c, unsigned code,
                                   struct cache_answer *answer)
{
        guard(answer->response);

        enum MHD_Result rc = MHD_queue_response(c, code, answer->response);
        cache_release(answer);
        return rc;
}

/* If-None-Match, when there, outranks If-Modified-Since. */
static bool is_unchanged(struct serve *s, struct MHD_Connection *c,
                         const struct cache_answer *answer)
{
        struct str tags = request_list(s, c, "If-None-Match");

        if (tags.p)
                return http_none_match(tags, str_c(answer->etag));
        return http_unchanged_since(request_header(c, "If-Modified-Since"),
                                    answer->mtime_at);
}

static enum MHD_Result answer_absent(struct serve *s, struct MHD_Connection *c,
                                     bool gzip)
{
        struct path page = { .file = STR("404.html") };
        struct cache_answer answer;

        if (cache_find(s->cache, s->request, &page, gzip, &answer) == 0)
                return answer_kept(c, MHD_HTTP_NOT_FOUND, &answer);
        return send_and_drop(c, MHD_HTTP_NOT_FOUND,
                             text_response("There is no such page here.\n"));
}

/* A folder without its slash: links in its page would point elsewhere. */
static enum MHD_Result answer_moved(struct serve *s, struct MHD_Connection *c,
                                    const char *url)
{
        struct MHD_Response *r = text_response("It is there, with a slash.\n");

        if (r)
                MHD_add_response_header(r, "Location",
                                        arena_printf(s->request, "%s/", url).p);
        return send_and_drop(c, MHD_HTTP_MOVED_PERMANENTLY, r);
}

static enum MHD_Result answer_file(struct serve *s, struct MHD_Connection *c,
                                   const char *url)
{
        bool gzip = http_accepts_gzip(request_list(s, c, "Accept-Encoding"));
        struct cache_answer answer;
        struct path path;
        int rc = path_map(s->request, str_c(url), &path);

        if (rc == ERR_INPUT)
                return send_and_drop(c, MHD_HTTP_BAD_REQUEST,
                                     text_response("That is no path.\n"));
        if (rc == 0)
                rc = cache_find(s->cache, s->request, &path, gzip, &answer);
        /* With 304 it goes without its body, but with its own headers: a
         * length of 0 would be a lie (RFC 9110, 8.6). */
        if (rc == 0)
                return answer_kept(c,
                                   is_unchanged(s, c, &answer)
                                           ? MHD_HTTP_NOT_MODIFIED
                                           : MHD_HTTP_OK,
                                   &answer);
        if (rc == ERR_STALE)
                return answer_moved(s, c, url);
        if (rc == ERR_ABSENT)
                return answer_absent(s, c, gzip);
        return send_and_drop(
                c, MHD_HTTP_INTERNAL_SERVER_ERROR,
                text_response("The page can't be read just now.\n"));
}

/* The pages of the door; fixed words, so nothing needs an escape. */
#define PAGE_HEAD_OF(title)                                                    \
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"    \
        "<meta name=\"viewport\" content=\"width=device-width\">"              \
        "<meta name=\"color-scheme\" content=\"light dark\">"                  \
        "<title>" title "</title><style>body{font:1.1em/1.5 Georgia,serif;"    \
        "max-width:32em;margin:4em auto;padding:0 1em}button{font:inherit;"    \
        "padding:.5em 1em}</style></head><body><main>"
#define PAGE_HEAD PAGE_HEAD_OF("Unsubscribe")
#define PAGE_FOOT                                                              \
        "<p><a href=\"/\">The latest edition</a></p></main></body></html>\n"

static const char page_ask[] = PAGE_HEAD
        "<h1>Unsubscribe?</h1><p>You will get no more letters from us.</p>"
        "<form method=\"post\"><button>Unsubscribe</button></form>" PAGE_FOOT;
static const char page_done[] = PAGE_HEAD
        "<h1>You are unsubscribed.</h1><p>No more letters will be sent to "
        "you.</p>" PAGE_FOOT;
static const char page_unknown[] = PAGE_HEAD
        "<h1>This link is not known.</h1><p>It may have been cut off on its "
        "way; please take it from the letter again.</p>" PAGE_FOOT;
static const char page_later[] = PAGE_HEAD
        "<h1>It didn't work just now.</h1><p>You are still subscribed; please "
        "try again in a minute.</p>" PAGE_FOOT;

static enum MHD_Result send_page(struct MHD_Connection *c, unsigned code,
                                 struct MHD_Response *r)
{
        if (r) {
                MHD_add_response_header(r, "Content-Type",
                                        "text/html; charset=utf-8");
                MHD_add_response_header(r, "Cache-Control", "no-store");
                MHD_add_response_header(r, "X-Robots-Tag", "noindex");
        }
        return send_and_drop(c, code, r);
}

static enum MHD_Result answer_page(struct MHD_Connection *c, unsigned code,
                                   const char *page)
{
        return send_page(c, code,
                         MHD_create_response_from_buffer(
                                 strlen(page), (void *)(uintptr_t)page,
                                 MHD_RESPMEM_PERSISTENT));
}

static enum MHD_Result answer_too_much(struct MHD_Connection *c)
{
        return send_and_drop(c, MHD_HTTP_CONTENT_TOO_LARGE,
                             text_response("That is too much.\n"));
}

/* Tokens are hex digits: anything else never reaches the store. */
static bool is_token(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!chr_is_alnum(s.p[i]))
                        return false;
        return s.n > 0;
}

/* GET changes nothing: link scanners of mail hosts follow each link. */
static enum MHD_Result answer_leave(struct serve *s, struct MHD_Connection *c,
                                    struct str token, bool is_post)
{
        int rc;

        if (!is_post)
                return answer_page(c, MHD_HTTP_OK, page_ask);
        rc = is_token(token) ? s->setup.unsubscribe(s->setup.self, token)
                             : ERR_ABSENT;
        if (rc == 0)
                return answer_page(c, MHD_HTTP_OK, page_done);
        if (rc == ERR_ABSENT)
                return answer_page(c, MHD_HTTP_NOT_FOUND, page_unknown);
        return answer_page(c, MHD_HTTP_SERVICE_UNAVAILABLE, page_later);
}

/* --- the quiz ---------------------------------------------------------------
 */

#define RESULT_MAX_B ((size_t)1024 * 1024)

static const char page_busy[] = PAGE_HEAD_OF(
        "Quiz") "<h1>Too many answers at once.</h1><p>Please reload this page "
                "in a "
                "minute; your answers are still in it.</p>" PAGE_FOOT;
static const char page_old[] = PAGE_HEAD_OF(
        "Quiz") "<h1>These answers are not known.</h1><p>The quiz may have "
                "changed "
                "since; please send them again from its page.</p>" PAGE_FOOT;

static enum MHD_Result send_to(struct MHD_Connection *c, unsigned code,
                               struct str where)
{
        struct MHD_Response *r = text_response("It is there.\n");

        if (r) {
                MHD_add_response_header(r, "Location", where.p);
                MHD_add_response_header(r, "Cache-Control", "no-store");
        }
        return send_and_drop(c, code, r);
}

/* The form's page is a plain file: the token comes on the way. Relative, for
 * the site may lie below a path that a proxy takes off. */
static enum MHD_Result quiz_begin(struct serve *s, struct MHD_Connection *c,
                                  struct str date)
{
        const struct quiz_door *door = s->setup.quiz;
        struct str token;
        int rc = door->token(door->self, s->request, date, &token);

        if (rc == ERR_ABSENT)
                return answer_absent(s, c, false);
        if (rc < 0)
                return answer_page(c, MHD_HTTP_SERVICE_UNAVAILABLE, page_busy);
        return send_to(c, MHD_HTTP_TEMPORARY_REDIRECT,
                       arena_printf(s->request, STR_FMT "/" STR_FMT,
                                    STR_ARG(date), STR_ARG(token)));
}

static enum MHD_Result quiz_back(struct serve *s, struct MHD_Connection *c,
                                 struct str date)
{
        const struct quiz_door *door = s->setup.quiz;
        struct str where;

        if (door->page(door->self, s->request, date, &where) < 0)
                return answer_absent(s, c, false);
        return send_to(c, MHD_HTTP_SEE_OTHER, where);
}

static enum MHD_Result quiz_result(struct serve *s, struct MHD_Connection *c,
                                   struct quiz_form_post *post, struct str body)
{
        const struct quiz_door *door = s->setup.quiz;
        struct MHD_Response *r;
        struct buf out;
        int rc;

        if (!quiz_rate_take(&s->quiz, time_mono_ms()))
                return answer_page(c, MHD_HTTP_SERVICE_UNAVAILABLE, page_busy);
        post->n = quiz_fields(s->request, body, &post->fields);
        buf_init(&out, RESULT_MAX_B);
        rc = door->mark(door->self, s->request, post, &out);
        if (rc == 0) {
                r = MHD_create_response_from_buffer(
                        out.n, (void *)(uintptr_t)buf_cstr(&out),
                        MHD_RESPMEM_MUST_COPY);
                buf_done(&out);
                return send_page(c, MHD_HTTP_OK, r);
        }
        buf_done(&out);
        return rc == ERR_ABSENT || rc == ERR_STALE
                       ? answer_page(c, MHD_HTTP_NOT_FOUND, page_old)
                       : answer_page(c, MHD_HTTP_SERVICE_UNAVAILABLE,
                                     page_busy);
}

/* body: of a POST, absent when it was too large. */
static enum MHD_Result answer_quiz(struct serve *s, struct MHD_Connection *c,
                                   const char *url, bool is_post,
                                   struct str body)
{
        struct quiz_form_post post = { 0 };

        if (!quiz_path(str_c(url + sizeof(QUIZ_DOOR) - 1), &post.date,
                       &post.token))
                return answer_absent(s, c, false);
        if (!is_post)
                return quiz_back(s, c, post.date);
        if (!body.p)
                return answer_too_much(c);
        if (!post.token.n)
                return quiz_begin(s, c, post.date);
        return quiz_result(s, c, &post, body);
}

static enum MHD_Result answer_method(struct MHD_Connection *c, bool may_post)
{
        struct MHD_Response *r = text_response("That can't be done here.\n");

        if (r)
                MHD_add_response_header(
                        r, "Allow", may_post ? "GET, HEAD, POST" : "GET, HEAD");
        return send_and_drop(c, MHD_HTTP_METHOD_NOT_ALLOWED, r);
}

/* A hub asks (GET) or brings news (POST): site/websub.h. What it brought is
 * thanked for, true or not: whether a signature fits is nobody's business. */
static enum MHD_Result answer_hub(struct serve *s, struct MHD_Connection *c,
                                  struct str token, unsigned code)
{
        struct MHD_Response *r;

        arena_reset(s->request);
        patience_asked(c);
        if (code)
                return send_and_drop(c, code, text_response("\n"));
        r = websub_answer(s->setup.hubs, s->request, c, token, &code);
        return send_and_drop(c, code, r);
}

static enum MHD_Result on_delivery(struct serve *s, struct MHD_Connection *c,
                                   struct str token, struct str bytes,
                                   void **state)
{
        if (!*state) {
                *state = websub_post_new(s->setup.hubs, c, token);
                return *state ? MHD_YES
                              : answer_hub(s, c, token, MHD_HTTP_NOT_FOUND);
        }
        if (bytes.n) {
                websub_post_add(*state, bytes);
                return MHD_YES;
        }
        websub_post_end(*state, true);
        *state = NULL;
        return answer_hub(s, c, token, MHD_HTTP_ACCEPTED);
}

/*
 * What *state is once a request's headers were seen: for a hub's delivery a
 * websub_post, for answers to the quiz a quiz_post with its second bit set,
 * else an odd number that counts the body's bytes.
 */
static bool is_count(const void *state)
{
        return (uintptr_t)state & 1;
}

static bool is_quiz_post(const void *state)
{
        return ((uintptr_t)state & 3) == 2;
}

static struct quiz_post *quiz_post_of(void *state)
{
        return (struct quiz_post *)((uintptr_t)state & ~(uintptr_t)3);
}

static void set_count(void **state, size_t n)
{
        *state = (void *)((uintptr_t)n << 1 | 1);
}

static size_t count_of(const void *state)
{
        return (uintptr_t)state >> 1;
}

/* The answer is taken, or the connection broke off in the middle. */
static void on_completed(void *self, struct MHD_Connection *c, void **state,
                         enum MHD_RequestTerminationCode why)
{
        (void)self;
        (void)why;
        if (is_quiz_post(*state))
                quiz_post_free(quiz_post_of(*state));
        else if (*state && !is_count(*state))
                websub_post_end(*state, false);
        *state = NULL;
        patience_answered(c);
}

static bool is_for_hubs(const struct serve *s, const char *url)
{
        return s->setup.hubs &&
               strncmp(url, WEBSUB_DOOR, sizeof(WEBSUB_DOOR) - 1) == 0;
}

static bool is_for_leaving(const struct serve *s, const char *url)
{
        return s->setup.unsubscribe &&
               strncmp(url, LEAVE, sizeof(LEAVE) - 1) == 0;
}

static bool is_for_quiz(const struct serve *s, const char *url)
{
        return s->setup.quiz &&
               strncmp(url, QUIZ_DOOR, sizeof(QUIZ_DOOR) - 1) == 0;
}

static enum MHD_Result answer(struct serve *s, struct MHD_Connection *c,
                              const char *url, bool is_post)
{
        arena_reset(s->request);
        patience_asked(c);
        if (strcmp(url, "/healthz") == 0)
                return answer_health(s, c);
        if (is_for_hubs(s, url))
                return answer_hub(s, c, str_c(url + sizeof(WEBSUB_DOOR) - 1),
                                  0);
        if (is_for_leaving(s, url))
                return answer_leave(s, c, str_c(url + sizeof(LEAVE) - 1),
                                    is_post);
        if (is_for_quiz(s, url))
                return answer_quiz(s, c, url, false, STR(""));
        return answer_file(s, c, url);
}

/*
 * The headers are there; the body comes first, and it has a largest size. Who
 * is answered while still sending may lose the answer with the connection, so
 * somewhat more is taken in and thrown away.
 */
static enum MHD_Result begin_body(struct MHD_Connection *c, void **state)
{
        struct str length = request_header(c, "Content-Length");
        uint64_t n;

        if (length.p && scan_u64(length, BODY_DRAIN_B, &n) < 0)
                return answer_too_much(c);
        set_count(state, 0);
        return MHD_YES;
}

static enum MHD_Result take_body(void **state, size_t *data_n)
{
        size_t n = count_of(*state) + *data_n;

        *data_n = 0; /* whatever it says: the address says all */
        set_count(state, n);
        return n > BODY_DRAIN_B ? MHD_NO : MHD_YES;
}

/* Answers come in, up to what a form may hold. */
static enum MHD_Result on_quiz(struct serve *s, struct MHD_Connection *c,
                               const char *url, struct str bytes, void **state)
{
        if (!*state) {
                enum MHD_Result rc = begin_body(c, state);

                if (is_count(*state))
                        *state = (void *)((uintptr_t)quiz_post_new() | 2);
                return rc;
        }
        if (bytes.n) {
                quiz_post_add(quiz_post_of(*state), bytes);
                return MHD_YES;
        }
        arena_reset(s->request);
        patience_asked(c);
        return answer_quiz(s, c, url, true,
                           quiz_post_body(quiz_post_of(*state)));
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *c,
                                  const char *url, const char *method,
                                  const char *version, const char *data,
                                  size_t *data_n, void **state)
{
        struct serve *s = self;
        bool is_post = strcmp(method, "POST") == 0;
        bool is_leave = is_for_leaving(s, url);

        (void)version;
        if (is_post && is_for_hubs(s, url)) {
                struct str bytes = { data, *data_n };

                *data_n = 0;
                return on_delivery(s, c, str_c(url + sizeof(WEBSUB_DOOR) - 1),
                                   bytes, state);
        }
        if (is_post && is_for_quiz(s, url)) {
                struct str bytes = { data, *data_n };

                *data_n = 0;
                return on_quiz(s, c, url, bytes, state);
        }
        if (is_post ? !is_leave
                    : strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
                return answer_method(c, is_leave || is_for_quiz(s, url));
        if (!*state)
                return begin_body(c, state);
        if (*data_n)
                return take_body(state, data_n);
        if (count_of(*state) > BODY_MAX_B)
                return answer_too_much(c);
        return answer(s, c, url, is_post);
}

/* --- the daemon ------------------------------------------------------------
 */

/* Paths stay as they were sent: path_map() decodes them. */
static size_t leave_escaped(void *self, struct MHD_Connection *c, char *text)
{
        (void)self;
        (void)c;
        return strlen(text);
}

static void stay_silent(void *self, const char *fmt, va_list args)
{
        (void)self;
        (void)fmt;
        (void)args;
}

static struct MHD_Daemon *start(struct serve *s, int fd)
{
        return MHD_start_daemon(
                MHD_USE_EPOLL | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, s,
                MHD_OPTION_EXTERNAL_LOGGER, stay_silent, NULL,
                MHD_OPTION_NOTIFY_CONNECTION, patience_note, s->patience,
                MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
                (unsigned)s->setup.connections, MHD_OPTION_CONNECTION_TIMEOUT,
                (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                (size_t)CONNECTION_MEMORY_B, MHD_OPTION_UNESCAPE_CALLBACK,
                leave_escaped, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
                NULL, MHD_OPTION_END);
}

int serve_open(struct arena *a, const struct serve_setup *setup,
               struct serve **ret, struct err *err)
{
        struct serve *s = arena_alloc(a, sizeof(*s));
        int fd, rc;

        s->setup = *setup;
        rc = listen_open(a, setup->listen, &fd, &s->address, err);
        if (rc < 0)
                return rc;
        s->patience = patience_new(a, (size_t)setup->connections);
        s->daemon = start(s, fd);
        if (!s->daemon) {
                close(fd);
                return err_set(err, ERR_SYS,
                               "the HTTP server didn't start on " STR_FMT
                               " (site.connections %lld may be over the limit "
                               "of open files: ulimit -n)",
                               STR_ARG(setup->listen),
                               (long long)setup->connections);
        }
        s->cache = cache_new(setup->public_dir, CACHE_B);
        s->request = arena_new(REQUEST_ARENA_B);
        *ret = s;
        return 0;
}

struct str serve_address(const struct serve *s)
{
        return s->address;
}

int serve_run(struct serve *s, bool (*is_stopping)(void), struct err *err)
{
        int64_t swept_ms = 0;

        while (!is_stopping()) {
                if (MHD_run_wait(s->daemon, WAKE_MS) != MHD_YES)
                        return err_set(err, ERR_SYS,
                                       "the HTTP server stopped working");
                if (time_mono_ms() - swept_ms < WAKE_MS)
                        continue;
                swept_ms = time_mono_ms();
                patience_sweep(s->patience, swept_ms);
        }
        return 0;
}

void serve_close(struct serve *s)
{
        if (!s)
                return;
        MHD_stop_daemon(s->daemon);
        cache_free(s->cache);
        arena_free(s->request);
}

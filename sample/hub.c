#include "hub.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bad.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/scan.h"
#include "base/url.h"

#define BODY_B 65536
#define CHALLENGE "a/challenge+of&ours"
#define CHALLENGE_FORMAT "a%%2Fchallenge%%2Bof%%26ours"

/* The one subscription. */
static struct {
        pthread_mutex_t lock;
        struct arena *a;
        struct str callback, topic, secret, mode;
        int asked, verified, told, taken, left, items;
        bool is_unnamed; /* the feed names it no more */
} hub = { .lock = PTHREAD_MUTEX_INITIALIZER, .items = 1 };

/* --- a client of few words ---------------------------------------------- */

static int dial(struct str url)
{
        struct url u = url_split(url);
        struct sockaddr_in at = { .sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        uint64_t port = 80;
        int fd = socket(AF_INET, SOCK_STREAM, 0);

        (void)!scan_u64(u.port, 65535, &port);
        at.sin_port = htons((uint16_t)port);
        if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0) {
                close(fd);
                return -1;
        }
        return fd;
}

/* Send it and take in the answer; true for a 2xx. */
static bool call(struct str url, struct str request, struct buf *answer)
{
        int fd = dial(url);
        size_t sent = 0;
        ssize_t n = 0;
        char bytes[4096];

        while (fd >= 0 && sent < request.n &&
               (n = write(fd, request.p + sent, request.n - sent)) > 0)
                sent += (size_t)n;
        while (fd >= 0 && (n = read(fd, bytes, sizeof(bytes))) > 0)
                buf_put(answer, (struct str) { bytes, (size_t)n });
        if (fd >= 0)
                close(fd);
        return str_starts(buf_str(answer), STR("HTTP/1.1 2"));
}

/* --- asking back -------------------------------------------------------- */

static void *ask_back(void *ctx)
{
        struct buf request, answer;
        struct url u;

        (void)ctx;
        pthread_mutex_lock(&hub.lock);
        u = url_split(hub.callback);
        buf_init(&request, BODY_B);
        buf_init(&answer, BODY_B);
        buf_printf(&request,
                   "GET " STR_FMT "?hub.mode=" STR_FMT "&hub.topic=" STR_FMT
                   "&hub.challenge=" CHALLENGE_FORMAT
                   "&hub.lease_seconds=7200 HTTP/1.1\r\nHost: hub\r\n"
                   "Connection: close\r\n\r\n",
                   STR_ARG(u.path), STR_ARG(hub.mode), STR_ARG(hub.topic));
        if (call(hub.callback, buf_str(&request), &answer) &&
            str_ends(buf_str(&answer), STR("\r\n\r\n" CHALLENGE)))
                *(str_eq(hub.mode, STR("subscribe")) ? &hub.verified
                                                     : &hub.left) += 1;
        buf_done(&request);
        buf_done(&answer);
        pthread_mutex_unlock(&hub.lock);
        return NULL;
}

/* --- the feed, and telling of it ---------------------------------------- */

static void put_feed(struct buf *out, struct str front)
{
        buf_printf(out,
                   "<?xml version=\"1.0\"?><rss version=\"2.0\" "
                   "xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>"
                   "<title>The hub's feed</title><atom:link rel=\"self\" "
                   "href=\"" STR_FMT "hub/feed.xml\"/>",
                   STR_ARG(front));
        if (!hub.is_unnamed)
                buf_printf(out,
                           "<atom:link rel=\"hub\" href=\"" STR_FMT "hub/\"/>",
                           STR_ARG(front));
        for (int i = 0; i < hub.items; i++)
                buf_printf(out,
                           "<item><title>News %d</title><guid>n%d</guid>"
                           "</item>",
                           i, i);
        buf_puts(out, "</channel></rss>");
}

static void tell(struct str front, struct str secret)
{
        struct arena *a = arena_new(BODY_B);
        struct buf body, request, answer;

        buf_init(&body, BODY_B);
        buf_init(&request, 2 * BODY_B);
        buf_init(&answer, BODY_B);
        put_feed(&body, front);
        buf_printf(&request,
                   "POST " STR_FMT " HTTP/1.1\r\nHost: hub\r\nConnection: "
                   "close\r\nContent-Type: application/rss+xml\r\n"
                   "X-Hub-Signature: sha256=" STR_FMT
                   "\r\nContent-Length: %zu\r\n\r\n" STR_FMT,
                   STR_ARG(url_split(hub.callback).path),
                   STR_ARG(hash_hmac_hex(a, secret, buf_str(&body))), body.n,
                   STR_ARG(buf_str(&body)));
        hub.told++;
        hub.taken += call(hub.callback, buf_str(&request), &answer);
        buf_done(&answer);
        buf_done(&request);
        buf_done(&body);
        arena_free(a);
}

/* --- requests ----------------------------------------------------------- */

static struct str form_value(struct arena *a, struct str form, struct str name)
{
        struct str part;

        while (str_cut(&form, '&', &part)) {
                struct str key;
                struct buf out;
                uint64_t c;

                if (!str_cut(&part, '=', &key) || !str_eq(key, name))
                        continue;
                buf_init(&out, BODY_B);
                for (size_t i = 0; i < part.n; i++)
                        if (part.p[i] == '%' &&
                            scan_hex(str_sub(part, i + 1, 2), 255, &c) == 0) {
                                buf_char(&out, (char)c);
                                i += 2;
                        } else {
                                buf_char(&out, part.p[i]);
                        }
                struct str ret = arena_str(a, buf_str(&out));

                buf_done(&out);
                return ret;
        }
        return STR("");
}

/* The address that the feed names leads to another, for good. */
static enum MHD_Result send_on(struct MHD_Connection *c)
{
        struct MHD_Response *r = MHD_create_response_from_buffer(
                0, NULL, MHD_RESPMEM_PERSISTENT);
        enum MHD_Result rc;

        MHD_add_response_header(r, "Location", "/hub/subscriptions");
        rc = MHD_queue_response(c, 308, r);
        MHD_destroy_response(r);
        return rc;
}

static enum MHD_Result subscribe(struct MHD_Connection *c, struct str form)
{
        pthread_t thread;
        bool is_well;

        pthread_mutex_lock(&hub.lock);
        if (!hub.a)
                hub.a = arena_new((size_t)1 << 20);
        hub.asked++;
        hub.callback = form_value(hub.a, form, STR("hub.callback"));
        hub.topic = form_value(hub.a, form, STR("hub.topic"));
        hub.mode = form_value(hub.a, form, STR("hub.mode"));
        if (str_eq(hub.mode, STR("subscribe")))
                hub.secret = form_value(hub.a, form, STR("hub.secret"));
        is_well = hub.callback.n && hub.topic.n;
        pthread_mutex_unlock(&hub.lock);
        if (!is_well || pthread_create(&thread, NULL, ask_back, NULL) != 0)
                return bad_send(c, 400, "text/plain", STR("what?\n"));
        pthread_detach(thread);
        return bad_send(c, 202, "text/plain", STR("we'll ask\n"));
}

static enum MHD_Result get(struct MHD_Connection *c, struct str leaf,
                           struct str front)
{
        enum MHD_Result rc;
        struct buf out;

        buf_init(&out, BODY_B);
        pthread_mutex_lock(&hub.lock);
        if (str_eq(leaf, STR("feed.xml"))) {
                put_feed(&out, front);
        } else if (str_eq(leaf, STR("publish"))) {
                hub.items++;
                tell(front, hub.secret);
        } else if (str_eq(leaf, STR("unnamed")) || str_eq(leaf, STR("named"))) {
                hub.is_unnamed = str_eq(leaf, STR("unnamed"));
        } else if (str_eq(leaf, STR("forge"))) {
                hub.items++;
                tell(front, STR("a guess"));
        }
        if (!out.n)
                buf_printf(
                        &out, "asked %d verified %d told %d taken %d left %d\n",
                        hub.asked, hub.verified, hub.told, hub.taken, hub.left);
        pthread_mutex_unlock(&hub.lock);
        rc = bad_send(c, 200,
                      str_eq(leaf, STR("feed.xml")) ? "application/rss+xml"
                                                    : "text/plain",
                      buf_str(&out));
        buf_done(&out);
        return rc;
}

/* A POST's body as it comes in. */
struct post {
        struct arena *a;
        struct buf body;
};

enum MHD_Result hub_request(struct MHD_Connection *c, struct str leaf,
                            struct str front, const char *upload,
                            size_t *upload_n, void **state)
{
        struct post *post = *state;
        enum MHD_Result rc;

        if (!post) {
                struct arena *a = arena_new(BODY_B);

                post = *state = arena_alloc(a, sizeof(*post));
                post->a = a;
                buf_init(&post->body, BODY_B);
                return MHD_YES;
        }
        if (*upload_n) {
                buf_put(&post->body, (struct str) { upload, *upload_n });
                *upload_n = 0;
                return MHD_YES;
        }
        if (!post->body.n)
                rc = get(c, leaf, front);
        else if (!leaf.n)
                rc = send_on(c);
        else
                rc = subscribe(c, buf_str(&post->body));
        return rc;
}

void hub_completed(void *ctx, struct MHD_Connection *c, void **state,
                   enum MHD_RequestTerminationCode why)
{
        struct post *post = *state;

        (void)ctx, (void)c, (void)why;
        if (!post)
                return;
        buf_done(&post->body);
        arena_free(post->a);
        *state = NULL;
}

#include "bad.h"

#include <assert.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <zlib.h>

#include "base/buf.h"
#include "base/time.h"
#include "worse.h"

#define RSS "application/rss+xml; charset=utf-8"
#define START                                                                  \
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\">"      \
        "<channel><title>Small feed</title><link>http://127.0.0.1/</link>"
#define BLANKS_B ((size_t)8 * 1024 * 1024)

static const char *const names[] = {
        "ok",       "429",        "429-date",   "503",       "500-then-ok",
        "301",      "302",        "302-chain",  "302-loop",  "to-metadata",
        "to-file",  "to-private", "to-decimal", "endless",   "gzip-bomb",
        "trickle",  "stall",      "html-type",  "html-page", "truncated",
        "bad-utf8", "404",        "410",        "403",       "empty",
        "short",    "reset",      "no-dates",   "same-guid", "etag",
};

/* --- answers ------------------------------------------------------------ */

static enum MHD_Result queue(struct MHD_Connection *c, unsigned status,
                             struct MHD_Response *r)
{
        enum MHD_Result rc = MHD_queue_response(c, status, r);

        MHD_destroy_response(r);
        return rc;
}

static struct MHD_Response *response(const char *type, struct str body)
{
        struct MHD_Response *r = MHD_create_response_from_buffer(
                body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_MUST_COPY);

        assert(r);
        MHD_add_response_header(r, "Content-Type", type);
        return r;
}

enum MHD_Result bad_send(struct MHD_Connection *c, unsigned status,
                         const char *type, struct str body)
{
        return queue(c, status, response(type, body));
}

static enum MHD_Result go(struct MHD_Connection *c, unsigned status,
                          const char *to)
{
        struct MHD_Response *r = response("text/plain", STR(""));

        MHD_add_response_header(r, "Location", to);
        return queue(c, status, r);
}

static enum MHD_Result later(struct MHD_Connection *c, unsigned status,
                             const char *retry_after)
{
        struct MHD_Response *r = response("text/plain", STR("later\n"));

        MHD_add_response_header(r, "Retry-After", retry_after);
        return queue(c, status, r);
}

/* --- the small feed, and what is done to it ----------------------------- */

struct small {
        const char *word; /* of each description */
        bool no_dates, same_guid;
};

static void put_small(struct buf *out, const struct small *s)
{
        buf_puts(out, START "<description>d</description>");
        for (int i = 0; i < 3; i++) {
                buf_printf(out,
                           "<item><title>Item %d</title>"
                           "<link>http://127.0.0.1/%d</link>",
                           i, i);
                if (s->same_guid)
                        buf_puts(out, "<guid>same</guid>");
                else if (!s->no_dates)
                        buf_printf(out, "<guid>g%d</guid>", i);
                if (!s->no_dates)
                        buf_printf(out,
                                   "<pubDate>Mon, 02 Mar 2026 0%d:00:00 "
                                   "GMT</pubDate>",
                                   i);
                buf_printf(out, "<description>%s %d</description></item>",
                           s->word, i);
        }
        buf_puts(out, "</channel></rss>");
}

static enum MHD_Result send_small(struct MHD_Connection *c, const char *type,
                                  const struct small *s)
{
        enum MHD_Result rc;
        struct buf out;

        buf_init(&out, 65536);
        put_small(&out, s);
        rc = bad_send(c, 200, type, buf_str(&out));
        buf_done(&out);
        return rc;
}

static enum MHD_Result send_cut(struct MHD_Connection *c)
{
        enum MHD_Result rc;
        struct buf out;

        buf_init(&out, 65536);
        put_small(&out, &(struct small) { .word = "Text" });
        buf_cut(&out, out.n - 90); /* in the last item */
        rc = bad_send(c, 200, RSS, buf_str(&out));
        buf_done(&out);
        return rc;
}

static enum MHD_Result send_etag(struct MHD_Connection *c)
{
        static const char tag[] = "W/\"small:1\"";
        const char *none = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
                                                       "If-None-Match");
        bool same = none && strcmp(none, tag) == 0;
        struct MHD_Response *r;
        struct buf out;

        buf_init(&out, 65536);
        if (!same)
                put_small(&out, &(struct small) { .word = "Text" });
        r = response(RSS, buf_str(&out));
        buf_done(&out);
        MHD_add_response_header(r, "ETag", tag);
        return queue(c, same ? 304 : 200, r);
}

/* --- bodies that are too much or too little ----------------------------- */

static ssize_t endless(void *ctx, uint64_t pos, char *p, size_t max)
{
        static const char start[] = START "<description>";
        size_t n = sizeof(start) - 1;

        (void)ctx;
        if (pos == 0 && max >= n) {
                memcpy(p, start, n);
                return (ssize_t)n;
        }
        memset(p, 'x', max);
        return (ssize_t)max;
}

static ssize_t trickle(void *ctx, uint64_t pos, char *p, size_t max)
{
        (void)ctx, (void)max;
        if (pos > 0)
                sleep(1);
        *p = ' ';
        return 1;
}

static ssize_t stall(void *ctx, uint64_t pos, char *p, size_t max)
{
        (void)ctx, (void)max;
        if (pos > 0) {
                sleep(600);
                return MHD_CONTENT_READER_END_WITH_ERROR;
        }
        *p = '<';
        return 1;
}

static ssize_t short_body(void *ctx, uint64_t pos, char *p, size_t max)
{
        (void)ctx, (void)max;
        if (pos >= 300)
                return MHD_CONTENT_READER_END_WITH_ERROR;
        *p = ' ';
        return 1;
}

static enum MHD_Result stream(struct MHD_Connection *c, uint64_t size,
                              MHD_ContentReaderCallback read)
{
        struct MHD_Response *r = MHD_create_response_from_callback(
                size, 65536, read, NULL, NULL);

        assert(r);
        MHD_add_response_header(r, "Content-Type", RSS);
        return queue(c, 200, r);
}

/* A gzip stream: a start, then the same packed blanks again and again. */
struct bomb {
        char start[512], blanks[65536];
        size_t start_n, blanks_n;
};

static size_t pack(z_stream *z, const void *in, size_t n, char *out,
                   size_t room)
{
        z->next_in = (void *)(uintptr_t)in;
        z->avail_in = (unsigned)n;
        z->next_out = (void *)out;
        z->avail_out = (unsigned)room;

        int rc = deflate(z, Z_FULL_FLUSH);

        assert(rc == Z_OK && !z->avail_in);
        return room - z->avail_out;
}

static const struct bomb *bomb_get(void)
{
        static struct bomb b;
        static const unsigned char head[10] = { 0x1f, 0x8b, 8, [9] = 3 };
        static const char start[] = START "<description>";
        z_stream z = { 0 };
        struct buf blanks;

        if (b.blanks_n)
                return &b;
        int rc = deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);

        assert(rc == Z_OK);
        memcpy(b.start, head, sizeof(head));
        b.start_n = sizeof(head) + pack(&z, start, sizeof(start) - 1,
                                        b.start + sizeof(head),
                                        sizeof(b.start) - sizeof(head));
        buf_init(&blanks, BLANKS_B);
        memset(buf_room(&blanks, BLANKS_B), ' ', BLANKS_B);
        size_t n = pack(&z, blanks.p, BLANKS_B, b.blanks, sizeof(b.blanks));

        buf_done(&blanks);
        deflateEnd(&z);
        b.blanks_n = n;
        return &b;
}

static ssize_t bomb_read(void *ctx, uint64_t pos, char *p, size_t max)
{
        const struct bomb *b = ctx;
        const char *from = b->start + pos;
        size_t n = b->start_n - (size_t)pos;

        if (pos >= b->start_n) {
                size_t at = (size_t)(pos - b->start_n) % b->blanks_n;

                from = b->blanks + at;
                n = b->blanks_n - at;
        }
        if (n > max)
                n = max;
        memcpy(p, from, n);
        return (ssize_t)n;
}

static enum MHD_Result send_bomb(struct MHD_Connection *c)
{
        struct MHD_Response *r = MHD_create_response_from_callback(
                MHD_SIZE_UNKNOWN, 65536, bomb_read,
                (void *)(uintptr_t)bomb_get(), NULL);

        assert(r);
        MHD_add_response_header(r, "Content-Type", RSS);
        MHD_add_response_header(r, "Content-Encoding", "gzip");
        return queue(c, 200, r);
}

/* Not an end but a cut: the other side sees ECONNRESET. */
static enum MHD_Result reset(struct MHD_Connection *c)
{
        const union MHD_ConnectionInfo *info =
                MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
        struct linger now = { 1, 0 };

        if (info)
                setsockopt(info->connect_fd, SOL_SOCKET, SO_LINGER, &now,
                           sizeof(now));
        return MHD_NO;
}

/* --- by name ------------------------------------------------------------ */

static bool is(struct str name, const char *want)
{
        return str_eq(name, str_c(want));
}

static enum MHD_Result redirects(struct MHD_Connection *c, struct str name,
                                 struct str leaf)
{
        static const char ok[] = "/bad/ok/feed.xml";

        if (is(name, "301"))
                return go(c, 301, ok);
        if (is(name, "302"))
                return go(c, 302, ok);
        if (is(name, "302-chain"))
                return go(c, 302,
                          is(leaf, "feed.xml") ? "hop1"
                          : is(leaf, "hop1")   ? "hop2"
                          : is(leaf, "hop2")   ? "hop3"
                                               : ok);
        if (is(name, "302-loop"))
                return go(c, 302, is(leaf, "hop1") ? "feed.xml" : "hop1");
        if (is(name, "to-metadata"))
                return go(c, 302, "http://169.254.169.254/latest/meta-data/");
        if (is(name, "to-file"))
                return go(c, 302, "file:///etc/passwd");
        if (is(name, "to-private"))
                return go(c, 302, "http://10.0.0.1/feed.xml");
        return go(c, 302, "http://2852039166/");
}

static enum MHD_Result statuses(struct MHD_Connection *c, struct str name)
{
        static int turns;
        enum MHD_Result rc;
        struct buf date;

        if (is(name, "429"))
                return later(c, 429, "120");
        if (is(name, "503"))
                return later(c, 503, "60");
        if (is(name, "429-date")) {
                buf_init(&date, 100);
                time_put_http(&date, time_now() + 120);
                rc = later(c, 429, buf_cstr(&date));
                buf_done(&date);
                return rc;
        }
        if (is(name, "500-then-ok")) {
                if (__atomic_fetch_add(&turns, 1, __ATOMIC_RELAXED) == 0)
                        return bad_send(c, 500, "text/plain", STR("oops\n"));
                return send_small(c, RSS, &(struct small) { .word = "Text" });
        }
        return bad_send(c,
                        is(name, "404")   ? 404
                        : is(name, "410") ? 410
                                          : 403,
                        "text/plain", STR("no\n"));
}

static enum MHD_Result bodies(struct MHD_Connection *c, struct str name)
{
        if (is(name, "endless"))
                return stream(c, MHD_SIZE_UNKNOWN, endless);
        if (is(name, "gzip-bomb"))
                return send_bomb(c);
        if (is(name, "trickle"))
                return stream(c, MHD_SIZE_UNKNOWN, trickle);
        if (is(name, "stall"))
                return stream(c, 5000, stall);
        if (is(name, "short"))
                return stream(c, 5000, short_body);
        if (is(name, "truncated"))
                return send_cut(c);
        if (is(name, "etag"))
                return send_etag(c);
        if (is(name, "empty"))
                return bad_send(c, 200, RSS, STR(""));
        return bad_send(
                c, 200, "text/html",
                STR("<!doctype html><html><head><title>A site</title>"
                    "<link rel=\"alternate\" type=\"application/rss+xml\" "
                    "href=\"/bad/ok/feed.xml\">"
                    "</head><body><p>Hello.</p></body></html>"));
}

static enum MHD_Result smalls(struct MHD_Connection *c, struct str name)
{
        struct small s = {
                .word = is(name, "bad-utf8") ? "T\xffx\xc3(t \xed\xa0\x80"
                                             : "Text",
                .no_dates = is(name, "no-dates"),
                .same_guid = is(name, "same-guid"),
        };

        return send_small(c, is(name, "html-type") ? "text/html" : RSS, &s);
}

enum MHD_Result bad_answer(struct MHD_Connection *c, struct str name,
                           struct str leaf, struct str here)
{
        static const struct {
                const char *name;
                char by;
        } rows[] = {
                { "429", 's' },        { "429-date", 's' },
                { "503", 's' },        { "500-then-ok", 's' },
                { "404", 's' },        { "410", 's' },
                { "403", 's' },        { "301", 'r' },
                { "302", 'r' },        { "302-chain", 'r' },
                { "302-loop", 'r' },   { "to-metadata", 'r' },
                { "to-file", 'r' },    { "to-private", 'r' },
                { "to-decimal", 'r' }, { "endless", 'b' },
                { "gzip-bomb", 'b' },  { "trickle", 'b' },
                { "stall", 'b' },      { "short", 'b' },
                { "truncated", 'b' },  { "etag", 'b' },
                { "empty", 'b' },      { "html-page", 'b' },
                { "ok", 'f' },         { "html-type", 'f' },
                { "bad-utf8", 'f' },   { "no-dates", 'f' },
                { "same-guid", 'f' },
        };

        enum MHD_Result rc;

        (void)here;
        if (is(name, "reset"))
                return reset(c);
        if (worse_answer(c, name, leaf, &rc))
                return rc;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                if (!is(name, rows[i].name))
                        continue;
                switch (rows[i].by) {
                case 's':
                        return statuses(c, name);
                case 'r':
                        return redirects(c, name, leaf);
                case 'b':
                        return bodies(c, name);
                default:
                        return smalls(c, name);
                }
        }
        return bad_send(c, 404, "text/plain", STR("no such fault\n"));
}

static void put_outline(struct buf *out, const char *name, struct str here)
{
        buf_printf(out,
                   "<outline type=\"rss\" text=\"%s\" title=\"%s\" "
                   "xmlUrl=\"" STR_FMT "bad/%s/feed.xml\"/>\n",
                   name, name, STR_ARG(here), name);
}

void bad_put_opml(struct buf *out, struct str here)
{
        buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml "
                      "version=\"2.0\"><head><title>Misbehaving "
                      "hosts</title></head><body>\n");
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                put_outline(out, names[i], here);
        for (size_t i = 0; worse_names[i]; i++)
                put_outline(out, worse_names[i], here);
        buf_puts(out, "</body></opml>\n");
}

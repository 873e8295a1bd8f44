#include "many.h"

#include <stdint.h>

#include "bad.h"
#include "base/buf.h"
#include "base/scan.h"
#include "base/time.h"

#define FEEDS_MOST 100000
#define ITEMS 20
#define BODY_B ((size_t)64 << 20)
#define NEWEST_AT 1772776800 /* 2026-03-06T06:00:00Z */

/* Words of our own, put together by a number, so that no two items are alike
 * and no two runs differ. */
static const char *const words[] = {
        "harbour", "council",  "ferry",   "budget",  "strike",   "vote",
        "bridge",  "festival", "quarry",  "railway", "teachers", "forest",
        "museum",  "mayor",    "inquiry", "tariff",  "glacier",  "orchard",
        "printer", "theatre",  "lagoon",  "school",  "clinic",   "tunnel",
        "market",  "union",    "senate",  "archive", "reactor",  "canal",
        "pension", "census",
};
#define WORDS (sizeof(words) / sizeof(*words))

static uint64_t mix(uint64_t n)
{
        n ^= n >> 33;
        n *= 0xff51afd7ed558ccdu;
        n ^= n >> 33;
        n *= 0xc4ceb9fe1a85ec53u;
        return n ^ n >> 33;
}

static void put_words(struct buf *out, uint64_t seed, int n)
{
        for (int i = 0; i < n; i++)
                buf_printf(out, "%s%s", i ? " " : "",
                           words[mix(seed + (uint64_t)i) % WORDS]);
}

static void put_item(struct buf *out, uint64_t feed, int i)
{
        uint64_t seed = mix(feed * ITEMS + (uint64_t)i) & 0xffffffffffff;
        int64_t at = NEWEST_AT - (int64_t)(seed % 90000) - 60;

        buf_puts(out, "<item><title>");
        put_words(out, seed, 7);
        buf_printf(out,
                   "</title><link>http://f%llu.example/%llx.html</link>"
                   "<guid>%llx</guid><pubDate>",
                   (unsigned long long)feed, (unsigned long long)seed,
                   (unsigned long long)seed);
        time_put_rfc5322(out, at);
        buf_puts(out, "</pubDate><description>&lt;p&gt;");
        put_words(out, seed + 7, 40);
        buf_puts(out, ".&lt;/p&gt;</description></item>\n");
}

static void put_feed(struct buf *out, uint64_t feed)
{
        buf_printf(out,
                   "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                   "<rss version=\"2.0\"><channel><title>Feed %llu</title>"
                   "<link>http://f%llu.example/</link><language>en</language>"
                   "<description>One of many</description>\n",
                   (unsigned long long)feed, (unsigned long long)feed);
        for (int i = 0; i < ITEMS; i++)
                put_item(out, feed, i);
        buf_puts(out, "</channel></rss>\n");
}

static void put_list(struct buf *out, uint64_t n, struct str front)
{
        buf_puts(out, "<opml version=\"2.0\"><head><title>Many</title></head>"
                      "<body>\n");
        for (uint64_t i = 0; i < n; i++)
                buf_printf(out,
                           "<outline type=\"rss\" text=\"Feed %llu\" "
                           "xmlUrl=\"" STR_FMT "many/%llu/%llu.xml\"/>\n",
                           (unsigned long long)i, STR_ARG(front),
                           (unsigned long long)n, (unsigned long long)i);
        buf_puts(out, "</body></opml>\n");
}

enum MHD_Result many_answer(struct MHD_Connection *c, struct str path,
                            struct str front)
{
        struct str rest = path, first;
        uint64_t n, i;
        enum MHD_Result rc;
        struct buf out;

        if (!str_cut(&rest, '/', &first) || scan_u64(first, FEEDS_MOST, &n) < 0)
                return bad_send(c, 404, "text/plain", STR("how many?\n"));
        buf_init(&out, BODY_B);
        if (str_eq(rest, STR("feeds.opml"))) {
                put_list(&out, n, front);
                rc = bad_send(c, 200, "text/x-opml", buf_str(&out));
        } else if (str_ends(rest, STR(".xml")) &&
                   scan_u64(str_sub(rest, 0, rest.n - 4), n, &i) == 0) {
                put_feed(&out, i);
                rc = bad_send(c, 200, "application/rss+xml", buf_str(&out));
        } else {
                rc = bad_send(c, 404, "text/plain", STR("no such feed\n"));
        }
        buf_done(&out);
        return rc;
}

/*
 * Feeds and lists of feeds: any bytes are read or refused, in bounds; what is
 * read is valid UTF-8, and its HTML is what the sanitiser would write again.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/feed.h"
#include "wire/opml.h"
#include "wire/sanitize.h"

#define ARENA_MAX ((size_t)256 << 20)
#define URL STR("https://harbour.example/feed.xml")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Safe HTML made safe is the same: nothing comes to life at a second reading.
 */
static void check_html(struct arena *a, struct str html)
{
        assert(utf8_is_valid(html));
        if (html.n < LIMIT_CONTENT_B)
                assert(str_eq(sanitize_html(a, html, URL), html));
}

static void check_doc(struct arena *a, const struct feed_doc *doc)
{
        assert(doc->n_items <= LIMIT_FEED_ITEMS);
        assert(utf8_is_valid(doc->title));
        for (size_t i = 0; i < doc->n_items; i++) {
                const struct item *it = &doc->items[i];

                assert(utf8_is_valid(it->title) && utf8_is_valid(it->id));
                assert(it->title.n <= LIMIT_TITLE_B);
                assert(it->authors.n <= LIMIT_AUTHORS);
                check_html(a, it->summary);
                check_html(a, it->content);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str bytes = { (const char *)data, size };
        struct arena *a = arena_new(ARENA_MAX);
        const struct feed_doc *doc;
        struct feed_list list;
        int64_t at;

        if (feed_parse(a, bytes, URL, STR_NULL, &doc, NULL) == 0)
                check_doc(a, doc);
        if (opml_read(a, bytes, URL, &list, NULL) == 0)
                assert(list.n <= LIMIT_OPML_FEEDS);
        if (date_parse(bytes, &at, NULL) == 0)
                assert(at != TIME_NONE);
        arena_free(a);
        return 0;
}

/*
 * Lists of feeds, and feeds in JSON: any bytes are read or refused; a list that
 * was read, written and read again is the same list.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/feed.h"
#include "wire/opml.h"

#define ARENA_MAX ((size_t)256 << 20)
#define URL STR("https://harbour.example/feed.json")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_list(struct arena *a, struct str bytes)
{
        struct feed_list list, again;
        struct buf out;

        if (opml_read(a, bytes, URL, &list, NULL) < 0)
                return;
        assert(list.n <= LIMIT_OPML_FEEDS);
        buf_init(&out, LIMIT_OPML_B);
        opml_write(&out, &list, STR("Feeds"));
        assert(utf8_is_valid(buf_str(&out)));
        if (buf_ok(&out)) {
                assert(opml_read(a, buf_str(&out), URL, &again, NULL) == 0);
                assert(again.n == list.n);
        }
        buf_done(&out);
}

static void check_json(struct arena *a, struct str bytes)
{
        const struct feed_doc *doc;
        struct buf out;

        buf_init(&out, LIMIT_FEED_B);
        buf_puts(&out, "{\"version\":\"https://jsonfeed.org/version/1.1\",");
        buf_put(&out, bytes);
        for (int i = 0; i < 2; i++) {
                struct str text = i ? buf_str(&out) : bytes;

                if (feed_parse(a, text, URL, STR_NULL, &doc, NULL) < 0)
                        continue;
                assert(doc->n_items <= LIMIT_FEED_ITEMS);
                for (size_t k = 0; k < doc->n_items; k++) {
                        assert(utf8_is_valid(doc->items[k].title));
                        assert(utf8_is_valid(doc->items[k].id));
                        assert(doc->items[k].url.n <= LIMIT_URL_B);
                }
        }
        buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str bytes = { (const char *)data, size };
        struct arena *a = arena_new(ARENA_MAX);

        check_list(a, bytes);
        check_json(a, bytes);
        arena_free(a);
        return 0;
}

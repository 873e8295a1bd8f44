/*
 * What comes out of the jail: any bytes are a record or refused; what is read
 * is in bounds, valid UTF-8, and written again it reads the same.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/item.h"
#include "wire/record.h"
#include "wire/shape.h"

#define ARENA_MAX ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_item(const struct item *it)
{
        assert(utf8_is_valid(it->title) && utf8_is_valid(it->content));
        assert(it->authors.n <= LIMIT_AUTHORS);
        assert(it->n_enclosures <= LIMIT_ENCLOSURES);
        for (size_t i = 0; i < it->authors.n; i++)
                assert(utf8_is_valid(it->authors.items[i]));
        for (size_t i = 0; i < it->n_enclosures; i++)
                assert(utf8_is_valid(it->enclosures[i].url));
}

/* Written, read and written again: the same bytes. */
static void check_again(struct arena *a, const struct shape *s, const void *got)
{
        void *again = arena_alloc(a, s->size_b);
        struct buf one, two;

        buf_init(&one, RECORD_MAX_B);
        buf_init(&two, RECORD_MAX_B);
        shape_put(&one, s, got);
        assert(buf_ok(&one));
        assert(shape_get(a, s, buf_str(&one), again, NULL) == 0);
        shape_put(&two, s, again);
        assert(str_eq(buf_str(&one), buf_str(&two)));
        buf_done(&one);
        buf_done(&two);
}

static void read_fields(struct str bytes)
{
        struct record r;
        struct str s;
        int64_t n;

        record_init(&r, bytes);
        for (unsigned tag = 0; tag < 20; tag++) {
                enum record_kind kind = (enum record_kind)(1 + tag % 4);

                if (kind == RECORD_INT)
                        (void)record_take_int(&r, tag, -1000, 1000, &n);
                else
                        (void)record_take(&r, tag, kind, 1000, &s);
        }
        assert(r.rest.n <= bytes.n);
        (void)!record_end(&r, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str bytes = { (const char *)data, size };
        struct arena *a = arena_new(ARENA_MAX);
        struct feed_doc doc = { 0 };
        struct page page = { 0 };

        read_fields(bytes);
        if (shape_get(a, &shape_feed, bytes, &doc, NULL) == 0) {
                assert(doc.n_items <= LIMIT_FEED_ITEMS);
                for (size_t i = 0; i < doc.n_items; i++)
                        check_item(&doc.items[i]);
                check_again(a, &shape_feed, &doc);
        }
        if (shape_get(a, &shape_page, bytes, &page, NULL) == 0) {
                assert(utf8_is_valid(page.text));
                assert(page.status <= PAGE_EMPTY);
                check_again(a, &shape_page, &page);
        }
        arena_free(a);
        return 0;
}

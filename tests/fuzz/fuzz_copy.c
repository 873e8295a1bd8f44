/*
 * The copy's reader and writer: any bytes are read or refused; what was read
 * and written is read to the same edition and written to the same bytes. The
 * same bytes as a source's text, escaped, stay one paragraph of text.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "edition/copy.h"
#include "edition/escape.h"

#define ARENA_MAX ((size_t)256 << 20)
#define FRONT "---\ndate: 2026-03-06\ntitle: T\nlanguage: en\n---\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_round(struct arena *a, struct str text)
{
        struct edition *e, *again;
        struct err err = { 0 };
        struct buf one, two;

        if (copy_read(a, text, &e, &err) < 0)
                return;
        buf_init(&one, (size_t)LIMIT_COPY_B * 4);
        buf_init(&two, (size_t)LIMIT_COPY_B * 4);
        copy_write(&one, e);
        int rc = copy_read(a, buf_str(&one), &again, &err);

        /* Indentation may take a text over a limit, but never break it. */
        assert(rc == 0 || rc == ERR_LIMIT);
        if (rc == 0) {
                assert(copy_equal(e, again));
                copy_write(&two, again);
                assert(str_eq(buf_str(&one), buf_str(&two)));
        }
        buf_done(&one);
        buf_done(&two);
}

static void check_escape(struct arena *a, struct str text)
{
        struct edition *e;
        struct err err = { 0 };
        struct buf b;

        buf_init(&b, (size_t)LIMIT_COPY_B * 4);
        buf_puts(&b, FRONT "- ");
        escape_start(&b, text);
        buf_char(&b, '\n');
        int rc = copy_read(a, buf_str(&b), &e, &err);

        assert(rc == 0 || rc == ERR_LIMIT);
        if (rc == 0) {
                assert(e->n_sections == 1 && e->sections[0].n_blocks == 1);

                const struct block *list = &e->sections[0].blocks[0];

                assert(list->kind == BLOCK_LIST && list->n_children == 1);
                const struct block *item = &list->children[0];

                assert(!item->n_children && !item->attrs.n && item->n_runs < 2);
                assert(!item->n_runs ||
                       (!item->runs[0].url.p && !item->runs[0].is_strong &&
                        !item->runs[0].is_emphasis && !item->runs[0].is_code));
                check_round(a, buf_str(&b));
        }
        buf_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct str text = { (const char *)data, size };
        struct buf b;

        check_round(a, text);
        buf_init(&b, LIMIT_COPY_B);
        buf_puts(&b, FRONT);
        buf_put(&b, text);
        check_round(a, buf_str(&b));
        if (utf8_is_valid(text))
                check_escape(a, text);
        buf_done(&b);
        arena_free(a);
        return 0;
}

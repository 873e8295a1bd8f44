/*
 * Foreign HTML: what the sanitiser writes holds nothing that runs, is balanced
 * and stays as it is when it is sanitised again; pages are read in bounds.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/discover.h"
#include "wire/extract.h"
#include "wire/lexer.h"
#include "wire/sanitize.h"
#include "wire/text.h"

#define ARENA_MAX ((size_t)512 << 20)
#define URL STR("https://harbour.example/2026/03/06/a.html")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_attrs(const struct lexer *lx)
{
        for (size_t i = 0; i < lx->n_attrs; i++) {
                struct str name = lx->attrs[i].name, value = lx->attrs[i].value;

                assert(!str_starts_nocase(name, STR("on")));
                assert(!str_eq_nocase(name, STR("style")));
                assert(!str_eq_nocase(name, STR("name")));
                assert(!str_starts_nocase(value, STR("javascript:")));
                if (str_eq_nocase(name, STR("id")))
                        assert(str_starts(value, STR("user-content-")));
        }
}

static void check_safe(struct arena *a, struct str html)
{
        struct lexer lx;
        long depth = 0;

        assert(utf8_is_valid(html));
        lexer_init(&lx, html, false);
        while (lexer_next(&lx)) {
                if (lx.kind == LEXER_TEXT)
                        continue;
                assert(tag_flags(lx.tag) & TAG_KEEP);
                check_attrs(&lx);
                if (!(tag_flags(lx.tag) & TAG_VOID))
                        depth += lx.kind == LEXER_OPEN ? 1 : -1;
                assert(depth >= 0 && depth <= LIMIT_XML_DEPTH);
        }
        assert(depth == 0);
        if (html.n < LIMIT_CONTENT_B)
                assert(str_eq(sanitize_html(a, html, URL), html));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str bytes = { (const char *)data, size };
        struct arena *a = arena_new(ARENA_MAX);
        struct str text = utf8_repair(a, bytes);
        struct page page;

        check_safe(a, sanitize_html(a, text, URL));
        assert(utf8_is_valid(text_from_html(a, text)));
        (void)discover_feeds(a, text, URL);
        if (extract_page(a, bytes, URL, STR_NULL, &page, NULL) == 0) {
                assert(utf8_is_valid(page.text) && utf8_is_valid(page.title));
                assert(page.text.n <= LIMIT_TEXT_B);
                check_safe(a, page.html);
        }
        arena_free(a);
        return 0;
}

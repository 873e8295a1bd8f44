/*
 * The tokenizer: any bytes that the door lets in give words that lie inside of
 * the text, in its order, and the same ones again; the language is chosen by
 * the first byte.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "story/gist.h"
#include "story/words.h"

#define ARENA_MAX ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t check_words(struct words *w, struct str text, enum lang lang)
{
        const struct word *words;
        size_t n = words_read(w, text, lang, &words);

        assert(n <= WORDS_MAX);
        for (size_t i = 0; i < n; i++) {
                assert(words[i].length > 0);
                assert((size_t)words[i].offset + words[i].length <= text.n);
                assert(!i || words[i].offset >= words[i - 1].offset);
        }
        return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct str text = utf8_repair(
                a, (struct str) { size ? (const char *)data : "", size });
        struct words *w = words_new();
        struct gist *gist = arena_alloc(a, sizeof(*gist));

        enum lang lang = (enum lang)(size ? data[0] % LANG_COUNT : 0);
        size_t n = check_words(w, text, lang);

        assert(check_words(w, text, lang) == n);
        struct words_text *title = words_text_new(w), *all = words_text_new(w);

        gist_take_apart(w, text, text, title, all);
        gist_read(gist, w, title, all, lang);
        assert(gist->words.n <= GIST_MAX && gist->pairs.n <= GIST_MAX);
        (void)words_guess(w, text);
        words_free(w);
        arena_free(a);
        return 0;
}

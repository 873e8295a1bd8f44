/*
 * The sentence splitter and what reads its sentences: any text, in the
 * language that its first byte chooses, is cut into stretches that lie in it
 * one behind the other; the chosen ones are among them, and quotations are
 * verbatim too.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "story/blurb.h"
#include "story/quote.h"
#include "story/sentence.h"
#include "story/title.h"
#include "story/wording.h"
#include "story/words.h"

#define ARENA_MAX ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_inside(struct str part, struct str all)
{
        return part.p >= all.p && part.p + part.n <= all.p + all.n;
}

static void check_quote(void *user, const struct quote_found *q)
{
        const struct str *text = user;

        assert(q->text.n && is_inside(q->text, *text));
        assert(q->said_by.n && is_inside(q->said_by, *text));
        assert(text->p + q->offset == q->text.p);
        assert(utf8_is_valid(q->text) && utf8_is_valid(q->said_by));
}

static void check_blurb(struct arena *a, struct words *w,
                        const struct span *spans, size_t n, enum lang lang)
{
        struct blurb_ask ask = { .title = n ? spans[0].text : STR("x"),
                                 .lang = lang,
                                 .sentences = 3,
                                 .max_b = 500 };

        for (int i = 0; i < 2; i++) {
                size_t *chosen, m;

                ask.must_open = i;
                m = blurb_choose(a, w, spans, n, &ask, &chosen);
                assert(m <= 3);
                for (size_t k = 0; k < m; k++) {
                        assert(chosen[k] < n && spans[chosen[k]].is_fit);
                        assert(!k || chosen[k] > chosen[k - 1]);
                }
        }
}

static void check(struct arena *a, struct words *w, struct str text,
                  enum lang lang)
{
        struct span *spans;
        size_t n = sentence_split(a, text, lang, &spans);

        assert(n <= SENTENCES_MAX);
        for (size_t i = 0; i < n; i++) {
                assert(spans[i].text.n && is_inside(spans[i].text, text));
                assert(text.p + spans[i].offset == spans[i].text.p);
                assert(utf8_is_valid(spans[i].text));
                assert(!i || spans[i].text.p >=
                                     spans[i - 1].text.p + spans[i - 1].text.n);
        }
        check_blurb(a, w, spans, n, lang);
        quote_each(text, lang, check_quote, &text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct str text = utf8_repair(
                a, (struct str) { size ? (const char *)data : "", size });
        struct words *w = words_new();
        struct str title = title_clean(text, STR("Gazette"));

        assert(is_inside(title, text) && utf8_is_valid(title));
        assert(title.n || !text.n);
        for (int i = 0; i < LANG_COUNT * WORDING_LISTS; i++)
                (void)wording_has((enum lang)(i / WORDING_LISTS),
                                  (enum wording_list)(i % WORDING_LISTS), text);
        (void)title_is_headline(text);
        (void)title_is_opinion(text);
        check(a, w, text, (enum lang)(size ? data[0] % LANG_COUNT : 0));
        words_free(w);
        arena_free(a);
        return 0;
}

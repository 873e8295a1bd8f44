/* Text into words: the table for ASCII says what the long way says. */

#include "unit.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "story/split.h"

#define RANDOM_TEXTS 20000
#define WORDS_MOST 100

/* Two that should say the same: one has no table and asks of each letter. */
struct both {
        struct arena *a;
        struct split quick, slow;
};

static struct both both_new(void)
{
        struct both b = { .a = arena_new((size_t)64 << 20) };

        split_init(&b.quick, b.a);
        split_init(&b.slow, b.a);
        memset(b.slow.small, 0, sizeof(b.slow.small));
        return b;
}

static void check(struct both *b, struct str text)
{
        split_text(&b->quick, text, WORDS_MOST);
        split_text(&b->slow, text, WORDS_MOST);
        if (b->quick.n != b->slow.n)
                fail_msg("\"" STR_FMT "\" is %zu or %zu words", STR_ARG(text),
                         b->quick.n, b->slow.n);
        for (size_t i = 0; i < b->quick.n; i++) {
                const struct split_word *x = &b->quick.items[i];
                const struct split_word *y = &b->slow.items[i];
                struct str letters = split_letters(&b->quick, x);

                if (!str_eq(letters, split_letters(&b->slow, y)) ||
                    x->offset != y->offset || x->length != y->length ||
                    x->is_number != y->is_number || x->is_name != y->is_name ||
                    x->is_short_form != y->is_short_form ||
                    x->is_ascii != y->is_ascii || x->is_apart != y->is_apart)
                        fail_msg("word %zu of \"" STR_FMT "\"", i,
                                 STR_ARG(text));
                for (int k = 0; k < SPLIT_PAD_B; k++)
                        assert_int_equal(letters.p[letters.n + (size_t)k], 0);
        }
}

/* Each alone, in a word, and behind a capital. */
static void every_character_is_split_alike(void **state)
{
        struct both b = both_new();
        struct buf text;

        (void)state;
        buf_init(&text, 64);
        for (uint32_t c = 1; c <= 0x10FFFF; c++) {
                if (c == 0xD800)
                        c = 0xE000;
                /* planes without letters are passed over, but for their ends */
                if (c >= 0x32000 && (c & 0xFFF) > 16)
                        c |= 0xFF0;
                buf_reset(&text);
                utf8_put(&text, c);
                buf_puts(&text, " dock");
                utf8_put(&text, c);
                buf_puts(&text, "side U");
                utf8_put(&text, c);
                check(&b, buf_str(&text));
        }
        buf_done(&text);
        arena_free(b.a);
}

static uint32_t draw(uint32_t below)
{
        static uint64_t seed = 11;

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        return (uint32_t)(seed >> 33) % below;
}

static void random_texts_are_split_alike(void **state)
{
        static const char *const parts[] = {
                "a",
                "B",
                "Dock",
                "US",
                "U.S.",
                "3",
                "1,200",
                ".",
                ",",
                " ",
                " ",
                "-",
                "'",
                "\u2019",
                "\u00e9",
                "\u00c9",
                "\u0416",
                "\u6e2f",
                "\u53e3",
                "\u0e01",
                "e\u0301",
                "\u00e2\xC2\x80",
                "\xFF",
                "\xC3",
                "wordwithverymanyletterswordwithverymanyletters",
        };
        struct both b = both_new();
        struct buf text;

        (void)state;
        buf_init(&text, 4096);
        for (int i = 0; i < RANDOM_TEXTS; i++) {
                buf_reset(&text);
                for (uint32_t k = draw(24); k; k--)
                        buf_puts(&text,
                                 parts[draw(sizeof(parts) / sizeof(*parts))]);
                check(&b, buf_str(&text));
        }
        buf_done(&text);
        arena_free(b.a);
}

static void letters_are_small_and_long_words_cut(void **state)
{
        struct both b = both_new();
        char longer[SPLIT_WORD_B + 30];

        (void)state;
        split_text(&b.quick, STR("The \u00c9TUDE of 1,200 U.S. ships"), 10);
        assert_int_equal(b.quick.n, 6);
        assert_str(split_letters(&b.quick, &b.quick.items[0]), "the");
        assert_str(split_letters(&b.quick, &b.quick.items[1]), "\u00e9tude");
        assert_str(split_letters(&b.quick, &b.quick.items[3]), "1,200");
        assert_str(split_letters(&b.quick, &b.quick.items[4]), "us");
        assert_true(b.quick.items[1].is_short_form);
        assert_false(b.quick.items[1].is_ascii);
        assert_true(b.quick.items[4].is_short_form);
        memset(longer, 'X', sizeof(longer));
        split_text(&b.quick, (struct str) { longer, sizeof(longer) }, 10);
        assert_int_equal(b.quick.n, 1);
        assert_int_equal(b.quick.items[0].n, SPLIT_WORD_B);
        assert_int_equal(b.quick.items[0].length, sizeof(longer));
        check(&b, (struct str) { longer, sizeof(longer) });
        split_text(&b.quick, STR("one two three"), 2);
        assert_int_equal(b.quick.n, 2);
        arena_free(b.a);
}

UNIT_MAIN(cmocka_unit_test(letters_are_small_and_long_words_cut),
          cmocka_unit_test(every_character_is_split_alike),
          cmocka_unit_test(random_texts_are_split_alike))

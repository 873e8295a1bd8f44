#include "story/words.h"

#include <assert.h>
#include <libstemmer.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "story/split.h"

#define CACHE_SIZE (1u << 15)
#define PLAIN_SIZE (1u << 12)
#define STOP_SIZE (1u << 12)
#define GUESS_MAX_B 1500
#define GUESS_MIN 3 /* stop words before we believe them */

struct stem {
        uint64_t key, term;
};

struct stop {
        uint64_t word;
        uint32_t languages; /* a bit each */
};

/* What a word is in any language. */
struct known {
        uint64_t hash;      /* of its letters */
        uint32_t languages; /* in which it is a stop word */
};

struct words_text {
        struct split split;
        struct known *known; /* of each word */
        size_t cap;
        uint32_t votes[LANG_COUNT];
};

struct words {
        struct arena *a;
        struct sb_stemmer *stemmers[LANG_COUNT];
        bool stemmer_tried[LANG_COUNT];
        const UNormalizer2 *decompose;
        struct stem *cache, *plain;
        struct stop *stops;
        struct words_text *own;
        struct word *items;
        size_t cap;
};

/* A fast mix: the key is our own text's, collisions only blur a comparison.
 * Zeros follow the n bytes. */
static uint64_t mix(const char *p, size_t n)
{
        uint64_t h = 0x9E3779B97F4A7C15u ^ n, v;

        for (; n >= 8; p += 8, n -= 8) {
                memcpy(&v, p, 8);
                h = (h ^ v) * 0xFF51AFD7ED558CCDu;
                h ^= h >> 32;
        }
        memcpy(&v, p, 8);
        h = (h ^ v) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 29;
        h *= 0xC4CEB9FE1A85EC53u;
        return h ^ (h >> 32);
}

static struct stop *stop_at(const struct words *w, uint64_t word)
{
        size_t i = word & (STOP_SIZE - 1);

        while (w->stops[i].word && w->stops[i].word != word)
                i = (i + 1) & (STOP_SIZE - 1);
        return &w->stops[i];
}

/* One letter without its marks: é gives e. 0: it is nothing but a mark. */
static UChar32 base_letter(const struct words *w, UChar32 c)
{
        UChar d[8];

        for (int round = 0; c >= 0x80 && round < 4; round++) {
                UErrorCode status = U_ZERO_ERROR;
                int32_t n = unorm2_getRawDecomposition(w->decompose, c, d, 8,
                                                       &status);
                if (n <= 0 || U_FAILURE(status))
                        break;
                int32_t i = 0;
                U16_NEXT(d, i, n, c);
        }
        return u_charType(c) == U_NON_SPACING_MARK ? 0 : c;
}

/* The hash of s without accents. */
static uint64_t hash_plain(const struct words *w, struct str s)
{
        char b[SPLIT_WORD_B * 2 + SPLIT_PAD_B] = { 0 };
        size_t n = 0;

        while (s.n && n + 4 < SPLIT_WORD_B * 2) {
                UChar32 c = base_letter(w, (UChar32)utf8_next(&s));
                if (c)
                        n = split_put(b, n, (uint32_t)c);
        }
        return mix(b, n);
}

static void add_stop_words(struct words *w, enum lang lang)
{
        struct str rest = str_c(lang_stop_words(lang)), word;

        while (str_cut(&rest, ' ', &word)) {
                uint64_t h = hash_plain(w, word);
                struct stop *s = stop_at(w, h);
                s->word = h;
                s->languages |= 1u << lang;
        }
}

struct words *words_new(void)
{
        struct arena *a = arena_new((size_t)1 << 30);
        struct words *w = arena_alloc(a, sizeof(*w));
        UErrorCode status = U_ZERO_ERROR;

        w->a = a;
        w->decompose = unorm2_getNFKDInstance(&status);
        assert(U_SUCCESS(status));
        w->cache = arena_array(a, CACHE_SIZE, sizeof(*w->cache));
        w->plain = arena_array(a, PLAIN_SIZE, sizeof(*w->plain));
        w->stops = arena_array(a, STOP_SIZE, sizeof(*w->stops));
        for (int i = 1; i < LANG_COUNT; i++)
                add_stop_words(w, (enum lang)i);
        w->own = words_text_new(w);
        return w;
}

void words_free(struct words *w)
{
        if (!w)
                return;
        for (int i = 0; i < LANG_COUNT; i++)
                if (w->stemmers[i])
                        sb_stemmer_delete(w->stemmers[i]);
        arena_free(w->a);
}

static struct sb_stemmer *stemmer_of(struct words *w, enum lang lang)
{
        if (!w->stemmer_tried[lang] && lang_stemmer(lang))
                w->stemmers[lang] = sb_stemmer_new(lang_stemmer(lang), NULL);
        w->stemmer_tried[lang] = true;
        return w->stemmers[lang];
}

static struct stem *slot_of(struct stem *cache, size_t size, uint64_t key)
{
        return &cache[(key ^ key >> 40) & (size - 1)];
}

/* The term of a word in small letters, by way of the cache. */
static uint64_t stem(struct words *w, struct str word, uint64_t hash,
                     enum lang lang)
{
        uint64_t key = hash + (uint64_t)lang;
        struct stem *slot = slot_of(w->cache, CACHE_SIZE, key);

        if (slot->key == key)
                return slot->term;

        struct sb_stemmer *s = stemmer_of(w, lang);
        struct str out = word;

        if (s) {
                const sb_symbol *p = sb_stemmer_stem(
                        s, (const sb_symbol *)word.p, (int)word.n);
                if (p)
                        out = (struct str) { (const char *)p,
                                             (size_t)sb_stemmer_length(s) };
        }
        slot->key = key;
        slot->term = hash_plain(w, out);
        return slot->term;
}

/* --- a text --------------------------------------------------------------- */

struct words_text *words_text_new(struct words *w)
{
        struct words_text *t = arena_alloc(w->a, sizeof(*t));

        split_init(&t->split, w->a);
        return t;
}

/* The languages that have it as a stop word. */
static uint32_t stops_of(struct words *w, struct str word, uint64_t hash,
                         bool is_ascii)
{
        struct stem *slot = slot_of(w->plain, PLAIN_SIZE, hash);

        if (is_ascii)
                return stop_at(w, hash)->languages;
        if (slot->key != hash) {
                slot->key = hash;
                slot->term = hash_plain(w, word);
        }
        return stop_at(w, slot->term)->languages;
}

static void vote(struct words_text *t, uint32_t languages)
{
        for (; languages; languages &= languages - 1)
                t->votes[__builtin_ctz(languages)]++;
}

void words_take_apart(struct words *w, struct str text, size_t max,
                      struct words_text *ret)
{
        struct words_text *t = ret;
        const struct split *s = &t->split;

        split_text(&t->split, text, max);
        memset(t->votes, 0, sizeof(t->votes));
        for (size_t i = 0; i < s->n; i++) {
                const struct split_word *x = &s->items[i];
                struct str word = split_letters(s, x);
                uint64_t hash = mix(word.p, word.n);
                uint32_t languages = stops_of(w, word, hash, x->is_ascii);

                ARENA_GROW(w->a, t->known, i, t->cap);
                t->known[i] = (struct known) { hash, languages };
                if (x->offset + x->length <= GUESS_MAX_B)
                        vote(t, languages);
        }
}

enum lang words_lang(const struct words_text *t)
{
        int best = LANG_OTHER;

        for (int i = 1; i < LANG_COUNT; i++)
                if (t->votes[i] > t->votes[best])
                        best = i;
        return t->votes[best] >= GUESS_MIN ? (enum lang)best : LANG_OTHER;
}

size_t words_stem(struct words *w, const struct words_text *t, enum lang lang,
                  const struct word **ret)
{
        const struct split *s = &t->split;

        for (size_t i = 0; i < s->n; i++) {
                const struct split_word *x = &s->items[i];
                const struct known *k = &t->known[i];

                ARENA_GROW(w->a, w->items, i, w->cap);
                w->items[i] = (struct word) {
                        .term = stem(w, split_letters(s, x), k->hash, lang),
                        .offset = x->offset,
                        .length = x->length,
                        .is_stop =
                                k->languages >> lang & 1 && !x->is_short_form,
                        .is_number = x->is_number,
                        .is_name = x->is_name,
                        .is_apart = x->is_apart,
                };
        }
        *ret = w->items;
        return s->n;
}

size_t words_read(struct words *w, struct str text, enum lang lang,
                  const struct word **ret)
{
        words_take_apart(w, text, WORDS_MAX, w->own);
        return words_stem(w, w->own, lang, ret);
}

bool words_is_year(struct str word)
{
        return word.n == 4 &&
               (str_starts(word, STR("19")) || str_starts(word, STR("20"))) &&
               chr_is_digit(word.p[2]) && chr_is_digit(word.p[3]);
}

enum lang words_guess(struct words *w, struct str text)
{
        words_take_apart(w, utf8_clip(text, GUESS_MAX_B), WORDS_MAX, w->own);
        return words_lang(w->own);
}

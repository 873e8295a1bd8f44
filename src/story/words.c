#include "story/words.h"

#include <assert.h>
#include <libstemmer.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/arena.h"
#include "base/utf8.h"

#define WORD_MAX_B 96 /* longer ones are cut: they are no words */
#define CACHE_SIZE (1u << 15)
#define STOP_SIZE (1u << 12)
#define GUESS_MAX_B 1500
#define GUESS_MIN 3 /* stop words before we believe them */

/* Where a text is read, and the letters of the word under way. */
struct reader {
        struct str text;
        size_t at; /* offset of the next character */
        char b[WORD_MAX_B + 8];
        size_t n;
        size_t from; /* where the word begins */
        bool has_upper, has_lower, has_digit, is_name;
};

struct stem {
        uint64_t key, term;
};

struct stop {
        uint64_t word;
        uint32_t languages; /* a bit each */
};

struct words {
        struct arena *a;
        struct sb_stemmer *stemmers[LANG_COUNT];
        bool stemmer_tried[LANG_COUNT];
        const UNormalizer2 *decompose;
        struct stem *cache;
        struct stop *stops;
        struct word *items;
        size_t n, cap;
        uint32_t votes[LANG_COUNT];
        bool is_guessing; /* only the votes count: no word is kept */
};

/* A fast mix: the key is our own text's, collisions only blur a comparison. */
static uint64_t mix(const char *p, size_t n)
{
        uint64_t h = 0x9E3779B97F4A7C15u ^ n;

        for (; n >= 8; p += 8, n -= 8) {
                uint64_t v;
                memcpy(&v, p, 8);
                h = (h ^ v) * 0xFF51AFD7ED558CCDu;
                h ^= h >> 32;
        }
        uint64_t v = 0;
        memcpy(&v, p, n);
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

/* Append c to b (room for 4 more bytes is the caller's to see to). */
static size_t put_letter(char *b, size_t n, UChar32 c)
{
        if (c < 0x80) {
                b[n++] = (char)c;
        } else if (c < 0x800) {
                b[n++] = (char)(0xC0 | (c >> 6));
                b[n++] = (char)(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
                b[n++] = (char)(0xE0 | (c >> 12));
                b[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
                b[n++] = (char)(0x80 | (c & 0x3F));
        } else {
                b[n++] = (char)(0xF0 | (c >> 18));
                b[n++] = (char)(0x80 | ((c >> 12) & 0x3F));
                b[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
                b[n++] = (char)(0x80 | (c & 0x3F));
        }
        return n;
}

static bool is_ascii(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] & 0x80)
                        return false;
        return true;
}

/* The hash of s without accents. */
static uint64_t hash_plain(const struct words *w, struct str s)
{
        char b[WORD_MAX_B * 2];
        size_t n = 0;

        if (is_ascii(s))
                return mix(s.p, s.n);
        while (s.n && n + 4 < sizeof(b)) {
                UChar32 c = base_letter(w, (UChar32)utf8_next(&s));
                if (c)
                        n = put_letter(b, n, c);
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
        w->stops = arena_array(a, STOP_SIZE, sizeof(*w->stops));
        for (int i = 1; i < LANG_COUNT; i++)
                add_stop_words(w, (enum lang)i);
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

/* The term of a word in folded case, by way of the cache. */
static uint64_t stem(struct words *w, struct str word, uint64_t raw,
                     enum lang lang)
{
        uint64_t key = raw + (uint64_t)lang;
        struct stem *slot = &w->cache[(key ^ key >> 40) & (CACHE_SIZE - 1)];

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

/* Scripts that put no blank between words. */
static bool is_unspaced(UChar32 c)
{
        return c >= 0x0E00 &&
               (c < 0x0F00 || (c >= 0x1000 && c < 0x10A0) ||
                (c >= 0x1780 && c < 0x1800) || (c >= 0x3040 && c < 0x3100) ||
                (c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) ||
                (c >= 0x20000 && c < 0x32000));
}

static bool is_letter(UChar32 c)
{
        if (c < 0x80)
                return chr_is_alnum((char)c);
        return (U_GET_GC_MASK(c) &
                (U_GC_L_MASK | U_GC_N_MASK | U_GC_MN_MASK | U_GC_MC_MASK)) != 0;
}

static UChar32 peek(const struct reader *r, size_t at)
{
        struct str rest = str_sub(r->text, at, 4);

        return rest.n ? (UChar32)utf8_next(&rest) : 0;
}

/*
 * The letter c, which ends at byte end, is one byte of UTF-8 that was read as
 * Latin-1 on the way to us: a control follows, as it never does in a text. So
 * a dash or a quotation mark that went wrong doesn't become a part of a word.
 */
static bool is_garbled(const struct reader *r, UChar32 c, size_t end)
{
        UChar32 after;

        if (c < 0xC2 || c > 0xF4)
                return false;
        after = peek(r, end);
        return after >= 0x80 && after < 0xA0;
}

static UChar32 next(struct reader *r)
{
        unsigned char c = (unsigned char)r->text.p[r->at];

        if (c < 0x80) {
                r->at++;
                return c;
        }
        struct str rest = { r->text.p + r->at, r->text.n - r->at };
        UChar32 u = (UChar32)utf8_next(&rest);
        r->at = r->text.n - rest.n;
        return u;
}

static void take_letter(struct reader *r, UChar32 c)
{
        bool upper = c < 0x80 ? (c >= 'A' && c <= 'Z') : u_isUUppercase(c);

        if (r->n == 0)
                r->is_name = upper;
        r->has_upper |= upper;
        r->has_lower |= !upper;
        r->has_digit |= c < 0x80 ? (c >= '0' && c <= '9') : u_isdigit(c);
        if (r->n >= WORD_MAX_B)
                return;
        if (upper)
                c = c < 0x80 ? c + 32 : u_foldCase(c, U_FOLD_CASE_DEFAULT);
        r->n = put_letter(r->b, r->n, c);
}

/* The run of letters and digits of ASCII that stands here. */
static void take_ascii(struct reader *r)
{
        for (; r->at < r->text.n && chr_is_alnum(r->text.p[r->at]); r->at++) {
                char c = r->text.p[r->at];
                bool upper = c >= 'A' && c <= 'Z', digit = c <= '9';

                r->has_upper |= upper;
                r->has_lower |= !upper;
                r->has_digit |= digit;
                if (r->n < WORD_MAX_B)
                        r->b[r->n++] = upper ? (char)(c + 32) : c;
        }
}

/* May c stand inside the word that was begun: 3.1, U.S. ? */
static bool joins(const struct reader *r, UChar32 c)
{
        if (c != '.' && c != ',')
                return false;

        UChar32 after = peek(r, r->at);

        if (r->has_digit)
                return after < 0x80 && chr_is_digit((char)after);
        if (c == ',' || after >= 0x80 || !chr_is_alpha((char)after))
                return false;
        /* single letters each followed by a full stop */
        return r->has_upper && !r->has_lower && (r->at - r->from) == 2 * r->n &&
               peek(r, r->at + 1) == '.';
}

static void emit(struct words *w, const struct reader *r, size_t end,
                 enum lang lang, bool is_apart)
{
        struct str word = { r->b, r->n };
        bool plain = is_ascii(word);
        uint64_t raw = mix(word.p, word.n);
        const struct stop *s = stop_at(w, plain ? raw : hash_plain(w, word));
        bool is_short_form = r->has_upper && !r->has_lower && r->n > 1;

        for (uint32_t m = s->word ? s->languages : 0; m; m &= m - 1)
                w->votes[__builtin_ctz(m)]++;
        if (w->is_guessing) {
                w->n++;
                return;
        }
        ARENA_GROW(w->a, w->items, w->n, w->cap);
        w->items[w->n++] = (struct word) {
                .term = stem(w, word, raw, lang),
                .offset = (uint32_t)r->from,
                .length = (uint32_t)(end - r->from),
                .is_stop = s->word && !is_short_form &&
                           (s->languages & (1u << lang)),
                .is_number = r->has_digit,
                .is_name = r->is_name,
                .is_apart = is_apart,
        };
}

static void begin(struct reader *r, size_t at)
{
        r->n = 0;
        r->from = at;
        r->has_upper = r->has_lower = r->has_digit = r->is_name = false;
}

/* A run of letters of a script without blanks, as overlapping pairs. */
static void read_unspaced(struct words *w, struct reader *r, enum lang lang,
                          bool is_apart)
{
        size_t from = r->from;
        UChar32 c = next(r);

        for (bool first = true;; first = false) {
                size_t second = r->at;
                UChar32 d = peek(r, second);

                begin(r, from);
                take_letter(r, c);
                if (!is_unspaced(d) || !is_letter(d)) {
                        if (first)
                                emit(w, r, second, lang, is_apart);
                        return;
                }
                next(r);
                take_letter(r, d);
                emit(w, r, r->at, lang, is_apart && first);
                if (w->n >= WORDS_MAX)
                        return;
                c = d;
                from = second;
        }
}

static void read_word(struct words *w, struct reader *r, enum lang lang,
                      bool is_apart)
{
        size_t end = r->at;
        char first = r->text.p[r->at];

        r->is_name = first >= 'A' && first <= 'Z';
        while (r->at < r->text.n) {
                size_t before = r->at;

                take_ascii(r);
                if (r->at > before) {
                        end = r->at;
                        continue;
                }

                UChar32 c = next(r);

                if (is_letter(c) && !is_unspaced(c) &&
                    !is_garbled(r, c, r->at)) {
                        take_letter(r, c);
                        end = r->at;
                } else if (!joins(r, c)) {
                        r->at = before;
                        break;
                } else if (r->has_digit && r->n < WORD_MAX_B) {
                        r->b[r->n++] = (char)c;
                }
        }
        emit(w, r, end, lang, is_apart);
}

static void read_text(struct words *w, struct str text, enum lang lang)
{
        struct reader r = { .text = text };
        bool is_apart = true;

        w->n = 0; /* counts words even when none is kept */
        memset(w->votes, 0, sizeof(w->votes));
        if (text.n > UINT32_MAX)
                r.text.n = UINT32_MAX;
        while (r.at < r.text.n && w->n < WORDS_MAX) {
                begin(&r, r.at);
                UChar32 c = peek(&r, r.at);

                if (!is_letter(c) || is_garbled(&r, c, r.at + 2)) {
                        next(&r);
                        is_apart |= c != ' ' && c != '-' && c != '\'' &&
                                    c != 0x2019;
                        continue;
                }
                if (is_unspaced(c))
                        read_unspaced(w, &r, lang, is_apart);
                else
                        read_word(w, &r, lang, is_apart);
                is_apart = false;
        }
}

size_t words_read(struct words *w, struct str text, enum lang lang,
                  const struct word **ret)
{
        read_text(w, text, lang);
        *ret = w->items;
        return w->n;
}

enum lang words_guess(struct words *w, struct str text)
{
        int best = LANG_OTHER;

        w->is_guessing = true;
        read_text(w, utf8_clip(text, GUESS_MAX_B), LANG_OTHER);
        w->is_guessing = false;
        for (int i = 1; i < LANG_COUNT; i++)
                if (w->votes[i] > w->votes[best])
                        best = i;
        return w->votes[best] >= GUESS_MIN ? (enum lang)best : LANG_OTHER;
}

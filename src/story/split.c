#include "story/split.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/utf8.h"

#define LETTERS_FIRST_B 4096

/* Where a text is read, and the letters of the word under way. */
struct reader {
        struct split *s;
        struct str text;
        size_t at; /* offset of the next character */
        size_t max;
        char *b;
        size_t n;
        size_t from; /* where the word begins */
        bool has_upper, has_lower, has_digit, has_wide, is_name;
};

void split_init(struct split *s, struct arena *a)
{
        *s = (struct split) { .a = a };
        for (int c = 0; c < 0x80; c++)
                if (chr_is_alnum((char)c))
                        s->small[c] = (unsigned char)chr_lower((char)c);
}

size_t split_put(char *b, size_t n, uint32_t c)
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
        if (r->n >= SPLIT_WORD_B)
                return;
        if (upper)
                c = c < 0x80 ? c + 32 : u_foldCase(c, U_FOLD_CASE_DEFAULT);
        r->has_wide |= c >= 0x80;
        r->n = split_put(r->b, r->n, (uint32_t)c);
}

/* The run of letters and digits of ASCII that stands here. In this code a
 * capital is its small letter less a bit, and digits lack one of all letters.
 */
static void take_ascii(struct reader *r)
{
        const unsigned char *small = r->s->small;
        const char *p = r->text.p + r->at, *end = r->text.p + r->text.n;
        const char *full = r->b + SPLIT_WORD_B, *from = p;
        unsigned char c, any = 0, all = 0xFF, is_letter = 0xFF;
        char *b = r->b + r->n;

        for (; p < end && (c = small[(unsigned char)*p]); p++) {
                unsigned char capital = c ^ (unsigned char)*p;

                any |= capital;
                all &= capital;
                is_letter &= c & 0x40;
                if (b < full)
                        *b++ = (char)c;
        }
        r->at += (size_t)(p - from);
        r->n = (size_t)(b - r->b);
        r->has_upper |= any != 0;
        r->has_lower |= p > from && !all;
        r->has_digit |= !is_letter;
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

/* Room for the letters of one word more. */
static void begin(struct reader *r, size_t from)
{
        struct split *s = r->s;

        while (s->n_letters + SPLIT_WORD_B + 2 * SPLIT_PAD_B > s->cap_letters) {
                size_t cap = s->cap_letters ? s->cap_letters : LETTERS_FIRST_B;
                char *wider = arena_room(s->a, 2 * cap);

                if (s->n_letters)
                        memcpy(wider, s->letters, s->n_letters);
                s->letters = wider;
                s->cap_letters = 2 * cap;
        }
        r->b = s->letters + s->n_letters;
        r->n = 0;
        r->from = from;
        r->has_upper = r->has_lower = r->has_digit = false;
        r->has_wide = r->is_name = false;
}

static void emit(struct reader *r, size_t end, bool is_apart)
{
        struct split *s = r->s;

        memset(r->b + r->n, 0, SPLIT_PAD_B);
        ARENA_GROW(s->a, s->items, s->n, s->cap);
        s->items[s->n++] = (struct split_word) {
                .offset = (uint32_t)r->from,
                .length = (uint32_t)(end - r->from),
                .at = (uint32_t)s->n_letters,
                .n = (uint16_t)r->n,
                .is_number = r->has_digit,
                .is_name = r->is_name,
                .is_short_form = r->has_upper && !r->has_lower && r->n > 1,
                .is_ascii = !r->has_wide,
                .is_apart = is_apart,
        };
        s->n_letters += r->n + SPLIT_PAD_B;
}

/* A run of letters of a script without blanks, as overlapping pairs. */
static void read_unspaced(struct reader *r, bool is_apart)
{
        size_t from = r->at;
        UChar32 c = next(r);

        for (bool first = true;; first = false) {
                size_t second = r->at;
                UChar32 d = peek(r, second);

                begin(r, from);
                take_letter(r, c);
                if (!is_unspaced(d) || !is_letter(d)) {
                        if (first)
                                emit(r, second, is_apart);
                        return;
                }
                next(r);
                take_letter(r, d);
                emit(r, r->at, is_apart && first);
                if (r->s->n >= r->max)
                        return;
                c = d;
                from = second;
        }
}

/* What ends most words is told at once. */
static bool may_go_on(const struct reader *r)
{
        char c = r->at < r->text.n ? r->text.p[r->at] : ' ';

        return (unsigned char)c >= 0x80 || c == '.' || c == ',';
}

static void read_word(struct reader *r, bool is_apart)
{
        size_t end = r->at;
        char first = r->text.p[r->at];

        begin(r, r->at);
        r->is_name = first >= 'A' && first <= 'Z';
        while (r->at < r->text.n) {
                size_t before = r->at;

                take_ascii(r);
                if (r->at > before) {
                        end = before = r->at;
                        if (!may_go_on(r))
                                break;
                }

                UChar32 c = next(r);

                if (is_letter(c) && !is_unspaced(c) &&
                    !is_garbled(r, c, r->at)) {
                        take_letter(r, c);
                        end = r->at;
                } else if (!joins(r, c)) {
                        r->at = before;
                        break;
                } else if (r->has_digit && r->n < SPLIT_WORD_B) {
                        r->b[r->n++] = (char)c;
                }
        }
        emit(r, end, is_apart);
}

/* The length of what stands here and is no part of a word; 0: a word does. */
static size_t gap_at(struct reader *r)
{
        unsigned char byte = (unsigned char)r->text.p[r->at];
        size_t from = r->at, after;

        if (byte < 0x80)
                return !chr_is_alnum((char)byte);

        UChar32 c = next(r);

        after = r->at;
        r->at = from;
        return is_letter(c) && !is_garbled(r, c, from + 2) ? 0 : after - from;
}

/* Does what lies between two words part them? */
static bool parts(struct str gap)
{
        char c = gap.p[0];

        return c != ' ' && c != '-' && c != '\'' &&
               !str_eq(gap, STR("\xE2\x80\x99"));
}

void split_text(struct split *s, struct str text, size_t max)
{
        struct reader r = { .s = s, .text = text, .max = max };
        bool is_apart = true;

        s->n = s->n_letters = 0;
        if (text.n > UINT32_MAX / 16)
                r.text.n = UINT32_MAX / 16;
        while (r.at < r.text.n && s->n < max) {
                size_t gap = gap_at(&r);

                if (gap) {
                        is_apart |= parts(str_sub(r.text, r.at, gap));
                        r.at += gap;
                        continue;
                }
                if (is_unspaced(peek(&r, r.at)))
                        read_unspaced(&r, is_apart);
                else
                        read_word(&r, is_apart);
                is_apart = false;
        }
}

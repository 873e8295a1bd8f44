#include "wire/date_words.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

static const struct date_word words[] = {
#define WORD(kind, value, text) { kind, value, STR_INIT(text) },
#include "wire/date.def"
#undef WORD
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#define NONE UINT16_MAX

/* Words in chains by their first byte: a page is full of words that are none of
 * these. Made at the first question, always the same. */
static struct {
        bool is_made;
        uint16_t heads[256], next[COUNT(words)];
} chains;

static void make_chains(void)
{
        memset(chains.heads, 0xFF, sizeof(chains.heads));
        for (size_t i = COUNT(words); i-- > 0;) {
                uint16_t *head =
                        &chains.heads[(unsigned char)words[i].text.p[0]];

                chains.next[i] = *head;
                *head = (uint16_t)i;
        }
        chains.is_made = true;
}

static uint16_t chain_of(struct str word)
{
        if (!chains.is_made)
                make_chains();
        return word.n ? chains.heads[(unsigned char)word.p[0]] : NONE;
}

const struct date_word *date_word_start(enum date_word_kind kind,
                                        struct str word)
{
        const struct date_word *found = NULL;
        size_t best = 0;

        for (uint16_t i = chain_of(word); i != NONE; i = chains.next[i]) {
                const struct date_word *w = &words[i];

                if (w->kind == kind && w->text.n > best &&
                    str_starts(word, w->text)) {
                        best = w->text.n;
                        found = w;
                }
        }
        return found;
}

const struct date_word *date_word_whole(enum date_word_kind kind,
                                        struct str word)
{
        for (uint16_t i = chain_of(word); i != NONE; i = chains.next[i])
                if (words[i].kind == kind && str_eq(words[i].text, word))
                        return &words[i];
        return NULL;
}

/* Letters that are another's with an accent, or another form of it. */
static const struct {
        uint32_t from, to;
} forms[] = {
        { 0x386, 0x3B1 }, { 0x3AC, 0x3B1 }, { 0x388, 0x3B5 },
        { 0x3AD, 0x3B5 }, { 0x389, 0x3B7 }, { 0x3AE, 0x3B7 },
        { 0x38A, 0x3B9 }, { 0x3AF, 0x3B9 }, { 0x3CA, 0x3B9 },
        { 0x390, 0x3B9 }, { 0x38C, 0x3BF }, { 0x3CC, 0x3BF },
        { 0x38E, 0x3C5 }, { 0x3CD, 0x3C5 }, { 0x38F, 0x3C9 },
        { 0x3CE, 0x3C9 }, { 0x3C2, 0x3C3 }, /* Greek */
        { 0x406, 0x456 }, { 0x407, 0x456 }, { 0x457, 0x456 },
        { 0x408, 0x458 }, { 0x401, 0x435 }, { 0x451, 0x435 }, /* Cyrillic */
        { 0x622, 0x627 }, { 0x623, 0x627 }, { 0x625, 0x627 },
        { 0x6CC, 0x64A }, { 0x649, 0x64A }, { 0x6A9, 0x643 }, /* Arabic */
        { 0x1A0, 'o' },   { 0x1A1, 'o' },   { 0x1AF, 'u' },
        { 0x1B0, 'u' }, /* Vietnamese */
        { 0x60C, ',' },   { 0x3001, ',' },  { 0xFF0C, ',' },
        { 0xFF0E, '.' },  { 0x2013, '-' },  { 0x2014, '-' },
        { 0x2010, '-' },  { 0x2011, '-' },  { 0x2212, '-' },
        { 0xFF08, '(' },  { 0xFF09, ')' },  { 0x2019, '\'' },
        { 0xFF0F, '/' },  { 0xFF1A, ':' },  { 0xB7, ' ' },
        { 0x2022, ' ' },  { 0x5F3, '.' }, /* Hebrew's sign of a short form */
};

/* The first digits of scripts whose ten digits follow each other. */
static const uint32_t zeros[] = { 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10 };

static bool is_dropped(uint32_t c)
{
        return (c >= 0x300 && c <= 0x36F) ||   /* accents apart */
               (c >= 0x64B && c <= 0x652) ||   /* Arabic vowels */
               (c >= 0x200B && c <= 0x200F) || /* joiners, directions */
               (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static uint32_t fold_latin(uint32_t c)
{
        static const char latin[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";
        static const char extended[] =
                "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllll"
                "llllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyz"
                "zzzzzs";
        /* 0x1EA0-0x1EF9 by pairs: what Vietnamese piles on its vowels. */
        static const char piled[] =
                "aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy";

        if (c >= 0xC0 && c <= 0xFF)
                return (uint32_t)latin[(c - 0xC0) & 31];
        if (c >= 0x100 && c < 0x100 + sizeof(extended) - 1)
                return (uint32_t)extended[c - 0x100];
        if (c >= 0x1EA0 && (c - 0x1EA0) / 2 < sizeof(piled) - 1)
                return (uint32_t)piled[(c - 0x1EA0) / 2];
        return c;
}

static uint32_t fold(uint32_t c)
{
        if (c < 0x80)
                return (uint32_t)(unsigned char)chr_lower((char)c);
        if (utf8_is_space(c))
                return ' ';
        for (size_t i = 0; i < COUNT(zeros); i++)
                if (c >= zeros[i] && c <= zeros[i] + 9)
                        return '0' + (c - zeros[i]);
        for (size_t i = 0; i < COUNT(forms); i++)
                if (c == forms[i].from)
                        return forms[i].to;
        if ((c >= 0x410 && c <= 0x42F) || (c >= 0x391 && c <= 0x3A9))
                return c + 32; /* Cyrillic, Greek */
        return fold_latin(c);
}

void date_fold(struct buf *out, struct str s)
{
        while (s.n) {
                uint32_t c = utf8_next(&s);

                if (!is_dropped(c))
                        utf8_put(out, fold(c));
        }
}

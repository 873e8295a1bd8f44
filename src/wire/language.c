#include "wire/language.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#define TAG_MAX_B 35
#define SAMPLE_B 4000
#define WORD_MAX_B 24
#define HITS_MIN 4

static const struct row {
        struct str tag, words;
} rows[] = {
#define LANGUAGE(tag, words) { STR_INIT(tag), STR_INIT(" " words " ") },
#include "wire/language.def"
#undef LANGUAGE
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))

/* Scripts that one language, or nearly, is written in. */
static const struct script {
        uint32_t from, to;
        struct str tag;
} scripts[] = {
        { 0x370, 0x3FF, STR_INIT("el") },   { 0x530, 0x58F, STR_INIT("hy") },
        { 0x590, 0x5FF, STR_INIT("he") },   { 0x600, 0x6FF, STR_INIT("ar") },
        { 0x900, 0x97F, STR_INIT("hi") },   { 0x980, 0x9FF, STR_INIT("bn") },
        { 0xA80, 0xAFF, STR_INIT("gu") },   { 0xB80, 0xBFF, STR_INIT("ta") },
        { 0xC00, 0xC7F, STR_INIT("te") },   { 0xC80, 0xCFF, STR_INIT("kn") },
        { 0xD00, 0xD7F, STR_INIT("ml") },   { 0xE00, 0xE7F, STR_INIT("th") },
        { 0x10A0, 0x10FF, STR_INIT("ka") }, { 0x3040, 0x30FF, STR_INIT("ja") },
        { 0x4E00, 0x9FFF, STR_INIT("zh") }, { 0xAC00, 0xD7AF, STR_INIT("ko") },
};

#define N_SCRIPTS (sizeof(scripts) / sizeof(*scripts))

struct str language_tag(struct arena *a, struct str s)
{
        s = str_trim(str_sub(s, 0, str_chr(s, ',', 0)));
        if (s.n < 2 || s.n > TAG_MAX_B || !chr_is_alpha(s.p[0]))
                return STR_NULL;

        char *to = arena_alloc(a, s.n + 1);
        for (size_t i = 0; i < s.n; i++) {
                if (!chr_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
                        return STR_NULL;
                to[i] = s.p[i] == '_' ? '-' : s.p[i];
        }
        return (struct str) { to, s.n };
}

static struct str guess_by_script(struct str s)
{
        size_t counts[N_SCRIPTS] = { 0 }, letters = 0, best = 0;

        while (s.n) {
                uint32_t c = utf8_next(&s);

                letters += c >= 0x80 || chr_is_alpha((char)c);
                for (size_t i = 0; c >= 0x370 && i < N_SCRIPTS; i++)
                        counts[i] += c >= scripts[i].from && c <= scripts[i].to;
        }
        for (size_t i = 0; i < N_SCRIPTS; i++) {
                /* Japanese is mostly in Han signs, but never only. */
                if (scripts[i].from == 0x3040 && counts[i] * 10 > letters)
                        return scripts[i].tag;
                if (counts[i] > counts[best])
                        best = i;
        }
        return counts[best] * 2 > letters ? scripts[best].tag : STR_NULL;
}

static void count_word(struct str word, size_t *hits)
{
        for (size_t i = 0; i < N_ROWS; i++)
                hits[i] += str_find(rows[i].words, word, 0) != STR_NONE;
}

struct str language_guess(struct str text)
{
        size_t hits[N_ROWS] = { 0 }, best = 0, second = 0;
        char memory[WORD_MAX_B + 8];
        struct buf word = { .p = memory,
                            .cap = sizeof(memory),
                            .max = WORD_MAX_B };
        struct str s = utf8_clip(text, SAMPLE_B), tag = guess_by_script(s);

        if (tag.n)
                return tag;
        buf_char(&word, ' ');
        while (s.n) {
                uint32_t c = utf8_next(&s);

                if (c >= 0x80 ? !utf8_is_space(c) && c < 0x2000
                              : chr_is_alpha((char)c)) {
                        utf8_put(&word, utf8_small(c));
                        continue;
                }
                buf_char(&word, ' ');
                if (buf_ok(&word) && word.n > 3)
                        count_word(buf_str(&word), hits);
                buf_reset(&word);
                buf_char(&word, ' ');
        }
        for (size_t i = 0; i < N_ROWS; i++) {
                if (hits[i] > hits[best]) {
                        second = hits[best];
                        best = i;
                } else if (i != best && hits[i] > second) {
                        second = hits[i];
                }
        }
        return hits[best] >= HITS_MIN && hits[best] > second ? rows[best].tag
                                                             : STR_NULL;
}

#include "story/shingle.h"

#include <string.h>

#include "story/words.h"

#define WORDS_MIN 12
#define TEXT_READ_B 4000

static void take(struct sketch *s, uint64_t run)
{
        for (uint32_t i = 0; i < SHINGLE_PLACES; i++) {
                uint64_t h = (run + i) * 0x9E3779B97F4A7C15u;
                uint32_t v =
                        (uint32_t)((h ^ h >> 31) * 0xBF58476D1CE4E5B9u >> 32);
                if (v < s->least[i])
                        s->least[i] = v;
        }
}

struct sketch shingle_read(struct words *w, struct str text, enum lang lang)
{
        struct sketch s;
        const struct word *words;
        size_t n = words_read(w, str_sub(text, 0, TEXT_READ_B), lang, &words);

        memset(s.least, 0xFF, sizeof(s.least));
        s.words = (uint32_t)n;
        for (size_t i = 0; i + 2 < n; i++) {
                uint64_t run = words[i].term;
                run = (run << 21 | run >> 43) ^ words[i + 1].term;
                run = (run << 21 | run >> 43) ^ words[i + 2].term;
                take(&s, run);
        }
        return s;
}

double shingle_likeness(const struct sketch *a, const struct sketch *b)
{
        int same = 0;

        if (a->words < WORDS_MIN || b->words < WORDS_MIN)
                return 0;
        for (int i = 0; i < SHINGLE_PLACES; i++)
                same += a->least[i] == b->least[i];
        return (double)same / SHINGLE_PLACES;
}

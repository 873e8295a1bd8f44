#include "story/common.h"

#include "base/arena.h"
#include "story/words.h"

#define SLOTS 4096
#define SHARE_MAX 0.9

struct share {
        uint64_t term;
        double share;
};

struct common {
        struct share slots[SLOTS];
};

static const struct {
        enum lang lang;
        int permille;
        const char *words;
} tables[] = {
#define COMMON(lang, permille, words) { LANG_##lang, permille, words },
#include "story/common.def"
#undef COMMON
};

static size_t slot_of(const struct common *c, uint64_t term)
{
        size_t i = term % SLOTS;

        while (c->slots[i].term && c->slots[i].term != term)
                i = (i + 1) % SLOTS;
        return i;
}

/* Forms of one stem add up. */
struct common *common_new(struct arena *a, struct words *w)
{
        struct common *c = arena_alloc(a, sizeof(*c));

        for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
                const struct word *words;
                size_t n = words_read(w, str_c(tables[t].words), tables[t].lang,
                                      &words);

                for (size_t i = 0; i < n; i++) {
                        struct share *s = &c->slots[slot_of(c, words[i].term)];
                        s->term = words[i].term;
                        s->share += tables[t].permille / 1000.0;
                        if (s->share > SHARE_MAX)
                                s->share = SHARE_MAX;
                }
        }
        return c;
}

double common_share(const struct common *c, uint64_t term)
{
        return c->slots[slot_of(c, term)].share;
}

#include "story/beat.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/url.h"
#include "base/utf8.h"
#include "story/lang.h"
#include "story/words.h"

#define HITS_MIN 3    /* a headline's word counts twice */
#define READ_B 1500   /* of a summary */
#define PARTS_MAX 6   /* folders of an address that are looked at */
#define WORDS_MIN 2   /* no beat is decided by one word */
#define TIMES_TEXT 3  /* a word of a long text counts so often */
#define TIMES_STORY 6 /* and in the headlines of a story so often */
#define SEEN_MAX 256
#define CLEAR 150      /* percent of the next one's hits, by few words */
#define CLEAR_TEXT 115 /* by many */
#define TEXT_B 6000    /* of a text */

enum beat {
        POLITICS,
        BUSINESS,
        MARKETS,
        TECHNOLOGY,
        SCIENCE,
        HEALTH,
        CLIMATE,
        EDUCATION,
        LAW,
        WORK,
        TRANSPORT,
        CULTURE,
        SPORT,
        WORLD,
        BEAT_COUNT
};

static const struct str names[BEAT_COUNT] = {
        STR_INIT("politics"),   STR_INIT("business"),  STR_INIT("markets"),
        STR_INIT("technology"), STR_INIT("science"),   STR_INIT("health"),
        STR_INIT("climate"),    STR_INIT("education"), STR_INIT("law"),
        STR_INIT("work"),       STR_INIT("transport"), STR_INIT("culture"),
        STR_INIT("sport"),      STR_INIT("world"),
};

static const struct {
        const char *beat;
        enum lang lang;
        const char *words;
} lists[] = {
#define BEAT(beat, lang, words) { beat, LANG_##lang, words },
#include "story/beat.def"
#undef BEAT
};

/* Folders that outlets name their sections by. */
static const struct {
        const char *folder;
        enum beat beat;
} folders[] = {
        { "politics", POLITICS },
        { "politik", POLITICS },
        { "politique", POLITICS },
        { "politica", POLITICS },
        { "politiek", POLITICS },
        { "business", BUSINESS },
        { "economy", BUSINESS },
        { "companies", BUSINESS },
        { "wirtschaft", BUSINESS },
        { "economie", BUSINESS },
        { "economia", BUSINESS },
        { "markets", MARKETS },
        { "boerse", MARKETS },
        { "finance", MARKETS },
        { "technology", TECHNOLOGY },
        { "tech", TECHNOLOGY },
        { "technik", TECHNOLOGY },
        { "tecnologia", TECHNOLOGY },
        { "netzwelt", TECHNOLOGY },
        { "science", SCIENCE },
        { "wissen", SCIENCE },
        { "wissenschaft", SCIENCE },
        { "sciences", SCIENCE },
        { "ciencia", SCIENCE },
        { "health", HEALTH },
        { "gesundheit", HEALTH },
        { "sante", HEALTH },
        { "salud", HEALTH },
        { "climate", CLIMATE },
        { "environment", CLIMATE },
        { "klima", CLIMATE },
        { "planete", CLIMATE },
        { "education", EDUCATION },
        { "bildung", EDUCATION },
        { "crime", LAW },
        { "law", LAW },
        { "justice", LAW },
        { "sport", SPORT },
        { "sports", SPORT },
        { "football", SPORT },
        { "deportes", SPORT },
        { "esportes", SPORT },
        { "culture", CULTURE },
        { "kultur", CULTURE },
        { "arts", CULTURE },
        { "film", CULTURE },
        { "music", CULTURE },
        { "books", CULTURE },
        { "entertainment", CULTURE },
        { "cultura", CULTURE },
        { "travel", TRANSPORT },
        { "ausland", WORLD },
        { "international", WORLD },
};

/* A term of a language, and the beats that claim it, a bit each. */
struct claim {
        uint64_t term;
        enum lang lang;
        unsigned beats;
};

struct beats {
        struct claim *items; /* by term, each once */
        size_t n;
};

static enum beat beat_named(struct str name)
{
        for (enum beat k = 0; k < BEAT_COUNT; k++)
                if (str_eq(name, names[k]))
                        return k;
        return BEAT_COUNT;
}

static int by_term(const void *pa, const void *pb)
{
        const struct claim *a = pa, *b = pb;

        if (a->term != b->term)
                return a->term < b->term ? -1 : 1;
        return a->lang < b->lang ? -1 : a->lang > b->lang;
}

static void unite(struct beats *b)
{
        size_t n = 0;

        qsort(b->items, b->n, sizeof(*b->items), by_term);
        for (size_t i = 0; i < b->n; i++) {
                if (n && by_term(&b->items[n - 1], &b->items[i]) == 0)
                        b->items[n - 1].beats |= b->items[i].beats;
                else
                        b->items[n++] = b->items[i];
        }
        b->n = n;
}

struct beats *beats_new(struct arena *a, struct words *w)
{
        struct beats *b = arena_alloc(a, sizeof(*b));
        size_t cap = 0;

        for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
                const struct word *words;
                size_t n = words_read(w, str_c(lists[i].words), lists[i].lang,
                                      &words);
                unsigned bit = 1u << beat_named(str_c(lists[i].beat));

                for (size_t k = 0; k < n; k++) {
                        ARENA_GROW(a, b->items, b->n, cap);
                        b->items[b->n++] =
                                (struct claim) { words[k].term, lists[i].lang,
                                                 bit };
                }
        }
        unite(b);
        return b;
}

static unsigned claims_on(const struct beats *b, uint64_t term, enum lang lang)
{
        struct claim key = { term, lang, 0 };
        const struct claim *c =
                bsearch(&key, b->items, b->n, sizeof(*b->items), by_term);

        return c ? c->beats : 0;
}

static enum beat of_address(struct str address)
{
        struct str path = url_split(address).path, part;

        for (int i = 0; i < PARTS_MAX && str_cut(&path, '/', &part) && path.p;
             i++)
                for (size_t k = 0; k < sizeof(folders) / sizeof(*folders); k++)
                        if (str_eq_nocase(part, str_c(folders[k].folder)))
                                return folders[k].beat;
        return BEAT_COUNT;
}

struct tally {
        unsigned hits[BEAT_COUNT];
        unsigned words[BEAT_COUNT]; /* different ones */
        struct {
                uint64_t term;
                unsigned times;
        } seen[SEEN_MAX];
        size_t n_seen;
        unsigned times_max; /* a word counts so often */
};

/* How often the word was there before. */
static unsigned times_seen(struct tally *t, uint64_t term)
{
        for (size_t i = 0; i < t->n_seen; i++)
                if (t->seen[i].term == term)
                        return t->seen[i].times++;
        if (t->n_seen == SEEN_MAX)
                return t->times_max;
        t->seen[t->n_seen].term = term;
        t->seen[t->n_seen++].times = 1;
        return 0;
}

static void count(const struct beats *b, struct words *w, struct tally *t,
                  struct str text, enum lang lang, unsigned weight)
{
        const struct word *words;
        size_t n = words_read(w, text, lang, &words);

        for (size_t i = 0; i < n; i++) {
                unsigned beats = claims_on(b, words[i].term, lang), times;

                if (!beats)
                        continue;
                times = times_seen(t, words[i].term);
                for (enum beat k = 0; k < BEAT_COUNT; k++) {
                        if (!(beats >> k & 1) || times >= t->times_max)
                                continue;
                        t->hits[k] += weight;
                        t->words[k] += times == 0;
                }
        }
}

/* The beat that has the most hits, and percent as many as the next one. */
static enum beat most(const struct tally *t, unsigned percent)
{
        unsigned first = 0, second = 0;
        enum beat best = BEAT_COUNT;

        for (enum beat k = 0; k < BEAT_COUNT; k++) {
                if (t->hits[k] > first) {
                        second = first;
                        first = t->hits[k];
                        best = k;
                } else if (t->hits[k] > second) {
                        second = t->hits[k];
                }
        }
        return first >= HITS_MIN && t->words[best] >= WORDS_MIN &&
                               first * 100 >= second * percent
                       ? best
                       : BEAT_COUNT;
}

bool beat_is_specific(struct str beat)
{
        return beat.n && !str_eq(beat, STR("world")) &&
               !str_eq(beat, STR("opinion")) && !str_eq(beat, STR("longreads"));
}

/* What its address or its feed says; absent: neither does. */
static struct str told_by_source(const struct article *art)
{
        enum beat beat = of_address(art->url);

        if (beat != BEAT_COUNT)
                return names[beat];
        return beat_is_specific(art->beat) ? art->beat : STR_NULL;
}

/* The beat that most sources tell, and how many; the head's of equals; absent:
 * none does. */
static struct str most_told(const struct article *const *articles, size_t n,
                            size_t *ret_most)
{
        struct str best = STR_NULL;
        size_t most = 0;

        for (size_t i = 0; i < n; i++) {
                struct str beat = told_by_source(articles[i]);
                size_t same = 0;

                for (size_t k = 0; beat.p && k < n; k++)
                        same += str_eq(told_by_source(articles[k]), beat);
                if (same > most) {
                        most = same;
                        best = beat;
                }
        }
        *ret_most = most;
        return best;
}

static void count_article(const struct beats *b, struct words *w,
                          struct tally *t, const struct article *art)
{
        enum lang lang = lang_of_tag(art->language);

        if (lang == LANG_OTHER)
                lang = words_guess(w, art->summary);
        count(b, w, t, art->title, lang, 2);
        count(b, w, t, utf8_clip(art->summary, READ_B), lang, 1);
}

struct str beat_of(const struct beats *b, struct words *w,
                   const struct article *const *articles, size_t n)
{
        size_t most_by = 0;
        struct str told = most_told(articles, n, &most_by);
        struct tally t = { .times_max = n > 1 ? TIMES_STORY : 1 };
        enum beat beat;

        if (told.p && 2 * most_by > n)
                return told;
        for (size_t i = 0; i < n; i++)
                count_article(b, w, &t, articles[i]);
        beat = most(&t, CLEAR);
        if (beat != BEAT_COUNT)
                return names[beat];
        return told.p ? told : articles[0]->beat;
}

struct str beat_of_text(struct arena *a, const struct article *art)
{
        struct words *w = words_new();
        struct beats *b = beats_new(a, w);
        enum lang lang = lang_of_tag(art->language);
        struct tally t = { .times_max = TIMES_TEXT };
        enum beat beat;

        if (lang == LANG_OTHER)
                lang = words_guess(w, art->text);
        count(b, w, &t, art->title, lang, 2);
        count(b, w, &t, utf8_clip(art->text, TEXT_B), lang, 1);
        beat = most(&t, CLEAR_TEXT);
        words_free(w);
        return beat == BEAT_COUNT ? STR_NULL : names[beat];
}

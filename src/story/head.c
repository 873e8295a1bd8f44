#include "story/head.h"

#include <math.h>
#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "story/fitness.h"
#include "story/kind.h"
#include "story/title.h"
#include "story/usage.h"
#include "story/wording.h"
#include "story/words.h"

#define COMPARED_MAX 100 /* headlines whose words are counted */
#define TEXT_FULL_B 2500 /* a longer text is no better to quote */
#define TERMS_MAX 40     /* of a headline; what is longer is none */
#define WORDS_FEW 5
#define WORDS_MANY 12       /* each more costs ... */
#define WORD_COSTS 0.06     /* ... as much: it is a sentence, no headline */
#define ROUGH_COSTS 0.3     /* not as a desk would print it */
#define LOUD_COSTS 0.15     /* a word that sells */
#define LITTLE_COSTS 0.9    /* what happened isn't in it: worse than old */
#define EXCLUSIVE_EARNS 0.6 /* who broke it tells it */
#define STALE_S (4 * 3600)  /* so much older than the newest ... */
#define STALE_COSTS 0.6     /* ... costs as much, and less the share of it */

struct headline {
        uint64_t *terms;
        size_t n;
        size_t n_words;
};

static struct headline read_headline(struct arena *a, struct words *w,
                                     const struct article *art)
{
        const struct word *words;
        struct str title = title_clean(art->title, art->source);
        size_t n = words_read(w, title, lang_of_tag(art->language), &words);
        struct headline h = { arena_array(a, n + 1, sizeof(*h.terms)), 0, n };

        for (size_t i = 0; i < n && h.n < TERMS_MAX; i++)
                if (!words[i].is_stop)
                        h.terms[h.n++] = words[i].term;
        return h;
}

static bool has(const struct headline *h, uint64_t term)
{
        for (size_t i = 0; i < h->n; i++)
                if (h->terms[i] == term)
                        return true;
        return false;
}

/* How far the other headlines use its words: 0 to 1. */
static double shared(const struct headline *all, size_t n, size_t me)
{
        size_t hits = 0;

        if (n < 2 || !all[me].n)
                return 0;
        for (size_t k = 0; k < n; k++)
                for (size_t i = 0; k != me && i < all[me].n; i++)
                        hits += has(&all[k], all[me].terms[i]);
        return (double)hits / (double)(all[me].n * (n - 1));
}

/* Cut off, a sentence, torn from its quotation, or in capitals: not as a desk
 * would print it. */
static bool is_rough(struct str title)
{
        size_t upper = 0, lower = 0, plain = 0;
        int curly = 0, angle = 0;
        struct str rest = title;

        while (rest.n) {
                UChar32 c = (UChar32)utf8_next(&rest);

                upper += u_isUUppercase(c);
                lower += u_isULowercase(c);
                plain += c == '"';
                curly += (c == 0x201C) - (c == 0x201D);
                angle += (c == 0xAB) - (c == 0xBB);
        }
        return str_ends(title, STR(".")) || str_ends(title, STR("…")) ||
               plain % 2 ||
               (curly && str_find(title, STR("„"), 0) == STR_NONE) || angle ||
               (upper > 10 && upper > lower);
}

/* “We will not go back”: somebody's words, and nothing of what happened. */
static bool is_all_quoted(struct str title)
{
        static const char *const marks[][2] = {
                { "\"", "\"" }, { "“", "”" }, { "‘", "’" },
                { "'", "'" },   { "„", "“" }, { "«", "»" },
        };

        for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
                struct str open = str_c(marks[i][0]);

                if (str_starts(title, open) &&
                    str_ends(title, str_c(marks[i][1])) &&
                    str_find(title, str_c(marks[i][1]), open.n) ==
                            title.n - str_c(marks[i][1]).n)
                        return true;
        }
        return false;
}

/* "Port Ambry, Cranes, Strike", "Port Vote (Ambry 2012)": words to be found by,
 * no headline. */
static bool is_list_of_words(struct str title, const struct headline *h)
{
        size_t commas = 0;

        for (size_t i = 0; i < title.n; i++)
                commas += title.p[i] == ',';
        return h->n == h->n_words &&
               (commas >= 2 || (title.n > 2 && str_ends(title, STR(")")) &&
                                chr_is_digit(title.p[title.n - 2])));
}

/* It promises, or dates itself by a day that has passed. */
static bool tells_little(struct str title, const struct headline *h,
                         enum lang lang)
{
        return wording_has(lang, WORDING_EXPLAINERS, title) ||
               wording_has(lang, WORDING_DAYS, title) || is_all_quoted(title) ||
               is_list_of_words(title, h);
}

/* "If only he'll wear those pants": who? */
static bool speaks_of_strangers(struct str title, enum lang lang)
{
        static const char *const words[] = { "he", "she", "they" };
        struct str rest = title, word;

        while (lang == LANG_EN && str_cut(&rest, ' ', &word)) {
                struct str bare = usage_first_word(word);

                bare = str_sub(bare, 0, str_chr(bare, '\'', 0));
                for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                        if (str_eq(bare, str_c(words[i])))
                                return true;
        }
        return fitness_is_leaning(title, lang);
}

/* Words that sell a story and tell none of it. */
static bool is_loud(struct str title)
{
        static const char *const words[] = {
                "shocking",    "shock",          "stunning",   "horrifying",
                "horror",      "slams",          "blasts",     "destroys",
                "outrage",     "fury",           "insane",     "unbelievable",
                "you won",     "this is why",    "here's why", "here’s why",
                "what we kno", "everything you", "must see",   "must-see",
                "jaw-drop",    "bombshell",      "chilling",   "wahnsinn",
                "irre",        "schock",         "hammer",     "choc",
                "hallucinant", "impactante",     "brutal",     "increíble",
                "clamoroso",   "incredibile",    "choque",     "chocante",
                "bizar",       "schokkend",      "шок",        "сенсаци",
        };

        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
                struct str w = str_c(words[i]);
                size_t at = str_find_nocase(title, w, 0);

                if (at != STR_NONE && (!at || title.p[at - 1] == ' '))
                        return true;
        }
        return str_ends(title, STR("!"));
}

/* The hours that count: from the edition's first to the newest article. */
struct hours {
        int64_t since, newest;
};

static double worth(const struct article *art, const struct headline *h,
                    double common, const struct hours *hours)
{
        double text = art->length < TEXT_FULL_B
                              ? (double)art->length / TEXT_FULL_B
                              : 1;
        double v = common + 0.6 * text;

        double late = (double)(hours->newest - art->dated_at) / STALE_S;

        v -= STALE_COSTS * fmin(late, 1);
        if (art->dated_at < hours->since)
                v -= 2;
        if (!kind_is_news(art))
                v -= 4;
        if (str_eq(art->mark, STR("live")))
                v -= 0.5;
        if (str_eq(art->mark, STR("exclusive")))
                v += EXCLUSIVE_EARNS;
        if (h->n_words < WORDS_FEW)
                v -= 0.2;
        if (h->n_words > WORDS_MANY)
                v -= fmin(WORD_COSTS * (double)(h->n_words - WORDS_MANY), 0.6);
        if (str_ends(art->title, STR("?")) || is_rough(art->title))
                v -= ROUGH_COSTS;
        if (speaks_of_strangers(art->title, lang_of_tag(art->language)))
                v -= ROUGH_COSTS;
        if (is_loud(art->title))
                v -= LOUD_COSTS;
        if (tells_little(str_trim(art->title), h, lang_of_tag(art->language)))
                v -= LITTLE_COSTS;
        if (!title_is_headline(art->title))
                v -= 1.5;
        return v + 0.1 / (1 + (double)art->position / 5);
}

const struct article *head_choose(struct arena *a, struct words *w,
                                  const struct article *const *articles,
                                  size_t n, int64_t since)
{
        size_t from = n > COMPARED_MAX ? n - COMPARED_MAX : 0, best = 0;
        size_t m = n - from;
        struct headline *all = arena_array(a, m + 1, sizeof(*all));
        struct hours hours = { since, articles[n - 1]->dated_at };
        double most = -INFINITY;

        for (size_t i = 0; n > 1 && i < m; i++)
                all[i] = read_headline(a, w, articles[from + i]);
        for (size_t i = 0; n > 1 && i < m; i++) {
                double v = worth(articles[from + i], &all[i], shared(all, m, i),
                                 &hours);
                if (v > most) {
                        most = v;
                        best = i;
                }
        }
        return articles[from + best];
}

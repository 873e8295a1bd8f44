#include "edition/near.h"

#define WORDS_MAX 90 /* of a sentence, compared one by one */
#define WORDS_MIN 5  /* fewer are like many others */
#define NEAR 0.6     /* of its words in order: it is that sentence, changed */

struct wordlist {
        struct str items[WORDS_MAX];
        size_t n;
};

static void cut_words(struct wordlist *w, struct str s)
{
        struct str word;

        w->n = 0;
        while (w->n < WORDS_MAX && str_cut(&s, ' ', &word))
                if (word.n)
                        w->items[w->n++] = word;
}

/* How many words the two have in the same order. */
static size_t common_words(const struct wordlist *a, const struct wordlist *b)
{
        size_t rows[2][WORDS_MAX + 1] = { { 0 } };

        for (size_t i = 0; i < a->n; i++) {
                size_t *now = rows[i % 2], *last = rows[1 - i % 2];

                for (size_t k = 0; k < b->n; k++) {
                        size_t most =
                                now[k] > last[k + 1] ? now[k] : last[k + 1];
                        now[k + 1] = str_eq(a->items[i], b->items[k])
                                             ? last[k] + 1
                                             : most;
                }
        }
        return rows[a->n ? (a->n - 1) % 2 : 0][b->n];
}

/* Is text that sentence with a few words changed, or cut short? */
static bool is_near(const struct wordlist *text, struct str sentence)
{
        struct wordlist other;
        size_t least, n;

        cut_words(&other, sentence);
        least = text->n < other.n ? text->n : other.n;
        if (least < WORDS_MIN || least * 2 < text->n || least * 3 < other.n)
                return false;
        n = common_words(text, &other);
        return (double)n >= NEAR * (double)text->n ||
               ((double)n >= (NEAR + 1) / 2 * (double)least);
}

bool near_any(struct str text, struct str s)
{
        struct wordlist words;

        cut_words(&words, text);
        while (words.n >= WORDS_MIN && s.n) {
                size_t end = str_find(s, STR(". "), 0);
                size_t n = end == STR_NONE ? s.n : end + 1;

                if (is_near(&words, str_sub(s, 0, n)))
                        return true;
                s = str_sub(s, n, s.n);
        }
        return false;
}

#include "story/topics.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "story/lang.h"
#include "story/words.h"

#define TERMS_MAX 8     /* of one topic */
#define ARTICLES_MAX 12 /* of one story that are looked at, the newest */
#define READ_B 600      /* of a summary */

struct topic {
        struct str text;
        uint64_t terms[TERMS_MAX];
        size_t n;
};

struct topics {
        struct topic *items;
        size_t n;
};

struct topics *topics_new(struct arena *a, struct words *w,
                          const struct str *texts, size_t n,
                          struct str language)
{
        struct topics *t;

        if (!n)
                return NULL;
        t = arena_alloc(a, sizeof(*t));
        t->items = arena_array(a, n, sizeof(*t->items));
        for (; t->n < n; t->n++) {
                struct topic *one = &t->items[t->n];
                const struct word *words;
                size_t found = words_read(w, texts[t->n], lang_of_tag(language),
                                          &words);

                one->text = texts[t->n];
                for (size_t i = 0; i < found && one->n < TERMS_MAX; i++)
                        if (!words[i].is_stop)
                                one->terms[one->n++] = words[i].term;
        }
        return t;
}

/* Marks, a bit each, the words of each topic that text has. */
static void mark(const struct topics *t, struct words *w, unsigned char *has,
                 struct str text, enum lang lang)
{
        const struct word *words;
        size_t n = words_read(w, text, lang, &words);

        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < t->n; k++)
                        for (size_t m = 0; m < t->items[k].n; m++)
                                if (t->items[k].terms[m] == words[i].term)
                                        has[k] |= (unsigned char)(1u << m);
}

static struct str of_article(const struct topics *t, struct words *w,
                             const struct article *art)
{
        enum lang lang = lang_of_tag(art->language);

        for (size_t from = 0; from < t->n; from += 32) {
                struct topics part = { t->items + from, t->n - from };
                unsigned char has[32] = { 0 };

                if (part.n > 32)
                        part.n = 32;
                mark(&part, w, has, art->title, lang);
                mark(&part, w, has, utf8_clip(art->summary, READ_B), lang);
                for (size_t k = 0; k < part.n; k++)
                        if (part.items[k].n &&
                            has[k] == (1u << part.items[k].n) - 1)
                                return part.items[k].text;
        }
        return STR_NULL;
}

struct str topics_find(const struct topics *t, struct words *w,
                       const struct article *const *articles, size_t n,
                       struct str beat)
{
        struct str found = STR_NULL;

        if (!t)
                return STR_NULL;
        for (size_t k = 0; k < t->n; k++)
                if (str_eq_nocase(t->items[k].text, beat))
                        return t->items[k].text;
        for (size_t i = n > ARTICLES_MAX ? n - ARTICLES_MAX : 0;
             i < n && !found.p; i++)
                found = of_article(t, w, articles[i]);
        return found;
}

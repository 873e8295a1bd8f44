#include "story/life.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "story/kind.h"
#include "story/words.h"

#define COMPARED_MAX 100 /* articles on each side */
#define READ_B 1500      /* of a summary */
#define SHOWN_MAX 4      /* words named */
#define SHOWN_B 200
#define TITLE_TERMS 24 /* of a headline */
#define SAME_TERMS 4   /* that two headlines must share ... */
#define SAME_SHARE 0.7 /* ... and so much of the shorter one */

/* A word that an article has. */
struct mention {
        uint64_t term;
        struct str word;
        struct str source;
        size_t order;
};

struct mentions {
        struct mention *items;
        size_t n, cap;
};

static bool is_month(struct str word)
{
        static const char *const names[] = {
                "january",   "february",     "march",         "april",
                "may",       "june",         "july",          "august",
                "september", "october",      "november",      "december",
                "januar",    "februar",      "m\u00e4rz",     "mai",
                "juni",      "juli",         "oktober",       "dezember",
                "janvier",   "f\u00e9vrier", "mars",          "avril",
                "juin",      "juillet",      "ao\u00fbt",     "septembre",
                "octobre",   "novembre",     "d\u00e9cembre",
        };

        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                if (str_eq_nocase(word, str_c(names[i])))
                        return true;
        return false;
}

static bool is_day_of_month(struct str text, const struct word *x,
                            const struct word *y)
{
        const struct word *day = x->is_number ? x : y;
        const struct word *month = x->is_number ? y : x;

        return day->is_number && day->length <= 2 &&
               is_month(str_sub(text, month->offset, month->length));
}

/* "16 December", "2026": that a page bears a date is no news. */
static bool is_date(struct str text, const struct word *words, size_t n,
                    size_t i)
{
        const struct word *w = &words[i];

        return words_is_year(str_sub(text, w->offset, w->length)) ||
               (i > 0 && is_day_of_month(text, w - 1, w)) ||
               (i + 1 < n && is_day_of_month(text, w, w + 1));
}

static void read_text(struct arena *a, struct words *w, struct mentions *list,
                      const struct article *art, struct str text)
{
        const struct word *words;
        size_t n = words_read(w, text, lang_of_tag(art->language), &words);

        for (size_t i = 0; i < n; i++) {
                if (words[i].is_stop || is_date(text, words, n, i))
                        continue;
                ARENA_GROW(a, list->items, list->n, list->cap);
                list->items[list->n] =
                        (struct mention) { words[i].term,
                                           str_sub(text, words[i].offset,
                                                   words[i].length),
                                           art->source, list->n };
                list->n++;
        }
}

static void read_article(struct arena *a, struct words *w,
                         struct mentions *list, const struct article *art)
{
        read_text(a, w, list, art, art->title);
        read_text(a, w, list, art, utf8_clip(art->summary, READ_B));
}

static int by_term(const void *pa, const void *pb)
{
        const struct mention *a = pa, *b = pb;

        if (a->term != b->term)
                return a->term < b->term ? -1 : 1;
        return a->order < b->order ? -1 : a->order > b->order;
}

static void sort(struct mentions *list)
{
        if (list->n > 1)
                qsort(list->items, list->n, sizeof(*list->items), by_term);
}

static bool is_known(const struct mentions *old, uint64_t term)
{
        size_t low = 0, high = old->n;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (old->items[middle].term < term)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < old->n && old->items[low].term == term;
}

static size_t count_families(const struct mention *m, size_t n)
{
        size_t families = 0;

        for (size_t i = 0; i < n; i++) {
                bool is_first = true;

                for (size_t k = 0; k < i && is_first; k++)
                        is_first = !str_eq_nocase(m[k].source, m[i].source);
                families += is_first;
        }
        return families;
}

/* A new word, and by how many it is told. */
struct fact {
        struct str word;
        size_t families, order;
};

static int by_families(const void *pa, const void *pb)
{
        const struct fact *a = pa, *b = pb;

        if (a->families != b->families)
                return a->families > b->families ? -1 : 1;
        return a->order < b->order ? -1 : a->order > b->order;
}

static struct str shown(struct arena *a, const struct fact *facts, size_t n)
{
        struct buf b;

        buf_init(&b, SHOWN_B);
        for (size_t i = 0; i < n && i < SHOWN_MAX; i++)
                buf_printf(&b, "%s\u201c" STR_FMT "\u201d", i ? ", " : "",
                           STR_ARG(facts[i].word));
        struct str s = buf_ok(&b) ? arena_str(a, buf_str(&b)) : STR("");

        buf_done(&b);
        return s;
}

static void find_facts(struct arena *a, const struct mentions *old,
                       const struct mentions *later, size_t least,
                       struct life *life)
{
        struct fact *facts = arena_array(a, later->n + 1, sizeof(*facts));
        size_t n = 0;

        for (size_t i = 0, end; i < later->n; i = end) {
                const struct mention *m = &later->items[i];

                for (end = i;
                     end < later->n && later->items[end].term == m->term;)
                        end++;
                if (is_known(old, m->term))
                        continue;

                size_t families = count_families(m, end - i);

                if (families >= least)
                        facts[n++] =
                                (struct fact) { m->word, families, m->order };
        }
        if (n > 1)
                qsort(facts, n, sizeof(*facts), by_families);
        life->facts = n;
        life->shown = shown(a, facts, n);
}

/* The first article that the edition did not know; articles are by date. */
static size_t first_later(const struct article *const *articles, size_t n,
                          int64_t at)
{
        size_t i = 0;

        while (i < n && articles[i]->dated_at <= at)
                i++;
        return i;
}

/* How many families must have a word before it is a fact. */
static size_t tellers_of(size_t families)
{
        size_t share = (families + LIFE_SHARE - 1) / LIFE_SHARE;

        if (families < 2)
                return 1;
        return share > 2 ? share : 2;
}

struct life life_since(struct arena *a, struct words *w,
                       const struct article *const *articles, size_t n,
                       const struct past *printed)
{
        size_t start = first_later(articles, n, printed->at);
        size_t from = start > COMPARED_MAX ? start - COMPARED_MAX : 0;
        size_t end = n - start > COMPARED_MAX ? start + COMPARED_MAX : n;
        struct mentions old = { 0 }, later = { 0 };
        struct mention *tellers =
                arena_array(a, end - start + 1, sizeof(*tellers));
        size_t n_tellers = 0;
        struct life life = { .shown = STR("") };

        for (size_t i = from; i < start; i++)
                read_article(a, w, &old, articles[i]);
        for (size_t i = start; i < end; i++) {
                if (!kind_is_news(articles[i]))
                        continue;
                read_article(a, w, &later, articles[i]);
                tellers[n_tellers++].source = articles[i]->source;
        }
        if (n_tellers) /* what it was printed as, whatever is forgotten */
                read_text(a, w, &old, articles[start], printed->title);
        sort(&old);
        sort(&later);
        life.families = count_families(tellers, n_tellers);
        find_facts(a, &old, &later, tellers_of(life.families), &life);
        life.has_news = life.facts >=
                        (life.families > 1 ? LIFE_FACTS_MIN : LIFE_FACTS_ALONE);
        return life;
}

/* --- headlines --- */

struct title_terms {
        uint64_t items[TITLE_TERMS];
        size_t n;
        int64_t story_id;
};

struct life_titles {
        struct title_terms *items;
        size_t n;
};

static void read_title(struct words *w, struct str title, enum lang lang,
                       struct title_terms *t)
{
        const struct word *words;
        size_t n = words_read(w, title, lang, &words);

        t->n = 0;
        for (size_t i = 0; i < n && t->n < TITLE_TERMS; i++) {
                bool is_new = !words[i].is_stop;

                for (size_t k = 0; k < t->n && is_new; k++)
                        is_new = t->items[k] != words[i].term;
                if (is_new)
                        t->items[t->n++] = words[i].term;
        }
}

struct life_titles *life_titles_new(struct arena *a, struct words *w,
                                    const struct past *printed, size_t n,
                                    struct str language)
{
        struct life_titles *t = arena_alloc(a, sizeof(*t));

        t->items = arena_array(a, n + 1, sizeof(*t->items));
        for (; t->n < n; t->n++) {
                read_title(w, printed[t->n].title, lang_of_tag(language),
                           &t->items[t->n]);
                t->items[t->n].story_id = printed[t->n].story_id;
        }
        return t;
}

static bool is_same(const struct title_terms *x, const struct title_terms *y)
{
        size_t shared = 0, shorter = x->n < y->n ? x->n : y->n;

        for (size_t i = 0; i < x->n; i++)
                for (size_t k = 0; k < y->n; k++)
                        shared += x->items[i] == y->items[k];
        return shared >= SAME_TERMS &&
               (double)shared >= SAME_SHARE * (double)shorter;
}

int64_t life_find(const struct life_titles *t, struct words *w,
                  const struct article *head, struct str title)
{
        struct title_terms mine;

        read_title(w, title, lang_of_tag(head->language), &mine);
        for (size_t i = 0; i < t->n; i++)
                if (is_same(&t->items[i], &mine))
                        return t->items[i].story_id;
        return 0;
}

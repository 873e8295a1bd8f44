#include "story/abroad.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "store/article.h"
#include "story/kind.h"
#include "story/rank.h"
#include "story/title.h"
#include "story/words.h"

#define STORIES_MAX 200 /* of a side: more are never printed */
#define HEADS_MAX 4     /* articles of a story that are read */
#define MARKS_MAX 32    /* names and figures of an article */
#define READ_B 600      /* of a summary */
#define LATIN_MAX 2048  /* UTF-16 units of a title and a summary */
#define STEM                                                                   \
        6            /* letters by which a name is known: its case may end     \
                        it otherwise (Moskva, Moskvy) */
#define FIGURE_MIN 2 /* digits; one alone says nothing */
#define DAY_S (24 * 3600)
#define LIKE_MIN 0.36     /* share of the weight that both have */
#define SHARED_MIN 3.0    /* names and figures that both have, in the mean */
#define NEXT_MOST 0.67    /* the next best is at most so near */
#define WEIGHT_MIN 8.0    /* a side of less is measured against it */
#define CAPITALS_MOST 0.6 /* a headline with more is in Title Case */

/* What a reader of no language of it would know again. */
struct mark {
        uint64_t key;
        double weight; /* the rarer the more */
        bool is_title; /* of the headline */
};

struct head {
        int64_t at;
        struct mark marks[MARKS_MAX]; /* by key */
        size_t n;
        double weight;
};

struct told {
        struct story *s;
        int64_t first_at, last_at; /* of the heads */
        struct head heads[HEADS_MAX];
        size_t n;
};

struct side {
        struct told *items[STORIES_MAX];
        size_t n;
};

struct abroad {
        struct arena *a;
        struct words *words;
        UTransliterator *latin;
        struct map *counts; /* key -> stories that have it */
        struct side home, far;
        double *like; /* home.n rows of far.n */
};

/* --- marks --------------------------------------------------------------- */

/* In letters of ASCII, capitals kept; s itself where that can't be had. */
static struct str to_latin(struct abroad *x, struct str s)
{
        UChar text[LATIN_MAX];
        char *out;
        int32_t n = 0, limit, n_out = 0;
        UErrorCode e = U_ZERO_ERROR;

        u_strFromUTF8(text, LATIN_MAX / 2, &n, s.p, (int32_t)s.n, &e);
        limit = n;
        if (U_SUCCESS(e) && x->latin)
                utrans_transUChars(x->latin, text, &n, LATIN_MAX, 0, &limit,
                                   &e);
        if (U_FAILURE(e))
                return s;
        out = arena_alloc(x->a, (size_t)n * 3 + 1);
        u_strToUTF8(out, n * 3 + 1, &n_out, text, n, &e);
        return U_FAILURE(e) ? s : (struct str) { out, (size_t)n_out };
}

/* The letters, small, and at most STEM of them; of a figure all digits. */
static uint64_t key_of(struct str word, bool is_figure, size_t *ret_n)
{
        char key[32];
        size_t n = 0, most = is_figure ? sizeof(key) : STEM;

        for (size_t i = 0; i < word.n && n < most; i++)
                if (is_figure ? chr_is_digit(word.p[i])
                              : chr_is_alpha(word.p[i]))
                        key[n++] = chr_lower(word.p[i]);
        *ret_n = n;
        return hash_stable((struct str) { key, n });
}

static void add_mark(struct head *h, uint64_t key, bool is_title)
{
        for (size_t i = 0; i < h->n; i++)
                if (h->marks[i].key == key) {
                        h->marks[i].is_title |= is_title;
                        return;
                }
        if (h->n < MARKS_MAX)
                h->marks[h->n++] =
                        (struct mark) { .key = key, .is_title = is_title };
}

static bool is_title_case(const struct word *words, size_t n)
{
        size_t capitals = 0;

        for (size_t i = 0; i < n; i++)
                capitals += words[i].is_name;
        return n > 4 && (double)capitals > CAPITALS_MOST * (double)n;
}

static void read_marks(struct abroad *x, struct head *h, struct str text,
                       enum lang lang, bool is_title)
{
        struct str latin = to_latin(x, utf8_clip(text, READ_B));
        const struct word *words;
        size_t n = words_read(x->words, latin, lang, &words), len;
        bool has_names =
                !is_title || lang != LANG_EN || !is_title_case(words, n);

        for (size_t i = 0; i < n; i++) {
                struct str word =
                        str_sub(latin, words[i].offset, words[i].length);
                uint64_t key = key_of(word, words[i].is_number, &len);

                if (words[i].is_number
                            ? len >= FIGURE_MIN && !words_is_year(word)
                            : words[i].is_name && has_names &&
                                      !words[i].is_stop && len > 2)
                        add_mark(h, key, is_title);
        }
}

static int by_key(const void *pa, const void *pb)
{
        const struct mark *a = pa, *b = pb;

        return a->key < b->key ? -1 : a->key > b->key;
}

static void read_head(struct abroad *x, struct head *h,
                      const struct article *art)
{
        enum lang lang = lang_of_tag(art->language);

        *h = (struct head) { .at = art->dated_at };
        read_marks(x, h, title_clean(art->title, art->source), lang, true);
        read_marks(x, h, art->summary, lang, false);
        qsort(h->marks, h->n, sizeof(*h->marks), by_key);
}

/* --- stories ------------------------------------------------------------- */

static struct str key_str(const uint64_t *key)
{
        return (struct str) { (const char *)key, sizeof(*key) };
}

/* Each mark once a story. */
static void count_marks(struct abroad *x, const struct told *t)
{
        struct map *own = map_new(x->a);

        for (size_t k = 0; k < t->n; k++)
                for (size_t i = 0; i < t->heads[k].n; i++) {
                        struct str key = key_str(&t->heads[k].marks[i].key);
                        void **seen = map_at(own, key), **n;

                        if (*seen)
                                continue;
                        *seen = own;
                        n = map_at(x->counts, key);
                        *n = (void *)((uintptr_t)*n + 1);
                }
}

static void read_story(struct abroad *x, struct told *t)
{
        const struct story *s = t->s;

        for (size_t i = 0; i < s->n_articles && t->n < HEADS_MAX; i++)
                if (kind_is_news(s->articles[i]))
                        read_head(x, &t->heads[t->n++], s->articles[i]);
        t->first_at = t->heads[0].at; /* articles come by date */
        t->last_at = t->heads[t->n ? t->n - 1 : 0].at;
        count_marks(x, t);
}

static void read_side(struct abroad *x, const struct side *side)
{
        for (size_t i = 0; i < side->n; i++)
                read_story(x, side->items[i]);
}

static void find_sides(struct abroad *x, const struct rank_input *in,
                       struct story *stories, size_t n)
{
        enum lang wanted = lang_of_tag(in->language);

        for (size_t i = 0; i < n; i++) {
                struct story *s = &stories[i];
                enum lang lang = lang_of_tag(s->language);
                struct side *side = lang == wanted ? &x->home : &x->far;
                struct told *t;

                if (lang == LANG_OTHER || !str_eq(s->kind, STR("news")) ||
                    s->score <= 0 || side->n == STORIES_MAX)
                        continue;
                t = arena_alloc(x->a, sizeof(*t));
                t->s = s;
                side->items[side->n++] = t;
        }
}

static double weight_of(const struct abroad *x, uint64_t key)
{
        double n = (double)(uintptr_t)map_find(x->counts, key_str(&key));
        double all = (double)(x->home.n + x->far.n);

        return log((all + STORIES_MAX) / (n + 1));
}

static void weigh(const struct abroad *x, const struct side *side)
{
        for (size_t i = 0; i < side->n; i++)
                for (size_t k = 0; k < side->items[i]->n; k++) {
                        struct head *h = &side->items[i]->heads[k];

                        for (size_t m = 0; m < h->n; m++) {
                                struct mark *mark = &h->marks[m];

                                mark->weight = weight_of(x, mark->key);
                                h->weight += mark->weight;
                        }
                }
}

/* --- likeness ------------------------------------------------------------ */

struct common_marks {
        double weight, n, titles; /* of what both have; in both headlines */
        double pairs;
};

static void compare_heads(const struct head *a, const struct head *b,
                          struct common_marks *sum)
{
        double both = 0, less = fmin(a->weight, b->weight);

        for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
                if (a->marks[i].key == b->marks[k].key) {
                        both += a->marks[i].weight;
                        sum->n++;
                        sum->titles +=
                                a->marks[i].is_title && b->marks[k].is_title;
                        i++;
                        k++;
                } else if (a->marks[i].key < b->marks[k].key) {
                        i++;
                } else {
                        k++;
                }
        }
        sum->weight += both / fmax(less, WEIGHT_MIN);
        sum->pairs++;
}

/* 0 where it isn't sure. */
static double likeness(const struct told *a, const struct told *b)
{
        struct common_marks sum = { 0 };

        if (a->last_at - b->first_at > DAY_S ||
            b->last_at - a->first_at > DAY_S)
                return 0;
        for (size_t i = 0; i < a->n; i++)
                for (size_t k = 0; k < b->n; k++)
                        compare_heads(&a->heads[i], &b->heads[k], &sum);
        if (sum.pairs < 1 || sum.n / sum.pairs < SHARED_MIN || sum.titles < 1)
                return 0;
        return sum.weight / sum.pairs;
}

/* Is nothing else in its row or column nearly as near? Stories of a third
 * language may stand beside it. */
static bool is_sure(const struct abroad *x, size_t h, size_t f)
{
        double me = x->like[h * x->far.n + f], most = me * NEXT_MOST;
        struct str language = x->far.items[f]->s->language;

        if (me < LIKE_MIN)
                return false;
        for (size_t i = 0; i < x->home.n; i++)
                if (i != h && x->like[i * x->far.n + f] > most)
                        return false;
        for (size_t i = 0; i < x->far.n; i++)
                if (i != f && x->like[h * x->far.n + i] > most &&
                    lang_of_tag(x->far.items[i]->s->language) ==
                            lang_of_tag(language))
                        return false;
        return true;
}

static int by_date(const void *pa, const void *pb)
{
        const struct article *a = *(const struct article *const *)pa;
        const struct article *b = *(const struct article *const *)pb;

        if (a->dated_at != b->dated_at)
                return a->dated_at < b->dated_at ? -1 : 1;
        return str_cmp(a->url, b->url);
}

static void join(struct abroad *x, struct story *home, struct story *far)
{
        size_t n = home->n_abroad + far->n_articles;
        const struct article **all = arena_array(x->a, n, sizeof(*all));

        if (home->n_abroad)
                memcpy(all, home->abroad, home->n_abroad * sizeof(*all));
        memcpy(all + home->n_abroad, far->articles,
               far->n_articles * sizeof(*all));
        qsort(all, n, sizeof(*all), by_date);
        home->abroad = all;
        home->n_abroad = n;
        far->told_as = home->id;
}

void abroad_join(struct arena *a, struct words *w, const struct rank_input *in,
                 struct story *stories, size_t n)
{
        static const UChar to[] = u"Any-Latin; Latin-ASCII";
        UErrorCode e = U_ZERO_ERROR;
        struct abroad x = { .a = a, .words = w, .counts = map_new(a) };

        if (lang_of_tag(in->language) == LANG_OTHER)
                return;
        find_sides(&x, in, stories, n);
        if (!x.home.n || !x.far.n)
                return;
        x.latin = utrans_openU(to, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
        read_side(&x, &x.home);
        read_side(&x, &x.far);
        weigh(&x, &x.home);
        weigh(&x, &x.far);
        x.like = arena_array(a, x.home.n * x.far.n + 1, sizeof(*x.like));
        for (size_t h = 0; h < x.home.n; h++)
                for (size_t f = 0; f < x.far.n; f++)
                        x.like[h * x.far.n + f] =
                                likeness(x.home.items[h], x.far.items[f]);
        for (size_t h = 0; h < x.home.n; h++)
                for (size_t f = 0; f < x.far.n; f++)
                        if (is_sure(&x, h, f))
                                join(&x, x.home.items[h]->s, x.far.items[f]->s);
        if (x.latin)
                utrans_close(x.latin);
}

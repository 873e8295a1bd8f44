#include "story/tell.h"

#include "base/arena.h"
#include "story/blurb.h"
#include "story/fitness.h"
#include "story/kind.h"
#include "story/lang.h"
#include "story/quote.h"
#include "story/sentence.h"
#include "story/title.h"
#include "story/words.h"

#define BLURB_MAX_B 520
#define PARAGRAPH_SENTENCES 3
#define PARAGRAPH_MAX_B 620
#define SHARED_MIN 2       /* words an opener shares with what is told */
#define OPENER_MIN_B 70    /* a shorter sentence makes no paragraph */
#define TELLERS_MAX 12     /* articles read for a lead */
#define SPEAKER_WEIGHT 0.6 /* of how far the lead speaks of the speaker */
#define WORDS_WEIGHT 0.3   /* of how far it speaks of what is said */
#define HEAD_WEIGHT 0.25   /* the article that tells it best */
#define OPENING 4          /* sentences by which a teller is judged ... */
#define OPENING_TERMS 120  /* ... and their different words */
#define TITLE_TERMS 24
#define TITLE_MANY 9   /* of a headline that tells all */
#define OPENS_WELL 0.3 /* of the headline's words in the first sentence */
#define BETTER 0.15    /* so many more in another article's */
#define OVERLAP 0.5    /* of a sentence's words told already: it says nothing */

/* An article that tells part of the story, and its sentences. */
struct teller {
        const struct article *art;
        enum lang lang;
        struct span *spans;
        size_t n;
        bool *is_used;
};

struct telling {
        struct arena *a;
        struct words *words;
        const struct article_list *texts;
        struct story *s;
        struct teller tellers[TELLERS_MAX];
        size_t n;
        uint64_t *told; /* terms of what is told already */
        size_t n_told, cap_told;
};

static const struct article *with_text(const struct article_list *texts,
                                       int64_t id)
{
        for (size_t i = 0; i < texts->n; i++)
                if (texts->items[i].id == id && texts->items[i].text.n)
                        return &texts->items[i];
        return NULL;
}

static void add_teller(struct telling *t, const struct article *art)
{
        struct teller *x = &t->tellers[t->n];

        if (!art || t->n == TELLERS_MAX)
                return;
        for (size_t i = 0; i < t->n; i++)
                if (t->tellers[i].art == art)
                        return;
        *x = (struct teller) { .art = art, .lang = lang_of_tag(art->language) };
        if (!art->language.n)
                x->lang = words_guess(t->words, art->text);
        x->n = sentence_split(t->a, art->text, x->lang, &x->spans);
        for (size_t i = 0; i < x->n && kind_is_news(art); i++)
                x->spans[i].is_fit &=
                        !fitness_is_personal(x->spans[i].text, x->lang);
        x->is_used = arena_array(t->a, x->n + 1, sizeof(bool));
        t->n++;
}

static bool is_told_by(const struct telling *t, struct str source)
{
        for (size_t i = 0; i < t->n; i++)
                if (str_eq_nocase(t->tellers[i].art->source, source))
                        return true;
        return false;
}

/* The head first, then one article of each other family, the newest of them. */
static void find_tellers(struct telling *t, bool head_only)
{
        const struct article_list *texts = t->texts;
        struct story *s = t->s;

        add_teller(t, with_text(texts, s->head->id));
        for (size_t i = s->n_articles; i-- > 0 && !head_only;) {
                const struct article *art = s->articles[i];
                if (kind_is_news(art) && !is_told_by(t, art->source) &&
                    str_eq(art->language, s->head->language))
                        add_teller(t, with_text(texts, art->id));
        }
        for (size_t i = 0; i < s->n_articles && t->n == 0; i++)
                add_teller(t, with_text(texts, s->articles[i]->id));
}

static bool has_term(const uint64_t *terms, size_t n, uint64_t term)
{
        for (size_t i = 0; i < n; i++)
                if (terms[i] == term)
                        return true;
        return false;
}

static bool is_told(const struct telling *t, uint64_t term)
{
        return has_term(t->told, t->n_told, term);
}

static void remember(struct telling *t, const struct span *span, enum lang lang)
{
        const struct word *words;
        size_t n = words_read(t->words, span->text, lang, &words);

        for (size_t i = 0; i < n; i++) {
                if (words[i].is_stop || is_told(t, words[i].term))
                        continue;
                ARENA_GROW(t->a, t->told, t->n_told, t->cap_told);
                t->told[t->n_told++] = words[i].term;
        }
}

struct news {
        size_t told, all; /* of its words: told already; all */
};

static struct news news_of(const struct telling *t, const struct span *span,
                           enum lang lang)
{
        const struct word *words;
        size_t n = words_read(t->words, span->text, lang, &words);
        struct news x = { 0 };

        for (size_t i = 0; i < n; i++) {
                if (words[i].is_stop)
                        continue;
                x.all++;
                x.told += is_told(t, words[i].term);
        }
        return x;
}

/* Most of what it says was said. */
static bool says_nothing(const struct telling *t, const struct span *span,
                         enum lang lang)
{
        struct news x = news_of(t, span, lang);

        return t->n_told && (double)x.told >= OVERLAP * (double)x.all;
}

/* It shares too few words with what is told to be about it. */
static bool is_astray(const struct telling *t, const struct span *span,
                      enum lang lang)
{
        return t->n_told && news_of(t, span, lang).told < SHARED_MIN;
}

static struct sentence use(struct telling *t, struct teller *x, size_t i)
{
        remember(t, &x->spans[i], x->lang);
        x->is_used[i] = true;
        return (struct sentence) { x->spans[i].text, x->art,
                                   x->spans[i].offset };
}

/* The sentences of x that tell what the head's title says. */
static size_t choose_blurb(struct telling *t, const struct teller *x,
                           size_t **chosen)
{
        const struct article *head = t->s->head;
        struct blurb_ask ask = {
                .title = kind_is_news(head) /* else it opens with its first */
                                 ? title_clean(head->title, head->source)
                                 : STR(""),
                .lang = x->lang,
                .sentences = TELL_BLURB_MAX,
                .max_b = BLURB_MAX_B,
                .must_open = true,
        };

        return blurb_choose(t->a, t->words, x->spans, x->n, &ask, chosen);
}

/*
 * The share of the headline's words that the first sentence has. A headline
 * that is a sentence tells the event itself.
 */
static double opens_well(struct telling *t, const struct teller *x, size_t n,
                         const size_t *chosen)
{
        uint64_t terms[TITLE_TERMS];
        const struct word *words;
        size_t m = words_read(t->words, t->s->head->title, x->lang, &words);
        size_t n_terms = 0, hits = 0;

        for (size_t i = 0; i < m && n_terms < TITLE_TERMS; i++)
                if (!words[i].is_stop)
                        terms[n_terms++] = words[i].term;
        if (n_terms > TITLE_MANY)
                return 1;
        if (!n || !n_terms)
                return 0;
        m = words_read(t->words, x->spans[chosen[0]].text, x->lang, &words);
        for (size_t i = 0; i < m; i++)
                hits += has_term(terms, n_terms, words[i].term);
        return (double)hits / (double)n_terms;
}

/* An article that opens with the event, where the head's own does not. */
static size_t find_better(struct telling *t, size_t *ret_n, size_t **chosen)
{
        double most = opens_well(t, &t->tellers[0], *ret_n, *chosen);
        size_t best = 0;

        if (most >= OPENS_WELL || !kind_is_news(t->s->head))
                return 0;
        find_tellers(t, false);
        for (size_t i = 1; i < t->n; i++) {
                size_t *list, n = choose_blurb(t, &t->tellers[i], &list);
                double v = opens_well(t, &t->tellers[i], n, list);

                if (n && v > most + BETTER) {
                        most = v;
                        best = i;
                        *ret_n = n;
                        *chosen = list;
                }
        }
        return best;
}

static void tell_blurb(struct telling *t)
{
        size_t *chosen, n = choose_blurb(t, &t->tellers[0], &chosen);
        size_t best = find_better(t, &n, &chosen);
        struct teller x = t->tellers[best];

        t->tellers[best] = t->tellers[0];
        t->tellers[0] = x;
        t->s->blurb = arena_array(t->a, n + 1, sizeof(*t->s->blurb));
        for (size_t i = 0; i < n; i++)
                t->s->blurb[i] = use(t, &t->tellers[0], chosen[i]);
        t->s->n_blurb = n;
}

static struct paragraph *new_paragraph(struct telling *t)
{
        struct story *s = t->s;
        struct paragraph *p;

        if (!s->paragraphs)
                s->paragraphs = arena_array(t->a, TELL_PARAGRAPHS_MAX,
                                            sizeof(*s->paragraphs));
        p = &s->paragraphs[s->n_paragraphs++];
        p->items = arena_array(t->a, PARAGRAPH_SENTENCES, sizeof(*p->items));
        return p;
}

/* May sentence i of x open a paragraph? */
static bool may_open(const struct telling *t, const struct teller *x, size_t i)
{
        return !x->is_used[i] && x->spans[i].is_fit &&
               !x->spans[i].is_leaning && x->spans[i].text.n >= OPENER_MIN_B &&
               !says_nothing(t, &x->spans[i], x->lang) &&
               !is_astray(t, &x->spans[i], x->lang);
}

/* May it go on right after its forerunner? */
static bool may_follow(const struct telling *t, const struct teller *x,
                       size_t i, size_t paragraph_b)
{
        return i < x->n && !x->is_used[i] && x->spans[i].is_fit &&
               paragraph_b + x->spans[i].text.n <= PARAGRAPH_MAX_B &&
               !says_nothing(t, &x->spans[i], x->lang);
}

/* A paragraph from x: its first sentence that tells more, and what follows. */
static bool tell_paragraph(struct telling *t, struct teller *x)
{
        struct paragraph *p;
        size_t i = 0, size;

        while (i < x->n && !may_open(t, x, i))
                i++;
        if (i >= x->n || t->s->n_paragraphs == TELL_PARAGRAPHS_MAX)
                return false;
        p = new_paragraph(t);
        size = x->spans[i].text.n;
        p->items[p->n++] = use(t, x, i);
        while (p->n < PARAGRAPH_SENTENCES && may_follow(t, x, i + 1, size)) {
                size += x->spans[++i].text.n;
                p->items[p->n++] = use(t, x, i);
        }
        return true;
}

static void tell_opening(struct telling *t)
{
        struct paragraph *p;

        if (!t->s->n_blurb)
                return;
        p = new_paragraph(t);
        for (size_t i = 0; i < t->s->n_blurb && i < PARAGRAPH_SENTENCES; i++)
                p->items[p->n++] = t->s->blurb[i];
}

/* The share of the words of s that the lead has told: is it at its centre? */
static double centred(const struct telling *t, struct str s, enum lang lang)
{
        struct news x = news_of(t, &(struct span) { .text = s }, lang);

        return x.all ? (double)x.told / (double)x.all : 0;
}

/* Is the quotation printed already, inside a sentence? */
static bool is_printed(const struct story *s, const struct article *from,
                       const struct quote_found *q)
{
        for (size_t p = 0; p < s->n_paragraphs; p++)
                for (size_t i = 0; i < s->paragraphs[p].n; i++) {
                        const struct sentence *x = &s->paragraphs[p].items[i];
                        if (x->from == from && x->offset <= q->offset &&
                            q->offset < x->offset + x->text.n)
                                return true;
                }
        return false;
}

struct quoting {
        struct telling *t;
        const struct teller *x; /* whose text is read */
        struct quote_found best;
        const struct article *from;
};

static void weigh_quote(void *user, const struct quote_found *q)
{
        struct quoting *k = user;
        struct quote_found f = *q;

        if (is_printed(k->t->s, k->x->art, q))
                return;
        f.worth += SPEAKER_WEIGHT * centred(k->t, q->said_by, k->x->lang) +
                   WORDS_WEIGHT * centred(k->t, q->text, k->x->lang);
        if (k->x == k->t->tellers)
                f.worth += HEAD_WEIGHT;
        if (!k->from || f.worth > k->best.worth) {
                k->best = f;
                k->from = k->x->art;
        }
}

/* The sentence it stands in is not told a second time. */
static void set_apart(struct teller *x, size_t offset)
{
        for (size_t i = 0; i < x->n; i++)
                if (x->spans[i].offset <= offset &&
                    offset < x->spans[i].offset + x->spans[i].text.n)
                        x->is_used[i] = true;
}

/* The best of all tellers, said by someone at the centre of the story. */
static void tell_quote(struct telling *t)
{
        struct quoting k = { .t = t };

        for (size_t i = 0; i < t->n; i++) {
                k.x = &t->tellers[i];
                quote_each(k.x->art->text, k.x->lang, weigh_quote, &k);
        }
        if (!k.from)
                return;

        struct quote *out = arena_alloc(t->a, sizeof(*out));

        *out = (struct quote) { k.best.text, k.best.said_by, k.from,
                                k.best.offset };
        t->s->quote = out;
        for (size_t i = 0; i < t->n; i++)
                if (t->tellers[i].art == k.from)
                        set_apart(&t->tellers[i], k.best.offset);
}

/* The terms of a teller's headline and first sentences, each once. */
static size_t opening_terms(struct telling *t, const struct teller *x,
                            uint64_t *terms)
{
        size_t n = 0;

        for (size_t i = 0; i <= x->n && i <= OPENING; i++) {
                const struct word *words;
                struct str s = i ? x->spans[i - 1].text : x->art->title;
                size_t m = words_read(t->words, s, x->lang, &words);

                for (size_t k = 0; k < m && n < OPENING_TERMS; k++)
                        if (!words[k].is_stop &&
                            !has_term(terms, n, words[k].term))
                                terms[n++] = words[k].term;
        }
        return n;
}

/* How far the others begin with the same words: who tells it as all do. */
static void weigh_tellers(struct telling *t, double *worth)
{
        uint64_t(*terms)[OPENING_TERMS] =
                arena_array(t->a, TELLERS_MAX, sizeof(*terms));
        size_t n[TELLERS_MAX];

        for (size_t i = 0; i < t->n; i++)
                n[i] = opening_terms(t, &t->tellers[i], terms[i]);
        for (size_t i = 0; i < t->n; i++) {
                size_t shared = 0;

                for (size_t k = 0; k < t->n; k++)
                        for (size_t j = 0; k != i && j < n[i]; j++)
                                shared += has_term(terms[k], n[k], terms[i][j]);
                worth[i] = n[i] ? (double)shared / (double)n[i] : 0;
        }
}

/* After the head: who tells the story itself before who tells its margins. */
static void order_tellers(struct telling *t)
{
        double worth[TELLERS_MAX];

        weigh_tellers(t, worth);
        for (size_t i = 1; i < t->n; i++) {
                struct teller x = t->tellers[i];
                double v = worth[i];
                size_t k = i;

                for (; k > 1 && worth[k - 1] < v; k--) {
                        t->tellers[k] = t->tellers[k - 1];
                        worth[k] = worth[k - 1];
                }
                t->tellers[k] = x;
                worth[k] = v;
        }
}

/* The blurb, a paragraph of each other family, the head's again till enough. */
static void tell_paragraphs(struct telling *t)
{
        struct teller *head = &t->tellers[0];
        bool goes_on = true;

        tell_opening(t);
        tell_quote(t);
        order_tellers(t);
        if (t->n < 3)
                tell_paragraph(t, head);
        for (size_t i = 1; i < t->n; i++)
                tell_paragraph(t, &t->tellers[i]);
        while (goes_on && t->s->n_paragraphs < TELL_PARAGRAPHS_MAX - 1)
                goes_on = tell_paragraph(t, head);
}

static void tell(struct arena *a, struct story *s,
                 const struct article_list *texts, bool is_lead)
{
        struct telling *t = arena_alloc(a, sizeof(*t));

        t->a = a;
        t->s = s;
        t->words = words_new();
        t->texts = texts;
        find_tellers(t, !is_lead);
        if (t->n) {
                tell_blurb(t);
                if (is_lead) {
                        tell_paragraphs(t);
                }
        }
        words_free(t->words);
}

void story_tell(struct arena *a, struct story *s,
                const struct article_list *texts)
{
        tell(a, s, texts, true);
}

void story_tell_blurb(struct arena *a, struct story *s,
                      const struct article_list *texts)
{
        tell(a, s, texts, false);
}

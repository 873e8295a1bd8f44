#include "story/tell.h"

#include <math.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "story/blurb.h"
#include "story/fitness.h"
#include "story/kind.h"
#include "story/lang.h"
#include "story/quote.h"
#include "story/sentence.h"
#include "story/title.h"
#include "story/words.h"

#define BLURB_MAX_B 520
#define BLURB_SHORT_B 220 /* two shorter ones may have a third */
#define PARAGRAPH_SENTENCES 3
#define PARAGRAPH_MAX_B 620
#define SHARED_MIN 2       /* words an opener shares with what is told */
#define OPENER_MIN_B 70    /* a shorter sentence makes no paragraph */
#define OPENERS_READ 30    /* sentences of an article */
#define FRONT_WEIGHT 0.5   /* of 1 / place beside its share of the core */
#define EARLY_WEIGHT 0.3   /* the same of a blurb's first sentence */
#define FEW_COSTS 0.3      /* a single sentence is no blurb */
#define CORE_MIN 2         /* tellers that begin with a core term */
#define CORE_TERMS 400
#define ASTRAY 0.45        /* of the tellers' mean share: it tells else */
#define TELLERS_MAX 12     /* articles read for a lead */
#define SPEAKER_WEIGHT 0.6 /* of how far the lead speaks of the speaker */
#define WORDS_WEIGHT 0.3   /* of how far it speaks of what is said */
#define HEAD_WEIGHT 0.25   /* the article that tells it best */
#define OPENING 4          /* sentences by which a teller is judged ... */
#define OPENING_TERMS 120  /* ... and their different words */
#define TITLE_TERMS 24
#define OPENS_EARLY 2 /* sentences in which an event should be told */
#define STRANGER_COSTS 0.5
#define OPENS_WELL 0.5 /* of the headline's words in the first sentence */
#define BETTER 0.15    /* so many more in another article's */
#define OVERLAP 0.5    /* of a sentence's words told already: it says nothing */

/* A term and how many tellers have it in their openings. */
struct core_term {
        uint64_t term;
        size_t n;
};

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
        struct tell_budget *budget;
        bool is_lead;
        struct core_term *core; /* what several tellers begin with */
        size_t n_core;
        uint64_t names[TITLE_TERMS]; /* of the head's title: of whom it tells */
        size_t n_names;
        uint64_t *told; /* terms of what is told already */
        size_t n_told, cap_told;
};

void tell_budget_init(struct arena *a, struct tell_budget *b, size_t max)
{
        *b = (struct tell_budget) { .a = a, .given = map_new(a), .max = max };
}

static size_t *given_by(struct tell_budget *b, const struct article *art)
{
        void **place = map_at(b->given, arena_lower(b->a, art->source));

        if (!*place)
                *place = arena_alloc(b->a, sizeof(size_t));
        return *place;
}

/* May art give n words more? */
static bool may_give(const struct telling *t, const struct article *art,
                     size_t n)
{
        return !t->budget->max ||
               *given_by(t->budget, art) + n <= t->budget->max;
}

static void give(struct telling *t, const struct article *art, struct str text)
{
        *given_by(t->budget, art) += utf8_words(text);
}

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
        give(t, x->art, x->spans[i].text);
        x->is_used[i] = true;
        return (struct sentence) { x->spans[i].text, x->art,
                                   x->spans[i].offset };
}

/* How many of the n sentences chosen from x may be told, from the first on. */
static size_t affordable(const struct telling *t, const struct teller *x,
                         const size_t *chosen, size_t n)
{
        size_t words = 0, k = 0;

        while (k < n) {
                words += utf8_words(x->spans[chosen[k]].text);
                if (!may_give(t, x->art, words))
                        break;
                k++;
        }
        return k;
}

static size_t bytes_of(const struct teller *x, const size_t *chosen, size_t n)
{
        size_t b = 0;

        for (size_t i = 0; i < n; i++)
                b += x->spans[chosen[i]].text.n;
        return b;
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
                .sentences = t->is_lead ? TELL_BLURB_MAX : TELL_BLURB_MAX - 1,
                .max_b = BLURB_MAX_B,
                .must_open = true,
        };
        size_t n = blurb_choose(t->a, t->words, x->spans, x->n, &ask, chosen);

        if (!t->is_lead && bytes_of(x, *chosen, n) < BLURB_SHORT_B) {
                ask.sentences = TELL_BLURB_MAX;
                n = blurb_choose(t->a, t->words, x->spans, x->n, &ask, chosen);
        }
        return affordable(t, x, *chosen, n);
}

/* The share of its words that several tellers begin with. */
static double core_of(const struct telling *t, const struct teller *x, size_t i)
{
        const struct word *words;
        size_t n = words_read(t->words, x->spans[i].text, x->lang, &words);
        size_t all = 0, hits = 0;

        for (size_t k = 0; k < n; k++) {
                all += !words[k].is_stop;
                for (size_t c = 0; c < t->n_core && !words[k].is_stop; c++)
                        hits += t->core[c].term == words[k].term;
        }
        return all ? (double)hits / (double)all : 0;
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

static void note_core(struct telling *t, uint64_t term)
{
        for (size_t i = 0; i < t->n_core; i++) {
                if (t->core[i].term == term) {
                        t->core[i].n++;
                        return;
                }
        }
        if (t->n_core < CORE_TERMS)
                t->core[t->n_core++] = (struct core_term) { term, 1 };
}

/* Keep what more than one begins with. */
static void find_core(struct telling *t, uint64_t (*terms)[OPENING_TERMS],
                      const size_t *n)
{
        size_t kept = 0;

        t->core = arena_array(t->a, CORE_TERMS, sizeof(*t->core));
        t->n_core = 0;
        for (size_t i = 0; i < t->n; i++)
                for (size_t k = 0; k < n[i]; k++)
                        note_core(t, terms[i][k]);
        for (size_t i = 0; i < t->n_core; i++)
                if (t->core[i].n >= CORE_MIN)
                        t->core[kept++] = t->core[i];
        t->n_core = kept;
}

/* How far the others begin with the same words: who tells it as all do. */
static void weigh_tellers(struct telling *t, double *worth)
{
        uint64_t(*terms)[OPENING_TERMS] =
                arena_array(t->a, TELLERS_MAX, sizeof(*terms));
        size_t n[TELLERS_MAX];

        for (size_t i = 0; i < t->n; i++)
                n[i] = opening_terms(t, &t->tellers[i], terms[i]);
        find_core(t, terms, n);
        for (size_t i = 0; i < t->n; i++) {
                size_t shared = 0;

                for (size_t k = 0; k < t->n_core; k++)
                        if (has_term(terms[i], n[i], t->core[k].term))
                                shared += t->core[k].n - 1;
                worth[i] = n[i] ? (double)shared / (double)n[i] : 0;
        }
}

/* Is the term a name in text: never without its capital? */
static bool is_name(struct telling *t, struct str text, enum lang lang,
                    uint64_t term)
{
        const struct word *words;
        size_t n = words_read(t->words, text, lang, &words), hits = 0;

        for (size_t i = 0; i < n; i++) {
                if (words[i].term != term)
                        continue;
                if (!words[i].is_name)
                        return false;
                hits++;
        }
        return hits > 0;
}

/* The terms of the head's title that carry news. */
static size_t title_terms(struct telling *t, uint64_t *terms)
{
        const struct article *head = t->s->head;
        const struct word *words;
        size_t n = 0, m = words_read(t->words,
                                     title_clean(head->title, head->source),
                                     lang_of_tag(head->language), &words);

        for (size_t i = 0; i < m && n < TITLE_TERMS; i++)
                if (!words[i].is_stop && !has_term(terms, n, words[i].term))
                        terms[n++] = words[i].term;
        return n;
}

/* Whom and what the head's title names, by how its text writes them. In German
 * all nouns have capitals, so there it is unknown. */
static void find_names(struct telling *t)
{
        uint64_t terms[TITLE_TERMS];
        size_t n = title_terms(t, terms);
        const struct article *art = with_text(t->texts, t->s->head->id);
        enum lang lang = lang_of_tag(t->s->head->language);

        for (size_t i = 0; i < n && art && lang != LANG_DE; i++)
                if (is_name(t, art->text, lang, terms[i]))
                        t->names[t->n_names++] = terms[i];
}

/* Do terms hold half of the names, so that they tell of the same? */
static bool holds_names(const struct telling *t, const uint64_t *terms,
                        size_t n)
{
        size_t hits = 0;

        for (size_t i = 0; i < t->n_names; i++)
                hits += has_term(terms, n, t->names[i]);
        return hits * 2 >= t->n_names;
}

/* The share of terms that sentence i of x has. */
static double share_of(struct telling *t, const struct teller *x, size_t i,
                       const uint64_t *terms, size_t n)
{
        const struct word *words;
        size_t m = words_read(t->words, x->spans[i].text, x->lang, &words);
        size_t hits = 0;

        for (size_t k = 0; k < n; k++)
                for (size_t w = 0; w < m; w++)
                        if (words[w].term == terms[k]) {
                                hits++;
                                break;
                        }
        return n ? (double)hits / (double)n : 0;
}

/* Does sentence i of x begin with somebody whom nothing told introduces? */
static bool is_stranger(struct telling *t, const struct teller *x, size_t i)
{
        size_t by = blurb_introduction(x->spans, i, t->s->title, x->lang);
        const struct word *words;

        if (by == BLURB_NOBODY || x->is_used[by])
                return false;
        return !words_read(t->words, x->spans[i].text, x->lang, &words) ||
               !is_told(t, words[0].term);
}

/* How well sentence i of x opens the story: with what the headline says and
 * the others begin with, near its article's front, of nobody unknown. */
static double opens(struct telling *t, const struct teller *x, size_t i,
                    const uint64_t *terms, size_t n)
{
        return share_of(t, x, i, terms, n) + core_of(t, x, i) +
               EARLY_WEIGHT / (double)(i + 1) -
               (is_stranger(t, x, i) ? STRANGER_COSTS : 0);
}

/* The best opening that x has among its first sentences. */
static double best_opening(struct telling *t, const struct teller *x,
                           const uint64_t *terms, size_t n)
{
        double most = 0;

        for (size_t i = 0; i < x->n && i < OPENING; i++) {
                const struct span *s = &x->spans[i];

                if (s->is_fit && !s->is_leaning &&
                    (!t->n_names ||
                     share_of(t, x, i, t->names, t->n_names) >= 0.5) &&
                    may_give(t, x->art, utf8_words(s->text)))
                        most = fmax(most, opens(t, x, i, terms, n));
        }
        return most;
}

/* An article that opens with the event, where the head's own does not. */
static size_t find_better(struct telling *t, size_t *ret_n, size_t **chosen)
{
        uint64_t terms[TITLE_TERMS];
        size_t n = title_terms(t, terms), best = 0;
        const struct teller *x = &t->tellers[0];
        double most = 0;

        if (!kind_is_news(t->s->head))
                return 0;
        find_names(t);
        if (*ret_n > 1 && (*chosen)[0] < OPENS_EARLY &&
            share_of(t, x, (*chosen)[0], terms, n) >= OPENS_WELL &&
            !is_stranger(t, x, (*chosen)[0]))
                return 0;
        find_tellers(t, false);
        if (!t->n_core)
                weigh_tellers(t, (double[TELLERS_MAX]) { 0 });
        if (*ret_n)
                most = opens(t, x, (*chosen)[0], terms, n) -
                       (*ret_n < 2 ? FEW_COSTS : 0);
        for (size_t i = 1; i < t->n; i++) {
                double v = best_opening(t, &t->tellers[i], terms, n);
                size_t *list, m;

                if (v <= most + BETTER && (*ret_n || v <= most))
                        continue;
                m = choose_blurb(t, &t->tellers[i], &list);
                v = m ? opens(t, &t->tellers[i], list[0], terms, n) -
                                (m < 2 ? FEW_COSTS : 0)
                      : 0;
                if (!m ||
                    (t->n_names && share_of(t, &t->tellers[i], list[0],
                                            t->names, t->n_names) < 0.5) || (*ret_n && v <= most + BETTER))
                        continue;
                most = v;
                best = i;
                *ret_n = m;
                *chosen = list;
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
static bool may_open(struct telling *t, const struct teller *x, size_t i)
{
        return !x->is_used[i] && x->spans[i].is_fit &&
               !x->spans[i].is_leaning && x->spans[i].text.n >= OPENER_MIN_B &&
               may_give(t, x->art, utf8_words(x->spans[i].text)) &&
               !is_stranger(t, x, i) &&
               !says_nothing(t, &x->spans[i], x->lang) &&
               !is_astray(t, &x->spans[i], x->lang);
}

/* May it go on right after its forerunner? */
static bool may_follow(const struct telling *t, const struct teller *x,
                       size_t i, const struct paragraph *p)
{
        size_t size = 0;

        for (size_t k = 0; k < p->n; k++)
                size += p->items[k].text.n;
        return i < x->n && p->n < PARAGRAPH_SENTENCES && !x->is_used[i] &&
               x->spans[i].is_fit &&
               size + x->spans[i].text.n <= PARAGRAPH_MAX_B &&
               may_give(t, x->art, utf8_words(x->spans[i].text)) &&
               !says_nothing(t, &x->spans[i], x->lang);
}

/* The sentence of x that a paragraph begins with: near the front of its
 * article, and at the centre of the story; x->n: there is none. */
static size_t find_opener(struct telling *t, const struct teller *x)
{
        size_t best = x->n;
        double most = 0;

        for (size_t i = 0; i < x->n && i < OPENERS_READ; i++) {
                double v = FRONT_WEIGHT / (double)(i + 2);

                if (!may_open(t, x, i))
                        continue;
                v += core_of(t, x, i);
                if (v > most) {
                        most = v;
                        best = i;
                }
        }
        return best;
}

/* A paragraph from x: a sentence that tells more, and what follows it. */
static bool tell_paragraph(struct telling *t, struct teller *x)
{
        struct paragraph *p;
        size_t i = find_opener(t, x);

        if (i >= x->n || t->s->n_paragraphs == TELL_PARAGRAPHS_MAX)
                return false;
        p = new_paragraph(t);
        p->items[p->n++] = use(t, x, i);
        while (may_follow(t, x, i + 1, p))
                p->items[p->n++] = use(t, x, ++i);
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

        if (is_printed(k->t->s, k->x->art, q) ||
            !may_give(k->t, k->x->art, utf8_words(q->text)))
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
        give(t, k.from, k.best.text);
        for (size_t i = 0; i < t->n; i++)
                if (t->tellers[i].art == k.from)
                        set_apart(&t->tellers[i], k.best.offset);
}

/* Those who begin so unlike the others that they tell another story, or a
 * story of which this is the margin, are left out. The first stays. */
static void drop_astray(struct telling *t, double *worth)
{
        double sum = 0;
        size_t kept = 1;

        for (size_t i = 0; i < t->n; i++)
                sum += worth[i];
        for (size_t i = 1; i < t->n; i++) {
                uint64_t terms[OPENING_TERMS];
                size_t n = opening_terms(t, &t->tellers[i], terms);

                if (worth[i] < ASTRAY * sum / (double)t->n ||
                    !holds_names(t, terms, n))
                        continue;
                worth[kept] = worth[i];
                t->tellers[kept++] = t->tellers[i];
        }
        t->n = kept;
}

/* After the first: who tells the story itself before who tells its margins. */
static void order_tellers(struct telling *t)
{
        double worth[TELLERS_MAX];

        weigh_tellers(t, worth);
        if (!t->n_names)
                find_names(t);
        if (t->n > 2)
                drop_astray(t, worth);
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
        order_tellers(t);
        tell_quote(t);
        if (t->n < 3)
                tell_paragraph(t, head);
        for (size_t i = 1; i < t->n; i++)
                tell_paragraph(t, &t->tellers[i]);
        while (goes_on && t->s->n_paragraphs < TELL_PARAGRAPHS_MAX - 1)
                goes_on = tell_paragraph(t, head);
}

void story_tell(struct arena *a, struct story *s,
                const struct article_list *texts, bool is_lead,
                struct tell_budget *budget)
{
        struct telling *t = arena_alloc(a, sizeof(*t));

        t->a = a;
        t->s = s;
        t->words = words_new();
        t->texts = texts;
        t->budget = budget;
        t->is_lead = is_lead;
        s->blurb = NULL;
        s->paragraphs = NULL;
        s->quote = NULL;
        s->n_blurb = s->n_paragraphs = 0;
        find_tellers(t, !is_lead);
        if (t->n)
                tell_blurb(t);
        if (t->n && is_lead)
                tell_paragraphs(t);
        words_free(t->words);
}

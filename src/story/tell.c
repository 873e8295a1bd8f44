#include "story/tell.h"

#include <math.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "story/blurb.h"
#include "story/fitness.h"
#include "story/kind.h"
#include "story/quote.h"
#include "story/telling.h"
#include "story/title.h"
#include "story/wording.h"
#include "story/words.h"

#define BLURB_MAX_B 520
#define BLURB_WORDS 50 /* of a blurb of three sentences at most */
#define PARAGRAPH_SENTENCES 3
#define PARAGRAPHS_MIN 3   /* of a lead, if its sources give so many */
#define PARAGRAPH_WORDS 55 /* a first sentence may have more */
#define OPENING_WORDS 65   /* of a lead's first paragraph */
#define OPENER_MIN_B 50    /* a shorter sentence makes no paragraph */
#define OPENERS_READ 30    /* sentences of an article */
#define FRONT_WEIGHT 0.5   /* of 1 / place beside its share of the core */
#define EARLY_WEIGHT 0.3   /* the same of a blurb's first sentence */
#define SPEECH_COSTS                                                           \
        0.3           /* a paragraph that begins with who knows whose words */
#define FEW_COSTS 0.3 /* a single sentence is no blurb */
#define SPEAKER_WEIGHT 0.6 /* of how far the lead speaks of the speaker */
#define WORDS_WEIGHT 0.3   /* of how far it speaks of what is said */
#define HEAD_WEIGHT 0.25   /* the article that tells it best */
#define UNKNOWN_COSTS 0.4  /* somebody in it whom the lead doesn't tell of */
#define OPENING 4 /* sentences in which an article may open with the event */
#define OPENS_EARLY 2 /* sentences in which an event should be told */
#define STRANGER_COSTS 0.5
#define OFF_DAY_COSTS 0.5 /* a "today" that has passed */
#define OPENS_WELL 0.3 /* of the headline's words in the first sentence ... */
#define OPENS_LATE_WELL 0.5 /* ... or in the second */
#define BETTER 0.15         /* so many more in another article's */

/* How many of the n sentences chosen from x may be told, from the first on. */
static size_t affordable(const struct telling *t, const struct teller *x,
                         const size_t *chosen, size_t n)
{
        size_t words = 0, k = 0;

        while (k < n) {
                words += utf8_words(x->spans[chosen[k]].text);
                if (!telling_may_give(t, x->art, words))
                        break;
                k++;
        }
        return k;
}

static size_t words_of(const struct teller *x, const size_t *chosen, size_t n)
{
        size_t words = 0;

        for (size_t i = 0; i < n; i++)
                words += utf8_words(x->spans[chosen[i]].text);
        return words;
}

/* The sentences of x that tell what the head's title says: two, or three where
 * these are short. */
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
        size_t n = blurb_choose(t->a, t->words, x->spans, x->n, &ask, chosen);
        size_t words = words_of(x, *chosen, n);

        if (n == TELL_BLURB_MAX &&
            words > (t->is_lead ? OPENING_WORDS : BLURB_WORDS)) {
                ask.sentences--;
                n = blurb_choose(t->a, t->words, x->spans, x->n, &ask, chosen);
        }
        return affordable(t, x, *chosen, n);
}

/* How well sentence i of x opens the story: with what the headline says and
 * the others begin with, near its article's front, of nobody unknown. */
static double opens(struct telling *t, const struct teller *x, size_t i,
                    const uint64_t *terms, size_t n)
{
        return telling_share_of(t, x, i, terms, n) + telling_core_of(t, x, i) +
               EARLY_WEIGHT / (double)(i + 1) -
               (telling_is_stranger(t, x, i) ? STRANGER_COSTS : 0) -
               (x->spans[i].is_off_day ? OFF_DAY_COSTS : 0);
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
                     telling_share_of(t, x, i, t->names, t->n_names) >= 0.5) &&
                    telling_may_give(t, x->art, utf8_words(s->text)))
                        most = fmax(most, opens(t, x, i, terms, n));
        }
        return most;
}

/* Does the head's own blurb open with the event: in its first sentence, or with
 * most of the headline soon after? */
static bool opens_well(struct telling *t, const size_t *chosen, size_t n,
                       const uint64_t *terms, size_t n_terms)
{
        double share;

        if (n < 2 || chosen[0] >= OPENS_EARLY ||
            t->tellers[0].spans[chosen[0]].is_off_day ||
            telling_is_stranger(t, &t->tellers[0], chosen[0]))
                return false;
        share = telling_share_of(t, &t->tellers[0], chosen[0], terms, n_terms);
        return share >= (chosen[0] ? OPENS_LATE_WELL : OPENS_WELL);
}

/* An article that opens with the event, where the head's own does not. */
static size_t find_better(struct telling *t, size_t *ret_n, size_t **chosen)
{
        uint64_t terms[TITLE_TERMS];
        size_t n = telling_title_terms(t, terms), best = 0;
        const struct teller *x = &t->tellers[0];
        double most = 0;

        if (!kind_is_news(t->s->head))
                return 0;
        telling_find_names(t);
        if (opens_well(t, *chosen, *ret_n, terms, n))
                return 0;
        telling_find(t, false);
        if (!t->n_core)
                telling_weigh(t, (double[TELLERS_MAX]) { 0 });
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
                    telling_share_of(t, &t->tellers[i], list[0], terms, n) <
                            OPENS_WELL ||
                    (t->n_names &&
                     telling_share_of(t, &t->tellers[i], list[0], t->names,
                                      t->n_names) < 0.5) ||
                    (*ret_n && v <= most + BETTER))
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
                t->s->blurb[i] = telling_use(t, &t->tellers[0], chosen[i]);
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
               !x->spans[i].is_leaning && !x->spans[i].is_off_day &&
               !str_ends(x->spans[i].text, STR("?")) &&
               x->spans[i].text.n >= OPENER_MIN_B &&
               telling_may_give(t, x->art, utf8_words(x->spans[i].text)) &&
               !fitness_says_he(x->spans[i].text, x->lang) &&
               !wording_has(x->lang, WORDING_SILENCE, x->spans[i].text) &&
               !telling_is_stranger(t, x, i) &&
               !telling_says_nothing(t, &x->spans[i], x->lang) &&
               !telling_is_astray(t, &x->spans[i], x->lang);
}

/* May it go on right after its forerunner? */
static bool may_follow(struct telling *t, const struct teller *x, size_t i,
                       const struct paragraph *p)
{
        size_t words;

        if (i >= x->n || p->n == PARAGRAPH_SENTENCES || x->is_used[i] ||
            !x->spans[i].is_fit || x->spans[i].is_off_day ||
            telling_is_stranger(t, x, i))
                return false;
        words = utf8_words(x->spans[i].text);
        if (!telling_may_give(t, x->art, words) ||
            telling_says_nothing(t, &x->spans[i], x->lang))
                return false;
        for (size_t k = 0; k < p->n; k++)
                words += utf8_words(p->items[k].text);
        return words <= PARAGRAPH_WORDS;
}

/* The sentence of x that a paragraph begins with: near the front of its
 * article, and at the centre of the story; x->n: there is none. */
static size_t find_opener(struct telling *t, const struct teller *x)
{
        size_t best = x->n;
        double most = -1;

        for (size_t i = 0; i < x->n && i < OPENERS_READ; i++) {
                double v = FRONT_WEIGHT / (double)(i + 2);

                if (!may_open(t, x, i))
                        continue;
                v += telling_core_of(t, x, i);
                if (blurb_is_speech(x->spans[i].text))
                        v -= SPEECH_COSTS;
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
        p->items[p->n++] = telling_use(t, x, i);
        while (may_follow(t, x, i + 1, p))
                p->items[p->n++] = telling_use(t, x, ++i);
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
        struct news x = telling_news_of(t, &(struct span) { .text = s }, lang);

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

/* Does it name in full whom the lead doesn't tell of? Not where all nouns have
 * capitals. */
static bool names_unknown(const struct telling *t, const struct teller *x,
                          struct str s)
{
        const struct word *words;
        size_t n = words_read(t->words, s, x->lang, &words);

        for (size_t i = 1; i + 1 < n && x->lang != LANG_DE; i++)
                if (words[i].is_name && words[i + 1].is_name &&
                    !words[i + 1].is_apart && !words[i].is_stop &&
                    !words[i + 1].is_stop &&
                    !telling_is_known(t, words[i + 1].term))
                        return true;
        return false;
}

/* Is what it says of "today" true for the edition's readers? */
static bool is_dated_well(const struct telling *t, const struct teller *x,
                          struct str s)
{
        return telling_is_of_day(t, x->art) ||
               !wording_has(x->lang, WORDING_DAYS, s);
}

static void weigh_quote(void *user, const struct quote_found *q)
{
        struct quoting *k = user;
        struct quote_found f = *q;

        if (is_printed(k->t->s, k->x->art, q) ||
            !telling_may_give(k->t, k->x->art, utf8_words(q->text)))
                return;
        if (names_unknown(k->t, k->x, q->text))
                f.worth -= UNKNOWN_COSTS;
        if (!is_dated_well(k->t, k->x, q->text))
                f.worth -= OFF_DAY_COSTS / 2;
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
        telling_give(t, k.from, k.best.text);
        for (size_t i = 0; i < t->n; i++)
                if (t->tellers[i].art == k.from)
                        set_apart(&t->tellers[i], k.best.offset);
}

/* One paragraph of each but the first, while there are fewer than max. */
static void tell_others(struct telling *t, size_t max)
{
        for (size_t i = 1; i < t->n && t->s->n_paragraphs < max; i++)
                if (!t->tellers[i].is_margin || max == PARAGRAPHS_MIN)
                        tell_paragraph(t, &t->tellers[i]);
}

/* The blurb, a paragraph of each other family; of the margins and of the first
 * again till there are enough. */
static void tell_paragraphs(struct telling *t)
{
        bool goes_on = true;

        tell_opening(t);
        telling_order(t);
        tell_quote(t);
        if (t->n < 3)
                tell_paragraph(t, &t->tellers[0]);
        tell_others(t, TELL_PARAGRAPHS_MAX);
        tell_others(t, PARAGRAPHS_MIN);
        while (goes_on && t->s->n_paragraphs < TELL_PARAGRAPHS_MAX - 1)
                goes_on = tell_paragraph(t, &t->tellers[0]);
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
        telling_find(t, !is_lead);
        if (t->n)
                tell_blurb(t);
        if (t->n && is_lead)
                tell_paragraphs(t);
        words_free(t->words);
}

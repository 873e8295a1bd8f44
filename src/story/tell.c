#include "story/tell.h"

#include "base/arena.h"
#include "story/blurb.h"
#include "story/kind.h"
#include "story/lang.h"
#include "story/quote.h"
#include "story/sentence.h"
#include "story/title.h"
#include "story/words.h"

#define BLURB_MAX_B 520
#define PARAGRAPH_SENTENCES 3
#define PARAGRAPH_MAX_B 620
#define SHARED_MIN 2    /* words an opener shares with what is told */
#define OPENER_MIN_B 70 /* a shorter sentence makes no paragraph */
#define TELLERS_MAX 12  /* articles read for a lead */
#define OVERLAP 0.5 /* of a sentence's words told already: it says nothing */

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
static void find_tellers(struct telling *t, const struct article_list *texts,
                         bool head_only)
{
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

static bool is_told(const struct telling *t, uint64_t term)
{
        for (size_t i = 0; i < t->n_told; i++)
                if (t->told[i] == term)
                        return true;
        return false;
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

static void tell_blurb(struct telling *t)
{
        struct teller *x = &t->tellers[0];
        struct blurb_ask ask = {
                .title = title_clean(x->art->title, x->art->source),
                .lang = x->lang,
                .sentences = TELL_BLURB_MAX,
                .max_b = BLURB_MAX_B,
                .must_open = true,
        };
        size_t *chosen;
        size_t n = blurb_choose(t->a, t->words, x->spans, x->n, &ask, &chosen);

        t->s->blurb = arena_array(t->a, n + 1, sizeof(*t->s->blurb));
        for (size_t i = 0; i < n; i++)
                t->s->blurb[i] = use(t, x, chosen[i]);
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

/* The blurb, a paragraph of each other family, the head's again till enough. */
static void tell_paragraphs(struct telling *t)
{
        struct teller *head = &t->tellers[0];
        bool goes_on = true;

        tell_opening(t);
        if (t->n < 3)
                tell_paragraph(t, head);
        for (size_t i = 1; i < t->n; i++)
                tell_paragraph(t, &t->tellers[i]);
        while (goes_on && t->s->n_paragraphs < TELL_PARAGRAPHS_MAX - 1)
                goes_on = tell_paragraph(t, head);
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

static void tell_quote(struct telling *t)
{
        struct quote_found best = { 0 }, q;
        const struct article *from = NULL;

        for (size_t i = 0; i < t->n; i++) {
                const struct teller *x = &t->tellers[i];
                if (!quote_find(x->art->text, x->lang, &q) ||
                    is_printed(t->s, x->art, &q))
                        continue;
                if (!from || q.worth > best.worth) {
                        best = q;
                        from = x->art;
                }
        }
        if (!from)
                return;

        struct quote *out = arena_alloc(t->a, sizeof(*out));

        *out = (struct quote) { best.text, best.said_by, from, best.offset };
        t->s->quote = out;
}

static void tell(struct arena *a, struct story *s,
                 const struct article_list *texts, bool is_lead)
{
        struct telling *t = arena_alloc(a, sizeof(*t));

        t->a = a;
        t->s = s;
        t->words = words_new();
        find_tellers(t, texts, !is_lead);
        if (t->n) {
                tell_blurb(t);
                if (is_lead) {
                        tell_paragraphs(t);
                        tell_quote(t);
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

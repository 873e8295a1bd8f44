#include "story/telling.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "story/blurb.h"
#include "story/fitness.h"
#include "story/kind.h"
#include "story/surname.h"
#include "story/title.h"
#include "story/wording.h"
#include "story/words.h"

#define SHARED_MIN 2 /* words an opener shares with what is told */
#define CORE_MIN 2   /* tellers that begin with a core term */
#define CORE_TERMS 400
#define ASTRAY 0.45       /* of the tellers' mean share: it tells else */
#define OPENING 4         /* sentences by which a teller is judged ... */
#define OPENING_TERMS 120 /* ... and their different words */
#define TITLE_MIN_B 20    /* a shorter title may begin a sentence */
#define OVERLAP 0.5 /* of a sentence's words told already: it says nothing */

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

/* Add what s prints to what its sources gave, or take it back. */
static void move(struct tell_budget *b, const struct story *s, bool is_lead,
                 bool is_back)
{
        const struct paragraph blurb = { s->blurb, s->n_blurb };
        const struct paragraph *list = &blurb;
        size_t n = 1;

        if (is_lead && s->n_paragraphs) {
                list = s->paragraphs;
                n = s->n_paragraphs;
        }
        for (size_t p = 0; p < n; p++) {
                for (size_t i = 0; i < list[p].n; i++) {
                        const struct sentence *x = &list[p].items[i];
                        size_t words = utf8_words(x->text);

                        *given_by(b, x->from) += is_back ? -words : words;
                }
        }
        if (s->quote && is_lead) {
                size_t words = utf8_words(s->quote->text);

                *given_by(b, s->quote->from) += is_back ? -words : words;
        }
}

static bool is_overdrawn(const struct tell_budget *b)
{
        size_t at = 0;
        struct str key;
        void *value;

        while (b->max && map_each(b->given, &at, &key, &value))
                if (*(const size_t *)value > b->max)
                        return true;
        return false;
}

bool tell_take(struct tell_budget *b, const struct story *s, bool is_lead)
{
        move(b, s, is_lead, false);
        if (!is_overdrawn(b))
                return true;
        move(b, s, is_lead, true);
        return false;
}

static void move_opening(struct tell_budget *b, const struct story *s,
                         bool is_back)
{
        struct story opening = { .blurb = s->blurb,
                                 .n_blurb = s->n_blurb,
                                 .quote = s->quote };

        move(b, &opening, true, is_back);
}

void tell_reserve(struct tell_budget *b, const struct story *s)
{
        move_opening(b, s, false);
}

void tell_release(struct tell_budget *b, const struct story *s)
{
        move_opening(b, s, true);
}

/* May art give n words more? */
bool telling_may_give(const struct telling *t, const struct article *art,
                      size_t n)
{
        return !t->budget->max ||
               *given_by(t->budget, art) + n <= t->budget->max;
}

void telling_give(struct telling *t, const struct article *art, struct str text)
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

/* A page's headline that ran into its first sentences is taken off them. */
static void cut_title(struct teller *x)
{
        struct str title = title_clean(x->art->title, x->art->source);

        for (size_t i = 0; i < x->n && i < OPENING; i++) {
                struct span *s = &x->spans[i];
                struct str rest = str_sub(s->text, title.n, s->text.n);
                struct str text = str_trim(rest);

                if (title.n < TITLE_MIN_B || !rest.n || rest.p[0] != ' ' ||
                    !str_starts_nocase(s->text, title))
                        continue;
                s->offset += (size_t)(text.p - s->text.p);
                s->text = text;
                s->is_fit = fitness_is_fit(text, x->lang);
                s->is_leaning = fitness_is_leaning(text, x->lang);
        }
}

bool telling_is_of_day(const struct telling *t, const struct article *art)
{
        const struct tell_budget *b = t->budget;

        return b->day_from == b->day_to ||
               (art->dated_at >= b->day_from && art->dated_at < b->day_to);
}

static void add_teller(struct telling *t, const struct article *art)
{
        struct teller *x = &t->tellers[t->n];

        if (!art || t->n == (t->is_lead ? TELLERS_MAX : TELLERS_FEW))
                return;
        for (size_t i = 0; i < t->n; i++)
                if (t->tellers[i].art == art)
                        return;
        *x = (struct teller) { .art = art, .lang = lang_of_tag(art->language) };
        if (!art->language.n)
                x->lang = words_guess(t->words, art->text);
        x->n = sentence_split(t->a, art->text, x->lang, &x->spans);
        cut_title(x);
        for (size_t i = 0; i < x->n && kind_is_news(art); i++)
                x->spans[i].is_fit &=
                        !fitness_is_personal(x->spans[i].text, x->lang);
        for (size_t i = 0; i < x->n && !telling_is_of_day(t, art); i++)
                x->spans[i].is_off_day =
                        wording_has(x->lang, WORDING_DAYS, x->spans[i].text);
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
void telling_find(struct telling *t, bool head_only)
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

bool telling_is_told(const struct telling *t, uint64_t term)
{
        return has_term(t->told, t->n_told, term);
}

bool telling_is_known(const struct telling *t, uint64_t term)
{
        for (size_t i = 0; i < t->n_core; i++)
                if (t->core[i].term == term)
                        return true;
        return telling_is_told(t, term) || has_term(t->names, t->n_names, term);
}

static void remember(struct telling *t, const struct span *span, enum lang lang)
{
        const struct word *words;
        size_t n = words_read(t->words, span->text, lang, &words);

        for (size_t i = 0; i < n; i++) {
                if (words[i].is_stop || telling_is_told(t, words[i].term))
                        continue;
                ARENA_GROW(t->a, t->told, t->n_told, t->cap_told);
                t->told[t->n_told++] = words[i].term;
        }
}

struct news telling_news_of(const struct telling *t, const struct span *span,
                            enum lang lang)
{
        const struct word *words;
        size_t n = words_read(t->words, span->text, lang, &words);
        struct news x = { 0 };

        for (size_t i = 0; i < n; i++) {
                if (words[i].is_stop)
                        continue;
                x.all++;
                x.told += telling_is_told(t, words[i].term);
        }
        return x;
}

/* Most of what it says was said. */
bool telling_says_nothing(const struct telling *t, const struct span *span,
                          enum lang lang)
{
        struct news x = telling_news_of(t, span, lang);

        return t->n_told && (double)x.told >= OVERLAP * (double)x.all;
}

/* It shares too few words with what is told to be about it. */
bool telling_is_astray(const struct telling *t, const struct span *span,
                       enum lang lang)
{
        return t->n_told && telling_news_of(t, span, lang).told < SHARED_MIN;
}

struct sentence telling_use(struct telling *t, struct teller *x, size_t i)
{
        remember(t, &x->spans[i], x->lang);
        telling_give(t, x->art, x->spans[i].text);
        x->is_used[i] = true;
        return (struct sentence) { x->spans[i].text, x->art,
                                   x->spans[i].offset };
}

/* The share of its words that several tellers begin with. */
double telling_core_of(const struct telling *t, const struct teller *x,
                       size_t i)
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
void telling_weigh(struct telling *t, double *worth)
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
size_t telling_title_terms(struct telling *t, uint64_t *terms)
{
        const struct article *head = t->s->head;
        const struct word *words;
        size_t n = 0,
               m = words_read(t->words, title_clean(head->title, head->source),
                              lang_of_tag(head->language), &words);

        for (size_t i = 0; i < m && n < TITLE_TERMS; i++)
                if (!words[i].is_stop && !has_term(terms, n, words[i].term))
                        terms[n++] = words[i].term;
        return n;
}

/* Whom and what the head's title names, by how its text writes them. In German
 * all nouns have capitals, so there it is unknown. */
void telling_find_names(struct telling *t)
{
        uint64_t terms[TITLE_TERMS];
        size_t n = telling_title_terms(t, terms);
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
double telling_share_of(struct telling *t, const struct teller *x, size_t i,
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

/* Does sentence i of x name somebody whom nothing told introduces? */
bool telling_is_stranger(struct telling *t, const struct teller *x, size_t i)
{
        struct surname names[SURNAMES_MAX];
        size_t n = surname_find(x->spans, i, t->s->title, x->lang, names);
        const struct word *words;

        for (size_t k = 0; k < n; k++)
                if (!x->is_used[names[k].by] &&
                    (!words_read(t->words, names[k].name, x->lang, &words) ||
                     !telling_is_told(t, words[0].term)))
                        return true;
        return false;
}

/* Those who don't name whom the headline names tell another story and are left
 * out; those who begin unlike the others tell its margins. The first stays. */
static void drop_astray(struct telling *t, double *worth)
{
        double sum = 0;
        size_t kept = 1;

        for (size_t i = 0; i < t->n; i++)
                sum += worth[i];
        for (size_t i = 1; i < t->n; i++) {
                uint64_t terms[OPENING_TERMS];
                size_t n = opening_terms(t, &t->tellers[i], terms);

                if (!holds_names(t, terms, n))
                        continue;
                t->tellers[i].is_margin =
                        worth[i] < ASTRAY * sum / (double)t->n;
                worth[kept] = worth[i];
                t->tellers[kept++] = t->tellers[i];
        }
        t->n = kept;
}

/* After the first: who tells the story itself before who tells its margins. */
void telling_order(struct telling *t)
{
        double worth[TELLERS_MAX];

        telling_weigh(t, worth);
        if (!t->n_names)
                telling_find_names(t);
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

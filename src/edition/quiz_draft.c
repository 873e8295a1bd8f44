#include "edition/quiz_draft.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "edition/quiz_tongue.h"
#include "edition/quiz_words.h"

#define WORDS_LEAST 8
#define WORDS_MOST 30
#define WORD_LEAST 4   /* letters of a word that tells what a text is about */
#define SHARED_LEAST 2 /* of such words: two sentences may be of one thing */
#define SHARED_MOST 3
#define POOL_MOST 64
#define KIND_NAME 16 /* kinds of names count from here */
#define TRIVIAL 5    /* a smaller figure is anyone's guess */
#define MODEST 12
#define KNOWN_FROM 3 /* times that a name is seen in a week */
#define CROWD 3      /* figures in a sentence */

struct drafter {
        struct arena *a;
        const struct quiz_input *in;
        struct quiz_tongue *tongue;
        struct figure_input figures;
        struct quiz_names *names;
        struct quiz_week week;
        struct quiz_figure **of_line; /* figures of each line */
        size_t *n_of_line;
        bool *akin; /* lines that may be of one thing with the one asked of */
        struct quiz_draft draft;
        size_t cap;
};

/* --- what two texts share ----------------------------------------------- */

static bool is_telling(const struct drafter *d, struct str word)
{
        return utf8_count(word) >= WORD_LEAST && !chr_is_digit(word.p[0]) &&
               !d->in->is_small(word, d->in->language);
}

/* Words in small letters that tell something and stand in both. */
static int shared(const struct drafter *d, struct str x, struct str y)
{
        struct quiz_word w;
        int n = 0;

        for (size_t at = 0; quiz_word_next(x, at, &w); at = w.to)
                n += is_telling(d, w.text) && quiz_has_words(y, w.text);
        return n;
}

/* Which lines may be of one thing with l: once, for all that l is asked. */
static void find_akin(struct drafter *d, const struct quiz_line *l)
{
        for (size_t i = 0; i < d->week.n; i++) {
                const struct quiz_line *other = &d->week.lines[i];

                d->akin[i] = l->story == other->story ||
                             shared(d, l->low, other->low) >= SHARED_LEAST;
        }
}

static bool has_number(const struct drafter *d, struct str text, double total)
{
        double *list;
        size_t n = quiz_numbers(d->a, &d->figures, text, &list);

        for (size_t i = 0; i < n; i++)
                if (fabs(list[i] - total) <= fabs(total) * 1e-9)
                        return true;
        return false;
}

/* --- what a sentence must be -------------------------------------------- */

static bool is_now(const struct drafter *d, struct str low)
{
        for (size_t i = 0; i < low.n; i++)
                if ((!i || low.p[i - 1] == ' ') &&
                    tongue_phrase(d->tongue, TONGUE_NOW,
                                  str_sub(low, i, low.n)))
                        return true;
        return false;
}

static bool is_askable(const struct drafter *d, const struct quiz_line *l)
{
        size_t n = utf8_words(l->text);

        return l->headline.n && n >= WORDS_LEAST && n <= WORDS_MOST &&
               str_find(l->text, STR(QUIZ_GAP), 0) == STR_NONE &&
               !quiz_is_quoted(l->text, 1) &&
               d->in->stands_alone(l->text, d->in->language) &&
               !is_now(d, l->low);
}

/* --- candidates --------------------------------------------------------- */

static void set_question(struct drafter *d, struct quiz_candidate *c,
                         size_t from, size_t to)
{
        struct str s = c->line->text;

        c->question = arena_printf(d->a, STR_FMT QUIZ_GAP STR_FMT,
                                   STR_ARG(str_sub(s, 0, from)),
                                   STR_ARG(str_sub(s, to, s.n)));
        c->answer = str_sub(s, from, to - from);
        c->low_answer = tongue_lower(d->a, c->answer);
}

/* Is it told of somebody's death? */
static bool is_grave(const struct drafter *d, struct str text)
{
        struct quiz_word w;

        for (size_t at = 0; quiz_word_next(text, at, &w); at = w.to)
                if (tongue_has(d->tongue, TONGUE_GRAVE, w.text))
                        return true;
        return false;
}

static void set_common_terms(const struct drafter *d, struct quiz_candidate *c)
{
        static const int places[] = { 10, 7, 4 };
        const struct quiz_line *l = c->line;
        size_t words = utf8_words(l->text);
        int near = shared(d, l->low, l->low_headline);

        c->terms[QUIZ_TERM_PLACE] = places[l->place];
        c->terms[QUIZ_TERM_OPENING] = l->is_first ? 12 : 0;
        c->terms[QUIZ_TERM_LENGTH] = words >= 12 && words <= 25 ? 10 : 4;
        c->terms[QUIZ_TERM_HEADLINE] =
                5 * (near > SHARED_MOST ? SHARED_MOST : near);
        if (is_grave(d, l->low) || is_grave(d, l->low_headline))
                c->terms[QUIZ_TERM_GRAVE] = -25;
}

static void add_candidate(struct drafter *d, struct quiz_candidate *c)
{
        set_common_terms(d, c);
        for (size_t i = 0; i < QUIZ_TERMS; i++)
                c->score += c->terms[i];
        ARENA_GROW(d->a, d->draft.items, d->draft.n, d->cap);
        d->draft.items[d->draft.n++] = *c;
}

/* --- figures ------------------------------------------------------------ */

static double total_of(const struct quiz_figure *f)
{
        return f->value * f->scale;
}

static bool is_same_measure(const struct quiz_figure *x,
                            const struct quiz_figure *y)
{
        return x->kind == y->kind && str_eq(x->unit, y->unit);
}

/* Does another sentence that may be of this have another figure of the sort? */
static bool is_contested(const struct drafter *d, const struct quiz_line *l,
                         const struct quiz_figure *f)
{
        for (size_t i = 0; i < d->week.n; i++) {
                const struct quiz_line *other = &d->week.lines[i];

                if (!d->akin[i])
                        continue;
                for (size_t k = 0; k < d->n_of_line[i]; k++) {
                        const struct quiz_figure *g = &d->of_line[i][k];

                        if ((other != l || g->from != f->from) &&
                            is_same_measure(f, g))
                                return true;
                }
        }
        return false;
}

/* Figures of the week that measure the same, of like magnitude, told of other
 * things. */
static size_t fill_pool(const struct drafter *d, const struct quiz_line *l,
                        const struct quiz_figure *f, double *ret)
{
        size_t n = 0;

        for (size_t i = 0; i < d->week.n; i++)
                for (size_t k = 0; k < d->n_of_line[i] && n < POOL_MOST; k++) {
                        const struct quiz_figure *g = &d->of_line[i][k];
                        double v = g->value;

                        if (d->week.lines[i].story != l->story &&
                            is_same_measure(f, g) && g->scale == f->scale &&
                            g->decimals <= f->decimals &&
                            g->is_word == f->is_word && v > f->value / 4 &&
                            v < f->value * 4)
                                ret[n++] = v;
                }
        return n;
}

/* A wrong answer must be wrong: no text of the story may hold that figure. */
static bool is_told(const struct drafter *d, const struct quiz_line *l,
                    const struct quiz_figure *f, double value)
{
        double total = value * f->scale;

        if (has_number(d, l->article_text, total) ||
            has_number(d, l->headline, total))
                return true;
        for (size_t i = 0; i < d->week.n; i++)
                if (d->akin[i] && has_number(d, d->week.lines[i].text, total))
                        return true;
        return false;
}

static double nice_above(double v)
{
        static const double steps[] = { 1, 2, 2.5, 5, 10 };
        double power = pow(10, floor(log10(v)));

        for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
                if (steps[i] * power >= v)
                        return steps[i] * power;
        return 10 * power;
}

/* From nothing to some way above it, the answer at no place of its own. */
static void set_scale(struct quiz_candidate *c, const struct quiz_figure *f,
                      uint64_t seed)
{
        static const double above[] = { 1.3, 1.8, 2.6, 3.7 };
        double max = nice_above(f->value * above[seed % 4]);
        double step = max <= 200 ? 1 : nice_above(max / 200);

        c->may_scale = !f->is_word && !f->decimals && !f->before.n &&
                       !f->after.n && f->value >= 20 &&
                       (f->kind == FIGURE_COUNT || f->kind == FIGURE_MONEY ||
                        f->kind == FIGURE_PERCENT);
        if (f->kind == FIGURE_PERCENT)
                max = 100, step = 1;
        c->may_scale &= f->value <= max;
        c->scale = (struct quiz_scale) {
                .max = max,
                .step = step,
                .answer = f->value,
                .tolerance = ceil(f->value * 0.15 / step) * step,
        };
}

static void set_figure_terms(struct quiz_candidate *c,
                             const struct quiz_figure *f, size_t n_figures)
{
        static const int kinds[] = { [FIGURE_COUNT] = 20,
                                     [FIGURE_MONEY] = 24,
                                     [FIGURE_PERCENT] = 22,
                                     [FIGURE_YEAR] = 14,
                                     [FIGURE_DAY] = 8 };

        c->kind = (int)f->kind;
        c->terms[QUIZ_TERM_KIND] = kinds[f->kind];
        c->terms[QUIZ_TERM_ROUGH] = f->is_rough ? -6 : 0;
        c->terms[QUIZ_TERM_SMALL] =
                f->kind == FIGURE_YEAR || f->scale > 1 || f->decimals ? 0
                : f->value < TRIVIAL                                  ? -14
                : f->value < MODEST                                   ? -5
                                                                      : 0;
        c->terms[QUIZ_TERM_CROWDED] = n_figures >= CROWD ? -3 : 0;
}

/* The right answer among the wrong ones, in order. */
static bool set_figure_options(struct drafter *d, struct quiz_candidate *c,
                               const struct quiz_figure *f,
                               const struct figure_pool *pool, uint64_t seed)
{
        double others[QUIZ_OPTIONS - 1];
        size_t n = quiz_figure_others(d->tongue, f, pool, seed, others,
                                      QUIZ_OPTIONS - 1);
        bool is_placed = false;

        for (size_t i = 0; i < n; i++) {
                if (!is_placed && others[i] > f->value) {
                        c->options[c->n_options++] = c->answer;
                        is_placed = true;
                }
                c->options[c->n_options] =
                        quiz_figure_put(d->a, d->tongue, f, others[i]);
                if (!c->options[c->n_options++].n ||
                    is_told(d, c->line, f, others[i]))
                        return false;
        }
        if (!is_placed)
                c->options[c->n_options++] = c->answer;
        for (size_t i = 0; i < pool->n; i++)
                for (size_t k = 0; k < n; k++)
                        if (others[k] == pool->items[i])
                                c->terms[QUIZ_TERM_RIVALS] = 5;
        return n == QUIZ_OPTIONS - 1;
}

static void try_figure(struct drafter *d, const struct quiz_line *l,
                       const struct quiz_figure *f, size_t n_figures)
{
        struct quiz_candidate c = { .line = l };
        double pool_items[POOL_MOST];
        struct figure_pool pool = { pool_items, 0, d->in->year };
        uint64_t seed = hash_stable(l->text) / 7 + f->from;

        if (quiz_is_quoted(l->text, f->from) ||
            has_number(d, l->headline, total_of(f)) || is_contested(d, l, f))
                return;
        set_question(d, &c, f->from, f->to);
        if (has_number(d, c.question, total_of(f)))
                return;
        set_figure_terms(&c, f, n_figures);
        pool.n = fill_pool(d, l, f, pool_items);
        /* Another seed when a wrong answer is told of elsewhere. */
        for (int i = 0; i < QUIZ_OPTIONS; i++) {
                c.n_options = 0;
                c.terms[QUIZ_TERM_RIVALS] = 0;
                if (set_figure_options(d, &c, f, &pool, seed + (uint64_t)i)) {
                        set_scale(&c, f, seed / QUIZ_OPTIONS);
                        add_candidate(d, &c);
                        return;
                }
                pool.n = 0;
        }
}

/* --- names -------------------------------------------------------------- */

/* Does a word of the name stand anywhere else that the reader sees? */
static bool is_given_away(struct str low_name, struct str low_question,
                          struct str low_headline)
{
        struct str word;

        while (str_cut(&low_name, ' ', &word))
                if (utf8_count(word) >= WORD_LEAST &&
                    (quiz_has_words(low_question, word) ||
                     quiz_has_words(low_headline, word) ||
                     str_find(low_question, word, 0) != STR_NONE ||
                     str_find(low_headline, word, 0) != STR_NONE))
                        return true;
        return false;
}

static void try_name(struct drafter *d, const struct quiz_line *l,
                     const struct name_gap *g)
{
        static const int kinds[] = {
                [NAME_PERSON] = 22, [NAME_PLACE] = 16, [NAME_BODY] = 17
        };
        struct quiz_candidate c = { .line = l, .is_name = true };
        struct name_question q = { .name = g->name, .story = l->story };
        struct str others[QUIZ_OPTIONS - 1], low;
        size_t n;
        bool is_placed = false;

        set_question(d, &c, g->from, g->to);
        low = tongue_lower(d->a, c.question);
        if (quiz_is_quoted(l->text, g->from) ||
            is_given_away(c.low_answer, low, l->low_headline))
                return;
        q.around = arena_printf(d->a, STR_FMT " " STR_FMT, STR_ARG(low),
                                STR_ARG(l->low_headline));
        q.seed = hash_stable(l->text);
        n = quiz_names_others(d->a, d->names, &q, others, QUIZ_OPTIONS - 1);
        if (n < QUIZ_OPTIONS - 1)
                return;
        for (size_t i = 0; i < n; i++) {
                if (!is_placed && str_cmp(others[i], c.answer) > 0) {
                        c.options[c.n_options++] = c.answer;
                        is_placed = true;
                }
                c.options[c.n_options++] = others[i];
        }
        if (!is_placed)
                c.options[c.n_options++] = c.answer;
        c.kind = KIND_NAME + (int)g->kind;
        c.terms[QUIZ_TERM_KIND] = kinds[g->kind];
        c.terms[QUIZ_TERM_RIVALS] = 5;
        c.terms[QUIZ_TERM_OBSCURE] = g->name->seen < KNOWN_FROM ? -14 : 0;
        add_candidate(d, &c);
}

/* --- all ---------------------------------------------------------------- */

static void learn(struct drafter *d)
{
        d->of_line = arena_array(d->a, d->week.n + 1, sizeof(*d->of_line));
        d->n_of_line = arena_array(d->a, d->week.n + 1, sizeof(*d->n_of_line));
        d->akin = arena_array(d->a, d->week.n + 1, sizeof(*d->akin));
        struct map *known = map_new(d->a);

        for (size_t i = 0; i < d->week.n; i++) {
                const struct quiz_line *l = &d->week.lines[i];

                d->n_of_line[i] = quiz_figures(d->a, &d->figures, l->text,
                                               &d->of_line[i]);
                quiz_names_learn(d->names, l->text, l->story, true);
                if (map_find(known, l->article->url))
                        continue;
                map_put(known, l->article->url, d);
                quiz_names_learn(d->names, l->article->text, l->story, false);
        }
        for (size_t i = 0; i < d->week.n_speakers; i++)
                quiz_names_person(d->names, d->week.speakers[i]);
}

static int best_first(const void *x, const void *y)
{
        const struct quiz_candidate *p = x, *q = y;

        if (p->score != q->score)
                return p->score > q->score ? -1 : 1;
        if (p->line->day != q->line->day)
                return p->line->day > q->line->day ? -1 : 1;
        return str_cmp(p->question, q->question);
}

struct quiz_draft quiz_draft_of(struct arena *a, const struct quiz_input *in)
{
        struct drafter d = { .a = a,
                             .in = in,
                             .tongue = quiz_tongue_new(a, in->language),
                             .draft = { .in = in } };

        d.figures =
                (struct figure_input) { d.tongue, in->language, in->is_small };
        d.names = quiz_names_new(a, &d.figures);
        d.week = quiz_week_of(a, in);
        learn(&d);
        for (size_t i = 0; i < d.week.n; i++) {
                const struct quiz_line *l = &d.week.lines[i];
                struct name_gap *gaps;
                size_t n;

                if (!is_askable(&d, l))
                        continue;
                if (d.n_of_line[i])
                        find_akin(&d, l);
                for (size_t k = 0; k < d.n_of_line[i]; k++)
                        try_figure(&d, l, &d.of_line[i][k], d.n_of_line[i]);
                n = quiz_names_in(a, d.names, l->text, &gaps);
                for (size_t k = 0; k < n; k++)
                        try_name(&d, l, &gaps[k]);
        }
        quiz_tongue_done(d.tongue);
        if (d.draft.n)
                qsort(d.draft.items, d.draft.n, sizeof(*d.draft.items),
                      best_first);
        return d.draft;
}

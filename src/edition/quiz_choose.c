/* Which candidates are asked, which wait for an editor, and their text. */

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "edition/composer.h"
#include "edition/escape.h"
#include "edition/quiz_draft.h"
#include "edition/quiz_words.h"

#define STORY_MOST 2  /* candidates of one story; asked is one */
#define SOURCE_MOST 2 /* asked of one source */

static const char *const term_names[QUIZ_TERMS] = {
        [QUIZ_TERM_KIND] = "kind",         [QUIZ_TERM_PLACE] = "place",
        [QUIZ_TERM_OPENING] = "opening",   [QUIZ_TERM_LENGTH] = "length",
        [QUIZ_TERM_HEADLINE] = "headline", [QUIZ_TERM_RIVALS] = "rivals",
        [QUIZ_TERM_ROUGH] = "rough",       [QUIZ_TERM_SMALL] = "small",
        [QUIZ_TERM_CROWDED] = "crowded",   [QUIZ_TERM_OBSCURE] = "obscure",
        [QUIZ_TERM_GRAVE] = "grave",
};

struct choosing {
        struct arena *a;
        struct quiz_draft *draft;
        const int64_t *today;
        size_t n_today;
        struct quiz_choice *ret;
};

static bool is_of_today(const struct choosing *c, int64_t story)
{
        for (size_t i = 0; i < c->n_today; i++)
                if (c->today[i] == story)
                        return true;
        return false;
}

static bool is_same_kind(const struct quiz_candidate *x,
                         const struct quiz_candidate *y)
{
        return x->kind == y->kind;
}

static bool is_same_story(const struct quiz_candidate *x,
                          const struct quiz_candidate *y)
{
        return x->line->story == y->line->story;
}

static bool is_same_source(const struct quiz_candidate *x,
                           const struct quiz_candidate *y)
{
        return str_eq_nocase(x->line->article->source,
                             y->line->article->source);
}

static size_t count(const struct choosing *c, const struct quiz_candidate *x,
                    bool (*is_like)(const struct quiz_candidate *,
                                    const struct quiz_candidate *))
{
        size_t n = 0;

        for (size_t i = 0; i < c->ret->n; i++)
                n += is_like(c->ret->items[i], x);
        return n;
}

/* Does one of the two tell the other's answer? */
static bool tells(const struct quiz_candidate *x,
                  const struct quiz_candidate *y)
{
        return (y->is_name &&
                (quiz_has_words(x->line->low, y->low_answer) ||
                 quiz_has_words(x->line->low_headline, y->low_answer)));
}

static bool is_told_by_others(const struct choosing *c,
                              const struct quiz_candidate *x)
{
        for (size_t i = 0; i < c->ret->n; i++)
                if (tells(c->ret->items[i], x) || tells(x, c->ret->items[i]))
                        return true;
        return false;
}

static bool may_ask(const struct choosing *c, const struct quiz_candidate *x)
{
        size_t max = c->draft->in->max;

        return x->score >= QUIZ_BAR && !is_of_today(c, x->line->story) &&
               c->ret->n < max && !count(c, x, is_same_story) &&
               count(c, x, is_same_source) < SOURCE_MOST &&
               count(c, x, is_same_kind) < (max + 1) / 2 &&
               !is_told_by_others(c, x);
}

static void keep_best(struct choosing *c)
{
        size_t scales = 0;

        for (size_t i = 0; i < c->draft->n; i++) {
                struct quiz_candidate *x = &c->draft->items[i];

                x->is_kept = may_ask(c, x);
                x->is_scale = false;
                if (!x->is_kept)
                        continue;
                x->is_scale = x->may_scale && scales < c->draft->in->max / 3;
                scales += x->is_scale;
                c->ret->items[c->ret->n++] = x;
        }
        c->ret->n_kept = c->ret->n;
}

/* Too few that are sure enough: an editor may still make a quiz of them. */
static void keep_none(struct choosing *c)
{
        const struct quiz_input *in = c->draft->in;

        c->ret->note = arena_printf(
                c->a,
                "no quiz: of %zu candidates out of %zu editions %zu are sure "
                "enough to be asked unseen, and %zu are wanted",
                c->draft->n, in->n_issues, c->ret->n_kept, in->least);
        for (size_t i = 0; i < c->draft->n; i++)
                c->draft->items[i].is_kept = false;
        c->ret->n_kept = 0;
        c->ret->n = 0;
}

static int by_day(const void *x, const void *y)
{
        const struct quiz_candidate
                *p = *(const struct quiz_candidate *const *)x,
                *q = *(const struct quiz_candidate *const *)y;

        if (p->line->day != q->line->day)
                return p->line->day < q->line->day ? -1 : 1;
        if (p->score != q->score)
                return p->score > q->score ? -1 : 1;
        return str_cmp(p->question, q->question);
}

/* Below the kept ones, the best of the others. */
static void add_others(struct choosing *c)
{
        size_t max = c->draft->in->max * 2 + 1;

        for (size_t i = 0; i < c->draft->n && c->ret->n < max; i++) {
                struct quiz_candidate *x = &c->draft->items[i];

                if (x->is_kept || is_of_today(c, x->line->story) ||
                    count(c, x, is_same_story) >= STORY_MOST)
                        continue;
                c->ret->items[c->ret->n++] = x;
        }
}

struct quiz_choice quiz_choose(struct arena *a, struct quiz_draft *draft,
                               const int64_t *today, size_t n_today)
{
        struct quiz_choice ret = { 0 };
        struct choosing c = { a, draft, today, n_today, &ret };

        ret.items = arena_array(a, draft->n + 1, sizeof(*ret.items));
        keep_best(&c);
        if (ret.n_kept < draft->in->least)
                keep_none(&c);
        if (ret.n_kept)
                qsort(ret.items, ret.n_kept, sizeof(*ret.items), by_day);
        add_others(&c);
        return ret;
}

/* --- the copy ----------------------------------------------------------- */

static void put_pair(struct buf *out, const char *key, struct str text,
                     struct str url)
{
        buf_printf(out, "%s: ", key);
        buf_put(out, text);
        if (url.n) {
                buf_char(out, ' ');
                buf_put(out, url);
        }
        buf_char(out, '\n');
}

static void put_scale(struct buf *out, const struct quiz_scale *s)
{
        buf_printf(out, "min: %.0f\nmax: %.0f\nstep: %.0f\n", s->min, s->max,
                   s->step);
        buf_printf(out, "answer: %.0f\ntolerance: %.0f\n", s->answer,
                   s->tolerance);
}

static void put_options(struct buf *out, const struct quiz_candidate *x)
{
        for (size_t i = 0; i < x->n_options; i++)
                buf_printf(out, "- [%c] " STR_FMT "\n",
                           str_eq(x->options[i], x->answer) ? 'x' : ' ',
                           STR_ARG(x->options[i]));
}

/* "score: 71 (kind 20, place 10, ...)": why it stands where it does. */
static void put_score(struct buf *out, const struct quiz_candidate *x)
{
        const char *before = "";

        buf_printf(out, "score: %d (", x->score);
        for (int t = 0; t < QUIZ_TERMS; t++) {
                if (!x->terms[t])
                        continue;
                buf_printf(out, "%s%s %d", before, term_names[t], x->terms[t]);
                before = ", ";
        }
        buf_puts(out, ")\n");
}

static void put_candidate(struct buf *out, const struct quiz_candidate *x)
{
        const struct article *art = x->line->article;

        buf_puts(out, "\n```quiz\n");
        buf_puts(out, x->is_kept ? "keep: yes\n" : "keep: no\n");
        put_pair(out, "about", x->line->headline, x->line->issue_url);
        put_pair(out, "question", x->question, STR(""));
        if (x->is_scale)
                put_scale(out, &x->scale);
        else
                put_options(out, x);
        put_pair(out, "because", x->line->text, STR(""));
        put_pair(out, "source", art->source, art->url);
        put_score(out, x);
        buf_puts(out, "```\n");
}

void quiz_put(struct composer *c, struct str heading,
              const struct quiz_choice *chosen)
{
        if (!chosen->n)
                return;
        buf_puts(c->out, "\n## ");
        escape_text(c->out, heading);
        buf_puts(c->out, " {.quiz}\n");
        for (size_t i = 0; i < chosen->n; i++)
                put_candidate(c->out, chosen->items[i]);
}

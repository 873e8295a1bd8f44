#include "press/quiz.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "conf/phrases.h"
#include "press/figure.h"
#include "press/html.h"
#include "press/model.h"
#include "press/page.h"
#include "press/theme.h"
#include "press/value.h"

#define NUMBER_B 32 /* of a figure that a reader typed */

struct quiz_asked quiz_asked(struct arena *a, const struct edition *e)
{
        struct quiz_asked asked = {
                arena_array(a, LIMIT_QUIZ_QUESTIONS, sizeof(*asked.items)), 0
        };

        for (size_t i = 0; i < e->n_sections; i++) {
                const struct section *s = &e->sections[i];

                for (size_t k = 0; s->kind == SECTION_QUIZ && k < s->n_blocks &&
                                   asked.n < LIMIT_QUIZ_QUESTIONS;
                     k++)
                        if (s->blocks[k].quiz && s->blocks[k].quiz->is_asked)
                                asked.items[asked.n++] = s->blocks[k].quiz;
        }
        return asked;
}

static struct str say(const struct press *press, const char *key)
{
        return phrases_get(press->phrases, key);
}

/* --- figures ------------------------------------------------------------ */

static struct str number(struct arena *a, struct str language, double v,
                         int decimals)
{
        struct figures *f = figures_new(a, language, STR(""));
        struct str s = figure_text(a, f, v, decimals);

        figures_done(f);
        return s;
}

/* As a field of a form has it. */
static struct str plain(struct arena *a, double v, int decimals)
{
        return arena_printf(a, "%.*f", decimals, v);
}

/* "31", "31.5", "31,5" */
static bool read_number(struct str s, double *ret)
{
        char copy[NUMBER_B];

        s = str_trim(s);
        if (!s.n || s.n >= sizeof(copy))
                return false;
        for (size_t i = 0; i < s.n; i++)
                copy[i] = s.p[i] == ',' ? '.' : s.p[i];
        return scan_double((struct str) { copy, s.n }, ret) == 0 &&
               isfinite(*ret);
}

/* --- the questions ------------------------------------------------------ */

/* The sentence on both sides of its gap. */
static void put_sentence(struct arena *a, const struct press *press,
                         const struct quiz_question *q, struct value *v)
{
        size_t at = str_find(q->question, STR(QUIZ_GAP), 0);
        struct str after =
                at == STR_NONE ? STR("")
                               : str_sub(q->question, at + sizeof(QUIZ_GAP) - 1,
                                         q->question.n);

        value_put_text(a, v, "id", q->id);
        value_put_text(a, v, "about", q->about);
        value_put_text(a, v, "before", str_sub(q->question, 0, at));
        value_put_text(a, v, "after", after);
        value_put_text(a, v, "gap",
                       at == STR_NONE ? STR("") : say(press, "press.quiz_gap"));
}

static struct value *options_of(struct arena *a, const struct quiz_question *q)
{
        struct value *list = value_list(a);

        for (size_t i = 0; i < q->n_options; i++) {
                struct value *v = value_object(a);

                value_put_text(a, v, "option", q->options[i].text);
                value_put_text(a, v, "value", arena_printf(a, "%zu", i + 1));
                value_add(a, list, v);
        }
        return list;
}

static struct str range_of(struct arena *a, const struct press *press,
                           struct str language, const struct quiz_scale *s)
{
        const struct phrase_arg args[] = {
                { "min", number(a, language, s->min, s->decimals) },
                { "max", number(a, language, s->max, s->decimals) },
        };

        return phrases_fill(a, press->phrases, "press.quiz_range", args, 2);
}

static struct value *question_value(const struct block_maker *m,
                                    const struct quiz_question *q, size_t no)
{
        const struct quiz_scale *s = &q->scale;
        struct value *v = value_object(m->a);

        put_sentence(m->a, m->press, q, v);
        value_put_text(m->a, v, "no", arena_printf(m->a, "%zu", no));
        value_put(m->a, v, "options", options_of(m->a, q));
        value_put_flag(m->a, v, "is_scale", q->is_scale);
        value_put_text(m->a, v, "range",
                       range_of(m->a, m->press, m->edition->language, s));
        value_put_text(m->a, v, "min", plain(m->a, s->min, s->decimals));
        value_put_text(m->a, v, "max", plain(m->a, s->max, s->decimals));
        value_put_text(m->a, v, "step", plain(m->a, s->step, s->decimals));
        return v;
}

struct str quiz_how_many(struct arena *a, const struct press *press, size_t n)
{
        return model_count(a, press, "press.quiz_question",
                           "press.quiz_questions", (int64_t)n);
}

struct str quiz_link(struct arena *a, struct str edition_url)
{
        return arena_printf(a, STR_FMT "#quiz", STR_ARG(edition_url));
}

static struct str date_of(struct arena *a, const struct edition *e)
{
        return arena_printf(a, "%04d-%02d-%02d", e->date.year, e->date.month,
                            e->date.day);
}

void quiz_put_section(const struct block_maker *m, const struct section *s,
                      struct value *v)
{
        struct quiz_asked asked = { 0 };
        struct value *list = value_list(m->a);
        bool is_marked = m->press->marks_quiz;

        if (s->kind == SECTION_QUIZ)
                asked = quiz_asked(m->a, m->edition);
        for (size_t i = 0; i < asked.n; i++)
                value_add(m->a, list, question_value(m, asked.items[i], i + 1));
        value_put(m->a, v, "questions", list);
        value_put_flag(m->a, v, "has_questions", asked.n > 0);
        value_put_text(m->a, v, "how_many",
                       quiz_how_many(m->a, m->press, asked.n));
        value_put_text(m->a, v, "quiz_url", quiz_link(m->a, m->edition_url));
        value_put_text(
                m->a, v, "action",
                is_marked ? arena_printf(m->a, STR_FMT "quiz/" STR_FMT,
                                         STR_ARG(page_root(m->press)),
                                         STR_ARG(date_of(m->a, m->edition)))
                          : STR(""));
        value_put_text(m->a, v, "answers_url",
                       is_marked ? STR("")
                                 : arena_printf(m->a, STR_FMT "answers/",
                                                STR_ARG(m->edition_url)));
}

/* --- marking ------------------------------------------------------------ */

static struct str value_given(const struct quiz_given *given, size_t n,
                              struct str id)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq(given[i].id, id))
                        return str_trim(given[i].value);
        return STR_NULL;
}

static struct quiz_mark mark_choice(const struct quiz_question *q,
                                    struct str value)
{
        uint64_t no = 0;

        if (scan_u64(value, q->n_options, &no) < 0 || !no)
                return (struct quiz_mark) { 0 };
        return (struct quiz_mark) { q->options[no - 1].is_right ? QUIZ_RIGHT
                                                                : QUIZ_WRONG,
                                    q->options[no - 1].text };
}

static struct quiz_mark
mark_scale(struct arena *a, const struct quiz_question *q, struct str value)
{
        const struct quiz_scale *s = &q->scale;
        double d, slack = fabs(s->answer) * 1e-9;

        if (!read_number(value, &d))
                return (struct quiz_mark) { 0 };
        return (struct quiz_mark) {
                fabs(d - s->answer) <= s->tolerance + slack ? QUIZ_RIGHT
                                                            : QUIZ_WRONG,
                arena_str(a, utf8_clip(value, NUMBER_B)),
        };
}

void quiz_marks(struct arena *a, const struct quiz_asked *asked,
                const struct quiz_given *given, size_t n, struct quiz_mark *ret)
{
        for (size_t i = 0; i < asked->n; i++) {
                const struct quiz_question *q = asked->items[i];
                struct str value = value_given(given, n, q->id);

                ret[i] = q->is_scale ? mark_scale(a, q, value)
                                     : mark_choice(q, value);
        }
}

/* --- what is told afterwards -------------------------------------------- */

struct teller {
        struct arena *a;
        const struct press *press;
        const struct issue *issue;
};

static struct str fill(const struct teller *t, const char *key,
                       const char *name, struct str value)
{
        const struct phrase_arg arg = { name, value };

        return phrases_fill(t->a, t->press->phrases, key, &arg, 1);
}

static struct str fill_two(const struct teller *t, const char *key, int64_t n,
                           int64_t all)
{
        const struct phrase_arg args[] = {
                { "n", arena_printf(t->a, "%lld", (long long)n) },
                { "all", arena_printf(t->a, "%lld", (long long)all) },
        };

        return phrases_fill(t->a, t->press->phrases, key, args, 2);
}

/* The right answer; of a scale with what still counts. */
static struct str right_of(const struct teller *t,
                           const struct quiz_question *q)
{
        const struct quiz_scale *s = &q->scale;
        struct str language = t->issue->edition->language;

        for (size_t i = 0; i < q->n_options; i++)
                if (q->options[i].is_right)
                        return q->options[i].text;
        if (!(s->tolerance > 0))
                return number(t->a, language, s->answer, s->decimals);

        const struct phrase_arg args[] = {
                { "value", number(t->a, language, s->answer, s->decimals) },
                { "min",
                  number(t->a, language, fmax(s->min, s->answer - s->tolerance),
                         s->decimals) },
                { "max",
                  number(t->a, language, fmin(s->max, s->answer + s->tolerance),
                         s->decimals) },
        };

        return phrases_fill(t->a, t->press->phrases, "press.quiz_within", args,
                            3);
}

/* How others did, once there are others. */
static struct str others_of(const struct teller *t, struct str id,
                            const struct quiz_tallies *tallies)
{
        for (size_t i = 0; i < tallies->n; i++) {
                const struct quiz_tally *y = &tallies->items[i];

                if (str_eq(y->question, id) && y->answered > 1)
                        return fill_two(t, "press.quiz_others", y->correct,
                                        y->answered);
        }
        return STR("");
}

static struct value *told_value(const struct teller *t,
                                const struct quiz_question *q)
{
        struct value *v = value_object(t->a);

        put_sentence(t->a, t->press, q, v);
        value_put_text(t->a, v, "right",
                       fill(t, "press.quiz_answer", "value", right_of(t, q)));
        value_put_text(t->a, v, "because", q->because);
        value_put_text(t->a, v, "source", q->source);
        value_put_text(t->a, v, "source_url",
                       html_url_ok(q->source_url) ? q->source_url : STR(""));
        value_put_text(t->a, v, "about_url",
                       html_url_ok(q->about_url) ? q->about_url : STR(""));
        value_put_text(t->a, v, "verdict", STR(""));
        value_put_text(t->a, v, "verdict_kind", STR(""));
        value_put_text(t->a, v, "yours", STR(""));
        value_put_text(t->a, v, "others", STR(""));
        return v;
}

static void put_verdict(const struct teller *t, struct value *v,
                        const struct quiz_mark *mark)
{
        static const char *const kinds[] = { "none", "right", "wrong" };
        const char *key =
                arena_printf(t->a, "press.quiz_%s", kinds[mark->verdict]).p;

        value_put_text(t->a, v, "verdict", say(t->press, key));
        value_put_text(t->a, v, "verdict_kind", str_c(kinds[mark->verdict]));
        if (mark->verdict == QUIZ_WRONG)
                value_put_text(
                        t->a, v, "yours",
                        fill(t, "press.quiz_yours", "value", mark->said));
}

/* A page of its own, at the edition's side. */
static struct value *page_of(const struct teller *t, struct str title)
{
        const struct edition *e = t->issue->edition;
        struct value *root = model_press(t->a, t->press);
        struct str back = arena_printf(
                t->a, STR_FMT STR_FMT, STR_ARG(page_root(t->press)),
                STR_ARG(press_path(t->a, &t->issue->row)));

        page_head(t->a, t->press, root,
                  arena_printf(t->a, STR_FMT " \u2014 " STR_FMT, STR_ARG(title),
                               STR_ARG(t->press->name)),
                  STR(""), STR(""));
        value_put_text(t->a, root, "quiz_title", title);
        value_put_text(t->a, root, "edition_title", e->title);
        value_put_text(t->a, root, "edition_url", back);
        value_put_text(t->a, root, "share", STR(""));
        return root;
}

static struct str share_of(const struct teller *t, size_t n, size_t all)
{
        const struct phrase_arg args[] = {
                { "n", arena_printf(t->a, "%zu", n) },
                { "all", arena_printf(t->a, "%zu", all) },
                { "name", t->press->name },
                { "url", quiz_link(t->a, press_permalink(t->a, t->press,
                                                         &t->issue->row)) },
        };

        return phrases_fill(t->a, t->press->phrases, "press.quiz_share", args,
                            4);
}

int quiz_print_result(struct arena *a, const struct press *press,
                      const struct quiz_result *result, struct buf *out,
                      struct err *err)
{
        struct teller t = { a, press, result->issue };
        struct quiz_asked asked = quiz_asked(a, result->issue->edition);
        struct value *list = value_list(a), *root;
        size_t right = 0;

        for (size_t i = 0; i < asked.n; i++) {
                struct value *v = told_value(&t, asked.items[i]);

                put_verdict(&t, v, &result->marks[i]);
                value_put_text(
                        a, v, "others",
                        others_of(&t, asked.items[i]->id, result->tallies));
                right += result->marks[i].verdict == QUIZ_RIGHT;
                value_add(a, list, v);
        }
        root = page_of(&t, fill_two(&t, "press.quiz_score", (int64_t)right,
                                    (int64_t)asked.n));
        value_put(a, root, "questions", list);
        value_put_text(a, root, "share", share_of(&t, right, asked.n));
        return theme_print(press->theme, "quiz_result", root, out, err);
}

int quiz_print_answers(struct arena *a, const struct press *press,
                       const struct issue *issue, struct printed_list *out,
                       struct err *err)
{
        struct teller t = { a, press, issue };
        struct quiz_asked asked = quiz_asked(a, issue->edition);
        struct value *list = value_list(a), *root;

        if (press->marks_quiz || !asked.n)
                return 0;
        for (size_t i = 0; i < asked.n; i++)
                value_add(a, list, told_value(&t, asked.items[i]));
        root = page_of(&t, say(press, "press.quiz_answers"));
        value_put(a, root, "questions", list);
        return page_print(a, press, "quiz_result", root,
                          arena_printf(a, STR_FMT "answers/index.html",
                                       STR_ARG(press_path(a, &issue->row))),
                          out, err);
}

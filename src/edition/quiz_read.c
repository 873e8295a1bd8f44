#include "edition/quiz_read.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/utf8.h"

#define WARNINGS_MAX 20
#define SHOWN_B 40
#define NUMBER_MOST 1e12
#define STEPS_MOST 100000.0 /* on a scale */
#define DECIMALS_MOST 6

struct reading {
        struct arena *a;
        struct quiz_question *q;
        int line;
        bool has_min, has_max, has_answer;
};

static void warn(struct reading *r, const char *fmt, ...) PRINTF(2, 3);

static void warn(struct reading *r, const char *fmt, ...)
{
        char text[300];
        va_list ap;
        struct quiz_question *q = r->q;

        if (q->n_warnings == WARNINGS_MAX)
                return;
        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        if (!q->warnings)
                q->warnings =
                        arena_array(r->a, WARNINGS_MAX, sizeof(*q->warnings));
        q->warnings[q->n_warnings++] =
                arena_printf(r->a, "line %d: %s", r->line, text);
}

/* --- lines -------------------------------------------------------------- */

/* "[x] 60"; false: no box stands there. */
static bool read_box(struct str *s, bool *ret_right)
{
        if (s->n < 3 || s->p[0] != '[' || s->p[2] != ']' ||
            (s->p[1] != ' ' && chr_lower(s->p[1]) != 'x'))
                return false;
        *ret_right = s->p[1] != ' ';
        *s = str_trim(str_sub(*s, 3, s->n));
        return true;
}

static bool has_option(const struct quiz_question *q, struct str text)
{
        for (size_t i = 0; i < q->n_options; i++)
                if (str_eq(q->options[i].text, text))
                        return true;
        return false;
}

static void read_option(struct reading *r, struct str s)
{
        struct quiz_question *q = r->q;
        bool is_right = false;

        s = str_trim(s);
        if (!read_box(&s, &is_right))
                warn(r, "an answer begins with [ ], the right one with [x]");
        if (!s.n)
                warn(r, "an answer without words is left out");
        else if (q->n_options == LIMIT_QUIZ_OPTIONS)
                warn(r, "more than %d answers; this one is left out",
                     LIMIT_QUIZ_OPTIONS);
        else if (has_option(q, s))
                warn(r, "this answer stands there twice");
        else
                q->options[q->n_options++] =
                        (struct quiz_option) { s, is_right };
}

static bool read_number(struct reading *r, struct str s, double *ret)
{
        double d;

        if (scan_double(s, &d) < 0 || !(d <= NUMBER_MOST && d >= -NUMBER_MOST))
                return warn(r, "\"" STR_FMT "\" is no number such as 12.5",
                            STR_ARG(utf8_clip(s, SHOWN_B))),
                       false;
        *ret = d;
        return true;
}

static int decimals_of(struct str s)
{
        size_t point = str_chr(s, '.', 0);
        size_t n = point == STR_NONE ? 0 : s.n - point - 1;

        return n > DECIMALS_MOST ? DECIMALS_MOST : (int)n;
}

static bool read_scale(struct reading *r, struct str key, struct str value)
{
        struct quiz_scale *s = &r->q->scale;

        if (str_eq(key, STR("min")))
                r->has_min |= read_number(r, value, &s->min);
        else if (str_eq(key, STR("max")))
                r->has_max |= read_number(r, value, &s->max);
        else if (str_eq(key, STR("answer")))
                r->has_answer |= read_number(r, value, &s->answer);
        else if (str_eq(key, STR("tolerance")))
                (void)read_number(r, value, &s->tolerance);
        else if (!str_eq(key, STR("step")))
                return false;
        else if (read_number(r, value, &s->step))
                s->decimals = decimals_of(value);
        r->q->is_scale = true;
        return true;
}

static void read_keep(struct reading *r, struct str value)
{
        r->q->is_kept = str_eq_nocase(value, STR("yes"));
        if (!r->q->is_kept && !str_eq_nocase(value, STR("no")))
                warn(r, "keep is yes or no");
}

static struct str clipped(struct reading *r, struct str words)
{
        struct str s = utf8_clip(words, LIMIT_QUIZ_TEXT_B);

        if (s.n < words.n)
                warn(r, "over %d bytes; the rest is cut off",
                     LIMIT_QUIZ_TEXT_B);
        return s;
}

/* "Words https://...": words, then an address. */
static void read_linked(struct reading *r, struct str s, struct str *ret_text,
                        struct str *ret_url)
{
        size_t at = str_find(s, STR("https://"), 0);

        if (at == STR_NONE)
                at = str_find(s, STR("http://"), 0);
        *ret_text = clipped(r, str_trim(str_sub(s, 0, at)));
        *ret_url = at == STR_NONE ? STR("") : str_sub(s, at, s.n);
}

static bool read_text(struct reading *r, struct str key, struct str value)
{
        struct quiz_question *q = r->q;

        if (str_eq(key, STR("question")))
                q->question = clipped(r, value);
        else if (str_eq(key, STR("because")))
                q->because = clipped(r, value);
        else if (str_eq(key, STR("about")))
                read_linked(r, value, &q->about, &q->about_url);
        else if (str_eq(key, STR("source")))
                read_linked(r, value, &q->source, &q->source_url);
        else
                return str_eq(key, STR("score"));
        return true;
}

static void read_line(struct reading *r, struct str line)
{
        size_t colon = str_chr(line, ':', 0);
        struct str key = str_trim(str_sub(line, 0, colon)), value;

        if (line.p[0] == '-') {
                read_option(r, str_sub(line, 1, line.n));
                return;
        }
        if (colon == STR_NONE) {
                warn(r, "\"" STR_FMT "\" is no line such as keep: yes",
                     STR_ARG(utf8_clip(line, SHOWN_B)));
                return;
        }
        value = str_trim(str_sub(line, colon + 1, line.n));
        if (str_eq(key, STR("keep")))
                read_keep(r, value);
        else if (!read_text(r, key, value) && !read_scale(r, key, value))
                warn(r, "nothing is known by the name of \"" STR_FMT "\"",
                     STR_ARG(utf8_clip(key, SHOWN_B)));
}

/* --- the whole ---------------------------------------------------------- */

static const char *fault_of_scale(const struct reading *r)
{
        const struct quiz_scale *s = &r->q->scale;

        if (r->q->n_options)
                return "it has both answers and a scale";
        if (!r->has_min || !r->has_max || !r->has_answer)
                return "a scale wants min, max and answer";
        if (!(s->min < s->max))
                return "min is not below max";
        if (!(s->step > 0) || (s->max - s->min) / s->step > STEPS_MOST)
                return "its step is not above 0, or far too fine";
        if (!(s->answer >= s->min && s->answer <= s->max))
                return "the answer is not on the scale";
        if (!(s->tolerance >= 0))
                return "its tolerance is below 0";
        return NULL;
}

static const char *fault_of(const struct reading *r)
{
        const struct quiz_question *q = r->q;
        size_t right = 0;

        if (!q->question.n)
                return "it asks nothing";
        if (q->is_scale)
                return fault_of_scale(r);
        for (size_t i = 0; i < q->n_options; i++)
                right += q->options[i].is_right;
        if (q->n_options < 2)
                return "it has fewer than two answers";
        return right == 1 ? NULL : "not one answer is marked [x], and no more";
}

/* The same question with the same answers to choose from has the same id,
 * whichever is right. */
static struct str id_of(struct arena *a, const struct quiz_question *q)
{
        struct str s = q->question;

        for (size_t i = 0; i < q->n_options; i++)
                s = arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(s),
                                 STR_ARG(q->options[i].text));
        if (q->is_scale)
                s = arena_printf(a, STR_FMT "\n%g %g %g", STR_ARG(s),
                                 q->scale.min, q->scale.max, q->scale.step);
        return arena_printf(a, "q%016" PRIx64, hash_stable(s));
}

struct quiz_question *quiz_read(struct arena *a, struct str text,
                                int first_line)
{
        struct reading r = { .a = a,
                             .q = arena_alloc(a, sizeof(*r.q)),
                             .line = first_line - 1 };
        struct str line;
        const char *fault;

        r.q->options =
                arena_array(a, LIMIT_QUIZ_OPTIONS, sizeof(*r.q->options));
        r.q->scale.step = 1;
        while (str_cut(&text, '\n', &line)) {
                r.line++;
                line = str_trim(line);
                if (line.n)
                        read_line(&r, line);
        }
        r.line = first_line - 1;
        fault = fault_of(&r);
        r.q->is_asked = r.q->is_kept && !fault;
        if (fault && r.q->is_kept)
                warn(&r, "this question can't be asked: %s", fault);
        r.q->id = id_of(a, r.q);
        return r.q;
}

/* The digits of s alone, with its first decimal sign as a point. */
static double value_of(struct arena *a, struct str s, double like)
{
        char *digits = arena_alloc(a, s.n + 1);
        size_t n = 0;
        double d = NAN;

        for (size_t i = 0; i < s.n; i++) {
                bool is_point =
                        (s.p[i] == '.' || s.p[i] == ',') && like != floor(like);

                if (chr_is_digit(s.p[i]) || is_point)
                        digits[n++] = is_point ? '.' : s.p[i];
        }
        return scan_double((struct str) { digits, n }, &d) < 0 ? NAN : d;
}

bool quiz_is_gapped(struct arena *a, const struct quiz_question *q)
{
        size_t at = str_find(q->question, STR(QUIZ_GAP), 0);
        struct str before, after, answer;

        if (at == STR_NONE)
                return false;
        before = str_sub(q->question, 0, at);
        after = str_sub(q->question, at + sizeof(QUIZ_GAP) - 1, q->question.n);
        if (q->because.n < before.n + after.n ||
            !str_starts(q->because, before) || !str_ends(q->because, after))
                return false;
        answer = str_sub(q->because, at, q->because.n - before.n - after.n);
        if (q->is_scale)
                return value_of(a, answer, q->scale.answer) == q->scale.answer;
        for (size_t i = 0; i < q->n_options; i++)
                if (q->options[i].is_right)
                        return str_eq(q->options[i].text, answer);
        return false;
}

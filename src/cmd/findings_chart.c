/* A finding in the words of a language: what edition/finding_chart.h asks for,
 * from the press's figures and dates. */

#include "base/arena.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/findings.h"
#include "conf/phrases.h"
#include "edition/edition.h"
#include "edition/finding.h"
#include "edition/finding_chart.h"
#include "press/day.h"
#include "press/figure.h"
#include "store/finding.h"
#include "store/gauge.h"

#define SERIES_ARENA_B ((size_t)256 << 20)

struct speaking {
        struct arena *a;
        const struct finding_words *words;
        const struct figures *with_unit, *in_percent, *plain;
        struct str unit_word;
};

static struct str figure(void *user, double v, int decimals)
{
        struct speaking *s = user;
        struct str text = figure_text(s->a, s->with_unit, v, decimals);

        return s->unit_word.n
                       ? arena_printf(s->a, STR_FMT " " STR_FMT, STR_ARG(text),
                                      STR_ARG(s->unit_word))
                       : text;
}

static struct str number(void *user, double v, int decimals, bool percent)
{
        struct speaking *s = user;

        return figure_text(s->a, percent ? s->in_percent : s->plain, v,
                           decimals);
}

static struct str date(void *user, const char *kind, enum period p, int64_t at)
{
        struct speaking *s = user;
        const char *key =
                arena_printf(s->a, "finding.%s.%s", kind, period_name(p)).p;
        struct civil c = time_to_civil(at);

        return day_as(s->a, s->words->language,
                      phrases_get(s->words->phrases, key), &c);
}

static const char *plural(void *user, const char *key, int64_t n)
{
        struct speaking *s = user;
        struct str form = language_plural(s->a, s->words->language, n);
        const char *own =
                arena_printf(s->a, "%s." STR_FMT, key, STR_ARG(form)).p;

        return str_eq(phrases_get(s->words->phrases, own), str_c(own)) ? key
                                                                       : own;
}

static struct str speak(struct arena *a, const struct finding_words *words,
                        struct finding_chart *c)
{
        struct figures *unit = figures_new(a, words->language, c->gauge->unit),
                       *percent = figures_new(a, words->language, STR("%")),
                       *plain = figures_new(a, words->language, STR(""));
        struct speaking s = { a, words, unit, percent, plain, STR("") };
        struct finding_speech speech = { .phrases = words->phrases,
                                         .user = &s,
                                         .figure = figure,
                                         .number = number,
                                         .date = date,
                                         .plural = plural };
        struct str text;

        if (!figure_has_sign(c->gauge->unit))
                s.unit_word = c->gauge->unit;
        speech.unit_word = s.unit_word;
        c->speech = &speech;
        text = finding_chart(a, c);
        c->speech = NULL;
        figures_done(unit);
        figures_done(percent);
        figures_done(plain);
        return text;
}

static bool is_against(const struct finding *f)
{
        return str_eq(f->kind, STR("over")) || str_eq(f->kind, STR("under"));
}

/* Search the values as of then again, and tell what the search finds. */
static int tell(struct env *env, struct arena *a, const struct finding *f,
                int64_t as_of, const struct finding_words *words,
                struct str *ret)
{
        struct finding found[FINDING_MOST], same;
        const struct finding *again;
        struct finding_chart c = { .finding = &same };
        struct gauge gauge, other;
        size_t n;
        int rc = gauge_get(a, env->db, f->feed_id, &gauge, &env->err);

        c.in.as_of = as_of;
        if (rc == 0)
                rc = findings_load(env, a, &gauge, &c.in);
        if (rc == 0 && is_against(f)) {
                rc = gauge_get(a, env->db, gauge.against, &other, &env->err);
                c.other = &other;
        }
        if (rc < 0)
                return rc;
        n = finding_search(a, &c.in, found);
        again = finding_of_kind(found, n, f->kind);
        if (!again || again->at != f->at)
                return 0;
        same = *again;
        same.id = f->id;
        c.gauge = &gauge;
        *ret = arena_str(env->a, speak(a, words, &c));
        return 0;
}

static int tell_aside(struct env *env, const struct finding *f, int64_t as_of,
                      const struct finding_words *words, struct str *ret)
{
        struct arena *a = arena_new(SERIES_ARENA_B);
        int rc = tell(env, a, f, as_of, words, ret);

        arena_free(a);
        return rc;
}

int findings_chart(struct env *env, const struct finding *f,
                   const struct finding_words *words, struct str *ret)
{
        *ret = STR("");
        return tell_aside(env, f, f->looked_at, words, ret);
}

int findings_keep(struct env *env, const struct edition *copy,
                  int64_t edition_id)
{
        int64_t id = 0, as_of;

        for (size_t i = 0; i < copy->n_sections && !id; i++) {
                const struct section *s = &copy->sections[i];

                for (size_t k = 0; k < s->n_blocks && !id; k++)
                        if (s->blocks[k].chart)
                                (void)finding_key(s->blocks[k].chart->finding,
                                                  &id, &as_of);
        }
        return finding_print(env->db, id, edition_id, &env->err);
}

int findings_again(struct env *env, const struct chart *chart,
                   const struct finding_words *words, struct str *ret)
{
        struct err before = env->err;
        struct finding f;
        int64_t id, as_of;
        int rc;

        *ret = STR("");
        if (!finding_key(chart->finding, &id, &as_of))
                return 0;
        rc = finding_get(env->a, env->db, id, &f, &env->err);
        if (rc == 0)
                rc = tell_aside(env, &f, as_of, words, ret);
        if (rc != ERR_ABSENT)
                return rc;
        env->err = before;
        return 0;
}

/* The week that compose asks about: the editions that readers had. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/time.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/issue.h"
#include "cmd/quiz.h"
#include "conf/clock.h"
#include "edition/compose.h"
#include "edition/quiz_draft.h"
#include "store/article.h"
#include "story/fitness.h"
#include "story/sentence.h"

#define WEEK_DAYS 7

struct finder {
        struct env *env;
        int rc;
};

static const struct article *find_article(void *user, struct str url)
{
        struct finder *f = user;
        struct article *art = arena_alloc(f->env->a, sizeof(*art));
        struct err err = { 0 };
        int rc = article_by_url(f->env->a, f->env->db, url, art, &err);

        if (rc == 0)
                return art;
        env_keep_fault(f->env, &f->rc, rc, &err);
        return NULL;
}

static size_t split(struct arena *a, struct str text, struct str language,
                    struct str **ret)
{
        struct span *spans;
        size_t n = sentence_split(a, text, lang_of_tag(language), &spans);

        *ret = arena_array(a, n + 1, sizeof(**ret));
        for (size_t i = 0; i < n; i++)
                (*ret)[i] = spans[i].text;
        return n;
}

static bool stands_alone(struct str sentence, struct str language)
{
        enum lang lang = lang_of_tag(language);

        return fitness_is_fit(sentence, lang) &&
               !fitness_is_leaning(sentence, lang) &&
               !fitness_says_he(sentence, lang) &&
               !fitness_is_personal(sentence, lang);
}

static bool is_small(struct str word, struct str language)
{
        struct str rest = str_c(lang_stop_words(lang_of_tag(language))), one;

        while (str_cut(&rest, ' ', &one))
                if (one.n && str_eq(one, word))
                        return true;
        return false;
}

static int is_day(struct env *env, const struct civil *date, bool *ret)
{
        struct civil day = *date;
        unsigned days = 0;
        int rc;

        *ret = false;
        if (!env->conf.edition_quiz || !env->conf.edition_quiz_day.n)
                return 0;
        rc = clock_parse_days(env->conf.edition_quiz_day, &days, &env->err);
        if (rc < 0)
                return err_add(&env->err, "edition.quiz_day");
        day.hour = day.minute = day.second = 0;
        day = time_to_civil(time_from_civil(&day));
        *ret = days >> day.weekday & 1;
        return 0;
}

static struct str date_before(struct env *env, const struct civil *date,
                              int days)
{
        struct civil c = *date;
        struct buf b;
        struct str s;

        c.hour = c.minute = c.second = 0;
        c = time_to_civil(time_from_civil(&c) - days * (int64_t)TIME_DAY_S);
        buf_init(&b, 32);
        time_put_date(&b, &c);
        s = arena_str(env->a, buf_str(&b));
        buf_done(&b);
        return s;
}

/* The editions of the days before date, oldest first. */
static int load_week(struct env *env, int64_t series, const struct civil *date,
                     struct quiz_issue **ret, size_t *ret_n)
{
        struct str from = date_before(env, date, WEEK_DAYS - 1),
                   to = date_before(env, date, 0);
        struct edition_rows rows;
        struct press press;
        struct quiz_issue *list;
        size_t n = 0;
        int rc = edition_published(env->a, env->db, series, &rows, &env->err);

        if (rc == 0)
                rc = issue_press(env, &press);
        if (rc < 0)
                return rc;
        list = arena_array(env->a, rows.n + 1, sizeof(*list));
        for (size_t i = rows.n; i-- > 0 && rc == 0;) {
                const struct edition_row *row = &rows.items[i];
                struct issue issue;

                if (str_cmp(row->date, from) < 0 || str_cmp(row->date, to) >= 0)
                        continue;
                rc = issue_load(env, row, &issue);
                if (rc < 0)
                        break;
                list[n++] = (struct quiz_issue) {
                        issue.edition, press_permalink(env->a, &press, row)
                };
        }
        *ret = list;
        *ret_n = n;
        return rc;
}

int quiz_load(struct env *env, int64_t series, struct compose_input *in,
              struct quiz_draft *ret)
{
        struct quiz_input *q = arena_alloc(env->a, sizeof(*q));
        struct finder *finder = arena_alloc(env->a, sizeof(*finder));
        struct quiz_issue *issues;
        bool is_due;
        int rc = is_day(env, &in->date, &is_due);

        if (rc < 0 || !is_due)
                return rc;
        finder->env = env;
        *q = (struct quiz_input) {
                .language = in->language,
                .year = in->date.year,
                .phrases = in->phrases,
                .max = (size_t)env->conf.edition_quiz,
                .least = (size_t)env->conf.edition_quiz_least,
                .find = find_article,
                .user = finder,
                .split = split,
                .stands_alone = stands_alone,
                .is_small = is_small,
        };
        rc = load_week(env, series, &in->date, &issues, &q->n_issues);
        if (rc < 0)
                return rc;
        q->issues = issues;
        *ret = quiz_draft_of(env->a, q);
        in->quiz = ret;
        return finder->rc;
}

void quiz_warn(const struct edition *e, const char *name)
{
        for (size_t i = 0; i < e->n_sections; i++)
                for (size_t k = 0; k < e->sections[i].n_blocks; k++) {
                        const struct quiz_question *q =
                                e->sections[i].blocks[k].quiz;

                        for (size_t w = 0; q && w < q->n_warnings; w++)
                                log_warn("%s: " STR_FMT, name,
                                         STR_ARG(q->warnings[w]));
                }
}

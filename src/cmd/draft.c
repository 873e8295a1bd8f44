#include "cmd/draft.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/utf8.h"
#include "cmd/issue.h"
#include "cmd/stories_update.h"
#include "conf/phrases.h"
#include "edition/copy.h"
#include "edition/holiday.h"
#include "edition/season.h"

#define LINE_SHOWN_B 120

int draft_date(struct env *env, const char *date, struct civil *ret_civil,
               struct str *ret)
{
        struct buf b;

        if (!date)
                *ret_civil = time_in_zone(env->now, env->conf.press_zone);
        else if (time_parse_date(str_c(date), ret_civil, NULL) < 0)
                return err_set(&env->err, ERR_INPUT,
                               "--date wants a day such as 2026-03-06, not %s",
                               date);
        buf_init(&b, 32);
        time_put_date(&b, ret_civil);
        *ret = arena_str(env->a, buf_str(&b));
        buf_done(&b);
        return 0;
}

int draft_find(struct env *env, const char *date, struct edition_row *ret)
{
        int64_t series;
        struct civil civil;
        struct str day;
        int rc = stories_series(env, &series);

        if (rc == 0 && date)
                rc = draft_date(env, date, &civil, &day);
        if (rc < 0)
                return rc;
        if (!date) {
                rc = edition_latest(env->a, env->db, series, false, ret,
                                    &env->err);
                if (rc == ERR_ABSENT)
                        err_set(&env->err, rc,
                                "there is no edition yet; 'bulldog compose' "
                                "makes one");
                return rc;
        }
        rc = edition_by_date(env->a, env->db, series, day, ret, &env->err);
        if (rc == ERR_ABSENT)
                err_set(&env->err, rc,
                        "there is no edition of %s; 'bulldog compose --date "
                        "%s' makes one",
                        date, date);
        return rc;
}

bool draft_is_published(const struct edition_row *row)
{
        return str_eq(row->state, STR("published"));
}

/* The line that a message "line L, column C: ..." speaks of; absent: none. */
static struct str line_of(const char *msg, struct str text)
{
        struct str s = str_c(msg), line = STR_NULL;
        int64_t number;

        if (!str_starts(s, STR("line ")))
                return STR_NULL;
        s = str_sub(s, 5, s.n);
        if (scan_digits(&s, 9, &number) < 0)
                return STR_NULL;
        while (number-- > 0)
                if (!str_cut(&text, '\n', &line))
                        return STR_NULL;
        return str_trim(line);
}

int draft_read(struct env *env, const char *name, struct str text,
               struct edition **ret)
{
        int rc = copy_read(env->a, text, ret, &env->err);

        if (rc == 0)
                return 0;

        struct str line = utf8_clip(line_of(env->err.msg, text), LINE_SHOWN_B);
        struct err fault = env->err;

        if (line.n)
                return err_set(&env->err, rc, "%s: %s\n    " STR_FMT, name,
                               fault.msg, STR_ARG(utf8_repair(env->a, line)));
        return err_add(&env->err, "%s", name);
}

int draft_write(struct env *env, const struct edition *e, struct str *ret)
{
        struct buf b;
        int rc = 0;

        buf_init(&b, LIMIT_COPY_B);
        copy_write(&b, e);
        if (buf_ok(&b))
                *ret = arena_str(env->a, buf_str(&b));
        else
                rc = err_set(&env->err, ERR_LIMIT,
                             "the copy is larger than %d bytes", LIMIT_COPY_B);
        buf_done(&b);
        return rc;
}

static bool is_holiday(const struct env *env, const struct holiday_rules *rules,
                       const struct civil *date)
{
        const struct conf_list *countries = &env->conf.edition_holidays;

        return holiday_on(rules, countries->items, countries->n, date) != NULL;
}

int draft_phrases(struct env *env, const struct civil *date,
                  const struct phrases **ret)
{
        struct civil noon = { .year = date->year,
                              .month = date->month,
                              .day = date->day,
                              .hour = 12 };
        int64_t at = time_from_civil(&noon);
        struct civil before = time_to_civil(at - TIME_DAY_S);
        struct holiday_rules rules;
        const struct phrases *phrases;
        struct phrase_day day = { .day = at / TIME_DAY_S,
                                  .season = season_of(env->conf.press_zone,
                                                      date) };
        int rc = issue_phrases(env, env->conf.press_language, &phrases);

        if (rc == 0)
                rc = issue_holidays(env, &rules);
        if (rc < 0)
                return rc;
        day.is_holiday = is_holiday(env, &rules, date);
        day.was_holiday = is_holiday(env, &rules, &before);
        *ret = phrases_of_day(env->a, phrases, &day);
        return 0;
}

struct str draft_greeting(struct env *env, const struct phrases *phrases)
{
        struct str set = env->conf.press_greeting;

        if (str_eq(set, STR("-")))
                return STR_NULL;
        return set.n ? set : phrases_get(phrases, "greeting");
}

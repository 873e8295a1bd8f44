/* The agenda as compose wants it: how far ahead, and what happens till then. */

#include "base/limits.h"
#include "base/time.h"
#include "cmd/agenda.h"
#include "cmd/issue.h"
#include "edition/agenda.h"
#include "store/event.h"

static int check_countries(struct env *env, const struct holiday_rules *rules)
{
        const struct conf_list *list = &env->conf.edition_holidays;

        for (size_t i = 0; i < list->n; i++)
                if (!holiday_knows(rules, list->items[i]))
                        return err_set(&env->err, ERR_INPUT,
                                       "edition.holidays: no holidays of "
                                       "\"" STR_FMT "\" are known; the press's "
                                       "own theme/holidays.txt can name them",
                                       STR_ARG(list->items[i]));
        return 0;
}

int agenda_load(struct env *env, const struct civil *date,
                struct agenda_input *ret)
{
        const struct conf *conf = &env->conf;
        struct holiday_rules rules;
        struct clock_plan plan;
        const struct agenda_calendar calendar = {
                .plan = &plan,
                .holidays = &rules,
                .countries = conf->edition_holidays.items,
                .n_countries = conf->edition_holidays.n,
        };
        struct agenda_input in = { .zone = conf->press_zone,
                                   .max = (size_t)conf->edition_agenda };
        struct event_list events;
        struct event_span span;
        int rc = clock_plan_read(conf, &plan, &env->err);

        if (rc == 0)
                rc = issue_holidays(env, &rules);
        if (rc == 0)
                rc = check_countries(env, &rules);
        if (rc < 0)
                return rc;
        in.window = agenda_window_of(&calendar, date);
        /* Whole days are kept by UTC's midnight, wherever they are. */
        span = (struct event_span) { in.window.from - TIME_DAY_S,
                                     in.window.to + TIME_DAY_S, LIMIT_EVENTS };
        rc = event_between(env->a, env->db, &span, &events, &env->err);
        in.events = events.items;
        in.n = events.n;
        if (rc == 0)
                *ret = in;
        return rc;
}

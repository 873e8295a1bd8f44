#include "cmd/findings.h"

#include "base/arena.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "edition/finding.h"
#include "store/finding.h"
#include "store/gauge.h"
#include "store/sql.h"

#define SERIES_ARENA_B ((size_t)256 << 20)
#define HEARD_S (8 * (int64_t)TIME_DAY_S)

static bool is_share(const struct gauge *g)
{
        return str_eq(g->unit, STR("%")) || str_eq(g->unit, STR("per cent")) ||
               str_eq(g->unit, STR("percent"));
}

int findings_load(struct env *env, struct arena *a, const struct gauge *g,
                  struct finding_input *in)
{
        struct gauge_points own, other = { 0 };
        int rc = gauge_points(a, env->db, g->feed_id, in->as_of, &own,
                              &env->err);

        if (rc == 0 && g->against)
                rc = gauge_points(a, env->db, g->against, in->as_of, &other,
                                  &env->err);
        if (rc < 0)
                return rc;
        in->points = own.items;
        in->n = own.n;
        in->other = other.items;
        in->n_other = other.n;
        in->period = period_for(g->frequency, own.items, own.n);
        in->is_share = is_share(g);
        return 0;
}

/* What there was to see: the newest change of it, or of the other series. */
static int newest_change(struct env *env, struct arena *a,
                         const struct gauge *g, int64_t *ret)
{
        struct gauge other;
        int rc;

        *ret = g->changed_at;
        if (!g->against)
                return 0;
        rc = gauge_get(a, env->db, g->against, &other, &env->err);
        if (rc == 0 && other.changed_at > *ret)
                *ret = other.changed_at;
        return rc == ERR_ABSENT ? 0 : rc;
}

static int search(struct env *env, struct arena *a, const struct gauge *g,
                  struct findings_report *r)
{
        struct finding found[FINDING_MOST];
        struct finding_input in = { 0 };
        size_t n = 0;
        int rc = newest_change(env, a, g, &in.as_of);

        if (rc == 0)
                rc = findings_load(env, a, g, &in);
        if (rc == 0)
                n = finding_search(a, &in, found);
        for (size_t i = 0; i < n && rc == 0; i++) {
                found[i].feed_id = g->feed_id;
                found[i].found_at = in.as_of;
                found[i].looked_at = in.as_of;
                rc = finding_put(env->db, &found[i], &env->err);
        }
        if (rc == 0) {
                struct gauge seen = *g;

                seen.looked_at = in.as_of;
                seen.period = str_c(period_name(in.period));
                rc = gauge_set_looked(env->db, &seen, &env->err);
        }
        r->searched++;
        r->found += n;
        return rc;
}

/* All of one series or none of it: so a kill leaves it to be searched again. */
static int search_whole(struct env *env, struct arena *a, const struct gauge *g,
                        struct findings_report *r)
{
        int rc = sql_begin(env->db, &env->err);

        return rc < 0 ? rc
                      : sql_leave(env->db, true, search(env, a, g, r),
                                  &env->err);
}

int findings_update(struct env *env, struct findings_report *ret)
{
        struct findings_report report = { 0 };
        struct gauge_list list;
        struct arena *a;
        int rc = gauge_unseen(env->a, env->db, &list, &env->err);

        if (rc < 0)
                return rc;
        a = arena_new(SERIES_ARENA_B);
        for (size_t i = 0; i < list.n && rc == 0; i++) {
                arena_reset(a);
                rc = search_whole(env, a, &list.items[i], &report);
        }
        arena_free(a);
        if (rc == 0)
                *ret = report;
        return rc;
}

/* --- choosing ----------------------------------------------------------- */

/* The date so many days before another. */
static struct str days_before(struct env *env, struct str date, int64_t days)
{
        struct civil c;

        if (time_parse_date(date, &c, NULL) < 0)
                return date;
        c = time_to_civil(time_from_civil(&c) - days * TIME_DAY_S);
        return arena_printf(env->a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

int findings_rank(struct env *env, struct str date,
                  struct finding_candidate **ret, size_t *ret_n)
{
        const struct conf *conf = &env->conf;
        struct finding_list *in_force = arena_alloc(env->a, sizeof(*in_force)),
                            *known = arena_alloc(env->a, sizeof(*known));
        struct gauge_list *gauges = arena_alloc(env->a, sizeof(*gauges));
        struct finding_rank_input in = {
                .findings = in_force,
                .known = known,
                .gauges = gauges,
                .date = date,
                .now = env->now,
                .rest_days = conf->edition_chart_rest,
                .bar = (double)conf->edition_chart_bar
        };
        int rc = gauge_all(env->a, env->db, gauges, &env->err);

        if (rc == 0)
                rc = finding_in_force(env->a, env->db, in_force, &env->err);
        if (rc == 0)
                rc = finding_since(env->a, env->db, env->now - HEARD_S,
                                   days_before(env, date, in.rest_days), known,
                                   &env->err);
        if (rc == 0)
                *ret_n = finding_rank(env->a, &in, ret);
        return rc;
}

int findings_of_day(struct env *env, struct str date,
                    const struct finding_words *words, struct str *ret_chart,
                    int64_t *ret_id)
{
        struct finding_candidate *list = NULL;
        size_t n = 0;
        int rc = findings_rank(env, date, &list, &n);

        *ret_chart = STR("");
        *ret_id = 0;
        if (rc < 0 || !n || list[0].rule.n)
                return rc;
        rc = findings_chart(env, list[0].finding, words, ret_chart);
        if (rc == 0 && ret_chart->n)
                *ret_id = list[0].finding->id;
        return rc;
}

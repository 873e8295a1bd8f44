#include "conf/clock.h"

#include "conf/conf.h"

#define DAYS 7

static const char *const day_names[DAYS] = { "mon", "tue", "wed", "thu",
                                             "fri", "sat", "sun" };

static int day_of(struct str s, struct err *err)
{
        s = str_trim(s);
        for (int i = 0; i < DAYS; i++)
                if (str_eq_nocase(s, str_c(day_names[i])))
                        return i;
        return err_set(err, ERR_INPUT,
                       "clock.days: \"" STR_FMT
                       "\" is no day; days are mon tue wed thu fri sat sun, "
                       "as in mon-fri or mon,wed,fri",
                       STR_ARG(s));
}

/* "mon" or "mon-fri"; "sat-mon" goes round the end of the week. */
static int parse_range(struct str part, unsigned *days, struct err *err)
{
        size_t dash = str_chr(part, '-', 0);
        int first = day_of(str_sub(part, 0, dash), err);

        if (first < 0)
                return first;

        int last = first;
        if (dash != STR_NONE)
                last = day_of(str_sub(part, dash + 1, part.n), err);
        if (last < 0)
                return last;
        for (int d = first;; d = (d + 1) % DAYS) {
                *days |= 1u << d;
                if (d == last)
                        return 0;
        }
}

int clock_parse_days(struct str text, unsigned *ret_days, struct err *err)
{
        struct str rest = text.p ? text : STR(""), part;
        unsigned days = 0;

        while (str_cut(&rest, ',', &part)) {
                int rc = parse_range(part, &days, err);
                if (rc < 0)
                        return rc;
        }
        *ret_days = days;
        return 0;
}

int clock_plan_read(const struct conf *conf, struct clock_plan *ret,
                    struct err *err)
{
        struct clock_plan plan = { .zone = conf->press_zone,
                                   .compose_min = conf->clock_compose,
                                   .publish_min = conf->clock_publish };
        int rc = clock_parse_days(conf->clock_days, &plan.days, err);

        if (rc == 0)
                *ret = plan;
        return rc;
}

/* The instant min minutes after midnight of the date, days later. */
static int64_t moment(const struct clock_plan *plan, const struct civil *date,
                      int days, int64_t min)
{
        struct civil c = { .year = date->year,
                           .month = date->month,
                           .day = date->day + days,
                           .hour = (int)(min / 60),
                           .minute = (int)(min % 60) };

        return time_from_zone(&c, plan->zone);
}

/* The day that lies so many days after today in the zone. */
static struct clock_day day_at(const struct clock_plan *plan,
                               const struct civil *today, int days)
{
        struct civil c = { .year = today->year,
                           .month = today->month,
                           .day = today->day + days };
        struct clock_day d = { .date = time_to_civil(time_from_civil(&c)) };
        int evening = plan->compose_min > plan->publish_min ? -1 : 0;

        d.publish_at = moment(plan, &d.date, 0, plan->publish_min);
        d.compose_at = moment(plan, &d.date, evening, plan->compose_min);
        if (d.compose_at > d.publish_at) /* it fell into a gap */
                d.compose_at = d.publish_at;
        return d;
}

static bool has_edition(const struct clock_plan *plan,
                        const struct clock_day *d)
{
        return plan->days >> d->date.weekday & 1u;
}

/* From tomorrow back to a week ago there is a day with an edition. */
static struct clock_day find_back(const struct clock_plan *plan, int64_t now,
                                  bool by_publish)
{
        struct civil today = time_in_zone(now, plan->zone);
        struct clock_day d = { 0 };

        for (int i = 1; i >= -DAYS - 1; i--) {
                d = day_at(plan, &today, i);
                int64_t at = by_publish ? d.publish_at : d.compose_at;

                if (at <= now && has_edition(plan, &d))
                        break;
        }
        return d;
}

struct clock_day clock_last(const struct clock_plan *plan, int64_t now)
{
        return find_back(plan, now, false);
}

struct clock_day clock_last_published(const struct clock_plan *plan,
                                      int64_t now)
{
        return find_back(plan, now, true);
}

bool clock_is_current(const struct clock_plan *plan,
                      const struct clock_day *day, int64_t now)
{
        struct civil today = time_in_zone(now, plan->zone);

        return day->publish_at > now ||
               (today.year == day->date.year &&
                today.month == day->date.month && today.day == day->date.day);
}

struct clock_day clock_next(const struct clock_plan *plan, int64_t now)
{
        struct civil today = time_in_zone(now, plan->zone);
        struct clock_day d = { 0 };

        for (int i = 0; i <= DAYS + 1; i++) {
                d = day_at(plan, &today, i);
                if (d.compose_at > now && has_edition(plan, &d))
                        break;
        }
        return d;
}

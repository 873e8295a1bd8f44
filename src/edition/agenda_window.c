/* How far ahead an edition looks. */

#include "edition/agenda.h"

#define DAYS_MAX 12 /* a press that rests longer says so in another way */
#define FRIDAY 4
#define SATURDAY 5
#define SUNDAY 6

static struct civil day_after(const struct civil *date, int days)
{
        struct civil c = { .year = date->year,
                           .month = date->month,
                           .day = date->day + days };

        return time_to_civil(time_from_civil(&c));
}

/* The weekend that ends its week, also when it has editions of its own. */
static bool is_own_weekend(const struct civil *date, int days)
{
        int weekday = date->weekday + days;

        return weekday == SATURDAY || weekday == SUNDAY;
}

static bool is_free(const struct agenda_calendar *c, const struct civil *day)
{
        return !(c->plan->days >> day->weekday & 1u) ||
               holiday_on(c->holidays, c->countries, c->n_countries, day);
}

static const char *heading_of(const struct civil *date, int days)
{
        int to_sunday = SUNDAY - date->weekday;

        if (days == 0)
                return date->weekday >= SATURDAY ? "agenda.saturday"
                                                 : "agenda.today";
        if (date->weekday == SATURDAY && days == 1)
                return "agenda.saturday";
        if (date->weekday == FRIDAY && days == to_sunday)
                return "agenda.weekend";
        if (date->weekday >= 3 && date->weekday < SUNDAY && days >= to_sunday &&
            days <= to_sunday + 2)
                return "agenda.long";
        return "agenda.days";
}

static int64_t publication(const struct clock_plan *plan,
                           const struct civil *day)
{
        struct civil c = *day;

        c.hour = (int)(plan->publish_min / 60);
        c.minute = (int)(plan->publish_min % 60);
        c.second = 0;
        return time_from_zone(&c, plan->zone);
}

struct agenda_window agenda_window_of(const struct agenda_calendar *c,
                                      const struct civil *date)
{
        struct agenda_window w = { .first = day_after(date, 0) };
        struct civil next;
        int days = 0;

        for (; days < DAYS_MAX; days++) {
                next = day_after(date, days + 1);
                if (!is_free(c, &next) && !is_own_weekend(&w.first, days + 1))
                        break;
        }
        w.last = day_after(date, days);
        next = day_after(date, days + 1);
        w.from = publication(c->plan, &w.first);
        w.to = publication(c->plan, &next);
        w.heading = heading_of(&w.first, days);
        return w;
}

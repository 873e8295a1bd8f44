/* A rule of repetition, followed no further than anyone will look. */

#include "base/arena.h"
#include "base/limits.h"
#include "wire/calendar_entry.h"

#define CLOCKS_MAX 4 /* times a day */
#define YEAR_FIRST 1900
/* What libical needs to find that a rule gives nothing: up to a second of
 * processor time when it tells so at once, else up to a tenth. */
#define DUD_NEVER 8
#define DUD_NOTHING 1

static struct icaltimetype ical_of(const struct calendar_time *t)
{
        struct icaltimetype i = icaltime_null_time();

        i.year = t->wall.year;
        i.month = t->wall.month;
        i.day = t->wall.day;
        i.is_date = t->is_day;
        if (!t->is_day) {
                i.hour = t->wall.hour;
                i.minute = t->wall.minute;
                i.second = t->wall.second;
        }
        return i;
}

static struct civil civil_of(const struct icaltimetype *t)
{
        return (struct civil) { .year = t->year,
                                .month = t->month,
                                .day = t->day,
                                .hour = t->hour,
                                .minute = t->minute,
                                .second = t->second };
}

/* How many values a list has; libical ends it by a value of its own. */
static size_t count(const short *list, size_t most)
{
        size_t n = 0;

        while (n < most && list[n] != ICAL_RECURRENCE_ARRAY_MAX)
                n++;
        return n;
}

/* Does any of its days stand in any of its months? 30 February doesn't, and
 * libical looks for it through all centuries. */
static bool has_day(const struct icalrecurrencetype *r)
{
        static const short lengths[] = { 31, 29, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31 };
        size_t months = count(r->by_month, ICAL_BY_MONTH_SIZE),
               days = count(r->by_month_day, ICAL_BY_MONTHDAY_SIZE);

        for (size_t m = 0; m < months; m++)
                for (size_t d = 0; d < days; d++) {
                        short month = r->by_month[m], day = r->by_month_day[d];

                        if (month >= 1 && month <= 12 &&
                            (day < 0 ? -day : day) <= lengths[month - 1])
                                return true;
                }
        return !months || !days;
}

/*
 * Nothing that a newspaper announces comes by the hour. Such rules are where a
 * calendar of a few bytes becomes work without end: libical looks at every
 * second till it finds one that fits.
 */
static bool may_follow(const struct calendar_entry *e)
{
        const struct icalrecurrencetype *r = &e->rule;

        return (r->freq == ICAL_DAILY_RECURRENCE ||
                r->freq == ICAL_WEEKLY_RECURRENCE ||
                r->freq == ICAL_MONTHLY_RECURRENCE ||
                r->freq == ICAL_YEARLY_RECURRENCE) &&
               count(r->by_hour, ICAL_BY_HOUR_SIZE) <= CLOCKS_MAX &&
               count(r->by_minute, ICAL_BY_MINUTE_SIZE) <= 1 &&
               count(r->by_second, ICAL_BY_SECOND_SIZE) <= 1 && !r->rscale &&
               has_day(r) && e->start.wall.year >= YEAR_FIRST;
}

/* An instant as the clock of the entry shows it. */
static struct icaltimetype wall_of(const struct calendar_entry *e, int64_t at)
{
        struct calendar_time t = { .is_day = e->start.is_day };

        t.wall = t.is_day ? time_to_civil(at)
                          : calendar_zone_wall(&e->start.zone, at);
        return ical_of(&t);
}

/* Where the rule itself ends, by the clock of the entry. */
static struct icaltimetype end_of(const struct calendar_entry *e)
{
        struct icaltimetype until = e->rule.until;
        struct civil c = civil_of(&until);

        if (until.is_date || e->start.is_day) {
                until.is_date = e->start.is_day;
                until.hour = 23;
                until.minute = until.second = 59;
                if (until.is_date)
                        until.hour = until.minute = until.second = 0;
                return until;
        }
        if (!icaltime_is_utc(until))
                return until;
        return wall_of(e, time_from_civil(&c));
}

static void add(struct arena *a, struct calendar_times *list,
                const struct calendar_entry *e, const struct icaltimetype *t)
{
        struct calendar_time found = e->start;

        found.wall = civil_of(t);
        ARENA_GROW(a, list->items, list->n, list->cap);
        list->items[list->n++] = found;
}

static void walk(struct calendar_rules *r, const struct calendar_entry *e,
                 icalrecur_iterator *it, struct calendar_times *ret)
{
        int64_t length = e->length_s > 0 ? e->length_s : 1;

        for (size_t i = 0; i < LIMIT_RULE_STEPS && ret->n < LIMIT_RULE_EVENTS;
             i++, r->steps++) {
                struct icaltimetype t = icalrecur_iterator_next(it);
                struct calendar_time found = e->start;
                int64_t at;

                if (icaltime_is_null_time(t)) {
                        if (i == 0 && e->rule.freq != ICAL_YEARLY_RECURRENCE)
                                r->duds += DUD_NOTHING;
                        return;
                }
                found.wall = civil_of(&t);
                at = calendar_time_at(&found);
                if (at >= r->wish->to)
                        return;
                if (at + length > r->wish->from)
                        add(r->a, ret, e, &t);
        }
}

bool calendar_rule_follow(struct calendar_rules *r,
                          const struct calendar_entry *e,
                          struct calendar_times *ret)
{
        int64_t length = e->length_s > 0 ? e->length_s : 0;
        struct icalrecurrencetype rule = e->rule;
        struct icaltimetype first = ical_of(&e->start), from, to;
        icalrecur_iterator *it;

        *ret = (struct calendar_times) { 0 };
        if (!may_follow(e) || r->duds >= LIMIT_RULE_DUDS ||
            r->steps > LIMIT_CALENDAR_STEPS)
                return false;
        from = wall_of(e, r->wish->from - length - TIME_DAY_S);
        to = wall_of(e, r->wish->to + TIME_DAY_S);
        if (!icaltime_is_null_time(rule.until)) {
                rule.until = end_of(e);
                if (icaltime_compare(rule.until, from) < 0)
                        return true;
        }
        if (icaltime_is_null_time(rule.until) ||
            icaltime_compare(to, rule.until) < 0)
                rule.until = to;
        if (icaltime_compare(to, first) < 0)
                return true;
        it = icalrecur_iterator_new(rule, first);
        if (!it) {
                r->duds += DUD_NEVER;
                return false;
        }
        if (!rule.count && icaltime_compare(first, from) < 0)
                icalrecur_iterator_set_start(it, from);
        walk(r, e, it, ret);
        icalrecur_iterator_free(it);
        return true;
}

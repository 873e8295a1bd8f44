#include "edition/holiday.h"

#include "base/arena.h"
#include "base/scan.h"
#include "base/utf8.h"

#define RULES_MAX 5000
#define OFFSET_MAX 200 /* days from Easter */

static const char *const weekdays[] = { "mon", "tue", "wed", "thu",
                                        "fri", "sat", "sun" };

struct civil holiday_easter(int year)
{
        int a = year % 19, b = year / 100, c = year % 100;
        int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30;
        int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
        int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

        return (struct civil) { .year = year,
                                .month = n / 31,
                                .day = n % 31 + 1 };
}

/* --- the lines ---------------------------------------------------------- */

static bool take_number(struct str *s, int *ret)
{
        int64_t n;

        if (scan_digits(s, 3, &n) < 0)
                return false;
        *ret = (int)n;
        return true;
}

static bool take(struct str *s, const char *mark)
{
        struct str m = str_c(mark);

        if (!str_starts(*s, m))
                return false;
        *s = str_sub(*s, m.n, s->n);
        return true;
}

/* "easter-2" */
static bool parse_easter(struct str s, struct holiday_rule *r)
{
        bool is_before;

        if (!take(&s, "easter"))
                return false;
        if (!s.n)
                return true;
        is_before = take(&s, "-");
        if (!is_before && !take(&s, "+"))
                return false;
        if (!take_number(&s, &r->day) || s.n || r->day > OFFSET_MAX)
                return false;
        r->day = is_before ? -r->day : r->day;
        return true;
}

/* "mon1/09", "mon-1/05" */
static bool parse_nth(struct str s, struct holiday_rule *r)
{
        bool is_last;

        for (r->weekday = 0; r->weekday < 7; r->weekday++)
                if (take(&s, weekdays[r->weekday]))
                        break;
        if (r->weekday == 7)
                return false;
        is_last = take(&s, "-");
        if (!take_number(&s, &r->nth) || !take(&s, "/") ||
            !take_number(&s, &r->month) || s.n)
                return false;
        if (r->nth < 1 || r->nth > (is_last ? 1 : 5) || r->month < 1 ||
            r->month > 12)
                return false;
        r->nth = is_last ? -1 : r->nth;
        return true;
}

/* "12-25", "12-25>2" */
static bool parse_date(struct str s, struct holiday_rule *r)
{
        if (!take_number(&s, &r->month) || !take(&s, "-") ||
            !take_number(&s, &r->day))
                return false;
        r->shift = str_eq(s, STR(">"))    ? HOLIDAY_MONDAY
                   : str_eq(s, STR(">2")) ? HOLIDAY_SECOND
                   : str_eq(s, STR("<>")) ? HOLIDAY_NEAREST
                                          : HOLIDAY_STAYS;
        if (s.n && r->shift == HOLIDAY_STAYS)
                return false;
        return r->month >= 1 && r->month <= 12 && r->day >= 1 && r->day <= 31;
}

static bool parse_day(struct str s, struct holiday_rule *r)
{
        const struct holiday_rule bare = *r;

        if (parse_easter(s, r))
                return true;
        *r = bare;
        if (parse_nth(s, r))
                return true;
        *r = bare;
        return parse_date(s, r);
}

static bool parse_line(struct arena *a, struct str line,
                       struct holiday_rule *ret)
{
        struct str country, day;

        if (!str_cut(&line, ' ', &country) || !line.p ||
            !str_cut(&line, ' ', &day))
                return false;
        *ret = (struct holiday_rule) {
                .country = arena_lower(a, country),
                .name = line.n ? arena_str(a, str_trim(line)) : STR(""),
        };
        return country.n && country.n <= 8 && parse_day(day, ret);
}

int holiday_parse(struct arena *a, struct str text, struct holiday_rules *inout,
                  struct err *err)
{
        struct str line;
        int number = 0;

        while (text.p && str_cut(&text, '\n', &line)) {
                struct holiday_rule r;

                number++;
                line = utf8_fold_space(a, str_trim(line));
                if (!line.n || *line.p == '#')
                        continue;
                if (!parse_line(a, line, &r) || inout->n == RULES_MAX)
                        return err_set(err, ERR_INPUT,
                                       "line %d: \"" STR_FMT
                                       "\" is no holiday: write \"gb 12-25 "
                                       "Christmas Day\", \"gb easter-2 Good "
                                       "Friday\", \"gb mon-1/05 Spring bank "
                                       "holiday\"",
                                       number, STR_ARG(utf8_clip(line, 60)));
                ARENA_GROW(a, inout->items, inout->n, inout->cap);
                inout->items[inout->n++] = r;
        }
        return 0;
}

/* --- the days ----------------------------------------------------------- */

static int64_t day_number(int year, int month, int day)
{
        struct civil c = { .year = year, .month = month, .day = day };

        return time_from_civil(&c) / TIME_DAY_S;
}

static int weekday_of(int64_t number)
{
        return time_to_civil(number * TIME_DAY_S).weekday;
}

static int64_t nth_weekday(const struct holiday_rule *r, int year)
{
        int64_t first = day_number(year, r->month, 1);
        int64_t last = day_number(year, r->month + 1, 1) - 1;

        if (r->nth < 0)
                return last - (weekday_of(last) - r->weekday + 7) % 7;
        return first + (r->weekday - weekday_of(first) + 7) % 7 +
               7 * (r->nth - 1);
}

/* On a Saturday (5) or Sunday (6) many holidays are kept on another day. */
static int64_t shifted(int64_t number, enum holiday_shift shift)
{
        int weekday = weekday_of(number);

        if (weekday < 5)
                return number;
        switch (shift) {
        case HOLIDAY_MONDAY:
                return number + 7 - weekday;
        case HOLIDAY_SECOND:
                return number + 2;
        case HOLIDAY_NEAREST:
                return number + (weekday == 5 ? -1 : 1);
        case HOLIDAY_STAYS:
                break;
        }
        return number;
}

static int64_t number_in(const struct holiday_rule *r, int year)
{
        struct civil easter;

        if (r->nth)
                return nth_weekday(r, year);
        if (r->month)
                return shifted(day_number(year, r->month, r->day), r->shift);
        easter = holiday_easter(year);
        return time_from_civil(&easter) / TIME_DAY_S + r->day;
}

const struct holiday_rule *holiday_on(const struct holiday_rules *r,
                                      const struct str *countries, size_t n,
                                      const struct civil *date)
{
        int64_t day = day_number(date->year, date->month, date->day);

        for (size_t i = 0; i < r->n; i++) {
                const struct holiday_rule *rule = &r->items[i];
                bool is_chosen = false;

                for (size_t k = 0; k < n; k++)
                        is_chosen |= str_eq_nocase(countries[k], rule->country);
                /* 1 January may be kept on 31 December. */
                if (is_chosen && (number_in(rule, date->year) == day ||
                                  number_in(rule, date->year + 1) == day))
                        return rule;
        }
        return NULL;
}

bool holiday_knows(const struct holiday_rules *r, struct str country)
{
        for (size_t i = 0; i < r->n; i++)
                if (str_eq_nocase(r->items[i].country, country))
                        return true;
        return false;
}

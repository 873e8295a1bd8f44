#include "base/cell.h"

#include <math.h>

#include "base/scan.h"
#include "base/time.h"

#define NUMBER_B 64
#define YEAR_MIN 1000
#define YEAR_MAX 2999
#define PIVOT 70 /* "69" is 2069, "70" is 1970 */

bool cell_is_missing(struct str s)
{
        static const char *const none[] = { "-",      "--",     ".",     "..",
                                            "...",    "n/a",    "na",    "nan",
                                            "null",   "none",   "nil",   "#n/a",
                                            "\u2013", "\u2014", "\u2026" };

        if (!s.n)
                return true;
        for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
                if (str_eq_nocase(s, str_c(none[i])))
                        return true;
        return false;
}

/* --- numbers --- */

/* Take prefix off the front of *s. */
static bool take(struct str *s, const char *prefix)
{
        struct str p = str_c(prefix);

        if (!str_starts(*s, p))
                return false;
        *s = str_sub(*s, p.n, s->n);
        return true;
}

static bool take_end(struct str *s, const char *suffix)
{
        struct str p = str_c(suffix);

        if (!str_ends(*s, p))
                return false;
        s->n -= p.n;
        return true;
}

/* What may stand around a number. Returns whether it is below zero. */
static bool strip(struct str *s)
{
        static const char *const money[] = { "$",      "\u20ac", "\u00a3",
                                             "\u00a5", "\u20b9", "US$" };
        bool minus = false;

        *s = str_trim(*s);
        for (int round = 0; round < 2; round++) {
                minus |= take(s, "-") || take(s, "\u2212");
                for (size_t i = 0; i < sizeof(money) / sizeof(*money); i++)
                        (void)take(s, money[i]);
                *s = str_trim(*s);
        }
        (void)(minus || take(s, "+"));
        (void)take_end(s, "%");
        (void)take_end(s, "\u20ac");
        *s = str_trim(*s);
        (void)take_end(s, "\u00a0");
        (void)take_end(s, "\u202f");
        return minus;
}

/* Take the sign between thousands off the front of *s. */
static bool take_group(struct str *s, char other)
{
        static const char *const signs[] = { " ",      "\u00a0", "\u202f",
                                             "\u2009", "'",      "\u2019" };
        const char own[2] = { other, 0 };

        if (take(s, own))
                return true;
        for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
                if (take(s, signs[i]))
                        return true;
        return false;
}

static size_t digits(struct str s)
{
        size_t n = 0;

        while (n < s.n && chr_is_digit(s.p[n]))
                n++;
        return n;
}

/* The digits before the decimal sign, without what parts their thousands.
 * False when the groups are not of three (the Indian way: of two before). */
static bool take_whole(struct str *s, char other, char *out, size_t *n)
{
        size_t group = digits(*s);
        bool grouped = false;

        for (;;) {
                if (*n + group >= NUMBER_B - 1)
                        return false;
                for (size_t i = 0; i < group; i++)
                        out[(*n)++] = s->p[i];
                *s = str_sub(*s, group, s->n);

                struct str before = *s;

                if (!take_group(s, other))
                        break;
                size_t next = digits(*s);

                if (group > 3 || !group || next < 2 || next > 3) {
                        *s = before;
                        break;
                }
                grouped = true;
                group = next;
        }
        return !grouped || group == 3;
}

/* "-1234.5", as nearly all of them are: up to 15 digits, so that the division
 * of two exact numbers gives the nearest one. */
static bool plain_number(struct str s, char decimal, double *ret, int *ret_part)
{
        static const double powers[] = { 1e0,  1e1,  1e2,  1e3, 1e4,  1e5,
                                         1e6,  1e7,  1e8,  1e9, 1e10, 1e11,
                                         1e12, 1e13, 1e14, 1e15 };
        bool minus = s.n && s.p[0] == '-';
        size_t i = minus, point = STR_NONE;
        int64_t value = 0;

        if (s.n > 15u + minus || s.n == i || !chr_is_digit(s.p[i]))
                return false;
        for (; i < s.n; i++) {
                if (s.p[i] == decimal && point == STR_NONE)
                        point = i;
                else if (chr_is_digit(s.p[i]))
                        value = value * 10 + (s.p[i] - '0');
                else
                        return false;
        }
        *ret_part = point == STR_NONE ? 0 : (int)(s.n - point - 1);
        *ret = (double)(minus ? -value : value) / powers[*ret_part];
        return true;
}

bool cell_number(struct str s, char decimal, double *ret, int *ret_decimals)
{
        char out[NUMBER_B * 2];
        size_t n = 0, whole;
        int decimals = 0;

        if (plain_number(s, decimal, ret, ret_decimals))
                return true;

        bool minus = strip(&s);

        if (s.n >= NUMBER_B ||
            !take_whole(&s, decimal == ',' ? '.' : ',', out, &n))
                return false;
        whole = n;
        if (s.n && s.p[0] == decimal) {
                size_t part = digits(str_sub(s, 1, s.n));

                out[n++] = '.';
                for (size_t i = 0; i < part; i++)
                        out[n++] = s.p[1 + i];
                s = str_sub(s, 1 + part, s.n);
                decimals = (int)part;
                if (!part && !whole)
                        return false;
        }
        if (!n)
                return false;
        for (size_t i = 0; i < s.n; i++) { /* an exponent, or it is none */
                if (i == 0 && chr_lower(s.p[0]) != 'e')
                        return false;
                out[n++] = s.p[i];
        }

        double value;

        if (scan_double((struct str) { out, n }, &value) < 0 ||
            !isfinite(value))
                return false;
        *ret = minus ? -value : value;
        *ret_decimals = decimals;
        return true;
}

static size_t count(struct str s, char c)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == c;
        return n;
}

enum cell_mark cell_mark(struct str s)
{
        size_t points = count(s, '.'), commas = count(s, ',');
        double value;
        int decimals;

        if (!points && !commas)
                return MARK_NONE;
        if (!chr_is_digit(s.p[0]) || !chr_is_digit(s.p[s.n - 1]))
                (void)strip(&s);

        size_t point = str_chr(s, '.', 0), comma = str_chr(s, ',', 0);

        if (!cell_number(s, '.', &value, &decimals) &&
            !cell_number(s, ',', &value, &decimals))
                return MARK_NONE;
        if (points && commas)
                return point < comma ? MARK_COMMA : MARK_POINT;
        if (points + commas > 1) /* thousands, more than once */
                return points ? MARK_COMMA : MARK_POINT;

        size_t at = points ? point : comma;
        bool is_group = s.n - at == 4 && at >= 1 && at <= 3 && s.p[0] != '0';

        if (is_group)
                return points ? MARK_ONE_POINT : MARK_ONE_COMMA;
        return points ? MARK_POINT : MARK_COMMA;
}

/* --- dates --- */

/* Each month by how its name begins, in seven languages; longer ones first
 * where one begins another. */
static const struct {
        const char *name;
        int month;
} months[] = {
        { "juil", 7 },     { "juin", 6 }, { "jan", 1 },
        { "gen", 1 },      { "ene", 1 },  { "feb", 2 },
        { "f\u00e9v", 2 }, { "fev", 2 },  { "mar", 3 },
        { "m\u00e4r", 3 }, { "mrt", 3 },  { "maa", 3 },
        { "apr", 4 },      { "avr", 4 },  { "abr", 4 },
        { "may", 5 },      { "mai", 5 },  { "mei", 5 },
        { "mag", 5 },      { "jun", 6 },  { "giu", 6 },
        { "jul", 7 },      { "lug", 7 },  { "aug", 8 },
        { "ao\u00fb", 8 }, { "ago", 8 },  { "sep", 9 },
        { "set", 9 },      { "oct", 10 }, { "okt", 10 },
        { "ott", 10 },     { "out", 10 }, { "nov", 11 },
        { "dec", 12 },     { "dez", 12 }, { "d\u00e9c", 12 },
        { "dic", 12 },
};

static bool finish(int year, int month, int day, double *ret)
{
        static const int days[] = { 31, 29, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31 };
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        struct civil c = { .year = year, .month = month, .day = day };

        if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 ||
            day < 1 || day > days[month - 1] ||
            (month == 2 && day == 29 && !leap))
                return false;
        *ret = (double)time_from_civil(&c);
        return true;
}

static bool take_digits(struct str *s, size_t min, size_t max, int *ret)
{
        int64_t v;
        size_t n = digits(*s);

        if (n < min || n > max || scan_digits(s, (int)max, &v) < 0)
                return false;
        *ret = (int)v;
        return true;
}

/* "T12:30", " 12:30:00Z", "+01:00"; hours and minutes are added to *at. */
static bool take_clock(struct str s, double *at, enum date_step *step)
{
        int hour, minute, second = 0;

        if (!take(&s, "T") && !take(&s, " "))
                return false;
        if (!take_digits(&s, 2, 2, &hour) || hour > 24 || !take(&s, ":") ||
            !take_digits(&s, 2, 2, &minute) || minute > 59)
                return false;
        if (take(&s, ":") && (!take_digits(&s, 2, 2, &second) || second > 60))
                return false;
        if (take(&s, ".") && digits(s))
                s = str_sub(s, digits(s), s.n);
        if (!take(&s, "Z") && s.n) {
                int h, m;
                bool west = s.p[0] == '-';

                if (!take(&s, "+") && !take(&s, "-"))
                        return false;
                if (!take_digits(&s, 2, 2, &h) ||
                    (take(&s, ":"), !take_digits(&s, 2, 2, &m)))
                        return false;
                *at -= (west ? -1 : 1) * (h * 3600.0 + m * 60.0);
        }
        *at += hour * 3600.0 + minute * 60.0 + second;
        if (hour || minute || second)
                *step = DATE_TIME;
        return !s.n;
}

/* "-W10": the Monday of ISO week 10. */
static bool iso_week(int year, int week, double *ret)
{
        double fourth;

        if (week < 1 || week > 53 || !finish(year, 1, 4, &fourth))
                return false;
        struct civil c = time_to_civil((int64_t)fourth);

        *ret = fourth + (7.0 * (week - 1) - c.weekday) * TIME_DAY_S;
        return true;
}

/* Behind a year of four digits. */
static bool iso_rest(struct str s, int year, double *at, enum date_step *step)
{
        char sep = s.n ? s.p[0] : '\0';
        int month, day;

        if (sep == '-' || sep == '/' || sep == ' ')
                s = str_sub(s, 1, s.n);
        if (take(&s, "Q") || take(&s, "q")) {
                *step = DATE_QUARTER;
                return take_digits(&s, 1, 1, &month) && !s.n && month >= 1 &&
                       month <= 4 && finish(year, month * 3 - 2, 1, at);
        }
        if (take(&s, "W")) {
                *step = DATE_WEEK;
                return take_digits(&s, 1, 2, &month) && !s.n &&
                       iso_week(year, month, at);
        }
        if ((sep != '-' && sep != '/') || !take_digits(&s, 1, 2, &month))
                return false;
        *step = DATE_MONTH;
        if (!s.n)
                return finish(year, month, 1, at);
        *step = DATE_DAY;
        if (s.p[0] != sep)
                return false;
        s = str_sub(s, 1, s.n);
        return take_digits(&s, 1, 2, &day) && finish(year, month, day, at) &&
               (!s.n || take_clock(s, at, step));
}

static bool iso_date(struct str s, double *at, enum date_step *step)
{
        int year, rest;
        struct str all = s;

        if (take(&s, "Q") || take(&s, "q")) { /* "Q1 2026" */
                *step = DATE_QUARTER;
                if (!take_digits(&s, 1, 1, &rest) || rest < 1 || rest > 4)
                        return false;
                (void)(take(&s, " ") || take(&s, "-") || take(&s, "/"));
                return take_digits(&s, 4, 4, &year) && !s.n &&
                       finish(year, rest * 3 - 2, 1, at);
        }
        if (take_digits(&s, 8, 8, &rest) && !s.n) {
                *step = DATE_DAY;
                return finish(rest / 10000, rest / 100 % 100, rest % 100, at);
        }
        s = all;
        if (!take_digits(&s, 4, 4, &year))
                return false;
        *step = DATE_YEAR;
        return s.n ? iso_rest(s, year, at, step) : finish(year, 1, 1, at);
}

static int full_year(int year, size_t n_digits)
{
        if (n_digits > 2)
                return year;
        return year + (year < PIVOT ? 2000 : 1900);
}

/* Three numbers with the same sign between them; the last is the year. */
static bool split(struct str s, int part[3], char *ret_sep)
{
        if (!take_digits(&s, 1, 2, &part[0]) || s.n < 2)
                return false;
        char sep = s.p[0];

        if (sep != '.' && sep != '/' && sep != '-')
                return false;
        s = str_sub(s, 1, s.n);
        if (!take_digits(&s, 1, 2, &part[1]) || !s.n || s.p[0] != sep)
                return false;
        s = str_sub(s, 1, s.n);

        size_t n = digits(s);

        if ((n != 2 && n != 4) || !take_digits(&s, n, n, &part[2]) || s.n)
                return false;
        part[2] = full_year(part[2], n);
        *ret_sep = sep;
        return true;
}

enum cell_order cell_order(struct str s)
{
        int part[3];
        char sep;

        if (!split(s, part, &sep) || part[0] < 1 || part[1] < 1)
                return ORDER_NONE;
        if (sep == '.') /* nobody writes 3.6.2026 for the sixth of March */
                return part[0] <= 31 && part[1] <= 12 ? ORDER_DMY : ORDER_NONE;
        if (part[0] > 12 && part[1] > 12)
                return ORDER_NONE;
        if (part[0] > 12)
                return ORDER_DMY;
        return part[1] > 12 ? ORDER_MDY : ORDER_EITHER;
}

/* Take a month's name off the front of *s; 0: there is none. */
static int take_month(struct str *s)
{
        for (size_t i = 0; i < sizeof(months) / sizeof(*months); i++) {
                struct str name = str_c(months[i].name);

                if (!str_starts_nocase(*s, name))
                        continue;
                size_t n = name.n;

                while (n < s->n && (chr_is_alpha(s->p[n]) ||
                                    (unsigned char)s->p[n] >= 0x80))
                        n++;
                if (n < s->n && s->p[n] == '.')
                        n++;
                *s = str_sub(*s, n, s->n);
                return months[i].month;
        }
        return 0;
}

static void skip_between(struct str *s)
{
        while (s->n && (s->p[0] == ' ' || s->p[0] == '-' || s->p[0] == ',' ||
                        s->p[0] == '.' || s->p[0] == '/'))
                *s = str_sub(*s, 1, s->n);
        if (str_starts_nocase(*s, STR("de ")))
                *s = str_sub(*s, 3, s->n);
}

/* "6 March 2026", "March 6, 2026", "Mar 2026", "Mar-89". */
static bool worded_date(struct str s, double *at, enum date_step *step)
{
        int day = 0, month, year;
        size_t n = digits(s);

        if (n && !take_digits(&s, 1, 2, &day))
                return false;
        skip_between(&s);
        month = take_month(&s);
        if (!month)
                return false;
        skip_between(&s);
        n = digits(s);
        if (!day && n <= 2 && n < s.n) { /* a day before the year */
                if (!take_digits(&s, 1, 2, &day))
                        return false;
                skip_between(&s);
                n = digits(s);
        }
        if ((n != 2 && n != 4) || !take_digits(&s, n, n, &year) || s.n)
                return false;
        *step = day ? DATE_DAY : DATE_MONTH;
        return finish(full_year(year, n), month, day ? day : 1, at);
}

bool cell_date(struct str s, enum cell_order order, double *ret_at,
               enum date_step *ret_step)
{
        int part[3];
        char sep;
        double at = 0;
        enum date_step step = DATE_DAY;
        bool ok;

        if (!s.n || s.n > NUMBER_B)
                return false;
        if (split(s, part, &sep)) {
                bool mdy = order == ORDER_MDY && sep != '.';

                ok = finish(part[2], part[mdy ? 0 : 1], part[mdy ? 1 : 0], &at);
        } else {
                ok = iso_date(s, &at, &step) || worded_date(s, &at, &step);
        }
        if (!ok)
                return false;
        *ret_at = at;
        *ret_step = step;
        return true;
}

#include "base/time.h"

#include <time.h>

#include "base/buf.h"
#include "base/scan.h"

static int64_t frozen_at = TIME_NONE;

static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char WEEKDAYS[] = "MonTueWedThuFriSatSun";

int64_t time_now(void)
{
        return frozen_at != TIME_NONE ? frozen_at : (int64_t)time(NULL);
}

void time_freeze(int64_t at)
{
        frozen_at = at;
}

bool time_is_frozen(void)
{
        return frozen_at != TIME_NONE;
}

int64_t time_mono_ms(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Days since 1970-01-01; after H. Hinnant, "chrono-compatible date algorithms".
 */
static int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
        y += (m - 1) / 12;
        m = (m - 1) % 12 + 1;
        if (m < 1) {
                m += 12;
                y--;
        }
        y -= m <= 2;

        int64_t era = (y >= 0 ? y : y - 399) / 400;
        int64_t yoe = y - era * 400;
        int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
        int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

        return era * 146097 + doe - 719468;
}

int64_t time_from_civil(const struct civil *c)
{
        return days_from_civil(c->year, c->month, c->day) * TIME_DAY_S +
               (int64_t)c->hour * 3600 + (int64_t)c->minute * 60 + c->second;
}

struct civil time_to_civil(int64_t at)
{
        int64_t days = at / TIME_DAY_S, rest = at % TIME_DAY_S;

        if (rest < 0) {
                rest += TIME_DAY_S;
                days--;
        }

        int64_t z = days + 719468;
        int64_t era = (z >= 0 ? z : z - 146096) / 146097;
        int64_t doe = z - era * 146097;
        int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
        int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        int64_t mp = (5 * doy + 2) / 153;
        int64_t month = mp < 10 ? mp + 3 : mp - 9;
        int64_t weekday = (days % 7 + 10) % 7; /* 1970-01-01 was a Thursday */

        return (struct civil) {
                .year = (int)(yoe + era * 400 + (month <= 2)),
                .month = (int)month,
                .day = (int)(doy - (153 * mp + 2) / 5 + 1),
                .hour = (int)(rest / 3600),
                .minute = (int)(rest / 60 % 60),
                .second = (int)(rest % 60),
                .weekday = (int)weekday,
        };
}

static bool take_char(struct str *s, char c)
{
        if (!s->n || s->p[0] != c)
                return false;
        *s = str_sub(*s, 1, s->n);
        return true;
}

/* Exactly n digits, at most max. */
static bool take_field(struct str *s, int n, int min, int max, int *ret)
{
        struct str before = *s;
        int64_t value;

        if (scan_digits(s, n, &value) < 0 || before.n - s->n != (size_t)n ||
            value < min || value > max)
                return false;
        *ret = (int)value;
        return true;
}

static int days_in_month(int year, int month)
{
        struct civil next = { .year = year, .month = month + 1, .day = 0 };

        return time_to_civil(time_from_civil(&next)).day;
}

static bool take_date(struct str *s, struct civil *c)
{
        return take_field(s, 4, 1, 9999, &c->year) && take_char(s, '-') &&
               take_field(s, 2, 1, 12, &c->month) && take_char(s, '-') &&
               take_field(s, 2, 1, 31, &c->day) &&
               c->day <= days_in_month(c->year, c->month);
}

static bool take_clock(struct str *s, struct civil *c)
{
        if (!take_field(s, 2, 0, 23, &c->hour) || !take_char(s, ':') ||
            !take_field(s, 2, 0, 59, &c->minute))
                return false;
        if (!take_char(s, ':'))
                return true;
        if (!take_field(s, 2, 0, 60, &c->second))
                return false;
        if (take_char(s, '.') || take_char(s, ',')) {
                size_t n = s->n;

                while (s->n && chr_is_digit(s->p[0]))
                        *s = str_sub(*s, 1, s->n);
                return s->n < n;
        }
        return true;
}

static bool take_offset(struct str *s, int64_t *ret_s)
{
        int hours, minutes;

        *ret_s = 0;
        if (take_char(s, 'Z') || take_char(s, 'z'))
                return true;

        bool minus = s->n && s->p[0] == '-';

        if (!take_char(s, '+') && !take_char(s, '-'))
                return false;
        if (!take_field(s, 2, 0, 23, &hours))
                return false;
        (void)take_char(s, ':');
        if (!take_field(s, 2, 0, 59, &minutes))
                return false;
        *ret_s = (hours * 60 + minutes) * (minus ? -60 : 60);
        return true;
}

int time_parse_rfc3339(struct str s, int64_t *ret_at, struct err *err)
{
        struct str rest = str_trim(s);
        struct civil c = { 0 };
        int64_t offset_s = 0;
        bool ok = take_date(&rest, &c);

        if (ok && rest.n)
                ok = (take_char(&rest, 'T') || take_char(&rest, 't') ||
                      take_char(&rest, ' ')) &&
                     take_clock(&rest, &c) && take_offset(&rest, &offset_s) &&
                     rest.n == 0;
        if (!ok)
                return err_set(err, ERR_INPUT,
                               "\"" STR_FMT
                               "\" is not a time such as 2026-03-06T05:30:00Z",
                               STR_ARG(str_sub(s, 0, 60)));
        *ret_at = time_from_civil(&c) - offset_s;
        return 0;
}

int time_parse_date(struct str s, struct civil *ret, struct err *err)
{
        struct str rest = s;
        struct civil c = { 0 };

        if (!take_date(&rest, &c) || rest.n)
                return err_set(err, ERR_INPUT,
                               "\"" STR_FMT
                               "\" is not a date such as 2026-03-06",
                               STR_ARG(str_sub(s, 0, 60)));
        *ret = time_to_civil(time_from_civil(&c));
        return 0;
}

/* As "%0*d" does. */
static void put_number(struct buf *b, int n, int width)
{
        unsigned size = n < 0 ? -(unsigned)n : (unsigned)n, least = 1;

        if (n < 0)
                buf_char(b, '-');
        for (int i = n < 0 ? 2 : 1; i < width; i++)
                least *= 10;
        for (; least > size && least > 1; least /= 10)
                buf_char(b, '0');
        buf_u64(b, size);
}

void time_put_date(struct buf *b, const struct civil *c)
{
        put_number(b, c->year, 4);
        buf_char(b, '-');
        put_number(b, c->month, 2);
        buf_char(b, '-');
        put_number(b, c->day, 2);
}

void time_put_rfc3339(struct buf *b, int64_t at)
{
        struct civil c = time_to_civil(at);

        time_put_date(b, &c);
        buf_char(b, 'T');
        put_number(b, c.hour, 2);
        buf_char(b, ':');
        put_number(b, c.minute, 2);
        buf_char(b, ':');
        put_number(b, c.second, 2);
        buf_char(b, 'Z');
}

static void put_internet_date(struct buf *b, int64_t at, const char *zone)
{
        struct civil c = time_to_civil(at);

        buf_printf(b, "%.3s, %02d %.3s %04d %02d:%02d:%02d %s",
                   WEEKDAYS + 3 * c.weekday, c.day, MONTHS + 3 * (c.month - 1),
                   c.year, c.hour, c.minute, c.second, zone);
}

void time_put_rfc5322(struct buf *b, int64_t at)
{
        put_internet_date(b, at, "+0000");
}

void time_put_http(struct buf *b, int64_t at)
{
        put_internet_date(b, at, "GMT");
}

static bool take_month(struct str *s, int *ret)
{
        for (int m = 0; m < 12; m++) {
                if (str_starts_nocase(*s, (struct str) { MONTHS + 3 * m, 3 })) {
                        *s = str_sub(*s, 3, s->n);
                        *ret = m + 1;
                        return true;
                }
        }
        return false;
}

/* "06 Mar 2026 05:30:00 GMT" or "06-Mar-26 05:30:00 GMT" */
static bool parse_http_dmy(struct str s, struct civil *c)
{
        if (!take_field(&s, 2, 1, 31, &c->day))
                return false;

        char sep = s.n ? s.p[0] : '\0';
        int century = 0;

        if ((sep != ' ' && sep != '-') || !take_char(&s, sep) ||
            !take_month(&s, &c->month) || !take_char(&s, sep))
                return false;
        if (sep == '-') {
                if (!take_field(&s, 2, 0, 99, &c->year))
                        return false;
                century = c->year < 70 ? 2000 : 1900;
        } else if (!take_field(&s, 4, 1, 9999, &c->year)) {
                return false;
        }
        c->year += century;
        return take_char(&s, ' ') && take_clock(&s, c) &&
               str_eq(s, STR(" GMT"));
}

/* "Fri Mar  6 05:30:00 2026" */
static bool parse_asctime(struct str s, struct civil *c)
{
        s = str_sub(s, 4, s.n);
        if (!take_month(&s, &c->month) || !take_char(&s, ' '))
                return false;
        if (take_char(&s, ' ')) {
                if (!take_field(&s, 1, 1, 9, &c->day))
                        return false;
        } else if (!take_field(&s, 2, 1, 31, &c->day)) {
                return false;
        }
        return take_char(&s, ' ') && take_clock(&s, c) && take_char(&s, ' ') &&
               take_field(&s, 4, 1, 9999, &c->year) && s.n == 0;
}

int time_parse_http(struct str s, int64_t *ret_at)
{
        struct civil c = { 0 };
        size_t comma = str_chr(s, ',', 0);
        bool ok;

        s = str_trim(s);
        if (comma != STR_NONE)
                ok = parse_http_dmy(str_trim(str_sub(s, comma + 1, s.n)), &c);
        else
                ok = parse_asctime(s, &c);
        if (!ok)
                return ERR_INPUT;
        *ret_at = time_from_civil(&c);
        return 0;
}

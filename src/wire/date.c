#include "wire/date.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/scan.h"
#include "base/time.h"
#include "wire/date_words.h"

#define DATE_MAX_B 100
#define FOLDED_MAX_B (2 * DATE_MAX_B)
#define YEAR_MIN 1900
#define YEAR_MAX 2200
#define OFFSET_MAX_MIN (15 * 60)

/* "ET" is the clock of the place, summer time and all. */
static const char *const places[] = {
        [PLACE_NEW_YORK] = "America/New_York",
        [PLACE_CHICAGO] = "America/Chicago",
        [PLACE_DENVER] = "America/Denver",
        [PLACE_LOS_ANGELES] = "America/Los_Angeles",
};

struct date {
        struct str rest;
        struct civil c; /* year, month and day are 0 till they are seen */
        int weekday;    /* 1 is Monday; 0: not said */
        bool has_time, has_zone, is_first, is_pm, is_am;
        bool is_year_first; /* "2026 03 06": the month comes next */
        bool is_unclear;    /* "3/6/2026": only a weekday can tell */
        bool is_dotted;     /* the day has a dot: "6. listopada" */
        bool is_slavic;     /* the month's word means the one before, too */
        int offset_min;
        const char *place;
};

static void skip(struct date *d, size_t n)
{
        d->rest = str_sub(d->rest, n, d->rest.n);
}

static char peek(const struct date *d, size_t i)
{
        return i < d->rest.n ? d->rest.p[i] : '\0';
}

static bool is_letter(char c)
{
        return chr_is_alpha(c) || (unsigned char)c >= 0x80;
}

static struct str take_word(struct date *d)
{
        size_t n = 0;

        while (is_letter(peek(d, n)))
                n++;

        struct str word = str_sub(d->rest, 0, n);

        skip(d, n);
        return word;
}

/*
 * Polish, Czech and Croatian share words for months that are not the same:
 * "lip", "srp" and "lis" are in Croatian those before. "Listopada" tells them
 * apart by the dot after a Croatian day, the others by the weekday, if at all.
 */
static bool is_croatian_too(struct str word)
{
        return str_eq(word, STR("lip")) || str_eq(word, STR("srp")) ||
               str_eq(word, STR("lis")) || str_eq(word, STR("listopada"));
}

static int month_of(const struct date *d, struct str word)
{
        const struct date_word *w = date_word_start(MONTH, word);
        const struct date_word *day = date_word_start(WEEKDAY, word);

        if (d->is_dotted && str_eq(word, STR("listopada")))
                return 10;
        if (!w || (day && day->text.n > w->text.n)) /* "pazar" is no "paz" */
                return 0;
        return w->value;
}

static bool take_zone(struct date *d, struct str word)
{
        const struct date_word *zone = date_word_whole(ZONE, word);
        const struct date_word *place = date_word_whole(PLACE, word);

        if (zone)
                d->offset_min = zone->value;
        else if (place)
                d->place = places[place->value];
        d->has_zone = zone || place;
        return d->has_zone;
}

/* Morning or afternoon, as "pm", "p.m." or "p. m.". */
static bool take_half(struct date *d, struct str word)
{
        const struct date_word *half = date_word_whole(HALF, word);
        bool is_letter_p = str_eq(word, STR("p"));
        size_t dot = 1;

        if (half) {
                d->is_pm = half->value == HALF_PM;
                d->is_am = !d->is_pm;
                return true;
        }
        if ((!is_letter_p && !str_eq(word, STR("a"))) || peek(d, 0) != '.')
                return false;
        while (peek(d, dot) == ' ')
                dot++;
        if (peek(d, dot) != 'm' || is_letter(peek(d, dot + 1)))
                return false;
        skip(d, dot + 1);
        d->is_pm = is_letter_p;
        d->is_am = !is_letter_p;
        return true;
}

static bool take_weekday(struct date *d, struct str word)
{
        const struct date_word *w = date_word_start(WEEKDAY, word);

        if (w)
                d->weekday = w->value;
        return w != NULL;
}

static bool take_month(struct date *d, struct str word, bool was_first)
{
        int month = month_of(d, word);

        if (!month)
                return false;
        if (d->c.month && d->c.month != month)
                return false;
        /* "mar. 6 janv.": a Tuesday, if another month is to come. */
        d->is_first = was_first && str_eq(word, STR("mar"));
        d->c.month = month;
        d->is_slavic = is_croatian_too(word) && !d->is_dotted;
        return true;
}

static bool take_letters(struct date *d)
{
        struct str word = take_word(d);
        bool was_first = d->is_first;

        if (str_eq(word, STR("t")) && chr_is_digit(peek(d, 0)))
                return d->c.day != 0 && !d->has_time;
        if (d->has_time && !d->has_zone && take_zone(d, word))
                return true;
        if (take_half(d, word))
                return true;
        if (was_first && d->c.month && month_of(d, word)) {
                d->c.month = 0; /* it was that Tuesday */
                was_first = false;
        }
        d->is_first = false;
        return take_month(d, word, was_first) || take_weekday(d, word) ||
               date_word_whole(FILLER, word);
}

static bool take_offset(struct date *d)
{
        int sign = peek(d, 0) == '-' ? -1 : 1;
        int64_t hours, minutes = 0;
        size_t n = 1;

        while (chr_is_digit(peek(d, n)))
                n++;

        struct str digits = str_sub(d->rest, 1, n - 1);

        if (n - 1 > 4 || n - 1 == 3 || scan_digits(&digits, 2, &hours) < 0)
                return false;
        if (digits.n && scan_digits(&digits, 2, &minutes) < 0)
                return false;
        skip(d, n);
        if (n - 1 <= 2 && peek(d, 0) == ':') {
                skip(d, 1);
                if (scan_digits(&d->rest, 2, &minutes) < 0)
                        return false;
        }
        d->offset_min = sign * (int)(hours * 60 + minutes);
        d->has_zone = true;
        d->place = NULL;
        return minutes < 60 && hours * 60 + minutes <= OFFSET_MAX_MIN;
}

static bool set_time(struct date *d, int64_t hour, int64_t minute,
                     int64_t second)
{
        d->c.hour = (int)hour;
        d->c.minute = (int)minute;
        d->c.second = (int)second;
        d->has_time = true;
        return hour <= 24 && minute < 60 && second <= 60;
}

static bool has_digit(const struct date *d, size_t i)
{
        return chr_is_digit(peek(d, i));
}

/* The minutes and seconds after an hour, at ':' or another sign. */
static bool take_time(struct date *d, int64_t hour, char sep)
{
        int64_t minute = 0, second = 0;

        if (d->has_time)
                return false;
        skip(d, 1);
        if (scan_digits(&d->rest, 2, &minute) < 0)
                return false;
        if (peek(d, 0) == sep && sep != 'h' && has_digit(d, 1)) {
                skip(d, 1);
                if (scan_digits(&d->rest, 2, &second) < 0 || peek(d, 0) == ':')
                        return false;
                if ((peek(d, 0) == '.' || peek(d, 0) == ',') &&
                    has_digit(d, 1)) {
                        skip(d, 1);
                        while (has_digit(d, 0))
                                skip(d, 1);
                }
        } else if (peek(d, 0) == sep) {
                return false;
        }
        return set_time(d, hour, minute, second);
}

/* "-12-31", "/9/15", ".12.31", or a month in letters, after a year. */
static bool take_after_year(struct date *d, char sep)
{
        int64_t n;

        skip(d, 1);
        if (d->rest.n && !has_digit(d, 0))
                d->c.month = month_of(d, take_word(d));
        else if (scan_digits(&d->rest, 2, &n) == 0)
                d->c.month = (int)n;
        d->c.day = 1;
        if (!d->c.month)
                return false;
        if (peek(d, 0) != sep)
                return sep == '-';
        skip(d, 1);
        if (scan_digits(&d->rest, 2, &n) < 0)
                return false;
        d->c.day = (int)n;
        return peek(d, 0) != '-' && !has_digit(d, 0);
}

/* "31.12.2003": after the first number. With slashes some write the month
 * first: where both can be, a weekday must tell. */
static bool take_short(struct date *d, int64_t first, char sep)
{
        struct str after = str_sub(d->rest, 1, d->rest.n);
        int64_t second, year;

        if (scan_digits(&after, 2, &second) < 0 || !after.n || *after.p != sep)
                return false;
        after = str_sub(after, 1, after.n);
        size_t before = after.n;
        if (scan_digits(&after, 4, &year) < 0 || before - after.n != 4)
                return false;
        d->is_unclear =
                sep != '.' && first <= 12 && second <= 12 && first != second;
        if (sep != '.' && second > 12) {
                int64_t swap = first;
                first = second;
                second = swap;
        }
        d->c.day = (int)first;
        d->c.month = (int)second;
        d->c.year = (int)year;
        d->rest = after;
        return true;
}

static bool take_year_or_day(struct date *d, int64_t n, size_t digits)
{
        if (digits == 4 && !d->c.year) {
                d->is_year_first = !d->c.day && !d->c.month;
                d->c.year = (int)n;
        } else if (digits <= 2 && d->is_year_first && d->c.day && !d->c.month) {
                d->c.month = d->c.day;
                d->c.day = (int)n;
        } else if (digits <= 2 && !d->c.day) {
                d->c.day = (int)n;
                d->is_dotted = peek(d, 0) == '.';
        } else if (digits == 2 && !d->c.year && d->c.month) {
                d->c.year = (int)n + (n < 70 ? 2000 : 1900);
        } else {
                return false;
        }
        return true;
}

/* "20031231", and "101455" after its T. */
static bool take_compact(struct date *d, int64_t n, size_t digits)
{
        if (digits == 8 && !d->c.year) {
                d->c.year = (int)(n / 10000);
                d->c.month = (int)(n / 100 % 100);
                d->c.day = (int)(n % 100);
                return true;
        }
        if (digits == 6 && d->c.day && !d->has_time)
                return set_time(d, n / 10000, n / 100 % 100, n % 100);
        return false;
}

/* "2004년 05월 28일 10시": the sign after the number says what it is. */
static bool take_marked(struct date *d, int64_t n)
{
        static const struct {
                struct str sign;
                enum { YEAR, MONTH_OF, DAY, HOUR, MINUTE, SECOND } what;
        } signs[] = {
                { STR_INIT("년"), YEAR },     { STR_INIT("年"), YEAR },
                { STR_INIT("월"), MONTH_OF }, { STR_INIT("月"), MONTH_OF },
                { STR_INIT("일"), DAY },      { STR_INIT("日"), DAY },
                { STR_INIT("号"), DAY },      { STR_INIT("號"), DAY },
                { STR_INIT("시"), HOUR },     { STR_INIT("時"), HOUR },
                { STR_INIT("时"), HOUR },     { STR_INIT("点"), HOUR },
                { STR_INIT("點"), HOUR },     { STR_INIT("분"), MINUTE },
                { STR_INIT("分"), MINUTE },   { STR_INIT("초"), SECOND },
                { STR_INIT("秒"), SECOND },
        };
        int *places_of[] = { &d->c.year, &d->c.month,  &d->c.day,
                             &d->c.hour, &d->c.minute, &d->c.second };

        for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
                if (!str_starts(d->rest, signs[i].sign))
                        continue;
                skip(d, signs[i].sign.n);
                *places_of[signs[i].what] = (int)n;
                if (signs[i].what == HOUR)
                        d->has_time = true;
                return d->c.hour <= 24 && d->c.minute < 60 && d->c.second <= 60;
        }
        return false;
}

static bool is_dated(const struct date *d)
{
        return d->c.year && d->c.month && d->c.day;
}

static bool take_number(struct date *d)
{
        size_t before = d->rest.n, digits;
        int64_t n;

        d->is_first = d->is_first && d->c.month; /* a Tuesday? still open */
        if (scan_digits(&d->rest, 8, &n) < 0)
                return false;
        digits = before - d->rest.n;

        char next = peek(d, 0);

        if (digits == 8 && !d->c.year && has_digit(d, 5) && !has_digit(d, 6)) {
                (void)take_compact(d, n, digits); /* 20260306053000 */
                return take_number(d);
        }
        if (chr_is_digit(next))
                return false;
        if (next == ':' && digits <= 2)
                return take_time(d, n, next);
        if (digits <= 2 && is_dated(d) && !d->has_time &&
            (next == '.' || next == 'h') && has_digit(d, 1))
                return take_time(d, n, next);
        if (digits > 4)
                return take_compact(d, n, digits);
        if ((unsigned char)next >= 0x80 && take_marked(d, n))
                return true;
        if (digits == 4 && !d->c.year &&
            (next == '-' || next == '/' || next == '.') &&
            (has_digit(d, 1) || (next != '.' && is_letter(peek(d, 1))))) {
                d->c.year = (int)n;
                return take_after_year(d, next);
        }
        if (digits <= 2 && (next == '/' || next == '.' || next == '-') &&
            has_digit(d, 1) && !d->c.day)
                return take_short(d, n, next);
        return take_year_or_day(d, n, digits);
}

/* "(CET)", "(Fri)", "(GMT+1)": what is read is one sign or none of it; what
 * isn't known there is a remark. */
static bool take_remark(struct date *d)
{
        size_t end = str_chr(d->rest, ')', 0);
        struct str remark = str_sub(d->rest, 1, end == STR_NONE ? 0 : end - 1);

        if (end == STR_NONE)
                return false;
        for (size_t i = 0; i < remark.n; i++)
                if (chr_is_digit(remark.p[i])) {
                        skip(d, 1); /* it is read as if it stood free */
                        return true;
                }
        skip(d, end + 1);
        if (!d->has_time || d->has_zone || take_zone(d, remark))
                return true;
        return take_weekday(d, remark) || take_half(d, remark);
}

static bool take(struct date *d)
{
        char c = peek(d, 0);

        if (chr_is_digit(c))
                return take_number(d);
        if (is_letter(c))
                return take_letters(d);
        if (c == '(')
                return take_remark(d);
        if ((c == '+' || c == '-') && d->has_time && has_digit(d, 1))
                return take_offset(d);
        if (c == '-') {
                skip(d, 1);
                return d->c.day || d->c.month;
        }
        if (c != ' ' && c != ',' && c != '.' && c != ')' && c != '|' &&
            c != '\'' && c != '/')
                return false;
        skip(d, 1);
        return c != '/' || is_dated(d);
}

static int days_in(int year, int month)
{
        static const int days[] = { 31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31 };
        bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

        return month == 2 && is_leap ? 29 : days[month - 1];
}

static bool is_day(const struct civil *c)
{
        return c->year >= YEAR_MIN && c->year <= YEAR_MAX && c->month >= 1 &&
               c->month <= 12 && c->day >= 1 &&
               c->day <= days_in(c->year, c->month);
}

static bool is_weekday(const struct civil *c, int weekday)
{
        struct civil day = { .year = c->year,
                             .month = c->month,
                             .day = c->day };

        return is_day(c) &&
               time_to_civil(time_from_civil(&day)).weekday + 1 == weekday;
}

/* "Fri, 3/6/2026": the day that is a Friday. False: both are, or none. */
static bool clear_up(struct date *d)
{
        struct civil other = d->c;

        other.day = d->c.month;
        other.month = d->c.day;
        if (is_weekday(&d->c, d->weekday) == is_weekday(&other, d->weekday))
                return false;
        if (is_weekday(&other, d->weekday))
                d->c = other;
        return true;
}

/* "sub, 6 lip 2026": of the two months the one in which it is a Saturday. */
static void choose_month(struct date *d)
{
        struct civil other = d->c;

        other.month--;
        if (d->is_slavic && d->weekday && !is_weekday(&d->c, d->weekday) &&
            is_weekday(&other, d->weekday))
                d->c = other;
}

static bool is_sound(struct date *d)
{
        struct civil *c = &d->c;

        choose_month(d);

        if (d->is_unclear && !clear_up(d))
                return false;
        if (!is_day(c))
                return false;
        if ((d->is_am || d->is_pm) && (!d->has_time || c->hour > 12))
                return d->is_pm && d->has_time && c->hour < 24;
        if (d->is_pm && c->hour < 12)
                c->hour += 12;
        if (d->is_am && c->hour == 12)
                c->hour = 0;
        return true;
}

/* Past what stands before the first comma, when it holds no number: a
 * weekday, in whatever language. */
static void skip_lead(struct date *d)
{
        size_t comma = str_chr(d->rest, ',', 0);

        for (size_t i = 0; comma != STR_NONE && i < comma; i++)
                if (!is_letter(d->rest.p[i]) && d->rest.p[i] != ' ' &&
                    d->rest.p[i] != '-' && d->rest.p[i] != '.')
                        return;
        if (comma == STR_NONE)
                return;
        (void)take_weekday(d, str_sub(d->rest, 0, comma));
        skip(d, comma + 1);
        d->is_first = false;
}

static int finish(const struct date *d, struct date_told *ret)
{
        int64_t clock = time_from_civil(&d->c);
        int64_t at = d->place ? time_from_zone(&d->c, str_c(d->place))
                              : clock - d->offset_min * 60;

        if (at == 0) /* a clock that was never set */
                return ERR_INPUT;
        *ret = (struct date_told) { .at = at,
                                    .offset_s = clock - at,
                                    .is_day = !d->has_time,
                                    .has_zone = d->has_zone };
        return 0;
}

/* Seconds, or thousandths, since 1970: ten or thirteen digits. */
static int parse_stamp(struct str s, struct date_told *ret)
{
        uint64_t n;

        if ((s.n != 10 && s.n != 13) || *s.p != '1' ||
            scan_u64(s, INT64_MAX, &n) < 0)
                return ERR_INPUT;
        *ret = (struct date_told) { .at = (int64_t)(s.n == 13 ? n / 1000 : n),
                                    .has_zone = true };
        return 0;
}

static int parse_freely(struct str s, struct date_told *ret)
{
        char memory[FOLDED_MAX_B + 8];
        struct buf folded = { .p = memory,
                              .cap = sizeof(memory),
                              .max = FOLDED_MAX_B };
        struct date d = { .is_first = true };

        date_fold(&folded, s);
        if (!buf_ok(&folded))
                return ERR_INPUT;
        d.rest = str_trim(buf_str(&folded));
        size_t place = str_chr(d.rest, '[', 0); /* "...Z[Europe/Paris]" */
        if (place != STR_NONE && place > 0 && str_ends(d.rest, STR("]")))
                d.rest = str_sub(d.rest, 0, place);
        skip_lead(&d);
        while (d.rest.n)
                if (!take(&d))
                        return ERR_INPUT;
        return is_sound(&d) ? finish(&d, ret) : ERR_INPUT;
}

/* Two digits; over 99 when they are none. */
static int two(const char *p)
{
        return chr_is_digit(p[0]) && chr_is_digit(p[1])
                       ? (p[0] - '0') * 10 + p[1] - '0'
                       : 1000;
}

static bool is_clock(const char *p)
{
        return p[2] == ':' && p[5] == ':' && two(p) < 24 && two(p + 3) < 60 &&
               two(p + 6) < 60;
}

static void set_clock(struct date *d, const char *p)
{
        d->c.hour = two(p);
        d->c.minute = two(p + 3);
        d->c.second = two(p + 6);
        d->has_time = true;
}

/* "+0100", "+01:00", "Z", "GMT" at the end. */
static bool set_zone(struct date *d, struct str s)
{
        d->has_zone = true;
        if (str_eq(s, STR("Z")) || str_eq(s, STR("GMT")))
                return true;
        if (s.n == 6 && s.p[3] == ':' && two(s.p + 4) < 60)
                d->offset_min = two(s.p + 1) * 60 + two(s.p + 4);
        else if (s.n == 5 && two(s.p + 3) < 60)
                d->offset_min = two(s.p + 1) * 60 + two(s.p + 3);
        else
                return false;
        if (s.p[0] == '-')
                d->offset_min = -d->offset_min;
        return (s.p[0] == '+' || s.p[0] == '-') &&
               two(s.p + 1) * 60 <= OFFSET_MAX_MIN;
}

/* "2026-03-06T05:30:00+01:00" */
static bool read_rfc3339(struct date *d, struct str s)
{
        if (s.n < 20 || s.p[4] != '-' || s.p[7] != '-' || s.p[10] != 'T' ||
            !is_clock(s.p + 11))
                return false;
        d->c.year = two(s.p) * 100 + two(s.p + 2);
        d->c.month = two(s.p + 5);
        d->c.day = two(s.p + 8);
        set_clock(d, s.p + 11);
        return is_day(&d->c) && set_zone(d, str_sub(s, 19, s.n));
}

/* "Fri, 06 Mar 2026 05:30:00 +0100" */
static bool read_rfc822(struct date *d, struct str s)
{
        static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

        if (s.n < 29 || s.p[3] != ',' || s.p[4] != ' ' || s.p[7] != ' ' ||
            s.p[11] != ' ' || s.p[16] != ' ' || s.p[25] != ' ' ||
            !is_clock(s.p + 17))
                return false;
        for (int i = 0; i < 12; i++)
                if (memcmp(months + i * 3, s.p + 8, 3) == 0)
                        d->c.month = i + 1;
        d->c.day = two(s.p + 5);
        d->c.year = two(s.p + 12) * 100 + two(s.p + 14);
        set_clock(d, s.p + 17);
        return is_day(&d->c) && set_zone(d, str_sub(s, 26, s.n));
}

/* Nearly all dates of feeds have one of two shapes. */
static bool read_usual(struct date *d, struct str s)
{
        if (read_rfc822(d, s))
                return true;
        *d = (struct date) { 0 };
        return read_rfc3339(d, s);
}

int date_read(struct str s, struct date_told *ret)
{
        struct date d = { 0 };

        s = str_trim(s);
        if (!s.n || s.n > DATE_MAX_B)
                return ERR_INPUT;
        if (read_usual(&d, s))
                return finish(&d, ret);
        if (parse_stamp(s, ret) == 0)
                return 0;
        return parse_freely(s, ret);
}

int date_parse(struct str s, int64_t *ret_at, bool *ret_is_day)
{
        struct date_told told;
        int rc = date_read(s, &told);

        if (rc < 0)
                return rc;
        *ret_at = told.at;
        if (ret_is_day)
                *ret_is_day = told.is_day;
        return 0;
}

bool date_may_begin(struct str word)
{
        char memory[FOLDED_MAX_B + 8];
        struct buf folded = { .p = memory,
                              .cap = sizeof(memory),
                              .max = FOLDED_MAX_B };

        date_fold(&folded, str_sub(word, 0, DATE_MAX_B / 2));
        if (!folded.n || !buf_ok(&folded))
                return false;
        return chr_is_digit(folded.p[0]) ||
               date_word_start(MONTH, buf_str(&folded)) ||
               date_word_start(WEEKDAY, buf_str(&folded));
}

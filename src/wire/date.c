#include "wire/date.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/utf8.h"

#define DATE_MAX_B 100
#define WORD_MAX_B 40
#define YEAR_MIN 1900
#define YEAR_MAX 2200
#define OFFSET_MAX_MIN (15 * 60)

enum kind { MONTH, WEEKDAY, ZONE, PLACE, FILLER };

enum place { PLACE_NEW_YORK, PLACE_CHICAGO, PLACE_DENVER, PLACE_LOS_ANGELES };

/* "ET" is the clock of the place, summer time and all. */
static const char *const places[] = { "America/New_York", "America/Chicago",
                                      "America/Denver", "America/Los_Angeles" };

static const struct word {
        enum kind kind;
        int value;
        const char *text;
} words[] = {
#define WORD(kind, value, text) { kind, value, text },
#include "wire/date.def"
#undef WORD
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

struct date {
        struct str rest;
        struct civil c; /* year, month and day are 0 till they are seen */
        bool has_time, has_zone, is_first, is_pm, is_am;
        int offset_min;
        const char *place;
};

static const struct {
        uint32_t from, to;
} greek[] = {
        { 0x386, 0x3B1 }, { 0x3AC, 0x3B1 }, { 0x388, 0x3B5 }, { 0x3AD, 0x3B5 },
        { 0x389, 0x3B7 }, { 0x3AE, 0x3B7 }, { 0x38A, 0x3B9 }, { 0x3AF, 0x3B9 },
        { 0x3CA, 0x3B9 }, { 0x390, 0x3B9 }, { 0x38C, 0x3BF }, { 0x3CC, 0x3BF },
        { 0x38E, 0x3C5 }, { 0x3CD, 0x3C5 }, { 0x38F, 0x3C9 }, { 0x3CE, 0x3C9 },
};

/* Small letters without accents, for the scripts in date.def. */
static uint32_t fold(uint32_t c)
{
        static const char latin[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";
        static const char extended[] =
                "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjjjkkklllll"
                "llllln"
                "nnnnnnnnooooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

        if (c >= 'A' && c <= 'Z')
                return c + 32;
        if (c >= 0xC0 && c <= 0xFF)
                return (uint32_t)latin[(c - 0xC0) & 31];
        if (c >= 0x100 && c < 0x100 + sizeof(extended) - 1)
                return (uint32_t)extended[c - 0x100];
        if (c >= 0x410 && c <= 0x42F)
                return c + 32;
        if (c >= 0x391 && c <= 0x3A9)
                return c + 32;
        if (c == 0x406)
                return 0x456;
        for (size_t i = 0; i < COUNT(greek); i++)
                if (c == greek[i].from)
                        return greek[i].to;
        return c;
}

/* Cut the word at the front of *s and fold it. */
static struct str take_word(struct str *s, char *memory)
{
        struct buf b = { .p = memory,
                         .cap = WORD_MAX_B,
                         .max = WORD_MAX_B - 8 };

        while (s->n && (chr_is_alpha(*s->p) || (unsigned char)*s->p >= 0x80)) {
                struct str before = *s;
                uint32_t c = utf8_next(s);

                if (utf8_is_space(c)) {
                        *s = before;
                        break;
                }
                utf8_put(&b, fold(c));
        }
        return (struct str) { memory, b.n };
}

/* The longest beginning of word that is one of kind; NULL: none. */
static const struct word *find_start(enum kind kind, struct str word)
{
        const struct word *found = NULL;
        size_t best = 0;

        for (size_t i = 0; i < COUNT(words); i++) {
                struct str text = str_c(words[i].text);

                if (words[i].kind == kind && text.n > best &&
                    str_starts(word, text)) {
                        best = text.n;
                        found = &words[i];
                }
        }
        return found;
}

static const struct word *find_whole(enum kind kind, struct str word)
{
        for (size_t i = 0; i < COUNT(words); i++)
                if (words[i].kind == kind && str_eq(word, str_c(words[i].text)))
                        return &words[i];
        return NULL;
}

static int month_of(struct str word)
{
        const struct word *w = find_start(MONTH, word);

        return w ? w->value : 0;
}

static bool take_zone(struct date *d, struct str word)
{
        const struct word *zone = find_whole(ZONE, word);
        const struct word *place = find_whole(PLACE, word);

        if (zone)
                d->offset_min = zone->value;
        else if (place)
                d->place = places[place->value];
        d->has_zone = zone || place;
        return d->has_zone;
}

/* Morning or afternoon. */
static bool take_half(struct date *d, struct str word)
{
        if (str_eq(word, STR("am")) || str_eq(word, STR("오전")) ||
            str_eq(word, STR("上午")))
                d->is_am = true;
        else if (str_eq(word, STR("pm")) || str_eq(word, STR("오후")) ||
                 str_eq(word, STR("下午")))
                d->is_pm = true;
        else
                return false;
        return true;
}

static bool take_letters(struct date *d)
{
        char memory[WORD_MAX_B];
        struct str word = take_word(&d->rest, memory);
        int month = month_of(word);
        char next = d->rest.n ? *d->rest.p : '\0';
        bool was_first = d->is_first;

        d->is_first = false;
        if (str_eq(word, STR("t")) && chr_is_digit(next))
                return d->c.day != 0 && !d->has_time;
        if (take_half(d, word))
                return true;
        if (d->has_time && !d->has_zone && take_zone(d, word))
                return true;
        if (was_first && (next == ',' || find_start(WEEKDAY, word)))
                return true; /* a weekday, in whatever language */
        if (month && (!d->c.month || d->c.month == month)) {
                d->c.month = month;
                return true;
        }
        return find_start(WEEKDAY, word) || find_whole(FILLER, word);
}

static bool take_offset(struct date *d)
{
        int sign = *d->rest.p == '-' ? -1 : 1;
        int64_t hours, minutes = 0;
        struct str digits;
        size_t n = 1;

        while (n < d->rest.n && chr_is_digit(d->rest.p[n]))
                n++;
        digits = str_sub(d->rest, 1, n - 1);
        if (n - 1 == 4) {
                if (scan_digits(&digits, 2, &hours) < 0 ||
                    scan_digits(&digits, 2, &minutes) < 0)
                        return false;
        } else if (n - 1 > 2 || scan_digits(&digits, 2, &hours) < 0) {
                return false;
        }
        d->rest = str_sub(d->rest, n, d->rest.n);
        if (n - 1 <= 2 && d->rest.n && *d->rest.p == ':') {
                d->rest = str_sub(d->rest, 1, d->rest.n);
                if (scan_digits(&d->rest, 2, &minutes) < 0)
                        return false;
        }
        d->offset_min = sign * (int)(hours * 60 + minutes);
        d->has_zone = true;
        return minutes < 60 && hours * 60 + minutes <= OFFSET_MAX_MIN;
}

/* The minutes and seconds after an hour, at ':'. */
static bool take_time(struct date *d, int64_t hour)
{
        int64_t minute = 0, second = 0;

        if (d->has_time)
                return false;
        d->rest = str_sub(d->rest, 1, d->rest.n);
        if (scan_digits(&d->rest, 2, &minute) < 0)
                return false;
        if (d->rest.n && *d->rest.p == ':') {
                d->rest = str_sub(d->rest, 1, d->rest.n);
                if (scan_digits(&d->rest, 2, &second) < 0)
                        return false;
                if (d->rest.n && *d->rest.p == ':')
                        return false;
                if (d->rest.n > 1 && (*d->rest.p == '.' || *d->rest.p == ',') &&
                    chr_is_digit(d->rest.p[1])) {
                        size_t n = 1;
                        while (n < d->rest.n && chr_is_digit(d->rest.p[n]))
                                n++;
                        d->rest = str_sub(d->rest, n, d->rest.n);
                }
        }
        d->c.hour = (int)hour;
        d->c.minute = (int)minute;
        d->c.second = (int)second;
        d->has_time = true;
        return hour <= 24 && minute < 60 && second <= 60;
}

/* "-12-31", "/9/15", ".12.31", or a month in letters, after a year. */
static bool take_after_year(struct date *d, char sep)
{
        int64_t n;
        char memory[WORD_MAX_B];

        d->rest = str_sub(d->rest, 1, d->rest.n);
        if (d->rest.n && !chr_is_digit(*d->rest.p))
                d->c.month = month_of(take_word(&d->rest, memory));
        else if (scan_digits(&d->rest, 2, &n) == 0)
                d->c.month = (int)n;
        d->c.day = 1;
        if (!d->c.month)
                return false;
        if (!d->rest.n || *d->rest.p != sep)
                return sep == '-';
        d->rest = str_sub(d->rest, 1, d->rest.n);
        if (scan_digits(&d->rest, 2, &n) < 0)
                return false;
        d->c.day = (int)n;
        return !d->rest.n || (*d->rest.p != '-' && !chr_is_digit(*d->rest.p));
}

/* "31.12.2003": after the first number. Slashes: only when it is clear which
 * of the two is the month. */
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
        if (sep == '/' && first <= 12 && second <= 12 && first != second)
                return false;
        if (sep == '/' && second > 12) {
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
                d->c.year = (int)n;
        } else if (digits <= 2 && !d->c.day) {
                d->c.day = (int)n;
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
        if (digits == 6 && d->c.day && !d->has_time) {
                d->has_time = true;
                d->c.hour = (int)(n / 10000);
                d->c.minute = (int)(n / 100 % 100);
                d->c.second = (int)(n % 100);
                return d->c.hour <= 24 && d->c.minute < 60 && d->c.second <= 60;
        }
        return false;
}

/* "2004년 05월 28일": the sign after the number says what it is. */
static bool take_marked(struct date *d, int64_t n)
{
        static const struct {
                struct str sign;
                char what;
        } signs[] = {
                { STR_INIT("년"), 'y' }, { STR_INIT("年"), 'y' },
                { STR_INIT("월"), 'm' }, { STR_INIT("月"), 'm' },
                { STR_INIT("일"), 'd' }, { STR_INIT("日"), 'd' },
        };

        for (size_t i = 0; i < COUNT(signs); i++) {
                if (!str_starts(d->rest, signs[i].sign))
                        continue;
                d->rest = str_sub(d->rest, signs[i].sign.n, d->rest.n);
                if (signs[i].what == 'y')
                        d->c.year = (int)n;
                else if (signs[i].what == 'm')
                        d->c.month = (int)n;
                else
                        d->c.day = (int)n;
                return true;
        }
        return false;
}

static bool take_number(struct date *d)
{
        size_t before = d->rest.n, digits;
        int64_t n;

        d->is_first = false;
        if (scan_digits(&d->rest, 8, &n) < 0)
                return false;
        digits = before - d->rest.n;

        char next = d->rest.n ? *d->rest.p : '\0';
        char second = d->rest.n > 1 ? d->rest.p[1] : '\0';

        if (chr_is_digit(next))
                return false;
        if (next == ':' && digits <= 2)
                return take_time(d, n);
        if (digits > 4)
                return take_compact(d, n, digits);
        if ((unsigned char)next >= 0x80 && take_marked(d, n))
                return true;
        if (digits == 4 && !d->c.year && (next == '-' || next == '/') &&
            second > ' ') {
                d->c.year = (int)n;
                return take_after_year(d, next);
        }
        if (digits <= 2 && (next == '/' || next == '.') &&
            chr_is_digit(second) && !d->c.day)
                return take_short(d, n, next);
        return take_year_or_day(d, n, digits);
}

static bool take(struct date *d)
{
        char c = *d->rest.p;

        if (chr_is_digit(c))
                return take_number(d);
        if ((c == '+' || c == '-') && d->has_time && d->rest.n > 1 &&
            chr_is_digit(d->rest.p[1]))
                return take_offset(d);
        struct str after = d->rest;
        if (utf8_is_space(utf8_next(&after)) || strchr(",.()", c) ||
            (c == '-' && !d->has_time)) {
                d->rest = after;
                return c != '-' || d->c.day || d->c.month;
        }
        if (chr_is_alpha(c) || (unsigned char)c >= 0x80)
                return take_letters(d);
        return false;
}

static int days_in(int year, int month)
{
        static const int days[] = { 31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31 };
        bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

        return month == 2 && is_leap ? 29 : days[month - 1];
}

static bool is_sound(struct date *d)
{
        struct civil *c = &d->c;

        if (c->year < YEAR_MIN || c->year > YEAR_MAX || c->month < 1 ||
            c->month > 12 || c->day < 1 || c->day > days_in(c->year, c->month))
                return false;
        if ((d->is_am || d->is_pm) && (!d->has_time || c->hour > 12))
                return d->is_pm && d->has_time && c->hour < 24;
        if (d->is_pm && c->hour < 12)
                c->hour += 12;
        if (d->is_am && c->hour == 12)
                c->hour = 0;
        return true;
}

int date_parse(struct str s, int64_t *ret_at, bool *ret_is_day)
{
        struct date d = { .rest = str_trim(s), .is_first = true };

        if (!d.rest.n || d.rest.n > DATE_MAX_B)
                return ERR_INPUT;
        while (d.rest.n)
                if (!take(&d))
                        return ERR_INPUT;
        if (!is_sound(&d))
                return ERR_INPUT;
        *ret_at = d.place ? time_from_zone(&d.c, str_c(d.place))
                          : time_from_civil(&d.c) - d.offset_min * 60;
        if (ret_is_day)
                *ret_is_day = !d.has_time;
        return 0;
}

#ifndef EDITION_HOLIDAY_H
#define EDITION_HOLIDAY_H

/*
 * Holidays by rule, from lines such as "gb mon-1/05 Spring bank holiday" (see
 * theme/holidays.txt). Easter by the Gregorian computus (Meeus, Jones and
 * Butcher). Pure.
 */

#include "base/err.h"
#include "base/str.h"
#include "base/time.h"

struct arena;

enum holiday_shift {
        HOLIDAY_STAYS,
        HOLIDAY_MONDAY,  /* from a weekend to the Monday after it */
        HOLIDAY_SECOND,  /* from a weekend to the second day after */
        HOLIDAY_NEAREST, /* from a weekend to the nearest weekday */
};

struct holiday_rule {
        struct str country, name;
        int month, day;   /* a date; month 0: days from Easter */
        int nth, weekday; /* of the month (-1: the last), 0 is Monday; nth 0:
                             it is a date */
        enum holiday_shift shift;
};

struct holiday_rules {
        struct holiday_rule *items;
        size_t n, cap;
};

/* Add the lines to *inout. Texts live in a. ERR_INPUT names the line. */
NODISCARD int holiday_parse(struct arena *a, struct str text,
                            struct holiday_rules *inout, struct err *err);

/* The holiday of any of these countries on that date; NULL: none. */
const struct holiday_rule *holiday_on(const struct holiday_rules *r,
                                      const struct str *countries, size_t n,
                                      const struct civil *date);
bool holiday_knows(const struct holiday_rules *r, struct str country);

/* Easter Sunday (Western). */
struct civil holiday_easter(int year);

#endif

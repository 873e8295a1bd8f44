#ifndef PRESS_TICKS_H
#define PRESS_TICKS_H

/*
 * Where an axis has its ticks. Numbers: steps of 1, 2 or 5 times a power of ten
 * (P. Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990), the
 * range widened to whole steps. Dates: whole years, quarters, months, weeks,
 * days or hours, the finest of which there is room for (the idea of
 * L. Wilkinson, The Grammar of Graphics: simple, and covering the data).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct ticks {
        double from, to, step;
        size_t n;     /* from + i * step, i below n */
        int decimals; /* that its labels need */
};

/* At most max steps (2 or more) over lo..hi. Equal or endless ends are made
 * apart. */
struct ticks ticks_nice(double lo, double hi, size_t max);
double ticks_at(const struct ticks *t, size_t i);

enum tick_unit { TICK_YEAR, TICK_QUARTER, TICK_MONTH, TICK_DAY, TICK_HOUR };

struct date_ticks {
        enum tick_unit unit;
        double *at; /* seconds since 1970 */
        size_t n;
};

/* The ticks within from..to of which at most max[unit] find room. quarters: by
 * quarter rather than by every third month. */
struct date_ticks ticks_dates(struct arena *a, double from, double to,
                              const size_t max[TICK_HOUR + 1], bool quarters);

#endif

#include "edition/period.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "store/gauge.h"

#define HOUR_S 3600
/* So many gaps, spread over the series, tell the median as well as all. */
#define LOOKED_AT 1000

static const struct {
        const char *name;
        int64_t length, shortest, gap;
} periods[PERIODS] = {
        [PERIOD_YEAR] = { "year", 365 * TIME_DAY_S, 300 * TIME_DAY_S,
                          550 * TIME_DAY_S },
        [PERIOD_QUARTER] = { "quarter", 91 * TIME_DAY_S, 80 * TIME_DAY_S,
                             140 * TIME_DAY_S },
        [PERIOD_MONTH] = { "month", 30 * TIME_DAY_S, 26 * TIME_DAY_S,
                           46 * TIME_DAY_S },
        [PERIOD_WEEK] = { "week", 7 * TIME_DAY_S, 6 * TIME_DAY_S,
                          11 * TIME_DAY_S },
        [PERIOD_DAY] = { "day", TIME_DAY_S, TIME_DAY_S * 9 / 10,
                         5 * TIME_DAY_S },
        [PERIOD_HOUR] = { "hour", HOUR_S, 0, 3 * HOUR_S },
};

const char *period_name(enum period p)
{
        return periods[p].name;
}

bool period_named(struct str name, enum period *ret)
{
        for (int p = 0; p < PERIODS; p++)
                if (str_eq(name, str_c(periods[p].name))) {
                        *ret = (enum period)p;
                        return true;
                }
        return false;
}

static int by_length(const void *x, const void *y)
{
        const int64_t *p = x, *q = y;

        return *p < *q ? -1 : *p > *q;
}

enum period period_of(const struct gauge_point *points, size_t n)
{
        int64_t gaps[LOOKED_AT];
        size_t k = 0, every = n / LOOKED_AT + 1;

        for (size_t i = 1; i < n && k < LOOKED_AT; i += every)
                gaps[k++] = points[i].at - points[i - 1].at;
        if (!k)
                return PERIOD_DAY;
        qsort(gaps, k, sizeof(*gaps), by_length);
        for (int p = 0; p < PERIODS; p++)
                if (gaps[k / 2] >= periods[p].shortest)
                        return (enum period)p;
        return PERIOD_HOUR;
}

enum period period_for(struct str name, const struct gauge_point *points,
                       size_t n)
{
        enum period p;

        return period_named(name, &p) ? p : period_of(points, n);
}

int64_t period_length(enum period p)
{
        return periods[p].length;
}

int64_t period_gap(enum period p)
{
        return periods[p].gap;
}

int period_season(enum period p, int64_t at)
{
        struct civil c = time_to_civil(at);

        if (p == PERIOD_MONTH)
                return c.month;
        return p == PERIOD_QUARTER ? (c.month + 2) / 3 : 0;
}

void period_write(enum period p, int64_t at, char buf[PERIOD_B])
{
        struct civil c = time_to_civil(at);

        switch (p) {
        case PERIOD_YEAR:
                snprintf(buf, PERIOD_B, "%04d", c.year);
                break;
        case PERIOD_QUARTER:
                snprintf(buf, PERIOD_B, "%04d-Q%d", c.year, (c.month + 2) / 3);
                break;
        case PERIOD_MONTH:
                snprintf(buf, PERIOD_B, "%04d-%02d", c.year, c.month);
                break;
        case PERIOD_HOUR:
                snprintf(buf, PERIOD_B, "%04d-%02d-%02d %02d:%02d", c.year,
                         c.month, c.day, c.hour, c.minute);
                break;
        default:
                snprintf(buf, PERIOD_B, "%04d-%02d-%02d", c.year, c.month,
                         c.day);
        }
}

#include "press/ticks.h"

#include <math.h>

#include "base/arena.h"
#include "base/time.h"

#define MONTH_S (30.436875 * TIME_DAY_S)
#define TICKS_MAX 200

/* The nearest of 1, 2, 5, 10 times a power of ten that isn't below x. */
static double nice_step(double x)
{
        static const double nice[] = { 1, 2, 5, 10 };
        double power = pow(10, floor(log10(x)));

        for (size_t i = 0; i < 4; i++)
                if (x <= nice[i] * power * (1 + 1e-9))
                        return nice[i] * power;
        return 10 * power;
}

static void part(double *lo, double *hi)
{
        if (!isfinite(*lo) || !isfinite(*hi) || !isfinite(*hi - *lo)) {
                *lo = 0;
                *hi = 1;
        }
        if (*hi - *lo > fabs(*hi) * 1e-12)
                return;
        double pad = *lo == 0 ? 1 : fabs(*lo) * 0.1;

        *lo -= *lo == 0 ? 0 : pad;
        *hi += pad;
}

struct ticks ticks_nice(double lo, double hi, size_t max)
{
        struct ticks t;

        part(&lo, &hi);
        if (max < 2)
                max = 2;
        t.step = nice_step((hi - lo) / (double)max);
        for (;;) {
                t.from = floor(lo / t.step + 1e-9) * t.step;
                t.to = ceil(hi / t.step - 1e-9) * t.step;
                t.n = (size_t)llround((t.to - t.from) / t.step) + 1;
                if (t.n <= max + 1)
                        break;
                t.step = nice_step(t.step * 1.5);
        }
        t.decimals = t.step >= 1 ? 0 : (int)ceil(-log10(t.step) - 1e-9);
        return t;
}

double ticks_at(const struct ticks *t, size_t i)
{
        double v = t->from + (double)i * t->step;

        return fabs(v) < t->step * 1e-9 ? 0 : v;
}

/* Steps from fine to coarse. */
static const struct {
        enum tick_unit unit;
        int step;
        double s;
} steps[] = {
        { TICK_HOUR, 1, 3600 },
        { TICK_HOUR, 3, 3 * 3600 },
        { TICK_HOUR, 6, 6 * 3600 },
        { TICK_HOUR, 12, 12 * 3600 },
        { TICK_DAY, 1, TIME_DAY_S },
        { TICK_DAY, 2, 2 * TIME_DAY_S },
        { TICK_DAY, 7, 7 * TIME_DAY_S },
        { TICK_DAY, 14, 14 * TIME_DAY_S },
        { TICK_MONTH, 1, MONTH_S },
        { TICK_MONTH, 2, 2 * MONTH_S },
        { TICK_QUARTER, 3, 3 * MONTH_S },
        { TICK_MONTH, 3, 3 * MONTH_S },
        { TICK_MONTH, 6, 6 * MONTH_S },
        { TICK_YEAR, 1, 12 * MONTH_S },
        { TICK_YEAR, 2, 24 * MONTH_S },
        { TICK_YEAR, 5, 60 * MONTH_S },
        { TICK_YEAR, 10, 120 * MONTH_S },
        { TICK_YEAR, 20, 240 * MONTH_S },
        { TICK_YEAR, 50, 600 * MONTH_S },
        { TICK_YEAR, 100, 1200 * MONTH_S },
        { TICK_YEAR, 200, 2400 * MONTH_S },
        { TICK_YEAR, 500, 6000 * MONTH_S },
        { TICK_YEAR, 1000, 12000 * MONTH_S },
};
#define N_STEPS (sizeof(steps) / sizeof(*steps))

/* The instant of tick k, counted from the year 0, from 1970 or from a Monday.
 */
static double nth(size_t step, int64_t k)
{
        struct civil c = { .year = 1970, .month = 1, .day = 1 };
        int64_t months = k * steps[step].step;

        switch (steps[step].unit) {
        case TICK_HOUR:
                return (double)(k * steps[step].step * 3600);
        case TICK_DAY: /* 1970 began on a Thursday; weeks on a Monday */
                return (double)((k * steps[step].step +
                                 (steps[step].step % 7 ? 0 : 4)) *
                                TIME_DAY_S);
        case TICK_YEAR:
                c.year = (int)(k * steps[step].step);
                break;
        default:
                c.year = (int)(1970 + floor((double)months / 12));
                c.month = (int)(months - 12 * (c.year - 1970)) + 1;
        }
        return (double)time_from_civil(&c);
}

static int64_t first_k(size_t step, double from)
{
        double origin =
                steps[step].unit == TICK_YEAR ? -1970 * 12 * MONTH_S : 0;

        return (int64_t)floor((from - origin) / steps[step].s) - 1;
}

static size_t collect(struct arena *a, size_t step, double from, double to,
                      double **ret)
{
        double *at = arena_array(a, TICKS_MAX, sizeof(*at));
        size_t n = 0;

        for (int64_t k = first_k(step, from); n < TICKS_MAX; k++) {
                double x = nth(step, k);

                if (x > to)
                        break;
                if (x >= from)
                        at[n++] = x;
        }
        *ret = at;
        return n;
}

struct date_ticks ticks_dates(struct arena *a, double from, double to,
                              const size_t max[TICK_HOUR + 1], bool quarters)
{
        struct date_ticks t = { 0 };
        size_t i = 0;

        for (; i + 1 < N_STEPS; i++) {
                size_t room = max[steps[i].unit];

                if (steps[i].unit == TICK_QUARTER && !quarters)
                        continue;
                if (room && (to - from) / steps[i].s < (double)room + 0.2)
                        break;
        }
        t.unit = steps[i].unit;
        t.n = collect(a, i, from, to, &t.at);
        return t;
}

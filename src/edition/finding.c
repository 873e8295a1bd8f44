#include "edition/finding.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/time.h"

#define RUN_MIN 6    /* periods: less is no "since" */
#define STREAK_MIN 4 /* moves in a row */
#define MOVE_RUN_MIN 12
#define FAR 6.0        /* usual moves that make a long way */
#define NEAR 2.0       /* usual moves that are the same level */
#define REVISED_LAST 4 /* so many of the last values may be revised news */
#define NEVER SIZE_MAX
#define LOOKED_AT 2000 /* moves that tell the usual one */
#define SEASONAL 0.75

/* One series under search: its values as an array, and what was found. */
struct search {
        struct arena *a;
        const struct finding_input *in;
        double *x;
        size_t n, last;
        double usual; /* move, by the median */
        struct finding *out;
        size_t n_out;
};

/* How far back each value is the highest, and how deep it fell meanwhile. */
struct runs {
        size_t *run;   /* periods back to a value as high, or to the first */
        double *depth; /* below the value, in that time */
        size_t since;  /* index of that value, for the last; NEVER: none */
};

static double bits(double hits, double chances, double chance)
{
        double own = (hits + 1) / (chances + 1);

        return -log2(own > chance ? own : chance);
}

static double brief(size_t n)
{
        return n < FINDING_LONG ? log2((double)FINDING_LONG / (double)n) : 0;
}

/* What is known of all kinds alike. since: an index, or NEVER. */
static struct finding *note(struct search *s, const char *kind, size_t since)
{
        struct finding *f = &s->out[s->n_out];

        if (s->n_out == FINDING_MOST)
                return NULL;
        s->n_out++;
        *f = (struct finding) {
                .kind = str_c(kind),
                .at = s->in->points[s->last].at,
                .value = s->in->points[s->last].value,
                .since_at =
                        since == NEVER ? TIME_NONE : s->in->points[since].at,
                .brief = brief(s->n),
        };
        return f;
}

static void rate(struct finding *f, size_t run, size_t hits, size_t chances,
                 double chance)
{
        f->run = (int64_t)run;
        f->hits = (int64_t)hits;
        f->chances = (int64_t)chances;
        f->rarity = bits((double)hits, (double)chances, chance);
}

static int by_size(const void *x, const void *y)
{
        const double *p = x, *q = y;

        return *p < *q ? -1 : *p > *q;
}

/* The median of |x[i] - x[i - lag]|. */
static double usual_move(const double *x, size_t n, size_t lag)
{
        double moves[LOOKED_AT];
        size_t k = 0, every = n / LOOKED_AT + 1;

        for (size_t i = lag; i < n && k < LOOKED_AT; i += every)
                moves[k++] = fabs(x[i] - x[i - lag]);
        if (!k)
                return 0;
        qsort(moves, k, sizeof(*moves), by_size);
        return moves[k / 2];
}

/*
 * A stack of values that fall: what is lower than the newest is taken off, and
 * how deep it went down in that time is handed on.
 */
static struct runs runs_of(struct search *s, const double *x, size_t n)
{
        struct runs r = { arena_array(s->a, n, sizeof(size_t)),
                          arena_array(s->a, n, sizeof(double)), NEVER };
        size_t *stack = arena_array(s->a, n, sizeof(size_t)), top = 0;
        double *least = arena_array(s->a, n, sizeof(double));

        for (size_t i = 0; i < n; i++) {
                double low = x[i];

                while (top && x[stack[top - 1]] < x[i]) {
                        top--;
                        if (least[top] < low)
                                low = least[top];
                }
                r.since = top ? stack[top - 1] : NEVER;
                r.run[i] = top ? i - r.since - 1 : i;
                r.depth[i] = x[i] - low;
                stack[top] = i;
                least[top++] = low;
        }
        return r;
}

/* --- records ------------------------------------------------------------ */

/* Of so many values before the last that could, how many did as much. */
struct history {
        size_t hits, chances;
};

static struct history count_runs(const struct runs *r, size_t n, double depth)
{
        size_t k = r->run[n - 1];
        struct history h = { 0 };

        if (k > n / 2)
                k = n / 2;
        for (size_t i = k; i + 1 < n; i++) {
                h.chances++;
                h.hits += r->run[i] >= k && r->depth[i] >= depth;
        }
        return h;
}

static void find_back(struct search *s, const struct runs *r, const double *x)
{
        double depth = r->depth[s->last];
        struct history h;
        struct finding *f;

        if (r->since == NEVER || s->usual <= 0 || depth < FAR * s->usual ||
            x[r->since] - x[s->last] > NEAR * s->usual)
                return;
        h = count_runs(r, s->n, depth);
        f = note(s, "back", r->since);
        if (!f)
                return;
        f->level = s->in->points[r->since].value;
        rate(f, r->run[s->last], h.hits, h.chances,
             1.0 / (double)(r->run[s->last] + 1));
}

static void find_record(struct search *s, bool is_high)
{
        double *x = arena_array(s->a, s->n, sizeof(*x));
        struct finding *f;
        struct history h;
        struct runs r;

        for (size_t i = 0; i < s->n; i++)
                x[i] = is_high ? s->x[i] : -s->x[i];
        r = runs_of(s, x, s->n);
        if (r.run[s->last] < RUN_MIN)
                return;
        find_back(s, &r, x);
        h = count_runs(&r, s->n, 0);
        f = note(s, is_high ? "high" : "low", r.since);
        if (f)
                rate(f, r.run[s->last], h.hits, h.chances,
                     1.0 / (double)(r.run[s->last] + 1));
}

/* --- moves -------------------------------------------------------------- */

static bool is_next(const struct search *s, size_t i)
{
        return s->in->points[i].at - s->in->points[i - 1].at <=
               period_gap(s->in->period);
}

/* +1, -1; 0 when it stood still, or values are missing between. */
static int direction(const struct search *s, size_t i)
{
        if (!i || !is_next(s, i))
                return 0;
        return (s->x[i] > s->x[i - 1]) - (s->x[i] < s->x[i - 1]);
}

static void find_streak(struct search *s)
{
        size_t *len = arena_array(s->a, s->n, sizeof(*len)), since = NEVER, n;
        struct history h = { 0 };
        struct finding *f;

        for (size_t i = 1; i < s->n; i++) {
                int d = direction(s, i);

                len[i] = !d ? 0 : d == direction(s, i - 1) ? len[i - 1] + 1 : 1;
        }
        n = len[s->last];
        if (n < STREAK_MIN)
                return;
        for (size_t i = n; i < s->last; i++) {
                bool is_hit =
                        len[i] >= n && direction(s, i) == direction(s, s->last);

                h.chances++;
                h.hits += is_hit;
                if (is_hit)
                        since = i;
        }
        f = note(s, direction(s, s->last) > 0 ? "rises" : "falls", since);
        if (!f)
                return;
        f->length = (int64_t)n;
        rate(f, since == NEVER ? s->last : s->last - since, h.hits, h.chances,
             exp2(-(double)(n - 1)));
}

/* Differences, or parts of what was there before. */
static bool is_relative(const struct search *s)
{
        if (s->in->is_share)
                return false;
        for (size_t i = 0; i < s->n; i++)
                if (s->x[i] <= 0)
                        return false;
        return true;
}

static void find_move(struct search *s)
{
        double *y = arena_array(s->a, s->n, sizeof(*y));
        bool relative = is_relative(s);
        int sign = direction(s, s->last);
        struct finding *f;
        struct history h;
        struct runs r;

        if (!sign)
                return;
        for (size_t i = 1; i < s->n; i++)
                if (is_next(s, i))
                        y[i] = sign * (s->x[i] - s->x[i - 1]) /
                               (relative ? s->x[i - 1] : 1);
        r = runs_of(s, y, s->n);
        if (r.run[s->last] < MOVE_RUN_MIN || !isfinite(y[s->last]))
                return;
        h = count_runs(&r, s->n, 0);
        f = note(s, sign > 0 ? "rise" : "fall", r.since);
        if (!f)
                return;
        f->level = relative ? 100 * y[s->last] : y[s->last];
        rate(f, r.run[s->last], h.hits, h.chances,
             1.0 / (double)(r.run[s->last] + 1));
}

/* --- round numbers ------------------------------------------------------ */

/* The multiple of step that lies in (lo, hi]; false: none does. */
static bool multiple_in(double lo, double hi, double step, double *ret)
{
        double m = floor(hi / step) * step;

        if (!(m > lo)) /* or no number at all */
                return false;
        *ret = m + 0.0;
        return true;
}

/* The roundest number in (lo, hi]: *ret_step is what it is a multiple of; 0
 * stands for itself. */
static bool roundest_in(double lo, double hi, double *ret, double *ret_step)
{
        double most = fmax(fabs(lo), fabs(hi));
        int from = most > 0 ? (int)ceil(log10(most)) : 0;

        *ret_step = INFINITY;
        *ret = 0;
        if (lo < 0 && hi >= 0)
                return true;
        for (int e = from; e > from - 4; e--)
                for (int five = 0; five < 2; five++) {
                        double step = pow(10, e) / (five ? 2 : 1);

                        *ret_step = step;
                        if (multiple_in(lo, hi, step, ret))
                                return true;
                }
        return false;
}

static bool crosses(double from, double to, double step)
{
        double lo = fmin(from, to), hi = fmax(from, to), m;

        if (isinf(step))
                return lo < 0 && hi >= 0;
        return multiple_in(lo, hi, step, &m);
}

static void find_round(struct search *s)
{
        double from = s->x[s->last - 1], to = s->x[s->last], level, step;
        bool up = to > from;
        struct history h = { 0 };
        size_t since = NEVER;
        struct finding *f;

        if (from == to ||
            !roundest_in(fmin(from, to), fmax(from, to), &level, &step))
                return;
        for (size_t i = 0; i < s->last; i++) {
                if (i) {
                        h.chances++;
                        h.hits += crosses(s->x[i - 1], s->x[i], step);
                }
                if (up ? s->x[i] >= level : s->x[i] < level)
                        since = i;
        }
        size_t run = since == NEVER ? s->last : s->last - since - 1;

        if (run < RUN_MIN)
                return;
        f = note(s, up ? "above" : "below", since);
        if (!f)
                return;
        f->level = level;
        rate(f, run, h.hits, h.chances, 1.0 / (double)(run + 1));
}

/* --- another series ----------------------------------------------------- */

/* What is left of it where both have a value. */
static size_t differences(struct search *s, double *z, size_t *where)
{
        const struct finding_input *in = s->in;
        size_t k = 0, n = 0;

        for (size_t i = 0; i < in->n; i++) {
                while (k < in->n_other && in->other[k].at < in->points[i].at)
                        k++;
                if (k == in->n_other || in->other[k].at != in->points[i].at)
                        continue;
                where[n] = i;
                z[n++] = in->points[i].value - in->other[k].value;
        }
        return n;
}

static void find_other(struct search *s)
{
        double *z = arena_array(s->a, s->n, sizeof(*z));
        size_t *where = arena_array(s->a, s->n, sizeof(*where));
        size_t n = differences(s, z, where), since = NEVER, run;
        struct history h = { 0 };
        struct finding *f;
        bool over;

        if (n < FINDING_MIN || where[n - 1] != s->last || z[n - 1] == 0)
                return;
        over = z[n - 1] > 0;
        for (size_t i = 0; i + 1 < n; i++) {
                if (i) {
                        h.chances++;
                        h.hits += (z[i] > 0) != (z[i - 1] > 0);
                }
                if (over ? z[i] > 0 : z[i] < 0)
                        since = i;
        }
        run = since == NEVER ? n - 1 : n - 2 - since;
        if (run < RUN_MIN)
                return;
        f = note(s, over ? "over" : "under",
                 since == NEVER ? NEVER : where[since]);
        if (!f)
                return;
        f->level = f->value - z[n - 1];
        rate(f, run, h.hits, h.chances, 1.0 / (double)(run + 1));
}

/* --- seasons and revisions ---------------------------------------------- */

bool finding_is_seasonal(const struct finding_input *in)
{
        size_t year = in->period == PERIOD_MONTH     ? 12
                      : in->period == PERIOD_QUARTER ? 4
                                                     : 0;
        double own[LOOKED_AT];
        size_t n = in->n < LOOKED_AT ? in->n : LOOKED_AT;
        double across, along;

        if (!year || n < 4 * year)
                return false;
        for (size_t i = 0; i < n; i++)
                own[i] = in->points[in->n - n + i].value;
        across = usual_move(own, n, year);
        along = usual_move(own, n, 1);
        return along > 0 && across < SEASONAL * along;
}

static void find_season(struct search *s, bool is_high)
{
        enum period p = s->in->period;
        int season = period_season(p, s->in->points[s->last].at);
        double *y = arena_array(s->a, s->n, sizeof(*y));
        size_t *where = arena_array(s->a, s->n, sizeof(*where)), n = 0;
        struct finding *f;
        struct history h;
        struct runs r;

        for (size_t i = 0; i < s->n; i++) {
                if (period_season(p, s->in->points[i].at) != season)
                        continue;
                where[n] = i;
                y[n++] = is_high ? s->x[i] : -s->x[i];
        }
        if (n < RUN_MIN)
                return;
        r = runs_of(s, y, n);
        if (r.run[n - 1] < RUN_MIN - 1)
                return;
        h = count_runs(&r, n, 0);
        f = note(s, is_high ? "season-high" : "season-low",
                 r.since == NEVER ? NEVER : where[r.since]);
        if (!f)
                return;
        rate(f, r.run[n - 1], h.hits, h.chances,
             1.0 / (double)(r.run[n - 1] + 1));
}

static bool is_turned(const struct gauge_point *p)
{
        return (p->first < 0 && p->value > 0) || (p->first > 0 && p->value < 0);
}

/* The newest of the last values whose sign the latest revision turned. */
static void find_revised(struct search *s)
{
        const struct gauge_point *p = s->in->points;
        size_t hits = 0, at = NEVER;
        struct finding *f;

        for (size_t i = 0; i < s->n; i++) {
                if (!is_turned(&p[i]))
                        continue;
                hits++;
                if (i + REVISED_LAST > s->last && p[i].seen_at == s->in->as_of)
                        at = i;
        }
        if (at == NEVER)
                return;
        f = note(s, "revised", NEVER);
        if (!f)
                return;
        f->at = p[at].at;
        f->value = p[at].value;
        f->level = p[at].first;
        rate(f, s->last - at, hits - 1, s->n - 1, 0);
}

size_t finding_search(struct arena *a, const struct finding_input *in,
                      struct finding *ret)
{
        struct search s = { .a = a, .in = in, .n = in->n, .out = ret };

        if (in->n < FINDING_MIN)
                return 0;
        s.last = in->n - 1;
        s.x = arena_array(a, in->n, sizeof(*s.x));
        for (size_t i = 0; i < in->n; i++)
                s.x[i] = in->points[i].value;
        s.usual = usual_move(s.x, s.n, 1);
        find_revised(&s);
        find_other(&s);
        if (finding_is_seasonal(in)) {
                find_season(&s, true);
                find_season(&s, false);
                return s.n_out;
        }
        find_round(&s);
        find_record(&s, true);
        find_record(&s, false);
        find_streak(&s);
        find_move(&s);
        return s.n_out;
}

const struct finding *finding_of_kind(const struct finding *list, size_t n,
                                      struct str kind)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq(list[i].kind, kind))
                        return &list[i];
        return NULL;
}

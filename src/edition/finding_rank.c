#include "edition/finding_rank.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "edition/period.h"

#define WEEK_S (8 * (int64_t)TIME_DAY_S)
#define HEARD_EACH 2.0
#define HEARD_MOST 6.0
#define SERIES_HEARD 3.0
#define DEAD 4.0 /* times as late as allowed */
#define LEAST_ALLOWED_S (4 * (int64_t)TIME_DAY_S)

static const struct gauge *gauge_of(const struct gauge_list *list, int64_t id)
{
        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].feed_id == id)
                        return &list->items[i];
        return NULL;
}

/* How many times as late as allowed its value is; 0: before it is over. */
static double lateness(const struct finding_rank_input *in,
                       const struct finding *f, const struct gauge *g)
{
        enum period p = PERIOD_DAY;
        int64_t allowed, late;

        (void)period_named(g->period, &p);
        allowed = 2 * period_length(p);
        if (allowed < LEAST_ALLOWED_S)
                allowed = LEAST_ALLOWED_S;
        late = in->now - f->at - period_length(p);
        return late > 0 ? (double)late / (double)allowed : 0;
}

/* Is b printed on an earlier day that is too near? */
static bool is_resting(const struct finding_rank_input *in,
                       const struct finding *b)
{
        struct civil c;
        int64_t printed, today;

        if (!b->printed_on.n || str_cmp(b->printed_on, in->date) >= 0 ||
            time_parse_date(b->printed_on, &c, NULL) < 0)
                return false;
        printed = time_from_civil(&c);
        if (time_parse_date(in->date, &c, NULL) < 0)
                return false;
        today = time_from_civil(&c);
        return today - printed <= in->rest_days * TIME_DAY_S;
}

static void judge_known(struct arena *a, const struct finding_rank_input *in,
                        struct finding_candidate *c)
{
        const struct finding *f = c->finding;
        double printed = 0;

        for (size_t i = 0; i < in->known->n; i++) {
                const struct finding *k = &in->known->items[i];
                bool same_kind = str_eq(k->kind, f->kind);

                if (k->feed_id != f->feed_id)
                        continue;
                if (is_resting(in, k)) {
                        printed = SERIES_HEARD;
                        if (same_kind)
                                c->rule = arena_printf(
                                        a,
                                        "the same of this series was printed "
                                        "on " STR_FMT,
                                        STR_ARG(k->printed_on));
                }
                if (same_kind && k->at < f->at &&
                    k->found_at >= in->now - WEEK_S)
                        c->heard += HEARD_EACH;
        }
        if (c->heard > HEARD_MOST)
                c->heard = HEARD_MOST;
        c->heard += printed;
}

/* Printed once, for good: whatever the rest is. */
static void judge_printed(struct arena *a, const struct finding_rank_input *in,
                          struct finding_candidate *c)
{
        struct str on = c->finding->printed_on;

        if (on.n && !str_eq(on, in->date))
                c->rule = arena_printf(a, "it was printed on " STR_FMT,
                                       STR_ARG(on));
}

static void judge(struct arena *a, const struct finding_rank_input *in,
                  struct finding_candidate *c)
{
        const struct finding *f = c->finding;
        double late = lateness(in, f, c->gauge);
        double days = (double)(in->now - f->found_at) / TIME_DAY_S;

        c->rule = STR("");
        c->weight = (double)(c->gauge->weight - GAUGE_NORMAL);
        c->stale = late > 1 ? 2 * log2(late) : 0;
        if (days > 1)
                c->stale += days - 1;
        judge_known(a, in, c);
        judge_printed(a, in, c);
        c->score = f->rarity - f->brief + c->weight - c->stale - c->heard;
        if (!c->rule.n && late > DEAD)
                c->rule = STR("its newest value is old");
        if (!c->rule.n && c->score < in->bar)
                c->rule = arena_printf(
                        a, "%.1f bits are under edition.chart_bar (%.0f)",
                        c->score, in->bar);
}

static int best_first(const void *x, const void *y)
{
        const struct finding_candidate *p = x, *q = y;

        if (!p->rule.n != !q->rule.n)
                return p->rule.n ? 1 : -1;
        if (p->score > q->score || p->score < q->score)
                return p->score > q->score ? -1 : 1;
        return p->finding->id < q->finding->id ? -1 : 1;
}

size_t finding_rank(struct arena *a, const struct finding_rank_input *in,
                    struct finding_candidate **ret)
{
        struct finding_candidate *list =
                arena_array(a, in->findings->n + 1, sizeof(*list));
        size_t n = 0;

        for (size_t i = 0; i < in->findings->n; i++) {
                const struct finding *f = &in->findings->items[i];
                const struct gauge *g = gauge_of(in->gauges, f->feed_id);

                if (!g)
                        continue;
                list[n] =
                        (struct finding_candidate) { .finding = f, .gauge = g };
                judge(a, in, &list[n++]);
        }
        qsort(list, n, sizeof(*list), best_first);
        for (size_t i = 1; i < n; i++)
                if (!list[i].rule.n)
                        list[i].rule = STR("another is rarer");
        *ret = list;
        return n;
}

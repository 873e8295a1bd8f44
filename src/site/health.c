#include "site/health.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/time.h"

#define AGE_MAX 64

void health_put_age(struct buf *out, int64_t age_s)
{
        int64_t n = age_s < 0 ? 0 : age_s;

        if (n < 120)
                buf_printf(out, "%lld s", (long long)n);
        else if (n < 120 * 60)
                buf_printf(out, "%lld min", (long long)(n / 60));
        else if (n < 2 * TIME_DAY_S)
                buf_printf(out, "%lld h", (long long)(n / 3600));
        else
                buf_printf(out, "%lld days", (long long)(n / TIME_DAY_S));
}

struct str health_stage_fault(struct arena *a, const struct stage *s,
                              int64_t now)
{
        struct str fault = STR_NULL;
        struct buf age;

        buf_init(&age, AGE_MAX);
        if (str_eq(s->state, STR("failed"))) {
                health_put_age(&age, now - s->ended_at);
                fault = arena_printf(a, STR_FMT " failed %s ago: " STR_FMT,
                                     STR_ARG(s->name), buf_cstr(&age),
                                     STR_ARG(s->note));
        } else if (str_eq(s->state, STR("running")) &&
                   !str_eq(s->name, STR("serve")) &&
                   now - s->started_at > HEALTH_STUCK_S) {
                health_put_age(&age, now - s->started_at);
                fault = arena_printf(a,
                                     STR_FMT " started %s ago and never ended",
                                     STR_ARG(s->name), buf_cstr(&age));
        }
        buf_done(&age);
        return fault;
}

static struct str date_of(struct arena *a, const struct civil *date)
{
        struct buf b;

        buf_init(&b, AGE_MAX);
        time_put_date(&b, date);
        struct str s = arena_str(a, buf_str(&b));
        buf_done(&b);
        return s;
}

/* The edition that had to be out by now, if it isn't. */
static struct str edition_fault(struct arena *a, const struct health_facts *f)
{
        struct clock_day due =
                clock_last_published(&f->plan, f->now - HEALTH_GRACE_S);
        struct str date = date_of(a, &due.date);

        if (!f->plan.days) /* nothing is due by the clock */
                return STR_NULL;
        if (!f->edition_date.p)
                return arena_printf(a, "no edition was printed yet");
        if (str_cmp(f->edition_date, date) >= 0)
                return STR_NULL;
        return arena_printf(a,
                            "the edition of " STR_FMT
                            " is overdue; the last one is of " STR_FMT,
                            STR_ARG(date), STR_ARG(f->edition_date));
}

/* When the next edition is printed. */
static int64_t next_publish(const struct clock_plan *plan, int64_t now)
{
        struct clock_day d = clock_last(plan, now);

        return d.publish_at > now ? d.publish_at
                                  : clock_next(plan, now).publish_at;
}

struct health health_judge(struct arena *a, const struct health_facts *f)
{
        struct health h = { .next_at = next_publish(&f->plan, f->now) };

        for (size_t i = 0; i < f->stages.n && !h.why.p; i++)
                h.why = health_stage_fault(a, &f->stages.items[i], f->now);
        if (!h.why.p)
                h.why = edition_fault(a, f);
        h.ok = !h.why.p;
        return h;
}

void health_put_stage(struct json *j, const struct stage *s, int64_t now)
{
        bool is_over = s->ended_at != TIME_NONE;

        json_open(j, '{');
        json_key(j, "name");
        json_str(j, s->name);
        json_key(j, "state");
        json_str(j, s->state);
        json_key(j, "started");
        json_time(j, s->started_at);
        json_key(j, "ended");
        json_time(j, s->ended_at);
        json_key(j, "last_ok");
        json_time(j, s->ok_at);
        json_key(j, "age_s");
        json_int(j, now - (is_over ? s->ended_at : s->started_at));
        json_key(j, "note");
        json_str(j, s->note);
        json_close(j, '}');
}

void health_put_json(struct buf *out, const struct health *h,
                     const struct health_facts *f)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "ok");
        json_bool(&j, h->ok);
        json_key(&j, "why");
        json_str(&j, h->why);
        json_key(&j, "now");
        json_time(&j, f->now);
        json_key(&j, "next_edition");
        json_time(&j, h->next_at);
        json_key(&j, "edition");
        if (f->edition_date.p) {
                json_open(&j, '{');
                json_key(&j, "date");
                json_str(&j, f->edition_date);
                json_key(&j, "published");
                json_time(&j, f->edition_at);
                json_close(&j, '}');
        } else {
                json_nil(&j);
        }
        json_key(&j, "stages");
        json_open(&j, '[');
        for (size_t i = 0; i < f->stages.n; i++)
                health_put_stage(&j, &f->stages.items[i], f->now);
        json_close(&j, ']');
        json_close(&j, '}');
        buf_char(out, '\n');
}

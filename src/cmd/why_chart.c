/* bulldog why chart: what was news in the series, bit by bit, and which rule
 * made one of it the chart and not another. */

#include "cmd/why_chart.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/chart_data.h"
#include "cmd/cmd.h"
#include "cmd/draft.h"
#include "cmd/feeds.h"
#include "cmd/findings.h"
#include "edition/finding.h"
#include "store/gauge.h"

#define OUTPUT_B ((size_t)8 * 1024 * 1024)
#define SHOWN 20 /* candidates */

static void put_date(struct buf *out, const struct finding_candidate *c,
                     int64_t at)
{
        enum period p = PERIOD_DAY;
        char text[PERIOD_B];

        (void)period_named(c->gauge->period, &p);
        period_write(p, at, text);
        buf_puts(out, text);
}

static void put_term(struct buf *out, const char *name, double value)
{
        buf_printf(out, "  %s %-10s %6.2f", value < 0 ? "-" : "+", name,
                   value < 0 ? -value : value);
}

static void put_rarity(struct buf *out, const struct finding *f)
{
        put_term(out, "rarity", f->rarity);
        buf_printf(out,
                   "  once in %.0f; its own history: %" PRId64 " of %" PRId64
                   " times, %" PRId64 " periods back\n",
                   exp2(f->rarity), f->hits, f->chances, f->run);
}

static void put_candidate(struct buf *out, const struct finding_candidate *c)
{
        const struct finding *f = c->finding;

        buf_printf(out, "%5.1f  " STR_FMT ": " STR_FMT ", ", c->score,
                   STR_ARG(c->gauge->name.n ? c->gauge->name : c->gauge->url),
                   STR_ARG(f->kind));
        put_date(out, c, f->at);
        buf_puts(out, f->since_at == TIME_NONE ? ", never before" : ", since ");
        if (f->since_at != TIME_NONE)
                put_date(out, c, f->since_at);
        buf_printf(out, "\n     -> " STR_FMT "\n",
                   STR_ARG(c->rule.n ? c->rule : STR("it is the rarest")));
        put_rarity(out, f);
        if (f->brief > 0) {
                put_term(out, "brief", -f->brief);
                buf_puts(out, "  a short history\n");
        }
        if (c->weight > 0 || c->weight < 0) {
                put_term(out, "weight", c->weight);
                buf_puts(out, "  its importance\n");
        }
        if (c->stale > 0) {
                put_term(out, "stale", -c->stale);
                buf_puts(out, "  its newest value, or the finding, is old\n");
        }
        if (c->heard > 0) {
                put_term(out, "heard", -c->heard);
                buf_puts(out, "  the like was found or printed lately\n");
        }
}

static void put_number(struct json *j, const char *key, double v)
{
        json_key(j, key);
        json_double(j, v);
}

static void put_json(struct buf *out, const struct finding_candidate *c)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "finding");
        json_int(&j, c->finding->id);
        json_key(&j, "series");
        json_str(&j, c->gauge->name);
        json_key(&j, "kind");
        json_str(&j, c->finding->kind);
        json_key(&j, "at");
        json_time(&j, c->finding->at);
        json_key(&j, "since");
        json_time(&j, c->finding->since_at);
        put_number(&j, "score", c->score);
        put_number(&j, "rarity", c->finding->rarity);
        put_number(&j, "brief", c->finding->brief);
        put_number(&j, "weight", c->weight);
        put_number(&j, "stale", c->stale);
        put_number(&j, "heard", c->heard);
        json_key(&j, "hits");
        json_int(&j, c->finding->hits);
        json_key(&j, "chances");
        json_int(&j, c->finding->chances);
        json_key(&j, "rule");
        json_str(&j, c->rule.n ? c->rule : STR_NULL);
        json_close(&j, '}');
        buf_char(out, '\n');
}

static int explain(struct env *env, bool as_json)
{
        struct finding_candidate *list;
        struct str date, waits;
        struct civil day;
        size_t n = 0;
        struct buf out;
        int rc = draft_date(env, NULL, &day, &date);

        if (rc == 0)
                rc = chart_data_of_day(env, date, &waits);
        if (rc == 0)
                rc = findings_rank(env, date, &list, &n);
        if (rc < 0)
                return rc;
        buf_init(&out, OUTPUT_B);
        if (waits.n && !as_json)
                buf_printf(&out,
                           "The owner's chart of " STR_FMT
                           " is printed, whatever is news\n",
                           STR_ARG(date));
        for (size_t i = 0; i < n && (as_json || i < SHOWN); i++)
                (as_json ? put_json : put_candidate)(&out, &list[i]);
        if (!n && !as_json)
                buf_puts(&out, "Nothing is news in the watched series "
                               "('bulldog series list')\n");
        if (n > SHOWN && !as_json)
                buf_printf(&out, "and %zu more\n", n - SHOWN);
        return feeds_print(env, &out);
}

int why_chart(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        bool as_json = false;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "json", &name, &value)) >
               0)
                as_json = true;
        if (rc == 0 && i < argc)
                rc = err_set(&env->err, ERR_INPUT, "why chart takes no \"%s\"",
                             argv[i]);
        return rc < 0 ? rc : explain(env, as_json);
}

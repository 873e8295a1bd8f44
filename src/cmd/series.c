/* bulldog series list|check|rm; add has a file of its own. */

#include "cmd/series.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "cmd/cmd.h"
#include "cmd/feeds.h"
#include "edition/period.h"
#include "store/feed.h"
#include "store/gauge.h"
#include "wire/almanac.h"
#include "wire/fetch.h"
#include "wire/figures.h"
#include "wire/gather.h"
#include "wire/jail.h"

#define OUTPUT_B ((size_t)64 * 1024 * 1024)
#define NAME_WIDTH 28

int cmd_series(struct env *env, int argc, char **argv);

int series_usage(struct env *env, const char *what)
{
        return err_set(&env->err, ERR_INPUT,
                       "series %s; see bulldog series --help", what);
}

/* --- reading one --------------------------------------------------------- */

static int fetch_bytes(struct env *env, struct str url, struct str *ret)
{
        const struct feed f = { .url = url, .kind = STR(GAUGE_KIND) };
        size_t max_b = (size_t)env->conf.wire_feed_max;
        struct fetch_answer w;

        if (!almanac_is_file(&f))
                return gather_one(env->a, &env->conf, env->dir, url, max_b, ret,
                                  &env->err);
        almanac_file(env->a, &f, max_b, &w);
        if (w.rc < 0) {
                env->err = w.err;
                return w.rc;
        }
        *ret = w.body;
        return 0;
}

int series_fetch(struct env *env, struct str url, const struct gauge *g,
                 struct gauge_doc *ret)
{
        struct gauge_wish wish = figures_wish(g, url);
        struct jail_gauge ask = { .wish = &wish };
        enum jail_mode mode;
        struct jail *j;
        int rc = jail_mode(env->conf.wire_jail, &mode, &env->err);

        if (rc == 0)
                rc = fetch_bytes(env, url, &ask.d.bytes);
        if (rc < 0)
                return rc;
        ask.d.url = url;
        j = jail_new(mode);
        rc = jail_gauge(j, env->a, &ask, ret, &env->err);
        jail_free(j);
        return rc < 0 ? err_add(&env->err, STR_FMT, STR_ARG(wish.name)) : 0;
}

/* Stretches in which values are missing, and the longest. */
static void describe_gaps(const struct gauge_doc *doc, enum period p)
{
        size_t n = 0, longest = 0;
        int64_t most = 0;
        char from[PERIOD_B], to[PERIOD_B];

        for (size_t i = 1; i < doc->n; i++) {
                int64_t gap = doc->items[i].at - doc->items[i - 1].at;

                if (gap <= period_gap(p))
                        continue;
                n++;
                if (gap > most) {
                        most = gap;
                        longest = i;
                }
        }
        if (!n)
                return;
        period_write(p, doc->items[longest - 1].at, from);
        period_write(p, doc->items[longest].at, to);
        printf("        %zu stretch%s without values, the longest from %s to "
               "%s\n",
               n, n == 1 ? "" : "es", from, to);
}

void series_describe(struct env *env, const struct gauge *g,
                     const struct gauge_doc *doc)
{
        enum period p = period_for(g->frequency, doc->items, doc->n);
        char from[PERIOD_B], to[PERIOD_B];

        (void)env;
        period_write(p, doc->items[0].at, from);
        period_write(p, doc->items[doc->n - 1].at, to);
        printf("        %" PRId64 " rows, %zu values of \"" STR_FMT
               "\" by \"" STR_FMT "\": one a %s, %s to %s, the newest %.*f\n",
               doc->rows, doc->n, STR_ARG(doc->value_column),
               STR_ARG(doc->date_column), period_name(p), from, to,
               (int)doc->decimals, doc->items[doc->n - 1].value);
        if (doc->gaps)
                printf("        %" PRId64 " rows without a date or a value\n",
                       doc->gaps);
        if (doc->again)
                printf("        %" PRId64 " rows of a date that is there "
                       "twice; the last counts\n",
                       doc->again);
        describe_gaps(doc, p);
        for (size_t i = 0; i < doc->warnings.n; i++)
                printf("        " STR_FMT "\n",
                       STR_ARG(doc->warnings.items[i]));
        if (doc->faults > (int64_t)doc->warnings.n)
                printf("        %" PRId64 " more like these\n",
                       doc->faults - (int64_t)doc->warnings.n);
}

/* --- list ----------------------------------------------------------------- */

static const struct feed *feed_of(const struct feed_list *feeds, int64_t id)
{
        for (size_t i = 0; i < feeds->n; i++)
                if (feeds->items[i].id == id)
                        return &feeds->items[i];
        return NULL;
}

static void put_row(struct buf *out, const struct gauge *g,
                    const struct feed *f)
{
        buf_printf(out, "%6" PRId64 "  ", g->feed_id);
        feeds_put_cell(out, f->state, 7);
        buf_char(out, ' ');
        feeds_put_time(out,
                       str_eq(f->state, STR("active")) ? f->due_at : TIME_NONE);
        buf_puts(out, "  ");
        feeds_put_cell(out, g->name.n ? g->name : STR("-"), NAME_WIDTH);
        buf_printf(out,
                   "  " STR_FMT "%s" STR_FMT "%s" STR_FMT "\n        " STR_FMT
                   "\n        " STR_FMT "\n",
                   STR_ARG(g->unit), g->unit.n && g->place.n ? ", " : "",
                   STR_ARG(g->place), g->period.n ? ", one a " : "",
                   STR_ARG(g->period), STR_ARG(g->url),
                   STR_ARG(f->outcome.n ? f->outcome : STR("not read yet")));
}

static void put_member(struct json *j, const char *key, struct str value)
{
        json_key(j, key);
        json_str(j, value.n ? value : STR_NULL);
}

static void put_json(struct buf *out, const struct gauge *g,
                     const struct feed *f)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "id");
        json_int(&j, g->feed_id);
        put_member(&j, "url", g->url);
        put_member(&j, "name", g->name);
        put_member(&j, "unit", g->unit);
        put_member(&j, "place", g->place);
        put_member(&j, "source", g->source);
        put_member(&j, "home", g->home);
        put_member(&j, "frequency", g->period);
        put_member(&j, "date", g->date_column);
        put_member(&j, "value", g->value_column);
        put_member(&j, "path", g->path);
        json_key(&j, "importance");
        json_int(&j, g->weight);
        put_member(&j, "state", f->state);
        put_member(&j, "outcome", f->outcome);
        json_key(&j, "due");
        json_time(&j, f->due_at);
        json_key(&j, "changed");
        json_time(&j, g->changed_at ? g->changed_at : TIME_NONE);
        json_close(&j, '}');
        buf_char(out, '\n');
}

static int list(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        struct gauge_list gauges;
        struct feed_list feeds;
        struct buf out;
        bool json = false;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "json", &name, &value)) >
               0)
                json = true;
        if (rc == 0 && i < argc)
                rc = series_usage(env, "list takes no operand");
        if (rc == 0)
                rc = gauge_all(env->a, env->db, &gauges, &env->err);
        if (rc == 0)
                rc = feed_all(env->a, env->db, &feeds, &env->err);
        if (rc < 0)
                return rc;
        buf_init(&out, OUTPUT_B);
        for (size_t k = 0; k < gauges.n; k++) {
                const struct feed *f = feed_of(&feeds, gauges.items[k].feed_id);

                if (f)
                        (json ? put_json : put_row)(&out, &gauges.items[k], f);
        }
        if (!gauges.n && !json)
                buf_puts(&out, "No series yet: bulldog series add URL\n");
        return feeds_print(env, &out);
}

/* --- check, rm ------------------------------------------------------------ */

static bool is_wanted(const struct gauge *g, int argc, char **argv)
{
        for (int i = 1; i < argc; i++)
                if (str_eq(g->url, str_c(argv[i])) ||
                    str_eq(g->name, str_c(argv[i])))
                        return true;
        return argc == 1;
}

/* One that can't be read is told, and the others are read. */
static void check_one(struct env *env, const struct gauge *g, size_t *n_wrong)
{
        struct err before = env->err;
        struct gauge_doc doc;

        printf(STR_FMT "\n", STR_ARG(g->url));
        if (series_fetch(env, g->url, g, &doc) == 0) {
                series_describe(env, g, &doc);
                return;
        }
        printf("        %s\n", env->err.msg);
        env->err = before;
        ++*n_wrong;
}

static int check(struct env *env, int argc, char **argv)
{
        struct gauge_list list;
        size_t n = 0, n_wrong = 0;
        int rc = gauge_all(env->a, env->db, &list, &env->err);

        if (rc < 0)
                return rc;
        for (size_t i = 0; i < list.n; i++) {
                if (!is_wanted(&list.items[i], argc, argv))
                        continue;
                check_one(env, &list.items[i], &n_wrong);
                n++;
        }
        if (!n && argc > 1)
                return err_set(&env->err, ERR_ABSENT, "there is no series %s",
                               argv[1]);
        printf("%zu series, %zu in order, %zu not\n", n, n - n_wrong, n_wrong);
        return n_wrong ? err_set(&env->err, ERR_INPUT,
                                 "%zu of %zu series can't be read", n_wrong, n)
                       : 0;
}

/* Its values stay, so that what was printed of them can be proved. */
static int rm(struct env *env, int argc, char **argv)
{
        struct gauge_list list;
        int rc;

        if (argc != 2)
                return series_usage(env, "rm wants the address or the name of "
                                         "a series");
        rc = gauge_all(env->a, env->db, &list, &env->err);
        for (size_t i = 0; rc == 0 && i < list.n; i++) {
                if (!is_wanted(&list.items[i], argc, argv))
                        continue;
                rc = feed_remove(env->db, list.items[i].url, &env->err);
                if (rc == 0)
                        printf("removed " STR_FMT "\n",
                               STR_ARG(list.items[i].url));
                return rc;
        }
        return rc < 0 ? rc
                      : err_set(&env->err, ERR_ABSENT, "there is no series %s",
                                argv[1]);
}

int cmd_series(struct env *env, int argc, char **argv)
{
        static const struct {
                const char *name;
                int (*run)(struct env *, int, char **);
        } subs[] = { { "add", series_add },
                     { "list", list },
                     { "check", check },
                     { "rm", rm } };

        for (size_t i = 0; argc > 1 && i < sizeof(subs) / sizeof(*subs); i++)
                if (strcmp(argv[1], subs[i].name) == 0)
                        return subs[i].run(env, argc - 1, argv + 1);
        return series_usage(env, "wants add, list, check or rm");
}

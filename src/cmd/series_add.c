/* bulldog series add: an address of figures, and how they are read. */

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/feeds.h"
#include "cmd/series.h"
#include "edition/period.h"
#include "store/feed.h"
#include "store/gauge.h"
#include "store/sql.h"

#define WORDS_MAX 200 /* bytes of a name, a unit, a place */

struct adding {
        struct feed f;
        struct gauge g;
        struct str against; /* the other's address */
        const char *from;
        bool no_fetch;
};

/* Options that are one text. */
static const struct {
        const char *name;
        size_t at;
} texts[] = {
        { "name", offsetof(struct adding, f.title) },
        { "source", offsetof(struct adding, f.source) },
        { "home", offsetof(struct adding, f.home) },
        { "unit", offsetof(struct adding, g.unit) },
        { "place", offsetof(struct adding, g.place) },
        { "date", offsetof(struct adding, g.date_column) },
        { "value", offsetof(struct adding, g.value_column) },
        { "path", offsetof(struct adding, g.path) },
        { "frequency", offsetof(struct adding, g.frequency) },
        { "against", offsetof(struct adding, against) },
};

static int take_importance(struct env *env, struct adding *o, const char *value)
{
        static const char *const names[] = { "low", "normal", "high" };

        for (int i = 0; i < 3; i++)
                if (strcmp(value, names[i]) == 0) {
                        o->g.weight = GAUGE_LOW + i;
                        return 0;
                }
        return err_set(&env->err, ERR_INPUT,
                       "--importance is low, normal or high, not %s", value);
}

static int take_option(struct env *env, struct adding *o, const char *name,
                       const char *value)
{
        for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
                if (strcmp(texts[i].name, name) != 0)
                        continue;
                *(struct str *)((char *)o + texts[i].at) =
                        utf8_fold_space(env->a, str_c(value));
                return 0;
        }
        if (strcmp(name, "importance") == 0)
                return take_importance(env, o, value);
        o->no_fetch = true;
        return 0;
}

static int check_options(struct env *env, const struct adding *o)
{
        enum period p;

        if (o->f.title.n > WORDS_MAX || o->g.unit.n > WORDS_MAX ||
            o->g.place.n > WORDS_MAX || o->f.source.n > WORDS_MAX)
                return err_set(&env->err, ERR_LIMIT,
                               "a name, unit, place or source is over %d bytes",
                               WORDS_MAX);
        if (o->f.home.n && !url_is_http(o->f.home))
                return err_set(&env->err, ERR_INPUT,
                               "--home wants the address of a page");
        if (o->g.frequency.n && !period_named(o->g.frequency, &p))
                return err_set(&env->err, ERR_INPUT,
                               "--frequency is year, quarter, month, week, day "
                               "or hour");
        return 0;
}

static int read_options(struct env *env, int argc, char **argv,
                        struct adding *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(
                        env, argc, argv, &i,
                        "name= source= home= unit= place= date= value= "
                        "path= frequency= against= importance= no-fetch",
                        &name, &value)) > 0) {
                rc = take_option(env, o, name, value);
                if (rc < 0)
                        return rc;
        }
        if (rc == 0 && i + 1 != argc)
                return series_usage(env, "add wants one address or file");
        if (rc == 0)
                o->from = argv[i];
        return rc < 0 ? rc : check_options(env, o);
}

/* A file is known by its whole path. */
static int address_of(struct env *env, const char *from, struct str *ret)
{
        char whole[PATH_MAX];
        struct str url = str_c(from);

        if (url_is_http(url)) {
                *ret = url;
                return feeds_check_address(env, url);
        }
        if (str_starts(url, STR("file://"))) {
                *ret = url;
                return 0;
        }
        if (!realpath(from, whole))
                return err_sys(&env->err, "%s", from);
        *ret = arena_printf(env->a, "file://%s", whole);
        return 0;
}

static void fill_text(struct str *s, struct str known)
{
        if (!s->n)
                *s = known;
}

/* It is there already: what the owner doesn't say now stays as it is. */
static int fill_from(struct env *env, struct adding *o,
                     const struct feed *known)
{
        struct gauge g;
        int rc = gauge_get(env->a, env->db, known->id, &g, &env->err);

        if (rc == ERR_ABSENT)
                return err_set(&env->err, ERR_INPUT,
                               STR_FMT " is a feed of another kind",
                               STR_ARG(known->url));
        if (rc < 0)
                return rc;
        fill_text(&o->f.title, known->title);
        fill_text(&o->f.source, known->source);
        fill_text(&o->f.home, known->home);
        fill_text(&o->g.unit, g.unit);
        fill_text(&o->g.place, g.place);
        fill_text(&o->g.date_column, g.date_column);
        fill_text(&o->g.value_column, g.value_column);
        fill_text(&o->g.path, g.path);
        fill_text(&o->g.frequency, g.frequency);
        if (!o->g.weight)
                o->g.weight = g.weight;
        if (!o->against.n)
                o->g.against = g.against;
        return 0;
}

static int find_other(struct env *env, struct adding *o)
{
        struct feed other;
        struct str url;
        int rc;

        if (!o->against.n)
                return 0;
        rc = address_of(env, o->against.p, &url);
        if (rc == 0)
                rc = feed_find(env->a, env->db, url, &other, &env->err);
        if (rc == 0 && !str_eq(other.kind, STR(GAUGE_KIND)))
                rc = err_set(&env->err, ERR_INPUT,
                             STR_FMT " is a feed of another kind",
                             STR_ARG(url));
        if (rc == 0)
                o->g.against = other.id;
        return rc;
}

/* What was read by other rules counts no more: it is asked for whole, now. */
static int put_rows(struct env *env, struct adding *o, bool *ret_new)
{
        struct feed f;
        int rc = feed_add(env->db, &o->f, ret_new, &env->err);

        if (rc == 0)
                rc = feed_find(env->a, env->db, o->f.url, &f, &env->err);
        if (rc < 0)
                return rc;
        f.home = o->f.home;
        f.digest = f.etag = f.modified = STR_NULL;
        f.due_at = env->now;
        rc = feed_save(env->db, &f, &env->err);
        o->g.feed_id = f.id;
        return rc < 0 ? rc : gauge_put(env->db, &o->g, &env->err);
}

static int put(struct env *env, struct adding *o)
{
        bool is_new = false;
        int rc = sql_begin(env->db, &env->err);

        if (rc == 0)
                rc = sql_leave(env->db, true, put_rows(env, o, &is_new),
                               &env->err);
        if (rc == 0)
                printf("%s " STR_FMT "; gather reads it\n",
                       is_new ? "added" : "updated", STR_ARG(o->f.url));
        return rc;
}

static int look(struct env *env, const struct adding *o)
{
        struct err why;
        struct gauge_doc doc;
        int rc = series_fetch(env, o->f.url, &o->g, &doc);

        if (rc == 0) {
                series_describe(env, &o->g, &doc);
                return 0;
        }
        why = env->err;
        return err_set(&env->err, (enum err_code)rc,
                       "%s; nothing was added (--no-fetch adds an address "
                       "without asking it)",
                       why.msg);
}

int series_add(struct env *env, int argc, char **argv)
{
        struct adding o = { .f = feeds_fresh(env) };
        struct feed known;
        int rc = read_options(env, argc, argv, &o);

        o.f.kind = STR(GAUGE_KIND);
        o.f.beat = STR("");
        if (rc == 0)
                rc = address_of(env, o.from, &o.f.url);
        if (rc < 0)
                return rc;
        rc = feed_find(env->a, env->db, o.f.url, &known, &env->err);
        if (rc < 0 && rc != ERR_ABSENT)
                return rc;
        rc = rc == 0 ? fill_from(env, &o, &known) : 0;
        if (rc == 0)
                rc = find_other(env, &o);
        if (!o.g.weight)
                o.g.weight = GAUGE_NORMAL;
        if (rc == 0 && !o.no_fetch)
                rc = look(env, &o);
        return rc < 0 ? rc : put(env, &o);
}

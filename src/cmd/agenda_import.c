/* bulldog agenda import: a table of events now, or a calendar to be read. */

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/time.h"
#include "base/url.h"
#include "cmd/agenda.h"
#include "cmd/feeds.h"
#include "edition/event_table.h"
#include "store/event.h"
#include "store/feed.h"
#include "store/sql.h"

#define TABLE_MAX_B ((size_t)32 * 1024 * 1024)
#define ROW_ARENA_B ((size_t)64 * 1024 * 1024)
#define FAULTS_SHOWN 10

struct options {
        struct str category, title, zone;
        const char *from;
};

static int read_options(struct env *env, int argc, char **argv,
                        struct options *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i,
                                "category= title= zone=", &name, &value)) > 0)
                *(*name == 'c'   ? &o->category
                  : *name == 't' ? &o->title
                                 : &o->zone) = str_c(value);
        if (rc == 0 && i + 1 != argc)
                rc = agenda_usage(env, "import wants one file or address");
        if (rc == 0 && o->zone.n)
                rc = time_zone_check(o->zone, &env->err);
        if (rc == 0)
                o->from = argv[i];
        return rc;
}

/* --- a table ------------------------------------------------------------ */

struct report {
        int64_t added, updated, wrong;
};

static void complain(const struct options *o, struct report *r,
                     const struct err *err)
{
        if (r->wrong++ < FAULTS_SHOWN)
                fprintf(stderr, "%s: %s\n", o->from, err->msg);
}

static int put(struct env *env, const struct options *o, struct event *e,
               struct report *r)
{
        bool is_new = false;
        int rc;

        e->origin = STR("csv");
        e->seen_at = env->now;
        if (!e->category.n)
                e->category = o->category;
        rc = event_put(env->db, e, &is_new, &env->err);
        *(is_new ? &r->added : &r->updated) += rc == 0;
        return rc;
}

/* Lines that are wrong are told and passed over; the store's faults end it. */
static int import_lines(struct env *env, const struct options *o,
                        struct str text, struct report *r)
{
        struct arena *a = arena_new(ROW_ARENA_B);
        struct event_table table;
        struct event e;
        int rc = event_table_open(a, text,
                                  o->zone.n ? o->zone : env->conf.press_zone,
                                  &table, &env->err);

        if (rc < 0)
                rc = err_add(&env->err, "%s", o->from);
        while (rc == 0) {
                struct err why = { 0 };

                arena_reset(a);

                int got = event_table_next(a, &table, &e, &why);

                if (got == 0)
                        break;
                if (got < 0)
                        complain(o, r, &why);
                if (got == ERR_LIMIT)
                        break;
                if (got == 1)
                        rc = put(env, o, &e, r);
        }
        arena_free(a);
        return rc;
}

static int import_table(struct env *env, const struct options *o)
{
        struct report r = { 0 };
        struct str text;
        int rc = file_read(env->a, o->from, TABLE_MAX_B, &text, &env->err);

        if (rc == 0)
                rc = sql_begin(env->db, &env->err);
        if (rc < 0)
                return rc;
        rc = sql_leave(env->db, true, import_lines(env, o, text, &r),
                       &env->err);
        if (rc < 0)
                return rc;
        printf("%" PRId64 " events added, %" PRId64 " updated, %" PRId64
               " left out\n",
               r.added, r.updated, r.wrong);
        return 0;
}

/* --- a calendar --------------------------------------------------------- */

/* webcal is how calendar programs call http and https; we take the latter. */
static struct str fetched_as(struct arena *a, struct str url)
{
        static const struct str names[] = { STR_INIT("webcal://"),
                                            STR_INIT("webcals://") };

        for (size_t i = 0; i < 2; i++)
                if (str_starts_nocase(url, names[i]))
                        return arena_printf(
                                a, "https://" STR_FMT,
                                STR_ARG(str_sub(url, names[i].n, url.n)));
        return url;
}

static int file_address(struct env *env, const char *path, struct str *ret)
{
        char whole[PATH_MAX];

        if (!realpath(path, whole))
                return err_sys(&env->err, "%s", path);
        *ret = arena_printf(env->a, "file://%s", whole);
        return 0;
}

static int add_calendar(struct env *env, const struct options *o,
                        struct str url)
{
        struct feed f = feeds_fresh(env);
        bool is_new = false;
        int rc;

        f.url = url;
        f.kind = STR("agenda");
        f.beat = o->category;
        f.title = f.source = o->title;
        rc = feed_add(env->db, &f, &is_new, &env->err);
        if (rc == 0)
                printf("%s " STR_FMT "; gather reads it\n",
                       is_new ? "added" : "updated", STR_ARG(f.url));
        return rc;
}

int agenda_import(struct env *env, int argc, char **argv)
{
        struct options o = { 0 };
        struct str url;
        int rc = read_options(env, argc, argv, &o);

        if (rc < 0)
                return rc;
        url = fetched_as(env->a, str_c(o.from));
        if (url_is_http(url)) {
                rc = feeds_check_address(env, url);
                return rc < 0 ? rc : add_calendar(env, &o, url);
        }
        if (!str_ends(url, STR(".ics")) && !str_ends(url, STR(".ical")))
                return import_table(env, &o);
        rc = file_address(env, o.from, &url);
        return rc < 0 ? rc : add_calendar(env, &o, url);
}

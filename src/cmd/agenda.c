/* bulldog agenda list|remove; add and import have files of their own. */

#include "cmd/agenda.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "cmd/feeds.h"
#include "store/event.h"
#include "store/feed.h"
#include "store/sql.h"

#define OUTPUT_B ((size_t)64 * 1024 * 1024)
#define LIST_S (30 * (int64_t)TIME_DAY_S)
#define LISTED 100000 /* at most */
#define EVER ((int64_t)1 << 40)
#define CATEGORY_WIDTH 18

int cmd_agenda(struct env *env, int argc, char **argv);

int agenda_usage(struct env *env, const char *what)
{
        return err_set(&env->err, ERR_INPUT,
                       "agenda %s; see bulldog agenda --help", what);
}

/* --- list --------------------------------------------------------------- */

/* "2026-03-06 14:00" by the clock of its zone. */
static void put_when(struct buf *out, const struct event *e, struct str zone)
{
        struct civil c = e->is_all_day ? time_to_civil(e->start_at)
                                       : time_in_zone(e->start_at, zone);

        time_put_date(out, &c);
        if (e->is_all_day)
                buf_puts(out, "      ");
        else
                buf_printf(out, " %02d:%02d", c.hour, c.minute);
}

static void put_row(struct env *env, struct buf *out, const struct event *e)
{
        struct str zone = e->zone.n ? e->zone : env->conf.press_zone;

        buf_printf(out, "%6" PRId64 "  ", e->id);
        put_when(out, e, zone);
        buf_puts(out, "  ");
        feeds_put_cell(out, e->category.n ? e->category : STR("-"),
                       CATEGORY_WIDTH);
        buf_puts(out, "  ");
        buf_put(out, e->title);
        if (e->place.n)
                buf_printf(out, ", " STR_FMT, STR_ARG(e->place));
        if (e->importance == EVENT_HIGH)
                buf_puts(out, " (high)");
        if (e->is_tentative)
                buf_puts(out, " (tentative)");
        if (e->is_cancelled)
                buf_puts(out, " (cancelled)");
        buf_char(out, '\n');
}

static void put_member(struct json *j, const char *key, struct str value)
{
        json_key(j, key);
        json_str(j, value.n ? value : STR_NULL);
}

static void put_instant(struct json *j, const char *key, int64_t at,
                        bool is_day)
{
        struct civil c = time_to_civil(at);
        struct buf b;

        json_key(j, key);
        if (!is_day || at == TIME_NONE) {
                json_time(j, at);
                return;
        }
        buf_init(&b, 32);
        time_put_date(&b, &c);
        json_str(j, buf_str(&b));
        buf_done(&b);
}

static void put_json(struct env *env, struct buf *out, const struct event *e)
{
        static const char *const importances[] = { "", "low", "normal",
                                                   "high" };
        struct json j;

        (void)env;
        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "id");
        json_int(&j, e->id);
        put_instant(&j, "start", e->start_at, e->is_all_day);
        put_instant(&j, "end", e->end_at, e->is_all_day);
        json_key(&j, "all_day");
        json_bool(&j, e->is_all_day);
        put_member(&j, "zone", e->zone);
        put_member(&j, "category", e->category);
        put_member(&j, "title", e->title);
        put_member(&j, "place", e->place);
        put_member(&j, "importance",
                   str_c(importances[e->importance >= EVENT_LOW &&
                                                     e->importance <= EVENT_HIGH
                                             ? e->importance
                                             : EVENT_NORMAL]));
        put_member(&j, "expected", e->expected);
        put_member(&j, "previous", e->previous);
        json_key(&j, "tentative");
        json_bool(&j, e->is_tentative);
        json_key(&j, "cancelled");
        json_bool(&j, e->is_cancelled);
        put_member(&j, "url", e->url);
        put_member(&j, "source", e->source);
        put_member(&j, "origin", e->origin);
        put_member(&j, "uid", e->uid);
        put_member(&j, "recurrence", e->recurrence);
        json_close(&j, '}');
        buf_char(out, '\n');
}

struct list_options {
        bool json, all;
};

static int read_list_options(struct env *env, int argc, char **argv,
                             struct list_options *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "json all", &name,
                                &value)) > 0)
                *(strcmp(name, "json") == 0 ? &o->json : &o->all) = true;
        if (rc == 0 && i < argc)
                rc = agenda_usage(env, "list takes no operand");
        return rc;
}

static int list(struct env *env, int argc, char **argv)
{
        struct event_span span = { env->now - TIME_DAY_S, env->now + LIST_S,
                                   LISTED };
        struct list_options o = { 0 };
        struct event_list events;
        struct buf out;
        int rc = read_list_options(env, argc, argv, &o);

        if (o.all)
                span = (struct event_span) { -EVER, EVER, LISTED };
        if (rc == 0)
                rc = event_between(env->a, env->db, &span, &events, &env->err);
        if (rc < 0)
                return rc;
        buf_init(&out, OUTPUT_B);
        for (size_t i = 0; i < events.n; i++)
                (o.json ? put_json : put_row)(env, &out, &events.items[i]);
        if (!events.n && !o.json)
                buf_puts(&out, o.all ? "No events yet: bulldog agenda add, or "
                                       "bulldog agenda import\n"
                                     : "No events in the next thirty days; "
                                       "--all lists the others too\n");
        return feeds_print(env, &out);
}

/* --- remove ------------------------------------------------------------- */

static int remove_calendar(struct env *env, struct str url)
{
        struct feed f;
        int rc = feed_find(env->a, env->db, url, &f, &env->err);

        if (rc == 0 && !str_eq(f.kind, STR("agenda")))
                return err_set(&env->err, ERR_INPUT,
                               STR_FMT " is no calendar but a feed of "
                                       "articles: bulldog feeds remove",
                               STR_ARG(url));
        if (rc == 0)
                rc = feed_remove(env->db, url, &env->err);
        if (rc == 0)
                rc = event_feed_remove(env->db, f.id, &env->err);
        return rc;
}

static int remove_it(struct env *env, int argc, char **argv)
{
        int64_t id;
        int rc;

        if (argc != 2)
                return agenda_usage(env, "remove wants the id of an event, or "
                                         "the address of a calendar");
        if (scan_i64(str_c(argv[1]), 1, INT64_MAX, &id) == 0)
                rc = event_remove(env->db, id, &env->err);
        else
                rc = remove_calendar(env, str_c(argv[1]));
        if (rc == 0)
                printf("removed %s\n", argv[1]);
        return rc;
}

int cmd_agenda(struct env *env, int argc, char **argv)
{
        static const struct {
                const char *name;
                int (*run)(struct env *, int, char **);
        } subs[] = { { "add", agenda_add },
                     { "list", list },
                     { "import", agenda_import },
                     { "remove", remove_it } };

        for (size_t i = 0; argc > 1 && i < sizeof(subs) / sizeof(*subs); i++)
                if (strcmp(argv[1], subs[i].name) == 0)
                        return subs[i].run(env, argc - 1, argv + 1);
        return agenda_usage(env, "wants add, list, import or remove");
}

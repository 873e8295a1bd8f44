/*
 * bulldog publish: freeze an edition, print the site, queue the letters.
 *
 * In this order, so that a power cut at any instant leaves readers with whole
 * editions, and a rerun mends the rest: it is printed (cmd/printing.h); then,
 * in one transaction, the edition is published and its readers are frozen. So
 * nothing is mailed that does not stand on the site, and
 * an edition that is published already is printed anew but never mailed again.
 * Where two hosts publish at once, the second finds the edition published when
 * it is about to freeze it: then it prints again what the first one published.
 */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "cmd/printing.h"
#include "cmd/stories_update.h"
#include "store/delivery.h"
#include "store/sql.h"
#include "store/stage.h"

#define OUT_MAX_B 8192

int cmd_publish(struct env *env, int argc, char **argv);

struct options {
        const char *date; /* NULL: the newest */
        bool as_json, all;
};

struct publication {
        struct printing print;
        bool is_new, is_taken; /* taken: another host was faster */
        int64_t letters;
};

static int read_options(struct env *env, int argc, char **argv,
                        struct options *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "date= all json", &name,
                                &value)) > 0) {
                if (strncmp(name, "date", 4) == 0)
                        o->date = value;
                else if (strncmp(name, "all", 3) == 0)
                        o->all = true;
                else
                        o->as_json = true;
        }
        if (rc == 0 && i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "publish takes no \"%s\"; see --help", argv[i]);
        return rc;
}

static int find_row(struct env *env, const struct options *o,
                    struct publication *p)
{
        int rc = stories_series(env, &p->print.series);

        if (rc < 0)
                return rc;
        rc = o->date ? edition_by_date(env->a, env->db, p->print.series,
                                       str_c(o->date), &p->print.row, &env->err)
                     : edition_latest(env->a, env->db, p->print.series, false,
                                      &p->print.row, &env->err);
        if (rc == ERR_ABSENT && o->date)
                return err_set(&env->err, rc,
                               "there is no edition of %s; 'bulldog compose "
                               "--date %s' makes one",
                               o->date, o->date);
        if (rc == ERR_ABSENT)
                return err_set(&env->err, rc,
                               "there is no edition yet; 'bulldog compose' "
                               "makes one");
        if (rc < 0)
                return rc;
        p->is_new = !str_eq(p->print.row.state, STR("published"));
        if (p->is_new)
                p->print.row.published_at = p->print.row.updated_at = env->now;
        return 0;
}

/* Nobody may have changed the copy since it was printed. */
static int check_unchanged(struct env *env, struct publication *p)
{
        struct edition_row now;
        int rc = edition_lock(env->db, &env->err);

        if (rc == 0)
                rc = edition_get(env->a, env->db, p->print.row.id, &now,
                                 &env->err);
        if (rc < 0)
                return rc;
        p->is_taken = str_eq(now.state, STR("published"));
        if (now.revision != p->print.row.revision || p->is_taken)
                return err_set(&env->err, ERR_STALE,
                               "the copy of " STR_FMT
                               " was changed while it was printed: publish "
                               "again",
                               STR_ARG(now.date));
        return rc;
}

static int freeze(struct env *env, struct publication *p)
{
        int rc = check_unchanged(env, p);

        if (rc < 0)
                return rc;
        p->print.row.state = STR("published");
        rc = edition_save(env->db, &p->print.row, &env->err);
        if (rc < 0)
                return rc;
        return delivery_freeze(env->db, p->print.row.id,
                               arena_printf(env->a, STR_FMT ".%lld",
                                            STR_ARG(p->print.row.date),
                                            (long long)p->print.row.number),
                               printing_domain(env), env->now, &p->letters,
                               &env->err);
}

static int publish(struct env *env, const struct options *o,
                   struct publication *p)
{
        int rc = find_row(env, o, p);
        bool own;

        p->print.all = o->all;
        if (rc == 0)
                rc = printing_run(env, &p->print);
        if (rc < 0)
                return rc;
        if (p->is_new) {
                rc = sql_enter(env->db, &own, &env->err);
                if (rc == 0)
                        rc = sql_leave(env->db, own, freeze(env, p), &env->err);
        }
        return rc < 0 ? rc : printing_settle(env, &p->print, &p->letters);
}

static struct str summary(struct env *env, const struct publication *p)
{
        return arena_printf(
                env->a,
                "No. %lld of " STR_FMT " %s: %zu files, %zu of them changed; "
                "%lld letters queued",
                (long long)p->print.row.number, STR_ARG(p->print.row.date),
                p->is_new ? "published" : "printed again", p->print.printed.n,
                p->print.changed, (long long)p->letters);
}

static void print_json(struct env *env, const struct publication *p)
{
        struct buf out;
        struct json j;

        buf_init(&out, OUT_MAX_B);
        json_init(&j, &out);
        json_open(&j, '{');
        json_key(&j, "date");
        json_str(&j, p->print.row.date);
        json_key(&j, "number");
        json_int(&j, p->print.row.number);
        json_key(&j, "title");
        json_str(&j, p->print.row.title);
        json_key(&j, "url");
        json_str(&j, press_permalink(env->a, &p->print.press, &p->print.row));
        json_key(&j, "new");
        json_bool(&j, p->is_new);
        json_key(&j, "files");
        json_int(&j, (int64_t)p->print.printed.n);
        json_key(&j, "changed");
        json_int(&j, (int64_t)p->print.changed);
        json_key(&j, "letters");
        json_int(&j, p->letters);
        json_close(&j, '}');
        puts(buf_cstr(&out));
        buf_done(&out);
}

static void report(struct env *env, const struct options *o,
                   const struct publication *p)
{
        if (o->as_json) {
                print_json(env, p);
                return;
        }
        printf(STR_FMT "\n" STR_FMT "\n", STR_ARG(summary(env, p)),
               STR_ARG(press_permalink(env->a, &p->print.press,
                                       &p->print.row)));
}

/* How the stage ended, kept even if saying so fails too. */
static int end_stage(struct env *env, const struct publication *p, int rc)
{
        struct str note = rc < 0 ? str_c(env->err.msg) : summary(env, p);
        struct err err;
        int end = stage_end(env->db, STR("publish"), rc == 0, note, env->now,
                            &err);

        if (rc == 0 && end < 0) {
                env->err = err;
                return end;
        }
        return rc;
}

int cmd_publish(struct env *env, int argc, char **argv)
{
        struct options o = { 0 };
        struct publication p = { 0 };
        int lock;
        int rc = read_options(env, argc, argv, &o);

        if (rc == 0)
                rc = printing_lock(env, &lock);
        if (rc == 0)
                rc = stage_start(env->db, STR("publish"), env->now, &env->err);
        if (rc < 0)
                return rc;
        rc = publish(env, &o, &p);
        if (rc == ERR_STALE && p.is_taken) {
                p = (struct publication) { 0 };
                rc = publish(env, &o, &p);
        }
        rc = end_stage(env, &p, rc);
        if (rc == 0)
                report(env, &o, &p);
        return rc;
}

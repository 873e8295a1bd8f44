/*
 * bulldog publish: freeze an edition, print the site, queue the letters.
 *
 * In this order, so that a power cut at any instant leaves readers with whole
 * editions, and a rerun mends the rest: everything is printed in memory; the
 * edition's own folder is written, its page last; then what points to it, the
 * front page last; then, in one transaction, the edition is published and its
 * readers are frozen. So nothing is mailed that does not stand on the site, and
 * an edition that is published already is printed anew but never mailed again.
 * Where two hosts publish at once, the second finds the edition published when
 * it is about to freeze it: then it prints again what the first one published.
 */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "cmd/issue.h"
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
        struct press press;
        int64_t series;
        struct edition_row row; /* what is published */
        bool is_new, is_taken;  /* taken: another host was faster */
        struct issue *issues;   /* newest first, row among them */
        size_t n, at;           /* where row stands */
        struct printed_list printed;
        size_t changed;
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
        int rc = stories_series(env, &p->series);

        if (rc < 0)
                return rc;
        rc = o->date ? edition_by_date(env->a, env->db, p->series,
                                       str_c(o->date), &p->row, &env->err)
                     : edition_latest(env->a, env->db, p->series, false,
                                      &p->row, &env->err);
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
        p->is_new = !str_eq(p->row.state, STR("published"));
        if (p->is_new)
                p->row.published_at = p->row.updated_at = env->now;
        return 0;
}

/* All published ones and this one, newest first; copies as far as needed. */
static int load_issues(struct env *env, const struct options *o,
                       struct publication *p)
{
        struct edition_rows rows;
        int rc =
                edition_published(env->a, env->db, p->series, &rows, &env->err);

        if (rc < 0)
                return rc;
        p->issues = arena_array(env->a, rows.n + 1, sizeof(*p->issues));
        p->at = STR_NONE;
        for (size_t i = 0; i < rows.n; i++) {
                bool is_row = rows.items[i].id == p->row.id;

                if (p->at == STR_NONE &&
                    (is_row || str_cmp(rows.items[i].date, p->row.date) < 0)) {
                        p->at = p->n;
                        p->issues[p->n++].row = p->row;
                }
                if (!is_row)
                        p->issues[p->n++].row = rows.items[i];
        }
        if (p->at == STR_NONE) {
                p->at = p->n;
                p->issues[p->n++].row = p->row;
        }
        for (size_t i = 0; i < p->n && rc == 0; i++)
                if (o->all || i < PRESS_FEED_ISSUES || i == p->at ||
                    i + 1 == p->at)
                        rc = issue_load(env, &p->issues[i].row, &p->issues[i]);
        p->row = p->issues[p->at].row;
        return rc;
}

/*
 * The edition's folder, and that of the one after it, which names this one as
 * the one before; then what stands around them.
 */
static int print_all(struct env *env, const struct options *o,
                     struct publication *p)
{
        int rc = 0;

        for (size_t i = 0; i < p->n && rc == 0; i++)
                if (o->all || i == p->at || i + 1 == p->at)
                        rc = press_issue(env->a, &p->press, &p->issues[i],
                                         i + 1 < p->n ? &p->issues[i + 1].row
                                                      : NULL,
                                         &p->printed, &env->err);
        if (rc == 0)
                rc = press_site(env->a, &p->press, p->issues, p->n, &p->printed,
                                &env->err);
        return rc;
}

/* What a publish that was killed left half-written; we hold publish.lock. */
static void sweep(struct env *env, const char *root,
                  const struct printed_list *printed)
{
        struct str before = STR_NULL;

        for (size_t i = 0; i < printed->n; i++) {
                struct str path = printed->items[i].path, folder = path;

                while (folder.n && folder.p[folder.n - 1] != '/')
                        folder.n--;
                if (before.p && str_eq(folder, before))
                        continue;
                file_sweep(arena_printf(env->a, "%s/" STR_FMT, root,
                                        STR_ARG(folder))
                                   .p);
                before = folder;
        }
}

static int write_all(struct env *env, struct publication *p)
{
        const char *root = env_path(env, env->conf.site_public);

        sweep(env, root, &p->printed);

        for (size_t i = 0; i < p->printed.n; i++) {
                const struct printed *f = &p->printed.items[i];
                bool changed = false;
                const char *path = arena_printf(env->a, "%s/" STR_FMT, root,
                                                STR_ARG(f->path))
                                           .p;
                int rc = file_write(path, f->bytes, &changed, &env->err);

                if (rc < 0)
                        return err_add(
                                &env->err,
                                "the last edition stays served, nothing is "
                                "mailed");
                p->changed += changed;
        }
        return 0;
}

/* Nobody may have changed the copy since it was printed. */
static int check_unchanged(struct env *env, struct publication *p)
{
        struct edition_row now;
        int rc = edition_lock(env->db, &env->err);

        if (rc == 0)
                rc = edition_get(env->a, env->db, p->row.id, &now, &env->err);
        if (rc < 0)
                return rc;
        p->is_taken = str_eq(now.state, STR("published"));
        if (now.revision != p->row.revision || p->is_taken)
                return err_set(&env->err, ERR_STALE,
                               "the copy of " STR_FMT
                               " was changed while it was printed: publish "
                               "again",
                               STR_ARG(now.date));
        return rc;
}

static int freeze(struct env *env, struct publication *p)
{
        struct str from = env->conf.post_from;
        size_t at = str_chr(from, '@', 0);
        struct str domain = at == STR_NONE ? STR("localhost.localdomain")
                                           : str_sub(from, at + 1, from.n);
        int rc = check_unchanged(env, p);

        if (rc < 0)
                return rc;
        p->row.state = STR("published");
        rc = edition_save(env->db, &p->row, &env->err);
        if (rc < 0)
                return rc;
        return delivery_freeze(env->db, p->row.id,
                               arena_printf(env->a, STR_FMT ".%lld",
                                            STR_ARG(p->row.date),
                                            (long long)p->row.number),
                               domain, env->now, &p->letters, &env->err);
}

static int publish(struct env *env, const struct options *o,
                   struct publication *p)
{
        bool own;
        int rc = issue_press(env, &p->press);

        if (rc == 0)
                rc = find_row(env, o, p);
        if (rc == 0)
                rc = load_issues(env, o, p);
        if (rc == 0)
                rc = print_all(env, o, p);
        if (rc == 0)
                rc = write_all(env, p);
        if (rc < 0 || !p->is_new)
                return rc;
        rc = sql_enter(env->db, &own, &env->err);
        if (rc == 0)
                rc = sql_leave(env->db, own, freeze(env, p), &env->err);
        return rc;
}

static struct str summary(struct env *env, const struct publication *p)
{
        return arena_printf(env->a,
                            "No. %lld of " STR_FMT
                            " %s: %zu files, %zu of them changed; "
                            "%lld letters queued",
                            (long long)p->row.number, STR_ARG(p->row.date),
                            p->is_new ? "published" : "printed again",
                            p->printed.n, p->changed, (long long)p->letters);
}

static void print_json(struct env *env, const struct publication *p)
{
        struct buf out;
        struct json j;

        buf_init(&out, OUT_MAX_B);
        json_init(&j, &out);
        json_open(&j, '{');
        json_key(&j, "date");
        json_str(&j, p->row.date);
        json_key(&j, "number");
        json_int(&j, p->row.number);
        json_key(&j, "title");
        json_str(&j, p->row.title);
        json_key(&j, "url");
        json_str(&j, press_permalink(env->a, &p->press, &p->row));
        json_key(&j, "new");
        json_bool(&j, p->is_new);
        json_key(&j, "files");
        json_int(&j, (int64_t)p->printed.n);
        json_key(&j, "changed");
        json_int(&j, (int64_t)p->changed);
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
               STR_ARG(press_permalink(env->a, &p->press, &p->row)));
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
                rc = file_lock(env_path(env, STR("publish.lock")), &lock,
                               &env->err);
        if (rc == ERR_BUSY)
                return err_set(&env->err, rc,
                               "another publish is under way in this press");
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

#include "cmd/printing.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/time.h"
#include "store/delivery.h"
#include "store/sql.h"

#define LATE_S (7 * TIME_DAY_S) /* a correction is of late so long */

int printing_lock(struct env *env, int *ret_fd)
{
        int rc = file_lock(env_path(env, STR("publish.lock")), ret_fd,
                           &env->err);

        if (rc == ERR_BUSY)
                return err_set(&env->err, rc,
                               "another publish is under way in this press");
        return rc;
}

struct str printing_domain(const struct env *env)
{
        struct str from = env->conf.post_from;
        size_t at = str_chr(from, '@', 0);

        return at == STR_NONE ? STR("localhost.localdomain")
                              : str_sub(from, at + 1, from.n);
}

static bool is_corrected(const struct printing *p, int64_t edition_id)
{
        for (size_t i = 0; i < p->corrections.n; i++)
                if (p->corrections.items[i].edition_id == edition_id)
                        return true;
        return false;
}

/* Those whose own folder is printed. */
static void find_due(struct env *env, struct printing *p)
{
        bool was_due = false;

        p->is_due = arena_array(env->a, p->n + 1, sizeof(*p->is_due));
        for (size_t i = p->n; i-- > 0;) {
                bool is_due = p->all || i == p->at ||
                              is_corrected(p, p->issues[i].row.id);

                p->is_due[i] = is_due || was_due;
                was_due = is_due;
        }
}

/* All published ones and this one, newest first. */
static int list_issues(struct env *env, struct printing *p)
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
        return 0;
}

/* Copies as far as they are needed, those of earlier versions too. */
static int load_issues(struct env *env, struct printing *p)
{
        int rc = list_issues(env, p);

        if (rc == 0)
                rc = correction_recent(env->a, env->db, p->series,
                                       env->now - LATE_S, &p->corrections,
                                       &env->err);
        if (rc < 0)
                return rc;
        find_due(env, p);
        for (size_t i = 0; i < p->n && rc == 0; i++) {
                if (p->is_due[i] || i < PRESS_FEED_ISSUES)
                        rc = issue_load(env, &p->issues[i].row, &p->issues[i]);
                if (rc == 0 && p->is_due[i])
                        rc = issue_load_versions(env, &p->issues[i]);
        }
        p->row = p->issues[p->at].row;
        return rc;
}

static int print_all(struct env *env, struct printing *p)
{
        int rc = 0;

        for (size_t i = 0; i < p->n && rc == 0; i++)
                if (p->is_due[i])
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

static int write_all(struct env *env, struct printing *p)
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
                        return err_add(&env->err,
                                       "what was printed stays served, nothing "
                                       "is mailed");
                p->changed += changed;
        }
        return 0;
}

int printing_run(struct env *env, struct printing *p)
{
        int rc = issue_press(env, &p->press);

        if (rc == 0)
                rc = load_issues(env, p);
        if (rc == 0)
                rc = print_all(env, p);
        if (rc == 0)
                rc = write_all(env, p);
        return rc;
}

/* --- what follows --- */

static int queue_letters(struct env *env, const struct correction *c,
                         int64_t number, int64_t *inout_letters)
{
        struct str prefix =
                arena_printf(env->a, STR_FMT ".%lld.c%lld", STR_ARG(c->date),
                             (long long)number, (long long)c->n);
        int64_t n = 0;
        int rc = delivery_freeze_correction(env->db, c->edition_id, c->n,
                                            prefix, printing_domain(env),
                                            env->now, &n, &env->err);

        *inout_letters += n;
        return rc;
}

static int settle(struct env *env, const struct printing *p,
                  int64_t *inout_letters)
{
        int rc = 0;

        for (size_t i = 0; i < p->corrections.n && rc == 0; i++) {
                const struct correction *c = &p->corrections.items[i];
                struct edition_row row;

                if (c->printed_at != TIME_NONE)
                        continue;
                rc = edition_get(env->a, env->db, c->edition_id, &row,
                                 &env->err);
                if (rc == 0 && c->has_letter)
                        rc = queue_letters(env, c, row.number, inout_letters);
                if (rc == 0)
                        rc = correction_set_printed(env->db, c->edition_id,
                                                    c->n, env->now, &env->err);
        }
        return rc;
}

int printing_settle(struct env *env, const struct printing *p,
                    int64_t *inout_letters)
{
        bool own;
        int rc = sql_enter(env->db, &own, &env->err);

        if (rc == 0)
                rc = sql_leave(env->db, own, settle(env, p, inout_letters),
                               &env->err);
        return rc;
}

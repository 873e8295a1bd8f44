/* bulldog edit: the newest copy in the editor's own editor, saved as a
 * revision. */

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/draft.h"
#include "cmd/findings.h"
#include "cmd/manuscript.h"
#include "edition/edition.h"
#include "edition/slug.h"
#include "store/sql.h"

int cmd_edit(struct env *env, int argc, char **argv);

static int read_options(struct env *env, int argc, char **argv,
                        const char **ret_date, const char **ret_file)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "date= file=", &name,
                                &value)) > 0) {
                if (*name == 'd')
                        *ret_date = value;
                else
                        *ret_file = value;
        }
        if (rc == 0 && i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "edit takes no \"%s\"; see --help", argv[i]);
        return rc;
}

static int save_revision(struct env *env, struct manuscript *m,
                         const struct edition *copy, struct str text)
{
        struct edition_row now;
        int rc = edition_by_date(env->a, env->db, m->row.series_id, m->row.date,
                                 &now, &env->err);

        if (rc < 0)
                return rc;
        if (now.revision != m->row.revision || draft_is_published(&now))
                return err_set(&env->err, ERR_STALE,
                               "the edition changed while you were at it: it "
                               "is at revision %" PRId64
                               " now, you began from %" PRId64,
                               now.revision, m->row.revision);
        m->row = now;
        m->row.slug = slug_of(env->a, copy->title);
        rc = manuscript_save(env, m, STR("editor"), copy, text);
        return rc < 0 ? rc : findings_keep(env, copy, m->row.id);
}

static int save(struct env *env, struct manuscript *m,
                const struct edition *copy, struct str text)
{
        int rc = sql_begin(env->db, &env->err);

        if (rc < 0)
                return rc;
        return sql_leave(env->db, true, save_revision(env, m, copy, text),
                         &env->err);
}

/* The text is there: read it, save it, or keep it beside. */
static int bring_in(struct env *env, struct manuscript *m)
{
        struct edition *copy;
        struct str text;
        int rc = manuscript_read(env, m, &copy, &text);

        if (rc == 0 && str_eq(text, m->before)) {
                printf("Nothing was changed; the edition of " STR_FMT
                       " stays at revision %" PRId64 ".\n",
                       STR_ARG(m->row.date), m->row.revision);
        } else if (rc == 0) {
                rc = save(env, m, copy, text);
                if (rc == 0)
                        printf("Saved the edition of " STR_FMT
                               " as revision %" PRId64 ".\n",
                               STR_ARG(m->row.date), m->row.revision);
        }
        if (rc < 0)
                return manuscript_reject(env, m, rc);
        manuscript_done(m);
        return 0;
}

int cmd_edit(struct env *env, int argc, char **argv)
{
        struct manuscript m = { .command = "edit" };
        struct revision newest;
        const char *date = NULL;
        int fd = -1, rc = read_options(env, argc, argv, &date, &m.file);

        if (rc == 0)
                rc = draft_find(env, date, &m.row);
        if (rc == 0 && draft_is_published(&m.row))
                rc = err_set(&env->err, ERR_DENIED,
                             "the edition of " STR_FMT
                             " is published: what is wrong in it gets a dated "
                             "correction ('bulldog correct " STR_FMT "')",
                             STR_ARG(m.row.date), STR_ARG(m.row.date));
        if (rc == 0)
                rc = manuscript_lock(env, &m.row, &fd);
        if (rc < 0)
                return rc;
        m.again = arena_printf(env->a, "edit --date " STR_FMT " --file",
                               STR_ARG(m.row.date))
                          .p;
        rc = revision_get(env->a, env->db, m.row.id, m.row.revision, &newest,
                          &env->err);
        m.before = newest.copy;
        if (rc == 0)
                rc = manuscript_take(env, &m);
        if (rc == 0)
                rc = bring_in(env, &m);
        (void)close(fd);
        return rc;
}

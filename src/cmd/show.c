/* bulldog show: the copy of an edition, as it would go to print. */

#include <stdio.h>

#include "base/scan.h"
#include "cmd/cmd.h"
#include "cmd/draft.h"

int cmd_show(struct env *env, int argc, char **argv);

int cmd_show(struct env *env, int argc, char **argv)
{
        const char *name, *value, *date = NULL;
        int64_t n = 0;
        struct edition_row row;
        struct revision revision;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "date= revision=", &name,
                                &value)) > 0) {
                if (*name == 'd')
                        date = value;
                else if (scan_i64(str_c(value), 1, INT64_MAX, &n) < 0)
                        return err_set(&env->err, ERR_INPUT,
                                       "--revision wants a number, not %s",
                                       value);
        }
        if (rc == 0 && i < argc)
                rc = err_set(&env->err, ERR_INPUT,
                             "show takes no \"%s\"; see --help", argv[i]);
        if (rc == 0)
                rc = draft_find(env, date, &row);
        if (rc < 0)
                return rc;
        rc = revision_get(env->a, env->db, row.id, n ? n : row.revision,
                          &revision, &env->err);
        if (rc == ERR_ABSENT && n)
                return err_set(&env->err, rc,
                               "the edition of " STR_FMT
                               " has no revision %lld; its newest is %lld",
                               STR_ARG(row.date), (long long)n,
                               (long long)row.revision);
        if (rc < 0)
                return rc;
        fwrite(revision.copy.p, 1, revision.copy.n, stdout);
        if (fflush(stdout) != 0)
                return err_sys(&env->err, "writing to standard output");
        return 0;
}

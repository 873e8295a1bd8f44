/* bulldog migrate: bring the store to the schema this program knows. */

#include "base/arena.h"
#include "cmd/cmd.h"
#include "store/sql.h"
#include "store/store.h"

int cmd_migrate(struct env *env, int argc, char **argv);

/* The store was opened before we are called, which is all that is to do. */
int cmd_migrate(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        struct str version;
        int i = 0;
        int rc = cmd_option(env, argc, argv, &i, "", &name, &value);

        if (rc == 0 && i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "it takes no operand such as %s", argv[i]);
        if (rc == 0)
                rc = store_meta_get(env->a, env->db, STR("schema"), &version,
                                    &env->err);
        if (rc < 0)
                return rc;
        printf("schema " STR_FMT " on %s\n", STR_ARG(version),
               sql_is_postgres(env->db) ? "PostgreSQL" : "SQLite");
        return 0;
}

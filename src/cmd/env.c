#include "cmd/env.h"

#include <string.h>

#include <unicode/uclean.h>

#include "base/arena.h"
#include "base/file.h"
#include "store/sql.h"
#include "store/store.h"

const char *env_path(struct env *env, struct str path)
{
        if (path.n && path.p[0] == '/')
                return arena_cstr(env->a, path);
        return arena_printf(env->a, "%s/" STR_FMT, env->dir, STR_ARG(path)).p;
}

void env_keep_fault(struct env *env, int *kept, int rc, const struct err *err)
{
        if (rc == ERR_ABSENT || *kept < 0)
                return;
        *kept = rc;
        env->err = *err;
}

struct str env_store_url(struct env *env)
{
        struct str url = env->conf.store_url;

        if (str_starts(url, STR("postgresql://")) ||
            str_starts(url, STR("postgres://")))
                return url;
        return str_c(env_path(env, url));
}

int env_open(struct env *env, enum cmd_needs needs)
{
        if (needs == CMD_NOTHING)
                return 0;

        const char *path = env_path(env, STR("bulldog.conf"));

        if (!file_exists(path))
                return err_set(&env->err, ERR_ABSENT,
                               "there is no press in %s (no bulldog.conf): "
                               "make one with 'bulldog init DIR', or say where "
                               "it is with -C DIR",
                               env->dir);
        int rc = conf_load(env->a, path, env->overrides, env->n_overrides,
                           &env->conf, &env->err);
        if (rc < 0 || needs == CMD_PRESS)
                return rc;
        return store_open(env_store_url(env), &env->db, &env->err);
}

void env_close(struct env *env)
{
        sql_close(env->db);
        env->db = NULL;
        u_cleanup(); /* so that a leak checker speaks of our own alone */
}

/* Is name, n bytes long, a word of spec? *ret_takes_value: with "=". */
static bool option_known(const char *spec, const char *name, size_t n,
                         const char **ret_word, bool *ret_takes_value)
{
        for (const char *w = spec; *w;) {
                size_t len = strcspn(w, "= ");

                if (len == n && memcmp(w, name, n) == 0) {
                        *ret_word = w;
                        *ret_takes_value = w[len] == '=';
                        return true;
                }
                w += strcspn(w, " ");
                w += strspn(w, " ");
        }
        return false;
}

/* The first option at or after i, before a "--"; argc when there is none. */
static int next_option(int argc, char **argv, int i)
{
        for (; i < argc && strcmp(argv[i], "--") != 0; i++)
                if (strncmp(argv[i], "--", 2) == 0)
                        return i;
        return argc;
}

/* Bring the n words at from forward to to, as if the owner had put them there.
 */
static void bring_forward(char **argv, int to, int from, int n)
{
        for (; n > 0; n--, to++, from++) {
                char *word = argv[from];

                memmove(argv + to + 1, argv + to,
                        (size_t)(from - to) * sizeof(*argv));
                argv[to] = word;
        }
}

int cmd_option(struct env *env, int argc, char **argv, int *i, const char *spec,
               const char **ret_name, const char **ret_value)
{
        if (*i == 0)
                *i = 1;

        int at = next_option(argc, argv, *i);

        if (at == argc) {
                if (*i < argc && strcmp(argv[*i], "--") == 0)
                        ++*i;
                return 0;
        }

        const char *name = argv[at] + 2, *word, *eq = strchr(name, '=');
        size_t n = eq ? (size_t)(eq - name) : strlen(name);
        bool takes_value;

        if (!option_known(spec, name, n, &word, &takes_value))
                return err_set(&env->err, ERR_INPUT,
                               "there is no option %s; see --help", argv[at]);
        if (!takes_value && eq)
                return err_set(&env->err, ERR_INPUT, "--%.*s takes no value",
                               (int)n, name);
        if (takes_value && !eq && at + 1 >= argc)
                return err_set(&env->err, ERR_INPUT, "--%s wants a value",
                               name);

        bool has_word = takes_value && !eq;

        *ret_value = has_word ? argv[at + 1] : takes_value ? eq + 1 : NULL;
        bring_forward(argv, *i, at, has_word ? 2 : 1);
        *i += has_word ? 2 : 1;
        *ret_name = arena_cstr(env->a, (struct str) { word, n });
        return 1;
}

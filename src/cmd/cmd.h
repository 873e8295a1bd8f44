#ifndef CMD_CMD_H
#define CMD_CMD_H

/*
 * What a subcommand is given, and the table of them.
 *
 * A subcommand parses its options, joins the stages' functions and prints. It
 * returns 0 or a negative enum err_code with env->err set; main prints the
 * message and turns the code into an exit code of sysexits.h.
 */

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/str.h"
#include "conf/conf.h"

struct arena;
struct sql;

struct env {
        struct arena *a;     /* lives as long as the subcommand */
        const char *dir;     /* the press, as given by -C; "." */
        struct conf conf;    /* read before a subcommand that needs a press */
        struct sql *db;      /* opened by env_store() */
        int64_t now;         /* --now, or the wall clock at start */
        const char *program; /* argv[0], for re-executing ourselves */
        const struct conf_override *overrides;
        size_t n_overrides;
        struct err err;
};

enum cmd_needs {
        CMD_NOTHING, /* a pipe, or init */
        CMD_PRESS,   /* bulldog.conf in env->dir */
        CMD_STORE,   /* and the store, opened and migrated */
};

struct cmd {
        const char *name;
        int (*run)(struct env *env, int argc,
                   char **argv); /* argv[0] is name */
        enum cmd_needs needs;
        const char *usage;   /* "[--date D] [--again]" */
        const char *summary; /* one line */
        const char *help;    /* the options, a line each; may be NULL */
};

/* A path below the press (absolute ones stay), in env->a. */
const char *env_path(struct env *env, struct str path);

/*
 * A search that a stage asks for in its midst ended with rc < 0 and err. What
 * is absent is no fault; of others the first is kept, in *kept and env->err,
 * for when the stage is done.
 */
void env_keep_fault(struct env *env, int *kept, int rc, const struct err *err);

/*
 * One option at a time: 1 and *ret_name (without "--") and *ret_value (NULL
 * when it takes none), 0 when there are no more (the operands stand from *i on,
 * options that came after them having been brought forward in argv), negative
 * for an unknown one (env->err says which). spec is "json date= again": a name
 * with = takes a value, as --date D or --date=D. "--" ends the options. --help
 * is handled by main.
 */
NODISCARD int cmd_option(struct env *env, int argc, char **argv, int *i,
                         const char *spec, const char **ret_name,
                         const char **ret_value);

#endif

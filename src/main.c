/*
 * The program's door: global options, the table of subcommands, exit codes.
 *
 * usage: bulldog [-C DIR] [-o NAME=VALUE]... [--now TIME] COMMAND [...]
 */

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/env.h"
#include "cmd/pipe.h"

#define ARENA_MAX ((size_t)1 << 40) /* bounded by RLIMIT_AS, not here */
#define OVERRIDES_MAX 64

#define CMD(name, function, ...) int function(struct env *, int, char **);
#include "cmd/table.def"
#undef CMD

static const struct cmd commands[] = {
#define CMD(name, function, needs, usage, summary, help)                       \
        { name, function, needs, usage, summary, help },
#include "cmd/table.def"
#undef CMD
        { NULL, NULL, CMD_NOTHING, NULL, NULL, NULL },
};

static void print_usage(FILE *out)
{
        fprintf(out, "usage: bulldog [-C DIR] [-o NAME=VALUE]... [--now TIME] "
                     "COMMAND [...]\n\n"
                     "A press for a daily news briefing: from feeds to a "
                     "finished, sourced, delivered edition.\n\n");
        for (const struct cmd *c = commands; c->name; c++)
                fprintf(out, "  %-12s %s\n", c->name, c->summary);
        fprintf(out,
                "\n  -C DIR         the press (default: this folder)\n"
                "  -o NAME=VALUE  override one setting (-o wire.every=5min)\n"
                "  --now TIME     freeze the clock (RFC 3339)\n"
                "  --version\n\n"
                "bulldog COMMAND --help says more. Settings: bulldog help "
                "settings\n");
}

static void print_command_help(const struct cmd *c)
{
        printf("usage: bulldog [-C DIR] %s%s%s\n\n%s\n", c->name,
               *c->usage ? " " : "", c->usage, c->summary);
        if (c->help)
                printf("\n%s\n", c->help);
}

static const struct cmd *find_command(const char *name)
{
        for (const struct cmd *c = commands; c->name; c++)
                if (strcmp(c->name, name) == 0)
                        return c;
        return NULL;
}

static bool wants_help(int argc, char **argv)
{
        for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
                if (strcmp(argv[i], "--help") == 0)
                        return true;
        return false;
}

static int complain(const char *what, const char *which)
{
        fprintf(stderr, "bulldog: %s%s\nTry 'bulldog --help'.\n", what, which);
        return EX_USAGE;
}

/* The value of a global option: "-Cdir", "-C dir"; NULL when it is missing. */
static const char *option_value(char **argv, int *i)
{
        if (argv[*i][1] != '-' && argv[*i][2])
                return argv[*i] + 2;
        if (!argv[*i + 1])
                return NULL;
        return argv[++*i];
}

int main(int argc, char **argv)
{
        struct conf_override overrides[OVERRIDES_MAX];
        struct env env = { .dir = ".",
                           .program = argv[0],
                           .overrides = overrides };
        int i = 1;

        /* A role: how we start ourselves (wire/jail.c), not for the shell. */
        if (argc > 1 && strcmp(argv[1], "-x") == 0)
                return pipe_role(argc - 2, argv + 2);
        for (; i < argc && argv[i][0] == '-'; i++) {
                const char *value;

                if (strcmp(argv[i], "--help") == 0 ||
                    strcmp(argv[i], "-h") == 0) {
                        print_usage(stdout);
                        return 0;
                }
                if (strcmp(argv[i], "--version") == 0) {
                        puts("bulldog " BULLDOG_VERSION);
                        return 0;
                }
                const char *option = argv[i];
                bool is_now = strcmp(option, "--now") == 0;

                if (!is_now && strncmp(option, "-C", 2) != 0 &&
                    strncmp(option, "-o", 2) != 0)
                        return complain("there is no option ", option);
                value = option_value(argv, &i);
                if (!value)
                        return complain("a value is missing after ", option);
                if (is_now) {
                        int64_t at;
                        if (time_parse_rfc3339(str_c(value), &at, &env.err) < 0)
                                return complain("--now wants a time such as "
                                                "2026-03-06T06:00:00Z, not ",
                                                value);
                        time_freeze(at);
                } else if (option[1] == 'C') {
                        env.dir = value;
                } else if (env.n_overrides == OVERRIDES_MAX) {
                        return complain("too many -o", "");
                } else {
                        overrides[env.n_overrides++].text = value;
                }
        }
        if (i == argc) {
                print_usage(stderr);
                return EX_USAGE;
        }

        const struct cmd *c = find_command(argv[i]);
        if (!c)
                return complain("there is no command ", argv[i]);
        if (wants_help(argc - i, argv + i)) {
                print_command_help(c);
                return 0;
        }

        env.a = arena_new(ARENA_MAX);
        env.now = time_now();
        log_init("bulldog", LOG_INFO, log_is_journal(getenv("JOURNAL_STREAM")));

        int rc = env_open(&env, c->needs);
        if (rc == 0)
                rc = c->run(&env, argc - i, argv + i);
        if (rc == 0 && (fflush(stdout) != 0 || ferror(stdout)))
                rc = err_set(&env.err, ERR_SYS,
                             "standard output couldn't take it all (is the "
                             "disk full?): what was printed is not whole");
        if (rc < 0)
                fprintf(stderr, "bulldog %s: %s\n", c->name, env.err.msg);
        env_close(&env);
        arena_free(env.a);
        return err_exit_code(rc);
}

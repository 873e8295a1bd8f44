/*
 * bulldog help: the subcommands, the settings, and the manual page made of
 * both.
 *
 * The page's frame is docs/man/bulldog.1.in; what is in the tables of the
 * program is told from there, so that the manual can't fall behind.
 */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "cmd/cmd.h"

int cmd_help(struct env *env, int argc, char **argv);

struct entry {
        const char *name, *usage, *summary, *help;
};

static const struct entry entries[] = {
#define CMD(name, function, needs, usage, summary, help)                       \
        { name, usage, summary, help },
#include "cmd/table.def"
#undef CMD
};
#define ENTRIES_N (sizeof(entries) / sizeof(entries[0]))

static void list(void)
{
        for (size_t i = 0; i < ENTRIES_N; i++)
                printf("  %-12s %s\n", entries[i].name, entries[i].summary);
        puts("\nbulldog help COMMAND   one of them"
             "\nbulldog help settings  what may stand in bulldog.conf");
}

static int tell(const char *name, struct err *err)
{
        for (size_t i = 0; i < ENTRIES_N; i++) {
                const struct entry *e = &entries[i];

                if (strcmp(e->name, name) != 0)
                        continue;
                printf("usage: bulldog [-C DIR] %s%s%s\n\n%s\n", name,
                       *e->usage ? " " : "", e->usage, e->summary);
                if (e->help)
                        printf("\n%s\n", e->help);
                return 0;
        }
        return err_set(err, ERR_INPUT,
                       "there is no command %s; 'bulldog help' lists them",
                       name);
}

/* Free text for mdoc: no line may begin a request, no backslash may escape. */
static void put_text(const char *s)
{
        bool at_start = true;

        for (; *s; s++) {
                if (at_start && (*s == '.' || *s == '\''))
                        fputs("\\&", stdout);
                if (*s == '\\')
                        fputs("\\e", stdout);
                else
                        putchar(*s);
                at_start = *s == '\n';
        }
        putchar('\n');
}

static void put_commands(void)
{
        puts(".Bl -tag -width Ds");
        for (size_t i = 0; i < ENTRIES_N; i++) {
                const struct entry *e = &entries[i];

                /* The words of a usage are no macros: quoted as one. */
                printf(".It Cm %s", e->name);
                if (*e->usage)
                        printf(" No \"%s\"", e->usage);
                putchar('\n');
                put_text(e->summary);
                if (e->help) {
                        puts(".Bd -literal -offset indent");
                        put_text(e->help);
                        puts(".Ed");
                }
        }
        puts(".El");
}

/* The frame in path, with the two tables where @COMMANDS@, @SETTINGS@ stand. */
static int put_man(struct env *env, const char *path)
{
        struct str frame, line;
        int rc = file_read(env->a, path, LIMIT_CONF_B, &frame, &env->err);

        if (rc < 0)
                return rc;
        frame = str_trim(frame);
        while (str_cut(&frame, '\n', &line)) {
                if (str_eq(line, STR("@COMMANDS@")))
                        put_commands();
                else if (str_eq(line, STR("@SETTINGS@")))
                        conf_print_man(stdout);
                else
                        printf("%.*s\n", STR_ARG(line));
        }
        return 0;
}

int cmd_help(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        int i = 0, rc = cmd_option(env, argc, argv, &i, "", &name, &value);

        if (rc < 0)
                return rc;
        if (i >= argc) {
                list();
                return 0;
        }
        if (strcmp(argv[i], "settings") == 0) {
                conf_print_help(stdout);
                return 0;
        }
        if (strcmp(argv[i], "man") == 0 && i + 1 < argc)
                return put_man(env, argv[i + 1]);
        return tell(argv[i], &env->err);
}

/* bulldog agenda add: one event, by hand. */

#include <stdio.h>
#include <string.h>

#include "cmd/agenda.h"
#include "edition/event_fields.h"

#define OPTIONS                                                                \
        "at= end= zone= category= place= importance= expected= previous= "     \
        "tentative url= source= uid="

static int read_options(struct env *env, int argc, char **argv,
                        struct event_fields *f)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, OPTIONS, &name, &value)) >
               0)
                f->values[event_field_of(str_c(name))] =
                        str_c(value ? value : "yes");
        if (rc < 0)
                return rc;
        if (i + 1 != argc)
                return agenda_usage(env, "add wants one title (in quotes)");
        if (!f->values[EVENT_START].n)
                return agenda_usage(env, "add wants --at TIME");
        f->values[EVENT_TITLE] = str_c(argv[i]);
        return 0;
}

int agenda_add(struct env *env, int argc, char **argv)
{
        struct event_fields f = { .zone = env->conf.press_zone };
        struct event e;
        bool is_new = false;
        int rc = read_options(env, argc, argv, &f);

        if (rc == 0)
                rc = event_from_fields(env->a, &f, &e, &env->err);
        if (rc < 0)
                return rc;
        e.origin = STR("hand");
        e.seen_at = env->now;
        rc = event_put(env->db, &e, &is_new, &env->err);
        if (rc == 0)
                printf("%s: " STR_FMT "\n", is_new ? "added" : "updated",
                       STR_ARG(e.title));
        return rc;
}

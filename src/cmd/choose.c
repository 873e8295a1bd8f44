/*
 * bulldog pin, bulldog kill: what the editor decides on a story before the
 * edition is made. It wins over every rule of compose.
 */

#include <inttypes.h>
#include <stdio.h>

#include "base/scan.h"
#include "cmd/cmd.h"
#include "cmd/stories_update.h"
#include "store/choice.h"
#include "store/story.h"

int cmd_pin(struct env *env, int argc, char **argv);
int cmd_kill(struct env *env, int argc, char **argv);

struct options {
        bool undo, lead;
        int64_t story;
};

static int read_options(struct env *env, int argc, char **argv,
                        const char *spec, struct options *o)
{
        const char *name, *value;
        uint64_t id;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, spec, &name, &value)) >
               0) {
                if (*name == 'u')
                        o->undo = true;
                else
                        o->lead = true;
        }
        if (rc < 0)
                return rc;
        if (i >= argc)
                return err_set(&env->err, ERR_INPUT,
                               "which story? 'bulldog stories' lists them");
        if (scan_u64(str_c(argv[i]), INT64_MAX, &id) < 0)
                return err_set(&env->err, ERR_INPUT,
                               "%s is no story's number: 'bulldog stories' "
                               "lists them",
                               argv[i]);
        o->story = (int64_t)id;
        return 0;
}

static int save(struct env *env, const struct options *o, struct str choice)
{
        const struct choice c = { o->story, choice, env->now };

        return o->undo ? choice_remove(env->db, o->story, &env->err)
                       : choice_put(env->db, &c, &env->err);
}

/* So that stories and why show it at once. */
static int rank_again(struct env *env)
{
        struct story *stories;
        size_t n;
        int rc = stories_rank(env, STR_NULL, &stories, &n);

        return rc < 0 ? rc : stories_save_preview(env, stories, n);
}

static int choose(struct env *env, const struct options *o, const char *choice,
                  const char *done)
{
        struct story_row story;
        int rc = story_get(env->a, env->db, o->story, &story, &env->err);

        if (rc == 0)
                rc = save(env, o, str_c(choice));
        if (rc == 0)
                rc = rank_again(env);
        if (rc < 0)
                return rc;
        printf("Story %" PRId64 " %s: " STR_FMT
               ". 'bulldog compose' does it.\n",
               o->story, o->undo ? "is ranked as any other" : done,
               STR_ARG(story.title));
        return 0;
}

int cmd_pin(struct env *env, int argc, char **argv)
{
        struct options o = { 0 };
        int rc = read_options(env, argc, argv, "lead undo", &o);

        if (rc < 0)
                return rc;
        return o.lead ? choose(env, &o, "lead", "will lead the next edition")
                      : choose(env, &o, "pin", "will be in the next edition");
}

int cmd_kill(struct env *env, int argc, char **argv)
{
        struct options o = { 0 };
        int rc = read_options(env, argc, argv, "undo", &o);

        return rc < 0 ? rc : choose(env, &o, "kill", "won't be printed");
}

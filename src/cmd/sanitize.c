/*
 * bulldog sanitize: foreign HTML in, safe HTML out, both JSON Lines.
 */

#include <stdio.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "wire/sanitize.h"

int cmd_sanitize(struct env *env, int argc, char **argv);

static int answer(void *ctx, const json_t *line, struct json *out,
                  struct err *err)
{
        struct arena *a = ctx;
        struct str html = lines_str(line, "html");

        (void)err;
        arena_reset(a);
        json_open(out, '{');
        json_key(out, "id");
        json_str(out, lines_str(line, "id"));
        json_key(out, "html");
        json_str(out, sanitize_html(a, utf8_repair(a, html),
                                    lines_str(line, "url")));
        json_close(out, '}');
        return 0;
}

int cmd_sanitize(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        int i = 0, rc = cmd_option(env, argc, argv, &i, "", &name, &value);

        if (rc < 0)
                return rc;
        if (i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "reads standard input and takes no file (%s)",
                               argv[i]);
        struct arena *a = arena_new(LIMIT_PAGE_ARENA_B);

        rc = lines_run(stdin, stdout, answer, a, &env->err);
        arena_free(a);
        return rc;
}

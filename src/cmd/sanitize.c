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
#include "cmd/pipe.h"
#include "wire/sanitize.h"

int cmd_sanitize(struct env *env, int argc, char **argv);

static int answer_jailed(struct arena *a, const struct jail_document *d,
                         struct buf *out, struct err *err)
{
        struct json j;
        size_t mark = pipe_begin(&j, out);

        (void)err;
        json_open(&j, '{');
        json_key(&j, "id");
        json_str(&j, d->id);
        json_key(&j, "html");
        json_str(&j, sanitize_html(a, utf8_repair(a, d->bytes), d->url));
        json_close(&j, '}');
        pipe_end(out, mark);
        return 0;
}

const struct jailed_handler sanitize_jailed = {
        .kind = PIPE_SANITIZE,
        .arena_b = LIMIT_PAGE_ARENA_B,
        .answer = answer_jailed,
};

static int document(struct jail *j, const json_t *line,
                    struct jail_document *ret, struct err *err)
{
        (void)j;
        (void)err;
        *ret = (struct jail_document) {
                .kind = PIPE_SANITIZE,
                .bytes = lines_str(line, "html"),
                .url = lines_str(line, "url"),
                .id = lines_str(line, "id"),
        };
        return 0;
}

static const struct pipe lines = { document, NULL };

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
        return pipe_run(env, &lines);
}

/*
 * bulldog cluster: articles in, the story of each out, both JSON Lines.
 *
 * A filter: each line is answered before the next is read.
 */

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "story/cluster.h"
#include "story/title.h"

#define PIPE_WINDOW_S (3 * TIME_DAY_S) /* as story.window by default */

int cmd_cluster(struct env *env, int argc, char **argv);

static int64_t time_of(const json_t *line)
{
        int64_t at;

        if (time_parse_rfc3339(lines_str(line, "published"), &at, NULL) < 0)
                return TIME_NONE;
        return at;
}

static int answer(void *ctx, const json_t *line, struct json *out,
                  struct err *err)
{
        struct cluster *c = ctx;
        struct cluster_doc doc = {
                .title = title_clean(lines_str(line, "title"), STR_NULL),
                .text = lines_str(line, "text"),
                .language = lines_str(line, "language"),
                .at = time_of(line),
        };

        (void)err;
        json_open(out, '{');
        json_key(out, "id");
        json_str(out, lines_str(line, "id"));
        json_key(out, "story");
        json_int(out, cluster_add(c, &doc));
        json_close(out, '}');
        return 0;
}

int cmd_cluster(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        int i = 0, rc = cmd_option(env, argc, argv, &i, "", &name, &value);

        if (rc < 0)
                return rc;
        if (i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "reads standard input and takes no file (%s)",
                               argv[i]);

        struct cluster *c = cluster_new(PIPE_WINDOW_S, 1);

        rc = lines_run(stdout, answer, c, &env->err);
        cluster_free(c);
        return rc;
}

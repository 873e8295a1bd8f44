#include "cmd/pipe.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/sandbox.h"
#include "base/scan.h"
#include "cmd/cmd.h"
#include "wire/record.h"

#define LINE_TAG 1
#define PATH_MAX_B 4096

int pipe_role(int argc, char **argv)
{
        static const struct jailed_handler *const handlers[] = {
                &jailed_feed,    &jailed_page,     &parse_jailed,
                &extract_jailed, &sanitize_jailed, NULL
        };
        uint64_t bars;

        if (argc != 2 || strcmp(argv[0], "parse") != 0 ||
            scan_u64(str_c(argv[1]), SANDBOX_ALL, &bars) < 0)
                return JAILED_EXIT_START;
        return jailed_run(handlers, (unsigned)bars);
}

/* A pipe belongs to no press: its settings are the defaults and -o. */
int pipe_open(struct pipe *p, struct env *env)
{
        enum jail_mode mode;
        int rc = conf_load(env->a, NULL, env->overrides, env->n_overrides,
                           &env->conf, &env->err);

        if (rc == 0)
                rc = jail_mode(env->conf.wire_jail, &mode, &env->err);
        if (rc == 0)
                p->jail = jail_new(mode);
        return rc;
}

void pipe_close(struct pipe *p)
{
        jail_free(p->jail);
}

/* What is wrong with a file is its line's fault; it doesn't end the pipe. */
int pipe_read_file(struct pipe *p, struct str file, size_t max_b,
                   struct jail_document *d, struct err *err)
{
        char path[PATH_MAX_B], *room;
        int rc = jail_room(p->jail, max_b, &room, err);

        if (rc < 0)
                return rc;
        if (file.n >= sizeof(path))
                return err_set(err, ERR_LIMIT, "the file's name is too long");
        memcpy(path, file.n ? file.p : "", file.n);
        path[file.n] = '\0';
        rc = file_read_to(room, max_b, path, &d->bytes, err);
        return rc == ERR_SYS ? err_set(err, ERR_ABSENT, "%s", err->msg) : rc;
}

int pipe_ask(struct pipe *p, const struct jail_document *d, struct json *out,
             struct err *err)
{
        struct str answer, line = STR_NULL;
        struct record r;
        int rc = jail_ask(p->jail, d, &answer, err);

        if (rc < 0)
                return rc;
        record_init(&r, answer);
        record_take(&r, LINE_TAG, RECORD_TEXT, RECORD_MAX_B, &line);
        rc = record_end(&r, err);
        if (rc == 0 && (!line.n || memchr(line.p, '\n', line.n)))
                rc = err_set(err, ERR_INPUT, "it is not one line");
        if (rc < 0)
                return err_add(err, "the parser's answer makes no sense");
        buf_put(out->out, line);
        return 0;
}

int pipe_run(struct env *env, lines_answer *answer)
{
        struct pipe p;
        int rc = pipe_open(&p, env);

        if (rc < 0)
                return rc;
        rc = lines_run(stdin, stdout, answer, &p, &env->err);
        pipe_close(&p);
        return rc;
}

size_t pipe_begin(struct json *j, struct buf *out)
{
        json_init(j, out);
        return record_open(out, LINE_TAG, RECORD_TEXT);
}

void pipe_end(struct buf *out, size_t mark)
{
        record_close(out, mark);
}

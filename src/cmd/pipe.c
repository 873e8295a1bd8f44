#include "cmd/pipe.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/sandbox.h"
#include "base/scan.h"
#include "cmd/cmd.h"
#include "wire/record.h"

#define LINE_TAG 1
#define PATH_MAX_B 4096

int pipe_role(int argc, char **argv)
{
        static const struct jailed_handler *const pipes[] = {
                &parse_jailed, &extract_jailed, &sanitize_jailed, NULL
        };
        uint64_t bars;

        if (argc != 2 || strcmp(argv[0], "parse") != 0 ||
            scan_u64(str_c(argv[1]), SANDBOX_ALL, &bars) < 0)
                return JAILED_EXIT_START;
        return jailed_run(pipes, (unsigned)bars);
}

/* A pipe belongs to no press: its settings are the defaults and -o. */
int pipe_jail(struct env *env, struct jail **ret)
{
        enum jail_mode mode;
        int rc = conf_load(env->a, NULL, env->overrides, env->n_overrides,
                           &env->conf, &env->err);

        if (rc == 0)
                rc = jail_mode(env->conf.wire_jail, &mode, &env->err);
        if (rc == 0)
                *ret = jail_new(mode);
        return rc;
}

int pipe_read_file(struct jail *j, struct str file, size_t max_b,
                   struct jail_document *d, struct err *err)
{
        char path[PATH_MAX_B], *room;
        int rc = jail_room(j, max_b, &room, err);

        if (rc < 0)
                return rc;
        if (file.n >= sizeof(path))
                return err_set(err, ERR_LIMIT, "the file's name is too long");
        memcpy(path, file.n ? file.p : "", file.n);
        path[file.n] = '\0';
        rc = file_read_to(room, max_b, path, &d->bytes, err);
        return rc == ERR_SYS ? err_set(err, ERR_ABSENT, "%s", err->msg) : rc;
}

/* --- the lines ---------------------------------------------------------- */

/* A line that waits for its answer. */
struct waiting {
        json_t *line; /* NULL: it is none */
        uint64_t n;
        bool is_asked; /* else fault says why not */
        struct err fault;
};

struct run {
        const struct pipe *pipe;
        struct jail *jail;
        struct lines lines;
        struct waiting waiting[JAILED_BATCH_N];
        size_t n;
        struct buf out; /* one answer */
        uint64_t bad;
};

static int ask(struct run *r, struct waiting *w)
{
        struct jail_document d = { 0 };
        int rc = r->pipe->document(r->jail, w->line, &d, &w->fault);

        if (rc == 0)
                rc = jail_add(r->jail, &d, &w->fault);
        w->is_asked = rc == 0;
        return rc;
}

/* Lines to the parser: those that have come, but one at least. */
static int fill(struct run *r, struct err *err)
{
        int rc = LINES_ONE;

        while (r->n < JAILED_BATCH_N && !jail_is_full(r->jail)) {
                struct waiting *w = &r->waiting[r->n];

                *w = (struct waiting) { 0 };
                rc = lines_next(&r->lines, r->n == 0, &w->line, &w->fault);
                if (rc < 0)
                        *err = w->fault;
                if (rc != LINES_ONE)
                        break;
                w->n = r->lines.n;
                r->n++;
                if (w->line && ask(r, w) == ERR_SYS) {
                        *err = w->fault;
                        return ERR_SYS;
                }
        }
        return rc;
}

/* The parser's own line, copied before it is looked at. */
static int take_line(struct run *r, struct err *err)
{
        struct str answer, line = STR_NULL;
        struct record record;
        int rc = jail_take(r->jail, &answer, err);

        if (rc < 0)
                return rc;
        record_init(&record, answer);
        record_take(&record, LINE_TAG, RECORD_TEXT, RECORD_MAX_B, &line);
        rc = record_end(&record, err);
        buf_put(&r->out, line);
        if (rc == 0 && (!r->out.n || memchr(r->out.p, '\n', r->out.n)))
                rc = err_set(err, ERR_INPUT, "it is not one line");
        if (rc < 0 && buf_ok(&r->out))
                return jail_mistrust(r->jail, err);
        return 0;
}

/* Each line is answered in its place, be it by what is wrong with it. 0: that
 * is an answer like others; else the line's fault is told, too. */
static int put_refusal(struct run *r, const struct waiting *w)
{
        struct json j;
        int rc = w->fault.code;

        buf_reset(&r->out);
        json_init(&j, &r->out);
        if (r->pipe->refuse)
                rc = r->pipe->refuse(w->line, &w->fault, &j);
        if (rc < 0) {
                buf_reset(&r->out);
                json_init(&j, &r->out);
                lines_put_fault(&j, w->line, &w->fault);
        }
        buf_char(&r->out, '\n');
        return w->line ? rc : w->fault.code;
}

static int answer_one(struct run *r, struct waiting *w)
{
        struct err *err = &w->fault;
        int rc = w->is_asked ? take_line(r, err) : err->code;

        if (rc == ERR_SYS)
                return rc;
        buf_char(&r->out, '\n');
        if (rc == 0 && !buf_ok(&r->out))
                rc = err_set(err, ERR_LIMIT, "the answer is too long");
        if (rc < 0 && put_refusal(r, w) < 0) {
                r->bad++;
                lines_complain(w->n, err);
        }
        fwrite(r->out.p, 1, r->out.n, stdout);
        return 0;
}

/* The answers to all that wait. */
static int drain(struct run *r, struct err *err)
{
        int rc = 0;

        for (size_t i = 0; i < r->n; i++) {
                struct waiting *w = &r->waiting[i];

                buf_reset(&r->out);
                if (rc == 0)
                        rc = answer_one(r, w);
                if (rc < 0 && !err->code)
                        *err = w->fault;
                json_decref(w->line);
        }
        r->n = 0;
        if (fflush(stdout) != 0 && rc == 0)
                rc = err_sys(err, "writing the answer to line %" PRIu64,
                             r->lines.n);
        return rc;
}

int pipe_run(struct env *env, const struct pipe *p)
{
        struct run r = { .pipe = p };
        struct err fault = { 0 };
        int rc = pipe_jail(env, &r.jail), got = LINES_ONE;

        if (rc < 0)
                return rc;
        lines_init(&r.lines, STDIN_FILENO);
        buf_init(&r.out, LIMIT_LINE_B);
        while (rc == 0 && got > LINES_END) {
                got = fill(&r, &fault);
                rc = drain(&r, &fault);
        }
        lines_done(&r.lines);
        buf_done(&r.out);
        jail_free(r.jail);
        return lines_end(&r.lines, rc < 0 || got < 0 ? &fault : NULL, r.bad,
                         &env->err);
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

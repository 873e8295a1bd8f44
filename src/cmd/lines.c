#include "cmd/lines.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"

struct str lines_str(const json_t *line, const char *key)
{
        const json_t *v = json_object_get(line, key);

        if (!json_is_string(v))
                return STR_NULL;
        return (struct str) { json_string_value(v), json_string_length(v) };
}

/* One line, without its end, into b: 1, or 0 at the end of file. */
static int read_line(FILE *in, struct buf *b, uint64_t n, struct err *err)
{
        int c;

        buf_reset(b);
        while ((c = getc_unlocked(in)) != EOF && c != '\n')
                buf_char(b, (char)c);
        if (ferror(in))
                return err_sys(err, "reading line %" PRIu64, n);
        return c != EOF || b->n > 0;
}

static int answer_line(struct str text, lines_answer *answer, void *ctx,
                       struct buf *out, struct err *err)
{
        json_error_t fault;
        json_t *line = json_loadb(text.p, text.n, JSON_ALLOW_NUL, &fault);
        struct json j;
        int rc;

        if (!line)
                return err_set(err, ERR_INPUT, "column %d: %s", fault.column,
                               fault.text);
        if (!json_is_object(line)) {
                json_decref(line);
                return err_set(err, ERR_INPUT, "it is not a JSON object");
        }
        json_init(&j, out);
        rc = answer(ctx, line, &j, err);
        json_decref(line);
        if (rc < 0)
                return rc;
        buf_char(out, '\n');
        if (!buf_ok(out))
                return err_set(err, ERR_LIMIT, "the answer is too long");
        return 0;
}

static int one_line(struct buf *line, lines_answer *answer, void *ctx,
                    struct buf *answered, struct err *err)
{
        buf_reset(answered);
        if (!buf_ok(line))
                return err_set(err, ERR_LIMIT, "longer than %d MB",
                               LIMIT_LINE_B >> 20);
        return answer_line(buf_str(line), answer, ctx, answered, err);
}

int lines_run(FILE *in, FILE *out, lines_answer *answer, void *ctx,
              struct err *err)
{
        struct buf line, answered;
        uint64_t n = 1, bad = 0;
        int rc;

        buf_init(&line, LIMIT_LINE_B);
        buf_init(&answered, LIMIT_LINE_B);
        for (; (rc = read_line(in, &line, n, err)) > 0; n++) {
                struct err fault = { 0 };

                if (line.n == 0 && buf_ok(&line))
                        continue;
                rc = one_line(&line, answer, ctx, &answered, &fault);
                if (rc == ERR_SYS) {
                        *err = fault;
                        break;
                }
                if (rc < 0) {
                        bad++;
                        fprintf(stderr, "line %" PRIu64 ": %s\n", n, fault.msg);
                        continue;
                }
                fwrite(answered.p, 1, answered.n, out);
                if (fflush(out) != 0) {
                        rc = err_sys(err, "writing the answer to line %" PRIu64,
                                     n);
                        break;
                }
        }
        buf_done(&line);
        buf_done(&answered);
        if (rc == 0 && bad)
                return err_set(err, ERR_INPUT,
                               "%" PRIu64 " of %" PRIu64 " lines had no answer",
                               bad, n - 1);
        return rc;
}

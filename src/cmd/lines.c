#include "cmd/lines.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"

#define CHUNK_B ((size_t)65536)

struct str lines_str(const json_t *line, const char *key)
{
        const json_t *v = json_object_get(line, key);

        if (!json_is_string(v))
                return STR_NULL;
        return (struct str) { json_string_value(v), json_string_length(v) };
}

/* --- reading ------------------------------------------------------------ */

void lines_init(struct lines *l, int fd)
{
        *l = (struct lines) { .fd = fd };
        buf_init(&l->b, LIMIT_LINE_B + CHUNK_B);
        buf_init(&l->room, LIMIT_LINE_B + FLAT_ROOM_B);
}

void lines_done(struct lines *l)
{
        buf_done(&l->b);
        buf_done(&l->room);
        json_decref(l->tree);
        l->tree = NULL;
}

/* The line that ends at byte end, given away. */
static struct str give(struct lines *l, size_t end)
{
        struct str line = str_sub(buf_str(&l->b), l->at, end - l->at);

        l->at = l->seen = end < l->b.n ? end + 1 : end;
        l->n++;
        return line;
}

/* Is there a whole line? */
static bool find_line(struct lines *l, struct str *ret)
{
        size_t end = str_chr(buf_str(&l->b), '\n', l->seen);

        if (end == STR_NONE) {
                l->seen = l->b.n;
                if (!l->is_end || (l->at == l->b.n && !l->is_too_long))
                        return false;
                end = l->b.n;
        }
        *ret = give(l, end);
        return true;
}

/* What was given is dropped, and so is a line that is too long. */
static void make_room(struct lines *l)
{
        if (l->b.n - l->at > LIMIT_LINE_B) {
                l->is_too_long = true;
                l->at = l->b.n;
        }
        if (!l->at)
                return;
        memmove(l->b.p, l->b.p + l->at, l->b.n - l->at);
        buf_cut(&l->b, l->b.n - l->at);
        l->seen -= l->at;
        l->at = 0;
}

static bool has_come(int fd)
{
        struct pollfd p = { .fd = fd, .events = POLLIN };

        return poll(&p, 1, 0) > 0;
}

static int read_more(struct lines *l, struct err *err)
{
        if (l->b.p)
                make_room(l);

        size_t before = l->b.n;
        char *room = buf_room(&l->b, CHUNK_B);
        ssize_t n = read(l->fd, room, CHUNK_B);

        buf_cut(&l->b, before + (n > 0 ? (size_t)n : 0));
        if (n < 0 && errno != EINTR)
                return err_sys(err, "reading line %" PRIu64, l->n + 1);
        l->is_end = n == 0;
        return 0;
}

static json_t *parse_line(struct str text, struct err *err)
{
        json_error_t fault;
        json_t *line = json_loadb(text.p, text.n, JSON_ALLOW_NUL, &fault);

        if (!line) {
                err_set(err, ERR_INPUT, "column %d: %s", fault.column,
                        fault.text);
        } else if (!json_is_object(line)) {
                json_decref(line);
                line = NULL;
                err_set(err, ERR_INPUT, "it is not a JSON object");
        }
        return line;
}

/* The next line as *ret; absent, and err says why, when it is too long. */
static int next_text(struct lines *l, bool may_wait, struct str *ret,
                     struct err *err)
{
        for (;;) {
                while (find_line(l, ret)) {
                        if (l->is_too_long || ret->n > LIMIT_LINE_B) {
                                l->is_too_long = false;
                                *ret = STR_NULL;
                                err_set(err, ERR_LIMIT, "longer than %d MB",
                                        LIMIT_LINE_B >> 20);
                                return LINES_ONE;
                        }
                        if (ret->n)
                                return LINES_ONE;
                }
                if (l->is_end)
                        return LINES_END;
                if (!may_wait && !has_come(l->fd))
                        return LINES_NONE_YET;

                int rc = read_more(l, err);

                if (rc < 0)
                        return rc;
        }
}

int lines_next(struct lines *l, bool may_wait, json_t **ret, struct err *err)
{
        struct str text;
        int rc = next_text(l, may_wait, &text, err);

        if (rc == LINES_ONE)
                *ret = text.p ? parse_line(text, err) : NULL;
        return rc;
}

int lines_next_flat(struct lines *l, struct flat *want, size_t n,
                    bool *ret_is_right, struct err *err)
{
        struct str text;
        int rc = next_text(l, true, &text, err);

        if (rc != LINES_ONE)
                return rc;
        json_decref(l->tree);
        l->tree = NULL;
        *ret_is_right = text.p && flat_read(text, &l->room, want, n);
        if (*ret_is_right || !text.p)
                return rc;
        l->tree = parse_line(text, err);
        *ret_is_right = l->tree != NULL;
        for (size_t i = 0; i < n; i++)
                want[i].text = lines_str(l->tree, want[i].key.p);
        return rc;
}

/* --- answering ---------------------------------------------------------- */

static int answer_line(const json_t *line, lines_answer *answer, void *ctx,
                       struct buf *out, struct err *err)
{
        struct json j;
        int rc;

        buf_reset(out);
        json_init(&j, out);
        rc = answer(ctx, line, &j, err);
        if (rc < 0)
                return rc;
        buf_char(out, '\n');
        if (!buf_ok(out))
                return err_set(err, ERR_LIMIT, "the answer is too long");
        return 0;
}

static void put_refusal(struct buf *out, const json_t *line,
                        const struct err *fault)
{
        struct json j;

        buf_reset(out);
        json_init(&j, out);
        lines_put_fault(&j, line, fault);
        buf_char(out, '\n');
}

int lines_run(FILE *out, lines_answer *answer, void *ctx, struct err *err)
{
        struct err fault = { 0 };
        struct buf answered;
        struct lines l;
        uint64_t bad = 0;
        json_t *line;
        int rc;

        lines_init(&l, STDIN_FILENO);
        buf_init(&answered, LIMIT_LINE_B);
        while ((rc = lines_next(&l, true, &line, &fault)) == LINES_ONE) {
                int answer_rc =
                        line ? answer_line(line, answer, ctx, &answered, &fault)
                             : fault.code;

                if (answer_rc < 0) {
                        bad++;
                        lines_complain(l.n, &fault);
                        put_refusal(&answered, line, &fault);
                }
                json_decref(line);
                fwrite(answered.p, 1, answered.n, out);
                if (fflush(out) != 0) {
                        rc = err_sys(&fault,
                                     "writing the answer to line %" PRIu64,
                                     l.n);
                        break;
                }
        }
        lines_done(&l);
        buf_done(&answered);
        return lines_end(&l, rc < 0 ? &fault : NULL, bad, err);
}

void lines_put_fault(struct json *out, const json_t *line,
                     const struct err *fault)
{
        /* It may quote half a letter of the line. */
        struct arena *a = arena_new(8 * ERR_MSG_MAX);

        json_open(out, '{');
        json_key(out, "id");
        json_str(out, lines_str(line, "id"));
        json_key(out, "error");
        json_str(out, utf8_repair(a, str_c(fault->msg)));
        json_close(out, '}');
        arena_free(a);
}

void lines_complain(uint64_t n, const struct err *fault)
{
        fprintf(stderr, "line %" PRIu64 ": %s\n", n, fault->msg);
}

int lines_end(const struct lines *l, const struct err *fault, uint64_t bad,
              struct err *err)
{
        if (fault)
                return err_set(err, (enum err_code)fault->code, "%s",
                               fault->msg);
        if (bad)
                return err_set(err, ERR_INPUT,
                               "%" PRIu64 " of %" PRIu64
                               " lines had no answer but an "
                               "error",
                               bad, l->n);
        return 0;
}

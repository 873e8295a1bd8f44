#ifndef CMD_PIPE_H
#define CMD_PIPE_H

/*
 * The pipes that read foreign bytes: each line's document goes to the jailed
 * parser, which writes the line of the answer as it is printed.
 */

#include "cmd/lines.h"
#include "wire/jail.h"

struct buf;
struct env;

enum { PIPE_PARSE = JAIL_PIPE, PIPE_EXTRACT, PIPE_SANITIZE };

extern const struct jailed_handler parse_jailed, extract_jailed,
        sanitize_jailed;

/* The process "-x parse BARS"; its exit code. */
int pipe_role(int argc, char **argv);

/* --- this side of the bars ---------------------------------------------- */

struct pipe {
        struct jail *jail;
};

NODISCARD int pipe_open(struct pipe *p, struct env *env);
void pipe_close(struct pipe *p);

/* A file's bytes as d->bytes, for pipe_ask. */
NODISCARD int pipe_read_file(struct pipe *p, struct str file, size_t max_b,
                             struct jail_document *d, struct err *err);
/* The parser's line for d onto out, as jail_ask. */
NODISCARD int pipe_ask(struct pipe *p, const struct jail_document *d,
                       struct json *out, struct err *err);

/* Answer standard input on standard output; ctx of answer is a struct pipe. */
NODISCARD int pipe_run(struct env *env, lines_answer *answer);

/* --- behind them: a handler writes its line between these --------------- */

size_t pipe_begin(struct json *j, struct buf *out);
void pipe_end(struct buf *out, size_t mark);

#endif

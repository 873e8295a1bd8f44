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

/* A parser as the settings wish it; for jail_free. */
NODISCARD int pipe_jail(struct env *env, struct jail **ret);

struct pipe {
        /* The document of a line; its texts are the line's. */
        int (*document)(struct jail *j, const json_t *line,
                        struct jail_document *ret, struct err *err);
        /* A document that has no answer: write one that says so (0), or let
         * its fault stand there, told on standard error, too (the error). NULL:
         * always that. line is NULL where there is none. */
        int (*refuse)(const json_t *line, const struct err *why,
                      struct json *out);
};

/* Answer standard input on standard output. */
NODISCARD int pipe_run(struct env *env, const struct pipe *p);

/* A file's bytes as d->bytes. What is wrong with the file is its line's fault
 * and never ERR_SYS, which ends the pipe. */
NODISCARD int pipe_read_file(struct jail *j, struct str file, size_t max_b,
                             struct jail_document *d, struct err *err);

/* --- behind them: a handler writes its line between these --------------- */

size_t pipe_begin(struct json *j, struct buf *out);
void pipe_end(struct buf *out, size_t mark);

#endif

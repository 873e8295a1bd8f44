#ifndef WIRE_CELL_H
#define WIRE_CELL_H

/*
 * The parser's process seen from outside: started, watched, buried, started
 * again; and the memory that both see. What a document is, wire/jail.c knows.
 *
 * The process may be in a stranger's hands: nothing it says is believed
 * unchecked, and it is killed when it says nothing for too long.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/sandbox.h"
#include "base/str.h"
#include "wire/jailed.h"

enum jail_mode {
        JAIL_AUTO,   /* every bar that this machine has */
        JAIL_STRICT, /* all bars, or nothing is read */
        JAIL_OFF,    /* a process of its own, without bars */
};

/* A stretch of memory that two processes see. */
struct stretch {
        int fd;
        char *p;
        size_t size_b;
        size_t used_b; /* at most, since it was last trimmed */
};

struct cell {
        enum jail_mode mode;
        struct stretch ask, answer;
        pid_t pid; /* 0: there is none */
        int talk_fd, words_fd;
        bool is_ready;
        uint32_t serial;         /* of the last batch */
        int64_t cpu_ms, wall_ms; /* for one document */
        int level;               /* how many starts have failed */
        struct sandbox in_force;
        struct err failed; /* why a start did */
};

/* The process is started, and waited for at cell_ready. */
void cell_init(struct cell *c, enum jail_mode mode);
void cell_done(struct cell *c);

/* There is a parser that has proved that it works. ERR_SYS: none can be had. */
NODISCARD int cell_ready(struct cell *c, struct err *err);

/*
 * Have a batch done (its serial is set here): *ret_n of its documents are, the
 * first ones, and ret_answers says where their answers lie, borrowed until the
 * next call.
 *
 * ERR_SYS: no parser can be had. Any other error is that of the document after
 * those: the process died on it, and why. A new one starts already.
 */
struct cell_answer {
        uint32_t type;
        struct str bytes; /* may still change: copy, then check */
};
NODISCARD int cell_run(struct cell *c, struct jailed_batch *b,
                       struct cell_answer *ret_answers, size_t *ret_n,
                       struct err *err);

/* What it answered makes no sense, so it may be in a stranger's hands: another
 * takes its place at the next call. Answers that were given stay there. */
void cell_mistrust(struct cell *c);

/* Give large memory back: nothing in it is needed any more. */
void cell_trim_ask(struct cell *c);
void cell_trim_answer(struct cell *c);

#endif

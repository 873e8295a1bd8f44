#ifndef WIRE_JAILED_H
#define WIRE_JAILED_H

/*
 * The parser's own process, from the inside: started by wire/jail.c as
 * "bulldog -x parse BARS" it puts the bars up, proves on samples of ours that
 * it can work behind them, and then answers one document after the other.
 *
 * A request lies in one stretch of shared memory, its answer is put into the
 * other; a socket carries only what type of record it is and how long.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"

struct arena;
struct buf;

/* What can be asked. The kinds from JAIL_PIPE on are cmd's. */
enum jail_kind {
        JAIL_FEED = 1, /* answered by shape_feed */
        JAIL_PAGE,     /* by shape_page */
        JAIL_PIPE = 16,
};

/* A document and what is known of it; what isn't is absent. */
struct jail_document {
        uint32_t kind;
        struct str bytes, url, type, id;
};

/* Who answers documents of a kind. */
struct jailed_handler {
        uint32_t kind;
        size_t arena_b;
        /* Write the answer's fields. The error is the document's. */
        int (*answer)(struct arena *a, const struct jail_document *d,
                      struct buf *out, struct err *err);
        struct str sample; /* a document of ours that it can answer */
};

extern const struct jailed_handler jailed_feed, jailed_page;

/* Where things are when the process starts. */
#define JAILED_TALK_FD 3
#define JAILED_ASK_FD 4
#define JAILED_ANSWER_FD 5
#define JAILED_ASK_B ((size_t)LIMIT_LINE_B + 1024 * 1024)
#define JAILED_ANSWER_B ((size_t)LIMIT_PARSE_ANSWER_B)

/* Types of records. */
#define JAILED_READY 0x7265u /* bars, Landlock's version, why one is missing   \
                              */
#define JAILED_ANSWER 0x616eu
#define JAILED_FAULT 0x6661u /* code, message */

/* How a process ends that can't even start. */
#define JAILED_EXIT_START 87

/* Tags of a request's fields, of READY's, of FAULT's. */
enum { JAILED_BYTES = 1, JAILED_URL, JAILED_TYPE, JAILED_ID };
enum { JAILED_BARS = 1, JAILED_ABI, JAILED_WHY };
enum { JAILED_CODE = 1, JAILED_MESSAGE };

/* The process: returns its exit code when the other end is shut. handlers is
 * ended by NULL, bars are those of sandbox.h to put up. */
int jailed_run(const struct jailed_handler *const *handlers, unsigned bars);

#endif

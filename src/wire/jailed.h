#ifndef WIRE_JAILED_H
#define WIRE_JAILED_H

/*
 * The parser's own process, from the inside: started by wire/cell.c as
 * "bulldog -x parse BARS" it puts the bars up, proves on samples of ours that
 * it can work behind them, and then answers one batch of documents after the
 * other.
 *
 * Documents lie in one stretch of shared memory as records, one behind the
 * other; answers are put into the second stretch, behind a page that tells how
 * far it has come. The socket only says that there is something to do, or that
 * it is done: so two processes change places once a batch and not twice a
 * document.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"
#include "wire/record.h"

struct arena;
struct buf;

/* What can be asked. The kinds from JAIL_PIPE on are cmd's. */
enum jail_kind {
        JAIL_FEED = 1, /* answered by shape_feed */
        JAIL_TEXTS,    /* the same, summaries and contents as plain text */
        JAIL_PAGE,     /* by shape_page */
        JAIL_LINKS,    /* a page's feeds: by shape_links */
        JAIL_LIST,     /* OPML: by shape_list */
        JAIL_CALENDAR, /* iCalendar: by shape_calendar */
        JAIL_GAUGE,    /* figures: by gauge_doc_put */
        JAIL_PIPE = 16,
};

/* A document and what is known of it; what isn't is absent. */
struct jail_document {
        uint32_t kind;
        struct str bytes, url, type, id;
        struct str rules; /* lines of sites.txt for a page; a calendar's or a
                             series' wish */
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

/* All but those of pipes, ended by NULL. */
extern const struct jailed_handler *const jailed_handlers[];

/* Where things are when the process starts. */
#define JAILED_TALK_FD 3
#define JAILED_ASK_FD 4
#define JAILED_ANSWER_FD 5
#define JAILED_ASK_B ((size_t)LIMIT_FEED_B + 2 * 1024 * 1024)
#define JAILED_ANSWER_B ((size_t)LIMIT_PARSE_ANSWER_B)

/* What a batch is told by, in one message: where in the memory its first
 * record lies, and for each of its n records of what type it is and how long.
 */
#define JAILED_BATCH_N 16
struct jailed_batch {
        uint32_t serial; /* not 0 */
        uint32_t from, n;
        struct record_head heads[JAILED_BATCH_N];
};

/* The first page of the answers: for each document that is done, its answer's
 * type and length. Answers stand behind the page, one after the other. When the
 * batch is over, or the next answer has no room, a byte is sent. */
#define JAILED_PAGE_B 4096
struct jailed_progress {
        uint32_t serial; /* of the batch that this is of; 0: it is ready */
        uint32_t done;
        struct record_head heads[JAILED_BATCH_N];
};

/* Types of answers. */
#define JAILED_READY                                                           \
        0x7265u /* bars, Landlock's version, why one is missing                \
                 */
#define JAILED_ANSWER 0x616eu
#define JAILED_FAULT 0x6661u /* code, message */

/* How a process ends that can't even start. */
#define JAILED_EXIT_START 87

/* Tags of a request's fields, of READY's, of FAULT's. */
enum { JAILED_BYTES = 1, JAILED_URL, JAILED_TYPE, JAILED_ID, JAILED_RULES };
enum { JAILED_BARS = 1, JAILED_ABI, JAILED_WHY };
enum { JAILED_CODE = 1, JAILED_MESSAGE };

/* The process: returns its exit code when the other end is shut. pipes are
 * handlers beside ours, ended by NULL; bars are those of sandbox.h to put up.
 */
int jailed_run(const struct jailed_handler *const *pipes, unsigned bars);

#endif

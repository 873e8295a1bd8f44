#ifndef WIRE_JAIL_H
#define WIRE_JAIL_H

/*
 * Foreign documents are read in a process of their own, behind bars
 * (base/sandbox.h): this is the door to it.
 *
 * One document goes in, one answer comes out. A document on which the parser
 * dies, for whatever reason, is told so and nothing else is lost: the next one
 * finds a new parser. What comes out is checked like a stranger's, as the
 * parser may be in a stranger's hands.
 */

#include "base/err.h"
#include "wire/item.h"
#include "wire/jailed.h"

struct arena;
struct jail;

enum jail_mode {
        JAIL_AUTO,   /* every bar that this machine has */
        JAIL_STRICT, /* all bars, or nothing is read */
        JAIL_OFF,    /* a process of its own, without bars */
};

/* "auto", "strict", "off". */
NODISCARD int jail_mode(struct str word, enum jail_mode *ret, struct err *err);

/* The process is started at once and waited for at the first document. */
struct jail *jail_new(enum jail_mode mode);
void jail_free(struct jail *j); /* NULL is fine */

/*
 * The answer's fields into *ret, borrowed until the next call.
 *
 * ERR_SYS: no parser can be had, and there is no use in going on. Every other
 * error is the document's: what its handler said, or that the parser died on
 * it.
 */
NODISCARD int jail_ask(struct jail *j, const struct jail_document *d,
                       struct str *ret, struct err *err);

/* Room for a document of max_b bytes: what lies there need not be copied by
 * jail_ask. Borrowed until the next call. ERR_LIMIT: more than we take; ERR_SYS
 * as above. */
NODISCARD int jail_room(struct jail *j, size_t max_b, char **ret,
                        struct err *err);

/* As feed_parse and extract_page, with their errors too; results are in a. */
NODISCARD int jail_feed(struct jail *j, struct arena *a,
                        const struct jail_document *d,
                        const struct feed_doc **ret, struct err *err);
NODISCARD int jail_page(struct jail *j, struct arena *a,
                        const struct jail_document *d, struct page *ret,
                        struct err *err);

/* What stands around the parser, in words, in a; a parser is started for it if
 * there is none. */
NODISCARD int jail_describe(struct jail *j, struct arena *a, struct str *ret,
                            struct err *err);

#endif

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
#include "wire/cell.h"
#include "wire/item.h"

struct arena;
struct calendar;
struct calendar_wish;
struct feed_list;
struct gauge_doc;
struct gauge_wish;
struct jail;
struct shape_links;

/* "auto", "strict", "off". */
NODISCARD int jail_mode(struct str word, enum jail_mode *ret, struct err *err);

/* The process is started at once and waited for at the first document. */
struct jail *jail_new(enum jail_mode mode);
void jail_free(struct jail *j); /* NULL is fine */

/* Give a document less time, or more, than limits.h does. */
void jail_set_time(struct jail *j, int64_t cpu_ms, int64_t wall_ms);

/*
 * One document: its answer's fields into *ret, borrowed until the next call.
 *
 * ERR_SYS: no parser can be had, and there is no use in going on. Every other
 * error is the document's: what its handler said, or that the parser died on
 * it.
 */
NODISCARD int jail_ask(struct jail *j, const struct jail_document *d,
                       struct str *ret, struct err *err);

/*
 * Many, which is faster for small ones: add some, then take as many answers, in
 * the same order and with the same errors; then add again. ERR_LIMIT: it is
 * more than we take.
 */
bool jail_is_full(const struct jail *j); /* take what was added first */
NODISCARD int jail_add(struct jail *j, const struct jail_document *d,
                       struct err *err);
NODISCARD int jail_take(struct jail *j, struct str *ret, struct err *err);

/* An answer that was taken makes no sense: its parser may be in a stranger's
 * hands, and answers no more documents. Returns err's code with that said. */
int jail_mistrust(struct jail *j, struct err *err);

/* Room for the bytes of the document that is added next: what lies there isn't
 * copied. ERR_LIMIT: more than we take; ERR_SYS as above. */
NODISCARD int jail_room(struct jail *j, size_t max_b, char **ret,
                        struct err *err);

/* As feed_parse, extract_page, opml_read and the two of discover.h, with their
 * errors too; results are in a. The document's kind is set here. */
NODISCARD int jail_feed(struct jail *j, struct arena *a,
                        const struct jail_document *d,
                        const struct feed_doc **ret, struct err *err);
/* As jail_feed, summaries and contents as plain text. */
NODISCARD int jail_texts(struct jail *j, struct arena *a,
                         const struct jail_document *d,
                         const struct feed_doc **ret, struct err *err);
NODISCARD int jail_page(struct jail *j, struct arena *a,
                        const struct jail_document *d, struct page *ret,
                        struct err *err);

NODISCARD int jail_list(struct jail *j, struct arena *a,
                        const struct jail_document *d, struct feed_list *ret,
                        struct err *err);
NODISCARD int jail_links(struct jail *j, struct arena *a,
                         const struct jail_document *d, struct shape_links *ret,
                         struct err *err);

/* Events of a calendar: calendar_read, with its errors. */
struct jail_calendar {
        struct jail_document d; /* kind and rules are set here */
        const struct calendar_wish *wish;
};
NODISCARD int jail_calendar(struct jail *j, struct arena *a,
                            const struct jail_calendar *c, struct calendar *ret,
                            struct err *err);

/* The figures of a series: gauge_read, with its errors. */
struct jail_gauge {
        struct jail_document d; /* kind and rules are set here */
        const struct gauge_wish *wish;
};
NODISCARD int jail_gauge(struct jail *j, struct arena *a,
                         const struct jail_gauge *g, struct gauge_doc *ret,
                         struct err *err);

/* What stands around the parser, in words, in a; a parser is started for it if
 * there is none. */
NODISCARD int jail_describe(struct jail *j, struct arena *a, struct str *ret,
                            struct err *err);

#endif

#ifndef POST_MIME_H
#define POST_MIME_H

/*
 * The forms that text takes in a letter: quoted-printable (RFC 2045, 6.7),
 * encoded words (RFC 2047) and folded headers (RFC 5322, 2.2.3).
 *
 * The danger removed: a value with CR, LF or a control character in it can't
 * start a header of its own; such bytes become blanks here.
 */

#include "base/str.h"

struct buf;

#define MIME_LINE_MAX 76

/* Text with LF or CRLF, as quoted-printable with CRLF, lines of at most
 * MIME_LINE_MAX. The pieces of a text may come one by one if each but the last
 * ends a line. */
void mime_put_qp(struct buf *out, struct str text);

/* "Name: value" with CRLF: folded, as encoded words where it isn't ASCII. */
void mime_put_text(struct buf *out, const char *name, struct str value);

/* "Name: words <address>" with CRLF, for people and for List-Id; without words
 * "Name: <address>". */
void mime_put_mailbox(struct buf *out, const char *name, struct str words,
                      struct str address);

/* "Name: <uri>, <uri>" with CRLF, folded between them. */
void mime_put_uris(struct buf *out, const char *name, const struct str *uris,
                   size_t n);

#endif

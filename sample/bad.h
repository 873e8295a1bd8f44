#ifndef SAMPLE_BAD_H
#define SAMPLE_BAD_H

/* Misbehaving hosts: /bad/NAME/feed.xml, one fault each. */

#include <microhttpd.h>

#include "base/str.h"

struct buf;

/*
 * Answer for /bad/NAME/LEAF. MHD_NO cuts the connection, as some of them want.
 * here is the front, "http://127.0.0.1:8026/".
 */
enum MHD_Result bad_answer(struct MHD_Connection *c, struct str name,
                           struct str leaf, struct str here);

/* A list of all of them. */
void bad_put_opml(struct buf *out, struct str here);

/* A whole answer, copied. */
enum MHD_Result bad_send(struct MHD_Connection *c, unsigned status,
                         const char *type, struct str body);

#endif

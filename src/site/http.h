#ifndef SITE_HTTP_H
#define SITE_HTTP_H

/* What a request's headers ask for (RFC 9110): pure, on strings. */

#include <stdint.h>

#include "base/str.h"

struct arena;

/* Does If-None-Match name one of our ETags ("..." with quotes, or *)? Weak
 * marks play no part, as the RFC has it. */
bool http_none_match(struct str header, struct str etag);

/* Is the file, changed at mtime_at, unchanged since If-Modified-Since? */
bool http_unchanged_since(struct str header, int64_t mtime_at);

/* Is gzip among Accept-Encoding, with a weight over 0? */
bool http_accepts_gzip(struct str header);

/* "%2F" and "+", as forms and queries have them, in a: the daemon leaves
 * escapes to us. */
struct str http_decoded(struct arena *a, struct str s);

#endif

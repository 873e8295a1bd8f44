#ifndef SITE_CACHE_H
#define SITE_CACHE_H

/*
 * The public folder's files as answers ready to send, plain and packed, kept in
 * memory up to a bound. A file is looked at on each request: once publish has
 * put another in its place, that one is sent from then on, and who is reading
 * the old one gets it to its end.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct cache;
struct MHD_Response;
struct path;

#define CACHE_ETAG_MAX 64

struct cache_answer {
        struct MHD_Response *response;
        bool is_kept;              /* by the cache, till the next cache_find */
        char etag[CACHE_ETAG_MAX]; /* with its quotes; of this variant */
        struct str name;           /* of the file; lives in a */
        int64_t mtime_at;
};

/* The public folder, which may come to be later. */
struct cache *cache_new(const char *public_dir, size_t max_b);
void cache_free(struct cache *c); /* NULL is fine */

/*
 * The file that path means; a folder means its index.html. ERR_ABSENT: none;
 * ERR_STALE: it is a folder and the path lacks the slash; ERR_SYS: it can't be
 * read.
 */
NODISCARD int cache_find(struct cache *c, struct arena *a,
                         const struct path *path, bool gzip,
                         struct cache_answer *ret);
/* Done with an answer, sent or not. */
void cache_release(struct cache_answer *answer);

/* ETag, Content-Type, Cache-Control and so on of an answer, put on r. */
void cache_describe(const struct cache_answer *answer, struct MHD_Response *r);

#endif

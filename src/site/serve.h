#ifndef SITE_SERVE_H
#define SITE_SERVE_H

/*
 * The press's site over HTTP/1.1: the printed files, /healthz, and the door by
 * which a reader leaves: GET of /u/TOKEN shows a page that asks, and only POST
 * (RFC 8058: a mail program's button) unsubscribes; and the quiz
 * (site/quiz.h). No cookie, no script of ours. In front of it may stand nginx
 * or a CDN; none is needed.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;
struct serve;
struct quiz_door;
struct websub_door;

struct serve_setup {
        const char *public_dir;
        struct str listen; /* "127.0.0.1:8025", "[::1]:0", ":80" */
        int64_t connections;
        /* Writes the JSON of /healthz and returns whether all is well. */
        bool (*health)(void *self, struct buf *out);
        /* The reader of that token leaves. ERR_ABSENT: there is none. */
        int (*unsubscribe)(void *self, struct str token);
        void *self;                     /* of both */
        const struct websub_door *hubs; /* NULL: no hub is listened to */
        const struct quiz_door *quiz;   /* NULL: no quiz is marked */
};

/* Bind and listen; lives in a. ERR_INPUT: listen is no address; ERR_SYS,
 * ERR_DENIED: it can't be had. */
NODISCARD int serve_open(struct arena *a, const struct serve_setup *setup,
                         struct serve **ret, struct err *err);
/* "127.0.0.1:8025" with the port that it got. Borrowed. */
struct str serve_address(const struct serve *s);
/* Answer requests until is_stopping() says so, asked each second and on a
 * signal. */
NODISCARD int serve_run(struct serve *s, bool (*is_stopping)(void),
                        struct err *err);
void serve_close(struct serve *s); /* NULL is fine */

#endif

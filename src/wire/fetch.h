#ifndef WIRE_FETCH_H
#define WIRE_FETCH_H

/*
 * Polite fetching of many addresses at once, over libcurl's multi interface.
 *
 * Requests are added, answers are taken one by one as they come; only one
 * answer is held at a time, so memory stays small. One host is asked one
 * thing at a time, with a pause between; hosts that the owner named in
 * wire.allow are the owner's own and take several. Redirects are followed
 * here, each hop judged by the guard, or told to the asker, who asks on.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct fetch;
struct guard;

struct fetch_options {
        const struct guard *guard;
        struct str agent, proxy; /* no proxy: empty or absent */
        struct str ca;         /* authorities in a file; absent: the system's */
        const char *spool_dir; /* where long answers wait */
        size_t connections;
        int64_t delay_ms, timeout_ms;
};

struct fetch_request {
        struct str url;
        struct str etag, modified; /* sent back as they were; absent: none */
        struct str accept;
        struct str post; /* a form to send; absent: GET */
        size_t max_b;    /* of the body, unpacked */
        void *owner;     /* handed back with the answer */
        bool stay;       /* a redirect is an answer: the asker may follow it */
        /* With stay: what was followed and spent before this hop. */
        int hops;
        int64_t spent_ms;
        int64_t pause_ms; /* longer than delay_ms: alone, and so much after */
};

struct fetch_answer {
        void *owner;
        int rc;         /* 0: the host answered with status; else see err */
        struct err err; /* as a part of a sentence: "no such host: x.example" */
        int status;
        struct str body;  /* of a 2xx */
        struct str url;   /* where it was found in the end */
        struct str moved; /* where 301s and 308s alone led to; else absent */
        struct str to;    /* with stay: where it redirects to; else absent */
        struct str etag, modified, retry_after, cache_control, type;
        struct str hub, self; /* of its Link headers; absolute */
        size_t wire_b;        /* bytes of the body as they travelled */
        bool is_tls;          /* what failed is the encryption */
        int hops;
        int64_t spent_ms;
};

/* The options' texts are borrowed until fetch_free. */
NODISCARD int fetch_new(const struct fetch_options *o, struct fetch **ret,
                        struct err *err);
void fetch_free(struct fetch *f); /* NULL is fine */

/* Is there an answer that fetch_next need not wait for, or comes there one
 * within ms? (True, too, when there is nothing left to wait for.) */
bool fetch_is_ready(struct fetch *f, int64_t ms);

/* The texts of r are copied. */
void fetch_add(struct fetch *f, const struct fetch_request *r);

/*
 * Wait for an answer: 1 and *ret_answer, borrowed until the next call; 0 when
 * all are answered. The requests' own failures are in the answers.
 */
NODISCARD int fetch_next(struct fetch *f,
                         const struct fetch_answer **ret_answer,
                         struct err *err);

#endif

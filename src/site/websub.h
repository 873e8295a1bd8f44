#ifndef SITE_WEBSUB_H
#define SITE_WEBSUB_H

/*
 * The door for hubs (WebSub): /websub/TOKEN. GET: a hub asks whether we want
 * what was asked for in our name; POST: it tells of news. What it sends is not
 * kept, only its signature is counted as it comes in.
 *
 * What is behind the door is the caller's: site knows no feeds.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <microhttpd.h>

#include "base/str.h"

struct arena;

#define WEBSUB_DOOR "/websub/"

struct websub_ask {
        struct str token, mode, topic, challenge, reason;
        int64_t lease_s;
};

struct websub_door {
        /* Is that wanted? Then its challenge is echoed. */
        bool (*verify)(void *self, const struct websub_ask *ask);
        /* News for the token, signed so: what counts it; NULL: nobody. */
        void *(*begin)(void *self, struct str token, struct str signature);
        void (*add)(void *delivery, struct str bytes);
        /* All of it came: is it true? Then the feed is due. Frees. */
        void (*end)(void *self, void *delivery, bool is_whole);
        void *self;
        size_t max_b; /* of one delivery */
};

/* One POST under way. */
struct websub_post;

/* The answer to a GET; takes from a. */
struct MHD_Response *websub_answer(const struct websub_door *door,
                                   struct arena *a, struct MHD_Connection *c,
                                   struct str token, unsigned *ret_code);

/* NULL: there is no such token; answer 404. */
struct websub_post *websub_post_new(const struct websub_door *door,
                                    struct MHD_Connection *c, struct str token);
void websub_post_add(struct websub_post *p, struct str bytes);
/* At its end, or where it breaks off. Frees. */
void websub_post_end(struct websub_post *p, bool is_whole);

#endif

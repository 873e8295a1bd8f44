#ifndef WIRE_WEBSUB_H
#define WIRE_WEBSUB_H

/*
 * WebSub, the subscriber's side: a feed that names a hub is subscribed to, and
 * the hub tells us of its news. It only makes the feed due: what is read is
 * still what the feed's own host says, by the same rules as ever.
 *
 *   a feed names a hub     websub_note: a row, wanted
 *   at the end of a gather websub_ask: hubs are asked, websub_take: "we'll see"
 *   the hub asks back      websub_verify: is that what we want? a lease begins
 *   it names it no more    or is removed: the hub is asked to leave us alone,
 *                          asks back, and is forgotten
 *   the hub tells of news  websub_signed by our secret: the feed is due
 *
 * The last two come in by the site (/websub/TOKEN).
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "wire/task.h"

struct arena;
struct conf;
struct feed;
struct feed_doc;
struct fetch;
struct fetch_answer;
struct group;
struct sql;
struct websub_row;

#define WEBSUB_PATH "/websub/" /* and a token: the callback */

struct websub {
        struct arena *a; /* for the whole run */
        struct sql *db;
        struct fetch *fetch;
        struct group *group;
        const struct conf *conf;
        int64_t now;
};

/* Does the owner want it: wire.websub, or an https site that hubs can reach? */
bool websub_is_on(const struct conf *conf);

/* What a feed that was just read says of hubs. Its push_until_at changes when
 * it is told by none any more. */
NODISCARD int websub_note(struct websub *ws, struct feed *f,
                          const struct feed_doc *doc,
                          const struct fetch_answer *w, struct err *err);
/* Ask the hubs whose turn it is. */
NODISCARD int websub_ask(struct websub *ws, struct err *err);
/* An answer whose owner is a TASK_HUB. */
NODISCARD int websub_take(struct websub *ws, const struct fetch_answer *w,
                          struct err *err);

/* The form that asks a hub. In a. */
struct str websub_form(struct arena *a, const struct websub_row *row,
                       struct str site);

/* What a hub asks when it asks back. */
struct websub_query {
        struct str mode, topic, reason;
        int64_t lease_s; /* 0: not said */
};

enum websub_word {
        WEBSUB_NO,    /* not ours: nothing changes */
        WEBSUB_YES,   /* it is: row changes, the challenge is to be echoed */
        WEBSUB_NOTED, /* the hub refuses: row changes, there is no challenge */
};

/* Is it what we want? A row whose state is then "left" is to be forgotten. */
enum websub_word websub_verify(struct arena *a, struct websub_row *row,
                               const struct websub_query *q, int64_t now);

/* Does it look like a token of ours? Else the store need not be asked. */
bool websub_is_token(struct str s);

/*
 * A signature as it is counted, piece by piece: X-Hub-Signature's "sha256=..."
 * under our secret. NULL: it names no method that we take.
 */
struct websub_sign;
struct websub_sign *websub_sign_new(struct str header, struct str secret);
void websub_sign_add(struct websub_sign *s, struct str bytes);
bool websub_sign_fits(struct websub_sign *s); /* once, at the end */
void websub_sign_free(struct websub_sign *s); /* NULL is fine */

#endif

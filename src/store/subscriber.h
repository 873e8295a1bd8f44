#ifndef STORE_SUBSCRIBER_H
#define STORE_SUBSCRIBER_H

/* Subscribers: those who asked for the mail. */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct subscriber {
        int64_t id;
        struct str email, name, language, zone;
        struct str state; /* pending, active, paused, unsubscribed ... */
        struct str token;
        int64_t added_at, changed_at;
        struct str consent;
};

struct subscriber_list {
        struct subscriber *items;
        size_t n;
};

/* Add; an address that is there already is left as it is, *ret_new false. */
NODISCARD int subscriber_add(struct sql *db, const struct subscriber *s,
                             bool *ret_new, struct err *err);
NODISCARD int subscriber_get(struct arena *a, struct sql *db, int64_t id,
                             struct subscriber *ret, struct err *err);
NODISCARD int subscriber_find(struct arena *a, struct sql *db, struct str email,
                              struct subscriber *ret, struct err *err);
/* By the token that names them in links. ERR_ABSENT. */
NODISCARD int subscriber_by_token(struct arena *a, struct sql *db,
                                  struct str token, struct subscriber *ret,
                                  struct err *err);
NODISCARD int subscriber_set_state(struct sql *db, int64_t id, struct str state,
                                   int64_t now, struct err *err);
/* In order of id, those after the given one, at most n. */
NODISCARD int subscriber_page(struct arena *a, struct sql *db, int64_t after_id,
                              size_t n, struct subscriber_list *ret,
                              struct err *err);
/* state absent: all of them. */
NODISCARD int subscriber_count(struct sql *db, struct str state, int64_t *ret,
                               struct err *err);

#endif

#ifndef POST_SUBSCRIBE_H
#define POST_SUBSCRIBE_H

/* A new subscriber: the address checked, an unguessable token drawn. */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct sql;

struct subscribe {
        struct str email, name, language, zone;
        struct str state;   /* absent: active */
        struct str consent; /* how we came to have the address */
};

/* ERR_INPUT, ERR_LIMIT: an address, name or state that can't be.
 * *ret_new is false for an address that is there already, which stays as it
 * is. */
NODISCARD int subscribe_add(struct sql *db, const struct subscribe *s,
                            int64_t now, bool *ret_new, struct err *err);

#endif

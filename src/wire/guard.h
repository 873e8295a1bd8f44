#ifndef WIRE_GUARD_H
#define WIRE_GUARD_H

/*
 * Which addresses the wire may reach.
 *
 * A feed is a stranger: its links and redirects may point into the owner's own
 * network, at a cloud's metadata service or at a file. So the *connected*
 * address is judged, after DNS, which a name that resolves anew can't evade; a
 * URL is judged before that, to say clearly what is wrong with it. Behind a
 * proxy of the owner's (wire.proxy) it is the proxy that resolves names, so
 * there only what the URL itself says is judged.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct conf_list;
struct sockaddr;

/* An address or network: IPv4 is held as ::ffff:a.b.c.d. */
struct guard_net {
        uint8_t address[16];
        int bits;
};

struct guard {
        const struct guard_net *allowed;
        size_t n;
};

/* The owner's list (wire.allow): "127.0.0.1", "10.1.0.0/16", "fd00::/8".
 * ERR_INPUT names the entry that is neither. It lives in a. */
NODISCARD int guard_init(struct arena *a, struct guard *g,
                         const struct conf_list *allow, struct err *err);

/* May we connect to it? If not, *ret_why is what it is: "a private address". */
bool guard_may_reach(const struct guard *g, const struct sockaddr *sa,
                     const char **ret_why);

/*
 * Is url one that we fetch: http or https; its host, when that is an address in
 * any spelling (decimal, hex, octal), one that we may reach; its port 80, 443
 * or one of 1024 and up that is not another service's? (The owner's own hosts
 * may use any port.) ERR_DENIED says what is wrong: "169.254.169.254, a
 * link-local address".
 */
NODISCARD int guard_check_url(const struct guard *g, struct str url,
                              struct err *err);

/* Does the owner name this host in wire.allow? Then it is the owner's own. */
bool guard_is_own(const struct guard *g, struct str host);

#endif

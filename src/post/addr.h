#ifndef POST_ADDR_H
#define POST_ADDR_H

/*
 * A subscriber's mail address, checked once at the door.
 *
 * Everything that reaches the queue or an SMTP command holds a struct addr,
 * never a string from a form, so a CR or LF can't travel into a header.
 */

#include "base/err.h"
#include "base/str.h"

struct addr;
struct arena;

#define ADDR_MAX 254 /* RFC 5321, 4.5.3.1.3, less the angle brackets */

/*
 * Parse in and set *ret_addr. The address and its strings live in a.
 * ERR_INPUT: not an address we would mail. ERR_LIMIT: longer than ADDR_MAX.
 * On failure *ret_addr is untouched and err says why, in words for a reader.
 */
NODISCARD int addr_parse(struct arena *a, struct str in,
                         const struct addr **ret_addr, struct err *err);

/* All are borrowed from the address. The domain is in lower case. */
struct str addr_local(const struct addr *addr);
struct str addr_domain(const struct addr *addr);
/* local@domain. */
struct str addr_whole(const struct addr *addr);

/* Is the domain one that never leaves this machine or house? */
bool addr_is_local(const struct addr *addr);

#endif

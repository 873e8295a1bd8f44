#ifndef POST_WORKER_H
#define POST_WORKER_H

/*
 * Who carries letters from this press on this host: one process at a time.
 *
 * The lock file says who; the kernel lets go of it when the process dies,
 * however it dies. So whoever holds it knows that letters claimed under its
 * name were left by a dead one, and need not wait for their lease
 * (docs/design/0005).
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

/* Take the lock and *ret_name, "host.0123456789abcdef", in a; held till
 * *ret_fd is closed. ERR_BUSY: another process delivers from this press. */
NODISCARD int worker_take(struct arena *a, const char *lock_path,
                          struct str *ret_name, int *ret_fd, struct err *err);

#endif

#ifndef SITE_LISTEN_H
#define SITE_LISTEN_H

/* A listening socket from site.listen, with errors that say what to mend. */

#include "base/err.h"
#include "base/str.h"

struct arena;

/* *ret_fd listens; *ret_address is what it got ("127.0.0.1:8025"), in a. */
NODISCARD int listen_open(struct arena *a, struct str text, int *ret_fd,
                          struct str *ret_address, struct err *err);

#endif

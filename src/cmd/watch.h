#ifndef CMD_WATCH_H
#define CMD_WATCH_H

/* The facts by which /healthz and `bulldog check` judge the press. */

#include "cmd/cmd.h"
#include "site/health.h"

/* All lives in a. */
NODISCARD int watch_facts(struct env *env, struct arena *a,
                          struct health_facts *ret, struct err *err);

#endif

#ifndef CMD_SERIES_H
#define CMD_SERIES_H

/* What the parts of `bulldog series` share. */

#include "base/err.h"
#include "base/str.h"
#include "wire/gauge.h"

struct env;

NODISCARD int series_usage(struct env *env, const char *what);
NODISCARD int series_add(struct env *env, int argc, char **argv);

/* Read an address (http, https, file) as g says; nothing is stored. */
NODISCARD int series_fetch(struct env *env, struct str url,
                           const struct gauge *g, struct gauge_doc *ret);
/* What was read, in words, on standard output. */
void series_describe(struct env *env, const struct gauge *g,
                     const struct gauge_doc *doc);

#endif

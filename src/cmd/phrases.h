#ifndef CMD_PHRASES_H
#define CMD_PHRASES_H

/* What the phrases of a language lack, for `bulldog phrases` and `check`. */

#include "cmd/cmd.h"
#include "conf/phrases_lint.h"

/* In env->a. */
NODISCARD int phrases_look(struct env *env, struct str language,
                           struct phrase_fault **ret, size_t *ret_n);

#endif

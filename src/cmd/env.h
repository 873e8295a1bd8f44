#ifndef CMD_ENV_H
#define CMD_ENV_H

/* How main readies what a subcommand needs, and puts it away. */

#include "cmd/cmd.h"

/* Read the settings, open the store, as needs says. */
NODISCARD int env_open(struct env *env, enum cmd_needs needs);
/* The store's address: a relative file lies in the press. */
struct str env_store_url(struct env *env);
void env_close(struct env *env);

#endif

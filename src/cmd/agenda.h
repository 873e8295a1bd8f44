#ifndef CMD_AGENDA_H
#define CMD_AGENDA_H

/* bulldog agenda, shared by its files. */

#include "cmd/cmd.h"

/* argv[0] is "add", "import". */
NODISCARD int agenda_add(struct env *env, int argc, char **argv);
NODISCARD int agenda_import(struct env *env, int argc, char **argv);
/* ERR_INPUT, with where to look. */
int agenda_usage(struct env *env, const char *what);

/* What composing the edition of a date wants of the agenda. */
struct agenda_input;
struct civil;
NODISCARD int agenda_load(struct env *env, const struct civil *date,
                          struct agenda_input *ret);

#endif

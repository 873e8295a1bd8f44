#ifndef CMD_CORRECT_H
#define CMD_CORRECT_H

#include "cmd/cmd.h"
#include "store/edition.h"

/* All versions of an edition, with their notes: bulldog correct --list. */
NODISCARD int correct_list(struct env *env, const struct edition_row *row,
                           bool as_json);

#endif

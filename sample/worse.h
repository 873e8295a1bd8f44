#ifndef SAMPLE_WORSE_H
#define SAMPLE_WORSE_H

/* Feeds that are too large, too deep, or lie: the second half of bad.c. */

#include <stdbool.h>

#include <microhttpd.h>

#include "base/str.h"

/* Answer for /bad/NAME/LEAF, if NAME is one of ours. */
bool worse_answer(struct MHD_Connection *c, struct str name, struct str leaf,
                  enum MHD_Result *ret);

/* Their names, for the list; NULL at the end. Those that are told apart by what
 * they did before are not in it. */
extern const char *const worse_names[];

#endif

#ifndef CMD_WHY_CHART_H
#define CMD_WHY_CHART_H

/* The part of `bulldog why` that is about the day's chart. */

#include "base/err.h"

struct env;

NODISCARD int why_chart(struct env *env, int argc, char **argv);

#endif

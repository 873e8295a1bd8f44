#ifndef CMD_WHY_CHART_H
#define CMD_WHY_CHART_H

/* The part of `bulldog why` that is about the day's chart. */

#include <stdbool.h>

#include "base/err.h"

struct env;

NODISCARD int why_chart(struct env *env, bool as_json);

#endif

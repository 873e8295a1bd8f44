#ifndef EDITION_NEAR_H
#define EDITION_NEAR_H

/* Is a sentence nearly another one: a few words changed, or cut short? */

#include <stdbool.h>

#include "base/str.h"

/* Is text nearly one of the sentences of s? White space is folded in both. */
bool near_any(struct str text, struct str s);

#endif

#ifndef WIRE_FEED_JSON_H
#define WIRE_FEED_JSON_H

/* JSON Feed 1.0 and 1.1 into a draft. */

#include "base/err.h"
#include "base/str.h"

struct draft;

/* ERR_INPUT: it isn't JSON, or no JSON Feed. */
NODISCARD int feed_json_read(struct draft *d, struct str text, struct err *err);

#endif

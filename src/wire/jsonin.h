#ifndef WIRE_JSONIN_H
#define WIRE_JSONIN_H

/*
 * A stranger's JSON read by jansson, within bounds: "{},{},{}" takes a hundred
 * times its size in memory, so values are counted before they are made.
 */

#include <jansson.h>

#include "base/err.h"
#include "base/str.h"

/*
 * The root, to be given to json_decref. ERR_INPUT with the line and what is
 * wrong there; ERR_LIMIT over LIMIT_JSON_VALUES. What follows it is ignored.
 */
NODISCARD int jsonin_read(struct str text, json_t **ret, struct err *err);

#endif

#ifndef WIRE_TRACKER_H
#define WIRE_TRACKER_H

/*
 * Pictures that show nothing and only count who reads: known by who serves
 * them, or by what they are called. Their size is sanitize.c's to see.
 */

#include <stdbool.h>

#include "base/str.h"

/* url is absolute. */
bool tracker_is_picture(struct str url);

#endif

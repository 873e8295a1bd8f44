#ifndef EDITION_SEASON_H
#define EDITION_SEASON_H

/*
 * The season of a date where a time zone is: by months, as weather people count
 * (spring begins on the first of March, south of the tropics on that of
 * September). Of a zone in the tropics, or one that is no place, such as UTC,
 * no season is known. Pure.
 */

#include "base/time.h"
#include "conf/phrases.h"

enum phrase_season season_of(struct str zone, const struct civil *date);

#endif

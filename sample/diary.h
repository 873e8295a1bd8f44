#ifndef SAMPLE_DIARY_H
#define SAMPLE_DIARY_H

/*
 * An outlet's calendar, from sample/diary/HOST.ics: {0} is the edition's day as
 * 20260306, {-7} a week before, {BASE} where the outlet lives.
 */

#include <stdint.h>

#include "base/str.h"

struct buf;

void diary_put(struct buf *out, struct str text, int64_t edition_at,
               struct str base);

#endif

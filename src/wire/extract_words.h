#ifndef WIRE_EXTRACT_WORDS_H
#define WIRE_EXTRACT_WORDS_H

/* What the names that pages give their parts say of them. */

#include <stdbool.h>

#include "base/str.h"

/* names: class and id, in small letters, with a blank at both ends. */
bool extract_is_furniture(struct str names);
/* Only what is never an article, whatever the page. */
bool extract_is_aside(struct str names);
bool extract_is_wall(struct str names);
/* The sentences that stand over an article and begin it. */
bool extract_is_lead(struct str names);
/* 0: nothing; 1: perhaps the place of the article ... 3: surely. */
int extract_body_rank(struct str names);
/* A short line that is no part of any text ("Advertisement"). */
bool extract_is_noise(struct str line);

#endif

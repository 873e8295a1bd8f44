#ifndef WIRE_SEQUEL_H
#define WIRE_SEQUEL_H

/*
 * Later pages of an article, told by their addresses alone: "story-2.html",
 * "story/2", "story/page/2/", "story.html?page=2".
 *
 * Sites link much as "next", the next article above all. So an address counts
 * only when it is the first page's own with a number put into it.
 */

#include "base/str.h"

struct arena;

#define SEQUEL_MAX 99

/* Which page url is of the article that begins at first: 1 is first itself, 0
 * none of it. */
int sequel_number(struct arena *a, struct str first, struct str url);

/* Where an article may begin of which url is a later page, and in *ret_number
 * which; absent when the address has no page's number. Lives in a. */
struct str sequel_first(struct arena *a, struct str url, int *ret_number);

#endif

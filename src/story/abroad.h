#ifndef STORY_ABROAD_H
#define STORY_ABROAD_H

/*
 * Stories of other languages that tell of the same event as one of the
 * edition's: their publishers are voices of it too.
 *
 * Words don't meet across languages; names and figures do. So only where it is
 * sure: the two name the same people, places and figures at their heads, within
 * a day, and neither has another story that is nearly as near. A wrong join is
 * worse than ten that are missed (docs/design/0013).
 */

#include <stddef.h>

struct arena;
struct rank_input;
struct story;
struct words;

/*
 * Fills abroad and n_abroad of stories in in->language, and told_as of those
 * in another that tell the same. Stories come best first, scored; so many of
 * each side are looked at as could be printed. Lives in a. The order of
 * articles and the numbers of stories change nothing.
 */
void abroad_join(struct arena *a, struct words *w, const struct rank_input *in,
                 struct story *stories, size_t n);

#endif

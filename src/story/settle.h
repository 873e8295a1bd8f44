#ifndef STORY_SETTLE_H
#define STORY_SETTLE_H

/*
 * Stories put in order, knowing all articles: those two become one whose mean
 * likeness is furthest above what their sizes ask for, then the next, until
 * none is (average link; docs/design/0013).
 */

#include <stdint.h>

struct index;
struct index_group;

/*
 * The mean likeness that an article that is not in the index yet must have with
 * a story to be told with it. The larger the story the less: what many tell may
 * be joined by one that tells a side of it. Headlines of one event may have no
 * word in common, so stories of headlines are measured against how alike their
 * own are. What one source alone tells twice is two events of a kind (two
 * forecasts, two days in court) unless it is nearly all the same.
 */
double settle_bar(struct index *ix, const struct index_group *one,
                  uint32_t group);

/* Join what belongs together, beginning from groups that have new articles.
 * Of two ids the one that was told to others stays, else the older. */
void settle(struct index *ix, int64_t window_s);

/* Before stories are divided: those that are near nothing new rest, where less
 * is new than known. */
void settle_rest(struct index *ix, int64_t window_s);

#endif

#ifndef STORY_KIND_H
#define STORY_KIND_H

/*
 * What kind of piece an article is, whatever its feed says of itself: a news
 * feed carries opinion, sponsored pages and horoscopes too, and none of them
 * may head a story. Told by the feed's kind, the source's mark, the title, the
 * address and the first words (kind.def), in the languages we know.
 *
 *   kind       finds company   is a voice   is printed
 *   news       yes             yes          may lead
 *   live       yes             yes          in the list: a stream has no start
 *   obituary   yes             yes          in the list
 *   opinion    its copies      no           under reading
 *   magazine   its copies      no           as the long read
 *   culture    its copies      no           as the break
 *   roundup    its copies      no           no: it tells others' stories again
 *   release    its copies      no           no: nobody but its subject says so
 *   sponsored  its copies      no           no: it is paid for
 *   filler     its copies      no           no: horoscopes, puzzles, coupons
 */

#include "store/article.h"

/* The name of one of those. Static. */
struct str kind_of(const struct article *art);

/* News, live or obituary: it joins a story by its words, and counts as a
 * voice. */
bool kind_is_news(const struct article *art);
bool kind_is_voice(struct str kind);
/* May a piece of this kind be printed at all? */
bool kind_is_printed(struct str kind);

#endif

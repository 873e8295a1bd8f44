#ifndef STORY_KIND_H
#define STORY_KIND_H

/*
 * What kind of piece an article is, whatever its feed says of itself: a news
 * feed carries opinion too, and an opinion piece must never head a story.
 */

#include "store/article.h"

/* "news", "opinion", "magazine" or "culture". */
struct str kind_of(const struct article *art);
bool kind_is_news(const struct article *art);

#endif

#ifndef SAMPLE_MANY_H
#define SAMPLE_MANY_H

/* Many feeds for measuring: /many/N/feeds.opml lists N feeds, each of twenty
 * items with a paragraph of its own: /many/N/I.xml. */

#include <microhttpd.h>

#include "base/str.h"

/* path is what follows /many/. */
enum MHD_Result many_answer(struct MHD_Connection *c, struct str path,
                            struct str front);

#endif

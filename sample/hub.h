#ifndef SAMPLE_HUB_H
#define SAMPLE_HUB_H

/*
 * A small WebSub hub and its feed, for one subscriber on loopback:
 *
 *   /hub/feed.xml   names the hub         /hub/          the hub (POST)
 *   /hub/publish    one item more, and the subscriber is told
 *   /hub/forge      the same, signed with another secret
 *   /hub/status     what the hub knows
 */

#include <stddef.h>

#include <microhttpd.h>

#include "base/str.h"

/* One request to /hub/LEAF; called as MHD calls its handler. */
enum MHD_Result hub_request(struct MHD_Connection *c, struct str leaf,
                            struct str front, const char *upload,
                            size_t *upload_n, void **state);
/* What *state holds goes with the request. */
void hub_completed(void *ctx, struct MHD_Connection *c, void **state,
                   enum MHD_RequestTerminationCode why);

#endif

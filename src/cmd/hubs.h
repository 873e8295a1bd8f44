#ifndef CMD_HUBS_H
#define CMD_HUBS_H

/* What stands behind the site's door for hubs: the store's subscriptions. */

struct env;
struct websub_door;

/* NULL when wire.websub is off. Lives in env->a. */
const struct websub_door *hubs_door(struct env *env);

#endif

#ifndef WIRE_TASK_H
#define WIRE_TASK_H

/* What a request is for: the first member of each owner of one, so that one
 * fetcher serves feeds, robots.txt and pages at the same time. */

#include <stdint.h>

enum task_kind { TASK_FEED, TASK_ROBOTS, TASK_PAGE, TASK_HUB };

struct task {
        enum task_kind kind;
        struct task *next; /* where some wait together */
        int64_t pause_ms;  /* that its host wants after it; 0: the usual one */
};

#endif

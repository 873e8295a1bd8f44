#ifndef SITE_HEALTH_H
#define SITE_HEALTH_H

/*
 * Is the press well? What /healthz answers and what `bulldog check` says, from
 * the same rules: a stage that failed, one that never came to its end, or an
 * edition that didn't appear. A briefing that stops silently is the worst
 * fault in this field.
 */

#include <stdint.h>

#include "base/str.h"
#include "conf/clock.h"
#include "store/stage.h"

struct arena;
struct buf;
struct json;

/* An edition may be printed so long after its time before it counts as
 * overdue. */
#define HEALTH_GRACE_S 3600
/* A stage that "runs" longer was killed and never started again. */
#define HEALTH_STUCK_S 7200

struct health_facts {
        struct clock_plan plan;
        struct stage_list stages;
        struct str edition_date; /* newest printed one; absent: none yet */
        int64_t edition_at;      /* when it was printed */
        int64_t now;
};

struct health {
        bool ok;
        struct str why;  /* first fault in words; absent when ok. In a. */
        int64_t next_at; /* next publish time */
};

struct health health_judge(struct arena *a, const struct health_facts *f);
/* One stage: did it fail, is it stuck? Absent: it is well. In a. */
struct str health_stage_fault(struct arena *a, const struct stage *s,
                              int64_t now);
void health_put_json(struct buf *out, const struct health *h,
                     const struct health_facts *f);

/* One stage as a JSON object. */
void health_put_stage(struct json *j, const struct stage *s, int64_t now);

/* "3 h", "20 min", "2 days": for people. */
void health_put_age(struct buf *out, int64_t age_s);

#endif

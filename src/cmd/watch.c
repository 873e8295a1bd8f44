#include "cmd/watch.h"

#include "base/time.h"
#include "store/edition.h"

int watch_facts(struct env *env, struct arena *a, struct health_facts *ret,
                struct err *err)
{
        struct health_facts facts = { .now = time_now() };
        struct edition_row edition;
        int rc = clock_plan_read(&env->conf, &facts.plan, err);

        if (rc == 0)
                rc = stage_all(a, env->db, &facts.stages, err);
        if (rc < 0)
                return rc;
        rc = edition_newest(a, env->db, true, &edition, err);
        if (rc < 0 && rc != ERR_ABSENT)
                return rc;
        if (rc == 0) {
                facts.edition_date = edition.date;
                facts.edition_at = edition.published_at;
        }
        *ret = facts;
        return 0;
}

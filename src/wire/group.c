#include "wire/group.h"

#include "base/time.h"
#include "store/sql.h"

#define MOST 64     /* pieces in one transaction */
#define MOST_MS 200 /* ... or what came in so long */

int group_enter(struct group *g, struct err *err)
{
        int rc;

        if (g->is_open)
                return 0;
        rc = sql_begin(g->db, err);
        if (rc < 0)
                return rc;
        g->is_open = true;
        g->n = 0;
        g->since_ms = time_mono_ms();
        return 0;
}

int group_leave(struct group *g, int rc, struct err *err)
{
        if (rc < 0) {
                sql_rollback(g->db);
                g->is_open = false;
                return rc;
        }
        if (++g->n < MOST && time_mono_ms() - g->since_ms < MOST_MS)
                return 0;
        return group_flush(g, err);
}

int group_flush(struct group *g, struct err *err)
{
        int rc;

        if (!g->is_open)
                return 0;
        g->is_open = false;
        rc = sql_commit(g->db, err);
        if (rc < 0)
                sql_rollback(g->db);
        return rc;
}

#include "store/robots.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

int robots_get(struct arena *a, struct sql *db, struct str origin, int64_t now,
               struct str *ret, struct err *err)
{
        struct sql_rows *r;
        int rc = sql_query(db, err, &r,
                           "SELECT rules FROM robots "
                           "WHERE origin = ? AND until_at > ?",
                           SQL_ARGS(sql_text(origin), sql_int(now)));

        if (rc < 0)
                return rc;
        rc = sql_next(r, err);
        if (rc >= 0)
                *ret = rc > 0 ? sql_col_copy(a, r, 0) : STR_NULL;
        sql_end(r);
        return rc < 0 ? rc : 0;
}

int robots_put(struct sql *db, struct str origin, struct str rules,
               int64_t until_at, struct err *err)
{
        return sql_run(db, err, NULL,
                       "INSERT INTO robots (origin, rules, until_at) "
                       "VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE SET "
                       "rules = excluded.rules, until_at = excluded.until_at",
                       SQL_ARGS(sql_text(origin), sql_text(rows_some(rules)),
                                sql_int(until_at)));
}

int robots_forget(struct sql *db, int64_t before, struct err *err)
{
        return sql_run(db, err, NULL, "DELETE FROM robots WHERE until_at < ?",
                       SQL_ARGS(sql_int(before)));
}

#include "store/websub.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

#define SELECT_WEBSUB                                                          \
        "SELECT w.feed_id, w.hub, w.topic, w.token, w.secret, w.state, "       \
        "w.due_at, w.lease_until_at, w.failures, w.outcome FROM websub w "     \
        "JOIN feed f ON f.id = w.feed_id "

static void read_websub(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct websub_row *)row = (struct websub_row) {
                .feed_id = sql_col_int(r, 0),
                .hub = sql_col_copy(a, r, 1),
                .topic = sql_col_copy(a, r, 2),
                .token = sql_col_copy(a, r, 3),
                .secret = sql_col_copy(a, r, 4),
                .state = sql_col_copy(a, r, 5),
                .due_at = sql_col_int(r, 6),
                .lease_until_at = sql_col_time(r, 7),
                .failures = sql_col_int(r, 8),
                .outcome = sql_col_copy(a, r, 9),
        };
}

int websub_want(struct sql *db, const struct websub_row *row, struct err *err)
{
        return sql_run(
                db, err, NULL,
                "INSERT INTO websub (feed_id, hub, topic, token, secret, "
                "state, due_at, lease_until_at, failures, outcome) VALUES "
                "(?, ?, ?, ?, ?, 'wanted', ?, NULL, 0, '') "
                "ON CONFLICT (feed_id) DO UPDATE SET hub = excluded.hub, "
                "topic = excluded.topic, token = excluded.token, "
                "secret = excluded.secret, state = 'wanted', "
                "due_at = excluded.due_at, lease_until_at = NULL, "
                "failures = 0, outcome = ''",
                SQL_ARGS(sql_int(row->feed_id), sql_text(row->hub),
                         sql_text(row->topic), sql_text(row->token),
                         sql_text(row->secret), sql_int(row->due_at)));
}

int websub_forget(struct sql *db, const struct websub_row *row, struct err *err)
{
        return sql_run(db, err, NULL,
                       "DELETE FROM websub WHERE feed_id = ? AND token = ?",
                       SQL_ARGS(sql_int(row->feed_id), sql_text(row->token)));
}

int websub_leave_removed(struct sql *db, int64_t now, struct err *err)
{
        int rc = sql_run(db, err, NULL,
                         "UPDATE websub SET state = 'leaving', due_at = ?, "
                         "failures = 0 WHERE state IN ('asked', 'active') AND "
                         "feed_id IN (SELECT id FROM feed WHERE state <> "
                         "'active')",
                         SQL_ARGS(sql_int(now)));

        if (rc < 0)
                return rc;
        return sql_run(db, err, NULL,
                       "DELETE FROM websub WHERE state IN ('wanted', "
                       "'refused') AND feed_id IN (SELECT id FROM feed WHERE "
                       "state <> 'active')",
                       SQL_NO_ARGS);
}

/* Of a feed that is read, or to be told that it is read no more. */
#define IS_OURS "(f.state = 'active' OR w.state = 'leaving') "

int websub_due(struct arena *a, struct sql *db, int64_t now, size_t n,
               struct websub_list *ret, struct err *err)
{
        struct rows_out out = { .read = read_websub,
                                .row_b = sizeof(struct websub_row) };
        int rc = rows_all(
                a, db,
                STATEMENT(SELECT_WEBSUB "WHERE w.due_at <= ? AND " IS_OURS
                                        "ORDER BY w.due_at, w.feed_id LIMIT ?",
                          SQL_ARGS(sql_int(now), sql_int((int64_t)n))),
                &out, err);

        if (rc == 0)
                *ret = (struct websub_list) { out.items, out.n };
        return rc;
}

int websub_has_due(struct sql *db, int64_t now, bool *ret, struct err *err)
{
        int64_t n = 0;
        int rc = sql_get_int(db, err, &n,
                             "SELECT COUNT(*) FROM websub w JOIN feed f ON "
                             "f.id = w.feed_id WHERE w.due_at <= ? OR "
                             "(f.state <> 'active' AND w.state <> 'leaving')",
                             SQL_ARGS(sql_int(now)));

        *ret = n > 0;
        return rc;
}

int websub_of_feed(struct arena *a, struct sql *db, int64_t feed_id,
                   struct websub_row *ret, struct err *err)
{
        struct rows_out out = { .read = read_websub, .items = ret };

        return rows_one(a, db,
                        STATEMENT(SELECT_WEBSUB "WHERE w.feed_id = ?",
                                  SQL_ARGS(sql_int(feed_id))),
                        &out, err);
}

int websub_by_token(struct arena *a, struct sql *db, struct str token,
                    struct websub_row *ret, struct err *err)
{
        struct rows_out out = { .read = read_websub, .items = ret };

        return rows_one(a, db,
                        STATEMENT(SELECT_WEBSUB
                                  "WHERE w.token = ? AND " IS_OURS,
                                  SQL_ARGS(sql_text(token))),
                        &out, err);
}

int websub_hold(struct sql *db, int64_t feed_id, struct err *err)
{
        int64_t ignored;

        if (!sql_is_postgres(db))
                return 0; /* its transactions follow each other anyhow */
        return sql_get_int(db, err, &ignored,
                           "SELECT id FROM feed WHERE id = ? FOR UPDATE",
                           SQL_ARGS(sql_int(feed_id)));
}

int websub_save(struct sql *db, const struct websub_row *row, struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE websub SET state = ?, due_at = ?, "
                       "lease_until_at = ?, failures = ?, outcome = ? "
                       "WHERE feed_id = ? AND token = ?",
                       SQL_ARGS(sql_text(row->state), sql_int(row->due_at),
                                sql_time(row->lease_until_at),
                                sql_int(row->failures),
                                sql_text(rows_some(row->outcome)),
                                sql_int(row->feed_id), sql_text(row->token)));
}

int websub_save_over(struct sql *db, const struct websub_row *row,
                     const struct websub_row *seen, struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE websub SET state = ?, due_at = ?, "
                       "lease_until_at = ?, failures = ?, outcome = ? "
                       "WHERE feed_id = ? AND token = ? AND state = ? "
                       "AND due_at = ?",
                       SQL_ARGS(sql_text(row->state), sql_int(row->due_at),
                                sql_time(row->lease_until_at),
                                sql_int(row->failures),
                                sql_text(rows_some(row->outcome)),
                                sql_int(row->feed_id), sql_text(row->token),
                                sql_text(seen->state), sql_int(seen->due_at)));
}

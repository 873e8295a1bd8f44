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
                "failures = 0, outcome = '' "
                "WHERE websub.hub <> excluded.hub "
                "OR websub.topic <> excluded.topic",
                SQL_ARGS(sql_int(row->feed_id), sql_text(row->hub),
                         sql_text(row->topic), sql_text(row->token),
                         sql_text(row->secret), sql_int(row->due_at)));
}

int websub_drop(struct sql *db, int64_t feed_id, struct err *err)
{
        return sql_run(db, err, NULL, "DELETE FROM websub WHERE feed_id = ?",
                       SQL_ARGS(sql_int(feed_id)));
}

int websub_due(struct arena *a, struct sql *db, int64_t now, size_t n,
               struct websub_list *ret, struct err *err)
{
        struct rows_out out = { .read = read_websub,
                                .row_b = sizeof(struct websub_row) };
        int rc = rows_all(
                a, db,
                STATEMENT(SELECT_WEBSUB "WHERE w.due_at <= ? AND f.state = "
                                        "'active' ORDER BY w.due_at, w.feed_id "
                                        "LIMIT ?",
                          SQL_ARGS(sql_int(now), sql_int((int64_t)n))),
                &out, err);

        if (rc == 0)
                *ret = (struct websub_list) { out.items, out.n };
        return rc;
}

/*
 * The feed's row first, as a gather has it: two that take them in different
 * order would wait in a circle, and what one of them read the other changes.
 */
static int lock_feed(struct sql *db, struct str token, struct err *err)
{
        int64_t ignored;

        if (!sql_is_postgres(db))
                return 0; /* its transactions follow each other anyhow */
        return sql_get_int(db, err, &ignored,
                           "SELECT f.id FROM feed f WHERE f.id = (SELECT "
                           "feed_id FROM websub WHERE token = ?) "
                           "AND f.state = 'active' FOR UPDATE",
                           SQL_ARGS(sql_text(token)));
}

int websub_by_token(struct arena *a, struct sql *db, struct str token,
                    struct websub_row *ret, struct err *err)
{
        struct rows_out out = { .read = read_websub, .items = ret };
        int rc = lock_feed(db, token, err);

        if (rc < 0)
                return rc;
        return rows_one(a, db,
                        STATEMENT(SELECT_WEBSUB
                                  "WHERE w.token = ? AND f.state = 'active'",
                                  SQL_ARGS(sql_text(token))),
                        &out, err);
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

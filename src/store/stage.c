#include "store/stage.h"

#include "base/arena.h"
#include "base/time.h"
#include "store/rows.h"
#include "store/sql.h"

static void read_stage(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct stage *)row = (struct stage) {
                .name = sql_col_copy(a, r, 0),
                .state = sql_col_copy(a, r, 1),
                .note = sql_col_copy(a, r, 2),
                .started_at = sql_col_time(r, 3),
                .ended_at = sql_col_time(r, 4),
                .ok_at = sql_col_time(r, 5),
        };
}

int stage_start(struct sql *db, struct str name, int64_t now, struct err *err)
{
        return sql_run(db, err, NULL,
                       "INSERT INTO stage (name, state, started_at, note) "
                       "VALUES (?, 'running', ?, '') "
                       "ON CONFLICT (name) DO UPDATE SET state = 'running', "
                       "started_at = excluded.started_at, ended_at = NULL",
                       SQL_ARGS(sql_text(name), sql_int(now)));
}

int stage_end(struct sql *db, struct str name, bool ok, struct str note,
              int64_t now, struct err *err)
{
        return sql_run(
                db, err, NULL,
                "INSERT INTO stage (name, state, started_at, ended_at, ok_at, "
                "note) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (name) DO UPDATE SET state = excluded.state, "
                "ended_at = excluded.ended_at, "
                "ok_at = COALESCE(excluded.ok_at, stage.ok_at), "
                "note = excluded.note",
                SQL_ARGS(sql_text(name),
                         sql_text(ok ? STR("ok") : STR("failed")), sql_int(now),
                         sql_int(now), sql_time(ok ? now : TIME_NONE),
                         sql_text(rows_some(note))));
}

int stage_stop(struct sql *db, struct str name, struct str state,
               struct str note, int64_t now, struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE stage SET state = ?, note = ?, ended_at = ? "
                       "WHERE name = ? AND state = 'running'",
                       SQL_ARGS(sql_text(state), sql_text(rows_some(note)),
                                sql_int(now), sql_text(name)));
}

int stage_all(struct arena *a, struct sql *db, struct stage_list *ret,
              struct err *err)
{
        struct rows_out out = { .read = read_stage,
                                .row_b = sizeof(struct stage) };
        int rc = rows_all(a, db,
                          STATEMENT("SELECT name, state, note, started_at, "
                                    "ended_at, ok_at FROM stage "
                                    "ORDER BY name COLLATE \"C\"",
                                    SQL_NO_ARGS),
                          &out, err);

        if (rc == 0)
                *ret = (struct stage_list) { out.items, out.n };
        return rc;
}

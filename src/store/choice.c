#include "store/choice.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

static void read_choice(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct choice *)row = (struct choice) {
                .story_id = sql_col_int(r, 0),
                .choice = sql_col_copy(a, r, 1),
                .made_at = sql_col_time(r, 2),
        };
}

static int put(struct sql *db, const struct choice *c, struct err *err)
{
        int rc = 0;

        if (str_eq(c->choice, STR("lead")))
                rc = sql_run(db, err, NULL,
                             "DELETE FROM choice WHERE choice = 'lead'",
                             SQL_NO_ARGS);
        if (rc < 0)
                return rc;
        return sql_run(db, err, NULL,
                       "INSERT INTO choice (story_id, choice, made_at) "
                       "VALUES (?, ?, ?) ON CONFLICT (story_id) DO UPDATE "
                       "SET choice = excluded.choice, "
                       "made_at = excluded.made_at",
                       SQL_ARGS(sql_int(c->story_id), sql_text(c->choice),
                                sql_int(c->made_at)));
}

int choice_put(struct sql *db, const struct choice *c, struct err *err)
{
        bool own;
        int rc = sql_enter(db, &own, err);

        return rc < 0 ? rc : sql_leave(db, own, put(db, c, err), err);
}

int choice_remove(struct sql *db, int64_t story_id, struct err *err)
{
        int64_t changed;
        int rc = sql_run(db, err, &changed,
                         "DELETE FROM choice WHERE story_id = ?",
                         SQL_ARGS(sql_int(story_id)));

        if (rc < 0 || changed)
                return rc;
        return err_set(err, ERR_ABSENT, "nothing was decided on story %lld",
                       (long long)story_id);
}

int choice_all(struct arena *a, struct sql *db, struct choice_list *ret,
               struct err *err)
{
        struct rows_out out = { .read = read_choice,
                                .row_b = sizeof(struct choice) };
        int rc = rows_all(a, db,
                          STATEMENT("SELECT story_id, choice, made_at "
                                    "FROM choice ORDER BY story_id",
                                    SQL_NO_ARGS),
                          &out, err);

        if (rc == 0)
                *ret = (struct choice_list) { out.items, out.n };
        return rc;
}

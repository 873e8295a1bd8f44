#include "store/quiz.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

static int add(struct sql *db, int64_t edition_id, const struct quiz_tally *t,
               struct err *err)
{
        return sql_run(db, err, NULL,
                       "INSERT INTO quiz_tally (edition_id, question, "
                       "answered, correct) VALUES (?, ?, ?, ?) "
                       "ON CONFLICT (edition_id, question) DO UPDATE SET "
                       "answered = quiz_tally.answered + excluded.answered, "
                       "correct = quiz_tally.correct + excluded.correct",
                       SQL_ARGS(sql_int(edition_id), sql_text(t->question),
                                sql_int(t->answered), sql_int(t->correct)));
}

static int count(struct sql *db, const struct quiz_form *form, bool *ret_new,
                 struct err *err)
{
        int64_t inserted = 0;
        int rc = sql_run(db, err, NULL,
                         "DELETE FROM quiz_form WHERE counted_at < ?",
                         SQL_ARGS(sql_int(form->forget_at)));

        if (rc == 0)
                rc = sql_run(
                        db, err, &inserted,
                        "INSERT INTO quiz_form (token, counted_at) "
                        "VALUES (?, ?) ON CONFLICT (token) DO NOTHING",
                        SQL_ARGS(sql_text(form->token), sql_int(form->now)));
        for (size_t i = 0; i < form->n && rc == 0 && inserted; i++)
                rc = add(db, form->edition_id, &form->answers[i], err);
        if (rc == 0)
                *ret_new = inserted > 0;
        return rc;
}

int quiz_count(struct sql *db, const struct quiz_form *form, bool *ret_new,
               struct err *err)
{
        bool own, is_new = false;
        int rc = sql_enter(db, &own, err);

        if (rc == 0)
                rc = sql_leave(db, own, count(db, form, &is_new, err), err);
        if (rc == 0)
                *ret_new = is_new;
        return rc;
}

static void read_tally(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct quiz_tally *)row = (struct quiz_tally) {
                .question = sql_col_copy(a, r, 0),
                .answered = sql_col_int(r, 1),
                .correct = sql_col_int(r, 2),
        };
}

int quiz_tallies_of(struct arena *a, struct sql *db, int64_t edition_id,
                    struct quiz_tallies *ret, struct err *err)
{
        struct rows_out out = { .read = read_tally,
                                .row_b = sizeof(struct quiz_tally) };
        int rc = rows_all(a, db,
                          STATEMENT("SELECT question, answered, correct "
                                    "FROM quiz_tally WHERE edition_id = ? "
                                    "ORDER BY question",
                                    SQL_ARGS(sql_int(edition_id))),
                          &out, err);

        if (rc == 0)
                *ret = (struct quiz_tallies) { out.items, out.n };
        return rc;
}

#include "store/correction.h"

#include "base/arena.h"
#include "base/limits.h"
#include "store/rows.h"
#include "store/sql.h"

#define COLUMNS                                                                \
        "c.edition_id, c.n, c.revision, c.made_at, c.note, c.mail, "           \
        "c.printed_at, e.date, e.slug, e.title FROM correction c "             \
        "JOIN edition e ON e.id = c.edition_id "

static void read_correction(struct arena *a, const struct sql_rows *r,
                            void *row)
{
        *(struct correction *)row = (struct correction) {
                .edition_id = sql_col_int(r, 0),
                .n = sql_col_int(r, 1),
                .revision = sql_col_int(r, 2),
                .made_at = sql_col_time(r, 3),
                .note = sql_col_copy(a, r, 4),
                .has_letter = sql_col_int(r, 5) != 0,
                .printed_at = sql_col_time(r, 6),
                .date = sql_col_copy(a, r, 7),
                .slug = sql_col_copy(a, r, 8),
                .title = sql_col_copy(a, r, 9),
        };
}

static int read_list(struct arena *a, struct sql *db,
                     const struct statement *st, struct correction_list *ret,
                     struct err *err)
{
        struct rows_out out = { .read = read_correction,
                                .row_b = sizeof(struct correction) };
        int rc = rows_all(a, db, st, &out, err);

        if (rc == 0)
                *ret = (struct correction_list) { out.items, out.n };
        return rc;
}

int correction_add(struct sql *db, struct correction *c, struct err *err)
{
        return sql_get_int(
                db, err, &c->n,
                "INSERT INTO correction (edition_id, n, revision, made_at, "
                "note, mail) SELECT ?, COALESCE(MAX(n), 0) + 1, ?, ?, ?, ? "
                "FROM correction WHERE edition_id = ? RETURNING n",
                SQL_ARGS(sql_int(c->edition_id), sql_int(c->revision),
                         sql_int(c->made_at), sql_text(rows_some(c->note)),
                         sql_int(c->has_letter), sql_int(c->edition_id)));
}

int correction_list(struct arena *a, struct sql *db, int64_t edition_id,
                    struct correction_list *ret, struct err *err)
{
        return read_list(a, db,
                         STATEMENT("SELECT " COLUMNS "WHERE c.edition_id = ? "
                                   "ORDER BY c.n",
                                   SQL_ARGS(sql_int(edition_id))),
                         ret, err);
}

int correction_get(struct arena *a, struct sql *db, int64_t edition_id,
                   int64_t n, struct correction *ret, struct err *err)
{
        struct rows_out out = { .read = read_correction, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT("SELECT " COLUMNS "WHERE c.edition_id = ? "
                                    "AND c.n = ?",
                                    SQL_ARGS(sql_int(edition_id), sql_int(n))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "edition %lld has no correction %lld",
                        (long long)edition_id, (long long)n);
        return rc;
}

int correction_recent(struct arena *a, struct sql *db, int64_t series_id,
                      int64_t since, struct correction_list *ret,
                      struct err *err)
{
        return read_list(
                a, db,
                STATEMENT("SELECT " COLUMNS "WHERE e.series_id = ? "
                          "AND (c.printed_at IS NULL OR c.made_at >= ?) "
                          "ORDER BY e.date, c.n",
                          SQL_ARGS(sql_int(series_id), sql_int(since))),
                ret, err);
}

int correction_set_printed(struct sql *db, int64_t edition_id, int64_t n,
                           int64_t now, struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE correction SET printed_at = ? "
                       "WHERE edition_id = ? AND n = ? "
                       "AND printed_at IS NULL",
                       SQL_ARGS(sql_int(now), sql_int(edition_id), sql_int(n)));
}

int correction_due(struct arena *a, struct sql *db, int64_t series_id,
                   struct str date, struct correction_list *ret,
                   struct err *err)
{
        return read_list(
                a, db,
                STATEMENT(
                        "SELECT " COLUMNS
                        "LEFT JOIN edition by_e ON by_e.id = c.carried_by "
                        "WHERE e.series_id = ? AND e.date < ? AND c.note <> '' "
                        "AND (by_e.id IS NULL OR by_e.date = ? "
                        "OR by_e.state <> 'published') "
                        "ORDER BY c.made_at, e.date, c.n LIMIT ?",
                        SQL_ARGS(sql_int(series_id), sql_text(date),
                                 sql_text(date), sql_int(LIMIT_CORRECTIONS))),
                ret, err);
}

int correction_set_carried(struct sql *db, int64_t edition_id, int64_t n,
                           int64_t by, struct err *err)
{
        return sql_run(
                db, err, NULL,
                "UPDATE correction SET carried_by = ? WHERE edition_id = ? "
                "AND n = ?",
                SQL_ARGS(sql_int(by), sql_int(edition_id), sql_int(n)));
}

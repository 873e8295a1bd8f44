#include "store/finding.h"

#include "base/arena.h"
#include "base/time.h"
#include "store/rows.h"
#include "store/sql.h"

#define SELECT_FINDING                                                         \
        "SELECT n.id, n.feed_id, n.kind, n.at, n.value, n.level, "             \
        "n.since_at, n.run, n.length, n.hits, n.chances, n.rarity, n.brief, "  \
        "n.found_at, n.looked_at, n.edition_id, e.date "                       \
        "FROM finding n LEFT JOIN edition e ON e.id = n.edition_id "

static void read_finding(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct finding *)row = (struct finding) {
                .id = sql_col_int(r, 0),
                .feed_id = sql_col_int(r, 1),
                .kind = sql_col_copy(a, r, 2),
                .at = sql_col_int(r, 3),
                .value = sql_col_double(r, 4),
                .level = sql_col_double(r, 5),
                .since_at = sql_col_time(r, 6),
                .run = sql_col_int(r, 7),
                .length = sql_col_int(r, 8),
                .hits = sql_col_int(r, 9),
                .chances = sql_col_int(r, 10),
                .rarity = sql_col_double(r, 11),
                .brief = sql_col_double(r, 12),
                .found_at = sql_col_int(r, 13),
                .looked_at = sql_col_int(r, 14),
                .edition_id = sql_col_int(r, 15),
                .printed_on = sql_col_copy(a, r, 16),
        };
}

int finding_put(struct sql *db, const struct finding *f, struct err *err)
{
        return sql_run(db, err, NULL,
                       "INSERT INTO finding (feed_id, kind, at, value, level, "
                       "since_at, run, length, hits, chances, rarity, brief, "
                       "found_at, looked_at, edition_id) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) "
                       "ON CONFLICT (feed_id, kind, at) DO UPDATE SET "
                       "value = excluded.value, level = excluded.level, "
                       "since_at = excluded.since_at, run = excluded.run, "
                       "length = excluded.length, hits = excluded.hits, "
                       "chances = excluded.chances, rarity = excluded.rarity, "
                       "brief = excluded.brief, looked_at = excluded.looked_at",
                       SQL_ARGS(sql_int(f->feed_id), sql_text(f->kind),
                                sql_int(f->at), sql_double(f->value),
                                sql_double(f->level), sql_time(f->since_at),
                                sql_int(f->run), sql_int(f->length),
                                sql_int(f->hits), sql_int(f->chances),
                                sql_double(f->rarity), sql_double(f->brief),
                                sql_int(f->found_at), sql_int(f->looked_at)));
}

static int select_findings(struct arena *a, struct sql *db,
                           const struct statement *st, struct finding_list *ret,
                           struct err *err)
{
        struct rows_out out = { .read = read_finding,
                                .row_b = sizeof(struct finding) };
        int rc = rows_all(a, db, st, &out, err);

        if (rc == 0)
                *ret = (struct finding_list) { out.items, out.n };
        return rc;
}

int finding_in_force(struct arena *a, struct sql *db, struct finding_list *ret,
                     struct err *err)
{
        return select_findings(a, db,
                               STATEMENT(SELECT_FINDING
                                         "JOIN gauge g ON "
                                         "g.feed_id = n.feed_id JOIN feed f "
                                         "ON f.id = n.feed_id WHERE "
                                         "n.looked_at = g.looked_at AND "
                                         "f.state <> 'removed' ORDER BY n.id",
                                         SQL_NO_ARGS),
                               ret, err);
}

int finding_since(struct arena *a, struct sql *db, int64_t found_at,
                  struct str date, struct finding_list *ret, struct err *err)
{
        return select_findings(
                a, db,
                STATEMENT(SELECT_FINDING
                          "WHERE n.found_at >= ? OR e.date >= ? ORDER BY n.id",
                          SQL_ARGS(sql_int(found_at), sql_text(date))),
                ret, err);
}

int finding_get(struct arena *a, struct sql *db, int64_t id,
                struct finding *ret, struct err *err)
{
        struct rows_out out = { .read = read_finding, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT(SELECT_FINDING "WHERE n.id = ?",
                                    SQL_ARGS(sql_int(id))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no finding %lld",
                        (long long)id);
        return rc;
}

int finding_print(struct sql *db, int64_t id, int64_t edition_id,
                  struct err *err)
{
        int rc = sql_run(db, err, NULL,
                         "UPDATE finding SET edition_id = 0 "
                         "WHERE edition_id = ? AND id <> ?",
                         SQL_ARGS(sql_int(edition_id), sql_int(id)));

        if (rc == 0 && id)
                rc = sql_run(db, err, NULL,
                             "UPDATE finding SET edition_id = ? WHERE id = ?",
                             SQL_ARGS(sql_int(edition_id), sql_int(id)));
        return rc;
}

int finding_forget(struct sql *db, int64_t before, struct err *err)
{
        return sql_run(db, err, NULL,
                       "DELETE FROM finding WHERE found_at < ? "
                       "AND edition_id = 0 AND NOT EXISTS (SELECT 1 FROM "
                       "gauge g WHERE g.feed_id = finding.feed_id AND "
                       "g.looked_at = finding.looked_at)",
                       SQL_ARGS(sql_int(before)));
}

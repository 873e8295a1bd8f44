#include "store/gauge.h"

#include "base/arena.h"
#include "base/limits.h"
#include "store/rows.h"
#include "store/sql.h"

#define FOREVER INT64_MAX

#define SELECT_GAUGE                                                           \
        "SELECT g.feed_id, g.path, g.date_column, g.value_column, g.unit, "    \
        "g.place, g.frequency, g.against, g.weight, g.decimals, "              \
        "g.changed_at, g.looked_at, f.url, f.home, f.title, f.source, "        \
        "g.period "                                                            \
        "FROM gauge g JOIN feed f ON f.id = g.feed_id "

static void read_gauge(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct gauge *)row = (struct gauge) {
                .feed_id = sql_col_int(r, 0),
                .path = sql_col_copy(a, r, 1),
                .date_column = sql_col_copy(a, r, 2),
                .value_column = sql_col_copy(a, r, 3),
                .unit = sql_col_copy(a, r, 4),
                .place = sql_col_copy(a, r, 5),
                .frequency = sql_col_copy(a, r, 6),
                .against = sql_col_int(r, 7),
                .weight = sql_col_int(r, 8),
                .decimals = sql_col_int(r, 9),
                .changed_at = sql_col_int(r, 10),
                .looked_at = sql_col_int(r, 11),
                .url = sql_col_copy(a, r, 12),
                .home = sql_col_copy(a, r, 13),
                .name = sql_col_copy(a, r, 14),
                .source = sql_col_copy(a, r, 15),
                .period = sql_col_copy(a, r, 16),
        };
}

int gauge_put(struct sql *db, const struct gauge *g, struct err *err)
{
        return sql_run(
                db, err, NULL,
                "INSERT INTO gauge (path, date_column, value_column, unit, "
                "place, frequency, against, weight, feed_id, decimals, "
                "changed_at, looked_at, period) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '') "
                "ON CONFLICT (feed_id) DO UPDATE SET path = excluded.path, "
                "date_column = excluded.date_column, "
                "value_column = excluded.value_column, unit = excluded.unit, "
                "place = excluded.place, frequency = excluded.frequency, "
                "against = excluded.against, weight = excluded.weight, "
                "looked_at = 0",
                SQL_ARGS(sql_text(rows_some(g->path)),
                         sql_text(rows_some(g->date_column)),
                         sql_text(rows_some(g->value_column)),
                         sql_text(rows_some(g->unit)),
                         sql_text(rows_some(g->place)),
                         sql_text(rows_some(g->frequency)), sql_int(g->against),
                         sql_int(g->weight), sql_int(g->feed_id)));
}

int gauge_get(struct arena *a, struct sql *db, int64_t feed_id,
              struct gauge *ret, struct err *err)
{
        struct rows_out out = { .read = read_gauge, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT(SELECT_GAUGE "WHERE g.feed_id = ?",
                                    SQL_ARGS(sql_int(feed_id))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no series %lld",
                        (long long)feed_id);
        return rc;
}

static int select_gauges(struct arena *a, struct sql *db,
                         const struct statement *st, struct gauge_list *ret,
                         struct err *err)
{
        struct rows_out out = { .read = read_gauge,
                                .row_b = sizeof(struct gauge) };
        int rc = rows_all(a, db, st, &out, err);

        if (rc == 0)
                *ret = (struct gauge_list) { out.items, out.n };
        return rc;
}

int gauge_all(struct arena *a, struct sql *db, struct gauge_list *ret,
              struct err *err)
{
        return select_gauges(a, db,
                             STATEMENT(SELECT_GAUGE
                                       "WHERE f.state <> 'removed' "
                                       "ORDER BY g.feed_id LIMIT ?",
                                       SQL_ARGS(sql_int(LIMIT_GAUGES))),
                             ret, err);
}

int gauge_unseen(struct arena *a, struct sql *db, struct gauge_list *ret,
                 struct err *err)
{
        return select_gauges(
                a, db,
                STATEMENT(SELECT_GAUGE
                          "LEFT JOIN gauge o ON o.feed_id = g.against "
                          "WHERE f.state <> 'removed' AND g.changed_at > 0 "
                          "AND (g.changed_at > g.looked_at "
                          "OR o.changed_at > g.looked_at) "
                          "ORDER BY g.feed_id LIMIT ?",
                          SQL_ARGS(sql_int(LIMIT_GAUGES))),
                ret, err);
}

int gauge_set_looked(struct sql *db, const struct gauge *g, struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE gauge SET looked_at = ?, period = ? "
                       "WHERE feed_id = ?",
                       SQL_ARGS(sql_int(g->looked_at),
                                sql_text(rows_some(g->period)),
                                sql_int(g->feed_id)));
}

/* --- values ------------------------------------------------------------- */

static void read_point(struct gauge_points *ret, const struct sql_rows *r)
{
        int64_t at = sql_col_int(r, 0), seen_at = sql_col_int(r, 2);
        double value = sql_col_double(r, 1);
        struct gauge_point *p = ret->n ? &ret->items[ret->n - 1] : NULL;

        if (!p || p->at != at) {
                ret->items[ret->n++] = (struct gauge_point) {
                        .at = at,
                        .value = value,
                        .first = value,
                        .seen_at = seen_at,
                        .first_at = seen_at,
                        .n_rows = 1,
                };
                return;
        }
        p->value = value;
        p->seen_at = seen_at;
        p->n_rows++;
}

int gauge_points(struct arena *a, struct sql *db, int64_t feed_id,
                 int64_t as_of, struct gauge_points *ret, struct err *err)
{
        struct gauge_points list = { 0 };
        struct sql_rows *r = NULL;
        size_t cap = 0;
        int rc = sql_query(db, err, &r,
                           "SELECT at, value, seen_at FROM gauge_point "
                           "WHERE feed_id = ? AND seen_at <= ? "
                           "ORDER BY at, seen_at",
                           SQL_ARGS(sql_int(feed_id), sql_int(as_of)));

        while (rc == 0) {
                int more = sql_next(r, err);

                if (more <= 0) {
                        rc = more;
                        break;
                }
                ARENA_GROW(a, list.items, list.n, cap);
                read_point(&list, r);
        }
        sql_end(r);
        if (rc == 0)
                *ret = list;
        return rc;
}

#define INSERT_POINTS                                                          \
        "INSERT INTO gauge_point (feed_id, at, value, seen_at) VALUES "
#define AS_REVISED                                                             \
        " ON CONFLICT (feed_id, at, seen_at) DO UPDATE "                       \
        "SET value = excluded.value"
#define ROW_1 "(?, ?, ?, ?)"
#define ROW_4 ROW_1 "," ROW_1 "," ROW_1 "," ROW_1
#define ROW_16 ROW_4 "," ROW_4 "," ROW_4 "," ROW_4
#define BATCH 16
#define ARGS 4 /* of a row */

/* Rows on their way to the table: many at once, as each call is a journey. */
struct batch {
        struct sql *db;
        const struct gauge_reading *r;
        struct sql_arg args[BATCH * ARGS];
        size_t n; /* rows */
};

static int flush(struct batch *b, struct err *err)
{
        int rc = 0;

        if (b->n == BATCH)
                rc = sql_run(b->db, err, NULL, INSERT_POINTS ROW_16 AS_REVISED,
                             b->args, (size_t)BATCH * ARGS);
        else
                for (size_t i = 0; i < b->n && rc == 0; i++)
                        rc = sql_run(b->db, err, NULL,
                                     INSERT_POINTS ROW_1 AS_REVISED,
                                     &b->args[i * ARGS], (size_t)ARGS);
        b->n = 0;
        return rc;
}

static int add(struct batch *b, const struct gauge_point *p, struct err *err)
{
        struct sql_arg *at = &b->args[b->n++ * ARGS];

        at[0] = sql_int(b->r->feed_id);
        at[1] = sql_int(p->at);
        at[2] = sql_double(p->value);
        at[3] = sql_int(b->r->now);
        return b->n == BATCH ? flush(b, err) : 0;
}

/* One revision too many: the oldest but the first goes. */
static int thin(struct sql *db, int64_t feed_id, int64_t at, struct err *err)
{
        return sql_run(db, err, NULL,
                       "DELETE FROM gauge_point WHERE feed_id = ? AND at = ? "
                       "AND seen_at = (SELECT MIN(seen_at) FROM gauge_point "
                       "WHERE feed_id = ? AND at = ? AND seen_at > "
                       "(SELECT MIN(seen_at) FROM gauge_point "
                       "WHERE feed_id = ? AND at = ?))",
                       SQL_ARGS(sql_int(feed_id), sql_int(at), sql_int(feed_id),
                                sql_int(at), sql_int(feed_id), sql_int(at)));
}

static int compare(struct batch *b, const struct gauge_points *old,
                   struct gauge_change *change, struct err *err)
{
        size_t k = 0;
        int rc = 0;

        for (size_t i = 0; i < b->r->n && rc == 0; i++) {
                const struct gauge_point *p = &b->r->items[i];

                while (k < old->n && old->items[k].at < p->at)
                        k++;
                bool is_known = k < old->n && old->items[k].at == p->at;

                if (is_known && old->items[k].value == p->value)
                        continue;
                change->n_new += !is_known;
                change->n_revised += is_known;
                rc = add(b, p, err);
                if (rc == 0 && is_known &&
                    old->items[k].n_rows >= LIMIT_GAUGE_REVISIONS)
                        rc = thin(b->db, b->r->feed_id, p->at, err);
        }
        return rc < 0 ? rc : flush(b, err);
}

static int64_t at_of(const void *list, size_t i)
{
        return ((const struct gauge_point *)list)[i].at;
}

/* The date before which all goes, so that no more than the limit stay. */
static int64_t cutoff(const struct gauge_points *old,
                      const struct gauge_reading *r)
{
        size_t i = old->n, k = r->n, n = 0;
        int64_t at = INT64_MIN;

        while ((i || k) && n++ < LIMIT_GAUGE_POINTS) {
                int64_t x = i ? at_of(old->items, i - 1) : INT64_MIN;
                int64_t y = k ? at_of(r->items, k - 1) : INT64_MIN;

                at = x > y ? x : y;
                i -= i && x == at;
                k -= k && y == at;
        }
        return i || k ? at : INT64_MIN;
}

int gauge_take(struct arena *a, struct sql *db, const struct gauge_reading *r,
               struct gauge_change *ret, struct err *err)
{
        struct batch b = { .db = db, .r = r };
        struct gauge_change change = { 0 };
        struct gauge_points old;
        int rc = gauge_points(a, db, r->feed_id, FOREVER, &old, err);

        if (rc == 0)
                rc = compare(&b, &old, &change, err);
        if (rc == 0 && old.n + r->n > LIMIT_GAUGE_POINTS)
                rc = sql_run(db, err, NULL,
                             "DELETE FROM gauge_point "
                             "WHERE feed_id = ? AND at < ?",
                             SQL_ARGS(sql_int(r->feed_id),
                                      sql_int(cutoff(&old, r))));
        if (rc == 0 && (change.n_new || change.n_revised))
                rc = sql_run(db, err, NULL,
                             "UPDATE gauge SET changed_at = ?, decimals = ? "
                             "WHERE feed_id = ?",
                             SQL_ARGS(sql_int(r->now), sql_int(r->decimals),
                                      sql_int(r->feed_id)));
        if (rc == 0)
                *ret = change;
        return rc;
}

#include "store/event.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "store/rows.h"
#include "store/sql.h"

/* No event that matters lasts longer: so the index on the start serves. */
#define LONGEST_S (400 * (int64_t)TIME_DAY_S)

#define SELECT_EVENT                                                           \
        "SELECT id, feed_id, origin, uid, recurrence, sequence, category, "    \
        "title, place, zone, start_at, end_at, all_day, importance, "          \
        "expected, previous, tentative, cancelled, url, source, seen_at "      \
        "FROM event "

static void read_event(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct event *)row = (struct event) {
                .id = sql_col_int(r, 0),
                .feed_id = sql_col_int(r, 1),
                .origin = sql_col_copy(a, r, 2),
                .uid = sql_col_copy(a, r, 3),
                .recurrence = sql_col_copy(a, r, 4),
                .sequence = sql_col_int(r, 5),
                .category = sql_col_copy(a, r, 6),
                .title = sql_col_copy(a, r, 7),
                .place = sql_col_copy(a, r, 8),
                .zone = sql_col_copy(a, r, 9),
                .start_at = sql_col_int(r, 10),
                .end_at = sql_col_time(r, 11),
                .is_all_day = sql_col_int(r, 12) != 0,
                .importance = sql_col_int(r, 13),
                .expected = sql_col_copy(a, r, 14),
                .previous = sql_col_copy(a, r, 15),
                .is_tentative = sql_col_int(r, 16) != 0,
                .is_cancelled = sql_col_int(r, 17) != 0,
                .url = sql_col_copy(a, r, 18),
                .source = sql_col_copy(a, r, 19),
                .seen_at = sql_col_int(r, 20),
        };
}

/* The row's values, by which it is found again last; and for an update once
 * more its sequence, which the one that is there must not outdo. */
enum { NAMED = 20, COMPARED };

static void bind(const struct event *e, struct sql_arg ret[COMPARED])
{
        const struct sql_arg all[] = {
                sql_text(rows_some(e->origin)),
                sql_int(e->sequence),
                sql_text(rows_some(e->category)),
                sql_text(rows_some(e->title)),
                sql_text(rows_some(e->place)),
                sql_text(rows_some(e->zone)),
                sql_int(e->start_at),
                sql_time(e->end_at),
                sql_int(e->is_all_day),
                sql_int(e->importance),
                sql_text(rows_some(e->expected)),
                sql_text(rows_some(e->previous)),
                sql_int(e->is_tentative),
                sql_int(e->is_cancelled),
                sql_text(rows_some(e->url)),
                sql_text(rows_some(e->source)),
                sql_int(e->seen_at),
                sql_int(e->feed_id),
                sql_text(rows_some(e->uid)),
                sql_text(rows_some(e->recurrence)),
                sql_int(e->sequence),
        };

        static_assert(sizeof(all) / sizeof(*all) == COMPARED, "a value each");
        memcpy(ret, all, sizeof(all));
}

static int insert(struct sql *db, const struct sql_arg *args,
                  int64_t *ret_changed, struct err *err)
{
        return sql_run(db, err, ret_changed,
                       "INSERT INTO event (origin, sequence, category, title, "
                       "place, zone, start_at, end_at, all_day, importance, "
                       "expected, previous, tentative, cancelled, url, source, "
                       "seen_at, feed_id, uid, recurrence) VALUES (?, ?, ?, ?, "
                       "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT (feed_id, uid, recurrence) DO NOTHING",
                       args, (size_t)NAMED);
}

static int update(struct sql *db, const struct sql_arg *args,
                  int64_t *ret_changed, struct err *err)
{
        return sql_run(db, err, ret_changed,
                       "UPDATE event SET origin = ?, sequence = ?, "
                       "category = ?, title = ?, place = ?, zone = ?, "
                       "start_at = ?, end_at = ?, all_day = ?, importance = ?, "
                       "expected = ?, previous = ?, tentative = ?, "
                       "cancelled = ?, url = ?, source = ?, seen_at = ? "
                       "WHERE feed_id = ? AND uid = ? AND recurrence = ? "
                       "AND sequence <= ?",
                       args, (size_t)COMPARED);
}

/* First as if it were there: on PostgreSQL each try to insert uses up an id. */
int event_put(struct sql *db, const struct event *e, bool *ret_new,
              struct err *err)
{
        struct sql_arg args[COMPARED];
        int64_t updated, inserted = 0;
        int rc;

        bind(e, args);
        rc = update(db, args, &updated, err);
        if (rc == 0 && !updated)
                rc = insert(db, args, &inserted, err);
        if (rc == 0 && ret_new)
                *ret_new = inserted > 0;
        return rc;
}

static int select_events(struct arena *a, struct sql *db,
                         const struct statement *st, struct event_list *ret,
                         struct err *err)
{
        struct rows_out out = { .read = read_event,
                                .row_b = sizeof(struct event) };
        int rc = rows_all(a, db, st, &out, err);

        if (rc == 0)
                *ret = (struct event_list) { out.items, out.n };
        return rc;
}

int event_between(struct arena *a, struct sql *db,
                  const struct event_span *span, struct event_list *ret,
                  struct err *err)
{
        return select_events(
                a, db,
                STATEMENT(SELECT_EVENT
                          "WHERE start_at >= ? AND start_at < ? AND "
                          "(start_at >= ? OR end_at > ?) "
                          "ORDER BY start_at, id LIMIT ?",
                          SQL_ARGS(sql_int(span->from - LONGEST_S),
                                   sql_int(span->to), sql_int(span->from),
                                   sql_int(span->from),
                                   sql_int((int64_t)span->n))),
                ret, err);
}

static int want_event(int rc, int64_t id, struct err *err)
{
        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no event %lld",
                        (long long)id);
        return rc;
}

int event_get(struct arena *a, struct sql *db, int64_t id, struct event *ret,
              struct err *err)
{
        struct rows_out out = { .read = read_event, .items = ret };

        return want_event(rows_one(a, db,
                                   STATEMENT(SELECT_EVENT "WHERE id = ?",
                                             SQL_ARGS(sql_int(id))),
                                   &out, err),
                          id, err);
}

int event_remove(struct sql *db, int64_t id, struct err *err)
{
        int64_t changed;
        int rc = sql_run(db, err, &changed, "DELETE FROM event WHERE id = ?",
                         SQL_ARGS(sql_int(id)));

        return want_event(rc == 0 && !changed ? ERR_ABSENT : rc, id, err);
}

int event_feed_begin(struct sql *db, int64_t feed_id, struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE event SET seen_at = 0, sequence = 0 "
                       "WHERE feed_id = ?",
                       SQL_ARGS(sql_int(feed_id)));
}

int event_feed_end(struct sql *db, int64_t feed_id, int64_t now,
                   struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE event SET cancelled = 1 "
                       "WHERE feed_id = ? AND seen_at = 0 AND start_at >= ?",
                       SQL_ARGS(sql_int(feed_id), sql_int(now)));
}

int event_feed_remove(struct sql *db, int64_t feed_id, struct err *err)
{
        return sql_run(db, err, NULL, "DELETE FROM event WHERE feed_id = ?",
                       SQL_ARGS(sql_int(feed_id)));
}

int event_forget(struct sql *db, int64_t before, struct err *err)
{
        return sql_run(db, err, NULL,
                       "DELETE FROM event WHERE start_at < ? AND "
                       "(end_at IS NULL OR end_at < ?)",
                       SQL_ARGS(sql_int(before), sql_int(before)));
}

int event_count(struct sql *db, int64_t *ret, struct err *err)
{
        return sql_get_int(db, err, ret, "SELECT COUNT(*) FROM event",
                           SQL_NO_ARGS);
}

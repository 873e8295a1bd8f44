#include "store/feed.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

#define SELECT_FEED                                                            \
        "SELECT id, url, home, title, source, kind, beat, language, state, "   \
        "added_at, due_at, checked_at, ok_at, etag, modified, failures, "      \
        "outcome, moved_url, moved_times, fault, digest, whole_at, "           \
        "unchanged, "                                                          \
        "lied_at, newest_at, skip_hours, skip_days, old_url, old_until_at, "   \
        "push_until_at FROM feed "

static void read_feed(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct feed *)row = (struct feed) {
                .id = sql_col_int(r, 0),
                .url = sql_col_copy(a, r, 1),
                .home = sql_col_copy(a, r, 2),
                .title = sql_col_copy(a, r, 3),
                .source = sql_col_copy(a, r, 4),
                .kind = sql_col_copy(a, r, 5),
                .beat = sql_col_copy(a, r, 6),
                .language = sql_col_copy(a, r, 7),
                .state = sql_col_copy(a, r, 8),
                .added_at = sql_col_time(r, 9),
                .due_at = sql_col_time(r, 10),
                .checked_at = sql_col_time(r, 11),
                .ok_at = sql_col_time(r, 12),
                .etag = sql_col_copy(a, r, 13),
                .modified = sql_col_copy(a, r, 14),
                .failures = sql_col_int(r, 15),
                .outcome = sql_col_copy(a, r, 16),
                .moved_url = sql_col_copy(a, r, 17),
                .moved_times = sql_col_int(r, 18),
                .fault = sql_col_copy(a, r, 19),
                .digest = sql_col_copy(a, r, 20),
                .whole_at = sql_col_time(r, 21),
                .unchanged = sql_col_int(r, 22),
                .lied_at = sql_col_time(r, 23),
                .newest_at = sql_col_time(r, 24),
                .skip_hours = sql_col_int(r, 25),
                .skip_days = sql_col_int(r, 26),
                .old_url = sql_col_copy(a, r, 27),
                .old_until_at = sql_col_time(r, 28),
                .push_until_at = sql_col_time(r, 29),
        };
}

static int select_feeds(struct arena *a, struct sql *db,
                        const struct statement *st, struct feed_list *ret,
                        struct err *err)
{
        struct rows_out out = { .read = read_feed,
                                .row_b = sizeof(struct feed) };
        int rc = rows_all(a, db, st, &out, err);

        if (rc == 0)
                *ret = (struct feed_list) { out.items, out.n };
        return rc;
}

int feed_all(struct arena *a, struct sql *db, struct feed_list *ret,
             struct err *err)
{
        return select_feeds(a, db,
                            STATEMENT(SELECT_FEED
                                      "WHERE state <> 'removed' ORDER BY "
                                      "source COLLATE \"C\", "
                                      "title COLLATE \"C\", "
                                      "url COLLATE \"C\"",
                                      SQL_NO_ARGS),
                            ret, err);
}

int feed_due(struct arena *a, struct sql *db, int64_t now,
             struct feed_list *ret, struct err *err)
{
        return select_feeds(a, db,
                            STATEMENT(SELECT_FEED
                                      "WHERE state = 'active' AND due_at <= ? "
                                      "ORDER BY due_at, id",
                                      SQL_ARGS(sql_int(now))),
                            ret, err);
}

int feed_find(struct arena *a, struct sql *db, struct str url, struct feed *ret,
              struct err *err)
{
        struct rows_out out = { .read = read_feed, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT(SELECT_FEED
                                    "WHERE url = ? AND state <> 'removed'",
                                    SQL_ARGS(sql_text(url))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no feed " STR_FMT,
                        STR_ARG(url));
        return rc;
}

int feed_is_taken(struct sql *db, struct str url, bool *ret, struct err *err)
{
        int64_t n;
        int rc = sql_get_int(db, err, &n,
                             "SELECT COUNT(*) FROM feed WHERE url = ?",
                             SQL_ARGS(sql_text(url)));

        if (rc == 0)
                *ret = n > 0;
        return rc;
}

static int insert(struct sql *db, const struct feed *f, int64_t *ret_changed,
                  struct err *err)
{
        return sql_run(
                db, err, ret_changed,
                "INSERT INTO feed (url, home, title, source, kind, beat, "
                "language, state, added_at, due_at, checked_at, ok_at, etag, "
                "modified, failures, outcome, moved_url, moved_times) VALUES "
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (url) DO NOTHING",
                SQL_ARGS(sql_text(f->url), sql_text(f->home),
                         sql_text(rows_some(f->title)),
                         sql_text(rows_some(f->source)),
                         sql_text(rows_or(f->kind, STR("news"))),
                         sql_text(rows_some(f->beat)), sql_text(f->language),
                         sql_text(rows_or(f->state, STR("active"))),
                         sql_int(f->added_at), sql_int(f->due_at),
                         sql_time(f->checked_at), sql_time(f->ok_at),
                         sql_text(f->etag), sql_text(f->modified),
                         sql_int(f->failures), sql_text(rows_some(f->outcome)),
                         sql_text(f->moved_url), sql_int(f->moved_times)));
}

/* What the owner says of a feed that is there; a removed one comes back. */
static int update(struct sql *db, const struct feed *f, struct err *err)
{
        return sql_run(
                db, err, NULL,
                "UPDATE feed SET title = ?, source = ?, kind = ?, beat = ?, "
                "language = ?, state = CASE WHEN state = 'removed' "
                "THEN 'active' ELSE state END WHERE url = ?",
                SQL_ARGS(sql_text(rows_some(f->title)),
                         sql_text(rows_some(f->source)),
                         sql_text(rows_or(f->kind, STR("news"))),
                         sql_text(rows_some(f->beat)), sql_text(f->language),
                         sql_text(f->url)));
}

int feed_add(struct sql *db, const struct feed *f, bool *ret_new,
             struct err *err)
{
        int64_t removed, inserted;
        int rc = sql_get_int(db, err, &removed,
                             "SELECT COUNT(*) FROM feed "
                             "WHERE url = ? AND state = 'removed'",
                             SQL_ARGS(sql_text(f->url)));

        if (rc == 0)
                rc = insert(db, f, &inserted, err);
        if (rc == 0 && !inserted)
                rc = update(db, f, err);
        if (rc == 0 && ret_new)
                *ret_new = inserted || removed;
        return rc;
}

static int want_feed(int rc, int64_t changed, struct str url, struct err *err)
{
        if (rc == 0 && !changed)
                return err_set(err, ERR_ABSENT, "there is no feed " STR_FMT,
                               STR_ARG(url));
        return rc;
}

/* Its owner may have removed it since f was read: then it stays removed. */
int feed_save(struct sql *db, const struct feed *f, struct err *err)
{
        int64_t changed;
        int rc = sql_run(
                db, err, &changed,
                "UPDATE feed SET url = ?, home = ?, title = ?, "
                "state = CASE WHEN state = 'removed' THEN state ELSE ? END, "
                "due_at = ?, checked_at = ?, ok_at = ?, etag = ?, "
                "modified = ?, failures = ?, outcome = ?, moved_url = ?, "
                "moved_times = ?, fault = ?, digest = ?, whole_at = ?, "
                "unchanged = ?, lied_at = ?, newest_at = ?, skip_hours = ?, "
                "skip_days = ?, old_url = ?, old_until_at = ? WHERE id = ?",
                SQL_ARGS(sql_text(f->url), sql_text(f->home),
                         sql_text(f->title), sql_text(f->state),
                         sql_int(f->due_at), sql_time(f->checked_at),
                         sql_time(f->ok_at), sql_text(f->etag),
                         sql_text(f->modified), sql_int(f->failures),
                         sql_text(rows_some(f->outcome)),
                         sql_text(f->moved_url), sql_int(f->moved_times),
                         sql_text(rows_some(f->fault)), sql_text(f->digest),
                         sql_time(f->whole_at), sql_int(f->unchanged),
                         sql_time(f->lied_at), sql_time(f->newest_at),
                         sql_int(f->skip_hours), sql_int(f->skip_days),
                         sql_text(f->old_url), sql_time(f->old_until_at),
                         sql_int(f->id)));

        return want_feed(rc, changed, f->url, err);
}

int feed_set_due(struct sql *db, int64_t id, int64_t due_at, struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE feed SET due_at = ? "
                       "WHERE id = ? AND state = 'active' AND due_at > ?",
                       SQL_ARGS(sql_int(due_at), sql_int(id), sql_int(due_at)));
}

int feed_set_push(struct sql *db, int64_t id, int64_t until_at, struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE feed SET push_until_at = ? WHERE id = ?",
                       SQL_ARGS(sql_time(until_at), sql_int(id)));
}

int feed_remove(struct sql *db, struct str url, struct err *err)
{
        int64_t changed;
        int rc = sql_run(db, err, &changed,
                         "UPDATE feed SET state = 'removed' "
                         "WHERE url = ? AND state <> 'removed'",
                         SQL_ARGS(sql_text(url)));

        return want_feed(rc, changed, url, err);
}

int feed_count(struct sql *db, int64_t *ret, struct err *err)
{
        return sql_get_int(db, err, ret,
                           "SELECT COUNT(*) FROM feed WHERE state <> 'removed'",
                           SQL_NO_ARGS);
}

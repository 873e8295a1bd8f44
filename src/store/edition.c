#include "store/edition.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

#define EDITION_LOCK 7710430514
#define SELECT_ANY                                                             \
        "SELECT e.id, e.series_id, e.number, s.name, e.date, e.slug, "         \
        "e.title, e.language, e.state, e.revision, e.composed_at, "            \
        "e.published_at, e.updated_at FROM edition e "                         \
        "JOIN series s ON s.id = e.series_id "
#define SELECT_EDITION SELECT_ANY "WHERE e.series_id = ? "

static void read_edition(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct edition_row *)row = (struct edition_row) {
                .id = sql_col_int(r, 0),
                .series_id = sql_col_int(r, 1),
                .number = sql_col_int(r, 2),
                .series = sql_col_copy(a, r, 3),
                .date = sql_col_copy(a, r, 4),
                .slug = sql_col_copy(a, r, 5),
                .title = sql_col_copy(a, r, 6),
                .language = sql_col_copy(a, r, 7),
                .state = sql_col_copy(a, r, 8),
                .revision = sql_col_int(r, 9),
                .composed_at = sql_col_time(r, 10),
                .published_at = sql_col_time(r, 11),
                .updated_at = sql_col_time(r, 12),
        };
}

/* Series */

static int series_find(struct sql *db, struct str slug, struct str name,
                       int64_t *ret_id, struct err *err)
{
        return sql_get_int(db, err, ret_id,
                           "SELECT id FROM series WHERE slug = ? AND name = ?",
                           SQL_ARGS(sql_text(slug), sql_text(name)));
}

int series_get(struct sql *db, struct str slug, struct str name,
               int64_t *ret_id, struct err *err)
{
        /* Look first: whoever only reads should not wait for the writer. */
        int rc = series_find(db, slug, name, ret_id, err);

        if (rc != ERR_ABSENT)
                return rc;
        rc = sql_run(db, err, NULL,
                     "INSERT INTO series (slug, name) VALUES (?, ?) "
                     "ON CONFLICT (slug) DO UPDATE SET name = excluded.name",
                     SQL_ARGS(sql_text(slug), sql_text(name)));
        return rc < 0 ? rc : series_find(db, slug, name, ret_id, err);
}

/* Editions */

int edition_by_date(struct arena *a, struct sql *db, int64_t series_id,
                    struct str date, struct edition_row *ret, struct err *err)
{
        struct rows_out out = { .read = read_edition, .items = ret };
        int rc = rows_one(
                a, db,
                STATEMENT(SELECT_EDITION "AND e.date = ?",
                          SQL_ARGS(sql_int(series_id), sql_text(date))),
                &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no edition of " STR_FMT,
                        STR_ARG(date));
        return rc;
}

int edition_by_number(struct arena *a, struct sql *db, int64_t series_id,
                      int64_t number, struct edition_row *ret, struct err *err)
{
        struct rows_out out = { .read = read_edition, .items = ret };
        int rc = rows_one(
                a, db,
                STATEMENT(SELECT_EDITION "AND e.number = ?",
                          SQL_ARGS(sql_int(series_id), sql_int(number))),
                &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no edition No. %lld",
                        (long long)number);
        return rc;
}

int edition_latest(struct arena *a, struct sql *db, int64_t series_id,
                   bool published_only, struct edition_row *ret,
                   struct err *err)
{
        struct rows_out out = { .read = read_edition, .items = ret };
        const char *text =
                published_only ? SELECT_EDITION "AND e.state = 'published' "
                                                "ORDER BY e.date DESC LIMIT 1"
                               : SELECT_EDITION "ORDER BY e.date DESC LIMIT 1";
        int rc = rows_one(a, db, STATEMENT(text, SQL_ARGS(sql_int(series_id))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no %sedition yet",
                        published_only ? "published " : "");
        return rc;
}

int edition_get(struct arena *a, struct sql *db, int64_t id,
                struct edition_row *ret, struct err *err)
{
        struct rows_out out = { .read = read_edition, .items = ret };
        int rc = rows_one(
                a, db,
                STATEMENT(SELECT_ANY "WHERE e.id = ?", SQL_ARGS(sql_int(id))),
                &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no edition %lld",
                        (long long)id);
        return rc;
}

int edition_newest(struct arena *a, struct sql *db, bool published_only,
                   struct edition_row *ret, struct err *err)
{
        struct rows_out out = { .read = read_edition, .items = ret };
        const char *text = published_only
                                   ? SELECT_ANY "WHERE e.state = 'published' "
                                                "ORDER BY e.date DESC LIMIT 1"
                                   : SELECT_ANY "ORDER BY e.date DESC LIMIT 1";
        int rc = rows_one(a, db, STATEMENT(text, SQL_NO_ARGS), &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no %sedition yet",
                        published_only ? "published " : "");
        return rc;
}

int edition_published(struct arena *a, struct sql *db, int64_t series_id,
                      struct edition_rows *ret, struct err *err)
{
        struct rows_out out = { .read = read_edition,
                                .row_b = sizeof(struct edition_row) };
        int rc = rows_all(a, db,
                          STATEMENT(SELECT_EDITION "AND e.state = 'published' "
                                                   "ORDER BY e.date DESC",
                                    SQL_ARGS(sql_int(series_id))),
                          &out, err);

        if (rc == 0)
                *ret = (struct edition_rows) { out.items, out.n };
        return rc;
}

int edition_lock(struct sql *db, struct err *err)
{
        return sql_lock(db, EDITION_LOCK, err);
}

int edition_next_number(struct sql *db, int64_t series_id, int64_t *ret,
                        struct err *err)
{
        return sql_get_int(db, err, ret,
                           "SELECT COALESCE(MAX(number), 0) + 1 FROM edition "
                           "WHERE series_id = ?",
                           SQL_ARGS(sql_int(series_id)));
}

static int insert(struct sql *db, const struct edition_row *e, int64_t *ret_id,
                  struct err *err)
{
        return sql_get_int(
                db, err, ret_id,
                "INSERT INTO edition (id, series_id, number, date, slug, "
                "title, language, state, revision, composed_at, published_at, "
                "updated_at) SELECT COALESCE(MAX(id), 0) + 1, "
                "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM edition RETURNING id",
                SQL_ARGS(sql_int(e->series_id), sql_int(e->number),
                         sql_text(e->date), sql_text(e->slug),
                         sql_text(rows_some(e->title)),
                         sql_text(rows_some(e->language)), sql_text(e->state),
                         sql_int(e->revision), sql_int(e->composed_at),
                         sql_time(e->published_at), sql_int(e->updated_at)));
}

/* Update, if the newest revision is still the one that e knows. */
static int update(struct sql *db, const struct edition_row *e, int64_t revision,
                  int64_t updated_at, struct err *err)
{
        int64_t changed;
        int rc = sql_run(
                db, err, &changed,
                "UPDATE edition SET number = ?, date = ?, slug = ?, title = ?, "
                "language = ?, state = ?, revision = ?, composed_at = ?, "
                "published_at = ?, updated_at = ? WHERE id = ? AND revision = "
                "?",
                SQL_ARGS(sql_int(e->number), sql_text(e->date),
                         sql_text(e->slug), sql_text(rows_some(e->title)),
                         sql_text(rows_some(e->language)), sql_text(e->state),
                         sql_int(revision), sql_int(e->composed_at),
                         sql_time(e->published_at), sql_int(updated_at),
                         sql_int(e->id), sql_int(e->revision)));

        if (rc < 0 || changed)
                return rc;
        return err_set(
                err, ERR_STALE,
                "the edition of " STR_FMT
                " was changed meanwhile by somebody else (since revision %lld)",
                STR_ARG(e->date), (long long)e->revision);
}

int edition_save(struct sql *db, struct edition_row *e, struct err *err)
{
        int64_t id;

        if (e->id)
                return update(db, e, e->revision, e->updated_at, err);
        int rc = insert(db, e, &id, err);
        if (rc == 0)
                e->id = id;
        return rc;
}

/* Revisions */

static void read_revision(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct revision *)row = (struct revision) {
                .edition_id = sql_col_int(r, 0),
                .n = sql_col_int(r, 1),
                .author = sql_col_copy(a, r, 2),
                .made_at = sql_col_time(r, 3),
                .copy = sql_col_copy(a, r, 4),
        };
}

/* The edition first: that takes the row's lock, so n can't be taken. */
static int add_revision(struct sql *db, const struct edition_row *e,
                        const struct revision *rev, struct err *err)
{
        int rc = update(db, e, rev->n, rev->made_at, err);

        if (rc < 0)
                return rc;
        return sql_run(db, err, NULL,
                       "INSERT INTO revision (edition_id, n, author, made_at, "
                       "copy) VALUES (?, ?, ?, ?, ?)",
                       SQL_ARGS(sql_int(rev->edition_id), sql_int(rev->n),
                                sql_text(rev->author), sql_int(rev->made_at),
                                sql_text(rows_some(rev->copy))));
}

int revision_add(struct sql *db, struct edition_row *e, struct str author,
                 struct str copy, int64_t now, struct err *err)
{
        struct revision rev = { .edition_id = e->id,
                                .n = e->revision + 1,
                                .author = author,
                                .made_at = now,
                                .copy = copy };
        bool own;
        int rc = sql_enter(db, &own, err);

        if (rc == 0)
                rc = sql_leave(db, own, add_revision(db, e, &rev, err), err);
        if (rc == 0) {
                e->revision = rev.n;
                e->updated_at = now;
        }
        return rc;
}

int revision_get(struct arena *a, struct sql *db, int64_t edition_id, int64_t n,
                 struct revision *ret, struct err *err)
{
        struct rows_out out = { .read = read_revision, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT("SELECT edition_id, n, author, made_at, "
                                    "copy FROM revision "
                                    "WHERE edition_id = ? AND n = ?",
                                    SQL_ARGS(sql_int(edition_id), sql_int(n))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "edition %lld has no revision %lld",
                        (long long)edition_id, (long long)n);
        return rc;
}

int revision_composed(struct arena *a, struct sql *db, int64_t edition_id,
                      struct revision *ret, struct err *err)
{
        struct rows_out out = { .read = read_revision, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT("SELECT edition_id, n, author, made_at, "
                                    "copy FROM revision WHERE edition_id = ? "
                                    "AND author = 'compose' "
                                    "ORDER BY n DESC LIMIT 1",
                                    SQL_ARGS(sql_int(edition_id))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "edition %lld was never composed",
                        (long long)edition_id);
        return rc;
}

/* Which stories an edition carries */

static int set_stories(struct sql *db, int64_t edition_id,
                       const struct edition_slot *slots, size_t n,
                       struct err *err)
{
        int rc = sql_run(db, err, NULL,
                         "DELETE FROM edition_story WHERE edition_id = ?",
                         SQL_ARGS(sql_int(edition_id)));

        for (size_t i = 0; rc == 0 && i < n; i++)
                rc = sql_run(db, err, NULL,
                             "INSERT INTO edition_story (edition_id, story_id, "
                             "slot, title) VALUES (?, ?, ?, ?) "
                             "ON CONFLICT (edition_id, story_id) DO NOTHING",
                             SQL_ARGS(sql_int(edition_id),
                                      sql_int(slots[i].story_id),
                                      sql_text(slots[i].slot),
                                      sql_text(slots[i].title)));
        return rc;
}

int edition_set_stories(struct sql *db, int64_t edition_id,
                        const struct edition_slot *slots, size_t n,
                        struct err *err)
{
        bool own;
        int rc = sql_enter(db, &own, err);

        if (rc < 0)
                return rc;
        return sql_leave(db, own, set_stories(db, edition_id, slots, n, err),
                         err);
}

/* A row without its headline was printed before headlines were kept; the
 * lead's is the edition's own. */
#define SELECT_ENTRY                                                           \
        "SELECT t.story_id, e.number, e.composed_at, e.date, e.slug, "         \
        "COALESCE(t.title, CASE WHEN t.slot = 'lead' THEN e.title "            \
        "ELSE '' END) FROM edition_story t "

static void read_entry(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct edition_entry *)row = (struct edition_entry) {
                .story_id = sql_col_int(r, 0),
                .number = sql_col_int(r, 1),
                .composed_at = sql_col_time(r, 2),
                .date = sql_col_copy(a, r, 3),
                .slug = sql_col_copy(a, r, 4),
                .title = sql_col_copy(a, r, 5),
        };
}

static int entries(struct arena *a, struct sql *db, const struct statement *st,
                   struct edition_entry **ret, size_t *ret_n, struct err *err)
{
        struct rows_out out = { .read = read_entry,
                                .row_b = sizeof(struct edition_entry) };
        int rc = rows_all(a, db, st, &out, err);

        if (rc < 0)
                return rc;
        *ret = out.items;
        *ret_n = out.n;
        return 0;
}

int edition_history(struct arena *a, struct sql *db, int64_t series_id,
                    struct str date, size_t n_editions,
                    struct edition_entry **ret, size_t *ret_n, struct err *err)
{
        return entries(
                a, db,
                STATEMENT(SELECT_ENTRY
                          "JOIN (SELECT id, number, composed_at, date, slug, "
                          "title FROM edition WHERE series_id = ? "
                          "AND state = 'published' AND date < ? "
                          "ORDER BY date DESC LIMIT ?) e "
                          "ON e.id = t.edition_id "
                          "ORDER BY e.date DESC, t.story_id",
                          SQL_ARGS(sql_int(series_id), sql_text(date),
                                   sql_int((int64_t)n_editions))),
                ret, ret_n, err);
}

int edition_headlines(struct arena *a, struct sql *db, int64_t edition_id,
                      struct edition_entry **ret, size_t *ret_n,
                      struct err *err)
{
        return entries(a, db,
                       STATEMENT(SELECT_ENTRY
                                 "JOIN edition e ON e.id = t.edition_id "
                                 "WHERE e.id = ? ORDER BY t.story_id",
                                 SQL_ARGS(sql_int(edition_id))),
                       ret, ret_n, err);
}

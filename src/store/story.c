#include "store/story.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

/* Any number of our own. */
#define STORY_LOCK 7710430513

#define SELECT_STORY                                                           \
        "SELECT id, title, language, first_at, last_at, articles, "            \
        "sources FROM story "
#define SELECT_RANKING(table)                                                  \
        "SELECT r.story_id, r.place, r.ranked_at, r.score, r.terms, "          \
        "COALESCE(s.title, ''), COALESCE(s.articles, 0), "                     \
        "COALESCE(s.sources, 0) FROM " table " r "                             \
        "LEFT JOIN story s ON s.id = r.story_id "
#define COLUMNS "story_id, place, score, ranked_at, terms"

static void read_story(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct story_row *)row = (struct story_row) {
                .id = sql_col_int(r, 0),
                .title = sql_col_copy(a, r, 1),
                .language = sql_col_copy(a, r, 2),
                .first_at = sql_col_time(r, 3),
                .last_at = sql_col_time(r, 4),
                .articles = sql_col_int(r, 5),
                .sources = sql_col_int(r, 6),
        };
}

static void read_ranking(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct ranking *)row = (struct ranking) {
                .story_id = sql_col_int(r, 0),
                .place = sql_col_int(r, 1),
                .ranked_at = sql_col_time(r, 2),
                .score = sql_col_double(r, 3),
                .terms = sql_col_copy(a, r, 4),
                .title = sql_col_copy(a, r, 5),
                .articles = sql_col_int(r, 6),
                .sources = sql_col_int(r, 7),
        };
}

int story_save(struct sql *db, const struct story_row *s, struct err *err)
{
        return sql_run(
                db, err, NULL,
                "INSERT INTO story (id, title, language, first_at, last_at, "
                "articles, sources) VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET title = excluded.title, "
                "language = excluded.language, first_at = excluded.first_at, "
                "last_at = excluded.last_at, articles = excluded.articles, "
                "sources = excluded.sources",
                SQL_ARGS(sql_int(s->id), sql_text(rows_some(s->title)),
                         sql_text(s->language), sql_int(s->first_at),
                         sql_int(s->last_at), sql_int(s->articles),
                         sql_int(s->sources)));
}

int story_get(struct arena *a, struct sql *db, int64_t id,
              struct story_row *ret, struct err *err)
{
        struct rows_out out = { .read = read_story, .items = ret };
        int rc = rows_one(
                a, db,
                STATEMENT(SELECT_STORY "WHERE id = ?", SQL_ARGS(sql_int(id))),
                &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no story %lld",
                        (long long)id);
        return rc;
}

int story_since(struct arena *a, struct sql *db, int64_t since,
                struct story_list *ret, struct err *err)
{
        struct rows_out out = { .read = read_story,
                                .row_b = sizeof(struct story_row) };
        int rc = rows_all(a, db,
                          STATEMENT(SELECT_STORY
                                    "WHERE last_at >= ? ORDER BY id",
                                    SQL_ARGS(sql_int(since))),
                          &out, err);

        if (rc == 0)
                *ret = (struct story_list) { out.items, out.n };
        return rc;
}

int story_lock(struct sql *db, struct err *err)
{
        return sql_lock(db, STORY_LOCK, err);
}

int story_next_id(struct sql *db, int64_t *ret, struct err *err)
{
        return sql_get_int(db, err, ret,
                           "SELECT COALESCE(MAX(id), 0) + 1 FROM story",
                           SQL_NO_ARGS);
}

static int replace(struct sql *db, const struct ranking_list *list,
                   struct err *err)
{
        int rc = story_lock(db, err);

        if (rc == 0)
                rc = sql_run(db, err, NULL, "DELETE FROM ranking", SQL_NO_ARGS);
        for (size_t i = 0; rc == 0 && i < list->n; i++) {
                const struct ranking *k = &list->items[i];

                rc = sql_run(db, err, NULL,
                             "INSERT INTO ranking (" COLUMNS
                             ") VALUES (?, ?, ?, ?, ?)",
                             SQL_ARGS(sql_int(k->story_id), sql_int(k->place),
                                      sql_double(k->score),
                                      sql_int(k->ranked_at),
                                      sql_text(rows_some(k->terms))));
        }
        return rc;
}

int ranking_replace(struct sql *db, const struct ranking_list *list,
                    struct err *err)
{
        bool own;
        int rc = sql_enter(db, &own, err);

        return rc < 0 ? rc : sql_leave(db, own, replace(db, list, err), err);
}

int ranking_top(struct arena *a, struct sql *db, size_t n,
                struct ranking_list *ret, struct err *err)
{
        struct rows_out out = { .read = read_ranking,
                                .row_b = sizeof(struct ranking) };
        int rc = rows_all(
                a, db,
                STATEMENT(SELECT_RANKING("ranking") "ORDER BY r.place LIMIT ?",
                          SQL_ARGS(sql_int((int64_t)n))),
                &out, err);

        if (rc == 0)
                *ret = (struct ranking_list) { out.items, out.n };
        return rc;
}

int ranking_get(struct arena *a, struct sql *db, int64_t story_id,
                struct ranking *ret, struct err *err)
{
        struct rows_out out = { .read = read_ranking, .items = ret };
        int rc = rows_one(
                a, db,
                STATEMENT(SELECT_RANKING("ranking") "WHERE r.story_id = ?",
                          SQL_ARGS(sql_int(story_id))),
                &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT,
                        "story %lld is not in the last ranking",
                        (long long)story_id);
        return rc;
}

/* What editions keep of it */

static int keep(struct sql *db, int64_t edition_id,
                const struct ranking_list *list, struct err *err)
{
        int rc = sql_run(db, err, NULL,
                         "DELETE FROM edition_rank WHERE edition_id = ?",
                         SQL_ARGS(sql_int(edition_id)));

        for (size_t i = 0; rc == 0 && i < list->n; i++) {
                const struct ranking *k = &list->items[i];

                rc = sql_run(db, err, NULL,
                             "INSERT INTO edition_rank (edition_id, " COLUMNS
                             ") VALUES (?, ?, ?, ?, ?, ?)",
                             SQL_ARGS(sql_int(edition_id), sql_int(k->story_id),
                                      sql_int(k->place), sql_double(k->score),
                                      sql_int(k->ranked_at),
                                      sql_text(rows_some(k->terms))));
        }
        return rc;
}

int ranking_keep(struct sql *db, int64_t edition_id,
                 const struct ranking_list *list, struct err *err)
{
        bool own;
        int rc = sql_enter(db, &own, err);

        return rc < 0 ? rc
                      : sql_leave(db, own, keep(db, edition_id, list, err),
                                  err);
}

int ranking_kept(struct arena *a, struct sql *db, int64_t edition_id,
                 int64_t story_id, struct ranking *ret, struct err *err)
{
        struct rows_out out = { .read = read_ranking, .items = ret };

        return rows_one(
                a, db,
                STATEMENT(SELECT_RANKING("edition_rank") "WHERE r.edition_id = "
                                                         "? AND r.story_id = ?",
                          SQL_ARGS(sql_int(edition_id), sql_int(story_id))),
                &out, err);
}

int ranking_kept_by(struct sql *db, int64_t story_id, int64_t *ret_edition_id,
                    struct err *err)
{
        return sql_get_int(db, err, ret_edition_id,
                           "SELECT edition_id FROM edition_rank "
                           "WHERE story_id = ? "
                           "ORDER BY ranked_at DESC, edition_id DESC LIMIT 1",
                           SQL_ARGS(sql_int(story_id)));
}

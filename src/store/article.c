#include "store/article.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/rows.h"
#include "store/sql.h"

#define COLUMNS                                                                \
        "id, feed_id, identity, guid, url, title, authors, source, kind, "     \
        "beat, language, mark, published_at, seen_at, dated_at, position, "    \
        "state, tries, story_id, image, length, outcome, summary, retry_at"
#define SELECT_LIST "SELECT " COLUMNS " FROM article "
#define SELECT_WHOLE "SELECT " COLUMNS ", text FROM article "
#define IN_ORDER "ORDER BY dated_at, url COLLATE \"C\", id"

static void read_row(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct article *)row = (struct article) {
                .id = sql_col_int(r, 0),
                .feed_id = sql_col_int(r, 1),
                .identity = sql_col_copy(a, r, 2),
                .guid = sql_col_copy(a, r, 3),
                .url = sql_col_copy(a, r, 4),
                .title = sql_col_copy(a, r, 5),
                .authors = sql_col_copy(a, r, 6),
                .source = sql_col_copy(a, r, 7),
                .kind = sql_col_copy(a, r, 8),
                .beat = sql_col_copy(a, r, 9),
                .language = sql_col_copy(a, r, 10),
                .mark = sql_col_copy(a, r, 11),
                .published_at = sql_col_time(r, 12),
                .seen_at = sql_col_time(r, 13),
                .dated_at = sql_col_time(r, 14),
                .position = sql_col_int(r, 15),
                .state = sql_col_copy(a, r, 16),
                .tries = sql_col_int(r, 17),
                .story_id = sql_col_int(r, 18),
                .image = sql_col_copy(a, r, 19),
                .length = sql_col_int(r, 20),
                .outcome = sql_col_copy(a, r, 21),
                .summary = sql_col_copy(a, r, 22),
                .retry_at = sql_col_int(r, 23),
        };
}

static void read_whole(struct arena *a, const struct sql_rows *r, void *row)
{
        read_row(a, r, row);
        ((struct article *)row)->text = sql_col_copy(a, r, 24);
}

/* Putting an item */

/* What we need to know of an article that is there to update it. */
struct known {
        int64_t id, length, feed_id, seen_at, tries;
        struct str title, summary, mark, state;
};

static void read_known(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct known *)row = (struct known) {
                .id = sql_col_int(r, 0),
                .feed_id = sql_col_int(r, 1),
                .length = sql_col_int(r, 2),
                .title = sql_col_copy(a, r, 3),
                .summary = sql_col_copy(a, r, 4),
                .mark = sql_col_copy(a, r, 5),
                .state = sql_col_copy(a, r, 6),
                .seen_at = sql_col_int(r, 7),
                .tries = sql_col_int(r, 8),
        };
}

#define SELECT_KNOWN                                                           \
        "SELECT id, feed_id, length, title, summary, mark, state, seen_at, "   \
        "tries FROM article "

/* 0 with ret->id 0 when it is new. */
static int find_known(struct arena *a, struct sql *db,
                      const struct article *art, struct known *ret,
                      struct err *err)
{
        struct rows_out out = { .read = read_known, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT(SELECT_KNOWN "WHERE identity = ?",
                                    SQL_ARGS(sql_text(art->identity))),
                          &out, err);

        if (rc == ERR_ABSENT && art->guid.n)
                rc = rows_one(a, db,
                              STATEMENT(SELECT_KNOWN
                                        "WHERE feed_id = ? AND guid = ? "
                                        "AND title = ? ORDER BY id LIMIT 1",
                                        SQL_ARGS(sql_int(art->feed_id),
                                                 sql_text(art->guid),
                                                 sql_text(art->title))),
                              &out, err);
        return rc == ERR_ABSENT ? 0 : rc;
}

static int insert(struct sql *db, const struct article *art, bool *ret_new,
                  struct err *err)
{
        int64_t inserted;
        int rc = sql_run(
                db, err, &inserted,
                "INSERT INTO article (feed_id, identity, guid, url, title, "
                "authors, source, kind, beat, language, mark, published_at, "
                "seen_at, dated_at, position, state, tries, story_id, image, "
                "length, outcome, summary, text) VALUES "
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, "
                "?, ?, ?, ?) ON CONFLICT (identity) DO NOTHING",
                SQL_ARGS(sql_int(art->feed_id), sql_text(art->identity),
                         sql_text(art->guid), sql_text(art->url),
                         sql_text(rows_some(art->title)),
                         sql_text(art->authors),
                         sql_text(rows_some(art->source)),
                         sql_text(rows_some(art->kind)),
                         sql_text(rows_some(art->beat)),
                         sql_text(art->language), sql_text(art->mark),
                         sql_time(art->published_at), sql_int(art->seen_at),
                         sql_int(art->dated_at), sql_int(art->position),
                         sql_text(rows_or(art->state, STR("new"))),
                         sql_int(art->tries), sql_text(art->image),
                         sql_int((int64_t)art->text.n), sql_text(art->outcome),
                         sql_text(art->summary), sql_text(art->text)));

        if (rc == 0)
                *ret_new = inserted > 0;
        return rc;
}

/*
 * A feed may correct its words at any time, but only its own: where two feeds
 * carry an article, its title would swing to and fro. Its text replaces only
 * text that came from a feed, and only by a longer one: feeds are cut short.
 */
static int update(struct sql *db, const struct article *art,
                  const struct known *known, struct err *err)
{
        bool from_feed = str_eq(known->state, STR("new")) ||
                         str_eq(known->state, STR("own"));
        bool grew = from_feed && (int64_t)art->text.n > known->length;
        bool is_own = grew && str_eq(art->state, STR("own"));
        bool may_say = art->feed_id == known->feed_id;
        bool retitled =
                may_say && art->title.n && !str_eq(art->title, known->title);
        struct str title = retitled ? art->title : known->title;
        struct str mark = retitled ? art->mark : known->mark;
        struct str summary =
                may_say && art->summary.n ? art->summary : known->summary;

        if (!grew && !retitled && str_eq(summary, known->summary))
                return 0;
        return sql_run(
                db, err, NULL,
                "UPDATE article SET title = ?, mark = ?, summary = ?, "
                "text = COALESCE(?, text), length = ?, state = ? WHERE id = ?",
                SQL_ARGS(sql_text(title), sql_text(mark), sql_text(summary),
                         sql_text(grew ? art->text : STR_NULL),
                         sql_int(grew ? (int64_t)art->text.n : known->length),
                         sql_text(is_own ? art->state : known->state),
                         sql_int(known->id)));
}

/* What a feed says of an article, in the place of what another said. */
static int rename_as(struct sql *db, const struct article *art, int64_t id,
                     struct err *err)
{
        return sql_run(
                db, err, NULL,
                "UPDATE article SET feed_id = ?, guid = ?, url = ?, title = ?, "
                "authors = ?, source = ?, kind = ?, beat = ?, language = ?, "
                "mark = ?, position = ?, image = ?, summary = ? WHERE id = ?",
                SQL_ARGS(sql_int(art->feed_id), sql_text(art->guid),
                         sql_text(art->url), sql_text(rows_some(art->title)),
                         sql_text(art->authors),
                         sql_text(rows_some(art->source)),
                         sql_text(rows_some(art->kind)),
                         sql_text(rows_some(art->beat)),
                         sql_text(art->language), sql_text(art->mark),
                         sql_int(art->position), sql_text(art->image),
                         sql_text(art->summary), sql_int(id)));
}

static int retell_as(struct sql *db, const struct article *art, int64_t id,
                     struct err *err)
{
        return sql_run(db, err, NULL,
                       "UPDATE article SET published_at = ?, dated_at = ?, "
                       "state = ?, length = ?, text = ? WHERE id = ?",
                       SQL_ARGS(sql_time(art->published_at),
                                sql_int(art->dated_at),
                                sql_text(rows_or(art->state, STR("new"))),
                                sql_int((int64_t)art->text.n),
                                sql_text(art->text), sql_int(id)));
}

/*
 * Two feeds carry it: it is the older feed's, whichever answered first, so
 * that a gather ends in the same rows in any order. Its page, once tried, and
 * the dates of an earlier gather stay.
 */
static int merge(struct sql *db, const struct article *art,
                 const struct known *known, struct err *err)
{
        if (art->feed_id > known->feed_id)
                return 0;

        int rc = rename_as(db, art, known->id, err);

        if (rc == 0 && !known->tries && known->seen_at == art->seen_at)
                rc = retell_as(db, art, known->id, err);
        return rc;
}

int article_put(struct sql *db, const struct article *art, bool *ret_new,
                struct err *err)
{
        struct arena *a = arena_new(LIMIT_SUMMARY_B * 4);
        struct known known = { .id = 0 };
        bool is_new = false;
        int rc = find_known(a, db, art, &known, err);

        if (rc == 0)
                rc = !known.id ? insert(db, art, &is_new, err)
                     : known.feed_id != art->feed_id
                             ? merge(db, art, &known, err)
                             : update(db, art, &known, err);
        arena_free(a);
        if (rc == 0 && ret_new)
                *ret_new = is_new;
        return rc;
}

/* Reading */

static int select_list(struct arena *a, struct sql *db,
                       const struct statement *st, struct rows_out *out,
                       struct err *err)
{
        out->row_b = sizeof(struct article);
        return rows_all(a, db, st, out, err);
}

int article_unread(struct arena *a, struct sql *db,
                   const struct article_want *want, struct article_list *ret,
                   struct err *err)
{
        struct rows_out out = { .read = read_whole };
        int rc = select_list(
                a, db,
                STATEMENT(SELECT_WHOLE
                          "WHERE (state = 'new' OR retry_at <= ?) "
                          "AND dated_at >= ? ORDER BY dated_at DESC, "
                          "url COLLATE \"C\", id LIMIT ?",
                          SQL_ARGS(sql_int(want->now), sql_int(want->since),
                                   sql_int((int64_t)want->n))),
                &out, err);

        if (rc == 0)
                *ret = (struct article_list) { out.items, out.n };
        return rc;
}

int article_between(struct arena *a, struct sql *db, int64_t from, int64_t to,
                    bool with_text, struct article_list *ret, struct err *err)
{
        struct rows_out out = { .read = with_text ? read_whole : read_row };
        const char *text = with_text ? SELECT_WHOLE
                                   "WHERE dated_at BETWEEN ? AND ? " IN_ORDER
                                     : SELECT_LIST
                                   "WHERE dated_at BETWEEN ? AND ? " IN_ORDER;
        int rc = select_list(
                a, db, STATEMENT(text, SQL_ARGS(sql_int(from), sql_int(to))),
                &out, err);

        if (rc == 0)
                *ret = (struct article_list) { out.items, out.n };
        return rc;
}

/* The index of states leads past those that wait, which may be most of all. */
#define READ_BETWEEN                                                           \
        "WHERE state IN ('read', 'own', 'thin') AND dated_at BETWEEN ? AND ? "

int article_read_between(struct arena *a, struct sql *db, int64_t from,
                         int64_t to, bool with_text, struct article_list *ret,
                         struct err *err)
{
        struct rows_out out = { .read = with_text ? read_whole : read_row };
        const char *text = with_text ? SELECT_WHOLE READ_BETWEEN IN_ORDER
                                     : SELECT_LIST READ_BETWEEN IN_ORDER;
        int rc = select_list(
                a, db, STATEMENT(text, SQL_ARGS(sql_int(from), sql_int(to))),
                &out, err);

        if (rc == 0)
                *ret = (struct article_list) { out.items, out.n };
        return rc;
}

int article_waiting(struct sql *db, int64_t from, int64_t to, int64_t *ret,
                    struct err *err)
{
        return sql_get_int(db, err, ret,
                           "SELECT COUNT(*) FROM article " READ_BETWEEN
                           "AND story_id IS NULL",
                           SQL_ARGS(sql_int(from), sql_int(to)));
}

int article_of_story(struct arena *a, struct sql *db, int64_t story_id,
                     struct article_list *ret, struct err *err)
{
        struct rows_out out = { .read = read_whole };
        int rc = select_list(a, db,
                             STATEMENT(SELECT_WHOLE
                                       "WHERE story_id = ? " IN_ORDER,
                                       SQL_ARGS(sql_int(story_id))),
                             &out, err);

        if (rc == 0)
                *ret = (struct article_list) { out.items, out.n };
        return rc;
}

int article_get(struct arena *a, struct sql *db, int64_t id,
                struct article *ret, struct err *err)
{
        struct rows_out out = { .read = read_whole, .items = ret };
        int rc = rows_one(
                a, db,
                STATEMENT(SELECT_WHOLE "WHERE id = ?", SQL_ARGS(sql_int(id))),
                &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no article %lld",
                        (long long)id);
        return rc;
}

int article_by_url(struct arena *a, struct sql *db, struct str url,
                   struct article *ret, struct err *err)
{
        struct rows_out out = { .read = read_whole, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT(SELECT_WHOLE
                                    "WHERE url = ? ORDER BY id LIMIT 1",
                                    SQL_ARGS(sql_text(url))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no article at " STR_FMT,
                        STR_ARG(url));
        return rc;
}

/* Changing */

static int want_one(int rc, int64_t changed, int64_t id, struct err *err)
{
        if (rc == 0 && changed == 0)
                return err_set(err, ERR_ABSENT, "there is no article %lld",
                               (long long)id);
        return rc;
}

int article_save_page(struct sql *db, const struct article *art,
                      struct err *err)
{
        int64_t changed;
        int rc = sql_run(
                db, err, &changed,
                "UPDATE article SET state = ?, title = ?, authors = ?, "
                "published_at = ?, dated_at = ?, image = ?, language = ?, "
                "text = ?, length = ?, tries = ?, retry_at = ?, outcome = ? "
                "WHERE id = ?",
                SQL_ARGS(sql_text(art->state), sql_text(rows_some(art->title)),
                         sql_text(art->authors), sql_time(art->published_at),
                         sql_int(art->dated_at), sql_text(art->image),
                         sql_text(art->language), sql_text(art->text),
                         sql_int((int64_t)art->text.n), sql_int(art->tries),
                         sql_time(art->retry_at ? art->retry_at : TIME_NONE),
                         sql_text(art->outcome), sql_int(art->id)));

        return want_one(rc, changed, art->id, err);
}

int article_set_story(struct sql *db, int64_t id, int64_t story_id,
                      struct err *err)
{
        int64_t changed;
        int rc = sql_run(
                db, err, &changed,
                "UPDATE article SET story_id = ? WHERE id = ?",
                SQL_ARGS(story_id ? sql_int(story_id) : sql_time(TIME_NONE),
                         sql_int(id)));

        return want_one(rc, changed, id, err);
}

/*
 * An old article is kept as long after it was seen as a new one: a feed that
 * carries it still would only bring it in again.
 * Stories that lost all their articles go too, but for the newest: its id
 * must not be given again.
 */
static int forget(struct sql *db, int64_t before, int64_t *ret_n,
                  struct err *err)
{
        int rc = sql_run(
                db, err, ret_n,
                "DELETE FROM article WHERE dated_at < ? "
                "AND seen_at < ? AND NOT EXISTS (SELECT 1 FROM edition_story e "
                "WHERE e.story_id = article.story_id)",
                SQL_ARGS(sql_int(before), sql_int(before)));

        if (rc < 0)
                return rc;
        rc = sql_run(db, err, NULL,
                     "DELETE FROM choice WHERE made_at < ? "
                     "AND NOT EXISTS (SELECT 1 FROM article "
                     "WHERE article.story_id = choice.story_id)",
                     SQL_ARGS(sql_int(before)));
        if (rc == 0) /* what an edition carried it can explain for good */
                rc = sql_run(db, err, NULL,
                             "DELETE FROM edition_rank WHERE ranked_at < ? "
                             "AND NOT EXISTS (SELECT 1 FROM edition_story e "
                             "WHERE e.edition_id = edition_rank.edition_id "
                             "AND e.story_id = edition_rank.story_id)",
                             SQL_ARGS(sql_int(before)));
        if (rc < 0)
                return rc;
        return sql_run(db, err, NULL,
                       "DELETE FROM story WHERE last_at < ? "
                       "AND NOT EXISTS (SELECT 1 FROM article "
                       "WHERE article.story_id = story.id) "
                       "AND NOT EXISTS (SELECT 1 FROM edition_story e "
                       "WHERE e.story_id = story.id) "
                       "AND id < (SELECT MAX(id) FROM story)",
                       SQL_ARGS(sql_int(before)));
}

int article_forget(struct sql *db, int64_t before, int64_t *ret_n,
                   struct err *err)
{
        bool own;
        int64_t n = 0;
        int rc = sql_enter(db, &own, err);

        if (rc == 0)
                rc = sql_leave(db, own, forget(db, before, &n, err), err);
        if (rc == 0 && ret_n)
                *ret_n = n;
        return rc;
}

int article_count(struct sql *db, int64_t *ret, struct err *err)
{
        return sql_get_int(db, err, ret, "SELECT COUNT(*) FROM article",
                           SQL_NO_ARGS);
}

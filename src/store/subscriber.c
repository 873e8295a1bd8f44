#include "store/subscriber.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

#define SELECT_SUBSCRIBER                                                      \
        "SELECT id, email, name, language, zone, state, token, added_at, "     \
        "changed_at, consent FROM subscriber "

static void read_subscriber(struct arena *a, const struct sql_rows *r,
                            void *row)
{
        *(struct subscriber *)row = (struct subscriber) {
                .id = sql_col_int(r, 0),
                .email = sql_col_copy(a, r, 1),
                .name = sql_col_copy(a, r, 2),
                .language = sql_col_copy(a, r, 3),
                .zone = sql_col_copy(a, r, 4),
                .state = sql_col_copy(a, r, 5),
                .token = sql_col_copy(a, r, 6),
                .added_at = sql_col_time(r, 7),
                .changed_at = sql_col_time(r, 8),
                .consent = sql_col_copy(a, r, 9),
        };
}

int subscriber_add(struct sql *db, const struct subscriber *s, bool *ret_new,
                   struct err *err)
{
        int64_t inserted;
        int rc = sql_run(
                db, err, &inserted,
                "INSERT INTO subscriber (email, name, language, zone, state, "
                "token, added_at, changed_at, consent) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (email) DO NOTHING",
                SQL_ARGS(sql_text(s->email), sql_text(s->name),
                         sql_text(s->language), sql_text(s->zone),
                         sql_text(s->state), sql_text(s->token),
                         sql_int(s->added_at), sql_int(s->changed_at),
                         sql_text(rows_some(s->consent))));

        if (rc == 0 && ret_new)
                *ret_new = inserted > 0;
        return rc;
}

int subscriber_get(struct arena *a, struct sql *db, int64_t id,
                   struct subscriber *ret, struct err *err)
{
        struct rows_out out = { .read = read_subscriber, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT(SELECT_SUBSCRIBER "WHERE id = ?",
                                    SQL_ARGS(sql_int(id))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no subscriber %lld",
                        (long long)id);
        return rc;
}

int subscriber_find(struct arena *a, struct sql *db, struct str email,
                    struct subscriber *ret, struct err *err)
{
        struct rows_out out = { .read = read_subscriber, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT(SELECT_SUBSCRIBER "WHERE email = ?",
                                    SQL_ARGS(sql_text(email))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no subscriber " STR_FMT,
                        STR_ARG(email));
        return rc;
}

int subscriber_by_token(struct arena *a, struct sql *db, struct str token,
                        struct subscriber *ret, struct err *err)
{
        struct rows_out out = { .read = read_subscriber, .items = ret };
        int rc = rows_one(a, db,
                          STATEMENT(SELECT_SUBSCRIBER "WHERE token = ?",
                                    SQL_ARGS(sql_text(token))),
                          &out, err);

        if (rc == ERR_ABSENT)
                err_set(err, ERR_ABSENT, "there is no such subscriber");
        return rc;
}

int subscriber_set_state(struct sql *db, int64_t id, struct str state,
                         int64_t now, struct err *err)
{
        int64_t changed;
        int rc = sql_run(db, err, &changed,
                         "UPDATE subscriber SET state = ?, changed_at = ? "
                         "WHERE id = ?",
                         SQL_ARGS(sql_text(state), sql_int(now), sql_int(id)));

        if (rc == 0 && !changed)
                return err_set(err, ERR_ABSENT, "there is no subscriber %lld",
                               (long long)id);
        return rc;
}

int subscriber_page(struct arena *a, struct sql *db, int64_t after_id, size_t n,
                    struct subscriber_list *ret, struct err *err)
{
        struct rows_out out = { .read = read_subscriber,
                                .row_b = sizeof(struct subscriber) };
        int rc = rows_all(
                a, db,
                STATEMENT(SELECT_SUBSCRIBER "WHERE id > ? ORDER BY id LIMIT ?",
                          SQL_ARGS(sql_int(after_id), sql_int((int64_t)n))),
                &out, err);

        if (rc == 0)
                *ret = (struct subscriber_list) { out.items, out.n };
        return rc;
}

int subscriber_count(struct sql *db, struct str state, int64_t *ret,
                     struct err *err)
{
        if (!state.p)
                return sql_get_int(db, err, ret,
                                   "SELECT COUNT(*) FROM subscriber",
                                   SQL_NO_ARGS);
        return sql_get_int(db, err, ret,
                           "SELECT COUNT(*) FROM subscriber WHERE state = ?",
                           SQL_ARGS(sql_text(state)));
}

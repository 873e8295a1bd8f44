#include "store/sql.h"

#include <assert.h>

#include "base/arena.h"
#include "base/time.h"
#include "store/sql_driver.h"

struct sql_arg sql_int(int64_t i)
{
        return (struct sql_arg) { .kind = SQL_INT, .i = i };
}

struct sql_arg sql_double(double d)
{
        return (struct sql_arg) { .kind = SQL_DOUBLE, .d = d };
}

struct sql_arg sql_text(struct str s)
{
        return (struct sql_arg) { .kind = SQL_TEXT, .s = s, .is_null = !s.p };
}

struct sql_arg sql_blob(struct str s)
{
        return (struct sql_arg) { .kind = SQL_BLOB, .s = s, .is_null = !s.p };
}

struct sql_arg sql_time(int64_t at)
{
        return (struct sql_arg) { .kind = SQL_INT,
                                  .i = at,
                                  .is_null = at == TIME_NONE };
}

struct sql_arg sql_null(void)
{
        return (struct sql_arg) { .kind = SQL_NULL, .is_null = true };
}

int sql_open(struct str url, struct sql **ret, struct err *err)
{
        if (str_starts(url, STR("postgresql://")) ||
            str_starts(url, STR("postgres://")))
                return sql_postgres_open(url, ret, err);
        return sql_sqlite_open(url, ret, err);
}

void sql_close(struct sql *db)
{
        if (!db)
                return;
        sql_rollback(db);
        db->driver->close(db);
}

bool sql_is_postgres(const struct sql *db)
{
        return db->is_postgres;
}

int sql_run(struct sql *db, struct err *err, int64_t *ret_changed,
            const char *text, const struct sql_arg *args, size_t n)
{
        int64_t changed = 0;

        assert(n <= SQL_ARGS_MAX);
        int rc = db->driver->run(db, err, &changed, text, args, n);
        if (rc == 0 && ret_changed)
                *ret_changed = changed;
        return rc;
}

int sql_script(struct sql *db, struct err *err, struct str script)
{
        return db->driver->script(db, err, script);
}

int sql_query(struct sql *db, struct err *err, struct sql_rows **ret,
              const char *text, const struct sql_arg *args, size_t n)
{
        assert(n <= SQL_ARGS_MAX);
        *ret = NULL; /* so that sql_end(*ret) is right after a failure too */
        return db->driver->query(db, err, ret, text, args, n);
}

int sql_next(struct sql_rows *r, struct err *err)
{
        return r->db->driver->next(r, err);
}

void sql_end(struct sql_rows *r)
{
        if (r)
                r->db->driver->end(r);
}

bool sql_col_is_null(const struct sql_rows *r, int col)
{
        return r->db->driver->col_is_null(r, col);
}

int64_t sql_col_int(const struct sql_rows *r, int col)
{
        return r->db->driver->col_int(r, col);
}

int64_t sql_col_time(const struct sql_rows *r, int col)
{
        return sql_col_is_null(r, col) ? TIME_NONE : sql_col_int(r, col);
}

double sql_col_double(const struct sql_rows *r, int col)
{
        return r->db->driver->col_double(r, col);
}

struct str sql_col_str(const struct sql_rows *r, int col)
{
        return r->db->driver->col_str(r, col);
}

struct str sql_col_copy(struct arena *a, const struct sql_rows *r, int col)
{
        return arena_str(a, sql_col_str(r, col));
}

int sql_get_int(struct sql *db, struct err *err, int64_t *ret, const char *text,
                const struct sql_arg *args, size_t n)
{
        struct sql_rows *r;
        int64_t value = 0;
        int rc = sql_query(db, err, &r, text, args, n);

        if (rc == 0)
                rc = sql_next(r, err);
        if (rc == 0 && r)
                rc = err_set(err, ERR_ABSENT, "there is no such row");
        if (rc > 0) {
                value = sql_col_int(r, 0);
                /* To its end: an INSERT ... RETURNING may still fail there. */
                while (rc > 0)
                        rc = sql_next(r, err);
        }
        sql_end(r);
        if (rc == 0)
                *ret = value;
        return rc;
}

int sql_begin(struct sql *db, struct err *err)
{
        assert(!db->in_transaction);
        int rc = db->driver->begin(db, err);
        db->in_transaction = rc == 0;
        return rc;
}

int sql_commit(struct sql *db, struct err *err)
{
        assert(db->in_transaction);
        int rc = db->driver->commit(db, err);
        if (rc == 0)
                db->in_transaction = false;
        return rc;
}

void sql_rollback(struct sql *db)
{
        if (!db->in_transaction)
                return;
        db->driver->rollback(db);
        db->in_transaction = false;
}

int sql_set_wait(struct sql *db, int seconds, struct err *err)
{
        assert(seconds > 0 && !db->in_transaction);
        return db->driver->set_wait(db, seconds, err);
}

int sql_lock(struct sql *db, int64_t number, struct err *err)
{
        int64_t ignored;

        assert(db->in_transaction);
        if (!db->is_postgres)
                return 0; /* BEGIN IMMEDIATE did */
        return sql_get_int(db, err, &ignored,
                           "SELECT 1 FROM pg_advisory_xact_lock(?)",
                           SQL_ARGS(sql_int(number)));
}

int sql_enter(struct sql *db, bool *ret_own, struct err *err)
{
        *ret_own = !db->in_transaction;
        return *ret_own ? sql_begin(db, err) : 0;
}

int sql_leave(struct sql *db, bool own, int rc, struct err *err)
{
        if (!own)
                return rc;
        if (rc == 0)
                rc = sql_commit(db, err);
        if (rc < 0)
                sql_rollback(db);
        return rc;
}

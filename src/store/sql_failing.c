/* A connection whose Nth call fails: what tests use to be everywhere at once.
 */

#include "base/arena.h"
#include "store/sql_driver.h"

struct failing {
        struct sql sql; /* first */
        struct arena *a;
        struct sql *inner;
        long at, count;
};

static struct failing *of(struct sql *db)
{
        return (struct failing *)db;
}

static const struct sql_driver *inner_of(const struct sql_rows *r)
{
        return ((const struct failing *)r->db)->inner->driver;
}

static int count(struct failing *f, struct err *err)
{
        if (++f->count != f->at)
                return 0;
        return err_set(err, ERR_STORE, "store: injected fault (call %ld)",
                       f->count);
}

static int run(struct sql *db, struct err *err, int64_t *ret_changed,
               const char *text, const struct sql_arg *args, size_t n)
{
        int rc = count(of(db), err);

        return rc < 0 ? rc
                      : sql_run(of(db)->inner, err, ret_changed, text, args, n);
}

static int script(struct sql *db, struct err *err, struct str text)
{
        int rc = count(of(db), err);

        return rc < 0 ? rc : sql_script(of(db)->inner, err, text);
}

static int set_wait(struct sql *db, int seconds, struct err *err)
{
        int rc = count(of(db), err);

        return rc < 0 ? rc : sql_set_wait(of(db)->inner, seconds, err);
}

static int begin(struct sql *db, struct err *err)
{
        int rc = count(of(db), err);

        return rc < 0 ? rc : sql_begin(of(db)->inner, err);
}

static int commit(struct sql *db, struct err *err)
{
        int rc = count(of(db), err);

        return rc < 0 ? rc : sql_commit(of(db)->inner, err);
}

static void rollback(struct sql *db)
{
        sql_rollback(of(db)->inner);
}

/* The inner connection's rows, but sql.c finds this driver first. */
static int query(struct sql *db, struct err *err, struct sql_rows **ret,
                 const char *text, const struct sql_arg *args, size_t n)
{
        int rc = count(of(db), err);

        if (rc == 0)
                rc = sql_query(of(db)->inner, err, ret, text, args, n);
        if (rc == 0)
                (*ret)->db = db;
        return rc;
}

static int next(struct sql_rows *r, struct err *err)
{
        int rc = count(of(r->db), err);

        return rc < 0 ? rc : inner_of(r)->next(r, err);
}

static void end(struct sql_rows *r)
{
        inner_of(r)->end(r);
}

static bool col_is_null(const struct sql_rows *r, int col)
{
        return inner_of(r)->col_is_null(r, col);
}

static int64_t col_int(const struct sql_rows *r, int col)
{
        return inner_of(r)->col_int(r, col);
}

static double col_double(const struct sql_rows *r, int col)
{
        return inner_of(r)->col_double(r, col);
}

static struct str col_str(const struct sql_rows *r, int col)
{
        return inner_of(r)->col_str(r, col);
}

static void close_both(struct sql *db)
{
        struct failing *f = of(db);

        sql_close(f->inner);
        arena_free(f->a);
}

static const struct sql_driver driver = {
        .close = close_both,
        .run = run,
        .script = script,
        .set_wait = set_wait,
        .begin = begin,
        .commit = commit,
        .rollback = rollback,
        .query = query,
        .next = next,
        .end = end,
        .col_is_null = col_is_null,
        .col_int = col_int,
        .col_double = col_double,
        .col_str = col_str,
};

struct sql *sql_failing_new(struct sql *inner, long n)
{
        struct arena *a = arena_new(4096);
        struct failing *f = arena_alloc(a, sizeof(*f));

        f->sql.driver = &driver;
        f->sql.is_postgres = inner->is_postgres;
        f->a = a;
        f->inner = inner;
        f->at = n;
        return &f->sql;
}

long sql_failing_count(const struct sql *db)
{
        return ((const struct failing *)db)->count;
}

/* SQLite: the store in one file of the press's own folder. */

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/hash.h"
#include "store/sql_driver.h"

#define ARENA_MAX_B ((size_t)16 << 20) /* statements are literals: few */

/*
 * WAL: readers don't wait for the writer. FULL: a commit is on the disk before
 * it returns. The cache is small, as many processes have a connection each.
 */
static const char wal[] = "PRAGMA journal_mode = WAL";
static const char settings[] = "PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cache_size = -8000;"
                               "PRAGMA journal_size_limit = 67108864;";

struct conn {
        struct sql sql; /* first */
        struct arena *a;
        sqlite3 *db;
        struct map
                *stmts; /* text -> struct stmt, those not busy to be reused */
        struct stmt *all;
};

/* A prepared statement; while a query is under way also its rows. */
struct stmt {
        struct sql_rows rows; /* first */
        struct conn *conn;
        sqlite3_stmt *handle;
        const char *text;
        bool busy, done;
        struct stmt *next_same; /* of the same text, for queries in queries */
        struct stmt *next;
};

static enum err_code code_of(int rc)
{
        switch (rc & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return ERR_BUSY;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
                return ERR_DENIED;
        default:
                return rc == SQLITE_CONSTRAINT_UNIQUE ||
                                       rc == SQLITE_CONSTRAINT_PRIMARYKEY
                               ? ERR_STALE
                               : ERR_STORE;
        }
}

/* What is wrong and what to do, where SQLite's own words don't say it. */
static const char *advice_of(int rc)
{
        switch (rc & 0xff) {
        case SQLITE_FULL:
                return "the disk is full: nothing was changed; free some space "
                       "and try again";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return "another process keeps it locked: try again, or see "
                       "which one hangs";
        case SQLITE_READONLY:
        case SQLITE_PERM:
                return "the file or its folder may not be written: look at its "
                       "owner and rights";
        case SQLITE_IOERR:
                return "the disk failed: look at the system's log";
        case SQLITE_CORRUPT:
                return "the file is damaged: restore the last backup";
        case SQLITE_NOTADB:
                return "the file is no SQLite database";
        default:
                return NULL;
        }
}

static int fail(struct conn *c, int rc, const char *text, struct err *err)
{
        int full = rc & 0xff ? rc : SQLITE_ERROR;
        const char *advice = advice_of(full);
        enum err_code code = code_of(full);

        if (advice)
                return err_set(err, code, "store: %s (%s)", advice,
                               sqlite3_errmsg(c->db));
        return err_set(err, code, "store: %s (in: %.80s)",
                       sqlite3_errmsg(c->db), text);
}

/* Statements */

static int prepare(struct conn *c, const char *text, struct stmt **ret,
                   struct err *err)
{
        sqlite3_stmt *handle;
        int rc = sqlite3_prepare_v3(c->db, text, -1, SQLITE_PREPARE_PERSISTENT,
                                    &handle, NULL);

        if (rc != SQLITE_OK)
                return fail(c, rc, text, err);

        struct stmt *s = arena_alloc(c->a, sizeof(*s));
        s->conn = c;
        s->handle = handle;
        s->text = arena_cstr(c->a, str_c(text));
        s->next = c->all;
        c->all = s;
        *ret = s;
        return 0;
}

/* A statement of that text that nobody uses, busy from now on. */
static int take(struct conn *c, const char *text, struct stmt **ret,
                struct err *err)
{
        void **head = map_at(c->stmts, str_c(text));
        struct stmt *s = *head;

        while (s && s->busy)
                s = s->next_same;
        if (!s) {
                int rc = prepare(c, text, &s, err);
                if (rc < 0)
                        return rc;
                s->next_same = *head;
                *head = s;
        }
        s->busy = true;
        s->done = false;
        s->rows.db = &c->sql;
        *ret = s;
        return 0;
}

static void give_back(struct stmt *s)
{
        sqlite3_reset(s->handle);
        sqlite3_clear_bindings(s->handle);
        s->busy = false;
}

static int bind_one(struct stmt *s, int i, const struct sql_arg *arg,
                    sqlite3_destructor_type keep)
{
        if (arg->is_null)
                return sqlite3_bind_null(s->handle, i);
        switch (arg->kind) {
        case SQL_INT:
                return sqlite3_bind_int64(s->handle, i, arg->i);
        case SQL_DOUBLE:
                return sqlite3_bind_double(s->handle, i, arg->d);
        case SQL_TEXT:
                return sqlite3_bind_text64(s->handle, i, arg->s.p, arg->s.n,
                                           keep, SQLITE_UTF8);
        case SQL_BLOB:
                return sqlite3_bind_blob64(s->handle, i, arg->s.p, arg->s.n,
                                           keep);
        default:
                return sqlite3_bind_null(s->handle, i);
        }
}

/* take and bind; keep: SQLITE_STATIC when the values outlive the statement. */
static int ready(struct conn *c, const char *text, const struct sql_arg *args,
                 size_t n, struct stmt **ret, sqlite3_destructor_type keep,
                 struct err *err)
{
        struct stmt *s = NULL;
        int rc = take(c, text, &s, err);

        if (rc < 0)
                return rc;
        assert((size_t)sqlite3_bind_parameter_count(s->handle) == n);
        for (size_t i = 0; i < n; i++) {
                rc = bind_one(s, (int)i + 1, &args[i], keep);
                if (rc == SQLITE_OK)
                        continue;
                rc = fail(c, rc, text, err);
                give_back(s);
                return rc;
        }
        *ret = s;
        return 0;
}

static int run(struct sql *db, struct err *err, int64_t *ret_changed,
               const char *text, const struct sql_arg *args, size_t n)
{
        struct conn *c = (struct conn *)db;
        struct stmt *s = NULL;
        int rc = ready(c, text, args, n, &s, SQLITE_STATIC, err);

        if (rc < 0)
                return rc;
        do {
                rc = sqlite3_step(s->handle);
        } while (rc == SQLITE_ROW);
        if (rc == SQLITE_DONE) {
                *ret_changed = sqlite3_changes64(c->db);
                rc = 0;
        } else {
                rc = fail(c, rc, text, err);
        }
        give_back(s);
        return rc;
}

static int script(struct sql *db, struct err *err, struct str text)
{
        struct conn *c = (struct conn *)db;
        struct arena *a = arena_new(text.n + 1);
        const char *p = arena_cstr(a, text);
        int rc = sqlite3_exec(c->db, p, NULL, NULL, NULL);

        if (rc != SQLITE_OK)
                rc = fail(c, rc, "a script", err);
        arena_free(a);
        return rc;
}

/* Rows */

static int query(struct sql *db, struct err *err, struct sql_rows **ret,
                 const char *text, const struct sql_arg *args, size_t n)
{
        struct stmt *s = NULL;
        int rc = ready((struct conn *)db, text, args, n, &s, SQLITE_TRANSIENT,
                       err);

        if (rc == 0)
                *ret = &s->rows;
        return rc;
}

static int next(struct sql_rows *r, struct err *err)
{
        struct stmt *s = (struct stmt *)r;

        if (s->done)
                return 0;
        int rc = sqlite3_step(s->handle);
        if (rc == SQLITE_ROW)
                return 1;
        s->done = true;
        return rc == SQLITE_DONE ? 0 : fail(s->conn, rc, s->text, err);
}

static void end(struct sql_rows *r)
{
        give_back((struct stmt *)r);
}

static bool col_is_null(const struct sql_rows *r, int col)
{
        return sqlite3_column_type(((const struct stmt *)r)->handle, col) ==
               SQLITE_NULL;
}

static int64_t col_int(const struct sql_rows *r, int col)
{
        return sqlite3_column_int64(((const struct stmt *)r)->handle, col);
}

static double col_double(const struct sql_rows *r, int col)
{
        return sqlite3_column_double(((const struct stmt *)r)->handle, col);
}

static struct str col_str(const struct sql_rows *r, int col)
{
        sqlite3_stmt *h = ((const struct stmt *)r)->handle;
        int type = sqlite3_column_type(h, col);

        if (type == SQLITE_NULL)
                return STR_NULL;
        const char *p = type == SQLITE_BLOB
                                ? sqlite3_column_blob(h, col)
                                : (const char *)sqlite3_column_text(h, col);
        int n = sqlite3_column_bytes(h, col);
        return p ? (struct str) { p, (size_t)n } : STR("");
}

/* Transactions */

static int set_wait(struct sql *db, int seconds, struct err *err)
{
        struct conn *c = (struct conn *)db;
        int rc = sqlite3_busy_timeout(c->db, seconds * 1000);

        return rc == SQLITE_OK ? 0 : fail(c, rc, "busy_timeout", err);
}

static int begin(struct sql *db, struct err *err)
{
        int64_t changed;

        return run(db, err, &changed, "BEGIN IMMEDIATE", NULL, 0);
}

static int commit(struct sql *db, struct err *err)
{
        int64_t changed;

        return run(db, err, &changed, "COMMIT", NULL, 0);
}

static void rollback(struct sql *db)
{
        struct conn *c = (struct conn *)db;
        struct err err;
        int64_t changed;

        /* A full disk has rolled it back already. */
        if (!sqlite3_get_autocommit(c->db))
                (void)!run(db, &err, &changed, "ROLLBACK", NULL, 0);
}

/* Opening and closing */

static void conn_close(struct sql *db)
{
        struct conn *c = (struct conn *)db;

        for (struct stmt *s = c->all; s; s = s->next)
                sqlite3_finalize(s->handle);
        sqlite3_close(c->db);
        arena_free(c->a);
}

static const struct sql_driver driver = {
        .close = conn_close,
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

/* Order by bytes, under the name that PostgreSQL has for it. */
static int compare_bytes(void *unused, int n1, const void *p1, int n2,
                         const void *p2)
{
        (void)unused;
        return str_cmp((struct str) { p1, (size_t)n1 },
                       (struct str) { p2, (size_t)n2 });
}

/*
 * Make the file when absent, for its owner only, since it holds subscribers'
 * addresses; and learn what is in the way in the system's own words. One that
 * is there is not opened: to close it would drop the locks that another
 * connection of this process has on it (fcntl(2)).
 */
static int touch(const char *path, struct err *err)
{
        int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        struct stat st;

        if (fd >= 0) {
                close(fd);
                return 0;
        }
        if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
                errno = EISDIR;
        if (errno != EEXIST || access(path, R_OK | W_OK) < 0)
                return err_sys(err, "store %s", path);
        return 0;
}

/*
 * Two that open a new file at once may bar each other from changing its mode;
 * SQLite says so at once instead of waiting, since neither could move.
 */
static int set_wal(struct conn *c)
{
        const int nap_ms = 20;
        int rc = SQLITE_BUSY;

        for (int ms = 0; ms < SQL_BUSY_WAIT_S * 1000; ms += nap_ms) {
                rc = sqlite3_exec(c->db, wal, NULL, NULL, NULL);
                if ((rc & 0xff) != SQLITE_BUSY)
                        return rc;
                sqlite3_sleep(nap_ms);
        }
        return rc;
}

static int set_up(struct conn *c, const char *path, struct err *err)
{
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
        int rc = sqlite3_open_v2(path, &c->db, flags, NULL);

        if (rc != SQLITE_OK)
                return fail(c, rc, path, err);
        sqlite3_extended_result_codes(c->db, 1);
        sqlite3_busy_timeout(c->db, SQL_BUSY_WAIT_S * 1000);
        if (sqlite3_db_readonly(c->db, "main") == 1)
                return fail(c, SQLITE_READONLY, path, err);
        rc = sqlite3_create_collation(c->db, "C", SQLITE_UTF8, NULL,
                                      compare_bytes);
        if (rc == SQLITE_OK)
                rc = set_wal(c);
        if (rc == SQLITE_OK)
                rc = sqlite3_exec(c->db, settings, NULL, NULL, NULL);
        return rc == SQLITE_OK ? 0 : fail(c, rc, settings, err);
}

int sql_sqlite_open(struct str url, struct sql **ret, struct err *err)
{
        struct arena *a = arena_new(ARENA_MAX_B);
        struct conn *c = arena_alloc(a, sizeof(*c));
        const char *path = arena_cstr(a, url);

        c->sql.driver = &driver;
        c->a = a;
        c->stmts = map_new(a);
        int rc = touch(path, err);
        if (rc == 0) {
                rc = set_up(c, path, err);
                if (rc < 0)
                        err_add(err, "%s", path);
        }
        if (rc < 0) {
                conn_close(&c->sql);
                return rc;
        }
        *ret = &c->sql;
        return 0;
}

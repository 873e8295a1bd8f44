#ifndef STORE_SQL_H
#define STORE_SQL_H

/*
 * A database in few words: open, run, query, transaction. Three drivers:
 * sqlite, postgres and one that fails at the Nth call (for tests).
 *
 * A statement is one literal with ? for each value, in the SQL that SQLite
 * 3.40 and PostgreSQL 15 both speak. Statements are prepared once and kept by
 * the connection. One connection belongs to one thread.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;      /* a connection */
struct sql_rows; /* a query under way */

enum sql_kind { SQL_NULL, SQL_INT, SQL_DOUBLE, SQL_TEXT, SQL_BLOB };

struct sql_arg {
        enum sql_kind kind;
        int64_t i;
        double d;
        struct str s;
        bool is_null; /* of that kind, as PostgreSQL wants to know it */
};

struct sql_arg sql_int(int64_t i);
struct sql_arg sql_double(double d);
struct sql_arg sql_text(struct str s); /* absent gives NULL */
struct sql_arg sql_blob(struct str s);
struct sql_arg sql_time(int64_t at); /* TIME_NONE gives NULL */
struct sql_arg sql_null(void);

#define SQL_ARGS(...)                                                          \
        (const struct sql_arg[]) { __VA_ARGS__ },                              \
                sizeof((const struct sql_arg[]) { __VA_ARGS__ }) /             \
                        sizeof(struct sql_arg)
#define SQL_NO_ARGS NULL, (size_t)0

/* A file name or a postgresql:// URL. A file's folder must be there. */
NODISCARD int sql_open(struct str url, struct sql **ret, struct err *err);
/* The same connection, whose Nth call from now on fails with ERR_STORE (n = 1:
 * the next). Owns inner. */
struct sql *sql_failing_new(struct sql *inner, long n);
/* How many calls the failing driver has seen. */
long sql_failing_count(const struct sql *db);
void sql_close(struct sql *db); /* NULL is fine */

bool sql_is_postgres(const struct sql *db);

/* Run a statement that gives no rows. *ret_changed (may be NULL): rows changed.
 */
NODISCARD int sql_run(struct sql *db, struct err *err, int64_t *ret_changed,
                      const char *text, const struct sql_arg *args, size_t n);

/* Several statements without values, parted by ';' : for migrations. */
NODISCARD int sql_script(struct sql *db, struct err *err, struct str script);

/*
 * Query: sql_query, then sql_next until 0, then sql_end (always, also after an
 * error). Texts of a row are borrowed until the next sql_next.
 */
NODISCARD int sql_query(struct sql *db, struct err *err, struct sql_rows **ret,
                        const char *text, const struct sql_arg *args, size_t n);
/* 1: a row; 0: no more; negative: failed. */
NODISCARD int sql_next(struct sql_rows *r, struct err *err);
void sql_end(struct sql_rows *r); /* NULL is fine */

bool sql_col_is_null(const struct sql_rows *r, int col);
int64_t sql_col_int(const struct sql_rows *r, int col);  /* NULL: 0 */
int64_t sql_col_time(const struct sql_rows *r, int col); /* NULL: TIME_NONE */
double sql_col_double(const struct sql_rows *r, int col);
struct str sql_col_str(const struct sql_rows *r, int col); /* NULL: absent */
/* The same, copied into a. */
struct str sql_col_copy(struct arena *a, const struct sql_rows *r, int col);

/* One integer of one row. ERR_ABSENT when there is no row. */
NODISCARD int sql_get_int(struct sql *db, struct err *err, int64_t *ret,
                          const char *text, const struct sql_arg *args,
                          size_t n);

/*
 * Transactions don't nest. sql_begin takes the write lock at once (SQLite:
 * BEGIN IMMEDIATE), waiting up to 30 s: ERR_BUSY after that. sql_rollback
 * can't fail and does nothing outside a transaction; after a failed sql_commit
 * it is due.
 */
NODISCARD int sql_begin(struct sql *db, struct err *err);
NODISCARD int sql_commit(struct sql *db, struct err *err);
void sql_rollback(struct sql *db);

/*
 * From now on a call gives up (ERR_BUSY, or ERR_STORE when the server is
 * silent) after so many seconds instead of 30: for who must answer others
 * meanwhile.
 */
NODISCARD int sql_set_wait(struct sql *db, int seconds, struct err *err);

/* Within a transaction: who asks for the same number waits till it ends (on
 * SQLite they wait for each other anyhow). */
NODISCARD int sql_lock(struct sql *db, int64_t number, struct err *err);

/*
 * For work that must be whole whether or not the caller has a transaction:
 *
 *   rc = sql_enter(db, &own, err);        begins one if there is none
 *   if (rc == 0)
 *           rc = sql_leave(db, own, work(), err);
 *
 * sql_leave commits (or on a negative rc rolls back) what sql_enter began.
 */
NODISCARD int sql_enter(struct sql *db, bool *ret_own, struct err *err);
NODISCARD int sql_leave(struct sql *db, bool own, int rc, struct err *err);

#endif

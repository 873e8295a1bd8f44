/* The drivers: values, rows, transactions, faults; the same on both engines. */

#include "store_fixture.h"

#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>

static void make_table(struct fixture *f)
{
        assert_ok(sql_script(f->db, &f->err,
                             STR("CREATE TABLE t (id BIGINT PRIMARY KEY, "
                                 "i BIGINT, d DOUBLE PRECISION, s TEXT);\n"
                                 "-- a comment; with a semicolon and a ?\n"
                                 "CREATE INDEX t_i ON t (i)")),
                  f->err);
}

static int put(struct sql *db, int64_t id, int64_t i, struct err *err)
{
        return sql_run(db, err, NULL, "INSERT INTO t (id, i) VALUES (?, ?)",
                       SQL_ARGS(sql_int(id), sql_int(i)));
}

static void test_values(void **state)
{
        struct fixture *f = fixture_of(state);
        const struct {
                int64_t i;
                double d;
                const char *s;
        } rows[] = {
                { 0, 0, "" },
                { INT64_MAX, 1e300, "plain" },
                { INT64_MIN + 1, -1e-300, "it's \"quoted\" \\ ? $1" },
                { -1, 0.1, "\xe2\x82\xac \xf0\x9f\x93\xb0\n\ttwo lines" },
                { 42, 1.0 / 3, NULL },
        };
        struct sql_rows *r;

        make_table(f);
        for (size_t k = 0; k < 5; k++) {
                int64_t changed;
                assert_ok(sql_run(f->db, &f->err, &changed,
                                  "INSERT INTO t (id, i, d, s) "
                                  "VALUES (?, ?, ?, ?)",
                                  SQL_ARGS(sql_int((int64_t)k),
                                           sql_time(rows[k].i),
                                           sql_double(rows[k].d),
                                           sql_text(str_c(rows[k].s)))),
                          f->err);
                assert_int_equal(changed, 1);
        }
        assert_ok(sql_query(f->db, &f->err, &r,
                            "SELECT i, d, s, '?' FROM t ORDER BY id",
                            SQL_NO_ARGS),
                  f->err);
        for (size_t k = 0; k < 5; k++) {
                assert_int_equal(sql_next(r, &f->err), 1);
                assert_true(sql_col_int(r, 0) == rows[k].i);
                assert_true(sql_col_double(r, 1) == rows[k].d);
                assert_int_equal(sql_col_is_null(r, 2), !rows[k].s);
                if (rows[k].s)
                        assert_str(sql_col_copy(f->a, r, 2), rows[k].s);
                else
                        assert_null(sql_col_copy(f->a, r, 2).p);
                assert_str(sql_col_str(r, 3), "?");
        }
        assert_int_equal(sql_next(r, &f->err), 0);
        assert_int_equal(sql_next(r, &f->err), 0);
        sql_end(r);
}

static void test_nulls(void **state)
{
        struct fixture *f = fixture_of(state);
        struct sql_rows *r;

        make_table(f);
        assert_ok(sql_run(f->db, &f->err, NULL,
                          "INSERT INTO t (id, i, d, s) VALUES (1, ?, ?, ?)",
                          SQL_ARGS(sql_time(TIME_NONE), sql_null(),
                                   sql_text(STR_NULL))),
                  f->err);
        assert_ok(sql_query(f->db, &f->err, &r, "SELECT i, d, s FROM t",
                            SQL_NO_ARGS),
                  f->err);
        assert_int_equal(sql_next(r, &f->err), 1);
        for (int col = 0; col < 3; col++)
                assert_true(sql_col_is_null(r, col));
        assert_true(sql_col_time(r, 0) == TIME_NONE);
        assert_int_equal(sql_col_int(r, 0), 0);
        assert_true(sql_col_double(r, 1) == 0);
        assert_null(sql_col_str(r, 2).p);
        sql_end(r);

        int64_t i = 7;
        assert_int_equal(sql_get_int(f->db, &f->err, &i,
                                     "SELECT i FROM t WHERE id = ?",
                                     SQL_ARGS(sql_int(99))),
                         ERR_ABSENT);
        assert_int_equal(i, 7);
}

/* All 256 bytes, NUL among them. */
static void test_bytes(void **state)
{
        struct fixture *f = fixture_of(state);
        char bytes[256];
        struct sql_rows *r;

        for (int k = 0; k < 256; k++)
                bytes[k] = (char)k;
        assert_ok(sql_script(
                          f->db, &f->err,
                          sql_is_postgres(f->db)
                                  ? STR("CREATE TABLE b (one BYTEA, two BYTEA)")
                                  : STR("CREATE TABLE b (one BLOB, two BLOB)")),
                  f->err);
        struct str all = { bytes, sizeof(bytes) };
        assert_ok(sql_run(f->db, &f->err, NULL, "INSERT INTO b VALUES (?, ?)",
                          SQL_ARGS(sql_blob(all), sql_blob(STR("")))),
                  f->err);
        assert_ok(sql_query(f->db, &f->err, &r, "SELECT one, two FROM b",
                            SQL_NO_ARGS),
                  f->err);
        assert_int_equal(sql_next(r, &f->err), 1);
        struct str one = sql_col_str(r, 0), two = sql_col_str(r, 1);
        assert_true(str_eq(one, all));
        assert_non_null(two.p);
        assert_int_equal(two.n, 0);
        sql_end(r);
}

/* The same statement within its own rows, deeper and deeper. */
static int64_t nested(struct fixture *f, int depth)
{
        struct sql_rows *r;
        int64_t sum = 0;

        if (depth == 0)
                return 1;
        assert_ok(sql_query(f->db, &f->err, &r, "SELECT id FROM t ORDER BY id",
                            SQL_NO_ARGS),
                  f->err);
        while (sql_next(r, &f->err) > 0)
                sum += nested(f, depth - 1);
        sql_end(r);
        return sum;
}

static void test_nested_queries(void **state)
{
        struct fixture *f = fixture_of(state);

        make_table(f);
        for (int64_t id = 1; id <= 3; id++)
                assert_ok(put(f->db, id, 0, &f->err), f->err);
        assert_int_equal(nested(f, 3), 27);
        assert_int_equal(nested(f, 3), 27);
}

static void test_transactions(void **state)
{
        struct fixture *f = fixture_of(state);

        make_table(f);
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        sql_rollback(f->db);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM t"), 0);

        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        assert_ok(sql_commit(f->db, &f->err), f->err);
        sql_rollback(f->db); /* nothing to do */
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM t"), 1);

        /* What a connection leaves open is undone. */
        struct sql *other = fixture_connect(f);
        assert_ok(sql_begin(other, &f->err), f->err);
        assert_ok(put(other, 2, 1, &f->err), f->err);
        sql_close(other);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM t"), 1);
}

static void test_enter_leave(void **state)
{
        struct fixture *f = fixture_of(state);
        bool outer, inner;

        make_table(f);
        assert_ok(sql_enter(f->db, &outer, &f->err), f->err);
        assert_ok(sql_enter(f->db, &inner, &f->err), f->err);
        assert_true(outer);
        assert_false(inner);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        assert_ok(sql_leave(f->db, inner, 0, &f->err), f->err);
        assert_int_equal(sql_leave(f->db, outer, ERR_INPUT, &f->err),
                         ERR_INPUT);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM t"), 0);
}

static void test_errors(void **state)
{
        struct fixture *f = fixture_of(state);

        make_table(f);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        /* Somebody was there first. */
        assert_int_equal(put(f->db, 1, 1, &f->err), ERR_STALE);
        assert_int_equal(sql_run(f->db, &f->err, NULL, "SELEKT 1", SQL_NO_ARGS),
                         ERR_STORE);
        assert_non_null(strstr(f->err.msg, "SELEKT"));
        /* A statement that failed works again. */
        assert_ok(put(f->db, 2, 1, &f->err), f->err);

        /* A transaction with a failed statement must not seem to succeed. */
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_int_equal(put(f->db, 2, 1, &f->err), ERR_STALE);
        if (sql_is_postgres(f->db))
                assert_int_equal(sql_commit(f->db, &f->err), ERR_STORE);
        sql_rollback(f->db);
        assert_ok(put(f->db, 3, 1, &f->err), f->err);
}

static void test_order_of_bytes(void **state)
{
        struct fixture *f = fixture_of(state);
        static const char *const words[] = {
                "B", "a", "b", "\xc3\xa4", "A", "_"
        };
        static const char *const sorted[] = { "A", "B", "_",
                                              "a", "b", "\xc3\xa4" };
        struct sql_rows *r;

        make_table(f);
        for (int k = 0; k < 6; k++)
                assert_ok(sql_run(f->db, &f->err, NULL,
                                  "INSERT INTO t (id, s) VALUES (?, ?)",
                                  SQL_ARGS(sql_int(k),
                                           sql_text(str_c(words[k])))),
                          f->err);
        assert_ok(sql_query(f->db, &f->err, &r,
                            "SELECT s FROM t ORDER BY s COLLATE \"C\"",
                            SQL_NO_ARGS),
                  f->err);
        for (int k = 0; k < 6; k++) {
                assert_int_equal(sql_next(r, &f->err), 1);
                assert_str(sql_col_str(r, 0), sorted[k]);
        }
        sql_end(r);
}

static void test_failing(void **state)
{
        struct fixture *f = fixture_of(state);
        struct sql_rows *r;

        make_table(f);
        f->db = sql_failing_new(f->db, 3);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        assert_ok(
                sql_query(f->db, &f->err, &r, "SELECT id FROM t", SQL_NO_ARGS),
                f->err);
        assert_int_equal(sql_next(r, &f->err), ERR_STORE);
        assert_non_null(strstr(f->err.msg, "injected fault"));
        sql_end(r);
        /* Only the third fails. */
        assert_int_equal(fixture_int(f, "SELECT id FROM t"), 1);
        assert_int_equal(sql_failing_count(f->db), 6);
}

static void test_failing_commit(void **state)
{
        struct fixture *f = fixture_of(state);

        make_table(f);
        f->db = sql_failing_new(f->db, 3);
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        assert_int_equal(sql_commit(f->db, &f->err), ERR_STORE);
        sql_rollback(f->db);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM t"), 0);
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(sql_commit(f->db, &f->err), f->err);
}

static void test_open_errors(void **state)
{
        struct fixture *f = fixture_of(state);
        struct sql *db = NULL;

        if (sql_is_postgres(f->db)) {
                assert_int_equal(
                        sql_open(
                                STR("postgresql://nobody:secret@127.0.0.1:1/x"),
                                &db, &f->err),
                        ERR_STORE);
                assert_non_null(strstr(f->err.msg, "can't connect"));
                assert_null(strstr(f->err.msg, "secret"));
                return;
        }
        assert_int_equal(sql_open(arena_printf(f->a, "%s/no/store.db", f->dir),
                                  &db, &f->err),
                         ERR_ABSENT);
        assert_int_equal(sql_open(str_c(f->dir), &db, &f->err), ERR_SYS);

        struct str path = arena_printf(f->a, "%s/text.db", f->dir);
        FILE *file = fopen(path.p, "w");
        for (int k = 0; k < 200; k++)
                fputs("this is no database, only words\n", file);
        fclose(file);
        assert_int_equal(sql_open(path, &db, &f->err), ERR_STORE);
        assert_non_null(strstr(f->err.msg, "no SQLite database"));
        assert_null(db);
}

/* Addresses of people are in it: for its owner's eyes only. */
static void test_file_mode(void **state)
{
        struct fixture *f = fixture_of(state);
        struct stat st;

        if (sql_is_postgres(f->db))
                skip();
        assert_int_equal(stat(f->url.p, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
}

/* A full disk is said in those words, and loses only the transaction. */
static void test_full_disk(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t n = 0;
        int rc;

        if (sql_is_postgres(f->db))
                skip();
        make_table(f);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        assert_int_equal(fixture_int(f, "PRAGMA max_page_count = 20"), 20);
        assert_ok(sql_begin(f->db, &f->err), f->err);
        do {
                rc = put(f->db, 2 + n, 1, &f->err);
        } while (rc == 0 && ++n < 100000);
        assert_int_equal(rc, ERR_STORE);
        assert_non_null(strstr(f->err.msg, "disk is full"));
        sql_rollback(f->db);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM t"), 1);
        assert_ok(put(f->db, 2, 1, &f->err), f->err);
}

static void test_read_only(void **state)
{
        struct fixture *f = fixture_of(state);

        make_table(f);
        assert_ok(sql_script(f->db, &f->err,
                             sql_is_postgres(f->db)
                                     ? STR("SET default_transaction_read_only "
                                           "= on")
                                     : STR("PRAGMA query_only = on")),
                  f->err);
        assert_int_equal(put(f->db, 1, 1, &f->err), ERR_DENIED);
}

struct writer {
        struct sql *db;
        int64_t first, n;
        int rc;
        struct err err;
};

static void *write_some(void *arg)
{
        struct writer *w = arg;

        for (int64_t i = 0; w->rc == 0 && i < w->n; i++) {
                w->rc = sql_begin(w->db, &w->err);
                if (w->rc < 0)
                        break;
                w->rc = put(w->db, w->first + i, i, &w->err);
                w->rc = sql_leave(w->db, true, w->rc, &w->err);
        }
        return NULL;
}

/* Writers wait for each other; none is told "busy". */
static void test_two_writers(void **state)
{
        struct fixture *f = fixture_of(state);
        struct writer w[2] = { { .n = 100 }, { .first = 1000, .n = 100 } };
        pthread_t threads[2];

        make_table(f);
        for (int k = 0; k < 2; k++) {
                w[k].db = fixture_connect(f);
                pthread_create(&threads[k], NULL, write_some, &w[k]);
        }
        for (int k = 0; k < 2; k++) {
                pthread_join(threads[k], NULL);
                sql_close(w[k].db);
        }
        for (int k = 0; k < 2; k++)
                assert_ok(w[k].rc, w[k].err);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM t"), 200);
}

/* The server threw us out: one call fails, the next one works. */
static void test_lost_connection(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t pid, ignored;

        if (!sql_is_postgres(f->db))
                skip();
        make_table(f);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        pid = fixture_int(f, "SELECT pg_backend_pid()");
        struct sql *other = fixture_connect(f);
        assert_ok(sql_get_int(other, &f->err, &ignored,
                              "SELECT CASE WHEN pg_terminate_backend("
                              "CAST(? AS INTEGER)) THEN 1 ELSE 0 END",
                              SQL_ARGS(sql_int(pid))),
                  f->err);
        sql_close(other);
        int rc = 0;
        for (int tries = 0; rc == 0 && tries < 50; tries++) {
                usleep(10000);
                rc = put(f->db, 100 + tries, 1, &f->err);
        }
        assert_int_equal(rc, ERR_STORE);
        assert_non_null(strstr(f->err.msg, "lost"));
        assert_ok(put(f->db, 2, 1, &f->err), f->err);
        assert_ok(put(f->db, 3, 1, &f->err), f->err);
}

static void end_backend(struct fixture *f, int64_t pid)
{
        struct sql *other = fixture_connect(f);
        int64_t ignored;

        assert_ok(sql_get_int(other, &f->err, &ignored,
                              "SELECT CASE WHEN pg_terminate_backend("
                              "CAST(? AS INTEGER)) THEN 1 ELSE 0 END",
                              SQL_ARGS(sql_int(pid))),
                  f->err);
        sql_close(other);
        usleep(100000);
}

/* A server that was restarted while we were idle: what changes nothing is said
 * again, and a transaction that didn't begin begins. */
static void test_restarted_server(void **state)
{
        struct fixture *f = fixture_of(state);
        int64_t i = 0;

        if (!sql_is_postgres(f->db))
                skip();
        make_table(f);
        end_backend(f, fixture_int(f, "SELECT pg_backend_pid()"));
        assert_ok(sql_get_int(f->db, &f->err, &i, "SELECT 7", SQL_NO_ARGS),
                  f->err);
        assert_int_equal(i, 7);
        end_backend(f, fixture_int(f, "SELECT pg_backend_pid()"));
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        assert_ok(sql_commit(f->db, &f->err), f->err);
        /* Within a transaction nothing is said twice. */
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(put(f->db, 2, 1, &f->err), f->err);
        end_backend(f, fixture_int(f, "SELECT pg_backend_pid()"));
        assert_int_equal(
                sql_get_int(f->db, &f->err, &i, "SELECT 7", SQL_NO_ARGS),
                ERR_STORE);
        sql_rollback(f->db);
        assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM t"), 1);
}

static void test_short_wait(void **state)
{
        struct fixture *f = fixture_of(state);
        struct sql *other;
        int64_t began_ms;

        make_table(f);
        assert_ok(put(f->db, 1, 1, &f->err), f->err);
        other = fixture_connect(f);
        assert_ok(sql_set_wait(other, 1, &f->err), f->err);
        assert_ok(sql_begin(f->db, &f->err), f->err);
        assert_ok(sql_run(f->db, &f->err, NULL, "UPDATE t SET i = 2",
                          SQL_NO_ARGS),
                  f->err);
        began_ms = time_mono_ms();
        assert_int_equal(sql_run(other, &f->err, NULL, "UPDATE t SET i = 3",
                                 SQL_NO_ARGS),
                         ERR_BUSY);
        assert_true(time_mono_ms() - began_ms < 10000);
        sql_rollback(f->db);
        assert_ok(sql_run(other, &f->err, NULL, "UPDATE t SET i = 3",
                          SQL_NO_ARGS),
                  f->err);
        sql_close(other);
}

/* Something takes the call and never says a word. */
static void test_silent_server(void **state)
{
        (void)state;
        struct sockaddr_in sa = { .sin_family = AF_INET };
        socklen_t n = sizeof(sa);
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        int64_t began_ms = time_mono_ms();
        struct sql *db;
        struct err err;
        char url[64];

        sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        assert_int_equal(bind(fd, (struct sockaddr *)&sa, n), 0);
        assert_int_equal(listen(fd, 1), 0);
        assert_int_equal(getsockname(fd, (struct sockaddr *)&sa, &n), 0);
        snprintf(url, sizeof(url), "postgresql://127.0.0.1:%d/none",
                 ntohs(sa.sin_port));
        alarm(60); /* it would hang for ever */
        assert_int_equal(sql_open(str_c(url), &db, &err), ERR_STORE);
        alarm(0);
        assert_true(time_mono_ms() - began_ms < 30000);
        close(fd);
}

STORE_MAIN(STORE_TEST_BARE(test_values), STORE_TEST_BARE(test_nulls),
           STORE_TEST_BARE(test_bytes), STORE_TEST_BARE(test_nested_queries),
           STORE_TEST_BARE(test_transactions),
           STORE_TEST_BARE(test_enter_leave), STORE_TEST_BARE(test_errors),
           STORE_TEST_BARE(test_order_of_bytes), STORE_TEST_BARE(test_failing),
           STORE_TEST_BARE(test_failing_commit),
           STORE_TEST_BARE(test_open_errors), STORE_TEST_BARE(test_file_mode),
           STORE_TEST_BARE(test_full_disk), STORE_TEST_BARE(test_read_only),
           STORE_TEST_BARE(test_two_writers),
           STORE_TEST_BARE(test_lost_connection),
           STORE_TEST_BARE(test_restarted_server),
           STORE_TEST_BARE(test_short_wait),
           STORE_TEST_BARE(test_silent_server), )

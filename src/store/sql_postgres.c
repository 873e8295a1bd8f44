/* PostgreSQL: the store that several hosts share. */

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/scan.h"
#include "store/sql_driver.h"

#define ARENA_MAX_B ((size_t)16 << 20) /* statements are literals: few */
#define STATEMENT_MAX_B ((size_t)64 << 10)
#define CONNECT_WAIT_S 5 /* for a server that takes the call and is silent */
#define NUMBER_MAX 16

/* Types by number, as pg_type has them since ever. */
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_TEXT 25
#define OID_FLOAT8 701

struct conn {
        struct sql sql; /* first */
        struct arena *a;
        PGconn *pg;
        const char *url;
        int wait_s;
        bool is_hasty;     /* wait_s bounds every statement, not only locks */
        struct map *stmts; /* text -> struct stmt */
        struct rows *idle; /* to be used again */
        unsigned long session; /* counts connections: old statements are gone */
};

struct stmt {
        const char *name;
        unsigned long session;
};

struct rows {
        struct sql_rows rows; /* first */
        struct conn *conn;
        PGresult *result;
        int row;
        struct arena *blobs; /* unescaped bytes of the row; NULL if none */
        struct rows *next;   /* while idle */
};

/* The values of one statement as libpq wants them: binary, with their types. */
struct params {
        Oid types[SQL_ARGS_MAX];
        const char *values[SQL_ARGS_MAX];
        int lengths[SQL_ARGS_MAX], formats[SQL_ARGS_MAX];
        uint64_t numbers[SQL_ARGS_MAX];
};

/* Errors */

/* The first line of libpq's message, without its end. */
static struct str first_line(const char *message)
{
        struct str rest = str_c(message), line;

        return str_cut(&rest, '\n', &line) ? str_trim(line) : STR("");
}

static bool is_state(const char *state, const char *list)
{
        return strlen(state) == 5 && strstr(list, state);
}

static enum err_code code_of(const char *state)
{
        /* serialization, deadlock, lock timeout, statement timeout */
        if (is_state(state, "40001 40P01 55P03 57014"))
                return ERR_BUSY;
        if (is_state(state, "23505")) /* unique: somebody was first */
                return ERR_STALE;
        /* no right, read only */
        if (is_state(state, "42501 25006"))
                return ERR_DENIED;
        /* bytes that are not UTF-8 */
        if (is_state(state, "22021"))
                return ERR_INPUT;
        return ERR_STORE;
}

static int fail(struct conn *c, const PGresult *result, const char *text,
                struct err *err)
{
        const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        const char *what = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

        if (PQstatus(c->pg) == CONNECTION_BAD || !state)
                return err_set(err, ERR_STORE,
                               "store: the connection to PostgreSQL was "
                               "lost: " STR_FMT,
                               STR_ARG(first_line(PQerrorMessage(c->pg))));
        if (is_state(state, "53100"))
                return err_set(err, ERR_STORE,
                               "store: PostgreSQL's disk is full: nothing was "
                               "changed; free some space and try again");
        return err_set(err, code_of(state), "store: %s [%s] (in: %.80s)",
                       what ? what : "", state, text);
}

/* 0 when the result is what we want, or rows where we want none. */
static int check(struct conn *c, PGresult *result, ExecStatusType want,
                 const char *text, struct err *err)
{
        ExecStatusType status = PQresultStatus(result);

        if (status == want ||
            (want == PGRES_COMMAND_OK && status == PGRES_TUPLES_OK))
                return 0;
        return fail(c, result, text, err);
}

/* The connection */

static void say_nothing(void *unused, const PGresult *notice)
{
        (void)unused;
        (void)notice;
}

/*
 * A host that went away without a word (power, cable) would else hold us for a
 * quarter of an hour. What the URL says of these outranks us.
 */
static PGconn *call(const struct conn *c)
{
        char connect_s[NUMBER_MAX], silent_ms[NUMBER_MAX];
        const char *const names[] = {
                "connect_timeout",
                "tcp_user_timeout",
                "keepalives_idle",
                "keepalives_interval",
                "keepalives_count",
                "dbname",
                NULL,
        };
        const char *const values[] = {
                connect_s, silent_ms, "30", "10", "3", c->url, NULL,
        };

        snprintf(connect_s, sizeof(connect_s), "%d",
                 c->wait_s < CONNECT_WAIT_S ? c->wait_s : CONNECT_WAIT_S);
        snprintf(silent_ms, sizeof(silent_ms), "%d", 1000 * c->wait_s);
        return PQconnectdbParams(names, values, 1);
}

static int set_up(struct conn *c, struct err *err)
{
        char text[256];

        if (PQstatus(c->pg) != CONNECTION_OK)
                return err_set(err, ERR_STORE,
                               "store: can't connect to PostgreSQL: " STR_FMT,
                               STR_ARG(first_line(PQerrorMessage(c->pg))));
        PQsetNoticeReceiver(c->pg, say_nothing, NULL);
        c->session++;
        snprintf(text, sizeof(text),
                 "SET client_encoding = 'UTF8'; SET bytea_output = 'hex';"
                 "SET lock_timeout = '%ds'; SET statement_timeout = '%ds'",
                 c->wait_s, c->is_hasty ? c->wait_s : 0);

        PGresult *result = PQexec(c->pg, text);
        int rc = check(c, result, PGRES_COMMAND_OK, "SET", err);
        PQclear(result);
        return rc;
}

/* Come back after a lost connection, between two transactions only. */
static int mend(struct conn *c, struct err *err)
{
        if (PQstatus(c->pg) == CONNECTION_OK || c->sql.in_transaction)
                return 0;
        PQfinish(c->pg);
        c->pg = call(c);
        return set_up(c, err);
}

static int set_wait(struct sql *db, int seconds, struct err *err)
{
        struct conn *c = (struct conn *)db;

        c->wait_s = seconds;
        c->is_hasty = true;
        PQfinish(c->pg);
        c->pg = call(c);
        return set_up(c, err);
}

/* Statements */

/* The text with $1, $2 for each ? that stands outside quotes and comments. */
static int number_params(const char *text, struct buf *out)
{
        int n = 0;
        char quote = 0;

        for (const char *p = text; *p; p++) {
                if (quote) {
                        if (*p == quote)
                                quote = 0;
                } else if (*p == '\'' || *p == '"') {
                        quote = *p;
                } else if (*p == '-' && p[1] == '-') {
                        quote = '\n';
                } else if (*p == '?') {
                        buf_printf(out, "$%d", ++n);
                        continue;
                }
                buf_char(out, *p);
        }
        return n;
}

static int prepare(struct conn *c, const char *text, const char *name,
                   const struct params *params, size_t n, struct err *err)
{
        struct buf b;

        buf_init(&b, STATEMENT_MAX_B);
        int count = number_params(text, &b);
        assert(buf_ok(&b) && (size_t)count == n);

        PGresult *result =
                PQprepare(c->pg, name, buf_cstr(&b), count, params->types);
        int rc = check(c, result, PGRES_COMMAND_OK, text, err);
        PQclear(result);
        buf_done(&b);
        return rc;
}

static int find_stmt(struct conn *c, const char *text,
                     const struct params *params, size_t n,
                     const char **ret_name, struct err *err)
{
        void **at = map_at(c->stmts, str_c(text));
        struct stmt *s = *at;

        if (!s) {
                s = arena_alloc(c->a, sizeof(*s));
                s->name = arena_printf(c->a, "s%zu", map_count(c->stmts)).p;
                *at = s;
        }
        if (s->session != c->session) {
                int rc = prepare(c, text, s->name, params, n, err);
                if (rc < 0)
                        return rc;
                s->session = c->session;
        }
        *ret_name = s->name;
        return 0;
}

static void set_number(struct params *p, size_t i, uint64_t bits, Oid type)
{
        p->types[i] = type;
        p->numbers[i] = htobe64(bits);
        p->values[i] = (const char *)&p->numbers[i];
        p->lengths[i] = sizeof(bits);
}

static void set_bytes(struct params *p, size_t i, struct str s, Oid type)
{
        p->types[i] = type;
        p->values[i] = s.p;
        p->lengths[i] = (int)s.n;
}

static int set_params(struct params *p, const struct sql_arg *args, size_t n,
                      struct err *err)
{
        uint64_t bits;

        for (size_t i = 0; i < n; i++) {
                p->formats[i] = 1;
                if (args[i].s.n > INT32_MAX)
                        return err_set(err, ERR_LIMIT,
                                       "store: a value over 2 GB");
                switch (args[i].kind) {
                case SQL_INT:
                        set_number(p, i, (uint64_t)args[i].i, OID_INT8);
                        break;
                case SQL_DOUBLE:
                        memcpy(&bits, &args[i].d, sizeof(bits));
                        set_number(p, i, bits, OID_FLOAT8);
                        break;
                case SQL_TEXT:
                        set_bytes(p, i, args[i].s, OID_TEXT);
                        break;
                case SQL_BLOB:
                        set_bytes(p, i, args[i].s, OID_BYTEA);
                        break;
                default:
                        set_bytes(p, i, STR_NULL, 0);
                }
                if (args[i].is_null)
                        p->values[i] = NULL;
        }
        return 0;
}

/* Run text; *ret is cleared by the caller, also after a failure. */
static int exec_once(struct conn *c, const char *text,
                     const struct sql_arg *args, size_t n, PGresult **ret,
                     struct err *err)
{
        struct params p;
        const char *name = NULL;

        *ret = NULL;
        int rc = mend(c, err);
        if (rc == 0)
                rc = set_params(&p, args, n, err);
        if (rc == 0)
                rc = find_stmt(c, text, &p, n, &name, err);
        if (rc < 0)
                return rc;
        *ret = PQexecPrepared(c->pg, name, (int)n, p.values, p.lengths,
                              p.formats, 0);
        return 0;
}

/* Does it change nothing, so that it may be said twice? */
static bool is_harmless(const char *text)
{
        struct str s = str_c(text);

        return str_starts(s, STR("SELECT ")) || str_eq(s, STR("BEGIN"));
}

/* The server was restarted while we had nothing to say: begin anew with it. */
static int exec(struct conn *c, const char *text, const struct sql_arg *args,
                size_t n, PGresult **ret, struct err *err)
{
        bool was_open = PQstatus(c->pg) == CONNECTION_OK;
        int rc = exec_once(c, text, args, n, ret, err);

        if (!was_open || PQstatus(c->pg) == CONNECTION_OK ||
            c->sql.in_transaction || !is_harmless(text))
                return rc;
        PQclear(*ret);
        return exec_once(c, text, args, n, ret, err);
}

static int run(struct sql *db, struct err *err, int64_t *ret_changed,
               const char *text, const struct sql_arg *args, size_t n)
{
        struct conn *c = (struct conn *)db;
        PGresult *result;
        int rc = exec(c, text, args, n, &result, err);

        if (rc == 0)
                rc = check(c, result, PGRES_COMMAND_OK, text, err);
        if (rc == 0 &&
            scan_i64(str_c(PQcmdTuples(result)), 0, INT64_MAX, ret_changed) < 0)
                *ret_changed = 0;
        PQclear(result);
        return rc;
}

static int script(struct sql *db, struct err *err, struct str text)
{
        struct conn *c = (struct conn *)db;
        struct arena *a = arena_new(text.n + 1);
        int rc = mend(c, err);

        if (rc == 0) {
                PGresult *result = PQexec(c->pg, arena_cstr(a, text));
                rc = check(c, result, PGRES_COMMAND_OK, "a script", err);
                PQclear(result);
        }
        arena_free(a);
        return rc;
}

/* Rows: the whole result is here when the query returns. */

static struct rows *take_rows(struct conn *c)
{
        struct rows *r = c->idle;

        if (r)
                c->idle = r->next;
        else
                r = arena_alloc(c->a, sizeof(*r));
        r->rows.db = &c->sql;
        r->conn = c;
        r->row = -1;
        r->next = NULL;
        return r;
}

static int query(struct sql *db, struct err *err, struct sql_rows **ret,
                 const char *text, const struct sql_arg *args, size_t n)
{
        struct conn *c = (struct conn *)db;
        PGresult *result;
        int rc = exec(c, text, args, n, &result, err);

        if (rc == 0)
                rc = check(c, result, PGRES_TUPLES_OK, text, err);
        if (rc < 0) {
                PQclear(result);
                return rc;
        }
        struct rows *r = take_rows(c);
        r->result = result;
        *ret = &r->rows;
        return 0;
}

static int next(struct sql_rows *rows, struct err *err)
{
        struct rows *r = (struct rows *)rows;

        (void)err;
        if (r->blobs)
                arena_reset(r->blobs);
        if (r->row + 1 >= PQntuples(r->result))
                return 0;
        r->row++;
        return 1;
}

static void end(struct sql_rows *rows)
{
        struct rows *r = (struct rows *)rows;

        PQclear(r->result);
        arena_free(r->blobs);
        r->result = NULL;
        r->blobs = NULL;
        r->next = r->conn->idle;
        r->conn->idle = r;
}

static bool col_is_null(const struct sql_rows *rows, int col)
{
        const struct rows *r = (const struct rows *)rows;

        return PQgetisnull(r->result, r->row, col);
}

static struct str raw(const struct rows *r, int col)
{
        if (PQgetisnull(r->result, r->row, col))
                return STR_NULL;
        return (struct str) { PQgetvalue(r->result, r->row, col),
                              (size_t)PQgetlength(r->result, r->row, col) };
}

static int64_t col_int(const struct sql_rows *rows, int col)
{
        int64_t i;
        struct str s = raw((const struct rows *)rows, col);

        return scan_i64(s, INT64_MIN, INT64_MAX, &i) < 0 ? 0 : i;
}

static double col_double(const struct sql_rows *rows, int col)
{
        double d;

        return scan_double(raw((const struct rows *)rows, col), &d) < 0 ? 0 : d;
}

/* Bytes come as \x and hex digits. */
static struct str unescape(struct rows *r, struct str s)
{
        size_t n;
        unsigned char *p = PQunescapeBytea((const unsigned char *)s.p, &n);

        if (!r->blobs)
                r->blobs = arena_new(s.n);
        struct str bytes = arena_str(
                r->blobs, (struct str) { p ? (const char *)p : "", p ? n : 0 });
        PQfreemem(p);
        return bytes;
}

static struct str col_str(const struct sql_rows *rows, int col)
{
        const struct rows *r = (const struct rows *)rows;
        struct str s = raw(r, col);

        if (s.p && PQftype(r->result, col) == OID_BYTEA)
                return unescape((struct rows *)rows, s);
        return s;
}

/* Transactions */

static int begin(struct sql *db, struct err *err)
{
        int64_t changed;

        return run(db, err, &changed, "BEGIN", NULL, 0);
}

static int commit(struct sql *db, struct err *err)
{
        struct conn *c = (struct conn *)db;
        PGresult *result = PQexec(c->pg, "COMMIT");
        int rc = check(c, result, PGRES_COMMAND_OK, "COMMIT", err);

        /* The server's way to say that a statement had failed before. */
        if (rc == 0 && strcmp(PQcmdStatus(result), "ROLLBACK") == 0)
                rc = err_set(
                        err, ERR_STORE,
                        "store: the transaction had failed before its end");
        PQclear(result);
        return rc;
}

static void rollback(struct sql *db)
{
        struct conn *c = (struct conn *)db;

        if (PQtransactionStatus(c->pg) != PQTRANS_IDLE)
                PQclear(PQexec(c->pg, "ROLLBACK"));
}

/* Opening and closing */

static void conn_close(struct sql *db)
{
        struct conn *c = (struct conn *)db;

        PQfinish(c->pg);
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

int sql_postgres_open(struct str url, struct sql **ret, struct err *err)
{
        struct arena *a = arena_new(ARENA_MAX_B);
        struct conn *c = arena_alloc(a, sizeof(*c));

        c->sql.driver = &driver;
        c->sql.is_postgres = true;
        c->a = a;
        c->stmts = map_new(a);
        c->url = arena_cstr(a, url);
        c->wait_s = SQL_BUSY_WAIT_S;
        c->pg = call(c);
        int rc = set_up(c, err);
        if (rc < 0) {
                conn_close(&c->sql);
                return rc;
        }
        *ret = &c->sql;
        return 0;
}

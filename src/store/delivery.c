#include "store/delivery.h"

#include "base/arena.h"
#include "store/rows.h"
#include "store/sql.h"

/* Counts, by increment */

/*
 * Every change of state touches the count of 'claimed' or is a freeze, and the
 * states are taken in the order of the alphabet, 'claimed' first: so two
 * workers on PostgreSQL wait for each other but never in a circle.
 */
static int count_add(struct sql *db, int64_t edition_id, struct str state,
                     int64_t n, struct err *err)
{
        return sql_run(
                db, err, NULL,
                "INSERT INTO delivery_count (edition_id, state, n) "
                "VALUES (?, ?, ?) ON CONFLICT (edition_id, state) "
                "DO UPDATE SET n = delivery_count.n + excluded.n",
                SQL_ARGS(sql_int(edition_id), sql_text(state), sql_int(n)));
}

/* n letters of an edition went from one state to the other. */
static int count_move(struct sql *db, int64_t edition_id, struct str from,
                      struct str to, int64_t n, struct err *err)
{
        bool from_first = str_cmp(from, to) < 0;
        int rc;

        if (n == 0 || str_eq(from, to))
                return 0;
        rc = count_add(db, edition_id, from_first ? from : to,
                       from_first ? -n : n, err);
        if (rc < 0)
                return rc;
        return count_add(db, edition_id, from_first ? to : from,
                         from_first ? n : -n, err);
}

static int64_t *count_of(struct delivery_counts *c, struct str state)
{
        const struct {
                struct str state;
                int64_t *n;
        } all[] = {
                { STR("pending"), &c->pending },
                { STR("claimed"), &c->claimed },
                { STR("sent"), &c->sent },
                { STR("deferred"), &c->deferred },
                { STR("failed"), &c->failed },
                { STR("uncertain"), &c->uncertain },
                { STR("skipped"), &c->skipped },
        };

        for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
                if (str_eq(state, all[i].state))
                        return all[i].n;
        return NULL;
}

int delivery_counts(struct sql *db, int64_t edition_id,
                    struct delivery_counts *ret, struct err *err)
{
        struct sql_rows *r;
        struct delivery_counts counts = { 0 };
        int rc = edition_id ? sql_query(db, err, &r,
                                        "SELECT state, n FROM delivery_count "
                                        "WHERE edition_id = ?",
                                        SQL_ARGS(sql_int(edition_id)))
                            : sql_query(db, err, &r,
                                        "SELECT state, CAST(SUM(n) AS BIGINT) "
                                        "FROM delivery_count GROUP BY state",
                                        SQL_NO_ARGS);

        while (rc >= 0 && (rc = sql_next(r, err)) > 0) {
                int64_t *n = count_of(&counts, sql_col_str(r, 0));

                if (n)
                        *n = sql_col_int(r, 1);
        }
        sql_end(r);
        if (rc == 0)
                *ret = counts;
        return rc;
}

/* Freezing the audience */

/* Hold the edition's row, so that only one process freezes it at a time. */
static int lock_edition(struct sql *db, int64_t edition_id, struct err *err)
{
        int64_t changed;
        int rc = sql_run(db, err, &changed,
                         "UPDATE edition SET revision = revision WHERE id = ?",
                         SQL_ARGS(sql_int(edition_id)));

        if (rc == 0 && !changed)
                return err_set(err, ERR_ABSENT, "there is no edition %lld",
                               (long long)edition_id);
        return rc;
}

struct freeze {
        int64_t edition_id, correction, now, n;
        struct str prefix, domain;
};

/* All who are active. */
static int add_audience(struct sql *db, struct freeze *f, struct err *err)
{
        return sql_run(
                db, err, &f->n,
                "INSERT INTO delivery (edition_id, correction, subscriber_id, "
                "state, due_at, tries, message_id, changed_at) "
                "SELECT ?, 0, id, 'pending', ?, 0, "
                "? || '.' || substr(token, 1, 16) || '@' || ?, ? "
                "FROM subscriber WHERE state = 'active' ORDER BY id",
                SQL_ARGS(sql_int(f->edition_id), sql_int(f->now),
                         sql_text(f->prefix), sql_text(f->domain),
                         sql_int(f->now)));
}

/* Of those whom the edition was frozen for. */
static int add_same_audience(struct sql *db, struct freeze *f, struct err *err)
{
        return sql_run(
                db, err, &f->n,
                "INSERT INTO delivery (edition_id, correction, subscriber_id, "
                "state, due_at, tries, message_id, changed_at) "
                "SELECT d.edition_id, ?, s.id, 'pending', ?, 0, "
                "? || '.' || substr(s.token, 1, 16) || '@' || ?, ? "
                "FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id "
                "WHERE d.edition_id = ? AND d.correction = 0 "
                "AND d.state IN ('claimed', 'sent', 'uncertain') "
                "AND s.state = 'active' ORDER BY s.id",
                SQL_ARGS(sql_int(f->correction), sql_int(f->now),
                         sql_text(f->prefix), sql_text(f->domain),
                         sql_int(f->now), sql_int(f->edition_id)));
}

static int freeze(struct sql *db, struct freeze *f, struct err *err)
{
        int64_t is_frozen;
        int rc = lock_edition(db, f->edition_id, err);

        if (rc == 0)
                rc = sql_get_int(db, err, &is_frozen,
                                 "SELECT COUNT(*) FROM (SELECT 1 FROM delivery "
                                 "WHERE edition_id = ? AND correction = ? "
                                 "LIMIT 1) d",
                                 SQL_ARGS(sql_int(f->edition_id),
                                          sql_int(f->correction)));
        if (rc < 0 || is_frozen)
                return rc;
        rc = f->correction ? add_same_audience(db, f, err)
                           : add_audience(db, f, err);
        if (rc < 0 || f->n == 0)
                return rc;
        return count_add(db, f->edition_id, STR("pending"), f->n, err);
}

static int freeze_all(struct sql *db, struct freeze *f, int64_t *ret_n,
                      struct err *err)
{
        bool own;
        int rc = sql_enter(db, &own, err);

        if (rc == 0)
                rc = sql_leave(db, own, freeze(db, f, err), err);
        if (rc == 0 && ret_n)
                *ret_n = f->n;
        return rc;
}

int delivery_freeze(struct sql *db, int64_t edition_id, struct str id_prefix,
                    struct str id_domain, int64_t now, int64_t *ret_n,
                    struct err *err)
{
        struct freeze f = { .edition_id = edition_id,
                            .now = now,
                            .prefix = id_prefix,
                            .domain = id_domain };

        return freeze_all(db, &f, ret_n, err);
}

int delivery_freeze_correction(struct sql *db, int64_t edition_id,
                               int64_t correction, struct str id_prefix,
                               struct str id_domain, int64_t now,
                               int64_t *ret_n, struct err *err)
{
        struct freeze f = { .edition_id = edition_id,
                            .correction = correction,
                            .now = now,
                            .prefix = id_prefix,
                            .domain = id_domain };

        return freeze_all(db, &f, ret_n, err);
}

/* Claiming */

#define COLUMNS                                                                \
        "id, edition_id, correction, subscriber_id, state, due_at, "           \
        "lease_until, worker, tries, message_id, changed_at, reason"

/*
 * One state at a time, so that the index gives the first n without sorting all
 * that are due. On PostgreSQL rows that another worker is just taking are
 * passed over; on SQLite our transaction is the only one that writes.
 */
#define SELECT_DUE                                                             \
        "SELECT " COLUMNS " FROM delivery "                                    \
        "WHERE state = ? AND due_at <= ? "                                     \
        "AND (lease_until IS NULL OR lease_until <= ?) "                       \
        "ORDER BY due_at, id LIMIT ?"

static void read_delivery(struct arena *a, const struct sql_rows *r, void *row)
{
        *(struct delivery *)row = (struct delivery) {
                .id = sql_col_int(r, 0),
                .edition_id = sql_col_int(r, 1),
                .correction = sql_col_int(r, 2),
                .subscriber_id = sql_col_int(r, 3),
                .state = sql_col_copy(a, r, 4),
                .due_at = sql_col_time(r, 5),
                .lease_until = sql_col_time(r, 6),
                .worker = sql_col_copy(a, r, 7),
                .tries = sql_col_int(r, 8),
                .message_id = sql_col_copy(a, r, 9),
                .changed_at = sql_col_time(r, 10),
                .reason = sql_col_copy(a, r, 11),
        };
}

struct claim {
        struct str worker;
        int64_t now, until;
        size_t n;
        struct delivery_list list;
};

static int take(struct sql *db, struct delivery *d, const struct claim *c,
                struct err *err)
{
        int rc = sql_run(db, err, NULL,
                         "UPDATE delivery SET state = 'claimed', worker = ?, "
                         "lease_until = ?, tries = tries + 1, changed_at = ? "
                         "WHERE id = ?",
                         SQL_ARGS(sql_text(c->worker), sql_int(c->until),
                                  sql_int(c->now), sql_int(d->id)));

        if (rc < 0)
                return rc;
        d->state = STR("claimed");
        d->worker = c->worker;
        d->lease_until = c->until;
        d->changed_at = c->now;
        d->tries++;
        return 0;
}

/* Take the rows of one state, then count them, edition by edition. */
static int take_all(struct sql *db, struct delivery *items, size_t n,
                    const struct claim *c, struct err *err)
{
        struct str from = n ? items[0].state : STR("claimed");
        int rc = 0;

        for (size_t i = 0; rc == 0 && i < n; i++)
                rc = take(db, &items[i], c, err);
        for (size_t i = 0, first = 0; rc == 0 && i < n; i++) {
                if (i + 1 < n && items[i + 1].edition_id == items[i].edition_id)
                        continue;
                rc = count_move(db, items[i].edition_id, from, STR("claimed"),
                                (int64_t)(i + 1 - first), err);
                first = i + 1;
        }
        return rc;
}

static int claim_state(struct arena *a, struct sql *db, struct str state,
                       struct claim *c, struct err *err)
{
        const char *text = sql_is_postgres(db) ? SELECT_DUE
                                   " FOR UPDATE SKIP LOCKED"
                                               : SELECT_DUE;
        struct rows_out out = { .read = read_delivery,
                                .row_b = sizeof(struct delivery) };
        int rc = rows_all(
                a, db,
                STATEMENT(text, SQL_ARGS(sql_text(state), sql_int(c->now),
                                         sql_int(c->now),
                                         sql_int((int64_t)(c->n - c->list.n)))),
                &out, err);

        if (rc == 0)
                rc = take_all(db, out.items, out.n, c, err);
        if (rc < 0)
                return rc;
        for (size_t i = 0; i < out.n; i++)
                c->list.items[c->list.n++] = ((struct delivery *)out.items)[i];
        return 0;
}

/* First what a dead worker left, then the fresh, then second tries. */
static int claim_all(struct arena *a, struct sql *db, struct claim *c,
                     struct err *err)
{
        const struct str states[] = { STR("claimed"), STR("pending"),
                                      STR("deferred") };
        int rc = 0;

        for (size_t i = 0; rc == 0 && i < 3 && c->list.n < c->n; i++)
                rc = claim_state(a, db, states[i], c, err);
        return rc;
}

int delivery_claim(struct arena *a, struct sql *db, struct str worker,
                   int64_t now, int64_t lease_s, size_t n,
                   struct delivery_list *ret, struct err *err)
{
        struct claim c = { .worker = arena_str(a, worker),
                           .now = now,
                           .until = now + lease_s,
                           .n = n };
        bool own;
        int rc = sql_enter(db, &own, err);

        if (rc < 0)
                return rc;
        c.list.items = arena_array(a, n, sizeof(*c.list.items));
        rc = sql_leave(db, own, claim_all(a, db, &c, err), err);
        if (rc == 0)
                *ret = c.list;
        return rc;
}

/* Ending */

struct mark {
        struct str worker, state, reason;
        int64_t due_at, now;
};

/* tries tells this claim from a later one by a worker of the same name. */
static int mark(struct sql *db, const struct delivery *d, const struct mark *m,
                struct err *err)
{
        int64_t changed;
        int rc = sql_run(
                db, err, &changed,
                "UPDATE delivery SET state = ?, due_at = COALESCE(?, due_at), "
                "lease_until = NULL, "
                "reason = ?, changed_at = ? WHERE id = ? "
                "AND state = 'claimed' AND worker = ? AND tries = ?",
                SQL_ARGS(sql_text(m->state), sql_time(m->due_at),
                         sql_text(m->reason), sql_int(m->now), sql_int(d->id),
                         sql_text(m->worker), sql_int(d->tries)));

        if (rc < 0)
                return rc;
        if (!changed)
                return err_set(err, ERR_STALE,
                               "delivery %lld is no longer claimed by " STR_FMT,
                               (long long)d->id, STR_ARG(m->worker));
        return count_move(db, d->edition_id, STR("claimed"), m->state, 1, err);
}

int delivery_mark(struct sql *db, const struct delivery *d, struct str worker,
                  struct str state, int64_t due_at, struct str reason,
                  int64_t now, struct err *err)
{
        const struct mark m = { .worker = worker,
                                .state = state,
                                .reason = reason,
                                .due_at = due_at,
                                .now = now };
        bool own;
        int rc = sql_enter(db, &own, err);

        return rc < 0 ? rc : sql_leave(db, own, mark(db, d, &m, err), err);
}

/* Giving back: this try did not take place, so it does not count. */

static void read_id(struct arena *a, const struct sql_rows *r, void *row)
{
        (void)a;
        *(int64_t *)row = sql_col_int(r, 0);
}

static int release(struct arena *a, struct sql *db, struct str worker,
                   int64_t now, struct err *err)
{
        struct rows_out out = { .read = read_id, .row_b = sizeof(int64_t) };
        int rc = rows_all(a, db,
                          STATEMENT("SELECT DISTINCT edition_id FROM delivery "
                                    "WHERE state = 'claimed' AND worker = ? "
                                    "ORDER BY edition_id",
                                    SQL_ARGS(sql_text(worker))),
                          &out, err);

        for (size_t i = 0; rc == 0 && i < out.n; i++) {
                int64_t id = ((int64_t *)out.items)[i], n;

                rc = sql_run(
                        db, err, &n,
                        "UPDATE delivery SET state = 'pending', "
                        "lease_until = NULL, worker = NULL, "
                        "tries = tries - 1, changed_at = ? "
                        "WHERE state = 'claimed' AND worker = ? "
                        "AND edition_id = ?",
                        SQL_ARGS(sql_int(now), sql_text(worker), sql_int(id)));
                if (rc == 0)
                        rc = count_move(db, id, STR("claimed"), STR("pending"),
                                        n, err);
        }
        return rc;
}

int delivery_release(struct sql *db, struct str worker, int64_t now,
                     struct err *err)
{
        struct arena *a = arena_new((size_t)1 << 20);
        bool own;
        int rc = sql_enter(db, &own, err);

        if (rc == 0)
                rc = sql_leave(db, own, release(a, db, worker, now, err), err);
        arena_free(a);
        return rc;
}

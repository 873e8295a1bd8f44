#include "store/rows.h"

#include "base/arena.h"

int rows_all(struct arena *a, struct sql *db, const struct statement *st,
             struct rows_out *out, struct err *err)
{
        struct sql_rows *r;
        char *items = NULL;
        size_t n = 0, cap = 0;
        int rc = sql_query(db, err, &r, st->text, st->args, st->n);

        if (rc < 0)
                return rc;
        while ((rc = sql_next(r, err)) > 0) {
                items = arena_grow(a, items, n, &cap, out->row_b);
                out->read(a, r, items + n++ * out->row_b);
        }
        sql_end(r);
        if (rc < 0)
                return rc;
        out->items = items;
        out->n = n;
        return 0;
}

int rows_one(struct arena *a, struct sql *db, const struct statement *st,
             struct rows_out *out, struct err *err)
{
        struct sql_rows *r;
        int rc = sql_query(db, err, &r, st->text, st->args, st->n);

        if (rc < 0)
                return rc;
        rc = sql_next(r, err);
        if (rc > 0) {
                out->read(a, r, out->items);
                out->n = 1;
                rc = 0;
        } else if (rc == 0) {
                rc = err_set(err, ERR_ABSENT, "there is no such row");
        }
        sql_end(r);
        return rc;
}

struct str rows_some(struct str s)
{
        return rows_or(s, STR(""));
}

struct str rows_or(struct str s, struct str other)
{
        return s.p ? s : other;
}

#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

/*
 * A fresh store for each test, once on SQLite and once on PostgreSQL.
 *
 * BULLDOG_TEST_PG holds the URL of a running server (tests/lib/postgres.sh);
 * without it the tests on PostgreSQL are reported as skipped. A program's
 * tests end in STORE_MAIN(STORE_TEST(...), ...).
 */

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "unit.h"

#include "base/time.h"
#include "store/sql.h"
#include "store/store.h"

#define NOW 1772755200 /* 2026-03-06T00:00:00Z */
#define DAY TIME_DAY_S

struct fixture {
        struct arena *a;
        struct sql *db; /* NULL: the engine is not there */
        struct str url;
        const char *dir;   /* of the SQLite file */
        struct str schema; /* on PostgreSQL */
        struct err err;
};

static const char *fixture_server; /* NULL: SQLite */
static bool fixture_on_postgres;

static void fixture_admin(struct fixture *f, const char *what, const char *end)
{
        struct sql *admin;
        struct str text = arena_printf(f->a, "%s SCHEMA " STR_FMT "%s", what,
                                       STR_ARG(f->schema), end);

        assert_ok(sql_open(str_c(fixture_server), &admin, &f->err), f->err);
        assert_ok(sql_script(admin, &f->err, text), f->err);
        sql_close(admin);
}

static void fixture_place(struct fixture *f)
{
        static int n;

        if (!fixture_on_postgres) {
                char *dir = arena_alloc(f->a, 64);
                memcpy(dir, "/tmp/bulldog-store-XXXXXX", 26);
                f->dir = mkdtemp(dir);
                assert_non_null(f->dir);
                f->url = arena_printf(f->a, "%s/store.db", f->dir);
                return;
        }
        f->schema = arena_printf(f->a, "test_%d_%d", (int)getpid(), ++n);
        f->url = arena_printf(f->a, "%s?options=-csearch_path%%3D" STR_FMT,
                              fixture_server, STR_ARG(f->schema));
        fixture_admin(f, "CREATE", "");
}

/* A connection to an empty place, without our tables. */
static int UNUSED fixture_set_up_bare(void **state)
{
        struct arena *a = arena_new((size_t)1 << 30);
        struct fixture *f = arena_alloc(a, sizeof(*f));

        f->a = a;
        *state = f;
        if (fixture_on_postgres && !fixture_server)
                return 0;
        fixture_place(f);
        assert_ok(sql_open(f->url, &f->db, &f->err), f->err);
        return 0;
}

static int UNUSED fixture_set_up(void **state)
{
        fixture_set_up_bare(state);
        struct fixture *f = *state;
        if (f->db)
                assert_ok(store_migrate(f->db, &f->err), f->err);
        return 0;
}

static void fixture_remove_dir(struct fixture *f)
{
        DIR *d = opendir(f->dir);
        struct dirent *e;

        while (d && (e = readdir(d)))
                if (e->d_name[0] != '.')
                        unlink(arena_printf(f->a, "%s/%s", f->dir, e->d_name)
                                       .p);
        if (d)
                closedir(d);
        rmdir(f->dir);
}

static int UNUSED fixture_tear_down(void **state)
{
        struct fixture *f = *state;

        sql_close(f->db);
        if (f->dir)
                fixture_remove_dir(f);
        if (f->schema.p)
                fixture_admin(f, "DROP", " CASCADE");
        arena_free(f->a);
        return 0;
}

/* The test's fixture; skips the test when its engine is not there. */
static struct fixture *fixture_of(void **state)
{
        struct fixture *f = *state;

        if (!f->db)
                skip();
        return f;
}

/* One more connection to the same store. The caller closes it. */
static UNUSED struct sql *fixture_connect(struct fixture *f)
{
        struct sql *db;

        assert_ok(sql_open(f->url, &db, &f->err), f->err);
        return db;
}

/* One integer from the store. */
static int64_t UNUSED fixture_int(struct fixture *f, const char *text)
{
        int64_t i;

        assert_ok(sql_get_int(f->db, &f->err, &i, text, SQL_NO_ARGS), f->err);
        return i;
}

#define STORE_TEST(f)                                                          \
        cmocka_unit_test_setup_teardown(f, fixture_set_up, fixture_tear_down)
#define STORE_TEST_BARE(f)                                                     \
        cmocka_unit_test_setup_teardown(f, fixture_set_up_bare,                \
                                        fixture_tear_down)

#define STORE_MAIN(...)                                                        \
        int main(void)                                                         \
        {                                                                      \
                const struct CMUnitTest tests[] = { __VA_ARGS__ };             \
                int failed = cmocka_run_group_tests_name("sqlite", tests,      \
                                                         NULL, NULL);          \
                fixture_server = getenv("BULLDOG_TEST_PG");                    \
                if (fixture_server && !*fixture_server)                        \
                        fixture_server = NULL;                                 \
                fixture_on_postgres = true;                                    \
                return failed + cmocka_run_group_tests_name("postgres", tests, \
                                                            NULL, NULL);       \
        }

#endif

#include "store_fixture.h"

#include "base/limits.h"
#include "store/robots.h"
#include "wire/permit.h"
#include "wire/robots.h"

#define ORIGIN STR("https://gazette.example")
#define PAGE STR("https://gazette.example/one")

/* What robots.txt says is known: nobody is asked, so there is no fetcher. */
static struct permit permit_for(struct fixture *f, const char *rules)
{
        struct permit p;

        assert_ok(robots_put(f->db, ORIGIN, str_c(rules), NOW + DAY, &f->err),
                  f->err);
        permit_init(&p, f->a, f->db, NULL, NOW);
        return p;
}

static int ask(struct fixture *f, struct permit *p, struct task *task)
{
        *task = (struct task) { .kind = TASK_PAGE, .pause_ms = 99 };
        return permit_ask(p, PAGE, task, &f->err);
}

static void test_words(void **state)
{
        static const struct {
                const char *rules;
                int want;
        } rows[] = {
                { "", PERMIT_YES },         { "-/one\n", PERMIT_NO },
                { "-/two\n", PERMIT_YES },  { "!\n", PERMIT_LATER },
                { "@5000\n", PERMIT_SLOW }, { "-/one\n@5000\n", PERMIT_NO },
        };
        struct fixture *f = fixture_of(state);
        struct task task;

        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct permit p = permit_for(f, rows[i].rules);

                if (ask(f, &p, &task) != rows[i].want)
                        fail_msg("row %zu", i);
                assert_int_equal(task.pause_ms, 0);
        }

        struct permit p = permit_for(f, "-/\n@5000\n");

        p.is_off = true; /* the owner knows better */
        assert_int_equal(ask(f, &p, &task), PERMIT_YES);
        assert_int_equal(task.pause_ms, 0);
}

/* One slow host holds a gather up for so long, and no longer. */
static void test_pauses(void **state)
{
        struct fixture *f = fixture_of(state);
        struct permit p = permit_for(f, "@30000\n");
        struct task task;
        int n = 0;

        assert_int_equal(ask(f, &p, &task), PERMIT_SLOW);
        p.may_pause = true;
        while (ask(f, &p, &task) == PERMIT_YES) {
                assert_int_equal(task.pause_ms, 30000);
                n++;
        }
        assert_int_equal(n, LIMIT_CRAWL_WAIT_S / 30);
        assert_int_equal(ask(f, &p, &task), PERMIT_SLOW);
        /* Another run, another turn. */
        p = permit_for(f, "@30000\n");
        p.may_pause = true;
        assert_int_equal(ask(f, &p, &task), PERMIT_YES);
}

STORE_MAIN(STORE_TEST(test_words), STORE_TEST(test_pauses))

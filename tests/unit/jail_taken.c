/*
 * A parser in a stranger's hands: what it may tell of itself, do to the memory
 * that it shares with us, and do to our time. This program is that parser.
 */

#include "jail_fixture.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/sandbox.h"
#include "base/time.h"
#include "wire/jail.h"

enum { ECHO = 100, LIE, HOLD };

/* --- behind the bars ---------------------------------------------------- */

static int echo(struct arena *a, const struct jail_document *d, struct buf *out,
                struct err *err)
{
        (void)a;
        (void)err;
        buf_put(out, d->bytes);
        return 0;
}

/* What a parser that was taken over might tell of itself. */
static int lie(struct arena *a, const struct jail_document *d, struct buf *out,
               struct err *err)
{
        void *page = out->p - JAILED_PAGE_B; /* this is the first answer */
        struct jailed_progress *p = page;

        (void)a;
        (void)err;
        if (str_eq(d->bytes, STR("many")))
                p->done = 4000000000u;
        if (str_eq(d->bytes, STR("long"))) {
                p->heads[0] = (struct record_head) { JAILED_ANSWER, 1u << 31 };
                p->done = 1;
        }
        if (str_eq(d->bytes, STR("none")))
                p->done = 0;
        if (str_eq(d->bytes, STR("type"))) {
                p->heads[0] = (struct record_head) { 7, 4 };
                p->done = 1;
        }
        if (write(JAILED_TALK_FD, "", 1) != 1)
                abort();
        for (;;)
                pause();
}

/* What it may do to the time and the trust of those outside: reach for the
 * documents, ask for patience for ever, ring without an answer, answer without
 * having been asked. */
static int hold(struct arena *a, const struct jail_document *d, struct buf *out,
                struct err *err)
{
        void *page = out->p - JAILED_PAGE_B;
        struct jailed_progress *p = page;
        uintptr_t at = (uintptr_t)d->bytes.p & ~(uintptr_t)4095;
        bool is_deaf = str_eq(d->bytes, STR("deaf")); /* it changes below us */

        (void)a;
        (void)err;
        if (str_eq(d->bytes, STR("write")) &&
            mprotect((void *)at, 4096, PROT_READ | PROT_WRITE) == 0)
                abort();
        if (str_eq(d->bytes, STR("abort")))
                abort();
        while (str_eq(d->bytes, STR("patience")))
                p->done = (p->done + 1) % JAILED_BATCH_N;
        if (str_eq(d->bytes, STR("all"))) { /* the last of a whole batch */
                for (int i = 0; i < JAILED_BATCH_N; i++)
                        p->heads[i] = (struct record_head) { JAILED_ANSWER, 1 };
                p->done = JAILED_BATCH_N;
                abort();
        }
        while (str_eq(d->bytes, STR("more")))
                p->done++;
        if (str_eq(d->bytes, STR("ring")))
                for (int i = 0; i < 100; i++)
                        if (write(JAILED_TALK_FD, "", 1) != 1)
                                abort();
        while (is_deaf) {
                p->heads[0] = (struct record_head) { JAILED_ANSWER, 1 };
                p->done = 1;
                if (write(JAILED_TALK_FD, "", 1) != 1)
                        abort();
                /* The parent takes it and asks again. */
                for (int64_t t = time_mono_ms(); time_mono_ms() < t + 3;)
                        ;
                p->serial++;
        }
        buf_puts(out, "well");
        return 0;
}

static int be_parser(unsigned bars)
{
        static const struct jailed_handler handlers[] = {
                { ECHO, 1 << 20, echo, STR_INIT("sample") },
                { LIE, 1 << 20, lie, { NULL, 0 } },
                { HOLD, 1 << 20, hold, { NULL, 0 } },
        };
        const struct jailed_handler *all[] = { &handlers[0], &handlers[1],
                                               &handlers[2], NULL };

        return jailed_run(all, bars);
}

/* --- and before them ---------------------------------------------------- */

static void still_works(struct fixture *f)
{
        struct str answer;

        assert_ok(ask(f, ECHO, STR("next"), &answer), f->err);
        assert_str(answer, "next");
}

static void test_lies(void **state)
{
        static const char *const lies[] = { "many", "long", "none", "type" };
        struct fixture *f = *state;

        for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
                struct str answer;
                assert_true(ask(f, LIE, str_c(lies[i]), &answer) < 0);
                assert_int_not_equal(f->err.code, ERR_SYS);
                /* It is stuck in its lie now, and asks for patience. */
                jail_set_time(f->j, 200, 400);
                (void)ask(f, ECHO, STR("x"), &answer);
                jail_set_time(f->j, LIMIT_PARSE_CPU_MS, LIMIT_PARSE_WALL_MS);
                still_works(f);
        }
}

/* It can't write into documents that others are yet to read. */
static void test_documents_are_read_only(void **state)
{
        struct fixture *f = *state;
        struct str answer;

        assert_ok(ask(f, HOLD, STR("write"), &answer), f->err);
        assert_str(answer, "well");
}

static void test_patience_ends(void **state)
{
        static const char *const ways[] = { "patience", "more" };
        struct fixture *f = *state;
        struct str answer;

        for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
                still_works(f);
                jail_set_time(f->j, 50, 60000);
                /* It may have said so just then that it has an answer. */
                if (ask(f, HOLD, str_c(ways[i]), &answer) < 0)
                        assert_non_null(strstr(f->err.msg, "it took over"));
                jail_set_time(f->j, LIMIT_PARSE_CPU_MS, LIMIT_PARSE_WALL_MS);
        }
        still_works(f);
}

/* Bells that nobody asked for cost the next documents nothing. */
static void test_bells(void **state)
{
        struct fixture *f = *state;
        struct str answer;

        (void)ask(f, HOLD, STR("ring"), &answer);
        for (int i = 0; i < 40; i++)
                still_works(f);
}

/* It says that all is answered, and dies: there is no document after those. */
static void test_death_after_all(void **state)
{
        struct fixture *f = *state;
        struct jail_document d = { .kind = HOLD, .bytes = STR("all") };
        struct str answer;

        for (int i = 0; i < JAILED_BATCH_N; i++)
                assert_ok(jail_add(f->j, &d, &f->err), f->err);
        for (int i = 0; i < JAILED_BATCH_N; i++) {
                assert_ok(jail_take(f->j, &answer, &f->err), f->err);
                assert_int_equal(answer.n, 1);
        }
        still_works(f);
}

/* It answers without reading what it is asked, till its socket is full. */
static void test_deaf(void **state)
{
        struct fixture *f = *state;
        struct str answer;
        int64_t began = time_mono_ms();

        jail_set_time(f->j, 500, 2000);
        (void)ask(f, HOLD, STR("deaf"), &answer);
        for (int i = 0; i < 1000; i++)
                (void)ask(f, ECHO, STR("x"), &answer);
        jail_set_time(f->j, LIMIT_PARSE_CPU_MS, LIMIT_PARSE_WALL_MS);
        still_works(f);
        assert_true(time_mono_ms() - began < 60000);
}

/* An answer that was given before another document's death stays what it is,
 * however late it is looked at. */
static void test_late(void **state)
{
        struct fixture *f = *state;
        struct jail_document first = { .kind = ECHO, .bytes = STR("first") },
                             dies = { .kind = HOLD, .bytes = STR("abort") };
        struct str answer;

        if (sandbox_checker())
                skip();
        assert_ok(jail_add(f->j, &first, &f->err), f->err);
        assert_ok(jail_add(f->j, &first, &f->err), f->err);
        assert_ok(jail_add(f->j, &dies, &f->err), f->err);
        assert_ok(jail_take(f->j, &answer, &f->err), f->err);
        usleep(300000);
        assert_str(answer, "first");
        assert_ok(jail_take(f->j, &answer, &f->err), f->err);
        assert_str(answer, "first");
        assert_int_equal(jail_take(f->j, &answer, &f->err), ERR_INPUT);
        still_works(f);
}

int main(int argc, char **argv)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        const struct CMUnitTest tests[] = {
                TEST(test_lies),
                TEST(test_documents_are_read_only),
                TEST(test_patience_ends),
                TEST(test_bells),
                TEST(test_death_after_all),
                TEST(test_deaf),
                TEST(test_late),
        };

        if (argc == 4 && strcmp(argv[1], "-x") == 0)
                return be_parser((unsigned)(argv[3][0] - '0'));
        return cmocka_run_group_tests(tests, NULL, NULL);
}

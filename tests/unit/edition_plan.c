/* Sections as data: what a line of edition.sections says, and what is none. */

#define ARENA_B ((size_t)1 << 22)
#include "arena_fixture.h"

#include "base/buf.h"
#include "edition/plan.h"
#include "story/story.h"

static const struct plan_rooms rooms = {
        { [PLAN_STORIES] = 5, [PLAN_READING] = 4, [PLAN_MAGAZINE] = 1 }
};

/* "name:kind:max ..." */
static const char *told(const struct plan *p)
{
        struct buf b;

        buf_init(&b, 4096);
        for (size_t i = 0; i < p->n; i++)
                buf_printf(&b, "%s" STR_FMT ":%s:%zu", i ? " " : "",
                           STR_ARG(p->items[i].name),
                           plan_kind_name(p->items[i].kind), p->items[i].max);

        const char *s = arena_cstr(a, buf_str(&b));

        buf_done(&b);
        return s;
}

static int parse(const char *lines, struct plan *ret, struct err *err)
{
        struct str rest = str_c(lines), list[16];
        size_t n = 0;

        while (rest.n && str_cut(&rest, '\n', &list[n]))
                n++;
        return plan_parse(a, list, n, &rooms, ret, err);
}

static void test_plans(void **state)
{
        static const struct {
                const char *lines, *says;
        } table[] = {
                { "", "lead:lead:1 agenda:agenda:0 stories:stories:5 "
                      "magazine:magazine:1 reading:reading:4 chart:chart:0 "
                      "quiz:quiz:0 "
                      "break:break:0 corrections:corrections:0" },
                { "reading\nlead",
                  NULL }, /* the lead stands before other stories */
                { "agenda\nlead\nreading",
                  "agenda:agenda:0 lead:lead:1 reading:reading:4 "
                  "corrections:corrections:0" },
                { "corrections\nstories; n=2",
                  "corrections:corrections:0 stories:stories:2" },
                { "tech; kind=stories; beat=technology, science; title=Bits; "
                  "empty=None.",
                  "tech:stories:3 corrections:corrections:0" },
                { "stories\nmore; kind=stories; n=20",
                  "stories:stories:5 more:stories:20 "
                  "corrections:corrections:0" },
                { "errata; kind=corrections; title=Errata",
                  "errata:corrections:0" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct plan p;
                struct err err;
                int rc = parse(table[i].lines, &p, &err);

                assert_int_equal(rc, table[i].says ? 0 : ERR_INPUT);
                if (rc == 0)
                        assert_string_equal(told(&p), table[i].says);
        }
}

static void test_faults(void **state)
{
        static const struct {
                const char *lines, *says;
        } table[] = {
                { "tech", "say of which kind" },
                { "tech; kind=poems", "no kind of section \"poems\"" },
                { "Tech; kind=stories", "small letters" },
                { "; kind=stories", "small letters" },
                { "stories; n=0", "from 1 to 20" },
                { "stories; n=21", "from 1 to 20" },
                { "stories; sort=up", "none of kind" },
                { "stories; five", "no key=value" },
                { "stories\nstories", "twice" },
                { "stories\nstories; kind=reading", "twice" },
                { "agenda\nahead; kind=agenda", "twice" },
                { "chart; beat=markets", "not made of stories" },
                { "lead; n=2", "one story" },
                { "lead; title=Top", "one story" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct plan p = { NULL, 77 };
                struct err err;

                assert_int_equal(parse(table[i].lines, &p, &err), ERR_INPUT);
                assert_non_null(strstr(err.msg, table[i].says));
                assert_non_null(strstr(err.msg, "edition.sections"));
                assert_int_equal(p.n, 77);
        }
}

static void test_takes(void **state)
{
        struct plan p;
        struct err err;
        struct story s = { .kind = STR("news"), .beat = STR("science") };

        (void)state;
        assert_ok(parse("lead; beat=world\nstories\ntech; kind=stories; "
                        "beat=technology, Science\nreading",
                        &p, &err),
                  err);
        assert_false(plan_takes(&p.items[0], &s));
        assert_true(plan_takes(&p.items[1], &s));
        assert_true(plan_takes(&p.items[2], &s));
        assert_false(plan_takes(&p.items[3], &s));
        s.beat = STR("sport");
        assert_false(plan_takes(&p.items[2], &s));
        s.kind = STR("opinion");
        assert_false(plan_takes(&p.items[1], &s));
        assert_true(plan_takes(&p.items[3], &s));
        assert_false(plan_takes(&p.items[4], &s)); /* corrections */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
UNIT_MAIN(TEST(test_plans), TEST(test_faults), TEST(test_takes))

#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "conf/conf.h"
#include "conf/phrases.h"

#define MB (1024 * 1024)

static struct arena *arena;
static char path[] = "/tmp/bulldog-conf-XXXXXX";

static int set_up(void **state)
{
        (void)state;
        arena = arena_new(MB);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

/* Read text as a bulldog.conf at "FILE"; its message without the folder. */
static int load(const char *text, struct conf *c, struct err *err)
{
        struct err sys;

        assert_ok(file_write(path, str_c(text), NULL, &sys), sys);
        return conf_load(arena, path, NULL, 0, c, err);
}

static void test_defaults(void **state)
{
        (void)state;
        struct conf c;
        struct err err;

        assert_ok(conf_load(arena, NULL, NULL, 0, &c, &err), err);
        assert_str(c.press_name, "The Morning Edition");
        assert_int_equal(c.wire_every, 30 * 60);
        assert_int_equal(c.wire_feed_max, 32 * MB);
        assert_int_equal(c.clock_compose, 5 * 60 + 30);
        assert_int_equal(c.wire_allow.n, 0);
        assert_int_equal(c.press_editors.n, 0);
}

static void test_file(void **state)
{
        (void)state;
        struct conf c;
        struct err err;

        assert_ok(load("# ours\npress: { name = \"The Bell\"; zone = "
                       "\"Europe/Lisbon\" };\n"
                       "wire: { every = \"2h\"; connections = 8;\n"
                       "        allow = [\"127.0.0.1\", \"::1\"]; };\n",
                       &c, &err),
                  err);
        assert_str(c.press_name, "The Bell");
        assert_int_equal(c.wire_every, 7200);
        assert_int_equal(c.wire_connections, 8);
        assert_int_equal(c.wire_allow.n, 2);
        assert_str(c.wire_allow.items[1], "::1");
        assert_str(c.press_language, "en"); /* what isn't said stays */
}

/* Each fault names the line and says what was meant. */
static void test_faults(void **state)
{
        (void)state;
        static const struct {
                const char *text, *line, *says;
        } table[] = {
                { "press: {\n zoen = \"UTC\";\n};\n", "line 2",
                  "did you mean press.zone" },
                { "wire: {\n\n every = \"3 bananas\";\n};\n", "line 3",
                  "a span such as" },
                { "wire: { connections = 900; };\n", "line 1",
                  "from 1 to 512" },
                { "press: {\n zone = \"Mars/Olympus\";\n};\n", "line 2",
                  "there is no time zone" },
                { "press: {\n name = \"x\"\n", "line", "syntax error" },
                { "name = \"x\";\n", "line 1", "outside a section" },
                { "post: {\n from = \"nobody\";\n};\n", "line 2",
                  "a mail address" },
                { "post: {\n from = \"a@b>\\r\\nBcc: c@d\";\n};\n", "line 2",
                  "one line" },
                { "press: {\n url = \"ftp://x/\";\n};\n", "line 2",
                  "begins with http" },
                { "clock: {\n compose = \"25:00\";\n};\n", "line 2",
                  "time of day" },
                { "prezz: {\n name = \"x\";\n};\n", "line 2",
                  "did you mean press.name" },
                { "press: {\n name = { a = 1; };\n};\n", "", "" },
        };

        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct conf c;
                struct err err = { 0 };
                int rc = load(table[i].text, &c, &err);

                if (!*table[i].says)
                        continue;
                assert_int_equal(rc, ERR_INPUT);
                if (!strstr(err.msg, table[i].line) ||
                    !strstr(err.msg, table[i].says))
                        fail_msg("case %zu says: %s", i, err.msg);
        }
}

static void test_overrides(void **state)
{
        (void)state;
        struct conf c;
        struct err err;
        struct conf_override good[] = { { "wire.allow=127.0.0.1, ::1" },
                                        { "press.line=a = b" } };
        struct conf_override bad[] = { { "wire.evry=3s" } };
        struct conf_override none[] = { { "wire.every" } };

        assert_ok(conf_load(arena, NULL, good, 2, &c, &err), err);
        assert_int_equal(c.wire_allow.n, 2);
        assert_str(c.press_line, "a = b");
        assert_int_equal(conf_load(arena, NULL, bad, 1, &c, &err), ERR_INPUT);
        assert_non_null(strstr(err.msg, "did you mean wire.every"));
        assert_int_equal(conf_load(arena, NULL, none, 1, &c, &err), ERR_INPUT);
        assert_int_equal(conf_load(arena, "/no/such.conf", NULL, 0, &c, &err),
                         ERR_ABSENT);
}

/* What init writes, with every line live, reads back as the defaults. */
static void test_sample_is_the_defaults(void **state)
{
        (void)state;
        struct conf c;
        struct err err;
        FILE *f = fopen(path, "w+");
        struct str text;
        size_t from = 0;

        conf_print_sample(f);
        fclose(f);
        assert_ok(file_read(arena, path, MB, &text, &err), err);

        char *live = (char *)(uintptr_t)arena_cstr(arena, text);
        struct str view = { live, text.n };

        while ((from = str_find(view, STR(" = "), from)) != STR_NONE) {
                char *hash = live + from;

                while (*hash != '#' && *hash != '\n')
                        hash--;
                if (*hash == '#')
                        *hash = ' ';
                from++;
        }
        assert_ok(load(live, &c, &err), err);
        assert_int_equal(c.wire_every, 30 * 60);
}

static void test_phrases(void **state)
{
        (void)state;
        struct phrases *p = NULL;
        struct err err;
        struct phrase_arg who[] = { { "source", STR("The Ledger") } };

        assert_ok(
                phrases_parse(
                        arena,
                        STR("# words\nmore = {source} has more on\n"
                            "hello = Good morning.\nof = {n} of {all} read\n"),
                        &p, &err),
                err);
        assert_ok(phrases_parse(arena, STR("hello = Guten Morgen."), &p, &err),
                  err);
        assert_str(phrases_get(p, "hello"), "Guten Morgen.");
        assert_str(phrases_get(p, "unknown.key"), "unknown.key");
        assert_str(phrases_fill(arena, p, "more", who, 1),
                   "The Ledger has more on");
        assert_true(phrases_match(p, STR("Guten Morgen.")));
        assert_false(phrases_match(p, STR("Guten Abend.")));
        assert_int_equal(phrases_parse(arena, STR("a = b\nno sign"), &p, &err),
                         ERR_INPUT);
        assert_non_null(strstr(err.msg, "line 2"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_defaults),
                TEST(test_file),
                TEST(test_faults),
                TEST(test_overrides),
                TEST(test_sample_is_the_defaults),
                TEST(test_phrases),
        };
        int fd = mkstemp(path);
        int failed;

        close(fd);
        failed = cmocka_run_group_tests(tests, NULL, NULL);
        unlink(path);
        return failed;
}

/* Mustache by the rules of its public specification, in cases of our own. */

#define ARENA_B (1 << 24)
#include "arena_fixture.h"

#include "base/buf.h"
#include "press/mustache.h"
#include "press/value.h"

static struct value *town(const char *name, bool has_port)
{
        struct value *v = value_object(a);

        value_put_text(a, v, "name", str_c(name));
        value_put_flag(a, v, "port", has_port);
        return v;
}

/* What every case is rendered with. */
static struct value *data(void)
{
        struct value *v = value_object(a), *towns = value_list(a),
                     *words = value_list(a), *deep = value_object(a),
                     *deeper = value_object(a);

        value_add(a, towns, town("Ambry", true));
        value_add(a, towns, town("Sollen", false));
        value_add(a, words, value_text(a, STR("one")));
        value_add(a, words, value_text(a, STR("t&o")));
        value_put_text(a, v, "paper", STR("Gazette"));
        value_put_text(a, v, "marks", STR("<b> & \"x\" 'y'"));
        value_put_text(a, v, "lines", STR("up\ndown"));
        value_put_text(a, v, "empty", STR(""));
        value_put_text(a, v, "name", STR("outer"));
        value_put_flag(a, v, "yes", true);
        value_put_flag(a, v, "no", false);
        value_put(a, v, "towns", towns);
        value_put(a, v, "words", words);
        value_put(a, v, "none", value_list(a));
        value_put_text(a, deeper, "c", STR("deep"));
        value_put(a, deep, "b", deeper);
        value_put(a, v, "a", deep);
        return v;
}

/* Partials: a pair of name and text each. */
static const char *const partials[][2] = {
        { "note", "[{{paper}}]" },
        { "rows", "|\n{{{lines}}}\n|\n" },
        { "twice", " {{>rows}}\n" },
        { "section", "{{#yes}}on{{/yes}}\nend\n" },
        { "tree", "{{name}}{{#kid}}<{{>tree}}>{{/kid}}" },
        { "loop", "x{{>loop}}" },
};

static const struct mustache *find_partial(void *ctx, struct str name)
{
        const struct mustache *m;
        struct err err;

        (void)ctx;
        for (size_t i = 0; i < sizeof(partials) / sizeof(partials[0]); i++)
                if (str_eq(name, str_c(partials[i][0]))) {
                        assert_ok(mustache_compile(a, name,
                                                   str_c(partials[i][1]), &m,
                                                   &err),
                                  err);
                        return m;
                }
        return NULL;
}

struct row {
        const char *template, *want;
};

static void check_all(const struct row *rows, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                const struct mustache *m;
                struct err err;
                struct buf out;

                buf_init(&out, 1 << 16);
                assert_ok(mustache_compile(a, STR("t"), str_c(rows[i].template),
                                           &m, &err),
                          err);
                assert_ok(mustache_render(m, data(), find_partial, NULL, &out,
                                          &err),
                          err);
                assert_str(buf_str(&out), rows[i].want);
                buf_done(&out);
        }
}
#define CHECK_ALL(rows) check_all(rows, sizeof(rows) / sizeof((rows)[0]))

static void variables(void **state)
{
        static const struct row rows[] = {
                { "", "" },
                { "plain { text } here\n", "plain { text } here\n" },
                { "{{paper}}", "Gazette" },
                { "a {{ paper }} b", "a Gazette b" },
                { "  {{paper}}\n", "  Gazette\n" },
                { "{{marks}}", "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;" },
                { "{{{marks}}}", "<b> & \"x\" 'y'" },
                { "{{&marks}}", "<b> & \"x\" 'y'" },
                { "{{{ marks }}}", "<b> & \"x\" 'y'" },
                { "({{absent}})", "()" },
                { "({{{absent}}})({{&absent}})", "()()" },
                { "{{a.b.c}}", "deep" },
                { "{{a.b.x}}{{a.x.c}}{{x.b.c}}", "" },
                { "{{yes}}", "" },
                { "{{#words}}{{.}},{{/words}}", "one,t&amp;o," },
                { "{{#words}}{{{.}}},{{/words}}", "one,t&o," },
        };

        (void)state;
        CHECK_ALL(rows);
}

static void sections(void **state)
{
        static const struct row rows[] = {
                { "{{#yes}}a{{/yes}}{{#no}}b{{/no}}", "a" },
                { "{{^yes}}a{{/yes}}{{^no}}b{{/no}}", "b" },
                { "{{#absent}}a{{/absent}}{{^absent}}b{{/absent}}", "b" },
                { "{{#none}}a{{/none}}{{^none}}b{{/none}}", "b" },
                { "{{#empty}}a{{/empty}}{{^empty}}b{{/empty}}", "b" },
                { "{{#paper}}[{{.}}]{{/paper}}", "[Gazette]" },
                { "{{#towns}}{{name}} {{paper}};{{/towns}}",
                  "Ambry Gazette;Sollen Gazette;" },
                { "{{#towns}}{{name}}{{#port}}!{{/port}} {{/towns}}",
                  "Ambry! Sollen " },
                { "{{#a}}{{b.c}}{{#b}}{{c}}{{name}}{{/b}}{{/a}}",
                  "deepdeepouter" },
                { "{{#a.b}}{{c}}{{/a.b}}", "deep" },
                { "{{^a.b.x}}none{{/a.b.x}}", "none" },
                { "{{#yes}}{{#yes}}x{{/yes}}y{{/yes}}", "xy" },
                { "{{# yes }}x{{/ yes }}", "x" },
                /* the first part binds: no falling back for the rest */
                { "{{#a}}{{#b}}{{b.c}}{{/b}}{{/a}}", "deep" },
        };

        (void)state;
        CHECK_ALL(rows);
}

static void standalone(void **state)
{
        static const struct row rows[] = {
                { "a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n" },
                { "a\n  {{#yes}}  \nb\n\t{{/yes}}\t\nc\n", "a\nb\nc\n" },
                { "a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\nc", "a\r\nb\r\nc" },
                { "{{#yes}}\nb\n{{/yes}}", "b\n" },
                { "a\n{{^no}}\nb\n{{/no}}\n", "a\nb\n" },
                { "a\n{{! a note }}\nb\n", "a\nb\n" },
                { "a\n  {{! a note\nover lines }}\nb\n", "a\nb\n" },
                { "a {{! a note }} b\n", "a  b\n" },
                { "{{!}}x", "x" },
                { "a\n{{=<% %>=}}\n<%paper%>\n", "a\nGazette\n" },
                { "a {{#yes}}\nb\n{{/yes}} c\n", "a \nb\n c\n" },
                { "  {{#yes}}x{{/yes}}\n", "  x\n" },
                { "  {{#yes}}{{/yes}}\n", "  \n" },
        };

        (void)state;
        CHECK_ALL(rows);
}

static void partials_and_delimiters(void **state)
{
        static const struct row rows[] = {
                { "a {{>note}} b", "a [Gazette] b" },
                { "({{>unknown}})", "()" },
                { "\\\n {{>rows}}\n/\n", "\\\n |\n up\ndown\n |\n/\n" },
                { "  {{>rows}}\n>", "  |\n  up\ndown\n  |\n>" },
                { "  {{>rows}}", "  |\n  up\ndown\n  |\n" },
                { ".{{>rows}}.", ".|\nup\ndown\n|\n." },
                { " {{>twice}}\n", "  |\n  up\ndown\n  |\n" },
                { " {{>section}}\n", " on\n end\n" },
                { "{{#towns}}{{>note}}{{/towns}}", "[Gazette][Gazette]" },
                { "{{=| |=}}|paper| {{paper}} |={{ }}=|{{paper}}",
                  "Gazette {{paper}} Gazette" },
                { "{{= <% %> =}}<%&marks%>", "<b> & \"x\" 'y'" },
                { "{{=<% %>=}}<%>note%>", "[Gazette]" },
                { "{{=<% %>=}}<%{marks}%>", "<b> & \"x\" 'y'" },
                { "{{#yes}}{{=| |=}}|paper||/yes|", "Gazette" },
        };

        (void)state;
        CHECK_ALL(rows);
}

static void recursion(void **state)
{
        struct value *root = town("a", false), *kids = value_list(a),
                     *kid = town("b", false);
        const struct mustache *m;
        struct err err;
        struct buf out;

        (void)state;
        value_put(a, kid, "kid", value_list(a));
        value_add(a, kids, kid);
        value_put(a, root, "kid", kids);
        buf_init(&out, 1 << 16);
        assert_ok(mustache_compile(a, STR("t"), STR("{{>tree}}"), &m, &err),
                  err);
        assert_ok(mustache_render(m, root, find_partial, NULL, &out, &err),
                  err);
        assert_str(buf_str(&out), "a<b>");

        buf_reset(&out);
        assert_ok(mustache_compile(a, STR("t"), STR("{{>loop}}"), &m, &err),
                  err);
        assert_int_equal(
                mustache_render(m, root, find_partial, NULL, &out, &err),
                ERR_LIMIT);
        buf_done(&out);

        buf_init(&out, 4);
        assert_ok(mustache_compile(a, STR("t"), STR("too much"), &m, &err),
                  err);
        assert_int_equal(mustache_render(m, root, NULL, NULL, &out, &err),
                         ERR_LIMIT);
        buf_done(&out);
}

static void faults(void **state)
{
        static const struct {
                const char *template, *want;
        } rows[] = {
                { "a\nb {{paper", "line 2: a tag is not closed" },
                { "{{{paper}}", "a tag is not closed" },
                { "{{#yes}}x", "a section is not closed" },
                { "x\n\n{{/yes}}", "line 3: a section is closed" },
                { "{{#yes}}{{/no}}", "section yes is closed as no" },
                { "{{#yes}}{{#no}}{{/yes}}{{/no}}", "closed as yes" },
                { "{{}}", "a tag has no name" },
                { "{{# }}", "a tag has no name" },
                { "{{=<%=}}", "set delimiters" },
                { "{{=a b c=}}", "set delimiters" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                const struct mustache *m = NULL;
                struct err err = { 0 };

                assert_int_equal(mustache_compile(a, STR("t"),
                                                  str_c(rows[i].template), &m,
                                                  &err),
                                 ERR_INPUT);
                assert_null(m);
                if (!strstr(err.msg, rows[i].want))
                        fail_msg("\"%s\" has no \"%s\"", err.msg, rows[i].want);
        }

        struct str deep = STR("");
        const struct mustache *m;
        struct err err;

        for (int i = 0; i < 65; i++)
                deep = arena_printf(a, STR_FMT "{{#yes}}", STR_ARG(deep));
        assert_int_equal(mustache_compile(a, STR("t"), deep, &m, &err),
                         ERR_LIMIT);
}

UNIT_MAIN(cmocka_unit_test_setup_teardown(variables, set_up, tear_down),
          cmocka_unit_test_setup_teardown(sections, set_up, tear_down),
          cmocka_unit_test_setup_teardown(standalone, set_up, tear_down),
          cmocka_unit_test_setup_teardown(partials_and_delimiters, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(recursion, set_up, tear_down),
          cmocka_unit_test_setup_teardown(faults, set_up, tear_down))

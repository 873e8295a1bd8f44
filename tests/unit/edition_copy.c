#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "edition/attrs.h"
#include "edition/copy.h"
#include "edition/escape.h"
#include "edition/inline.h"

#define ARENA_MAX ((size_t)256 << 20)
#define FRONT "---\ndate: 2026-03-06\ntitle: T\nlanguage: en\n---\n"

static struct str golden(struct arena *a, const char *name)
{
        struct err err = { 0 };
        struct str s;
        const char *path = arena_printf(a, "%s/tests/golden/copy/%s",
                                        getenv("SOURCE_ROOT"), name)
                                   .p;

        assert_ok(file_read(a, path, LIMIT_COPY_B, &s, &err), err);
        return s;
}

static struct str written(struct arena *a, const struct edition *e)
{
        struct buf b;

        buf_init(&b, LIMIT_COPY_B);
        copy_write(&b, e);
        assert_true(buf_ok(&b));
        struct str s = arena_str(a, buf_str(&b));

        buf_done(&b);
        return s;
}

/* Reading in and writing gives want; reading that gives the same edition. */
static void check_round(struct arena *a, struct str in, struct str want)
{
        struct edition *e, *again;
        struct err err = { 0 };

        assert_ok(copy_read(a, in, &e, &err), err);
        struct str out = written(a, e);

        assert_str(out, arena_cstr(a, want));
        assert_ok(copy_read(a, out, &again, &err), err);
        if (!copy_equal(e, again))
                fail_msg("not the same again: %s", arena_cstr(a, in));
        assert_str(written(a, again), arena_cstr(a, want));
}

/* Questions come back byte for byte. */
static void test_quiz(void **state UNUSED)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct str quiz = golden(a, "quiz.md");
        struct edition *e;
        struct err err = { 0 };

        check_round(a, quiz, quiz);
        assert_ok(copy_read(a, quiz, &e, &err), err);
        assert_int_equal(e->sections[1].kind, SECTION_QUIZ);
        for (size_t i = 0; i < e->sections[1].n_blocks; i++) {
                const struct quiz_question *q = e->sections[1].blocks[i].quiz;

                assert_non_null(q);
                assert_int_equal(q->n_warnings, 0);
                assert_int_equal(q->is_asked, q->is_kept);
        }
        arena_free(a);
}

static void test_day(void **state UNUSED)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct str day = golden(a, "day.md");
        struct edition *e;
        struct err err = { 0 };

        check_round(a, day, day);
        assert_ok(copy_read(a, day, &e, &err), err);
        assert_str(e->series, "The Morning Edition");
        assert_int_equal(e->number, 412);
        assert_int_equal(e->date.month, 3);
        assert_int_equal(e->n_contributors, 2);
        assert_str(e->contributors[1], "Quayle, Ines");
        assert_int_equal(e->n_sections, 8);
        assert_int_equal(e->sections[0].kind, SECTION_GREETING);
        assert_true(
                attrs_has_class(&e->sections[0].blocks[0].attrs, "greeting"));

        const struct section *lead = &e->sections[1];

        assert_int_equal(lead->kind, SECTION_LEAD);
        assert_str(attrs_get(&lead->attrs, "story"), "18231");
        assert_int_equal(lead->blocks[1].kind, BLOCK_QUOTE);
        assert_str(attrs_get(&lead->blocks[1].attrs, "by"),
                   "Marta Dunmore, spokeswoman");
        assert_int_equal(lead->line, 15);

        const struct block *item = &e->sections[3].blocks[0].children[0];

        assert_true(item->runs[0].is_strong);
        assert_str(item->runs[2].text, "Ledger");
        assert_str(item->runs[2].url, "https://ledger.example/a_b");
        assert_int_equal(item->n_children, 1);
        assert_int_equal(e->sections[6].kind, SECTION_OTHER);
        assert_str(e->sections[6].name, "horoscope");
        assert_str(attrs_get(&e->sections[6].attrs, "mood"), "very good");
        arena_free(a);
}

static void test_loose(void **state UNUSED)
{
        struct arena *a = arena_new(ARENA_MAX);

        check_round(a, golden(a, "loose.md"), golden(a, "loose.out"));
        arena_free(a);
}

static void test_forms(void **state UNUSED)
{
        static const struct {
                const char *in, *want;
        } rows[] = {
                { "", "" },
                { "-", "-\n" },
                { "- - a", "-\n    - a\n" },
                { "- a\n\n  -\n", "- a\n\n    -\n" },
                { "- a\n    3. b", "- a\n    3. b\n" },
                { "- a\n\n    3. b", "- a\n\n    3. b\n" },
                { "> > deep", "> > deep\n" },
                { "> - a\n>     - b", "> - a\n>     - b\n" },
                { ">", ">\n" },
                { "> ```\n> a\n>\n> b\n> ```", "> ```\n> a\n>\n> b\n> ```\n" },
                { "- ```\n  a\n\n    b\n  ```",
                  "-\n    ```\n    a\n\n      b\n    ```\n" },
                { "````\n```\n````", "````\n```\n````\n" },
                { "~~~ a`b\n~~~", "~~~a`b\n~~~\n" },
                { "a {.x} {.y}", "a {.x} {.y}\n" },
                { "{.x}", "{.x}\n" },
                { "a \\{.x}", "a \\{.x}\n" },
                { "a{.x}", "a{.x}\n" },
                { "a {.x\n b=1}", "a {.x b=1}\n" },
                { "a {b=\"c \\\" d\\\\\"}", "a {b=\"c \\\" d\\\\\"}\n" },
                { "##", "##\n" },
                { "## {.reading}", "## {.reading}\n" },
                { "# a # #", "# a\n" },
                { "#hash", "#hash\n" },
                { "a\r\nb\rc", "a\nb\nc\n" },
                { "99. a\n100. b", "99. a\n100. b\n" },
                { "100. a\n\n     b", "100. a\n\n     b\n" },
                { "-\ta", "- a\n" },
                { "a\n-\n", "## a\n" },
                { "* --", "- \\--\n" },
                { "a\n2. b", "a\n2. b\n" },
                { "a\n1. b", "a\n\n1. b\n" },
        };
        struct arena *a = arena_new(ARENA_MAX);

        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct str in = arena_printf(a, FRONT "%s", rows[i].in);

                check_round(a, in, arena_printf(a, FRONT "%s", rows[i].want));
        }
        arena_free(a);
}

static void test_faults(void **state UNUSED)
{
        static const struct {
                const char *in, *want;
                int code;
        } rows[] = {
                { "", "line 1, column 1: a copy begins with", ERR_INPUT },
                { "# a", "line 1, column 1: a copy begins", ERR_INPUT },
                { "---\ntitle: a\n", "line 1, column 1: the front matter that",
                  ERR_INPUT },
                { "---\ntitle: a\n---\n",
                  "line 3, column 1: the front matter lacks its date",
                  ERR_INPUT },
                { "---\ndate: 2026-03-06\n---\n",
                  "line 3, column 1: the front matter lacks its title",
                  ERR_INPUT },
                { "---\ndate: 6 March\n---\n", "line 2, column 7: a date",
                  ERR_INPUT },
                { "---\nnumber: x\n---\n", "line 2, column 9: the number",
                  ERR_INPUT },
                { "---\ntitle a\n---\n", "line 2, column 1: a line of",
                  ERR_INPUT },
                { "---\n- a: b\n---\n", "line 2, column 1: a line of",
                  ERR_INPUT },
                { "---\ntitle: a\ntitle: b\n---\n",
                  "line 3, column 1: title stands", ERR_INPUT },
                { "---\ntitle: \"a\n---\n", "line 2, column 8: this quot",
                  ERR_INPUT },
                { "---\ntitle: 'a' b\n---\n", "line 2, column 11: nothing can",
                  ERR_INPUT },
                { "---\ncontributors: [a, b\n---\n",
                  "line 2, column 15: this list", ERR_INPUT },
                { FRONT "ä\n\nä # {.x\n\n# Ä {.lead story=1\n",
                  "line 10, column 5: these attributes", ERR_INPUT },
                { FRONT "a\n\n```chart\nx: 1\n",
                  "line 8, column 1: the block of code", ERR_INPUT },
                { FRONT "bad \xff", "line 6, column 5: this is not UTF-8",
                  ERR_INPUT },
                { FRONT "bell \a", "line 6, column 6: the control character",
                  ERR_INPUT },
                { FRONT "> > > > > > > > > > a", "line 6, column ", ERR_LIMIT },
        };
        struct arena *a = arena_new(ARENA_MAX);

        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct edition *e = NULL;
                struct err err = { 0 };

                assert_int_equal(copy_read(a, str_c(rows[i].in), &e, &err),
                                 rows[i].code);
                if (!str_starts(str_c(err.msg), str_c(rows[i].want)))
                        fail_msg("row %zu: %s", i, err.msg);
                assert_null(e);
        }
        arena_free(a);
}

static void test_limits(void **state UNUSED)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct edition *e = NULL;
        struct err err = { 0 };
        struct buf b;

        buf_init(&b, LIMIT_COPY_B * 2);
        buf_puts(&b, FRONT);
        for (int i = 0; i <= LIMIT_COPY_BLOCKS; i++)
                buf_puts(&b, "a\n\n");
        assert_int_equal(copy_read(a, buf_str(&b), &e, &err), ERR_LIMIT);
        buf_reset(&b);
        buf_puts(&b, FRONT);
        for (size_t i = 0; i < INLINE_MAX_B; i++)
                buf_puts(&b, "a ");
        assert_int_equal(copy_read(a, buf_str(&b), &e, &err), ERR_LIMIT);
        for (size_t i = 0; i < LIMIT_COPY_B; i += 2)
                buf_puts(&b, "a ");
        assert_int_equal(copy_read(a, buf_str(&b), &e, &err), ERR_LIMIT);
        buf_done(&b);
        arena_free(a);
}

/* The text of the one paragraph, item or quote that the copy holds. */
static const struct block *only_block(struct arena *a, struct buf *b,
                                      enum block_kind kind)
{
        struct edition *e;
        struct err err = { 0 };

        assert_ok(copy_read(a, buf_str(b), &e, &err), err);
        assert_int_equal(e->n_sections, 1);
        assert_int_equal(e->sections[0].n_blocks, 1);
        const struct block *block = &e->sections[0].blocks[0];

        assert_int_equal(block->kind, kind);
        if (kind == BLOCK_LIST) {
                assert_int_equal(block->n_children, 1);
                block = &block->children[0];
        }
        assert_int_equal(block->n_children, 0);
        assert_int_equal(block->attrs.n, 0);
        return block;
}

static const char *const hostile[] = {
        "1. one",
        "1) one",
        "12.",
        "- a",
        "-5 degrees",
        "---",
        "- - -",
        "+ a",
        "* a",
        "***",
        "# a",
        "#",
        "#hash",
        "C #",
        "a ##",
        "> a",
        "```",
        "~~~",
        "===",
        "a {.lead}",
        "{.lead story=1}",
        "[a](http://b.example/)",
        "![a](b)",
        "<script>alert(1)</script>",
        "<http://a.example/>",
        "*a* _b_ **c** `d`",
        "a &amp; b &lt; &#65; &",
        "AT&T and R&D; &",
        "back\\slash \\* \\",
        "[^1]: a",
        "a | b",
        "$x$ ~~y~~",
        "\tindented",
        "trailing\\",
        "“Quoted”, she said",
        "«\xC2\xA0guillemets\xC2\xA0»",
        "\xD8\xA7\xD9\x84\xD9\x85\xD9\x88\xD8\xA7\xD9\x86\xD8\xA6.",
        "a](http://evil.example/) [b",
        "&bulldogbreak; &bulldogstart;",
        ": a",
        "a_b_c snake_case",
        "https://a.example/_x_",
};

static void test_escape(void **state UNUSED)
{
        static const char *const fronts[] = { "", "- ", "7. ", "> " };
        static const enum block_kind kinds[] = { BLOCK_PARAGRAPH, BLOCK_LIST,
                                                 BLOCK_LIST, BLOCK_QUOTE };
        struct arena *a = arena_new(ARENA_MAX);
        struct buf b;

        buf_init(&b, LIMIT_COPY_B);
        for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
                for (size_t k = 0; k < 4; k++) {
                        buf_reset(&b);
                        buf_puts(&b, FRONT);
                        buf_puts(&b, fronts[k]);
                        escape_start(&b, str_c(hostile[i]));
                        buf_char(&b, '\n');
                        const struct block *p = only_block(a, &b, kinds[k]);

                        assert_int_equal(p->n_runs, 1);
                        assert_str(p->runs[0].text,
                                   arena_cstr(a, str_trim(str_c(hostile[i]))));
                        check_round(a, buf_str(&b), buf_str(&b));
                }
        }
        buf_done(&b);
        arena_free(a);
}

/* As a bold lead-in, a link's text, and a heading. */
static void test_escape_inside(void **state UNUSED)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct buf b;

        buf_init(&b, LIMIT_COPY_B);
        for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
                struct str want = str_trim(str_c(hostile[i]));

                buf_reset(&b);
                buf_puts(&b, FRONT "**");
                escape_text(&b, want);
                buf_puts(&b, "** ");
                escape_link(&b, want, STR("https://a.example/(x)_[y]?a&lt;b`"));
                const struct block *p = only_block(a, &b, BLOCK_PARAGRAPH);

                assert_int_equal(p->n_runs, 3);
                assert_true(p->runs[0].is_strong);
                assert_str(p->runs[0].text, arena_cstr(a, want));
                assert_str(p->runs[2].text, arena_cstr(a, want));
                assert_str(p->runs[2].url, "https://a.example/(x)_[y]?a&lt;b`");

                struct edition *e;
                struct err err = { 0 };

                buf_reset(&b);
                buf_puts(&b, FRONT "# ");
                escape_text(&b, want);
                buf_puts(&b, " {.lead}\n");
                assert_ok(copy_read(a, buf_str(&b), &e, &err), err);
                assert_int_equal(e->sections[0].kind, SECTION_LEAD);
                assert_int_equal(e->sections[0].n_runs, 1);
                assert_str(e->sections[0].runs[0].text, arena_cstr(a, want));
        }
        buf_done(&b);
        arena_free(a);
}

static void test_runs(void **state UNUSED)
{
        static const struct {
                const char *in, *want; /* s( e( c( l[url]( and / for a break */
        } rows[] = {
                { "a *b* **c** `d`", "a e(b) s(c) c(d)" },
                { "***a***", "se(a)" },
                { "[a **b**](http://c.example/)",
                  "l[http://c.example/](a )sl[http://c.example/](b)" },
                { "<http://a.example/>",
                  "l[http://a.example/](http://a.example/)" },
                { "[a](javascript:x)", "a" },
                { "[a](java&#115;cript:x)", "a" },
                { "[a](java&Tab;script:x)", "a" },
                { "[a](<java\tscript:x>)", "a" },
                { "[a](data:text/html,x)", "a" },
                { "[a](/b/c)", "l[/b/c](a)" },
                { "[a](mailto:b@c.example)", "l[mailto:b@c.example](a)" },
                { "&eacute;&#x41;&#65;&nosuch;&amp;", "\xC3\xA9"
                                                      "AA&nosuch;&" },
                { "&#0;&#xD800;&#8;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
                { "a\nb", "a b" },
                { "a\\\nb", "a/b" },
                { "a  \nb", "a/b" },
                { "a\\\\\nb", "a\\ b" },
                { "*a\nb*", "e(a b)" },
                { "![alt](http://x.example/y.png)", "alt" },
                { "<b>a</b>", "<b>a</b>" },
                { "# a", "# a" },
                { "- a", "- a" },
                { "    a", "a" },
                { "\\*a\\*", "*a*" },
                { "[ref]", "[ref]" },
                { "", "" },
        };
        struct arena *a = arena_new(ARENA_MAX);
        struct buf b;

        buf_init(&b, 10000);
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct run *runs = NULL;
                size_t n = 0;

                assert_int_equal(inline_runs(a, str_c(rows[i].in), &runs, &n),
                                 0);
                buf_reset(&b);
                for (size_t k = 0; k < n; k++) {
                        const struct run *r = &runs[k];
                        bool is_styled = r->is_strong || r->is_emphasis ||
                                         r->is_code || r->url.p;

                        buf_puts(&b, r->is_break ? "/" : "");
                        buf_puts(&b, r->is_strong ? "s" : "");
                        buf_puts(&b, r->is_emphasis ? "e" : "");
                        buf_puts(&b, r->is_code ? "c" : "");
                        if (r->url.p)
                                buf_printf(&b, "l[" STR_FMT "]",
                                           STR_ARG(r->url));
                        buf_puts(&b, is_styled ? "(" : "");
                        buf_put(&b, r->text);
                        buf_puts(&b, is_styled ? ")" : "");
                }
                assert_str(buf_str(&b), rows[i].want);
        }
        buf_done(&b);
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(test_day), cmocka_unit_test(test_quiz),
          cmocka_unit_test(test_loose), cmocka_unit_test(test_forms),
          cmocka_unit_test(test_faults), cmocka_unit_test(test_limits),
          cmocka_unit_test(test_escape), cmocka_unit_test(test_escape_inside),
          cmocka_unit_test(test_runs))

/* What extraction stands on: the tree, names, phrases, languages, authors, the
 * owner's rules. */

#include "base/buf.h"
#include "base/limits.h"
#include "unit.h"
#include "wire/extract.h"
#include "wire/extract_meta.h"
#include "wire/language.h"
#include "wire/names.h"
#include "wire/phrases.h"
#include "wire/sites.h"
#include "wire/tree.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static struct arena *arena;

static struct tree parse(const char *html)
{
        struct tree t;
        struct err err = { 0 };

        arena_reset(arena);
        assert_ok(tree_parse(arena, str_c(html), &t, &err), err);
        return t;
}

static void makes_a_flat_tree(void **state)
{
        struct tree t = parse("<body><div CLASS='a b'><p>One &amp; two<p>three"
                              "<!-- no --> four</div>five");
        size_t div = tree_find(&t, TAG_div), p = tree_find(&t, TAG_p);

        (void)state;
        assert_str(tree_attr(&t.nodes[div], TREE_class), "a b");
        assert_null(tree_attr(&t.nodes[div], TREE_id).p);
        assert_int_equal(t.nodes[p].parent, div);
        assert_str(t.nodes[p + 1].text, "One & two");
        assert_str(tree_text(arena, &t, div, 100), "One & two three four");
        assert_int_equal(t.nodes[p].end, p + 2);
        for (size_t i = 0; i < t.n; i++) {
                uint32_t up = t.nodes[i].parent;

                assert_true(t.nodes[i].end > i && t.nodes[i].end <= t.n);
                if (up != TREE_TOP)
                        assert_true(up < i &&
                                    t.nodes[up].end >= t.nodes[i].end);
        }
        assert_int_equal(tree_find(&t, TAG_table), STR_NONE);
        assert_int_equal(parse("").n, 0);
}

/* Depth, parts and bytes have an end. */
static void bounds_the_tree(void **state)
{
        struct buf b;
        struct tree t;
        struct err err = { 0 };

        (void)state;
        buf_init(&b, LIMIT_PAGE_B + 8);
        for (int i = 0; i < 20000; i++)
                buf_puts(&b, "<div>x");
        arena_reset(arena);
        assert_ok(tree_parse(arena, buf_str(&b), &t, &err), err);
        for (size_t i = 0; i < t.n; i++) {
                size_t depth = 0;
                for (uint32_t up = t.nodes[i].parent; up != TREE_TOP;
                     up = t.nodes[up].parent)
                        depth++;
                assert_true(depth <= LIMIT_PAGE_DEPTH);
        }
        buf_reset(&b);
        for (int i = 0; i < LIMIT_PAGE_NODES; i++)
                buf_puts(&b, "<br>x");
        arena_reset(arena);
        assert_int_equal(tree_parse(arena, buf_str(&b), &t, &err), ERR_LIMIT);
        buf_reset(&b);
        (void)buf_room(&b, LIMIT_PAGE_B + 1);
        memset(b.p, 'x', b.n);
        assert_int_equal(tree_parse(arena, buf_str(&b), &t, &err), ERR_LIMIT);
        buf_done(&b);
}

static void reads_names(void **state)
{
        static const struct {
                const char *names;
                uint32_t has, lacks;
        } cases[] = {
                { "articleBody", NAME_IS(BODY), NAME_IS(RELATED) },
                { "article__body", NAME_IS(BODY), 0 },
                { "corps-article", NAME_IS(BODY), 0 },
                { "post content", NAME_IS(THING), NAME_IS(BODY) },
                { "ad", NAME_IS(AD), 0 },
                { "header download", 0, NAME_IS(AD) },
                { "leser-kommentare", NAME_IS(COMMENT), 0 },
                { "commentList", NAME_IS(COMMENT), 0 },
                { "related-posts", NAME_IS(RELATED), NAME_IS(BODY) },
                { "x1 2 -- __", 0, ~UINT32_C(0) },
                { "", 0, ~UINT32_C(0) },
                { "\xC3\xBC\xFF", 0, ~UINT32_C(0) },
        };
        const struct names *names = names_new(arena);

        (void)state;
        for (size_t i = 0; i < COUNT(cases); i++) {
                uint32_t bits = names_read(names, str_c(cases[i].names));

                assert_int_equal(bits & cases[i].has, cases[i].has);
                assert_int_equal(bits & cases[i].lacks, 0);
        }
}

static void reads_phrases(void **state)
{
        static const struct {
                const char *line;
                unsigned says;
        } cases[] = {
                { "Read more: the ports", 1U << PHRASE_RELATED },
                { "Lesen Sie auch: die H\xC3\xA4"
                  "fen",
                  1U << PHRASE_RELATED },
                { "PHOTO: A. Person", 1U << PHRASE_CREDIT },
                { "Printing had stopped by noon.", 0 },
                { "Previously, the port had been closed.", 0 },
                { "Sources said that the port was closed.", 0 },
                { "Source: the port", 1U << PHRASE_SOURCE },
                { "Tags: ports, ships", 1U << PHRASE_META },
                { "Get our newsletter", 1U << PHRASE_PROMO },
                { "", 0 },
        };
        const struct phrases *p = phrases_new(arena);

        (void)state;
        for (size_t i = 0; i < COUNT(cases); i++)
                if (cases[i].says)
                        assert_true(phrases_read(p, str_c(cases[i].line)) &
                                    cases[i].says);
                else
                        assert_int_equal(phrases_read(p, str_c(cases[i].line)),
                                         0);
}

static void tells_languages(void **state)
{
        static const struct {
                const char *text, *tag;
        } cases[] = {
                { "The port was closed for a week, and the ships that were "
                  "waiting in the roads have not been unloaded.",
                  "en" },
                { "Der Hafen war eine Woche geschlossen, und die Schiffe, die "
                  "auf der Reede lagen, sind noch nicht gel\xC3\xB6scht.",
                  "de" },
                { "Le port a \xC3\xA9t\xC3\xA9 ferm\xC3\xA9 pendant une "
                  "semaine et les navires qui sont dans la rade ne sont pas "
                  "d\xC3\xA9"
                  "charg\xC3\xA9s, pour les ouvriers.",
                  "fr" },
                { "El puerto estuvo cerrado una semana y los barcos que "
                  "esperaban en la rada no han sido descargados por las "
                  "autoridades del lugar.",
                  "es" },
                { "Порт был закрыт неделю, и "
                  "суда, которые ждали, не "
                  "разгружены, что для него как "
                  "это уже было.",
                  "ru" },
                { "港は一週間閉ざされていた。", "ja" },
                { "항구는 일주일 동안 닫혔다", "ko" },
                { "Το λιμάνι έκλεισε", "el" },
                { "42 1 7", NULL },
                { "", NULL },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(cases); i++) {
                struct str tag = language_guess(str_c(cases[i].text));

                if (cases[i].tag)
                        assert_str(tag, cases[i].tag);
                else
                        assert_null(tag.p);
        }
        assert_str(language_tag(arena, STR("en_GB")), "en-GB");
        assert_str(language_tag(arena, STR(" de, en")), "de");
        assert_null(language_tag(arena, STR("x")).p);
        assert_null(language_tag(arena, STR("{{lang}}")).p);
}

static void reads_authors(void **state)
{
        static const struct {
                const char *line, *names;
        } cases[] = {
                { "By Ada Person", "Ada Person" },
                { "Von Ada Person und Berta Schreiber",
                  "Ada Person;Berta Schreiber" },
                { "Ada Person, Berta Writer and Carl Reporter",
                  "Ada Person;Berta Writer;Carl Reporter" },
                { "Par Ada Person et Berta Plume", "Ada Person;Berta Plume" },
                { "Ada Person, Political Editor in Portsmouth today",
                  "Ada Person" },
                { "The Gazette", "The Gazette" },
                { "Ada Person (Wire Service)", "Ada Person" },
                { "Ada Person 12 March 2026, 10:00", "Ada Person" },
                { "Ada Person · 12 March 2026", "Ada Person" },
                { "Por: Ada Person", "Ada Person" },
                { "Автор: Анна Иванова", "Анна Иванова" },
                { "J. R. Person", "J. R. Person" },
                { "Ada Person February 28, 2020", "Ada Person" },
                { "Ada Person Stand: 05. Februar 2020", "Ada Person" },
                { "Über Ada Person", "Ada Person" },
                { "Auteur: Ada Person", "Ada Person" },
                { "王某", "王某" },
                { "admin", "" },
                { "https://gazette.example/ada", "" },
                { "@ada", "" },
                { "12 March 2026", "" },
                { "", "" },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(cases); i++) {
                struct strs list = { 0 };
                struct buf got;

                buf_init(&got, 500);
                authors_read(arena, str_c(cases[i].line), &list);
                for (size_t k = 0; k < list.n; k++) {
                        if (k)
                                buf_char(&got, ';');
                        buf_put(&got, list.items[k]);
                }
                assert_string_equal(buf_cstr(&got), cases[i].names);
                buf_done(&got);
        }
}

static void reads_rules(void **state)
{
        static const struct {
                const char *text, *says; /* a part of the message */
        } bad[] = {
                { "gazette.example", "line 1" },
                { "# fine\ngazette.example keep .a", "line 2" },
                { "gazette.example take", "one element" },
                { "gazette.example take .a .b", "one element" },
                { "gazette.example take div > p", "one element" },
                { "gazette.example take .a.b", "one element" },
                { "gazette.example take blob", "one element" },
                { "gazette.example take .", "one element" },
        };
        struct sites sites;
        struct err err = { 0 };
        struct buf many;

        (void)state;
        for (size_t i = 0; i < COUNT(bad); i++) {
                assert_int_equal(
                        sites_parse(arena, str_c(bad[i].text), &sites, &err),
                        ERR_INPUT);
                assert_non_null(strstr(err.msg, bad[i].says));
        }
        assert_ok(sites_parse(arena,
                              STR("# rules\n\n Gazette.example take "
                                  "div.story\r\ngazette.example\tdrop #ad\n"),
                              &sites, &err),
                  err);
        assert_int_equal(sites.n, 2);
        assert_str(sites.rules[0].host, "gazette.example");
        assert_str(sites.rules[0].name, "story");
        assert_false(sites.rules[1].is_take);
        buf_init(&many, LIMIT_SITES_B);
        for (int i = 0; i <= LIMIT_SITES; i++)
                buf_puts(&many, "a.example take .b\n");
        assert_int_equal(sites_parse(arena, buf_str(&many), &sites, &err),
                         ERR_LIMIT);
        buf_done(&many);
}

#define ODD_PAGE                                                               \
        "<html><body><div class='related'><h1>Ports reopen</h1><div "          \
        "class='w1'><p>Dockworkers returned to the harbour on Friday.</p>"     \
        "<div class='w2'>Inset words of another kind.</div><p>The port said "  \
        "that all would be well by the evening.</p></div></div><p>Elsewhere "  \
        "on this page stands a long paragraph that is of no use to anybody, "  \
        "and yet it is long, and it has commas.</p></body></html>"

static struct page extract_by(const char *rules, const char *url)
{
        struct extract_request r = { .bytes = STR(ODD_PAGE),
                                     .url = str_c(url),
                                     .rules = str_c(rules) };
        struct page p;
        struct err err = { 0 };

        assert_ok(extract_by_rules(arena, &r, &p, &err), err);
        return p;
}

static void obeys_rules(void **state)
{
        const char *rules = "gazette.example take .w1\n"
                            "gazette.example drop div.w2\n"
                            "other.example take p\n";
        struct page p = extract_by(rules, "https://www.gazette.example/a");

        (void)state;
        assert_str(p.text, "Dockworkers returned to the harbour on Friday.\n\n"
                           "The port said that all would be well by the "
                           "evening.");
        /* A host that only ends alike is another. */
        p = extract_by(rules, "https://thegazette.example/a");
        assert_true(str_find(p.text, STR("Elsewhere"), 0) != STR_NONE);
        /* What isn't there takes nothing. */
        p = extract_by("gazette.example take .gone",
                       "https://gazette.example/a");
        assert_true(str_find(p.text, STR("Elsewhere"), 0) != STR_NONE);
}

static int set_up(void **state)
{
        (void)state;
        arena = arena_new((size_t)LIMIT_PAGE_ARENA_B * 4);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(makes_a_flat_tree),
                cmocka_unit_test(bounds_the_tree),
                cmocka_unit_test(reads_names),
                cmocka_unit_test(reads_phrases),
                cmocka_unit_test(tells_languages),
                cmocka_unit_test(reads_authors),
                cmocka_unit_test(reads_rules),
                cmocka_unit_test(obeys_rules),
        };

        return cmocka_run_group_tests(tests, set_up, tear_down);
}

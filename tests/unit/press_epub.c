/*
 * An edition as a book: its container, its documents (tests/golden/press/epub*;
 * BLESS=1 writes them anew), and what a hostile copy makes of it. The books
 * lie as $PRESS_OUT/NAME.epub afterwards for epubcheck.
 */

#include "unit.h"

#include <libxml/parser.h>
#include <zip.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "conf/phrases.h"
#include "edition/copy.h"
#include "press/press.h"
#include "press/theme.h"

static struct arena *a;
static struct press press;
static struct err err;

static void speak(const char *language)
{
        struct phrases *phrases = NULL;
        struct str text;

        press.language = str_c(language);
        assert_true(theme_find(press.theme,
                               arena_printf(a, "phrases/%s.txt", language),
                               &text));
        assert_ok(phrases_parse(a, text, &phrases, &err), err);
        press.phrases = phrases;
}

static int set_up(void **state)
{
        (void)state;
        a = arena_new((size_t)1 << 28);
        press = (struct press) { .name = STR("The Morning Edition"),
                                 .line = STR("From many papers, one"),
                                 .url = STR("https://paper.example/"),
                                 .zone = STR("Europe/Berlin"),
                                 .theme = theme_new(a, NULL, 0) };
        speak("en");
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

static struct issue read_issue(struct str text)
{
        struct edition *e = NULL;
        struct issue issue = { .row = { .id = 1,
                                        .number = 412,
                                        .date = STR("2026-03-06"),
                                        .slug = STR("ports-reopen"),
                                        .published_at = 1772776800,
                                        .updated_at = 1772780400 } };

        assert_ok(copy_read(a, text, &e, &err), err);
        issue.edition = e;
        issue.row.title = e->title;
        return issue;
}

static struct str golden_path(const char *name)
{
        return arena_printf(a, "%s/tests/golden/press/%s",
                            getenv("SOURCE_ROOT"), name);
}

static struct str sample_copy(void)
{
        struct str text;

        assert_ok(file_read(a, golden_path("edition.md").p, LIMIT_COPY_B, &text,
                            &err),
                  err);
        return text;
}

/* The book of an issue, kept as NAME.epub. */
static struct str book_of_issue(const char *name, const struct issue *issue)
{
        struct printed_list list = { 0 };
        const char *out = getenv("PRESS_OUT");

        assert_ok(press_issue(a, &press, issue, NULL, &list, &err), err);
        for (size_t i = 0; i < list.n; i++) {
                if (!str_ends(list.items[i].path, STR("/edition.epub")))
                        continue;
                if (out)
                        assert_ok(file_write(arena_printf(a, "%s/%s.epub", out,
                                                          name)
                                                     .p,
                                             list.items[i].bytes, NULL, &err),
                                  err);
                return list.items[i].bytes;
        }
        fail_msg("no book is printed");
        return STR_NULL;
}

static struct str book_of(const char *name, struct str copy)
{
        struct issue issue = read_issue(copy);

        return book_of_issue(name, &issue);
}

static zip_t *open_book(struct str book)
{
        zip_source_t *s = zip_source_buffer_create(book.p, book.n, 0, NULL);
        zip_t *z = zip_open_from_source(s, ZIP_RDONLY, NULL);

        assert_non_null(z);
        return z;
}

static struct str part(struct str book, const char *path)
{
        zip_t *z = open_book(book);
        zip_file_t *f = zip_fopen(z, path, 0);
        zip_stat_t st;

        if (!f || zip_stat(z, path, 0, &st) < 0)
                fail_msg("%s is not in the book", path);

        char *bytes = arena_alloc(a, st.size + 1);

        assert_int_equal(zip_fread(f, bytes, st.size), st.size);
        zip_fclose(f);
        zip_discard(z);
        return (struct str) { bytes, st.size };
}

static void assert_has(struct str page, const char *want)
{
        if (str_find(page, str_c(want), 0) == STR_NONE)
                fail_msg("there is no %s", want);
}

static void assert_lacks(struct str page, const char *unwanted)
{
        if (str_find(page, str_c(unwanted), 0) != STR_NONE)
                fail_msg("there is a %s", unwanted);
}

static size_t count(struct str s, struct str needle)
{
        size_t n = 0;

        for (size_t at = 0; (at = str_find(s, needle, at)) != STR_NONE; at++)
                n++;
        return n;
}

/* Each document is XML. */
static void assert_xml(struct str book)
{
        static const char *const paths[] = {
                "META-INF/container.xml", "EPUB/package.opf", "EPUB/nav.xhtml",
                "EPUB/cover.xhtml", "EPUB/edition.xhtml"
        };

        for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
                struct str s = part(book, paths[i]);
                xmlDocPtr doc = xmlReadMemory(s.p, (int)s.n, paths[i], NULL,
                                              XML_PARSE_NONET);

                if (!doc)
                        fail_msg("%s is no XML", paths[i]);
                xmlFreeDoc(doc);
        }
        xmlCleanupParser();
}

/* OCF 3.3, section 4.2: how a reader knows a book by its first bytes. */
static void container(void **state)
{
        struct str book = book_of("sample", sample_copy());
        zip_t *z = open_book(book);

        (void)state;
        assert_true(str_starts(book, STR("PK\x03\x04")));
        assert_str(str_sub(book, 30, 28), "mimetypeapplication/epub+zip");
        for (zip_int64_t i = 0; i < zip_get_num_entries(z, 0); i++) {
                zip_stat_t st;

                assert_int_equal(zip_stat_index(z, (zip_uint64_t)i, 0, &st), 0);
                assert_int_equal(zip_file_extra_fields_count(z, (zip_uint64_t)i,
                                                             ZIP_FL_LOCAL),
                                 0);
                assert_int_equal(st.comp_method,
                                 i == 0 || str_ends(str_c(st.name), STR(".png"))
                                         ? ZIP_CM_STORE
                                         : ZIP_CM_DEFLATE);
        }
        zip_discard(z);
        assert_true(str_eq(book, book_of("sample", sample_copy())));
}

static void check_golden(const char *name, struct str got)
{
        struct str want;

        if (getenv("BLESS")) {
                assert_ok(file_write(golden_path(name).p, got, NULL, &err),
                          err);
                return;
        }
        assert_ok(
                file_read(a, golden_path(name).p, LIMIT_OUTPUT_B, &want, &err),
                err);
        if (!str_eq(got, want))
                fail_msg("%s differs: look at it, then BLESS=1", name);
}

static void documents(void **state)
{
        struct str book = book_of("sample", sample_copy());

        (void)state;
        assert_xml(book);
        check_golden("epub.opf", part(book, "EPUB/package.opf"));
        check_golden("epub-nav.xhtml", part(book, "EPUB/nav.xhtml"));
        check_golden("epub-cover.xhtml", part(book, "EPUB/cover.xhtml"));
        check_golden("epub.xhtml", part(book, "EPUB/edition.xhtml"));
        assert_true(str_starts(part(book, "EPUB/cover.png"), STR("\x89PNG")));
        assert_true(str_starts(part(book, "EPUB/chart.png"), STR("\x89PNG")));
        assert_has(part(book, "EPUB/book.css"), "color: #8c1d18");
        assert_lacks(part(book, "EPUB/book.css"), "var(--accent)");
}

#define FRONT(title, language)                                                 \
        "---\nnumber: 1\ndate: 2026-03-06\ntitle: " title                      \
        "\nlanguage: " language "\n---\n\n"

/* What strangers write, and what their texts are made of. */
static void hostile_text(void **state)
{
        struct buf b;
        struct str book, page;

        (void)state;
        press.name = STR("The \x01\x1b\x7f & <b>Morning</b>");
        buf_init(&b, LIMIT_COPY_B);
        buf_puts(&b, "---\nnumber: 1\ndate: 2026-03-06\nlanguage: en\ntitle: "
                     "\"A & B \\\" <i> ");
        for (int i = 0; i < 1000; i++)
                buf_puts(&b, "headlines ");
        buf_puts(&b, "\"\n---\n\n# A & B ]]> ");
        for (int i = 0; i < 1000; i++)
                buf_puts(&b, "headlines ");
        buf_puts(&b, "{.lead}\n\n");
        buf_put(&b, STR("C \xef\xbf\xbe\xef\xbf\xbf \xc2\x85 "
                        "\\</p>\\<br>&nbsp;&lt;&hearts; \\<!-- -- "
                        "\\<![CDATA[ {{x}}  \\\nnext line\n\n"));
        buf_puts(&b,
                 "[path](/2026/03/05/a-day-before/) [part](#s1) "
                 "[mail](mailto:desk@paper.example) "
                 "[quoted](https://e.example/\"onclick=\"z) "
                 "[letters](https://e.example/ä?ö=[1]|{2}^`3\\\\4) "
                 "[half](https://e.example/%zz%) [host](https://e_x.example/) "
                 "[six](https://[::1]:80/[a]) "
                 "[bad](http://) [worse](https://[::1) "
                 "[port](https://e.example:99999999/) "
                 "[js](javascript:alert%281%29)\n\n"
                 "> q\n>\n> second {source=\"javascript:1\" by=\"\\<b>\" "
                 "lang=\"no such\"}\n\n"
                 "## Two {.chart}\n\n"
                 "```chart\ntitle: Lost & <b>\ndata: gone.csv\n```\n\n"
                 "```chart\ntitle: Found\n\nA&<,B\nx,1\n```\n\n"
                 "## {.other}\n\n- one\n    1. two\n\n"
                 "```\n</code> & ]]>\n```\n\n### Sub & head\n");
        book = book_of("hostile", buf_str(&b));
        buf_done(&b);
        assert_xml(book);
        page = part(book, "EPUB/edition.xhtml");
        assert_has(page, "href=\"https://paper.example/2026/03/05/"
                         "a-day-before/\"");
        assert_has(page, "<br/>");
        assert_lacks(page, "javascript:");
        assert_lacks(page, "\xef\xbf\xbe");
        assert_lacks(page, "\xef\xbf\xbf");
        assert_has(page, "<img src=\"chart-2.png\" alt=\"");
        assert_int_equal(count(part(book, "EPUB/package.opf"),
                               STR("media-type=\"image/png\"")),
                         2);
}

static void other_ways(void **state)
{
        struct str book;

        (void)state;
        speak("ar");
        book = book_of("rtl", STR(FRONT("عنوان", "ar") "صباح الخير. "
                                                       "{.greeting}\n\n"
                                                       "# عنوان {.lead}\n\n"
                                                       "نص قصير. [صحيفة]"
                                                       "(https://e.example/)"
                                                       "\n"));
        assert_xml(book);
        assert_has(part(book, "EPUB/package.opf"),
                   "<spine page-progression-direction=\"rtl\">");
        assert_has(part(book, "EPUB/edition.xhtml"), "dir=\"rtl\"");
        speak("ja");
        book = book_of(
                "japanese",
                STR(FRONT("港が再開", "ja") "# 港が再開 {.lead}\n\n"
                                            "港湾労働者が仕事に戻った。 "
                                            "[新聞](https://e.example/)\n"));
        assert_xml(book);
        assert_lacks(part(book, "EPUB/package.opf"), "page-progression");
        assert_has(part(book, "EPUB/nav.xhtml"), "<title>目次</title>");
}

/* Nothing but a greeting; a language that is none. */
static void quiet_day(void **state)
{
        struct str book =
                book_of("quiet",
                        STR(FRONT("Quiet", "\"no such_tag\"") "Good morning. "
                                                              "{.greeting}\n"));

        (void)state;
        assert_xml(book);
        assert_has(part(book, "EPUB/edition.xhtml"), "We print no filler");
        assert_has(part(book, "EPUB/nav.xhtml"),
                   "<li><a href=\"edition.xhtml\">The Morning Edition, ");
        assert_lacks(part(book, "EPUB/package.opf"), "no such_tag");
}

/* A correction is told in the book, and makes it a new release. */
static void corrected(void **state)
{
        struct issue issue = read_issue(sample_copy());
        struct version versions[] = {
                { .at = 1772776800, .edition = issue.edition },
                { .at = 1772780400,
                  .note = STR("The fall was <tenth> & not half."),
                  .edition = issue.edition },
        };
        struct str book, page;

        (void)state;
        issue.versions = versions;
        issue.n_versions = 2;
        book = book_of_issue("corrected", &issue);
        assert_xml(book);
        page = part(book, "EPUB/edition.xhtml");
        assert_has(page, "The fall was &lt;tenth&gt; &amp; not half.");
        assert_has(page, "<a href=\"#corrections\">Corrected at ");
        assert_has(part(book, "EPUB/nav.xhtml"),
                   "href=\"edition.xhtml#corrections\"");
        assert_has(part(book, "EPUB/package.opf"),
                   "dcterms:modified\">2026-03-06T07:00:00Z");
}

/* Of too many charts the rest is words and tables. */
static void many_charts(void **state)
{
        struct buf b;
        struct str book;

        (void)state;
        buf_init(&b, LIMIT_COPY_B);
        buf_puts(&b, FRONT("Charts", "en") "## Charts {.chart}\n\n");
        for (int i = 0; i < LIMIT_BOOK_CHARTS + 2; i++)
                buf_puts(&b, "```chart\ntitle: T\n\nA,B\nx,1\n```\n\n");
        book = book_of("charts", buf_str(&b));
        buf_done(&b);
        assert_xml(book);
        assert_int_equal(count(part(book, "EPUB/edition.xhtml"), STR("<img ")),
                         LIMIT_BOOK_CHARTS);
        assert_int_equal(count(part(book, "EPUB/package.opf"),
                               STR("media-type=\"image/png\"")),
                         LIMIT_BOOK_CHARTS + 1);
        assert_int_equal(
                count(part(book, "EPUB/edition.xhtml"), STR("<table>")),
                LIMIT_BOOK_CHARTS + 2);
}

static void own_theme(void **state)
{
        struct theme_file own[] = {
                { STR("edition.css"), STR(":root { --accent: teal }") },
                { STR("epub_nav.mustache"), STR("{{#broken}}") },
        };
        struct printed_list list = { 0 };
        struct issue issue = read_issue(sample_copy());
        struct str css;

        (void)state;
        press.theme = theme_new(a, own, 1);
        css = part(book_of("own", sample_copy()), "EPUB/book.css");
        assert_has(css, "color: teal }");
        assert_has(css, "solid inherit");
        press.theme = theme_new(a, own, 2);
        assert_int_equal(press_issue(a, &press, &issue, NULL, &list, &err),
                         ERR_INPUT);
        assert_non_null(strstr(err.msg, "epub_nav.mustache, line 1"));
}

UNIT_MAIN(cmocka_unit_test_setup_teardown(container, set_up, tear_down),
          cmocka_unit_test_setup_teardown(documents, set_up, tear_down),
          cmocka_unit_test_setup_teardown(hostile_text, set_up, tear_down),
          cmocka_unit_test_setup_teardown(other_ways, set_up, tear_down),
          cmocka_unit_test_setup_teardown(quiet_day, set_up, tear_down),
          cmocka_unit_test_setup_teardown(corrected, set_up, tear_down),
          cmocka_unit_test_setup_teardown(many_charts, set_up, tear_down),
          cmocka_unit_test_setup_teardown(own_theme, set_up, tear_down))

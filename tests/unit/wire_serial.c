/* Articles over several pages, and pages with another form. */

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "unit.h"
#include "wire/sequel.h"
#include "wire/serial.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define AT "https://gazette.example"

static struct arena *arena;

static void numbers_pages(void **state)
{
        static const struct {
                const char *first, *url;
                int number;
        } cases[] = {
                { AT "/ports", AT "/ports", 1 },
                { AT "/ports", AT "/ports/2", 2 },
                { AT "/ports/", AT "/ports/2/", 2 },
                { AT "/ports", AT "/ports/page/3/", 3 },
                { AT "/ports.html", AT "/ports-2.html", 2 },
                { AT "/ports.html", AT "/ports,2.html", 2 },
                { AT "/ports.html", AT "/ports_p2.html", 2 },
                { AT "/ports.html", AT "/ports-seite-12.html", 12 },
                { AT "/ports.html", AT "/ports.html?page=2", 2 },
                { AT "/ports.php?id=7", AT "/ports.php?id=7&page=2", 2 },
                { AT "/ports.php?id=7", AT "/ports.php?seite=2&id=7", 2 },
                { AT "/ports?page=1", AT "/ports?page=2", 2 },
                { AT "/ports/page/1", AT "/ports/page/2", 2 },
                { AT "/ports", AT "/ports?utm_source=x&page=2#top", 2 },
                { "http://www.gazette.example/ports", AT "/ports/2", 2 },
                /* The next article, and other things. */
                { AT "/report-12", AT "/report-13", 0 },
                { AT "/report-1", AT "/report-2", 0 },
                { AT "/2026/03/06", AT "/2026/03/07", 0 },
                { AT "/ports", AT "/ports-again-2", 0 },
                { AT "/ports", AT "/ports/comment-page-2", 0 },
                { AT "/ports", AT "/ports?cpage=2", 0 },
                { AT "/ports", AT "/ports/2?print=1", 0 },
                { AT "/ports", AT "/ports/02", 0 },
                { AT "/ports", AT "/ports/2026", 0 },
                { AT "/ports", "https://gazette.example:81/ports/2", 0 },
                { AT "/ports", "https://other.example/ports/2", 0 },
                { AT "/ports.html", AT "/ports-2.jpg", 0 },
                { AT "/ports?page=2", AT "/ports?page=3", 0 },
                { AT "/", AT "/page/2", 0 },
                { AT "", AT "/?page=2", 0 },
                { "", "", 0 },
                { "mailto:a", "mailto:a2", 0 },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(cases); i++) {
                int n = sequel_number(arena, str_c(cases[i].first),
                                      str_c(cases[i].url));

                if (n != cases[i].number)
                        print_error("%s %s\n", cases[i].first, cases[i].url);
                assert_int_equal(n, cases[i].number);
        }
}

static void finds_first_pages(void **state)
{
        static const struct {
                const char *url, *first;
                int number;
        } cases[] = {
                { AT "/ports/2", AT "/ports", 2 },
                { AT "/ports-3.html", AT "/ports.html", 3 },
                { AT "/ports/page/4/", AT "/ports", 4 },
                { AT "/p.php?id=7&page=5", AT "/p.php?id=7", 5 },
                { "http://h.example:81/a/2", "http://h.example:81/a", 2 },
                { AT "/ports", NULL, 0 },
                { AT "/2", NULL, 0 },
                { "", NULL, 0 },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(cases); i++) {
                int n = 0;
                struct str first = sequel_first(arena, str_c(cases[i].url), &n);

                assert_int_equal(n, cases[i].number);
                if (cases[i].first)
                        assert_str(first, cases[i].first);
                else
                        assert_null(first.p);
        }
}

static struct page page(const char *text, const char *next)
{
        return (struct page) { .text = str_c(text),
                               .next = next ? str_c(next) : STR_NULL,
                               .published = TIME_NONE };
}

#define LEAD "The harbour is open again, said the port on Friday."
#define MORE "It will take a fortnight to clear the ships that wait."
#define LAST "The union has what it asked for, and the owners peace."

static void joins_pages(void **state)
{
        struct page one = page(LEAD "\n\nYes.\n\n" MORE, AT "/ports/2");
        struct page two = page(LEAD "\n\nYes.\n\nHeading\n\n" LAST "\n\nYes.",
                               AT "/ports/3");
        struct page three = page(MORE, NULL);
        struct str next, why = STR_NULL;
        struct serial *s = serial_new(STR(AT "/ports"), &one, &next);

        (void)state;
        assert_non_null(s);
        assert_str(next, AT "/ports/2");
        next = serial_add(s, STR(AT "/ports/2"), &two, why);
        assert_str(next, AT "/ports/3");
        /* Nothing new on it: that was all. */
        next = serial_add(s, STR(AT "/ports/3"), &three, why);
        assert_null(next.p);
        assert_str(serial_page(s)->text,
                   LEAD "\n\nYes.\n\n" MORE "\n\nHeading\n\n" LAST "\n\nYes.");
        assert_null(serial_note(s).p);
        serial_free(s);
}

static void tells_what_is_missing(void **state)
{
        struct page one = page(LEAD, AT "/ports/2"), two = page(MORE, NULL);
        struct str next;
        struct serial *s = serial_new(STR(AT "/ports"), &one, &next);

        (void)state;
        next = serial_add(s, STR(AT "/ports/2"), NULL,
                          STR("its page answered 404"));
        assert_null(next.p);
        assert_str(serial_page(s)->text, LEAD);
        assert_str(serial_note(s),
                   "its page 2 is missing: its page answered 404");
        serial_free(s);
        /* It led to somewhere else. */
        s = serial_new(STR(AT "/ports"), &one, &next);
        next = serial_add(s, STR("https://other.example/login"), &two,
                          STR_NULL);
        assert_null(next.p);
        assert_str(serial_page(s)->text, LEAD);
        serial_free(s);
}

static void ends(void **state)
{
        char url[100], text[100];
        struct page p = page(LEAD, AT "/ports/2");
        struct str next;
        struct serial *s = serial_new(STR(AT "/ports"), &p, &next);
        int n = 1;

        (void)state;
        while (next.p) {
                struct str at = arena_str(arena, next);

                n++;
                snprintf(text, sizeof(text), "Page %d of them, said the port.",
                         n);
                snprintf(url, sizeof(url), AT "/ports/%d", n + 1);
                p = page(text, url);
                next = serial_add(s, at, &p, STR_NULL);
        }
        assert_int_equal(n, LIMIT_PAGE_PARTS);
        serial_free(s);
}

static void bounds_the_text(void **state)
{
        struct page one = page(LEAD, AT "/ports/2"), two = page("", NULL);
        struct str next;
        struct serial *s = serial_new(STR(AT "/ports"), &one, &next);
        struct buf b;

        (void)state;
        buf_init(&b, 2 * LIMIT_TEXT_B);
        for (int i = 0; b.n < LIMIT_TEXT_B; i++)
                buf_printf(&b, "%sParagraph %d of them.", i ? "\n\n" : "", i);
        two.text = buf_str(&b);
        next = serial_add(s, STR(AT "/ports/2"), &two, STR_NULL);
        assert_null(next.p);
        assert_true(serial_page(s)->text.n <= LIMIT_TEXT_B);
        assert_true(serial_page(s)->text.n > LIMIT_TEXT_B - 100);
        buf_done(&b);
        serial_free(s);
}

#define EXCERPT "Only the first sentence of it is here, and then no more."

static void reads_another_form(void **state)
{
        struct page excerpt = page(EXCERPT, NULL), amp = page("", NULL),
                    print = page(EXCERPT "\n\n" LEAD "\n\n" MORE, NULL);
        struct str next;
        struct serial *s;

        (void)state;
        excerpt.amp = STR("https://amp.gazette.example/ports");
        excerpt.print = STR(AT "/ports?print=1");
        amp.status = PAGE_EMPTY;
        s = serial_new(STR("https://www.gazette.example/ports"), &excerpt,
                       &next);
        assert_non_null(s);
        assert_str(next, "https://amp.gazette.example/ports");
        next = serial_add(s, next, &amp, STR_NULL);
        assert_str(next, AT "/ports?print=1");
        next = serial_add(s, next, &print, STR_NULL);
        assert_null(next.p);
        assert_str(serial_page(s)->text, EXCERPT "\n\n" LEAD "\n\n" MORE);
        serial_free(s);
        /* The better one is kept. */
        print = page("Less.", NULL);
        excerpt.amp = STR_NULL;
        s = serial_new(STR("https://www.gazette.example/ports"), &excerpt,
                       &next);
        next = serial_add(s, next, &print, STR_NULL);
        assert_null(next.p);
        assert_str(serial_page(s)->text, EXCERPT);
        serial_free(s);
}

static void leaves_alone(void **state)
{
        struct buf b;
        struct page p = page(LEAD, NULL);
        struct str next;

        (void)state;
        assert_null(serial_new(STR(AT "/ports"), &p, &next));
        p.next = STR(AT "/ports-again");
        assert_null(serial_new(STR(AT "/ports"), &p, &next));
        p.next = STR("https://other.example/ports/2");
        p.canonical = STR("https://other.example/ports");
        assert_null(serial_new(STR(AT "/ports"), &p, &next));
        p = page(EXCERPT, NULL);
        p.amp = STR("https://cache.example/gazette.example/ports");
        p.print = STR(AT "/ports");
        assert_null(serial_new(STR(AT "/ports"), &p, &next));
        /* A wall is a wall. */
        p = page(EXCERPT, AT "/ports/2");
        p.amp = STR(AT "/amp/ports");
        p.status = PAGE_PAYWALLED;
        assert_null(serial_new(STR(AT "/ports"), &p, &next));
        /* It has its text. */
        buf_init(&b, 4000);
        for (int i = 0; i < 20; i++)
                buf_puts(&b, LEAD " ");
        p.text = buf_str(&b);
        p.status = PAGE_OK;
        p.next = STR_NULL;
        assert_null(serial_new(STR(AT "/ports"), &p, &next));
        buf_done(&b);
}

static int set_up(void **state)
{
        (void)state;
        arena = arena_new((size_t)4 * 1024 * 1024);
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
                cmocka_unit_test(numbers_pages),
                cmocka_unit_test(finds_first_pages),
                cmocka_unit_test(joins_pages),
                cmocka_unit_test(tells_what_is_missing),
                cmocka_unit_test(ends),
                cmocka_unit_test(bounds_the_text),
                cmocka_unit_test(reads_another_form),
                cmocka_unit_test(leaves_alone),
        };

        return cmocka_run_group_tests(tests, set_up, tear_down);
}

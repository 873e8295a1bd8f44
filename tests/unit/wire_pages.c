/*
 * Whole pages, tests/pages/NAME.html: each begins with a comment that says what
 * must come of it, a line each:
 *
 *   url ADDRESS     in WORDS      title WORDS       author NAME (all, in order)
 *   status WORD     out WORDS     language TAG      published YYYY-MM-DD
 *   image ADDRESS   canonical ADDRESS
 */

#include <dirent.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/time.h"
#include "unit.h"
#include "wire/extract.h"

static struct arena *arena;
static int faults, checks;

struct told {
        const char *name;
        struct page page;
        size_t authors; /* checked so far */
};

static void check(const struct told *t, bool is_well, struct str word,
                  struct str want)
{
        checks++;
        if (is_well)
                return;
        faults++;
        print_error("%s: " STR_FMT " " STR_FMT "\n", t->name, STR_ARG(word),
                    STR_ARG(want));
}

static void check_text(const struct told *t, struct str word, struct str got,
                       struct str want)
{
        check(t, str_eq(got, want), word, want);
        if (!str_eq(got, want))
                print_error("    got " STR_FMT "\n", STR_ARG(got));
}

static struct str day_of(const struct page *p)
{
        struct civil c = time_to_civil(p->published + p->offset_s);

        return p->published == TIME_NONE ? STR("none")
                                         : arena_printf(arena, "%04d-%02d-%02d",
                                                        c.year, c.month, c.day);
}

static void check_line(struct told *t, struct str word, struct str want)
{
        static const char *const statuses[] = { "ok", "paywalled", "empty" };
        const struct page *p = &t->page;

        if (str_eq(word, STR("in")))
                check(t, str_find(p->text, want, 0) != STR_NONE, word, want);
        else if (str_eq(word, STR("out")))
                check(t, str_find(p->text, want, 0) == STR_NONE, word, want);
        else if (str_eq(word, STR("title")))
                check_text(t, word, p->title, want);
        else if (str_eq(word, STR("author")))
                check_text(t, word,
                           t->authors < p->authors.n
                                   ? p->authors.items[t->authors++]
                                   : STR("nobody"),
                           want);
        else if (str_eq(word, STR("language")))
                check_text(t, word, p->language, want);
        else if (str_eq(word, STR("published")))
                check_text(t, word, day_of(p), want);
        else if (str_eq(word, STR("image")))
                check_text(t, word, p->image, want);
        else if (str_eq(word, STR("canonical")))
                check_text(t, word, p->canonical, want);
        else if (str_eq(word, STR("status")))
                check_text(t, word, str_c(statuses[p->status]), want);
        else
                fail_msg("%s: what is \"" STR_FMT "\"?", t->name,
                         STR_ARG(word));
}

static void check_page(const char *folder, const char *name)
{
        struct told t = { .name = name };
        struct str html, rest, line, word, url = STR_NULL;
        struct err err = { 0 };

        arena_reset(arena);
        assert_ok(file_read(arena, arena_printf(arena, "%s/%s", folder, name).p,
                            LIMIT_PAGE_B, &html, &err),
                  err);
        size_t end = str_find(html, STR("-->"), 0);
        assert_true(str_starts(html, STR("<!--\n")) && end != STR_NONE);
        rest = str_sub(html, 5, end - 5);
        if (str_starts(rest, STR("url ")))
                url = str_sub(rest, 4, str_chr(rest, '\n', 0) - 4);
        assert_ok(extract_page(arena, html, url,
                               STR("text/html; charset=utf-8"), &t.page, &err),
                  err);
        while (str_cut(&rest, '\n', &line)) {
                if (!line.n || str_starts(line, STR("url ")))
                        continue;
                str_cut(&line, ' ', &word);
                check_line(&t, word, line);
        }
        if (t.authors && t.authors != t.page.authors.n)
                check_text(&t, STR("author"), t.page.authors.items[t.authors],
                           STR("no more"));
}

static int is_page(const struct dirent *d)
{
        return str_ends(str_c(d->d_name), STR(".html"));
}

static void reads_pages(void **state)
{
        const char *root = getenv("SOURCE_ROOT");
        char folder[4096];
        struct dirent **names;
        int n;

        (void)state;
        assert_non_null(root);
        snprintf(folder, sizeof(folder), "%s/tests/pages", root);
        n = scandir(folder, &names, is_page, alphasort);
        assert_true(n > 0);
        for (int i = 0; i < n; i++) {
                check_page(folder, names[i]->d_name);
                free(names[i]);
        }
        free(names);
        assert_true(checks > n);
        assert_int_equal(faults, 0);
}

static int set_up(void **state)
{
        (void)state;
        arena = arena_new(LIMIT_PAGE_ARENA_B * 2);
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
        const struct CMUnitTest tests[] = { cmocka_unit_test(reads_pages) };

        return cmocka_run_group_tests(tests, set_up, tear_down);
}

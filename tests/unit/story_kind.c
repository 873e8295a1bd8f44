/*
 * Kinds and beats of invented articles in eight languages, which nobody wrote
 * with the tables at hand: tests/golden/story/kinds.tsv, beats.tsv.
 */

#define ARENA_B (1 << 24)
#include "arena_fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "story/beat.h"
#include "story/kind.h"
#include "story/words.h"

#define FILE_MAX_B (1 << 20)

static struct str read_table(const char *name)
{
        struct err err;
        struct str text;
        const char *path =
                arena_cstr(a, arena_printf(a, "%s/tests/golden/story/%s",
                                           getenv("SOURCE_ROOT"), name));

        assert_ok(file_read(a, path, FILE_MAX_B, &text, &err), err);
        return text;
}

static void each_is_of_its_kind(void **state)
{
        struct str rest = read_table("kinds.tsv"), line, kind;
        int n = 0, wrong = 0;

        (void)state;
        for (; str_cut(&rest, '\n', &line); n++) {
                struct article art = { .kind = STR("news"),
                                       .url = STR("https://a.example/1") };

                if (!line.n)
                        continue;
                str_cut(&line, '\t', &kind);
                art.title = line;
                if (str_eq(kind_of(&art), kind))
                        continue;
                wrong++;
                print_error("%s is " STR_FMT ", not " STR_FMT "\n",
                            arena_cstr(a, line), STR_ARG(kind_of(&art)),
                            STR_ARG(kind));
        }
        assert_true(n > 50);
        assert_int_equal(wrong, 0);
}

/* "lang<tab>beat<tab>title<tab>summary" */
static bool is_right(struct beats *b, struct words *w, struct str line)
{
        struct str language, want, title;
        struct article art = { .beat = STR("world"),
                               .url = STR("https://a.example/1") };
        const struct article *list[] = { &art };
        struct str got;

        str_cut(&line, '\t', &language);
        str_cut(&line, '\t', &want);
        str_cut(&line, '\t', &title);
        art.language = language;
        art.title = title;
        art.summary = line;
        got = beat_of(b, w, list, 1);
        if (!str_eq(got, want))
                print_error(STR_FMT " is " STR_FMT ", not " STR_FMT "\n",
                            STR_ARG(title), STR_ARG(got), STR_ARG(want));
        return str_eq(got, want);
}

static void each_has_its_beat(void **state)
{
        struct words *w = words_new();
        struct beats *b = beats_new(a, w);
        struct str rest = read_table("beats.tsv"), line;
        int n = 0, wrong = 0;

        (void)state;
        for (; str_cut(&rest, '\n', &line); n += line.n > 0)
                if (line.n && !is_right(b, w, line))
                        wrong++;
        words_free(w);
        assert_true(n >= 80);
        assert_int_equal(wrong, 0);
}

#define KIND_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_MAIN(KIND_TEST(each_is_of_its_kind), KIND_TEST(each_has_its_beat))

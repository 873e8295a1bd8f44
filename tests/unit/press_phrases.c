/* The phrases in each language that is built in: none is missing, none is
 * nobody's, all have the same places to fill; and how things are counted. */

#include "unit.h"

#include <dirent.h>

#include "base/hash.h"
#include "conf/phrases.h"
#include "press/day.h"
#include "press/model.h"
#include "press/press.h"
#include "press/theme.h"

static struct arena *a;
static struct theme *theme;

static int set_up(void **state)
{
        (void)state;
        a = arena_new((size_t)1 << 26);
        theme = theme_new(a, NULL, 0);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

static struct str file_of(const char *language)
{
        struct str text;

        if (!theme_find(theme, arena_printf(a, "phrases/%s.txt", language),
                        &text))
                fail_msg("%s is not built in", language);
        return text;
}

/* The next "key = text" of a file; false at its end. */
static bool next_phrase(struct str *rest, struct str *ret_key,
                        struct str *ret_text)
{
        struct str line;

        while (str_cut(rest, '\n', &line)) {
                size_t eq = str_chr(line, '=', 0);

                if (eq == STR_NONE || line.p[0] == '#')
                        continue;
                *ret_key = str_trim(str_sub(line, 0, eq));
                *ret_text = str_trim(str_sub(line, eq + 1, line.n));
                return true;
        }
        return false;
}

static struct map *map_of(struct str file)
{
        struct map *m = map_new(a);
        struct str key, text, *kept;

        while (next_phrase(&file, &key, &text)) {
                kept = arena_alloc(a, sizeof(*kept));
                *kept = text;
                map_put(m, key, kept);
        }
        return m;
}

/* Are the {places} of one also in two? */
static bool has_places(struct str one, struct str two)
{
        size_t at = 0, end;

        while ((at = str_chr(one, '{', at)) != STR_NONE) {
                end = str_chr(one, '}', at);
                if (end == STR_NONE ||
                    str_find(two, str_sub(one, at, end + 1 - at), 0) ==
                            STR_NONE)
                        return false;
                at = end;
        }
        return true;
}

/* "press.sources.few" is a form of "press.sources"; absent: it is none. */
static struct str base_of(struct str key)
{
        static const struct str forms[] = {
                STR_INIT(".zero"), STR_INIT(".one"),  STR_INIT(".two"),
                STR_INIT(".few"),  STR_INIT(".many"),
        };

        for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
                if (str_ends(key, forms[i]))
                        return str_sub(key, 0, key.n - forms[i].n);
        return STR_NULL;
}

/* Of one thing or two, words may say how many there are: "two sources". */
static bool may_lack_places(struct str key)
{
        return str_eq(key, STR("press.minute")) ||
               str_eq(key, STR("press.source")) || str_ends(key, STR(".two"));
}

static bool fits(struct str key, struct str ours, struct str english)
{
        return ours.n && has_places(ours, english) &&
               (may_lack_places(key) || has_places(english, ours));
}

/* What is wrong with a language's file, or absent. */
static struct str fault_of(struct str english, struct str file)
{
        struct map *want = map_of(english), *is = map_of(file);
        struct map *seen = map_new(a);
        struct str rest = english, key, text;

        while (next_phrase(&rest, &key, &text))
                if (!map_find(is, key))
                        return arena_printf(a, "lacks " STR_FMT, STR_ARG(key));
        while (next_phrase(&file, &key, &text)) {
                const struct str *like = map_find(want, key);

                if (!like && base_of(key).n)
                        like = map_find(want, base_of(key));
                if (!like)
                        return arena_printf(a, "English has no " STR_FMT,
                                            STR_ARG(key));
                if (!fits(key, text, *like))
                        return arena_printf(a, "other places in " STR_FMT,
                                            STR_ARG(key));
                if (map_find(seen, key))
                        return arena_printf(a, "twice " STR_FMT, STR_ARG(key));
                map_put(seen, key, want);
        }
        return STR_NULL;
}

/* Every file of theme/phrases is built in, and says all that English says. */
static void all_are_whole(void **state)
{
        DIR *dir = opendir(
                arena_printf(a, "%s/theme/phrases", getenv("SOURCE_ROOT")).p);
        struct dirent *entry;
        size_t n = 0;

        (void)state;
        assert_non_null(dir);
        while ((entry = readdir(dir))) {
                struct str name = str_c(entry->d_name), language, fault;

                if (!str_ends(name, STR(".txt")))
                        continue;
                language = str_sub(name, 0, name.n - 4);
                fault = fault_of(file_of("en"),
                                 file_of(arena_cstr(a, language)));
                if (fault.p)
                        fail_msg(STR_FMT ": " STR_FMT, STR_ARG(name),
                                 STR_ARG(fault));
                n++;
        }
        closedir(dir);
        assert_true(n >= 9);
}

/* The check itself finds what it is for. */
static void faults_are_found(void **state)
{
        static const struct {
                const char *file, *says;
        } table[] = {
                { "hi = Hallo\npress.sources = {n} Q", NULL },
                { "hi = Hallo\npress.sources = {n} Q\npress.sources.few = {n}",
                  NULL },
                { "hi = Hallo\npress.sources = {n} Q\npress.sources.two = Zwei",
                  NULL },
                { "press.sources = {n} Q", "lacks hi" },
                { "# hi = Hallo\npress.sources = {n} Q", "lacks hi" },
                { "hi =\npress.sources = {n} Q", "other places in hi" },
                { "hi = H\npress.sources = {m} Q",
                  "other places in press.sources" },
                { "hi = H\npress.sources = Q",
                  "other places in press.sources" },
                { "hi = H {n}\npress.sources = {n}", "other places in hi" },
                { "hi = H\npress.sources = {n}\nho = H", "English has no ho" },
                { "hi = H\npress.sources = {n}\nho.few = H",
                  "English has no ho.few" },
                { "hi = H\npress.sources = {n}\npress.sources.few = Q",
                  "other places in press.sources.few" },
                { "hi = H\npress.sources = {n}\nhi = H", "twice hi" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct str is =
                        fault_of(STR("hi = Hello\npress.sources = {n} sources"),
                                 str_c(table[i].file));

                if (!table[i].says != !is.p ||
                    (is.p && !str_eq(is, str_c(table[i].says))))
                        fail_msg("case %zu: " STR_FMT, i, STR_ARG(is));
        }
}

static void load(struct press *press, const char *language)
{
        struct phrases *phrases = NULL;
        struct err err;

        *press = (struct press) { .language = str_c(language) };
        assert_ok(phrases_parse(a, file_of("en"), &phrases, &err), err);
        if (theme_find(theme, arena_printf(a, "phrases/%s.txt", language),
                       &(struct str) { 0 }))
                assert_ok(phrases_parse(a, file_of(language), &phrases, &err),
                          err);
        press->phrases = phrases;
}

static void things_are_counted(void **state)
{
        static const struct {
                const char *language;
                int n;
                const char *says;
        } table[] = {
                { "en", 1, "1 source" },
                { "en", 21, "21 sources" },
                { "ru", 1, "1 источник" },
                { "ru", 2, "2 источника" },
                { "ru", 5, "5 источников" },
                { "ru", 11, "11 источников" },
                { "ru", 12, "12 источников" },
                { "ru", 21, "21 источник" },
                { "ru", 22, "22 источника" },
                { "ru", 111, "111 источников" },
                { "ar", 1, "مصدر واحد" },
                { "ar", 2, "مصدران" },
                { "ar", 3, "3 مصادر" },
                { "ar", 11, "11 مصدرًا" },
                { "ar", 100, "100 مصدر" },
                { "ja", 1, "情報源1件" },
                { "ja", 6, "情報源6件" },
                { "pt", 2, "2 fontes" },
                { "nl", 2, "2 bronnen" },
                /* No phrases of its own: English, counted as English does. */
                { "lt", 21, "21 sources" },
                { "ko", 1, "1 source" },
                { "no language", 2, "2 sources" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct press press;
                struct str is;

                load(&press, table[i].language);
                is = model_count(a, &press, "press.source", "press.sources",
                                 table[i].n);
                if (!str_eq(is, str_c(table[i].says)))
                        fail_msg("%s %d: " STR_FMT, table[i].language,
                                 table[i].n, STR_ARG(is));
        }
}

/* "by Rupert Sandys, 3 sources": the 3 stays with its sources. */
static void names_are_isolated(void **state)
{
        static const struct {
                const char *key, *place;
        } table[] = {
                { "press.by", "names" },       { "press.reporting", "names" },
                { "press.edited", "names" },   { "press.clock", "place" },
                { "press.expected", "value" }, { "press.previous", "value" },
        };
        struct press press;

        (void)state;
        load(&press, "ar");
        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct phrase_arg arg = { table[i].place, STR("Rupert 5") };
                struct str is =
                        phrases_fill(a, press.phrases, table[i].key, &arg, 1);

                if (str_find(is, STR("\u2068Rupert 5\u2069"), 0) == STR_NONE)
                        fail_msg("%s", table[i].key);
        }
}

static void days_are_written(void **state)
{
        static const struct {
                const char *language, *day, *clock;
        } table[] = {
                { "de", "Freitag, 6. März 2026", "14 Uhr" },
                { "fr", "vendredi 6 mars 2026", "14 h" },
                { "pt", "sexta-feira, 6 de março de 2026", "14:00" },
                { "nl", "vrijdag 6 maart 2026", "14:00" },
                { "ru", "пятница, 6 марта 2026\u202fг.", "14:00" },
                { "ja", "2026年3月6日金曜日", "14時" },
        };
        const struct civil c = {
                .year = 2026, .month = 3, .day = 6, .hour = 14
        };

        (void)state;
        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct str language = str_c(table[i].language);

                assert_str(day_long(a, language, &c), table[i].day);
                assert_str(day_clock(a, language, &c), table[i].clock);
        }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
UNIT_MAIN(TEST(all_are_whole), TEST(faults_are_found), TEST(things_are_counted),
          TEST(names_are_isolated), TEST(days_are_written))

/* The phrases in each language that is built in: none is missing, none is
 * nobody's, all have the same places to fill; and how things are counted. */

#include "unit.h"

#include <dirent.h>

#include "base/hash.h"
#include "conf/phrases.h"
#include "conf/phrases_lint.h"
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

/* What is wrong with a language's file, or absent. */
static struct str fault_of(struct str english, struct str file)
{
        struct phrase_fault *faults;

        if (!phrases_lint(a, english, file, &faults))
                return STR_NULL;
        return arena_printf(a, "%s " STR_FMT,
                            phrase_fault_words(faults[0].kind),
                            STR_ARG(faults[0].key));
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
                { "hi = H\npress.sources = {n}\nhi.monday = Hm\n"
                  "hi.monday.2 = Hn\nhi.winter = W",
                  NULL },
                { "hi = H\npress.sources = {n}\nho.monday = H",
                  "English has no ho.monday" },
                { "hi = H\npress.sources = {n}\nhi.monday = {n}",
                  "other places in hi.monday" },
                { "hi = H\npress.sources = {n}\nhi.monday = H",
                  "says what another variant says: hi.monday" },
                { "hi = H\npress.sources = {n}\nhi.fullmoon = Hm",
                  "English has no hi.fullmoon" },
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

/* Which languages are built in. */
static const char *const languages[] = { "ar", "de", "en", "es", "fr",
                                         "it", "ja", "nl", "pt", "ru" };

/*
 * Over three years, with seasons and holidays, alone and in a row, none of what
 * has variants says the same on two days running, and each variant is said.
 */
static void check_days(const char *language, bool has_season)
{
        struct press press;
        struct map *said = map_new(a);
        struct str last[4] = { { 0 } };
        static const char *const keys[] = { "greeting", "related", "so_far",
                                            "lead.more" };

        load(&press, language);
        for (int64_t d = 20500; d < 20500 + 3 * 366; d++) {
                struct arena *day_arena = arena_new((size_t)1 << 22);
                struct phrase_day day = {
                        .day = d,
                        .season = has_season ? 1 + d / 91 % 4 : 0,
                        .is_holiday = d % 37 < 2 || d % 50 == 0,
                        .was_holiday = (d - 1) % 37 < 2 || (d - 1) % 50 == 0,
                };
                const struct phrases *of =
                        phrases_of_day(day_arena, press.phrases, &day);

                for (int k = 0; k < 4; k++) {
                        struct str text = phrases_get(of, keys[k]);

                        if (str_eq(text, last[k]))
                                fail_msg("%s: day %d says as the one "
                                         "before: " STR_FMT,
                                         language, (int)d, STR_ARG(text));
                        last[k] = text; /* lives in press.phrases */
                        map_put(said, text, said);
                }
                arena_free(day_arena);
        }
        for (int k = 0; k < 4; k++) {
                struct str text;

                for (size_t i = 0;
                     phrases_each(press.phrases, keys[k], &i, &text);)
                        if (has_season && !map_find(said, text))
                                fail_msg("%s: never said: " STR_FMT, language,
                                         STR_ARG(text));
        }
}

static void days_differ(void **state)
{
        (void)state;
        for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++) {
                check_days(languages[i], true);
                check_days(languages[i], false);
        }
}

static struct str greets(const char *files[2], int64_t d, bool is_holiday,
                         bool was_holiday)
{
        struct phrases *phrases = NULL;
        struct phrase_day day = { .day = d,
                                  .is_holiday = is_holiday,
                                  .was_holiday = was_holiday,
                                  .season = PHRASE_WINTER };
        struct err err;

        for (int i = 0; i < 2 && files[i]; i++)
                assert_ok(phrases_parse(a, str_c(files[i]), &phrases, &err),
                          err);
        return phrases_get(phrases_of_day(a, phrases, &day), "hi");
}

/* 20518 is Friday, 6 March 2026. */
static void variants_have_their_days(void **state)
{
        const char *one[2] = {
                "hi = H\nhi.monday = M\nhi.winter = W\nhi.weekend = E\n"
                "hi.holiday = F\n"
        };
        const char *own[2] = { one[0], "hi = O\n" };
        const char *both[2] = { one[0], "hi = O\nhi.monday = OM\n" };

        (void)state;
        assert_str(greets(one, 20518, false, false), "H");
        assert_str(greets(one, 20519, false, false), "E");
        assert_str(greets(one, 20520, false, false),
                   "H"); /* one for two days */
        assert_str(greets(one, 20521, false, false), "M");
        assert_str(greets(one, 20523, false, false), "W");
        assert_str(greets(one, 20521, true, false), "F");
        assert_str(greets(one, 20522, true, true), "H");
        /* A language that has the phrase has no variants in English. */
        assert_str(greets(own, 20521, false, false), "O");
        assert_str(greets(both, 20521, false, false), "OM");
        assert_str(greets(both, 20523, false, false), "O");
        assert_str(greets(one, -3, false, false), "M"); /* 29 December 1969 */
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
/* Dates of a finding: by ICU's patterns, with what a language puts before. */
static void dates_of_findings(void **state)
{
        static const struct {
                const char *language, *key, *want;
        } cases[] = {
                { "en", "since.month", "since March 2026" },
                { "en", "date.quarter", "Q1 2026" },
                { "de", "since.day", "seit dem 6. M\u00e4rz 2026" },
                { "de", "since.year", "seit 2026" },
                { "fr", "since.day", "depuis le 6 mars 2026" },
                { "es", "since.day", "desde el 6 de marzo de 2026" },
                { "it", "since.day", "dal 6 marzo 2026" },
                { "it", "since.month", "da marzo 2026" },
                { "pt", "since.day", "desde 6 de mar\u00e7o de 2026" },
                { "nl", "date.week", "6 maart 2026" },
                { "ru", "since.month",
                  "\u0441 \u043c\u0430\u0440\u0442\u0430 2026 \u0433." },
                { "ja", "since.month", "2026\u5e743\u6708\u4ee5\u6765" },
                { "ar", "since.year", "\u0645\u0646\u0630 2026" },
        };
        const struct civil day = { .year = 2026, .month = 3, .day = 6 };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct phrases *p = NULL;
                struct err err;
                const char *key = arena_printf(a, "finding.%s", cases[i].key).p;

                assert_ok(
                        phrases_parse(a, file_of(cases[i].language), &p, &err),
                        err);
                assert_str(day_as(a, str_c(cases[i].language),
                                  phrases_get(p, key), &day),
                           cases[i].want);
        }
}

UNIT_MAIN(TEST(dates_of_findings), TEST(all_are_whole), TEST(faults_are_found),
          TEST(days_differ), TEST(variants_have_their_days),
          TEST(things_are_counted), TEST(names_are_isolated),
          TEST(days_are_written))

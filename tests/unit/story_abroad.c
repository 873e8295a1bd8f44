/* Stories of other languages that tell of the same event, and look-alikes. */

#define ARENA_B (1 << 24)
#include "arena_fixture.h"

#include "story/rank.h"

#define HOUR 3600
#define NOW (100 * 24 * HOUR)

static struct article items[400];
static size_t n_items;

static void add(int64_t story, const char *lang, double hours,
                const char *title, const char *summary)
{
        struct article art = { .id = (int64_t)n_items + 1,
                               .story_id = story,
                               .kind = STR("news"),
                               .dated_at = NOW - (int64_t)(hours * HOUR),
                               .length = 1000 };

        art.language = str_c(lang);
        art.title = str_c(title);
        art.summary = str_c(summary);
        art.source = arena_printf(a, "Outlet %d", (int)n_items);
        art.url = arena_printf(a, "https://o%d.example/a", (int)n_items);
        items[n_items++] = art;
}

/* A day of other news, so that a name in two stories is rare. */
static void set_scene(void)
{
        n_items = 0;
        for (int i = 0; i < 40; i++)
                add(100 + i, i % 4 ? "en" : "de", 2 + i % 20,
                    arena_printf(a, "Town%c%c council votes on bridges",
                                 'a' + i % 26, 'a' + i / 26)
                            .p,
                    arena_printf(a, "The council of Vale%c%c met for %d hours.",
                                 'a' + i / 26, 'a' + i % 26, 20 + i)
                            .p);
}

static const struct story *find(const struct story *s, size_t n, int64_t id)
{
        for (size_t i = 0; i < n; i++)
                if (s[i].id == id)
                        return &s[i];
        fail_msg("story %d is not ranked", (int)id);
        return NULL;
}

static const struct story *build(int64_t id, int64_t *ret_told_as)
{
        struct rank_input in = { .articles = { items, n_items },
                                 .now = NOW,
                                 .hours_s = 48 * HOUR,
                                 .language = STR("en") };
        struct story *s;
        size_t n;

        story_build(a, &in, &s, &n);
        *ret_told_as = find(s, n, id)->told_as;
        return find(s, n, 1);
}

static void add_strike(void)
{
        add(1, "en", 5, "Dockers of Port Ambry end strike, says Dunmore",
            "Marta Dunmore of the crane operators signed with Harbour Rail in "
            "Sollen at dawn for the 14,200 dockers of Port Ambry.");
}

static void the_same_event_is_one(void **state)
{
        static const struct {
                const char *lang, *title, *summary;
        } same[] = {
                { "de", "Hafenarbeiter von Port Ambry beenden Streik",
                  "Marta Dunmore unterschrieb in Sollen im Namen von 14.200 "
                  "Arbeitern einen Vertrag mit Harbour Rail." },
                { "fr", "À Port Ambry, les dockers reprennent le travail",
                  "Marta Dunmore a signé à Sollen avec Harbour Rail pour les "
                  "14 200 dockers." },
        };

        (void)state;
        for (size_t i = 0; i < 2; i++) {
                int64_t told_as;

                set_scene();
                add_strike();
                add(2, same[i].lang, 8, same[i].title, same[i].summary);
                const struct story *s = build(2, &told_as);

                assert_int_equal(told_as, 1);
                assert_int_equal(s->n_abroad, 1);
                assert_int_equal(s->n_sources, 2);
                assert_int_equal(s->n_articles, 1);
                assert_string_equal(s->head->language.p, "en");
        }
        /* Two other languages are both voices of it. */
        int64_t told_as;

        set_scene();
        add_strike();
        add(2, "de", 8, same[0].title, same[0].summary);
        add(3, "fr", 3, same[1].title, same[1].summary);
        const struct story *s = build(3, &told_as);

        assert_int_equal(told_as, 1);
        assert_int_equal(s->n_abroad, 2);
        assert_int_equal(s->n_sources, 3);
        assert_true(s->abroad[0]->dated_at <= s->abroad[1]->dated_at);
}

static void a_case_of_a_name_is_the_name(void **state)
{
        int64_t told_as;

        (void)state;
        set_scene();
        add(1, "en", 5, "Korolenko and Savelin meet in Vologda",
            "Korolenko met Savelin in Vologda to speak of 318 wagons.");
        add(2, "ru", 6, "Короленко встретился с Савелином в Вологде",
            "Встреча Короленко и Савелина в Вологде: речь о 318 вагонах.");
        build(2, &told_as);
        assert_int_equal(told_as, 1);
}

/* "20.5" is as long as a year and none. */
static void a_fraction_is_no_year(void **state)
{
        int64_t told_as;

        (void)state;
        set_scene();
        add(1, "en", 5, "Savelin lifts rate to 20.5 percent",
            "The bank of Vologda decided it at noon.");
        add(2, "ru", 6, "Савелин поднял ставку до 20,5 процента",
            "Банк в Вологде решил так в полдень.");
        build(2, &told_as);
        assert_int_equal(told_as, 1);
}

static void look_alikes_stay_apart(void **state)
{
        static const struct {
                const char *lang, *title, *summary;
        } other[] = {
                /* the same place, other people and figures */
                { "de", "Port Ambry wählt einen neuen Bürgermeister",
                  "Otto Brandel gewann mit 318 Stimmen vor Ilse Maran." },
                /* the same person on another day's business */
                { "fr", "Marta Dunmore publie un roman",
                  "Le livre de Marta Dunmore raconte une enfance à Linwick." },
                /* other people, the same number */
                { "de", "Werft in Salzhafen sucht 14.200 Fachleute",
                  "Die Werft von Hinnerk Paulsen wächst." },
                /* nothing but an outlet's name and the year */
                { "es", "Resumen del 2026", "Lo mejor del 2026 en Sollen." },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++) {
                int64_t told_as;

                set_scene();
                add_strike();
                add(2, other[i].lang, 8, other[i].title, other[i].summary);
                const struct story *s = build(2, &told_as);

                if (told_as)
                        fail_msg("joined: %s", other[i].title);
                assert_int_equal(s->n_abroad, 0);
        }
}

static void days_apart_is_another_event(void **state)
{
        int64_t told_as;

        (void)state;
        set_scene();
        add_strike();
        add(2, "de", 40, "Hafenarbeiter von Port Ambry beenden Streik",
            "Marta Dunmore unterschrieb in Sollen im Namen von 14.200 "
            "Arbeitern einen Vertrag mit Harbour Rail.");
        build(2, &told_as);
        assert_int_equal(told_as, 0);
}

/* Two stories here that are both as near: it can't be told which. */
static void what_is_not_sure_stays_apart(void **state)
{
        int64_t told_as;

        (void)state;
        set_scene();
        add_strike();
        add(3, "en", 6, "Port Ambry dockers back, Dunmore hails deal",
            "Marta Dunmore praised Harbour Rail in Sollen; the 14,200 dockers "
            "are back at Port Ambry.");
        add(2, "de", 8, "Hafenarbeiter von Port Ambry beenden Streik",
            "Marta Dunmore unterschrieb in Sollen im Namen von 14.200 "
            "Arbeitern einen Vertrag mit Harbour Rail.");
        const struct story *s = build(2, &told_as);

        assert_int_equal(told_as, 0);
        assert_int_equal(s->n_abroad, 0);
}

static void order_changes_nothing(void **state)
{
        int64_t told_as;

        (void)state;
        set_scene();
        add_strike();
        add(2, "de", 8, "Hafenarbeiter von Port Ambry beenden Streik",
            "Marta Dunmore unterschrieb in Sollen im Namen von 14.200 "
            "Arbeitern einen Vertrag mit Harbour Rail.");
        double score = build(2, &told_as)->score;

        for (size_t i = 0; i < n_items / 2; i++) {
                struct article kept = items[i];

                items[i] = items[n_items - 1 - i];
                items[n_items - 1 - i] = kept;
        }
        assert_true(build(2, &told_as)->score == score);
        assert_int_equal(told_as, 1);
}

/* Names without end, and text that is none. */
static void floods_are_borne(void **state)
{
        int64_t told_as;
        char *long_text = arena_alloc(a, 100001);

        (void)state;
        for (size_t i = 0; i < 100000; i++)
                long_text[i] = i % 5 ? (char)('a' + i % 23) : i % 2 ? ' ' : 'Q';
        long_text[100000] = 0;
        n_items = 0;
        for (int i = 0; i < 300; i++)
                add(1 + i, i % 2 ? "fr" : "en", 3, long_text, long_text);
        build(2, &told_as);
        assert_int_equal(told_as, 0);
        n_items = 0;
        add(1, "en", 1, "", "");
        add(2, "ru", 1, "\xF0\x9F\x8E\x89", "٣٤ ۱۲");
        build(2, &told_as);
        assert_int_equal(told_as, 0);
}

#define ABROAD_TEST(name)                                                      \
        cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_MAIN(ABROAD_TEST(the_same_event_is_one),
          ABROAD_TEST(a_case_of_a_name_is_the_name),
          ABROAD_TEST(a_fraction_is_no_year),
          ABROAD_TEST(look_alikes_stay_apart),
          ABROAD_TEST(days_apart_is_another_event),
          ABROAD_TEST(what_is_not_sure_stays_apart),
          ABROAD_TEST(order_changes_nothing), ABROAD_TEST(floods_are_borne))

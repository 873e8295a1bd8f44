/* Words, languages, headlines: what makes two words one. */

#include "unit.h"

#include "story/kind.h"
#include "story/lang.h"
#include "story/title.h"
#include "story/words.h"

static struct words *words;

static size_t read(const char *text, enum lang lang, const struct word **ret)
{
        return words_read(words, str_c(text), lang, ret);
}

static uint64_t term_of(const char *text, enum lang lang)
{
        const struct word *w;

        assert_int_equal(read(text, lang, &w), 1);
        return w[0].term;
}

static void words_of_one_stem_are_one(void **state)
{
        static const struct {
                enum lang lang;
                const char *a, *b;
                bool same;
        } rows[] = {
                { LANG_EN, "Ports", "port", true },
                { LANG_EN, "reopened", "REOPENS", true },
                { LANG_EN, "harbour", "harvest", false },
                { LANG_FR, "élections", "election", true },
                { LANG_DE, "Häfen", "häfen", true },
                { LANG_ES, "huelgas", "huelga", true },
                { LANG_RU, "порты", "портов", true },
                { LANG_OTHER, "ports", "port", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                bool same = term_of(rows[i].a, rows[i].lang) ==
                            term_of(rows[i].b, rows[i].lang);
                if (same != rows[i].same)
                        fail_msg("%s, %s", rows[i].a, rows[i].b);
        }
}

static void a_text_is_cut_where_its_script_parts_words(void **state)
{
        static const struct {
                const char *text;
                size_t n;
        } rows[] = {
                { "", 0 },
                { " ... !? ", 0 },
                { "a", 1 },
                { "3.1 per cent of 12,000", 5 },
                { "The U.S. fleet", 3 },
                { "l'hôtel d\342\200\231Ambry", 4 },
                { "well-kept", 2 },
                { "\xE6\xB8\xAF", 1 }, /* one Han letter */
                { "\xE6\xB8\xAF\xE5\x8F\xA3\xE9\x87\x8D",
                  2 },                    /* three: two pairs */
                { "port\377\376sea", 2 }, /* bad bytes part */
        };
        const struct word *w;

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (read(rows[i].text, LANG_EN, &w) != rows[i].n)
                        fail_msg("\"%s\" is not %zu words", rows[i].text,
                                 rows[i].n);
}

static void a_word_says_what_it_is(void **state)
{
        const struct word *w;
        size_t n = read("the Ambry docks, 90 ships US", LANG_EN, &w);

        (void)state;
        assert_int_equal(n, 6);
        assert_true(w[0].is_stop && !w[0].is_name);
        assert_true(w[1].is_name && !w[1].is_stop);
        assert_true(w[3].is_number && w[3].is_apart);
        assert_false(w[4].is_apart);
        assert_false(w[5].is_stop); /* the country, not the pronoun */
        assert_int_equal(w[1].offset, 4);
        assert_int_equal(w[1].length, 5);
}

static void a_long_text_is_read_to_its_limit(void **state)
{
        size_t n = (WORDS_MAX + 10) * 2;
        char *text = malloc(n);
        const struct word *w;

        (void)state;
        for (size_t i = 0; i < n; i++)
                text[i] = i % 2 ? ' ' : 'x';
        assert_int_equal(
                words_read(words, (struct str) { text, n }, LANG_EN, &w),
                WORDS_MAX);
        memset(text, 'y', n);
        assert_int_equal(
                words_read(words, (struct str) { text, n }, LANG_EN, &w), 1);
        free(text);
}

static void a_language_is_guessed_from_its_small_words(void **state)
{
        static const struct {
                const char *text;
                enum lang lang;
        } rows[] = {
                { "The ships of the coast were at sea and they had no news of "
                  "the strike for a week.",
                  LANG_EN },
                { "Les navires de la côte sont en mer et ils n'ont pas de "
                  "nouvelles de la grève depuis une semaine.",
                  LANG_FR },
                { "Die Schiffe sind auf dem Meer und haben seit einer Woche "
                  "nichts von dem Streik gehört.",
                  LANG_DE },
                { "Los barcos de la costa están en el mar y no tienen noticias "
                  "de la huelga desde hace una semana.",
                  LANG_ES },
                { "Суда вышли в море и уже неделю не знают о том, что было в "
                  "порту.",
                  LANG_RU },
                { "Ambry 1212", LANG_OTHER },
                { "", LANG_OTHER },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (words_guess(words, str_c(rows[i].text)) != rows[i].lang)
                        fail_msg("%s", rows[i].text);
        assert_int_equal(lang_of_tag(STR("en-GB")), LANG_EN);
        assert_int_equal(lang_of_tag(STR("DE")), LANG_DE);
        assert_int_equal(lang_of_tag(STR("xx")), LANG_OTHER);
        assert_int_equal(lang_of_tag(STR_NULL), LANG_OTHER);
}

static void headlines_lose_what_is_no_news(void **state)
{
        static const struct {
                const char *title, *source, *want;
        } rows[] = {
                { "Ports reopen", "Harbour Gazette", "Ports reopen" },
                { "Ports reopen - Harbour Gazette", "Harbour Gazette",
                  "Ports reopen" },
                { "Ports reopen | Gazette News", NULL, "Ports reopen" },
                { "Ports reopen - after a week", "Harbour Gazette",
                  "Ports reopen - after a week" },
                { "Live updates: ports reopen", NULL, "ports reopen" },
                { "Opinion: Let them strike", NULL, "Let them strike" },
                { "Minister: no deal", NULL, "Minister: no deal" },
                { "Live:", NULL, "Live:" },
                { "Ports reopen (UPDATED)", NULL, "Ports reopen" },
                { "Ports reopen [video]", NULL, "Ports reopen" },
                { "Ports reopen (all four)", NULL, "Ports reopen (all four)" },
                { "The ports of the coast reopen.", NULL,
                  "The ports of the coast reopen" },
                { "The fleet returns to the U.S.", NULL,
                  "The fleet returns to the U.S." },
                { "A strike, and nothing moves...", NULL,
                  "A strike, and nothing moves..." },
                { "Blue Heron buys Skerry Air Inc.", NULL,
                  "Blue Heron buys Skerry Air Inc." },
                { "", NULL, "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                assert_str(title_clean(str_c(rows[i].title),
                                       str_c(rows[i].source)),
                           rows[i].want);
}

static void a_date_is_no_headline(void **state)
{
        static const struct {
                const char *title;
                bool is_headline;
        } rows[] = {
                { "Ports reopen", true },
                { "WEDNESDAY, JULY 29, 2026", false },
                { "Article posted on 08. 07. 2026", false },
                { "Ports reopen as a week of strike comes to\u2026", false },
                { "Ports reopen as a week of...", false },
                { "March 6 strike ends", true },
                { "6 March 2026 Last updated at 11:11 GMT", false },
                { "Last Updated: Friday, 6 March 2026, 02:24 GMT", false },
                { "The harbour office of Port Ambry reported Dec.", false },
                { "Ten crews fought the fire, which began before 9.", false },
                { "Rory Tamm scores again, and Port Ambry is up to 9.", true },
                { "The last ferry leaves Port Ambry on 6 December.", true },
                { "\u6e2f\u53e3\u91cd\u5f00", true },
                { "", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (title_is_headline(str_c(rows[i].title)) !=
                    rows[i].is_headline)
                        fail_msg("%s", rows[i].title);
}

static void opinion_is_told_by_any_sign(void **state)
{
        static const struct {
                const char *kind, *mark, *title, *url, *want;
        } rows[] = {
                { "news", NULL, "Ports reopen", "https://a.example/world/1",
                  "news" },
                { "opinion", NULL, "x", "https://a.example/1", "opinion" },
                { "news", "opinion", "x", "https://a.example/1", "opinion" },
                { "news", NULL, "Opinion: x y", "https://a.example/1",
                  "opinion" },
                { "news", NULL, "x", "https://a.example/Opinion/2/x",
                  "opinion" },
                { "news", NULL, "x", "https://a.example/world/opinion",
                  "news" },
                { "magazine", NULL, "Opinion: x", "https://a.example/1",
                  "magazine" },
                /* marks before, behind and in brackets */
                { "news", NULL, "Ports reopen - Opinion", "https://a.example/1",
                  "opinion" },
                { "news", NULL, "[Anzeige] St\u00fchle", "https://a.example/1",
                  "sponsored" },
                { "news", NULL, "Better chairs (Sponsored)",
                  "https://a.example/1", "sponsored" },
                { "news", NULL, "Chairs", "https://a.example/paid-post/chairs",
                  "sponsored" },
                { "culture", NULL, "Sponsored: chairs", "https://a.example/1",
                  "sponsored" },
                { "news", NULL, "Sponsored bill divides the assembly",
                  "https://a.example/1", "news" },
                /* filler, and news of the same things */
                { "news", NULL, "Your horoscope for Friday",
                  "https://a.example/1", "filler" },
                { "news", NULL, "Hor\u00f3scopo de hoy", "https://a.example/1",
                  "filler" },
                { "news", NULL, "Tageshoroskop f\u00fcr Freitag",
                  "https://a.example/1", "filler" },
                { "news", NULL,
                  "\u0413\u043e\u0440\u043e\u0441\u043a\u043e"
                  "\u043f \u043d\u0430 6 \u043c\u0430\u0440\u0442\u0430",
                  "https://a.example/1", "filler" },
                { "opinion", NULL, "Crossword", "https://a.example/1",
                  "filler" },
                { "news", NULL, "Town sues the maker of its horoscope machine",
                  "https://a.example/1", "news" },
                { "news", NULL, "Lottozahlenstreit vor Gericht",
                  "https://a.example/1", "news" },
                /* round-ups */
                { "news", NULL, "Morning briefing: what matters today",
                  "https://a.example/1", "roundup" },
                { "news", NULL, "Rassegna stampa: venerd\u00ec",
                  "https://a.example/1", "roundup" },
                { "news", NULL,
                  "Minister resigns; ports reopen at dawn; whale "
                  "sings twice",
                  "https://a.example/1", "roundup" },
                { "news", NULL, "Minister resigns; ports reopen at dawn",
                  "https://a.example/1", "news" },
                /* releases */
                { "news", NULL, "Pressemitteilung: Umsatz",
                  "https://a.example/1", "release" },
                { "news", NULL, "Firm grows", "https://www.prnewswire.com/1",
                  "release" },
                { "news", NULL, "Firm grows", "https://notprnewswire.com/1",
                  "news" },
                /* live, obituary, reviews, long reads */
                { "news", "live", "Ports reopen", "https://a.example/1",
                  "live" },
                { "news", NULL, "Ports reopen", "https://a.example/liveblog/1",
                  "live" },
                { "news", NULL, "Nachruf: Marta Dunmore", "https://a.example/1",
                  "obituary" },
                { "news", NULL, "Marta Dunmore, 1937\u20132026",
                  "https://a.example/1", "obituary" },
                { "news", NULL, "Budget for 2025-2026", "https://a.example/1",
                  "news" },
                { "news", NULL, "Film review: The Bread Hour",
                  "https://a.example/1", "culture" },
                { "news", NULL, "The long read: a town and its clock",
                  "https://a.example/1", "magazine" },
                { NULL, NULL, NULL, NULL, "news" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct article art = { .kind = str_c(rows[i].kind),
                                       .mark = str_c(rows[i].mark),
                                       .title = str_c(rows[i].title),
                                       .url = str_c(rows[i].url) };
                assert_str(kind_of(&art), rows[i].want);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(words_of_one_stem_are_one),
                cmocka_unit_test(a_text_is_cut_where_its_script_parts_words),
                cmocka_unit_test(a_word_says_what_it_is),
                cmocka_unit_test(a_long_text_is_read_to_its_limit),
                cmocka_unit_test(a_language_is_guessed_from_its_small_words),
                cmocka_unit_test(headlines_lose_what_is_no_news),
                cmocka_unit_test(a_date_is_no_headline),
                cmocka_unit_test(opinion_is_told_by_any_sign),
        };
        int rc;

        words = words_new();
        rc = cmocka_run_group_tests(tests, NULL, NULL);
        words_free(words);
        words_free(NULL);
        return rc;
}

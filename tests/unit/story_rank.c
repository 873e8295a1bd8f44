/* The day's ranking and its terms. */

#define ARENA_B (1 << 24)
#include "arena_fixture.h"

#include <jansson.h>
#include <stdio.h>

#include "base/buf.h"
#include "store/choice.h"
#include "story/beat.h"
#include "story/rank.h"
#include "story/twins.h"
#include "story/words.h"

#define HOUR 3600
#define NOW (100 * 24 * HOUR)

static const char *const summaries[] = {
        "Dockworkers returned to their cranes at dawn after terminal owners "
        "agreed to four rest days a month in a deal that ended the strike.",
        "Carriers expect the backlog of ninety ships to last eleven days, and "
        "the bill for the wait is being passed down the line to shoppers.",
        "The clause that took longest was a single sentence on who decides "
        "that a storm is a storm, and it now names the harbour master alone.",
};

static struct article article(int64_t story, const char *source, double hours)
{
        static int64_t id;
        struct article art = {
                .id = ++id,
                .story_id = story,
                .source = str_c(source),
                .kind = STR("news"),
                .language = STR("en"),
                .dated_at = NOW - (int64_t)(hours * HOUR),
                .title = STR("Ports reopen after the strike"),
                .length = 1000,
        };

        art.url = arena_printf(a, "https://a.example/%d", (int)id);
        art.title =
                arena_printf(a, "Ports of %s reopen after the strike", source);
        art.summary = str_c(summaries[id % 3]);
        return art;
}

static struct story *build(struct article *items, size_t n, size_t *ret_n)
{
        struct rank_input in = { .articles = { items, n },
                                 .now = NOW,
                                 .hours_s = 26 * HOUR,
                                 .language = STR("en") };
        struct story *s;

        story_build(a, &in, &s, ret_n);
        return s;
}

static double term(const struct story *s, const char *name)
{
        for (size_t i = 0; i < s->n_terms; i++)
                if (str_eq(s->terms[i].name, str_c(name)))
                        return s->terms[i].value;
        return 1;
}

static void nothing_gives_nothing(void **state)
{
        size_t n;
        struct article art = article(0, "Gazette", 1);

        (void)state;
        build(NULL, 0, &n);
        assert_int_equal(n, 0);
        build(&art, 1, &n); /* it has no story */
        assert_int_equal(n, 0);
        art = article(1, "Gazette", 27);
        build(&art, 1, &n); /* older than an edition looks */
        assert_int_equal(n, 0);
}

static void more_voices_and_fresher_news_stand_higher(void **state)
{
        struct article arts[] = {
                article(1, "Gazette", 2),  article(2, "Ledger", 2),
                article(2, "Courier", 2),  article(3, "Herald", 14),
                article(2, "Ledger", 1.5),
        };
        size_t n;
        struct story *s = build(arts, 5, &n);

        (void)state;
        assert_int_equal(n, 3);
        assert_int_equal(s[0].id, 2);
        assert_int_equal(s[0].n_sources, 2);
        assert_int_equal(s[0].n_articles, 3);
        assert_int_equal(s[1].id, 1);
        assert_int_equal(s[2].id, 3);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(s[i].place, i + 1);
        assert_true(s[0].articles[0]->dated_at <= s[0].articles[2]->dated_at);
}

static void the_score_is_the_product_of_its_terms(void **state)
{
        struct article arts[] = { article(1, "Gazette", 3),
                                  article(1, "Ledger", 9) };
        size_t n;
        struct story *s = build(arts, 2, &n);
        double product = 1;

        (void)state;
        for (size_t i = 0; i < s->n_terms; i++)
                product *= s->terms[i].value;
        assert_true(product > s->score * 0.999 && product < s->score * 1.001);
        assert_true(term(s, "velocity") < 1);
}

static void the_same_copy_is_one_voice(void **state)
{
        struct article arts[] = { article(1, "Gazette", 2),
                                  article(1, "Ledger", 2),
                                  article(1, "Courier", 1) };
        size_t n;
        struct story *s;

        (void)state;
        for (int i = 0; i < 3; i++)
                arts[i].summary = str_c(summaries[0]);
        s = build(arts, 3, &n);
        assert_int_equal(s->n_sources, 1);
        arts[2].summary = str_c(summaries[1]);
        s = build(arts, 3, &n);
        assert_int_equal(s->n_sources, 2);
}

static void opinion_is_no_voice_and_no_head(void **state)
{
        struct article arts[] = { article(1, "Gazette", 2),
                                  article(1, "Ledger", 1),
                                  article(2, "Courier", 1) };
        size_t n;
        struct story *s;

        (void)state;
        arts[1].kind = arts[2].kind = STR("opinion");
        s = build(arts, 3, &n);
        assert_int_equal(n, 2);
        assert_int_equal(s[0].id, 1);
        assert_int_equal(s[0].n_sources, 1);
        assert_str(s[0].head->source, "Gazette");
        assert_str(s[0].kind, "news");
        assert_str(s[1].kind, "opinion");
}

/* --- the life of a story --- */

/* Printed ten hours ago as "Ports reopen ...". */
static const struct past ports_past = {
        .story_id = 1,
        .at = NOW - 10 * HOUR,
        .date = STR_INIT("2026-03-05"),
        .day = STR_INIT("5 March"),
        .title = STR_INIT("Ports of Gazette reopen after the strike"),
        .url = STR_INIT("https://press.example/2026/03/05/ports/"),
};

static struct story *build_after(struct article *items, size_t n,
                                 const struct past *past, size_t *ret_n)
{
        struct rank_input in = { .articles = { items, n },
                                 .printed = past,
                                 .n_printed = 1,
                                 .now = NOW,
                                 .hours_s = 26 * HOUR,
                                 .language = STR("en") };
        struct story *s;

        story_build(a, &in, &s, ret_n);
        return s;
}

static void say(struct article *art, const char *title, const char *summary)
{
        art->title = str_c(title);
        art->summary = str_c(summary);
}

static void the_same_again_is_no_news(void **state)
{
        struct article arts[] = { article(1, "Gazette", 12),
                                  article(1, "Ledger", 3),
                                  article(1, "Courier", 2) };
        size_t n;
        struct story *s;

        (void)state;
        for (int i = 0; i < 3; i++)
                arts[i].summary = str_c(summaries[0]);
        s = build_after(arts, 3, &ports_past, &n);
        assert_int_equal(n, 1);
        assert_int_equal(s->n_printed, 1);
        assert_false(s->has_news);
        assert_int_equal(s->n_articles, 2); /* what the edition didn't know */
        assert_int_equal(s->n_all, 3);
        assert_true(term(s, "novelty") < 0.5);
}

static void what_two_tell_anew_is_news(void **state)
{
        struct article arts[] = { article(1, "Gazette", 12),
                                  article(1, "Ledger", 3),
                                  article(1, "Courier", 2) };
        size_t n;
        struct story *s;

        (void)state;
        arts[0].summary = str_c(summaries[0]);
        say(&arts[1], "Ministers quit over the ports",
            "Two ministers resigned on Friday over the settlement.");
        say(&arts[2], "Port deal costs two ministers their posts",
            "Both ministers have resigned; the settlement was theirs.");
        s = build_after(arts, 3, &ports_past, &n);
        assert_true(s->has_news);
        assert_str(s->head->source, s->head->source.p == arts[2].source.p
                                            ? "Courier"
                                            : "Ledger");
        /* one of them alone is not enough where two tell of it */
        arts[2].summary = str_c(summaries[0]);
        arts[2].title = arts[0].title;
        s = build_after(arts, 3, &ports_past, &n);
        assert_false(s->has_news);
}

static void a_story_of_one_needs_more(void **state)
{
        struct article arts[] = { article(1, "Gazette", 12),
                                  article(1, "Gazette", 2) };
        size_t n;
        struct story *s;

        (void)state;
        arts[0].summary = str_c(summaries[0]);
        say(&arts[1], "Ports of Gazette reopen, at last",
            str_c(summaries[0]).p);
        s = build_after(arts, 2, &ports_past, &n);
        assert_false(s->has_news);
        say(&arts[1], "Harbour master dismissed over missing ledgers",
            "An audit found forged invoices; detectives searched his villa.");
        s = build_after(arts, 2, &ports_past, &n);
        assert_true(s->has_news);
}

static void a_printed_headline_is_known_under_another_number(void **state)
{
        struct article arts[] = { article(7, "Ledger", 2),
                                  article(8, "Courier", 2) };
        size_t n;
        struct story *s;

        (void)state;
        say(&arts[0], "Ports of Gazette to reopen after strike",
            "Dockworkers return to the ports.");
        say(&arts[1], "Old trees felled for a new road",
            "Forty limes went in a night.");
        s = build_after(arts, 2, &ports_past, &n);
        assert_int_equal(n, 2);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(s[i].n_printed, s[i].id == 7);
}

static void another_number_makes_no_news(void **state)
{
        struct article arts[] = { article(1, "Gazette", 12),
                                  article(7, "Ledger", 2),
                                  article(7, "Courier", 2) };
        size_t n;
        struct story *s;

        (void)state;
        arts[0].summary = STR("Dockworkers return on Monday with four rest "
                              "days and a bonus for nights.");
        for (int i = 1; i < 3; i++)
                say(&arts[i], "Ports of Gazette to reopen after strike",
                    "Dockworkers return with a bonus for nights and four rest "
                    "days.");
        s = build_after(arts, 3, &ports_past, &n);
        assert_int_equal(n, 2);
        if (s->id != 7)
                s++;
        assert_int_equal(s->n_printed, 1);
        assert_false(s->has_news); /* story 1 told all of it */
        for (int i = 1; i < 3; i++)
                arts[i].summary = STR("Ministers resigned; detectives search "
                                      "the villa of an auditor.");
        s = build_after(arts, 3, &ports_past, &n);
        if (s->id != 7)
                s++;
        assert_true(s->has_news);
}

static void a_date_is_no_news(void **state)
{
        struct article arts[] = { article(1, "Gazette", 12),
                                  article(1, "Ledger", 3),
                                  article(1, "Courier", 2) };
        size_t n;
        struct story *s;

        (void)state;
        arts[0].summary = str_c(summaries[0]);
        for (int i = 1; i < 3; i++)
                say(&arts[i], "Ports of Gazette reopen after the strike",
                    "16 December 2025, changed on March 6, 2026");
        s = build_after(arts, 3, &ports_past, &n);
        assert_false(s->has_news);
}

static void one_event_under_two_numbers_is_told_once(void **state)
{
        struct article arts[] = { article(1, "Gazette", 1),
                                  article(1, "Ledger", 1),
                                  article(2, "Courier", 1) };
        size_t n;
        struct story *s;

        (void)state;
        for (int i = 0; i < 3; i++)
                arts[i].title = STR("Harbour strike ends with four rest days");
        s = build(arts, 3, &n);
        assert_int_equal(n, 2);
        assert_int_equal(s[0].same_as, 0);
        assert_int_equal(s[1].same_as, s[0].id);
}

/* --- what the owner and the editor say --- */

static void the_owner_s_word_counts(void **state)
{
        struct article arts[] = { article(1, "Gazette", 1),
                                  article(2, "Ledger", 1),
                                  article(3, "Courier", 1) };
        const struct str follow[] = { STR_INIT("lighthouse keepers") },
                         mute[] = { STR_INIT("sport") };
        const struct weight weight = { STR("gazette"), 3 };
        size_t n;
        struct story *s;

        (void)state;
        say(&arts[1], "The last keeper leaves a lighthouse", "He locked up.");
        say(&arts[2], "Striker scores twice as the league season opens",
            "The coach praised his team after the match.");
        struct rank_input in = { .articles = { arts, 3 },
                                 .follow = { follow, 1 },
                                 .mute = { mute, 1 },
                                 .weights = { &weight, 1 },
                                 .now = NOW,
                                 .hours_s = 26 * HOUR,
                                 .language = STR("en") };
        story_build(a, &in, &s, &n);
        assert_int_equal(n, 3);
        assert_int_equal(s[0].id, 1);
        assert_true(term(&s[0], "sources") > 2);
        assert_int_equal(s[1].id, 2);
        assert_true(term(&s[1], "interest") > 1);
        assert_int_equal(s[2].id, 3);
        assert_int_equal(s[2].place, 0);
        assert_true(term(&s[2], "interest") <= 0);
        assert_str(s[2].beat, "sport");
}

static void weights_are_read_or_refused(void **state)
{
        static const struct {
                const char *text, *source;
                double value;
        } rows[] = {
                { "The Ledger = 2", "The Ledger", 2 },
                { "A=B = 0.5", "A=B", 0.5 },
                { "Gazette=0", "Gazette", 0 },
                { "Gazette", NULL, 0 },
                { "= 2", NULL, 0 },
                { "Gazette = much", NULL, 0 },
                { "Gazette = -1", NULL, 0 },
                { "Gazette = 11", NULL, 0 },
                { "", NULL, 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct weight w = { 0 };
                struct err err = { 0 };
                int rc = rank_weight_parse(str_c(rows[i].text), &w, &err);

                if (!rows[i].source) {
                        assert_int_equal(rc, ERR_INPUT);
                        continue;
                }
                assert_int_equal(rc, 0);
                assert_str(w.source, rows[i].source);
                assert_true(w.value >= rows[i].value - 0.001 &&
                            w.value <= rows[i].value + 0.001);
        }
}

static void the_editor_s_choice_is_kept_till_it_is_done(void **state)
{
        struct article arts[] = { article(1, "Gazette", 1),
                                  article(2, "Ledger", 1) };
        struct choice items[] = { { 1, STR("lead"), NOW - 20 * HOUR },
                                  { 2, STR("kill"), NOW - 20 * HOUR } };
        struct choice_list choices = { items, 2 };
        struct rank_input in = { .articles = { arts, 2 },
                                 .choices = &choices,
                                 .now = NOW,
                                 .hours_s = 26 * HOUR };
        struct story *s;
        size_t n;

        (void)state;
        story_build(a, &in, &s, &n);
        assert_int_equal(s[0].choice, CHOICE_LEAD);
        assert_int_equal(s[1].choice, CHOICE_KILL);
        assert_int_equal(s[1].place, 0);
        in.printed = &ports_past; /* it has led since */
        in.n_printed = 1;
        story_build(a, &in, &s, &n);
        assert_int_equal(s[0].choice, CHOICE_NONE);
}

/* --- adversaries --- */

static void a_flood_from_one_source_is_one_voice(void **state)
{
        static struct article arts[503];
        size_t n;
        struct story *s;

        (void)state;
        for (int i = 0; i < 501; i++)
                arts[i] = article(1, "Flood", 20 - i * 0.03);
        for (int i = 0; i < 501; i++)
                say(&arts[i], "Buy the Flood's own news today",
                    "Nothing beats the Flood, says the Flood.");
        arts[501] = article(2, "Gazette", 1);
        arts[502] = article(2, "Ledger", 1);
        s = build(arts, 503, &n);
        assert_int_equal(n, 2);
        assert_int_equal(s[0].id, 2);
        assert_int_equal(s[1].n_sources, 1);
        /* its newest drop is no fresher than its first */
        assert_true(term(&s[1], "freshness") < 0.4);
        /* and it hides nobody */
        for (int i = 0; i < 501; i++)
                arts[i].story_id = 2;
        s = build(arts, 503, &n);
        assert_int_equal(n, 1);
        assert_int_equal(s->n_sources, 3);
}

static void order_and_numbers_do_not_matter(void **state)
{
        struct article arts[12], turned[12];
        static const char *const sources[] = { "Gazette", "Ledger", "Courier" };
        struct story *s, *t;
        size_t n, m;

        (void)state;
        for (int i = 0; i < 12; i++) {
                arts[i] = article(1 + i / 2, sources[i % 3], 3);
                arts[i].title =
                        arena_printf(a, "Headline of the day no. %d", i / 2);
                turned[11 - i] = arts[i];
                turned[11 - i].story_id = 100 - arts[i].story_id;
        }
        s = build(arts, 12, &n);
        t = build(turned, 12, &m);
        assert_int_equal(n, m);
        for (size_t i = 0; i < n; i++) {
                assert_string_equal(arena_cstr(a, s[i].title),
                                    arena_cstr(a, t[i].title));
                assert_string_equal(arena_cstr(a, s[i].head->url),
                                    arena_cstr(a, t[i].head->url));
        }
}

static void what_is_paid_for_has_no_place(void **state)
{
        struct article arts[] = { article(1, "Gazette", 1),
                                  article(2, "Ledger", 1),
                                  article(3, "Courier", 1) };
        size_t n;
        struct story *s;

        (void)state;
        arts[0].title = STR("Sponsored: the chairs that changed my life");
        arts[1].title = STR("Your horoscope for Friday");
        s = build(arts, 3, &n);
        assert_int_equal(s[0].id, 3);
        assert_int_equal(s[1].place, 0);
        assert_int_equal(s[2].place, 0);
}

static void beats_are_read_from_words(void **state)
{
        static const struct {
                const char *beat, *language, *url, *title, *summary, *want;
        } rows[] = {
                { "world", "en", "https://a.example/1",
                  "Jury finds gunman guilty", "The court heard the verdict.",
                  "law" },
                { "world", "en", "https://a.example/1",
                  "Assembly lose the Harbour Cup to Deputies in extra time",
                  "A header, then a penalty; the goal of the substitute "
                  "settled the tournament.",
                  "sport" },
                { "world", "en", "https://a.example/sport/1", "It ended",
                  "Nobody knows how.", "sport" },
                { "markets", "en", "https://a.example/1",
                  "Jury finds gunman guilty", "The court heard the verdict.",
                  "markets" }, /* its feed is no general one */
                { "opinion", "de", "https://a.example/1",
                  "Die Gewerkschaft und der Streik", "Mehr Lohn f\u00fcr alle.",
                  "work" },
                { "world", "fr", "https://a.example/1",
                  "La gr\u00e8ve des dockers", "Le syndicat veut un salaire.",
                  "work" },
                { "world", "ru", "https://a.example/1",
                  "\u0421\u0443\u0434 \u0432\u044b\u043d\u0435\u0441 "
                  "\u043f\u0440\u0438\u0433\u043e\u0432\u043e\u0440",
                  "\u041f\u0440\u043e\u043a\u0443\u0440\u043e\u0440.", "law" },
                { "opinion", "en", "https://a.example/1", "On Tuesdays",
                  "I like them.", "opinion" },
        };
        struct words *w = words_new();
        struct beats *b = beats_new(a, w);

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct article art = { .beat = str_c(rows[i].beat),
                                       .language = str_c(rows[i].language),
                                       .url = str_c(rows[i].url),
                                       .title = str_c(rows[i].title),
                                       .summary = str_c(rows[i].summary) };
                const struct article *list[] = { &art };
                struct str got = beat_of(b, w, list, 1);

                if (!str_eq(got, str_c(rows[i].want)))
                        fail_msg("%s: %s", rows[i].title, arena_cstr(a, got));
        }
        words_free(w);
}

static void one_feed_of_many_does_not_decide_the_beat(void **state)
{
        struct article x = article(1, "Gazette", 1),
                       y = article(1, "Ledger", 1);
        const struct article *list[] = { &x, &y };
        struct words *w = words_new();
        struct beats *b = beats_new(a, w);

        (void)state;
        x.beat = STR("politics"); /* a feed that tells all of its city */
        y.beat = STR("world");
        say(&x, "Ambry win the Harbour Cup", "A header, and a late goal.");
        say(&y, "Late goal settles the Cup", "A penalty, then a header.");
        assert_str(beat_of(b, w, list, 2), "sport");
        /* but where the words don't say, it does */
        say(&x, "Ambry wakes up", "Nobody slept.");
        say(&y, "A night without sleep", "Nobody slept at all.");
        assert_str(beat_of(b, w, list, 2), "politics");
        /* and where most agree */
        y.beat = STR("politics");
        say(&x, "Ambry win the Harbour Cup", "A header, and a late goal.");
        assert_str(beat_of(b, w, list, 2), "politics");
        words_free(w);
}

static void a_column_in_two_papers_is_one(void **state)
{
        static const char text[] =
                "Nobody would let a crane swing for twenty hours without "
                "grease and then express surprise when it seized. We do it "
                "with people every night of the week, and call it a roster. "
                "The harbour has a name for metal that tires. It has none for "
                "men. A night of sleep is a cheap repair.";
        struct article first = article(0, "Gazette", 3),
                       copy = article(0, "Ledger", 2),
                       other = article(0, "Courier", 1);
        struct twins *t = twins_new(a);

        (void)state;
        first.text = copy.text = str_c(text);
        first.title = STR("A night's sleep is harbour infrastructure");
        copy.title = STR("Let the cranes rest");
        other.text = STR("Letters should be short. Mine never were, and the "
                         "editor knows it, for he has kept them all in a box "
                         "that once held oranges from the south.");
        other.title = STR("Letters to the editor");
        assert_int_equal(twins_find(t, &first), 0);
        twins_add(t, &first, 5);
        assert_int_equal(twins_find(t, &copy), 5);
        assert_int_equal(twins_find(t, &other), 0);
        twins_add(t, &other, 6);
        /* a long headline is enough, a column's name is not */
        copy.text = STR("Cut for space.");
        copy.title = first.title;
        assert_int_equal(twins_find(t, &copy), 5);
        copy.title = other.title;
        assert_int_equal(twins_find(t, &copy), 0);
        twins_free(t);
}

static void a_slow_day_has_a_floor(void **state)
{
        struct article arts[] = { article(1, "Gazette", 25.9),
                                  article(2, "Ledger", 1),
                                  article(3, "Courier", 1) };
        size_t n;
        struct story *s;

        (void)state;
        arts[2].language = STR("fr");
        struct rank_input in = { .articles = { arts, 3 },
                                 .now = NOW,
                                 .hours_s = 26 * HOUR,
                                 .language = STR("en") };
        story_build(a, &in, &s, &n);
        assert_int_equal(n, 3);
        assert_int_equal(s[0].id, 2);
        assert_int_equal(s[1].place, 0);
        assert_int_equal(s[2].place, 0);
}

static void a_mark_and_a_missing_text_count(void **state)
{
        struct article arts[] = { article(1, "Gazette", 1),
                                  article(2, "Ledger", 1) };
        size_t n;
        struct story *s;

        (void)state;
        arts[0].mark = STR("exclusive");
        arts[1].length = 0;
        s = build(arts, 2, &n);
        assert_true(s[0].is_exclusive);
        assert_true(term(&s[0], "exclusive") > 1);
        assert_true(term(&s[1], "substance") < 1);
}

static void the_terms_are_json(void **state)
{
        struct article arts[] = { article(1, "Gazette \"A\"", 1),
                                  article(2, "Ledger", 25) };
        size_t n;
        struct story *s = build(arts, 2, &n);
        struct buf b;
        json_t *o;

        (void)state;
        for (size_t i = 0; i < n; i++) {
                buf_init(&b, 1 << 16);
                story_terms_json(&s[i], s, n, &b);
                assert_true(buf_ok(&b));
                o = json_loadb(b.p, b.n, 0, NULL);
                assert_non_null(o);
                assert_int_equal(
                        json_integer_value(json_object_get(o, "place")),
                        s[i].place);
                assert_int_equal(json_array_size(json_object_get(o, "terms")),
                                 s[i].n_terms);
                assert_true(json_array_size(json_object_get(o, "moves")) >= 2);
                json_decref(o);
                buf_done(&b);
        }
}

#define RANK_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_MAIN(RANK_TEST(nothing_gives_nothing),
          RANK_TEST(more_voices_and_fresher_news_stand_higher),
          RANK_TEST(the_score_is_the_product_of_its_terms),
          RANK_TEST(the_same_copy_is_one_voice),
          RANK_TEST(opinion_is_no_voice_and_no_head),
          RANK_TEST(the_same_again_is_no_news),
          RANK_TEST(what_two_tell_anew_is_news),
          RANK_TEST(a_story_of_one_needs_more),
          RANK_TEST(a_printed_headline_is_known_under_another_number),
          RANK_TEST(another_number_makes_no_news), RANK_TEST(a_date_is_no_news),
          RANK_TEST(one_event_under_two_numbers_is_told_once),
          RANK_TEST(the_owner_s_word_counts),
          RANK_TEST(weights_are_read_or_refused),
          RANK_TEST(the_editor_s_choice_is_kept_till_it_is_done),
          RANK_TEST(a_flood_from_one_source_is_one_voice),
          RANK_TEST(order_and_numbers_do_not_matter),
          RANK_TEST(what_is_paid_for_has_no_place),
          RANK_TEST(beats_are_read_from_words),
          RANK_TEST(one_feed_of_many_does_not_decide_the_beat),
          RANK_TEST(a_column_in_two_papers_is_one),
          RANK_TEST(a_slow_day_has_a_floor),
          RANK_TEST(a_mark_and_a_missing_text_count),
          RANK_TEST(the_terms_are_json))

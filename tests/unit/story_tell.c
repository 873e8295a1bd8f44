/* Sentences, blurbs, quotations: nothing printed that an article didn't say. */

#include "unit.h"

#include "base/buf.h"
#include "story/blurb.h"
#include "story/fitness.h"
#include "story/quote.h"
#include "story/sentence.h"
#include "story/tell.h"
#include "story/words.h"

static struct arena *a;

static int set_up(void **state)
{
        (void)state;
        a = arena_new(1 << 24);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

static void tell(struct story *s, const struct article_list *texts,
                 bool is_lead)
{
        struct tell_budget budget;

        tell_budget_init(a, &budget, 90);
        story_tell(a, s, texts, is_lead, &budget);
}

/* Sentences are parted by | in want. */
static void a_text_is_cut_into_sentences(void **state)
{
        static const struct {
                enum lang lang;
                const char *text, *want;
        } rows[] = {
                { LANG_EN, "", "" },
                { LANG_EN, "  \n\n ", "" },
                { LANG_EN, "One ship. Two ships!  Three?",
                  "One ship.|Two ships!|Three?" },
                { LANG_EN, "Mr. Tamm met Dr. Finch. They left.",
                  "Mr. Tamm met Dr. Finch.|They left." },
                { LANG_EN, "J. K. Oslin paid 3.1 per cent. It rose.",
                  "J. K. Oslin paid 3.1 per cent.|It rose." },
                { LANG_EN, "The U.S. fleet left. The U.N. stayed.",
                  "The U.S. fleet left.|The U.N. stayed." },
                { LANG_EN, "He left the U.S. The fleet stayed.",
                  "He left the U.S.|The fleet stayed." },
                { LANG_EN, "Blue Heron Inc. said so. It sank.",
                  "Blue Heron Inc. said so.|It sank." },
                { LANG_EN, "\"We won.\" She left. \"Did we?\" he said.",
                  "\"We won.\"|She left.|\"Did we?\" he said." },
                { LANG_EN, "It was ... odd. So?", "It was ... odd.|So?" },
                { LANG_EN, "First line\nSecond line",
                  "First line|Second line" },
                { LANG_EN, "PORT AMBRY (Wire) - Ships left.", "Ships left." },
                { LANG_EN, "AMBRY: The port opened.", "The port opened." },
                { LANG_EN, "(Wire) - Ships left.", "Ships left." },
                { LANG_EN, "Well-kept - as ever - it was.",
                  "Well-kept - as ever - it was." },
                { LANG_FR, "M. Durand part. « Non. » Il reste.",
                  "M. Durand part.|« Non. »|Il reste." },
                { LANG_DE, "Am 3. März kam Dr. Voss. Er blieb z.B. lange.",
                  "Am 3. März kam Dr. Voss.|Er blieb z.B. lange." },
                { LANG_ES, "¿Quién? La Sra. Ruiz. ¡No!",
                  "¿Quién?|La Sra. Ruiz.|¡No!" },
                { LANG_OTHER, "港口重开。船来了。", "港口重开。|船来了。" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct str text = str_c(rows[i].text);
                struct span *s;
                size_t n = sentence_split(a, text, rows[i].lang, &s);
                struct buf b;

                buf_init(&b, 10000);
                for (size_t k = 0; k < n; k++) {
                        if (k)
                                buf_char(&b, '|');
                        buf_put(&b, s[k].text);
                        assert_ptr_equal(text.p + s[k].offset, s[k].text.p);
                }
                assert_string_equal(buf_cstr(&b), rows[i].want);
                buf_done(&b);
        }
}

static void furniture_and_halves_are_not_fit(void **state)
{
        static const struct {
                const char *text;
                bool is_fit;
        } rows[] = {
                { "The ninety ships off Port Ambry were unloaded.", true },
                { "\"We won the rest days we asked for,\" said Ines Quayle.",
                  true },
                { "“We won the rest days and then we went home.", false },
                { "We won the rest days” and then we went home.", false },
                { "The ships (all ninety of them were unloaded.", false },
                { "the ninety ships off Port Ambry were unloaded.", false },
                { "By Ines Quayle in Port Ambry on Friday", false },
                { "Photo: the ninety ships off Port Ambry at dawn.", false },
                { "Sign up for our letter on ships and ports here.", false },
                { "Read more at https://a.example/ about the ships.", false },
                { "Ships left port.", false },
                { "March 06, 2026 10:14 AM The port of Ambry opened.", false },
                { "March 06, 2026 was the day the port of Ambry opened.",
                  true },
                { "• Ninety ships off Port Ambry were unloaded.", false },
                { "34 BST The port of Ambry was opened again.", false },
                { "05 / 02 / 2026 The port of Ambry was opened again.", false },
                { "Friday, Updated 9:28 AM EDT The port was opened.", false },
                { "At 9:28 AM the port of Ambry was opened again.", false },
                { "The port of Ambry was opened at 9:28 on Friday.", true },
                { "The ships left at dawn. Ines Quayle reports.", false },
                { "Port Ambry Cranes Move Again As Strike Ends The cranes "
                  "moved.",
                  false },
                { "Published time: March 12 The port was opened.", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (fitness_is_fit(str_c(rows[i].text), LANG_EN) !=
                    rows[i].is_fit)
                        fail_msg("%s", rows[i].text);
}

static void a_sentence_may_lean_on_another(void **state)
{
        static const struct {
                enum lang lang;
                const char *text;
                bool is_leaning;
        } rows[] = {
                { LANG_EN, "He went home.", true },
                { LANG_EN, "Meanwhile, ships left.", true },
                { LANG_EN, "\"But why?\" asked Tamm.", true },
                { LANG_EN, "In addition, ships left.", true },
                { LANG_EN, "Ships left.", false },
                { LANG_EN, "Heron Line ships left.", false },
                { LANG_FR, "Elle est partie.", true },
                { LANG_FR, "Par ailleurs, les navires partent.", true },
                { LANG_FR, "Les navires partent.", false },
                { LANG_DE, "Allerdings fuhr niemand.", true },
                { LANG_DE, "Der Hafen ist offen.", false },
                { LANG_ES, "Sin embargo, nadie salió.", true },
                { LANG_EN, "", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (fitness_is_leaning(str_c(rows[i].text), rows[i].lang) !=
                    rows[i].is_leaning)
                        fail_msg("%s", rows[i].text);
}

static const char text[] =
        "Dockworkers at Port Ambry returned to their cranes at dawn on Friday "
        "after a strike of seven days. They won four rest days a month.\n\n"
        "Photo: cranes at dawn\n\n"
        "Terminal owners agreed to the rest days in the small hours. "
        "Meanwhile, the ninety ships at anchor were given a turn by lot.\n\n"
        "\"We can plan again, and we could not plan before,\" said Sigrid "
        "Oslin, chief executive of Blue Heron Line. Carriers expect the "
        "backlog "
        "to last eleven days.\n\n"
        "Sign up for our morning letter on ports and ships.";

static void a_blurb_is_verbatim_and_stands_alone(void **state)
{
        struct words *w = words_new();
        struct span *spans;
        size_t *chosen, n;
        size_t all = sentence_split(a, str_c(text), LANG_EN, &spans);

        (void)state;
        for (size_t want = 1; want < 12; want++) {
                struct blurb_ask ask = { .title = STR("Dockworkers return"),
                                         .lang = LANG_EN,
                                         .sentences = want,
                                         .must_open = true };

                n = blurb_choose(a, w, spans, all, &ask, &chosen);
                assert_in_range(n, 1, want);
                for (size_t i = 0; i < n; i++) {
                        const struct span *s = &spans[chosen[i]];
                        assert_true(s->is_fit);
                        assert_true(i == 0 || chosen[i] > chosen[i - 1]);
                        if (s->is_leaning)
                                assert_true(i > 0 &&
                                            chosen[i] == chosen[i - 1] + 1);
                }
        }
        assert_int_equal(blurb_choose(a, w, NULL, 0,
                                      &(struct blurb_ask) { .sentences = 3 },
                                      &chosen),
                         0);
        words_free(w);
}

static void a_quotation_names_who_said_it(void **state)
{
        static const struct {
                enum lang lang;
                const char *text, *quote, *by;
        } rows[] = {
                { LANG_EN, text,
                  "We can plan again, and we could not plan before",
                  "Sigrid Oslin, chief executive of Blue Heron Line" },
                { LANG_EN,
                  "“Nobody asked us what a storm looks like from a crane,” "
                  "Marta "
                  "Dunmore, the union's secretary, said on Friday.",
                  "Nobody asked us what a storm looks like from a crane",
                  "Marta Dunmore, the union's secretary" },
                { LANG_EN,
                  "Rory Tamm said: “There will be no fruit on the Isles before "
                  "the week is out.”",
                  "There will be no fruit on the Isles before the week is out.",
                  "Rory Tamm" },
                { LANG_FR,
                  "« Nous avons obtenu les jours de repos que nous demandions "
                  "», "
                  "a déclaré Inès Caille, porte-parole du syndicat.",
                  "Nous avons obtenu les jours de repos que nous demandions",
                  "Inès Caille, porte-parole du syndicat" },
                { LANG_DE,
                  "„Wir können endlich wieder planen, das war lange nicht so“, "
                  "sagte Sigrid Oslin, Chefin der Reederei.",
                  "Wir können endlich wieder planen, das war lange nicht so",
                  "Sigrid Oslin, Chefin der Reederei" },
                { LANG_ES,
                  "«Por fin podemos hacer planes para toda la temporada», dijo "
                  "Marta Ruiz, portavoz del puerto.",
                  "Por fin podemos hacer planes para toda la temporada",
                  "Marta Ruiz, portavoz del puerto" },
                { LANG_EN,
                  "\"We can plan again, and we could not plan before,\" she "
                  "said.",
                  NULL, NULL },
                { LANG_EN, /* the role stands before the name */
                  "“Nobody asked us what a storm looks like from a crane,” "
                  "said the union's chief negotiator Marta Dunmore.",
                  "Nobody asked us what a storm looks like from a crane",
                  "the union's chief negotiator Marta Dunmore" },
                { LANG_ES, /* an office is nobody */
                  "«Hemos tardado treinta años en ver que era el mismo río», "
                  "dijo la ministra de Medio Ambiente.",
                  NULL, NULL },
                { LANG_EN, /* named in full further up */
                  "Marta Dunmore, a crane driver, came by boat.\n"
                  "“Nobody asked us what a storm looks like,” said Dunmore.",
                  "Nobody asked us what a storm looks like",
                  "Marta Dunmore, a crane driver" },
                { LANG_EN, /* a book is no quotation */
                  "“An Eastern Voyage: One Man's Road to Ambry,” Rory Tamm "
                  "wrote.",
                  NULL, NULL },
                { LANG_EN, "Tamm called it \"a fine day\" and went.", NULL,
                  NULL },
                { LANG_EN, "\"We can plan again and nobody closes the mark",
                  NULL, NULL },
                { LANG_EN, "", NULL, NULL },
        };
        struct quote_found q;

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct str t = str_c(rows[i].text);
                bool found = quote_find(t, rows[i].lang, &q);

                if (found != (rows[i].quote != NULL))
                        fail_msg("%s", rows[i].text);
                if (!found)
                        continue;
                assert_str(q.text, rows[i].quote);
                assert_str(q.said_by, rows[i].by);
                assert_ptr_equal(t.p + q.offset, q.text.p);
        }
}

static const char other_text[] =
        "Clearing the ninety ships off Port Ambry will take eleven days, and "
        "dockworkers will be paid triple for a cancelled rest day.\n\n"
        "Importers of fruit at Port Ambry expect to write off one refrigerated "
        "container in five.";

static void a_lead_is_told_by_several(void **state)
{
        struct article arts[2] = {
                { .id = 1,
                  .source = STR("Gazette"),
                  .kind = STR("news"),
                  .language = STR("en"),
                  .title = STR("Dockworkers return"),
                  .text = str_c(text) },
                { .id = 2,
                  .source = STR("Ledger"),
                  .kind = STR("news"),
                  .language = STR("en"),
                  .title = STR("What the backlog costs"),
                  .text = str_c(other_text) },
        };
        const struct article *members[] = { &arts[0], &arts[1] };
        struct article_list texts = { arts, 2 };
        struct story s = { .articles = members,
                           .n_articles = 2,
                           .head = &arts[0] };
        bool other = false;

        (void)state;
        tell(&s, &texts, true);
        assert_in_range(s.n_blurb, 1, TELL_BLURB_MAX);
        assert_in_range(s.n_paragraphs, 2, TELL_PARAGRAPHS_MAX);
        for (size_t p = 0; p < s.n_paragraphs; p++)
                for (size_t i = 0; i < s.paragraphs[p].n; i++) {
                        struct sentence x = s.paragraphs[p].items[i];
                        assert_memory_equal(x.from->text.p + x.offset, x.text.p,
                                            x.text.n);
                        other |= x.from == &arts[1];
                }
        assert_true(other);
}

/* The event comes first, from whoever tells it so. */
static void a_blurb_begins_with_the_event(void **state)
{
        struct article arts[2] = {
                { .id = 1,
                  .source = STR("Gazette"),
                  .kind = STR("news"),
                  .language = STR("en"),
                  .title = STR("Ferry runs aground off Marrow Bay"),
                  .text = STR("We are glad that all of them are safe and "
                              "well. The weather was as thick as a blanket all "
                              "evening long.") },
                { .id = 2,
                  .source = STR("Ledger"),
                  .kind = STR("news"),
                  .language = STR("en"),
                  .title = STR("A night on the bank"),
                  .text = STR("The company has nine ships and forty captains. "
                              "A ferry with 212 passengers ran aground off "
                              "Marrow Bay on Friday.") },
        };
        const struct article *members[] = { &arts[0], &arts[1] };
        struct article_list texts = { arts, 2 };
        struct story s = { .articles = members,
                           .n_articles = 2,
                           .head = &arts[0] };

        (void)state;
        tell(&s, &texts, false);
        assert_in_range(s.n_blurb, 1, TELL_BLURB_MAX);
        for (size_t i = 0; i < s.n_blurb; i++)
                assert_ptr_equal(s.blurb[i].from, &arts[1]);
        assert_true(str_ends(s.blurb[s.n_blurb - 1].text, STR("Friday.")));
}

/* Who is at the centre of the story is quoted, not the first who speaks. */
static void a_quote_is_of_the_centre(void **state)
{
        struct article art = {
                .id = 1,
                .source = STR("Gazette"),
                .kind = STR("news"),
                .language = STR("en"),
                .title = STR("Crane operators end their strike"),
                .text = STR(
                        "Crane operators ended their strike at Port Ambry in "
                        "the small hours of Friday.\n"
                        "The agreement gives each of the crews four fixed rest "
                        "days a month.\n"
                        "Terminal owners called the deal expensive but clear "
                        "and went to bed.\n"
                        "Ninety ships at anchor will be unloaded by the order "
                        "of their arrival.\n"
                        "Harbour pilots expect the last of them alongside in "
                        "eleven days.\n"
                        "“My whole stock of lemons has gone green and soft,” "
                        "said Imke Dorsay, a grocer on the Isles.\n"
                        "“We asked for sleep, and we got it in writing,” said "
                        "Marta Dunmore, spokeswoman of the crane operators."),
        };
        const struct article *members[] = { &art };
        struct article_list texts = { &art, 1 };
        struct story s = { .articles = members, .n_articles = 1, .head = &art };

        (void)state;
        tell(&s, &texts, true);
        assert_non_null(s.quote);
        assert_str(s.quote->said_by,
                   "Marta Dunmore, spokeswoman of the crane operators");
}

static void a_story_without_text_is_left_untold(void **state)
{
        struct article art = { .id = 1,
                               .kind = STR("news"),
                               .title = STR("Dockworkers return") };
        const struct article *members[] = { &art };
        struct article_list texts = { &art, 1 }, none = { NULL, 0 };
        struct story s = { .articles = members, .n_articles = 1, .head = &art };

        (void)state;
        tell(&s, &texts, true);
        tell(&s, &none, false);
        assert_int_equal(s.n_blurb, 0);
        assert_int_equal(s.n_paragraphs, 0);
        assert_null(s.quote);
}

UNIT_MAIN(cmocka_unit_test_setup_teardown(a_text_is_cut_into_sentences, set_up,
                                          tear_down),
          cmocka_unit_test(furniture_and_halves_are_not_fit),
          cmocka_unit_test(a_sentence_may_lean_on_another),
          cmocka_unit_test_setup_teardown(a_blurb_is_verbatim_and_stands_alone,
                                          set_up, tear_down),
          cmocka_unit_test(a_quotation_names_who_said_it),
          cmocka_unit_test_setup_teardown(a_lead_is_told_by_several, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(a_blurb_begins_with_the_event, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(a_quote_is_of_the_centre, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(a_story_without_text_is_left_untold,
                                          set_up, tear_down))

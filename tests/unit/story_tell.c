/* Sentences, blurbs, quotations: nothing printed that an article didn't say. */

#define ARENA_B (1 << 24)
#include "arena_fixture.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "story/blurb.h"
#include "story/fitness.h"
#include "story/head.h"
#include "story/quote.h"
#include "story/sentence.h"
#include "story/tell.h"
#include "story/words.h"

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
                { "Strike ends in quake town A powerful crane moved again.",
                  false },
                { "Rory Tamm wins again Port warden Rory Tamm has won.",
                  false },
                { "The port was opened.The ships left again at dawn.", false },
                { "Tamm told a news conference.", false },
                { "Nobody knows what she was carrying to the.", false },
                { "Strike Prevention Workers Prior Shooting Harbour Factors "
                  "Workplace violence.",
                  false },
                { "It moved on Mar 10, 2026 Rory Tamm, a warden, said.",
                  false },
                { "THE PORT OF AMBRY was opened BY ALL.", false },
                { "— The port of Ambry was opened again.", false },
                { "‘The port of Ambry was opened again, said Tamm.", false },
                { "Rory Tamm told the crews that the port was open.", true },
                { "The United Ports Authority said the port was open.", true },
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
                { LANG_EN, "In her speech, Oslin thanked the crews.", true },
                { LANG_EN, "According to him, the ships left.", true },
                { LANG_EN, "The 34-year-old came by boat.", true },
                { LANG_EN, "Made her way to the port.", true },
                { LANG_EN, "Until now, ships left at noon.", true },
                { LANG_EN, "That’s all.", true },
                { LANG_EN, "Ships left.", false },
                { LANG_EN, "Quietly, she added that the ships left.", true },
                { LANG_EN, "Quietly, Tamm added that the ships left.", false },
                { LANG_EN, "Only ships that were empty left.", false },
                { LANG_FR, "Selon lui, les navires partent.", true },
                { LANG_FR, "C’est fini pour les navires.", true },
                { LANG_DE, "Nach seiner Rede fuhren die Schiffe.", true },
                { LANG_DE, "Zum Beispiel fahren die Schiffe.", true },
                { LANG_ES, "En su discurso habló del puerto.", true },
                { LANG_ES, "Los barcos salen.", false },
                { LANG_IT, "Inoltre le navi partono.", true },
                { LANG_IT, "Nel frattempo le navi partono.", true },
                { LANG_IT, "Le navi partono.", false },
                { LANG_PT, "No entanto, os navios partem.", true },
                { LANG_PT, "Os navios partem.", false },
                { LANG_NL, "Bovendien varen de schepen.", true },
                { LANG_NL, "De schepen varen.", false },
                { LANG_RU, "Кроме того, суда вышли.", true },
                { LANG_RU, "По его словам, суда вышли.", true },
                { LANG_RU, "Суда вышли из порта.", false },
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

static void somebody_speaks_of_himself(void **state)
{
        static const struct {
                enum lang lang;
                const char *text;
                bool is_personal;
        } rows[] = {
                { LANG_EN, "We are glad that the port is open.", true },
                { LANG_EN, "The owners told us that the port is open.", true },
                { LANG_EN, "The US fleet left the port.", false },
                { LANG_EN, "“We won,” said Rory Tamm.", false },
                { LANG_FR, "Nous ouvrons le port.", true },
                { LANG_DE, "Der Hafen ist für uns offen.", true },
                { LANG_DE, "Der Hafen ist offen.", false },
                { LANG_RU, "Мы открыли порт.", true },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (fitness_is_personal(str_c(rows[i].text), rows[i].lang) !=
                    rows[i].is_personal)
                        fail_msg("%s", rows[i].text);
        assert_true(
                fitness_says_he(STR("The port is open, he said."), LANG_EN));
        assert_true(fitness_says_he(STR("Der Hafen ist offen, sagte er."),
                                    LANG_DE));
        assert_false(fitness_says_he(STR("The port is open, police said."),
                                     LANG_EN));
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

/* Articles of one story; the first is its head. */
static struct story story_of(struct article *arts, size_t n)
{
        const struct article **members = arena_array(a, n, sizeof(*members));

        for (size_t i = 0; i < n; i++) {
                arts[i].id = (int64_t)i + 1;
                arts[i].kind = STR("news");
                arts[i].language = STR("en");
                members[i] = &arts[i];
        }
        return (struct story) { .articles = members,
                                .n_articles = n,
                                .head = members[0],
                                .title = arts[0].title };
}

static size_t words_of(const struct story *s, struct str source)
{
        size_t n = 0;

        for (size_t p = 0; p < s->n_paragraphs; p++)
                for (size_t i = 0; i < s->paragraphs[p].n; i++)
                        if (str_eq(s->paragraphs[p].items[i].from->source,
                                   source))
                                n += utf8_words(s->paragraphs[p].items[i].text);
        if (s->quote && str_eq(s->quote->from->source, source))
                n += utf8_words(s->quote->text);
        return n;
}

/* Paragraphs and quote count together; what is given once is gone. */
static void a_source_gives_so_many_words(void **state)
{
        (void)state;
        for (size_t max = 5; max < 120; max += 9) {
                struct article arts[2] = {
                        { .source = STR("Gazette"),
                          .title = STR("Dockworkers return"),
                          .text = str_c(text) },
                        { .source = STR("Ledger"),
                          .title = STR("What the backlog costs"),
                          .text = str_c(other_text) },
                };
                struct article_list texts = { arts, 2 };
                struct story s = story_of(arts, 2), again = s;
                struct tell_budget budget, fresh;

                tell_budget_init(a, &budget, max);
                story_tell(a, &s, &texts, true, &budget);
                assert_true(words_of(&s, STR("Gazette")) <= max);
                assert_true(words_of(&s, STR("Ledger")) <= max);
                tell_budget_init(a, &fresh, max);
                assert_true(tell_take(&fresh, &s, true));
                story_tell(a, &again, &texts, true, &budget);
                assert_true(words_of(&s, STR("Gazette")) +
                                    words_of(&again, STR("gazette")) <=
                            max);
        }
}

/* The first of two headlines is the one a desk would print. */
static void the_plain_headline_is_taken(void **state)
{
        static const struct {
                const char *plain, *rough;
        } rows[] = {
                { "Navy frees ship from pirates off Ambry",
                  "The navy of the Isles on Saturday freed a merchant ship "
                  "that "
                  "pirates had held off Ambry for a week without a shot" },
                { "Navy frees ship from pirates off Ambry",
                  "Shocking: navy frees ship from pirates off Ambry" },
                { "Navy frees ship from pirates off Ambry",
                  "Navy frees ship from pirates off Ambry!" },
                { "Navy frees ship from pirates off Ambry",
                  "Did the navy free a ship off Ambry?" },
                { "Navy frees ship from pirates off Ambry",
                  "NAVY FREES SHIP FROM PIRATES OFF AMBRY" },
                { "Navy frees ship from pirates off Ambry",
                  "Ship free' says navy after pirates fled from “Ambry" },
                { "Navy frees ship from pirates off Ambry",
                  "If only he'd seen the ship from pirates off Ambry" },
                { "Navy frees ship from pirates off Ambry",
                  "It's a fine day for the navy and pirates off Ambry" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct words *w = words_new();
                struct article arts[2] = {
                        { .source = STR("Ledger"),
                          .title = str_c(rows[i].rough),
                          .length = 3000 },
                        { .source = STR("Gazette"),
                          .title = str_c(rows[i].plain),
                          .length = 3000 },
                };
                struct story s = story_of(arts, 2);
                const struct article *head =
                        head_choose(a, w, s.articles, 2, 0);

                if (head != &arts[1])
                        fail_msg("%s", rows[i].rough);
                words_free(w);
        }
}

/* A headline that ran into the text is no part of its sentence. */
static void a_headline_is_not_told_twice(void **state)
{
        struct article art = {
                .source = STR("Gazette"),
                .title = STR("Tamm closes the port of Ambry"),
                .text = STR("Tamm closes the port of Ambry Port warden Rory "
                            "Tamm on Friday closed the port of Ambry for a "
                            "week. Ninety ships were sent to the Isles.")
        };
        struct article_list texts = { &art, 1 };
        struct story s = story_of(&art, 1);

        (void)state;
        tell(&s, &texts, false);
        assert_true(s.n_blurb > 0);
        assert_true(str_starts(s.blurb[0].text, STR("Port warden Rory Tamm")));
        assert_ptr_equal(s.blurb[0].text.p, art.text.p + s.blurb[0].offset);
}

/* A surname alone opens nothing when the headline doesn't have it. */
static void nobody_is_a_stranger(void **state)
{
        struct article art = {
                .source = STR("Gazette"),
                .title = STR("Port warden held over missing crane"),
                .text = STR("The police came at dawn with two boats and a "
                            "horse.\nPort warden Rory Tamm was held on Friday "
                            "over a crane that went missing.\nTamm was held "
                            "as port warden over another missing crane in the "
                            "year before, too, and let go.")
        };
        struct article_list texts = { &art, 1 };
        struct story s = story_of(&art, 1);

        (void)state;
        tell(&s, &texts, false);
        assert_true(s.n_blurb > 0);
        assert_true(str_starts(s.blurb[0].text, STR("Port warden Rory Tamm")) ||
                    str_starts(s.blurb[0].text, STR("The police")));
        for (size_t i = 0; i < s.n_blurb; i++)
                if (str_starts(s.blurb[i].text, STR("Tamm was")))
                        assert_true(i > 0);
}

/* Who tells of somebody else is no teller of this story. */
static void a_lead_stays_with_its_names(void **state)
{
        struct article arts[3] = {
                { .source = STR("Gazette"),
                  .title = STR("Port warden Rory Tamm dies at 75"),
                  .text = STR("Port warden Rory Tamm, who ran the port of "
                              "Ambry for thirty years, died on Friday. Rory "
                              "Tamm was 75 and had been ill since autumn.") },
                { .source = STR("Ledger"),
                  .title = STR("Rory Tamm, warden of Ambry, is dead"),
                  .text = STR("Rory Tamm opened the port of Ambry to ships of "
                              "all flags as its warden and dug its second "
                              "basin against the will of his own board.") },
                { .source = STR("Herald"),
                  .title = STR("Port warden Imke Dorsay dies at 91"),
                  .text = STR("Port warden Imke Dorsay, who ran the port of "
                              "Stell for ten years, died at home on Thursday "
                              "and will be buried at sea by its pilots.") },
        };
        struct article_list texts = { arts, 3 };
        struct story s = story_of(arts, 3);

        (void)state;
        tell(&s, &texts, true);
        assert_true(s.n_paragraphs >= 2);
        for (size_t p = 0; p < s.n_paragraphs; p++)
                assert_ptr_not_equal(s.paragraphs[p].items[0].from, &arts[2]);
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
          cmocka_unit_test(somebody_speaks_of_himself),
          cmocka_unit_test_setup_teardown(a_source_gives_so_many_words, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(the_plain_headline_is_taken, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(a_headline_is_not_told_twice, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(nobody_is_a_stranger, set_up,
                                          tear_down),
          cmocka_unit_test_setup_teardown(a_lead_stays_with_its_names, set_up,
                                          tear_down),
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

/* What an editor would strike out, in the eight languages of the press: days
 * that have passed, captions, strangers, quotations of no weight, headlines
 * that tell nothing. */

#define ARENA_B (1 << 24)
#include "arena_fixture.h"

#include "story/blurb.h"
#include "story/fitness.h"
#include "story/head.h"
#include "story/quote.h"
#include "story/sentence.h"
#include "story/surname.h"
#include "story/tell.h"
#include "story/title.h"
#include "story/wording.h"
#include "story/words.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void a_day_passes(void **state)
{
        static const struct {
                enum lang lang;
                bool is_day;
                const char *text;
        } rows[] = {
                { LANG_EN, true, "The port was closed today." },
                { LANG_EN, true, "Last night the port was closed." },
                { LANG_EN, true, "Yesterday’s storm closed the port." },
                { LANG_EN, false, "The port was closed on Monday morning." },
                { LANG_EN, false, "The Todayists closed the port." },
                { LANG_DE, true, "Heute wurde der Hafen geschlossen." },
                { LANG_DE, true, "Der Hafen schließt morgen." },
                { LANG_DE, false, "Der Hafen schließt am Morgen." },
                { LANG_DE, false, "Der Hafen schloss am Montagmorgen." },
                { LANG_FR, true, "Le port a fermé hier." },
                { LANG_FR, true, "Aujourd’hui, le port a fermé." },
                { LANG_FR, false, "Le port a fermé avant-midi, cahier clos." },
                { LANG_ES, true, "El puerto cerró ayer." },
                { LANG_ES, true, "El puerto cerrará mañana." },
                { LANG_ES, false, "El puerto cerró por la mañana." },
                { LANG_IT, true, "Il porto ha chiuso stamattina." },
                { LANG_IT, false, "Il porto ha chiuso lunedì mattina." },
                { LANG_PT, true, "O porto fechou ontem." },
                { LANG_PT, false, "O porto fechou na manhã de segunda." },
                { LANG_NL, true, "De haven sloot gisteravond." },
                { LANG_NL, false, "De haven sloot in de morgen." },
                { LANG_RU, true, "Порт закрыли сегодня." },
                { LANG_RU, true, "Вчера порт закрыли." },
                { LANG_RU, false, "Порт закрыли в понедельник утром." },
                { LANG_OTHER, false, "The port was closed today." },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++)
                if (wording_has(rows[i].lang, WORDING_DAYS,
                                str_c(rows[i].text)) != rows[i].is_day)
                        fail_msg("%s", rows[i].text);
        assert_false(wording_has(LANG_EN, WORDING_DAYS, STR("")));
}

static struct story story_of(struct article *arts, size_t n)
{
        const struct article **members = arena_array(a, n, sizeof(*members));

        for (size_t i = 0; i < n; i++) {
                arts[i].id = (int64_t)i + 1;
                arts[i].kind = STR("news");
                if (!arts[i].language.n)
                        arts[i].language = STR("en");
                members[i] = &arts[i];
        }
        return (struct story) { .articles = members,
                                .n_articles = n,
                                .head = members[0],
                                .kind = STR("news"),
                                .language = members[0]->language,
                                .title = members[0]->title };
}

#define DAY_S 86400

/* The blurb of an article that was written at dated_at, for the edition of the
 * second day after 1970 began. */
static struct story told(struct article *art, int64_t dated_at, bool is_lead)
{
        struct article_list texts = { art, 1 };
        struct story s = story_of(art, 1);
        struct tell_budget budget;

        tell_budget_init(a, &budget, 0);
        budget.day_from = DAY_S;
        budget.day_to = 2 * DAY_S;
        art->dated_at = dated_at;
        story_tell(a, &s, &texts, is_lead, &budget);
        return s;
}

static bool tells(const struct story *s, const char *part)
{
        for (size_t i = 0; i < s->n_blurb; i++)
                if (str_find(s->blurb[i].text, str_c(part), 0) != STR_NONE)
                        return true;
        for (size_t p = 0; p < s->n_paragraphs; p++)
                for (size_t i = 0; i < s->paragraphs[p].n; i++)
                        if (str_find(s->paragraphs[p].items[i].text,
                                     str_c(part), 0) != STR_NONE)
                                return true;
        return false;
}

/* "Yesterday" is told in an edition of the day of writing, and in no other. */
static void a_day_that_has_passed_is_avoided(void **state)
{
        static const struct {
                const char *tag, *day, *title, *text;
        } rows[] = {
                { "en", "yesterday", "Port of Ambry reopens after strike",
                  "The port of Ambry reopened yesterday after a strike of "
                  "nine days.\nNinety ships wait off the port of Ambry, which "
                  "reopened after the strike.\nThe harbour office expects to "
                  "unload the last of them before Easter.\nCrane drivers "
                  "returned to their crews at five in the morning." },
                { "de", "gestern", "Hafen Ambry nach Streik wieder geöffnet",
                  "Der Hafen Ambry hat gestern nach neun Tagen Streik wieder "
                  "geöffnet.\nNeunzig Schiffe warten vor dem Hafen Ambry, der "
                  "nach dem Streik öffnet.\nDas Hafenamt rechnet damit, dass "
                  "die letzten vor Ostern entladen sind.\nDie Kranführer "
                  "kehrten um fünf Uhr früh an ihre Arbeit zurück." },
                { "fr", "hier", "Le port d'Ambry rouvre après la grève",
                  "Le port d'Ambry a rouvert hier après neuf jours de "
                  "grève.\nQuatre-vingt-dix navires attendent devant le port "
                  "d'Ambry, qui rouvre après la grève.\nLa capitainerie "
                  "compte décharger les derniers avant Pâques.\nLes grutiers "
                  "ont repris leur poste à cinq heures du matin." },
                { "es", "ayer", "El puerto de Ambry reabre tras la huelga",
                  "El puerto de Ambry reabrió ayer tras nueve días de "
                  "huelga.\nNoventa barcos esperan frente al puerto de Ambry, "
                  "que reabre tras la huelga.\nLa capitanía prevé descargar "
                  "los últimos antes de Pascua.\nLos gruistas volvieron a su "
                  "puesto a las cinco de la madrugada." },
                { "it", "ieri", "Il porto di Ambry riapre dopo lo sciopero",
                  "Il porto di Ambry ha riaperto ieri dopo nove giorni di "
                  "sciopero.\nNovanta navi aspettano davanti al porto di "
                  "Ambry, che riapre dopo lo sciopero.\nLa capitaneria conta "
                  "di scaricare le ultime prima di Pasqua.\nI gruisti hanno "
                  "ripreso il lavoro alle cinque del mattino." },
                { "pt", "ontem", "Porto de Ambry reabre após a greve",
                  "O porto de Ambry reabriu ontem após nove dias de "
                  "greve.\nNoventa navios esperam diante do porto de Ambry, "
                  "que reabre após a greve.\nA capitania conta descarregar os "
                  "últimos antes da Páscoa.\nOs operadores de guindaste "
                  "voltaram ao trabalho às cinco da madrugada." },
                { "nl", "gisteren", "Haven van Ambry open na staking",
                  "De haven van Ambry ging gisteren open na negen dagen "
                  "staking.\nNegentig schepen wachten voor de haven van Ambry "
                  "die na de staking open gaat.\nHet havenkantoor rekent erop "
                  "de laatste voor Pasen te lossen.\nKraanmachinisten keerden "
                  "om vijf uur terug naar hun ploegen." },
                { "ru", "вчера", "Порт Амбри открылся после забастовки",
                  "Порт Амбри открылся вчера после девяти дней "
                  "забастовки.\nДевяносто судов ждут у порта Амбри, который "
                  "открылся после забастовки.\nПортовая служба рассчитывает "
                  "разгрузить последние до Пасхи.\nКрановщики вернулись к "
                  "своим бригадам в пять утра." },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++) {
                struct article art = { .source = STR("Gazette"),
                                       .language = str_c(rows[i].tag),
                                       .title = str_c(rows[i].title),
                                       .text = str_c(rows[i].text) };

                for (int lead = 0; lead < 2; lead++) {
                        struct story late = told(&art, DAY_S - 1, lead);
                        struct story same = told(&art, DAY_S, lead);

                        if (!late.n_blurb || tells(&late, rows[i].day) ||
                            !tells(&same, rows[i].day))
                                fail_msg("%s", rows[i].text);
                }
        }
}

static void a_caption_is_not_told(void **state)
{
        static const struct {
                enum lang lang;
                const char *text;
        } rows[] = {
                { LANG_EN, "In a file photo of March, cranes stand at the "
                           "port of Ambry." },
                { LANG_EN, "Rory Tamm, pictured left, walks along the quay of "
                           "Ambry." },
                { LANG_EN, "Rory Tamm (left) walks along the quay of Ambry "
                           "with friends." },
                { LANG_EN, "The quay of Ambry, seen here in a storm, is a "
                           "mile long." },
                { LANG_EN, "Cranes lift crates at the port of Ambry on April "
                           "14, 2014." },
                { LANG_EN, "Update: On May 8 the port of Ambry was opened "
                           "again." },
                { LANG_DE, "Das Archivfoto zeigt die Kräne am Hafen von Ambry "
                           "im Winter." },
                { LANG_DE, "Jan Voss (links) geht mit Freunden am Kai von "
                           "Ambry entlang." },
                { LANG_FR, "Les grues du port d'Ambry, sur cette photo prise "
                           "en mars." },
                { LANG_FR, "Article mis à jour le 7 mars avec la réponse du "
                           "port d'Ambry." },
                { LANG_ES, "Grúas del puerto de Ambry en una imagen de "
                           "archivo del invierno." },
                { LANG_IT, "Le gru del porto di Ambry in una foto d'archivio "
                           "dell'inverno." },
                { LANG_PT, "Os guindastes do porto de Ambry em foto de "
                           "arquivo do inverno." },
                { LANG_NL, "De kranen van de haven van Ambry op een "
                           "archieffoto van maart." },
                { LANG_RU, "Краны порта Амбри, на фото слева стоит Иван "
                           "Петров с друзьями." },
        };
        static const char *const sound[] = {
                "The committee was left to sort out the papers of the port.",
                "She met him at the port of Ambry on April 14, 2014.",
                "The crews are left with half of the pay of last March.",
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++)
                if (fitness_is_fit(str_c(rows[i].text), rows[i].lang))
                        fail_msg("%s", rows[i].text);
        for (size_t i = 0; i < COUNT(sound); i++)
                if (!fitness_is_fit(str_c(sound[i]), LANG_EN))
                        fail_msg("%s", sound[i]);
}

/* Headings that ran into a text, where all nouns have capitals, too. */
static void a_heading_in_a_sentence_shows(void **state)
{
        static const struct {
                enum lang lang;
                bool is_fit;
                const char *text;
        } rows[] = {
                { LANG_EN, false,
                  "Port master dies One of the best known wardens of Ambry "
                  "has died." },
                { LANG_DE, false,
                  "Technik Doch es kommt noch schlimmer für den Hafen von "
                  "Ambry." },
                { LANG_DE, true,
                  "Der Hafen von Ambry bittet Sie und Ihre Freunde um etwas "
                  "Geduld." },
                { LANG_RU, false,
                  "Порт в Амбри В Амбри второй день подряд стоят все краны." },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++)
                if (fitness_is_fit(str_c(rows[i].text), rows[i].lang) !=
                    rows[i].is_fit)
                        fail_msg("%s", rows[i].text);
}

static void an_answer_leans(void **state)
{
        static const struct {
                enum lang lang;
                bool is_leaning;
                const char *text;
        } rows[] = {
                { LANG_EN, true, "The crews, however, stayed at home." },
                { LANG_EN, true, "All three blamed the port." },
                { LANG_EN, false, "The crews stayed at home." },
                { LANG_DE, true, "Die Reederei hingegen schwieg." },
                { LANG_DE, true, "Eine davon wäre der neue Kran." },
                { LANG_DE, true, "Dann steckt er die Taue ein." },
                { LANG_DE, true, "Seit kurzem fährt sie wieder hinaus." },
                { LANG_DE, false, "Die Taue sind für sie zu kurz." },
                { LANG_FR, true, "Le port, en revanche, se tait." },
                { LANG_FR, true, "Par contre, le port se tait." },
                { LANG_ES, true, "El puerto, sin embargo, calla." },
                { LANG_IT, true, "Il porto, invece, tace." },
                { LANG_PT, true, "O porto, no entanto, cala." },
                { LANG_NL, true, "De haven zweeg echter." },
                { LANG_RU, true, "Порт, однако, молчит." },
                { LANG_RU, false, "Порт Амбри молчит." },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++)
                if (fitness_is_leaning(str_c(rows[i].text), rows[i].lang) !=
                    rows[i].is_leaning)
                        fail_msg("%s", rows[i].text);
}

/* Whom the last sentence names by the surname alone; NULL: nobody whom one
 * before it introduces. */
static void a_surname_wants_its_bearer(void **state)
{
        static const struct {
                enum lang lang;
                const char *title, *text, *name;
        } rows[] = {
                { LANG_EN, "Port opens",
                  "Warden Rory Tamm spoke. “It is open,” Tamm said.", "Tamm" },
                { LANG_EN, "Port opens",
                  "Rory Tamm spoke. The port’s keys are Mr. Tamm’s.", "Tamm" },
                { LANG_EN, "Tamm opens port",
                  "Warden Rory Tamm spoke. “It is open,” Tamm said.", NULL },
                { LANG_EN, "Port opens",
                  "Warden Rory Tamm spoke. Rory Tamm had the keys.", NULL },
                { LANG_EN, "Port opens",
                  "The wind fell in Ambry. The port of Ambry is open.", NULL },
                { LANG_EN, "Port opens",
                  "It was on Friday. Last Friday was calm. On Friday it blew.",
                  NULL },
                { LANG_EN, "Port opens",
                  "The FBI Office came. Ships left as the FBI went.", NULL },
                { LANG_FR, "Le port ouvre",
                  "La ministre Anne Duval a parlé. Le port ouvre, selon Duval.",
                  "Duval" },
                { LANG_ES, "El puerto abre",
                  "La ministra Ana Ruiz habló. El puerto, dijo Ruiz, abre.",
                  "Ruiz" },
                { LANG_IT, "Il porto apre",
                  "La ministra Anna Ferri ha parlato. Il porto apre, dice "
                  "Ferri.",
                  "Ferri" },
                { LANG_PT, "O porto abre",
                  "A ministra Ana Prado falou. O porto abre, disse Prado.",
                  "Prado" },
                { LANG_NL, "Haven open",
                  "Minister Anna Bakker sprak. De haven is open, zei Bakker.",
                  "Bakker" },
                { LANG_RU, "Порт открыт",
                  "Министр Анна Орлова выступила. Порт открыт, заявила Орлова.",
                  "Орлова" },
                { LANG_DE, "Hafen offen", /* all nouns have capitals */
                  "Die Ministerin Anna Voss sprach. Der Hafen, so Voss, ist "
                  "offen.",
                  NULL },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++) {
                struct surname names[SURNAMES_MAX];
                struct span *s;
                size_t n = sentence_split(a, str_c(rows[i].text), rows[i].lang,
                                          &s);
                size_t m = surname_find(s, n - 1, str_c(rows[i].title),
                                        rows[i].lang, names);

                if (m != (rows[i].name != NULL))
                        fail_msg("%s: %zu names", rows[i].text, m);
                if (!m)
                        continue;
                assert_str(names[0].name, rows[i].name);
                assert_int_equal(names[0].by, 0);
        }
}

/* No second sentence with somebody whom the first doesn't introduce. */
static void a_second_sentence_has_no_strangers(void **state)
{
        struct article art = {
                .source = STR("Gazette"),
                .title = STR("Crane driver held over fire at Ambry port"),
                .text = STR(
                        "A crane driver was held over a fire at the port of "
                        "Ambry that burned for nine hours.\nThe warden of the "
                        "port, who saw it first, is Rory Tamm.\nThe fire at "
                        "the port was laid with oil, and the crane driver was "
                        "seen there, Tamm said.\nTwo sheds with nets and sails "
                        "of the fishing fleet are lost.")
        };
        struct story s = told(&art, DAY_S, false);

        (void)state;
        assert_true(s.n_blurb > 1);
        if (tells(&s, "Tamm said"))
                assert_true(tells(&s, "Rory Tamm"));
}

/* The claim and not what one saw; both are of one speaker, the claim later. */
static void a_quotation_says_something(void **state)
{
        static const struct {
                enum lang lang;
                const char *text, *want;
        } rows[] = {
                { LANG_EN,
                  "“All of a sudden there were nine boats on my quay,” said "
                  "Marta Dunmore, the warden.\n“The ports must never be closed "
                  "for so long again,” said Marta Dunmore, the warden.",
                  "The ports must never" },
                { LANG_EN,
                  "“We are investigating and will have more information "
                  "later,” said Rory Tamm, the warden.\n“The closing was a "
                  "mistake and the crews deserve better,” said Rory Tamm, the "
                  "warden.",
                  "The closing was a mistake" },
                { LANG_DE,
                  "„Plötzlich lagen da neun Boote an meinem Kai“, sagte Marta "
                  "Voss, die Hafenmeisterin.\n„Die Häfen dürfen nie wieder so "
                  "lange geschlossen sein“, sagte Marta Voss, die "
                  "Hafenmeisterin.",
                  "Die Häfen dürfen" },
                { LANG_FR,
                  "« Tout à coup il y avait neuf bateaux devant moi », a dit "
                  "Marthe Duval, capitaine du port.\n« Les ports ne doivent "
                  "jamais rester fermés si longtemps », a dit Marthe Duval, "
                  "capitaine du port.",
                  "Les ports ne doivent" },
                { LANG_ES,
                  "«De repente había nueve barcos junto a mi muelle», dijo "
                  "Marta Ruiz, capitana del puerto.\n«Los puertos nunca deben "
                  "cerrar durante tanto tiempo», dijo Marta Ruiz, capitana "
                  "del puerto.",
                  "Los puertos nunca" },
                { LANG_IT,
                  "«All'improvviso c'erano nove barche lungo il molo», ha "
                  "detto Marta Ferri, capitana del porto.\n«I porti non "
                  "devono mai restare chiusi tanto a lungo», ha detto Marta "
                  "Ferri, capitana del porto.",
                  "I porti non" },
                { LANG_PT,
                  "“De repente havia nove barcos junto do meu cais”, disse "
                  "Marta Prado, capitã do porto.\n“Os portos nunca devem "
                  "fechar por tanto tempo outra vez”, disse Marta Prado, "
                  "capitã do porto.",
                  "Os portos nunca" },
                { LANG_NL,
                  "“Plotseling lagen er negen boten aan mijn kade”, zei Marta "
                  "Bakker, havenmeester.\n“De havens mogen nooit meer zo lang "
                  "gesloten blijven”, zei Marta Bakker, havenmeester.",
                  "De havens mogen" },
                { LANG_RU,
                  "«Вдруг у причала оказалось девять чужих лодок», — сказала "
                  "Марта Орлова, начальник порта.\n«Порты никогда не должны "
                  "закрываться так надолго», — сказала Марта Орлова, начальник "
                  "порта.",
                  "Порты никогда" },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++) {
                struct quote_found q;

                if (!quote_find(str_c(rows[i].text), rows[i].lang, &q) ||
                    !str_starts(q.text, str_c(rows[i].want)))
                        fail_msg("%s", rows[i].text);
        }
}

/* The clock before a name is none of it. */
static void a_clock_is_no_name(void **state)
{
        struct quote_found q;

        (void)state;
        assert_true(quote_find(
                STR("10:53 AM President Rory Tamm came to the port.\n“The "
                    "ports must be open to all who fish,” Tamm said."),
                LANG_EN, &q));
        assert_str(q.said_by, "President Rory Tamm");
}

/* The first tells what happened; the second is of an article as good. */
static void a_headline_tells(void **state)
{
        static const struct {
                const char *tag, *plain, *poor;
        } rows[] = {
                { "en", "Navy frees ship from pirates off Ambry",
                  "What to know about the ship the navy freed off Ambry" },
                { "en", "Navy frees ship from pirates off Ambry",
                  "Here’s why the navy freed a ship from pirates off Ambry" },
                { "en", "Navy frees ship from pirates off Ambry",
                  "5 things to know as navy frees ship off Ambry" },
                { "en", "Navy frees ship from pirates off Ambry",
                  "Report: Navy frees ship from pirates off Ambry" },
                { "en", "Navy frees ship from pirates off Ambry",
                  "WATCH: Navy frees ship from pirates off Ambry" },
                { "en", "Navy frees ship from pirates off Ambry",
                  "Navy frees ship from pirates off Ambry yesterday" },
                { "en", "Navy frees ship from pirates off Ambry",
                  "“Navy ship has freed us from pirates off Ambry”" },
                { "en", "Navy frees ship from pirates off Ambry",
                  "Ambry Ship, Ambry Navy, Pirates Ambry" },
                { "en", "Navy frees ship from pirates off Ambry",
                  "Ship Pirates Ambry (Navy 2026)" },
                { "de", "Marine befreit Schiff vor Ambry",
                  "Was wir über das Schiff vor Ambry wissen" },
                { "de", "Marine befreit Schiff vor Ambry",
                  "Warum die Marine ein Schiff vor Ambry befreit" },
                { "fr", "La marine libère un navire au large d'Ambry",
                  "Ce que l'on sait du navire libéré au large d'Ambry" },
                { "es", "La marina libera un barco frente a Ambry",
                  "Lo que se sabe del barco que la marina libera en Ambry" },
                { "it", "La marina libera una nave davanti ad Ambry",
                  "Cosa sappiamo della nave che la marina libera ad Ambry" },
                { "pt", "Marinha liberta navio ao largo de Ambry",
                  "O que se sabe do navio que a marinha liberta em Ambry" },
                { "nl", "Marine bevrijdt schip voor Ambry",
                  "Dit weten we over het schip dat de marine bevrijdt" },
                { "ru", "Флот освободил судно у порта Амбри",
                  "Что известно о судне, которое флот освободил у Амбри" },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++) {
                struct words *w = words_new();
                struct article arts[2] = { { .source = STR("Ledger"),
                                             .language = str_c(rows[i].tag),
                                             .title = str_c(rows[i].poor),
                                             .length = 3000 },
                                           { .source = STR("Gazette"),
                                             .language = str_c(rows[i].tag),
                                             .title = str_c(rows[i].plain),
                                             .length = 3000 } };
                struct story s = story_of(arts, 2);
                const struct article *head =
                        head_choose(a, w, s.articles, 2, 0);

                words_free(w);
                if (head != &arts[1])
                        fail_msg("%s", rows[i].poor);
        }
}

static void a_headline_is_cleaned(void **state)
{
        static const struct {
                const char *title, *want;
        } rows[] = {
                { "LIVE: Update: Ports reopen", "Ports reopen" },
                { "Breaking News - Ports reopen", "Ports reopen" },
                { "[WATCH] Ports reopen", "Ports reopen" },
                { "(Exclusive) Ports reopen", "Ports reopen" },
                { "СРОЧНО: Порты открыты", "Порты открыты" },
                { "DERNIÈRE MINUTE – Les ports rouvrent",
                  "Les ports rouvrent" },
                { "Ports reopen – The Ambry Tribune", "Ports reopen" },
                { "Ports reopen .:. Ambry Sun", "Ports reopen" },
                { "Ports reopen « Isles Breaking News", "Ports reopen" },
                { "Ports reopen - ambry.example.com", "Ports reopen" },
                { "Häfen offen – Ambryer Zeitung", "Häfen offen" },
                { "Порты открыты — Новости", "Порты открыты — Новости" },
                { "Report: ports reopen", "Report: ports reopen" },
                { "Ports reopen – talks go on", "Ports reopen – talks go on" },
                { "Le port : « Nous ouvrons »", "Le port : « Nous ouvrons »" },
                { "(All) ports reopen", "(All) ports reopen" },
                { "[", "[" },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++)
                assert_str(title_clean(str_c(rows[i].title), STR_NULL),
                           rows[i].want);
}

/* Where a sentence ends, and a dateline. */
static void a_dateline_is_no_sentence(void **state)
{
        static const struct {
                enum lang lang;
                const char *text, *want;
        } rows[] = {
                { LANG_ES, "Ambry, 7 mar (AGN).- El puerto abre.",
                  "El puerto abre." },
                { LANG_ES, "Ambry.- El puerto abre.", "El puerto abre." },
                { LANG_EN, "(AGN News) The port opened.", "The port opened." },
                { LANG_EN, "(He said so) The port opened.",
                  "(He said so) The port opened." },
                { LANG_ES, "¿Juegan Ambry vs. Isla?",
                  "¿Juegan Ambry vs. Isla?" },
                { LANG_EN, "They paid $27. 5 million for it.",
                  "They paid $27. 5 million for it." },
                { LANG_RU, "Дело по ч. 3 ст. 26 закрыто.",
                  "Дело по ч. 3 ст. 26 закрыто." },
                { LANG_DE, "Das sind 3 Prozent eff. Jahreszins.",
                  "Das sind 3 Prozent eff. Jahreszins." },
        };

        (void)state;
        for (size_t i = 0; i < COUNT(rows); i++) {
                struct span *s;
                size_t n = sentence_split(a, str_c(rows[i].text), rows[i].lang,
                                          &s);

                assert_int_equal(n, 1);
                assert_str(s[0].text, rows[i].want);
                assert_ptr_equal(rows[i].text + s[0].offset, s[0].text.p);
        }

        struct span *s;
        size_t n = sentence_split(a,
                                  STR("Амбри. 7 марта. АГЕНТСТВО - Порт "
                                      "открыт для всех."),
                                  LANG_RU, &s);

        assert_str(s[n - 1].text, "Порт открыт для всех.");
}

/* Who was asked and said nothing is not told while there is more. */
static void silence_is_not_told(void **state)
{
        struct article art = {
                .source = STR("Gazette"),
                .title = STR("Port of Ambry fined over oil"),
                .text = STR(
                        "The port of Ambry was fined over oil that reached "
                        "the beaches of the Isles.\nThe port of Ambry had no "
                        "comment on the fine for the oil.\nNine miles of sand "
                        "have to be dug up and washed before summer.")
        };
        struct story s = told(&art, DAY_S, false);

        (void)state;
        assert_true(s.n_blurb > 1);
        assert_false(tells(&s, "no comment"));
}

/* Half of a sentence's words were said: it says the same. */
static void a_blurb_says_nothing_twice(void **state)
{
        struct article art = {
                .source = STR("Gazette"),
                .title = STR("Crane driver held over fire at Ambry port"),
                .text = STR(
                        "A crane driver from the Isles was held on Friday over "
                        "a fire at the port of Ambry that burned nine hours.\n"
                        "Held over the nine hours of fire at the port of Ambry "
                        "is a crane driver from the Isles, aged 51.\nTwo sheds "
                        "with nets and sails of the fishing fleet are lost.")
        };
        struct story s = told(&art, DAY_S, false);

        (void)state;
        assert_int_equal(s.n_blurb, 2);
        assert_true(tells(&s, "Two sheds"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

UNIT_MAIN(TEST(a_day_passes), TEST(a_day_that_has_passed_is_avoided),
          TEST(a_caption_is_not_told), TEST(a_heading_in_a_sentence_shows),
          TEST(an_answer_leans), TEST(a_surname_wants_its_bearer),
          TEST(a_second_sentence_has_no_strangers),
          TEST(a_quotation_says_something), TEST(a_clock_is_no_name),
          TEST(a_headline_tells), TEST(a_headline_is_cleaned),
          TEST(a_dateline_is_no_sentence), TEST(silence_is_not_told),
          TEST(a_blurb_says_nothing_twice))

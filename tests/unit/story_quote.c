/* Who said what, in the eight languages of the press. */

#include "unit.h"

#include "story/quote.h"

/* quote NULL: there is none that can be attributed. */
struct row {
        enum lang lang;
        const char *text, *quote, *by;
};

static void check(const struct row *rows, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                struct str t = str_c(rows[i].text);
                struct quote_found q = { 0 };
                bool found = quote_find(t, rows[i].lang, &q);

                if (found != (rows[i].quote != NULL))
                        fail_msg("%s\n  found: %.*s by %.*s", rows[i].text,
                                 STR_ARG(q.text), STR_ARG(q.said_by));
                if (!found)
                        continue;
                assert_str(q.text, rows[i].quote);
                assert_str(q.said_by, rows[i].by);
                assert_ptr_equal(t.p + q.offset, q.text.p);
        }
}
#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void english(void **state)
{
        static const char plan[] =
                "We can plan again, and we could not plan before";
        static const struct row rows[] = {
                { LANG_EN,
                  "“We can plan again, and we could not plan before,” "
                  "harbour master Marta Dunmore told the Gazette.",
                  plan, "harbour master Marta Dunmore" },
                { LANG_EN,
                  "“We can plan again, and we could not plan before,” said "
                  "Marta Dunmore, 54, a crane driver.",
                  plan, "Marta Dunmore" },
                { LANG_EN,
                  "Finance minister Konrad Ellery said: “We can plan again, "
                  "and we could not plan before.”",
                  "We can plan again, and we could not plan before.",
                  "Finance minister Konrad Ellery" },
                { LANG_EN,
                  "“Good,” said Marta Dunmore, the warden. “We can plan "
                  "again, and we could not plan before.”",
                  "We can plan again, and we could not plan before.",
                  "Marta Dunmore, the warden" },
                { LANG_EN,
                  "‘We can plan again, and we don’t wait,’ said Marta Dunmore "
                  "on Friday.",
                  "We can plan again, and we don’t wait", "Marta Dunmore" },
                { LANG_EN, /* a surname that nobody introduced */
                  "“We can plan again, and we could not plan before,” said "
                  "Dunmore.",
                  NULL, NULL },
                { LANG_EN,
                  "“We can plan again, and we could not plan before,” the "
                  "Ferry Board said.",
                  NULL, NULL },
                { LANG_EN,
                  "“We can plan again, and we could not plan before,” he said "
                  "Friday.",
                  NULL, NULL },
                { LANG_EN, /* the second is somebody else's */
                  "“Good,” said Marta Dunmore. Others grumbled. “We can plan "
                  "again, and we could not plan before.”",
                  NULL, NULL },
                { LANG_EN,
                  "“We can plan again, and we could not plan before,” wrote "
                  "Rory Tamm, who owns two boats.",
                  plan, "Rory Tamm" },
        };

        (void)state;
        CHECK(rows);
}

static void german(void **state)
{
        static const char plan[] =
                "Wir können endlich wieder planen, das war lange nicht so";
        static const struct row rows[] = {
                { LANG_DE,
                  "„Wir können endlich wieder planen, das war lange nicht so“, "
                  "sagte die Sprecherin der Reederei, Sigrid Oslin.",
                  plan, "Sprecherin der Reederei, Sigrid Oslin" },
                { LANG_DE,
                  "„Wir können endlich wieder planen, das war lange nicht so“, "
                  "sagte Bürgermeister Jan Voss am Freitag.",
                  plan, "Bürgermeister Jan Voss" },
                { LANG_DE,
                  "Sigrid Oslin sagte: „Wir können endlich wieder planen, das "
                  "war lange nicht so.“",
                  "Wir können endlich wieder planen, das war lange nicht so.",
                  "Sigrid Oslin" },
                { LANG_DE,
                  "»Wir können endlich wieder planen, das war lange nicht so«, "
                  "so Sigrid Oslin.",
                  plan, "Sigrid Oslin" },
                { LANG_DE,
                  "„Wir können endlich wieder planen, das war lange nicht so“, "
                  "sagte am Freitag Sigrid Oslin, die am Hafen wohnt.",
                  plan, "Sigrid Oslin" },
                { LANG_DE,
                  "„Wir können endlich wieder planen, das war lange nicht so“, "
                  "sagte die Sprecherin.",
                  NULL, NULL },
                { LANG_DE,
                  "„Wir können endlich wieder planen, das war lange nicht so“, "
                  "sagte er.",
                  NULL, NULL },
        };

        (void)state;
        CHECK(rows);
}

static void french(void **state)
{
        static const char rest[] =
                "Nous avons obtenu les jours de repos que nous demandions";
        static const struct row rows[] = {
                { LANG_FR,
                  "« Nous avons obtenu les jours de repos que nous demandions "
                  "», a affirmé mercredi la ministre Inès Caille.",
                  rest, "la ministre Inès Caille" },
                { LANG_FR,
                  "« Nous avons obtenu les jours de repos que nous demandions "
                  "», selon Inès Caille, porte-parole du syndicat.",
                  rest, "Inès Caille, porte-parole du syndicat" },
                { LANG_FR,
                  "Inès Caille a déclaré : « Nous avons obtenu les jours de "
                  "repos que nous demandions. »",
                  "Nous avons obtenu les jours de repos que nous demandions.",
                  "Inès Caille" },
                { LANG_FR,
                  "— Nous avons obtenu les jours de repos que nous demandions, "
                  "a dit Inès Caille, grutière.",
                  rest, "Inès Caille, grutière" },
                { LANG_FR,
                  "Selon Inès Caille, « Nous avons obtenu les jours de repos "
                  "que nous demandions ».",
                  rest, "Inès Caille" },
                { LANG_FR,
                  "« Nous avons obtenu les jours de repos que nous demandions "
                  "», a-t-elle dit.",
                  NULL, NULL },
                { LANG_FR,
                  "« Nous avons obtenu les jours de repos que nous demandions "
                  "», a déclaré le ministre de l’Intérieur.",
                  NULL, NULL },
        };

        (void)state;
        CHECK(rows);
}

static void spanish(void **state)
{
        static const char plan[] =
                "Por fin podemos hacer planes para toda la temporada";
        static const struct row rows[] = {
                { LANG_ES,
                  "—Por fin podemos hacer planes para toda la temporada —dijo "
                  "Marta Ruiz, portavoz del puerto—. Ya era hora.",
                  plan, "Marta Ruiz, portavoz del puerto" },
                { LANG_ES,
                  "“Por fin podemos hacer planes para toda la temporada”, ha "
                  "dicho este viernes la portavoz Marta Ruiz.",
                  plan, "la portavoz Marta Ruiz" },
                { LANG_ES,
                  "Marta Ruiz afirmó: «Por fin podemos hacer planes para toda "
                  "la temporada».",
                  plan, "Marta Ruiz" },
                { LANG_ES,
                  "«Por fin podemos hacer planes para toda la temporada», "
                  "según Marta Ruiz, que vive allí.",
                  plan, "Marta Ruiz" },
                { LANG_ES,
                  "«Por fin podemos hacer planes para toda la temporada», "
                  "explicó el viernes Marta Ruiz.",
                  plan, "Marta Ruiz" },
                { LANG_ES,
                  "«Por fin podemos hacer planes para toda la temporada», dijo "
                  "la ministra de Pesca del Valle, Mira Castell.",
                  plan, "la ministra de Pesca del Valle, Mira Castell" },
                { LANG_ES,
                  "«Por fin podemos hacer planes para toda la temporada», dijo "
                  "la ministra de Pesca del Valle, que viajó al puerto.",
                  NULL, NULL },
                { LANG_ES,
                  "«Por fin podemos hacer planes para toda la temporada», dijo "
                  "ella.",
                  NULL, NULL },
        };

        (void)state;
        CHECK(rows);
}

static void italian(void **state)
{
        static const char plan[] =
                "Finalmente possiamo fare piani per tutta la stagione";
        static const struct row rows[] = {
                { LANG_IT,
                  "«Finalmente possiamo fare piani per tutta la stagione», ha "
                  "detto venerdì Marta Rossi, portavoce del porto.",
                  plan, "Marta Rossi, portavoce del porto" },
                { LANG_IT,
                  "“Finalmente possiamo fare piani per tutta la stagione”, "
                  "spiega il sindaco Carlo Neri.",
                  plan, "il sindaco Carlo Neri" },
                { LANG_IT,
                  "Marta Rossi ha dichiarato: «Finalmente possiamo fare piani "
                  "per tutta la stagione».",
                  plan, "Marta Rossi" },
                { LANG_IT,
                  "– Finalmente possiamo fare piani per tutta la stagione – ha "
                  "detto Marta Rossi.",
                  plan, "Marta Rossi" },
                { LANG_IT,
                  "«Finalmente possiamo fare piani per tutta la stagione», ha "
                  "detto lei.",
                  NULL, NULL },
        };

        (void)state;
        CHECK(rows);
}

static void portuguese(void **state)
{
        static const char plan[] =
                "Finalmente podemos fazer planos para toda a temporada";
        static const struct row rows[] = {
                { LANG_PT,
                  "— Finalmente podemos fazer planos para toda a temporada — "
                  "disse Marta Reis, porta-voz do porto.",
                  plan, "Marta Reis, porta-voz do porto" },
                { LANG_PT,
                  "“Finalmente podemos fazer planos para toda a temporada”, "
                  "afirmou nesta sexta-feira Marta Reis.",
                  plan, "Marta Reis" },
                { LANG_PT,
                  "«Finalmente podemos fazer planos para toda a temporada», "
                  "disse o prefeito Jorge Pinto.",
                  plan, "o prefeito Jorge Pinto" },
                { LANG_PT,
                  "Marta Reis disse: “Finalmente podemos fazer planos para "
                  "toda a temporada”.",
                  plan, "Marta Reis" },
                { LANG_PT,
                  "“Finalmente podemos fazer planos para toda a temporada”, "
                  "disse ela.",
                  NULL, NULL },
        };

        (void)state;
        CHECK(rows);
}

static void dutch(void **state)
{
        static const char plan[] =
                "We kunnen eindelijk weer plannen maken voor het seizoen";
        static const struct row rows[] = {
                { LANG_NL,
                  "„We kunnen eindelijk weer plannen maken voor het seizoen”, "
                  "zei Marta de Vries, woordvoerder van de haven.",
                  plan, "Marta de Vries, woordvoerder van de haven" },
                { LANG_NL,
                  "‘We kunnen eindelijk weer plannen maken voor het seizoen,’ "
                  "aldus burgemeester Jan Bakker.",
                  plan, "burgemeester Jan Bakker" },
                { LANG_NL,
                  "“We kunnen eindelijk weer plannen maken voor het seizoen”, "
                  "zegt Marta de Vries vrijdag.",
                  plan, "Marta de Vries" },
                { LANG_NL,
                  "Marta de Vries zei: “We kunnen eindelijk weer plannen maken "
                  "voor het seizoen.”",
                  "We kunnen eindelijk weer plannen maken voor het seizoen.",
                  "Marta de Vries" },
                { LANG_NL,
                  "“We kunnen eindelijk weer plannen maken voor het seizoen”, "
                  "zei de minister van Visserij, Jan Bakker.",
                  plan, "de minister van Visserij, Jan Bakker" },
                { LANG_NL,
                  "“We kunnen eindelijk weer plannen maken voor het seizoen”, "
                  "zei ze.",
                  NULL, NULL },
        };

        (void)state;
        CHECK(rows);
}

static void russian(void **state)
{
        static const char plan[] =
                "Мы наконец можем строить планы на весь сезон";
        static const struct row rows[] = {
                { LANG_RU,
                  "«Мы наконец можем строить планы на весь сезон», — сказал "
                  "Иван Петров, капитан порта.",
                  plan, "Иван Петров, капитан порта" },
                { LANG_RU,
                  "— Мы наконец можем строить планы на весь сезон, — сказала "
                  "журналистам Анна Орлова.",
                  plan, "Анна Орлова" },
                { LANG_RU,
                  "«Мы наконец можем строить планы на весь сезон», — заявил в "
                  "пятницу министр Иван Петров.",
                  plan, "министр Иван Петров" },
                { LANG_RU,
                  "Иван Петров сказал: «Мы наконец можем строить планы на весь "
                  "сезон».",
                  plan, "Иван Петров" },
                { LANG_RU,
                  "«Мы наконец можем строить планы на весь сезон», — добавил "
                  "он.",
                  NULL, NULL },
                { LANG_RU,
                  "«Мы наконец можем строить планы на весь сезон», — говорится "
                  "в сообщении.",
                  NULL, NULL },
        };

        (void)state;
        CHECK(rows);
}

UNIT_MAIN(cmocka_unit_test(english), cmocka_unit_test(german),
          cmocka_unit_test(french), cmocka_unit_test(spanish),
          cmocka_unit_test(italian), cmocka_unit_test(portuguese),
          cmocka_unit_test(dutch), cmocka_unit_test(russian))

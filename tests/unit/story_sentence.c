/* Where sentences end, in the eight languages of the press. */

#include "unit.h"

#include "base/buf.h"
#include "story/sentence.h"

/* Sentences are parted by | in want. */
struct row {
        enum lang lang;
        const char *text, *want;
};

static void check(const struct row *rows, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                struct arena *a = arena_new(1 << 22);
                struct str text = str_c(rows[i].text);
                struct span *s;
                size_t count = sentence_split(a, text, rows[i].lang, &s);
                struct buf b;

                buf_init(&b, 10000);
                for (size_t k = 0; k < count; k++) {
                        if (k)
                                buf_char(&b, '|');
                        buf_put(&b, s[k].text);
                        assert_ptr_equal(text.p + s[k].offset, s[k].text.p);
                }
                if (!str_eq(buf_str(&b), str_c(rows[i].want)))
                        fail_msg("row %zu\n  %.*s\n  is not\n  %s", i,
                                 STR_ARG(buf_str(&b)), rows[i].want);
                buf_done(&b);
                arena_free(a);
        }
}
#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void english(void **state)
{
        static const struct row rows[] = {
                { LANG_EN,
                  "Const. Tamm met Lt. Col. Finch at St. Odile. They "
                  "left.",
                  "Const. Tamm met Lt. Col. Finch at St. Odile.|They left." },
                { LANG_EN, "It was No. 7 on Mar. 6. No. We lost.",
                  "It was No. 7 on Mar. 6.|No.|We lost." },
                { LANG_EN,
                  "He came at 9 a.m. Tamm came at 10 p.m. The rest "
                  "came later.",
                  "He came at 9 a.m. Tamm came at 10 p.m.|The rest came "
                  "later." },
                { LANG_EN, "J.K. Oslin and J. K. Oslin are one. So are we.",
                  "J.K. Oslin and J. K. Oslin are one.|So are we." },
                { LANG_EN, "It rose 3.5 per cent to 1,940.25 crowns. Good.",
                  "It rose 3.5 per cent to 1,940.25 crowns.|Good." },
                { LANG_EN,
                  "\xE2\x80\x9CWhy now?\xE2\x80\x9D Rory Tamm asked. "
                  "Nobody knew.",
                  "\xE2\x80\x9CWhy now?\xE2\x80\x9D Rory Tamm asked.|Nobody "
                  "knew." },
                { LANG_EN, "“He told me ‘go!’ and I went.” She sat down.",
                  "“He told me ‘go!’ and I went.”|She sat down." },
                { LANG_EN, "Wait… Is it so? It is... perhaps.",
                  "Wait…|Is it so?|It is... perhaps." },
                { LANG_EN, "It was 12 ft. long and 40 km. The boat sank.",
                  "It was 12 ft. long and 40 km.|The boat sank." },
                { LANG_EN, "March 6, 2026 10:14 AM EDT Ships left.",
                  "Ships left." },
                { LANG_EN, "Posted on: 3:35 pm, March 6, 2026 Ships left.",
                  "Ships left." },
                { LANG_EN, "7:15 a. m. Dec. 7, 2026 A ship left. 2026 ended.",
                  "A ship left.|2026 ended." },
                { LANG_EN,
                  "On March 6, 2026, Rory Tamm left. On 6 March 2026 "
                  "ships left.",
                  "On March 6, 2026, Rory Tamm left.|On 6 March 2026 ships "
                  "left." },
                { LANG_EN, "(Wire) - PORT AMBRY, March 6 - Ships left.",
                  "Ships left." },
                { LANG_EN,
                  "The firm, Heron Corp., sank. (It had ships.) All "
                  "left.",
                  "The firm, Heron Corp., sank.|(It had ships.)|All left." },
        };

        (void)state;
        CHECK(rows);
}

static void german(void **state)
{
        static const struct row rows[] = {
                { LANG_DE, "Am 3. März kam Dr. Voss. Er blieb z. B. lange.",
                  "Am 3. März kam Dr. Voss.|Er blieb z. B. lange." },
                { LANG_DE, "Sie kam am 3. Der Hafen war zu.",
                  "Sie kam am 3.|Der Hafen war zu." },
                { LANG_DE,
                  "Im 19. Jahrhundert baute Friedrich II. Wittmar. "
                  "Das blieb.",
                  "Im 19. Jahrhundert baute Friedrich II. Wittmar.|Das "
                  "blieb." },
                { LANG_DE, "„Wir fahren!“, rief Voss. „Nein!“ Er blieb.",
                  "„Wir fahren!“, rief Voss.|„Nein!“|Er blieb." },
                { LANG_DE, "»Wir fahren.« Er ging. »Nein!«, rief sie.",
                  "»Wir fahren.«|Er ging.|»Nein!«, rief sie." },
                { LANG_DE, "„Er sagte ‚Nein!‘ und ging“, so Voss. Gut.",
                  "„Er sagte ‚Nein!‘ und ging“, so Voss.|Gut." },
                { LANG_DE,
                  "Es kostet 3,5 Mio. Kronen bzw. 1.940.000 Taler. "
                  "Teuer.",
                  "Es kostet 3,5 Mio. Kronen bzw. 1.940.000 Taler.|Teuer." },
                { LANG_DE, "Um 20.15 Uhr kam Nr. 7 usw. Die Schiffe fuhren.",
                  "Um 20.15 Uhr kam Nr. 7 usw.|Die Schiffe fuhren." },
                { LANG_DE, "06.03.2026, 10:14 Uhr Die Schiffe fahren.",
                  "Die Schiffe fahren." },
                { LANG_DE, "Port Ambry (dpd) – Die Schiffe fahren.",
                  "Die Schiffe fahren." },
        };

        (void)state;
        CHECK(rows);
}

static void french(void **state)
{
        static const struct row rows[] = {
                { LANG_FR,
                  "M. Durand et Mme. Caille partent. Le 3 mars, "
                  "J.-P. Morel reste.",
                  "M. Durand et Mme. Caille partent.|Le 3 mars, J.-P. Morel "
                  "reste." },
                { LANG_FR, "« Non ! » a dit Morel. « Oui. » Il part.",
                  "« Non ! » a dit Morel.|« Oui. »|Il part." },
                { LANG_FR, "« Il a dit “non !” et il est parti. » Voilà.",
                  "« Il a dit “non !” et il est parti. »|Voilà." },
                { LANG_FR,
                  "Cela coûte 3,5 millions, cf. art. 12 de la loi. "
                  "C’est cher.",
                  "Cela coûte 3,5 millions, cf. art. 12 de la loi.|C’est "
                  "cher." },
                { LANG_FR,
                  "Des navires, des grues, etc. Les quais sont pleins.",
                  "Des navires, des grues, etc.|Les quais sont pleins." },
                { LANG_FR, "Le 1er mars… Rien. Qui ? Personne.",
                  "Le 1er mars…|Rien.|Qui ?|Personne." },
                { LANG_FR, "— Non ! — Morel reste. — Oui, dit-il.",
                  "— Non !|— Morel reste.|— Oui, dit-il." },
        };

        (void)state;
        CHECK(rows);
}

static void spanish(void **state)
{
        static const struct row rows[] = {
                { LANG_ES,
                  "El Sr. Ruiz y la Dra. Paz viajan a EE.UU. La flota "
                  "queda.",
                  "El Sr. Ruiz y la Dra. Paz viajan a EE.UU.|La flota "
                  "queda." },
                { LANG_ES, "EE. UU. firmó el art. 12. ¿Y nosotros? ¡Nada!",
                  "EE. UU. firmó el art. 12.|¿Y nosotros?|¡Nada!" },
                { LANG_ES, "«¡Nos vamos!», gritó Ruiz. «¿Quién?» Nadie.",
                  "«¡Nos vamos!», gritó Ruiz.|«¿Quién?»|Nadie." },
                { LANG_ES, "—Nos vamos —dijo Ruiz—. Mañana. —¿Quién?",
                  "—Nos vamos —dijo Ruiz—.|Mañana.|—¿Quién?" },
                { LANG_ES, "Subió un 3,5 % hasta 1.940 coronas. Fin.",
                  "Subió un 3,5 % hasta 1.940 coronas.|Fin." },
                { LANG_ES, "PUERTO AMBRY, 6 mar (AGENCIA) - Los barcos salen.",
                  "Los barcos salen." },
                { LANG_ES, "Llegó a las 9 a.m. El puerto abrió.",
                  "Llegó a las 9 a.m.|El puerto abrió." },
        };

        (void)state;
        CHECK(rows);
}

static void italian(void **state)
{
        static const struct row rows[] = {
                { LANG_IT,
                  "Il sig. Rossi e il dott. Neri partono. Il 3 marzo "
                  "torna l'on. Bianchi.",
                  "Il sig. Rossi e il dott. Neri partono.|Il 3 marzo torna "
                  "l'on. Bianchi." },
                { LANG_IT, "«No!» ha detto Rossi. “Sì.” Poi tace.",
                  "«No!» ha detto Rossi.|“Sì.”|Poi tace." },
                { LANG_IT,
                  "La legge n. 12, art. 3, costa 1,5 milioni ecc. Il "
                  "resto tace.",
                  "La legge n. 12, art. 3, costa 1,5 milioni ecc.|Il resto "
                  "tace." },
                { LANG_IT, "La Aironi S.p.A. ha perso. Che dire?… Nulla.",
                  "La Aironi S.p.A. ha perso.|Che dire?…|Nulla." },
                { LANG_IT, "(AGENZIA) - PORTO AMBRY, 6 MAR - Le navi partono.",
                  "Le navi partono." },
                { LANG_IT, "– Andiamo – ha detto Rossi. – Subito.",
                  "– Andiamo – ha detto Rossi.|– Subito." },
        };

        (void)state;
        CHECK(rows);
}

static void portuguese(void **state)
{
        static const struct row rows[] = {
                { LANG_PT, "O Sr. Reis e a Dra. Pinto saíram. O art. 5 caiu.",
                  "O Sr. Reis e a Dra. Pinto saíram.|O art. 5 caiu." },
                { LANG_PT, "“Não!”, disse Reis. «Sim.» Ele ficou.",
                  "“Não!”, disse Reis.|«Sim.»|Ele ficou." },
                { LANG_PT, "— Vamos embora — disse Reis. — Agora!",
                  "— Vamos embora — disse Reis.|— Agora!" },
                { LANG_PT, "Subiu 3,5% para 1.940 coroas em 3 de março. Fim.",
                  "Subiu 3,5% para 1.940 coroas em 3 de março.|Fim." },
                { LANG_PT,
                  "Navios, gruas, etc. O porto está cheio… Quem? "
                  "Ninguém.",
                  "Navios, gruas, etc.|O porto está cheio…|Quem?|Ninguém." },
                { LANG_PT, "D. Maria chegou. J. P. Reis fica.",
                  "D. Maria chegou.|J. P. Reis fica." },
        };

        (void)state;
        CHECK(rows);
}

static void dutch(void **state)
{
        static const struct row rows[] = {
                { LANG_NL,
                  "Dhr. De Vries en drs. Bakker gaan. Op 3 maart komt "
                  "mr. J. van Dam.",
                  "Dhr. De Vries en drs. Bakker gaan.|Op 3 maart komt mr. J. "
                  "van Dam." },
                { LANG_NL, "‘Nee!’, riep Bakker. „Ja.” Hij bleef.",
                  "‘Nee!’, riep Bakker.|„Ja.”|Hij bleef." },
                { LANG_NL,
                  "De boot kost 3,5 mln. Dat is o.a. te veel. Nr. 7 "
                  "zonk.",
                  "De boot kost 3,5 mln.|Dat is o.a. te veel.|Nr. 7 zonk." },
                { LANG_NL, "Schepen, kranen enz. De kade is vol… Wie? Niemand.",
                  "Schepen, kranen enz.|De kade is vol…|Wie?|Niemand." },
                { LANG_NL, "Het steeg 3,5 procent tot 1.940,25 kronen. Klaar.",
                  "Het steeg 3,5 procent tot 1.940,25 kronen.|Klaar." },
        };

        (void)state;
        CHECK(rows);
}

static void russian(void **state)
{
        static const struct row rows[] = {
                { LANG_RU, "В 2026 г. Порт открылся. В г. Амбри было тихо.",
                  "В 2026 г.|Порт открылся.|В г. Амбри было тихо." },
                { LANG_RU,
                  "А.С. Иванов и И. И. Петров ушли. Они сказали, т. "
                  "е. всё.",
                  "А.С. Иванов и И. И. Петров ушли.|Они сказали, т. е. "
                  "всё." },
                { LANG_RU, "«Мы уйдём!» — сказал Иванов. «Нет». Он остался.",
                  "«Мы уйдём!» — сказал Иванов.|«Нет».|Он остался." },
                { LANG_RU, "— Мы уйдём, — сказал он. — Сейчас же! — Нет.",
                  "— Мы уйдём, — сказал он.|— Сейчас же!|— Нет." },
                { LANG_RU, "Это 3,5 млн руб. в месяц и 12 тыс. тонн. Много…",
                  "Это 3,5 млн руб. в месяц и 12 тыс. тонн.|Много…" },
                { LANG_RU, "«Он сказал „нет!“ и ушёл», — добавил Петров. Да.",
                  "«Он сказал „нет!“ и ушёл», — добавил Петров.|Да." },
                { LANG_RU, "ПОРТ АМБРИ, 6 марта. /АГЕНТСТВО/. Суда вышли.",
                  "Суда вышли." },
                { LANG_RU, "Зерно, мука и т. д. Порт полон. Ул. Мира, д. 5.",
                  "Зерно, мука и т. д. Порт полон.|Ул. Мира, д. 5." },
        };

        (void)state;
        CHECK(rows);
}

/* What stands inside of a quotation that goes on is no sentence of the news. */
static void the_inside_of_a_speech_is_not_fit(void **state)
{
        static const char *const texts[] = {
                "“The port was closed for us. Ninety ships lay at anchor all "
                "week. Nobody asked the crews,” said Tamm. Ships left the bay "
                "at dawn again.",
                "\"The port was closed for us. Ninety ships lay at anchor all "
                "week. Nobody asked the crews,\" said Tamm. Ships left the bay "
                "at dawn again.",
                "« Le port était fermé. Ninety ships lay at anchor all week. "
                "Nobody asked the crews », said Tamm. Ships left the bay at "
                "dawn again.",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
                struct arena *a = arena_new(1 << 20);
                struct span *s;

                assert_int_equal(
                        sentence_split(a, str_c(texts[i]), LANG_EN, &s), 4);
                for (size_t k = 0; k < 3; k++)
                        assert_false(s[k].is_fit);
                assert_true(s[3].is_fit);
                arena_free(a);
        }
}

UNIT_MAIN(cmocka_unit_test(english), cmocka_unit_test(german),
          cmocka_unit_test(french), cmocka_unit_test(spanish),
          cmocka_unit_test(italian), cmocka_unit_test(portuguese),
          cmocka_unit_test(dutch), cmocka_unit_test(russian),
          cmocka_unit_test(the_inside_of_a_speech_is_not_fit))

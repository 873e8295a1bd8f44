/* The quiz: drafted, chosen, written, read. */

#define ARENA_B ((size_t)256 << 20)
#include "arena_fixture.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "conf/phrases.h"
#include "edition/composer.h"
#include "edition/copy.h"
#include "edition/quiz_draft.h"
#include "edition/quiz_read.h"
#include "edition/quiz_tongue.h"
#include "edition/verify.h"

#define STORIES_MOST 24
#define OUR "https://our.example/2026/03/02/slug/"

/* --- a week of invented news --------------------------------------------- */

struct told {
        const char *headline, *text,
                *more; /* more: of the article, unprinted */
};

struct world {
        struct article articles[STORIES_MOST];
        size_t n;
        struct quiz_issue issue;
        struct quiz_input in;
        struct phrases *phrases;
};

static const struct article *find(void *user, struct str url)
{
        struct world *w = user;

        for (size_t i = 0; i < w->n; i++)
                if (str_eq(w->articles[i].url, url))
                        return &w->articles[i];
        return NULL;
}

static size_t split(struct arena *into, struct str text, struct str language,
                    struct str **ret)
{
        struct str *list = arena_array(into, 20, sizeof(*list));
        size_t n = 0;

        (void)language;
        while (text.n && n < 20) {
                size_t end = str_find(text, STR(". "), 0);

                end = end == STR_NONE ? text.n : end + 1;
                list[n++] = str_trim(str_sub(text, 0, end));
                text = str_sub(text, end, text.n);
        }
        *ret = list;
        return n;
}

static bool stands_alone(struct str sentence, struct str language)
{
        (void)language;
        return !str_starts(sentence, STR("He "));
}

static bool is_small(struct str word, struct str language)
{
        static const char *const small[] = { "the", "of", "and", "in", "to",
                                             "di",  "de", "a",   "do", "or" };

        (void)language;
        for (size_t i = 0; i < sizeof(small) / sizeof(*small); i++)
                if (str_eq(word, str_c(small[i])))
                        return true;
        return false;
}

static void read_phrases(struct world *w)
{
        struct err err = { 0 };

        assert_ok(phrases_parse(a,
                                STR("section.quiz = How well?\nstop = .\n"
                                    "update = Update:\nexclusive = "
                                    "Exclusive:\n"),
                                &w->phrases, &err),
                  err);
}

/* An edition with a story for each of told, each from a paper of its own. */
static struct world *world_of(const char *language, const struct told *told,
                              size_t n)
{
        struct world *w = arena_alloc(a, sizeof(*w));
        struct edition *e;
        struct err err = { 0 };
        struct buf b;

        assert_true(n <= STORIES_MOST);
        read_phrases(w);
        buf_init(&b, LIMIT_COPY_B);
        buf_printf(&b,
                   "---\ndate: 2026-03-02\ntitle: T\nlanguage: %s\n---\n\n"
                   "## More {.stories}\n\n",
                   language);
        for (size_t i = 0; i < n; i++) {
                struct article *art = &w->articles[w->n++];

                *art = (struct article) {
                        .id = (int64_t)i + 1,
                        .url = arena_printf(a, "http://p%zu.example/a", i),
                        .source = arena_printf(a, "Paper %zu", i),
                        .title = str_c(told[i].headline),
                        .text = arena_printf(a, "%s %s", told[i].text,
                                             told[i].more ? told[i].more : ""),
                        .language = str_c(language),
                };
                buf_printf(&b,
                           "%zu. **%s.** %s [" STR_FMT "](" STR_FMT
                           ") {story=%zu}\n",
                           i + 1, told[i].headline, told[i].text,
                           STR_ARG(art->source), STR_ARG(art->url), i + 1);
        }
        assert_ok(copy_read(a, arena_str(a, buf_str(&b)), &e, &err), err);
        buf_done(&b);
        w->issue = (struct quiz_issue) { e, STR(OUR) };
        w->in = (struct quiz_input) { .language = str_c(language),
                                      .year = 2026,
                                      .issues = &w->issue,
                                      .n_issues = 1,
                                      .phrases = w->phrases,
                                      .max = 7,
                                      .least = 1,
                                      .find = find,
                                      .user = w,
                                      .split = split,
                                      .stands_alone = stands_alone,
                                      .is_small = is_small };
        return w;
}

static const struct quiz_candidate *with_answer(const struct quiz_draft *d,
                                                const char *answer)
{
        for (size_t i = 0; i < d->n; i++)
                if (str_eq(d->items[i].answer, str_c(answer)))
                        return &d->items[i];
        return NULL;
}

static struct quiz_draft draft_of(const char *language, const struct told *told,
                                  size_t n)
{
        return quiz_draft_of(a, &world_of(language, told, n)->in);
}

#define DRAFT(language, ...)                                                   \
        draft_of(language, (const struct told[]) { __VA_ARGS__ },              \
                 sizeof((const struct told[]) { __VA_ARGS__ }) /               \
                         sizeof(struct told))

static bool has_option(const struct quiz_candidate *c, const char *text)
{
        for (size_t i = 0; i < c->n_options; i++)
                if (str_eq(c->options[i], str_c(text)))
                        return true;
        return false;
}

/* --- figures in each language --------------------------------------------- */

static void test_each_language(void **state)
{
        static const struct {
                const char *language, *text, *answer, *question, *mark;
        } cases[] = {
                { "en",
                  "The harbour has taken in 2,300 sacks of grain since the "
                  "storm left its long breakwaters.",
                  "2,300", "taken in ____ sacks", "," },
                { "en",
                  "The harbour company paid $1.2 million for the cranes that "
                  "stand on its long breakwaters.",
                  "$1.2 million", "paid ____ for", "$" },
                { "en",
                  "The lighthouse on the long breakwater has stood empty "
                  "since 1884 and is now for sale.",
                  "1884", "since ____ and", "18" },
                { "en",
                  "The harbour office opens its long breakwaters again on 13 "
                  "March after weeks of repairs.",
                  "13", "on ____ March", "" },
                { "de",
                  "Der Hafen hat 2.300 Tonnen Getreide verladen, seit der "
                  "Sturm die langen Molen verlassen hat.",
                  "2.300", "hat ____ Tonnen", "." },
                { "de",
                  "Der Hafen hat vierunddreißig Schiffe beladen, seit der "
                  "Sturm die langen Molen verlassen hat.",
                  "vierunddreißig", "hat ____ Schiffe", "" },
                { "fr",
                  "Le port a chargé 2\u00a0300 tonnes de blé depuis que la "
                  "tempête a quitté les longues jetées.",
                  "2 300", "chargé ____ tonnes", " " },
                { "fr",
                  "Le port a payé 4,1 millions d’euros pour les grues que la "
                  "tempête a laissées sur les jetées.",
                  "4,1 millions", "payé ____ d", " millions" },
                { "es",
                  "El puerto ha cargado 2.300 toneladas de trigo desde que la "
                  "tormenta dejó los largos muelles.",
                  "2.300", "cargado ____ toneladas", "." },
                { "it",
                  "Il porto ha caricato 4,1 milioni di tonnellate di grano da "
                  "quando la tempesta ha lasciato i moli.",
                  "4,1 milioni", "caricato ____ di", " milioni" },
                { "pt",
                  "O porto carregou 45 por cento do trigo desde que a "
                  "tempestade deixou os longos cais do norte.",
                  "45", "carregou ____ por cento", "" },
                { "nl",
                  "De haven heeft dertig schepen geladen sinds de storm de "
                  "lange kades in het noorden verliet.",
                  "dertig", "heeft ____ schepen", "" },
                { "ru",
                  "Порт отгрузил 45 процентов зерна после того, как шторм "
                  "покинул длинные причалы северного берега.",
                  "45", "отгрузил ____ процентов", "" },
                /* No table knows Swedish: digits are enough. */
                { "sv",
                  "Hamnen har lastat 61 fartyg sedan stormen lämnade de långa "
                  "vågbrytarna i norra delen.",
                  "61", "lastat ____ fartyg", "" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct quiz_draft d =
                        DRAFT(cases[i].language, { "T", cases[i].text, NULL });
                const struct quiz_candidate *c =
                        with_answer(&d, cases[i].answer);

                if (!c)
                        fail_msg("%s: nobody asks for %s", cases[i].language,
                                 cases[i].answer);
                assert_true(str_find(c->question, str_c(cases[i].question),
                                     0) != STR_NONE);
                assert_int_equal(c->n_options, QUIZ_OPTIONS);
                assert_true(has_option(c, cases[i].answer));
                for (size_t k = 0; k < c->n_options; k++) {
                        if (str_find(c->options[k], str_c(cases[i].mark), 0) ==
                            STR_NONE)
                                fail_msg("%s: \"" STR_FMT "\" for %s",
                                         cases[i].language,
                                         STR_ARG(c->options[k]),
                                         cases[i].answer);
                        for (size_t m = 0; m < k; m++)
                                assert_false(
                                        str_eq(c->options[k], c->options[m]));
                }
        }
}

/* "2 корабля" and "5 кораблей": a wrong form would tell the answer. */
static void test_plural(void **state)
{
        struct quiz_tongue *t = quiz_tongue_new(a, STR("ru"));
        struct quiz_draft d =
                DRAFT("ru", { "T",
                              "Порт отпустил 63 корабля после того, как шторм "
                              "покинул длинные причалы северного берега.",
                              NULL });
        const struct quiz_candidate *c = with_answer(&d, "63");

        (void)state;
        assert_non_null(c);
        for (size_t i = 0; i < c->n_options; i++)
                assert_true(tongue_same_plural(
                        t, 63, strtod(arena_cstr(a, c->options[i]), NULL)));
        quiz_tongue_done(t);
}

/* The right one is the least as often as the greatest. */
static void test_place_of_answer(void **state)
{
        struct quiz_tongue *t = quiz_tongue_new(a, STR("en"));
        static const double values[] = { 5, 11, 28, 60, 100, 400, 2300, 14200 };
        const struct figure_pool none = { .year = 2026 };
        size_t places[QUIZ_OPTIONS] = { 0 };

        (void)state;
        for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
                for (uint64_t seed = 0; seed < 4; seed++) {
                        struct quiz_figure f = { .value = values[i],
                                                 .scale = 1 };
                        double others[QUIZ_OPTIONS - 1];
                        size_t n = quiz_figure_others(t, &f, &none, seed,
                                                      others, QUIZ_OPTIONS - 1),
                               place = 0;

                        assert_int_equal(n, QUIZ_OPTIONS - 1);
                        for (size_t k = 0; k < n; k++) {
                                assert_true(others[k] > 0 &&
                                            others[k] != f.value);
                                place += others[k] < f.value;
                        }
                        places[place]++;
                }
        for (size_t i = 0; i < QUIZ_OPTIONS; i++)
                assert_in_range(places[i], 5, 11);
        quiz_tongue_done(t);
}

/* --- what is not asked -----------------------------------------------------
 */

#define SHIPS                                                                  \
        "The harbour has taken in 61 ships since the storm that closed its "   \
        "long breakwaters."

static void test_not_asked(void **state)
{
        static const struct {
                const char *why;
                struct told told[2];
        } cases[] = {
                { "the headline tells it",
                  { { "Sixty-one ships in the harbour", SHIPS, NULL } } },
                { "another sentence has another figure",
                  { { "Harbour opens", SHIPS, NULL },
                    { "Harbour is full",
                      "The harbour counted 58 ships behind the long "
                      "breakwaters when the storm was over.",
                      NULL } } },
                { "it stands there twice",
                  { { "Harbour opens",
                      "The harbour has taken in 61 ships and 61 boats since "
                      "the storm closed it.",
                      NULL } } },
                { "it was true on a day only",
                  { { "Harbour opens",
                      "The harbour has today taken in 61 ships since the "
                      "storm that closed its breakwaters.",
                      NULL } } },
                { "it is somebody's word",
                  { { "Harbour opens",
                      "\u201cWe have taken in 61 ships since the storm closed "
                      "the long breakwaters,\u201d the office wrote.",
                      NULL } } },
                { "a range is no fact",
                  { { "Harbour opens",
                      "The harbour will take in 61 to 70 ships when the long "
                      "breakwaters are mended again.",
                      NULL } } },
                { "it leans on another",
                  { { "Harbour opens",
                      "He has counted 61 ships since the storm that closed the "
                      "long breakwaters.",
                      NULL } } },
                { "a time of day is no figure",
                  { { "Harbour opens",
                      "The harbour opened its gates at 61 am since the storm "
                      "had closed the long breakwaters.",
                      NULL } } },
                { "it is too short",
                  { { "Harbour opens", "It took in 61 ships.", NULL } } },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                size_t n = cases[i].told[1].text ? 2 : 1;
                struct quiz_draft d = draft_of("en", cases[i].told, n);

                if (with_answer(&d, "61"))
                        fail_msg("asked, though %s", cases[i].why);
        }
}

/* What the article says further down is no wrong answer. */
static void test_wrong_is_wrong(void **state)
{
        static const char *const told[] = { "31", "49", "76", "122", "40" };
        struct quiz_draft d = DRAFT(
                "en", { "Harbour opens", SHIPS,
                        "Of the ships 31, 49, 76, 122 and 40 carried grain." });
        const struct quiz_candidate *c = with_answer(&d, "61");

        (void)state;
        for (size_t i = 0; c && i < sizeof(told) / sizeof(*told); i++)
                assert_false(has_option(c, told[i]));
}

/* An editor's sentence has no source, so nothing is asked of it. */
static void test_unsourced(void **state)
{
        struct told told = { "Harbour opens", SHIPS, NULL };
        struct world *w = world_of("en", &told, 1);
        struct quiz_draft d;

        (void)state;
        assert_non_null(with_answer(
                &(struct quiz_draft) { quiz_draft_of(a, &w->in).items, 1,
                                       NULL },
                "61"));
        w->articles[0].text = STR("Something else.");
        d = quiz_draft_of(a, &w->in);
        assert_int_equal(d.n, 0);
}

/* --- names -----------------------------------------------------------------
 */

static const struct told people[] = {
        { "Mayor goes after vote",
          "Mayor Ada Linfield of Ostrand left her office after the council in "
          "Ostrand had voted against the bridge.",
          "Mrs Linfield spoke in Ostrand. Mr Linfield waited in Ostrand." },
        { "Singer wins prize",
          "The singer Boris Talvik won the river prize for a song about a "
          "ferry that never left Marl.",
          "Mr Talvik lives in Marl. The singer Boris Talvik wrote it in "
          "Marl." },
        { "Judge stops works",
          "Judge Clara Venn stopped the works at the mill because nobody in "
          "Pellow had been asked.",
          "Judge Clara Venn sits in Pellow. Many in Pellow agreed." },
        { "Minister opens road",
          "Minister Dov Harrick opened the road over the hills with a pair of "
          "garden shears in Quell.",
          "Mr Harrick left Quell. In Quell it rained; in Quell it stopped." },
};

static void test_names(void **state)
{
        struct quiz_draft d = draft_of("en", people, 4);
        const struct quiz_candidate *c = with_answer(&d, "Clara Venn");

        (void)state;
        assert_non_null(c);
        assert_true(c->is_name);
        assert_int_equal(c->n_options, 4);
        assert_true(has_option(c, "Ada Linfield"));
        assert_true(has_option(c, "Boris Talvik"));
        assert_true(has_option(c, "Dov Harrick"));
        /* A place among places. */
        c = with_answer(&d, "Pellow");
        assert_non_null(c);
        assert_true(has_option(c, "Quell"));
        assert_false(has_option(c, "Dov Harrick"));
        /* It stands in its sentence twice. */
        assert_null(with_answer(&d, "Ostrand"));
}

static void test_given_away(void **state)
{
        struct told told[4];
        struct quiz_draft d;

        (void)state;
        memcpy(told, people, sizeof(told));
        told[2].headline = "Venn stops works";
        d = draft_of("en", told, 4);
        assert_null(with_answer(&d, "Clara Venn"));
        /* Whoever is of the same story may be right too. */
        memcpy(told, people, sizeof(told));
        told[2].more = "Judge Clara Venn heard Boris Talvik in Pellow and in "
                       "Pellow alone.";
        d = draft_of("en", told, 4);
        if (with_answer(&d, "Clara Venn"))
                assert_false(has_option(with_answer(&d, "Clara Venn"),
                                        "Boris Talvik"));
}

/* --- choosing ---------------------------------------------------------------
 */

#define N_WEEK 16

/* A week of stories about different things, each with a figure of its own. */
static struct world *week(void)
{
        static const char *const things[N_WEEK] = {
                "lanterns", "barrels", "goats",   "kettles", "pianos",  "tents",
                "ladders",  "bells",   "mirrors", "anchors", "saddles", "carts",
                "wheels",   "candles", "violins", "sails",
        };
        struct told told[N_WEEK];

        for (int i = 0; i < N_WEEK; i++)
                told[i] = (struct told) {
                        arena_printf(a, "Fair of %s opens", things[i]).p,
                        arena_printf(a,
                                     "The fair of %s has drawn %d %s to the "
                                     "meadow where children could play.",
                                     things[i], 230 + i * 37, things[i])
                                .p,
                        NULL
                };
        return world_of("en", told, N_WEEK);
}

static void test_choose(void **state)
{
        struct world *w = week();
        struct quiz_draft d;
        struct quiz_choice c;
        const int64_t today[] = { 3 };

        (void)state;
        w->in.max = 5;
        w->in.least = 3;
        d = quiz_draft_of(a, &w->in);
        c = quiz_choose(a, &d, today, 1);
        assert_in_range(c.n_kept, 3, 5);
        assert_true(c.n >= 2 * w->in.max);
        assert_int_equal(c.note.n, 0);
        for (size_t i = 0; i < c.n; i++) {
                assert_int_not_equal(c.items[i]->line->story, 3);
                assert_int_equal(c.items[i]->is_kept, i < c.n_kept);
                for (size_t k = 0; k < i && i < c.n_kept; k++)
                        assert_int_not_equal(c.items[i]->line->story,
                                             c.items[k]->line->story);
                if (i < c.n_kept)
                        assert_true(c.items[i]->score >= QUIZ_BAR);
        }
}

static void test_too_few(void **state)
{
        struct world *w = week();
        struct quiz_draft d;
        struct quiz_choice c;

        (void)state;
        w->in.least = 20;
        d = quiz_draft_of(a, &w->in);
        c = quiz_choose(a, &d, NULL, 0);
        assert_int_equal(c.n_kept, 0);
        assert_true(c.n >= 14); /* for an editor */
        assert_true(str_find(c.note, STR("20 are wanted"), 0) != STR_NONE);
        for (size_t i = 0; i < c.n; i++)
                assert_false(c.items[i]->is_kept);
}

static void test_grave(void **state)
{
        struct quiz_draft d = DRAFT(
                "en", { "Storm over harbour",
                        "The storm over the harbour has killed 61 people since "
                        "it closed the breakwaters.",
                        NULL });

        (void)state;
        assert_non_null(with_answer(&d, "61"));
        assert_true(with_answer(&d, "61")->score < QUIZ_BAR);
}

/* --- the copy ----------------------------------------------------------------
 */

static struct str copy_of(struct world *w, struct quiz_choice *ret)
{
        struct compose_input in = { .phrases = w->phrases };
        struct buf b;
        struct composer c = { .a = a, .in = &in, .out = &b };
        struct quiz_draft *d = arena_alloc(a, sizeof(*d));
        struct str s;

        *d = quiz_draft_of(a, &w->in);
        *ret = quiz_choose(a, d, NULL, 0);
        buf_init(&b, LIMIT_COPY_B);
        buf_puts(&b,
                 "---\ndate: 2026-03-06\ntitle: T\nlanguage: en\n---\nHi.\n");
        quiz_put(&c, STR("How well?"), ret);
        s = arena_str(a, buf_str(&b));
        buf_done(&b);
        return s;
}

/* Copy to edition to copy: the same bytes, and the same questions. */
static void test_round(void **state)
{
        struct quiz_choice chosen;
        struct str text = copy_of(week(), &chosen);
        struct edition *e;
        struct err err = { 0 };
        struct buf b;

        (void)state;
        assert_ok(copy_read(a, text, &e, &err), err);
        assert_int_equal(e->n_sections, 2);
        assert_int_equal(e->sections[1].kind, SECTION_QUIZ);
        assert_int_equal(e->sections[1].n_blocks, chosen.n);
        for (size_t i = 0; i < chosen.n; i++) {
                const struct quiz_question *q = e->sections[1].blocks[i].quiz;
                const struct quiz_candidate *c = chosen.items[i];

                assert_non_null(q);
                assert_int_equal(q->n_warnings, 0);
                assert_int_equal(q->is_asked, c->is_kept);
                assert_int_equal(q->is_scale, c->is_scale);
                assert_str(q->question, arena_cstr(a, c->question));
                assert_str(q->because, arena_cstr(a, c->line->text));
                assert_str(q->about_url, OUR);
                assert_str(q->source, arena_cstr(a, c->line->article->source));
                assert_true(quiz_is_gapped(a, q));
        }
        buf_init(&b, LIMIT_COPY_B);
        copy_write(&b, e);
        assert_str(text, buf_cstr(&b));
        buf_done(&b);
}

static void test_same_again(void **state)
{
        struct quiz_choice chosen;
        struct str one = copy_of(week(), &chosen),
                   two = copy_of(week(), &chosen);

        (void)state;
        assert_str(one, arena_cstr(a, two));
}

/* --- proof -------------------------------------------------------------------
 */

struct proving {
        struct world *w;
        struct article ours;
};

static const struct article *find_any(void *user, struct str url)
{
        struct proving *p = user;

        return str_eq(url, STR(OUR)) ? &p->ours : find(p->w, url);
}

static struct verify_report prove(struct world *w, struct str text,
                                  const struct edition *composed)
{
        struct proving p = { .w = w };
        struct verify_report report;
        struct edition *e;
        struct err err = { 0 };

        for (size_t i = 0; i < w->n; i++)
                p.ours.title = arena_printf(a, STR_FMT "\n" STR_FMT,
                                            STR_ARG(p.ours.title),
                                            STR_ARG(w->articles[i].title));
        assert_ok(copy_read(a, text, &e, &err), err);
        verify_edition(a,
                       &(struct verify_input) { .edition = e,
                                                .composed = composed,
                                                .phrases = w->phrases,
                                                .find = find_any,
                                                .user = &p,
                                                .max_words = 1 },
                       &report);
        return report;
}

static struct str changed(struct str text, const char *from, const char *to)
{
        size_t at = str_find(text, str_c(from), 0);

        assert_true(at != STR_NONE);
        return arena_printf(a, STR_FMT "%s" STR_FMT,
                            STR_ARG(str_sub(text, 0, at)), to,
                            STR_ARG(str_sub(text, at + strlen(from), text.n)));
}

/* All of a drafted question is proved; its words were printed before and count
 * no more. The greeting and the title of this copy are nobody's. */
static void test_proved(void **state)
{
        struct world *w = week();
        struct quiz_choice chosen;
        struct str text = copy_of(w, &chosen);
        struct verify_report r = prove(w, text, NULL);
        size_t without = r.counts[PROOF_NONE];

        (void)state;
        assert_int_equal(without, 2);
        assert_int_equal(r.counts[PROOF_SOURCE], 4 * chosen.n);
        assert_int_equal(r.n_over, 0);
        /* Another figure in the place of the right one is a fault. */
        r = prove(w,
                  changed(text,
                          arena_printf(a, "because: " STR_FMT,
                                       STR_ARG(chosen.items[0]->line->text))
                                  .p,
                          "because: The fair has drawn nobody."),
                  NULL);
        assert_int_equal(r.counts[PROOF_NONE], without + 2);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
                TEST(test_each_language),   TEST(test_plural),
                TEST(test_place_of_answer), TEST(test_not_asked),
                TEST(test_wrong_is_wrong),  TEST(test_unsourced),
                TEST(test_names),           TEST(test_given_away),
                TEST(test_choose),          TEST(test_too_few),
                TEST(test_grave),           TEST(test_round),
                TEST(test_same_again),      TEST(test_proved),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}

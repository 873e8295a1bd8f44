#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/time.h"
#include "conf/phrases.h"
#include "edition/attrs.h"
#include "edition/compose.h"
#include "edition/copy.h"
#include "edition/slug.h"
#include "edition/verify.h"

#define ARENA_MAX ((size_t)256 << 20)
#define ARTICLES_MAX 100

/* A day of invented stories, and what composing them needs. */
struct day {
        struct arena *a;
        struct article articles[ARTICLES_MAX];
        size_t n_articles;
        struct story stories[ARTICLES_MAX];
        size_t n;
        struct compose_input in;
};

static const struct phrases *load_phrases(struct arena *a, const char *language)
{
        const char *names[] = { "en", language };
        struct phrases *p = NULL;
        struct err err = { 0 };

        for (int i = 0; i < 2; i++) {
                struct str text;
                const char *path = arena_printf(a, "%s/theme/phrases/%s.txt",
                                                getenv("SOURCE_ROOT"), names[i])
                                           .p;

                assert_ok(file_read(a, path, 1 << 20, &text, &err), err);
                assert_ok(phrases_parse(a, text, &p, &err), err);
        }
        return p;
}

static void day_open(struct day *d, const char *language)
{
        static const struct str editors[] = { { "the news desk",
                                                sizeof("the news desk") - 1 } };

        memset(d, 0, sizeof(*d));
        d->a = arena_new(ARENA_MAX);
        d->in = (struct compose_input) {
                .series = STR("The Morning Edition"),
                .language = str_c(language),
                .greeting = STR("Good morning."),
                .number = 7,
                .date = { .year = 2026, .month = 3, .day = 6 },
                .contributors = editors,
                .n_contributors = 1,
                .phrases = load_phrases(d->a, language),
                .stories = d->stories,
                .max_stories = 5,
                .max_reading = 4,
                .max_magazine = 1,
                .max_break = 1,
        };
}

static void day_close(struct day *d)
{
        arena_free(d->a);
}

static struct article *add_article(struct day *d, const char *source,
                                   const char *title, const char *text)
{
        struct article *art = &d->articles[d->n_articles++];

        assert_true(d->n_articles <= ARTICLES_MAX);
        art->id = (int64_t)d->n_articles;
        art->source = str_c(source);
        art->title = str_c(title);
        art->text = str_c(text);
        art->kind = STR("news");
        art->language = STR("en");
        art->url =
                arena_printf(d->a, "https://outlet.example/%zu", d->n_articles);
        art->identity = art->url;
        art->authors = STR("Ines Quayle");
        return art;
}

/* The text's first sentence and, for a lead, its paragraph. */
static void tell(struct day *d, struct story *s)
{
        struct sentence *one = arena_array(d->a, 1, sizeof(*one));
        struct paragraph *p = arena_array(d->a, s->n_articles, sizeof(*p));

        *one = (struct sentence) { s->head->text, s->head, 0 };
        s->blurb = one;
        s->n_blurb = s->head->text.n > 0;
        s->paragraphs = p;
        for (size_t i = 0; i < s->n_articles; i++) {
                struct sentence *first = arena_array(d->a, 1, sizeof(*first));

                *first = (struct sentence) { s->articles[i]->text,
                                             s->articles[i], 0 };
                p[s->n_paragraphs++] = (struct paragraph) { first, 1 };
        }
}

/* A story of the last n articles, told; the first of them is its head. */
static struct story *add_story(struct day *d, size_t n, const char *kind,
                               const char *beat)
{
        struct story *s = &d->stories[d->n++];

        s->id = (int64_t)d->n * 10;
        s->articles = arena_array(d->a, n, sizeof(*s->articles));
        for (size_t i = 0; i < n; i++)
                s->articles[i] = &d->articles[d->n_articles - n + i];
        s->n_articles = n;
        s->n_sources = n;
        s->head = s->articles[0];
        s->title = s->head->title;
        s->language = s->head->language;
        s->kind = str_c(kind);
        s->beat = str_c(beat);
        s->place = (int64_t)d->n;
        s->last_at = 1000;
        tell(d, s);
        d->in.n_stories = d->n;
        return s;
}

static struct story *add_single(struct day *d, const char *source,
                                const char *title, const char *kind,
                                const char *beat)
{
        add_article(d, source, title,
                    arena_printf(d->a, "This is said of %s.", title).p);
        return add_story(d, 1, kind, beat);
}

static void add_lead(struct day *d)
{
        add_article(d, "Harbour Gazette", "Ports reopen",
                    "Dockworkers returned to their cranes at dawn.");
        add_article(d, "The Ledger", "Deal ties overtime to tonnage",
                    "1. A contract [of sorts] ties *overtime* to tonnage.");
        add_article(d, "City Wire", "Freight rates fall",
                    "A container was offered at 1,940 crowns.");
        add_story(d, 3, "news", "world");
}

static const struct section *find_section(const struct edition *e,
                                          enum section_kind kind)
{
        for (size_t i = 0; i < e->n_sections; i++)
                if (e->sections[i].kind == kind)
                        return &e->sections[i];
        return NULL;
}

static struct composed composed(struct day *d)
{
        struct composed c, again;
        struct err err = { 0 };

        assert_ok(edition_compose(d->a, &d->in, &c, &err), err);
        assert_ok(edition_compose(d->a, &d->in, &again, &err), err);
        assert_str(c.copy, arena_cstr(d->a, again.copy));
        return c;
}

/* An edition of 5 March carried it. */
static void add_past(struct day *d, struct story *s)
{
        static const struct past past = {
                .date = STR_INIT("2026-03-05"),
                .day = STR_INIT("5 March"),
                .title = STR_INIT("Ports shut"),
                .url = STR_INIT("https://press.example/2026/03/05/p/"),
        };

        s->printed = arena_array(d->a, 1, sizeof(*s->printed));
        s->printed[0] = &past;
        s->n_printed = 1;
}

static const struct article *find_article(void *user, struct str url)
{
        static const struct article edition = {
                .title = STR_INIT("Cranes stand still\nPorts shut"),
                .source = STR_INIT("5 March"),
        };
        struct day *d = user;

        if (str_starts(url, STR("https://press.example/")))
                return &edition;

        for (size_t i = 0; i < d->n_articles; i++)
                if (str_eq(d->articles[i].url, url))
                        return &d->articles[i];
        return NULL;
}

static struct verify_report proved(struct day *d, const struct edition *e,
                                   const struct edition *first)
{
        struct verify_report r;
        struct verify_input in = { .edition = e,
                                   .composed = first,
                                   .phrases = d->in.phrases,
                                   .greeting = d->in.greeting,
                                   .max_words = d->in.max_words,
                                   .find = find_article,
                                   .user = d };

        verify_edition(d->a, &in, &r);
        return r;
}

static void check_proved(struct day *d, const struct edition *e)
{
        struct verify_report r = proved(d, e, NULL);

        for (size_t i = 0; i < r.n; i++)
                if (r.items[i].proof == PROOF_NONE)
                        fail_msg("line %d: %s", r.items[i].line,
                                 arena_cstr(d->a, r.items[i].text));
        assert_true(r.n > 0);
}

static void test_full_day(void **state UNUSED)
{
        struct day d;

        day_open(&d, "en");
        add_single(&d, "Second Thoughts", "Opinion leads nothing", "opinion",
                   "opinion");
        add_lead(&d);
        for (int i = 0; i < 4; i++)
                add_single(&d, "City Wire",
                           arena_printf(d.a, "Markets {.up} %d", i).p, "news",
                           "markets");
        add_single(&d, "The Ledger", "Trade & tariffs?", "news", "business");
        add_single(&d, "The Observatory", "A star_with a halo", "news",
                   "science");
        add_single(&d, "Valley Herald", "Budget passes", "news", "politics");
        add_single(&d, "Matinee", "A film", "culture", "culture");
        add_single(&d, "Long View", "A long piece", "magazine", "longreads");

        struct composed c = composed(&d);

        check_proved(&d, c.edition);
        assert_str(c.edition->title, "Ports reopen");
        assert_str(c.slug, "ports-reopen");
        assert_int_equal(c.edition->number, 7);

        const struct section *lead = find_section(c.edition, SECTION_LEAD);

        assert_str(attrs_get(&lead->attrs, "story"), "20");
        assert_str(attrs_get(&lead->attrs, "sources"), "3");
        assert_int_equal(lead->n_blocks, 4); /* 3 paragraphs, sources */
        assert_str(lead->blocks[1].runs[0].text,
                   "1. A contract [of sorts] ties *overtime* to tonnage. ");

        const struct section *five = find_section(c.edition, SECTION_STORIES);

        assert_str(five->heading, "Five more top stories");
        assert_int_equal(five->blocks[0].n_children, 5);
        assert_str(five->blocks[0].children[0].runs[0].text,
                   "Markets {.up} 0.");
        assert_str(five->blocks[0].children[2].runs[0].text,
                   "Trade & tariffs?");
        assert_non_null(find_section(c.edition, SECTION_READING));
        assert_non_null(find_section(c.edition, SECTION_MAGAZINE));
        assert_non_null(find_section(c.edition, SECTION_BREAK));
        assert_int_equal(c.n_slots, 9);
        assert_str(c.slots[0].slot, "lead");
        day_close(&d);
}

/* Beats: 4 of one beat must not push the two others out. */
static void test_beats(void **state UNUSED)
{
        static const char *const sources[] = { "A", "B", "C", "D", "E", "F" };
        struct day d;

        day_open(&d, "en");
        add_lead(&d);
        for (int i = 0; i < 6; i++)
                add_single(&d, sources[i], arena_printf(d.a, "Markets %d", i).p,
                           "news", "markets");
        add_single(&d, "G", "Science last", "news", "science");
        add_single(&d, "H", "Politics last", "news", "politics");

        struct composed c = composed(&d);
        const struct block *list =
                &find_section(c.edition, SECTION_STORIES)->blocks[0];

        assert_int_equal(list->n_children, 5);
        assert_str(list->children[2].runs[0].text, "Markets 2.");
        assert_str(list->children[3].runs[0].text, "Science last.");
        assert_str(list->children[4].runs[0].text, "Politics last.");
        day_close(&d);
}

static void test_slow_days(void **state UNUSED)
{
        struct day d;
        struct composed c;
        struct err err = { 0 };

        /* Nothing at all: a clear message. */
        day_open(&d, "en");
        assert_int_equal(edition_compose(d.a, &d.in, &c, &err), ERR_ABSENT);
        assert_true(str_starts(str_c(err.msg), STR("there is nothing")));

        /* Under the floor, foreign, carried before: nothing still. */
        add_single(&d, "A", "No place", "news", "world")->place = 0;
        add_single(&d, "B", "Fremd", "news", "world")->language = STR("de");
        add_single(&d, "C", "Carried", "news", "world");
        add_past(&d, &d.stories[2]);
        assert_int_equal(edition_compose(d.a, &d.in, &c, &err), ERR_ABSENT);
        assert_true(str_find(d.stories[0].rule, STR("floor"), 0) != STR_NONE);
        assert_true(str_find(d.stories[1].rule, STR("told in de"), 0) !=
                    STR_NONE);
        assert_true(str_find(d.stories[2].rule, STR("5 March"), 0) != STR_NONE);

        /* Something new on it since: it comes again, marked. */
        d.stories[2].has_news = true;
        c = composed(&d);
        assert_str(c.edition->title, "Carried");
        check_proved(&d, c.edition);
        day_close(&d);

        /* Opinion only: an edition without a lead. */
        day_open(&d, "en");
        add_single(&d, "Second Thoughts", "A view", "opinion", "opinion");
        c = composed(&d);
        assert_null(find_section(c.edition, SECTION_LEAD));
        assert_str(c.edition->title, "A view");
        day_close(&d);
}

/* Carried before and with news: marked, with the story so far. */
static void test_update(void **state UNUSED)
{
        struct day d;
        struct composed c;

        day_open(&d, "en");
        add_lead(&d);
        add_past(&d, &d.stories[0]);
        d.stories[0].has_news = true;
        add_single(&d, "City Wire", "Rates fall", "news", "business");
        add_past(&d, &d.stories[1]);
        d.stories[1].has_news = true;
        c = composed(&d);

        const struct section *lead = find_section(c.edition, SECTION_LEAD);

        assert_str(attrs_get(&lead->attrs, "update"), "2026-03-05");
        assert_true(str_find(c.copy,
                             STR("\nThe story so far: [Ports shut]("
                                 "https://press.example/2026/03/05/p/"
                                 ") (5 March) {.so-far}\n"),
                             0) != STR_NONE);

        const struct block *item = &find_section(c.edition, SECTION_STORIES)
                                            ->blocks[0]
                                            .children[0];

        assert_str(item->runs[0].text, "Update: Rates fall.");
        assert_str(attrs_get(&item->attrs, "update"), "2026-03-05");
        assert_int_equal(item->n_children, 1);
        assert_str(c.slots[0].title, "Ports reopen");
        assert_str(c.slots[1].title, "Rates fall"); /* no mark, no stop */
        check_proved(&d, c.edition);
        day_close(&d);
}

/* What a lead must be, and what the editor may all the same. */
static void test_lead_rules(void **state UNUSED)
{
        struct day d;
        struct composed c;

        /* Of several publishers none is told by two: there is no lead. */
        day_open(&d, "en");
        add_single(&d, "A", "One", "news", "world");
        add_single(&d, "B", "Two", "news", "world");
        add_single(&d, "C", "A view of three", "opinion", "opinion");
        c = composed(&d);
        assert_null(find_section(c.edition, SECTION_LEAD));
        assert_str(find_section(c.edition, SECTION_STORIES)->heading,
                   "Top stories");

        /* An obituary and a live stream never lead. */
        add_lead(&d);
        d.stories[3].kind = STR("live");
        c = composed(&d);
        assert_null(find_section(c.edition, SECTION_LEAD));
        d.stories[3].kind = STR("news");
        c = composed(&d);
        assert_str(attrs_get(&find_section(c.edition, SECTION_LEAD)->attrs,
                             "story"),
                   "40");
        assert_true(str_starts(d.stories[3].rule, STR("leads: ")));
        assert_true(str_find(d.stories[0].rule, STR("above the lead"), 0) !=
                    STR_NONE);
        assert_int_equal(d.stories[1].slot_at, 2);

        /* The editor's pin wins, and what is killed is out. */
        d.stories[0].choice = CHOICE_LEAD;
        d.stories[3].choice = CHOICE_KILL;
        c = composed(&d);
        assert_str(attrs_get(&find_section(c.edition, SECTION_LEAD)->attrs,
                             "story"),
                   "10");
        assert_true(str_find(c.copy, STR("Ports reopen"), 0) == STR_NONE);
        day_close(&d);

        /* Where the press reads one publisher only, its best leads. */
        day_open(&d, "en");
        add_single(&d, "A", "One", "news", "world");
        add_single(&d, "A", "Two", "news", "world");
        c = composed(&d);
        assert_str(c.edition->title, "One");
        assert_non_null(find_section(c.edition, SECTION_LEAD));
        day_close(&d);
}

static void test_pins_and_same(void **state UNUSED)
{
        struct day d;
        struct composed c;

        day_open(&d, "en");
        add_lead(&d);
        for (int i = 0; i < 7; i++)
                add_single(&d, "City Wire",
                           arena_printf(d.a, "Report no. %d", i).p, "news",
                           "markets");
        d.stories[3].same_as = 20;
        d.stories[7].choice = CHOICE_PIN;
        d.stories[7].place = 0; /* under the floor even */
        d.stories[7].n_blurb = 0;
        d.in.max_stories = 3;
        c = composed(&d);

        const struct block *list =
                &find_section(c.edition, SECTION_STORIES)->blocks[0];

        /* The pin first; then it and one more are two of that publisher. */
        assert_int_equal(list->n_children, 2);
        assert_str(attrs_get(&list->children[0].attrs, "story"), "80");
        assert_str(attrs_get(&list->children[1].attrs, "story"), "20");
        assert_true(str_find(d.stories[2].rule, STR("2 of City Wire"), 0) !=
                    STR_NONE);
        assert_true(str_find(d.stories[3].rule, STR("story 20"), 0) !=
                    STR_NONE);
        check_proved(&d, c.edition);
        day_close(&d);
}

static bool is_long(struct str title)
{
        return title.n > 8;
}

/* Its blurb is another's: both are credited, so that all is proved. */
static void test_headline_and_blurb_of_two(void **state UNUSED)
{
        struct day d;
        struct story *s;

        day_open(&d, "en");
        add_single(&d, "A", "The lead of the day", "news", "world");
        add_article(&d, "Ledger", "Ports reopen", "The ports reopened.");
        add_article(&d, "Bell", "Cranes move again", "The cranes moved.");
        add_article(&d, "Courier", "March 6", "The strike ended.");
        s = add_story(&d, 3, "news", "world");
        s->n_sources = 1; /* it doesn't lead */
        s->blurb[0] =
                (struct sentence) { s->articles[1]->text, s->articles[1], 0 };
        d.in.is_headline = is_long;

        struct composed c = composed(&d);

        assert_int_not_equal(str_find(c.copy, STR("[Bell]("), 0), STR_NONE);
        assert_int_not_equal(str_find(c.copy, STR("[Ledger]("), 0), STR_NONE);
        assert_int_equal(str_find(c.copy, STR("March 6"), 0), STR_NONE);
        check_proved(&d, c.edition);
        day_close(&d);
}

static void test_no_story_twice(void **state UNUSED)
{
        struct day d;

        day_open(&d, "en");
        add_lead(&d);
        add_article(&d, "A", "Index passes its high", "It closed above 8,412.");
        add_article(&d, "B", "index passes its high", "The same said again.");
        add_article(&d, "C", "Old traders meet", "They had a pint.");
        d.articles[d.n_articles - 1].language = STR("fr");
        add_story(&d, 3, "news", "markets");
        add_single(&d, "D", "INDEX PASSES ITS HIGH", "news", "markets");

        struct composed c = composed(&d);
        const struct block *list =
                &find_section(c.edition, SECTION_STORIES)->blocks[0];

        assert_int_equal(list->n_children, 1);

        const struct block *related = &list->children[0].children[0];

        assert_int_equal(related->n_children, 1);
        assert_str(related->children[0].runs[1].text, "Old traders meet");
        assert_str(attrs_get(&related->children[0].attrs, "lang"), "fr");
        check_proved(&d, c.edition);
        day_close(&d);
}

static void test_exclusive_and_quote(void **state UNUSED)
{
        struct quote *q;
        struct day d;

        day_open(&d, "en");
        add_lead(&d);
        q = arena_alloc(d.a, sizeof(*q));
        d.articles[2].text = STR("A container was offered at 1,940 crowns. "
                                 "\"We sleep,\" said Marta.");
        *q = (struct quote) { STR("We sleep,"), STR("Marta"), &d.articles[2],
                              26 };
        d.stories[0].quote = q;
        add_single(&d, "City Wire", "Bankers threaten to quit", "news",
                   "business");
        d.articles[d.n_articles - 1].mark = STR("exclusive");
        d.stories[d.n - 1].is_exclusive = true;

        struct composed c = composed(&d);
        const struct section *lead = find_section(c.edition, SECTION_LEAD);
        const struct block *b = &lead->blocks[2];

        assert_int_equal(b->kind, BLOCK_QUOTE);
        assert_str(b->runs[0].text, "\u201cWe sleep,\u201d");
        assert_str(attrs_get(&b->attrs, "by"), "Marta");
        assert_str(attrs_get(&b->attrs, "source"), "https://outlet.example/3");

        const struct block *item = &find_section(c.edition, SECTION_STORIES)
                                            ->blocks[0]
                                            .children[0];

        assert_str(item->runs[0].text, "Exclusive: Bankers threaten to quit.");
        assert_str(attrs_get(&item->attrs, "exclusive"), "City Wire");
        check_proved(&d, c.edition);
        day_close(&d);
}

static void test_languages(void **state UNUSED)
{
        static const char *const languages[] = { "en", "fr", "de", "es", "ar",
                                                 "it", "pt", "nl", "ru", "ja" };

        for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++) {
                struct day d;

                day_open(&d, languages[i]);
                add_lead(&d);
                add_single(&d, "City Wire", "Bankers threaten", "news",
                           "business");
                add_single(&d, "Second Thoughts", "A view", "opinion",
                           "science");
                for (size_t k = 0; k < d.n; k++)
                        d.stories[k].language = STR_NULL;
                d.stories[1].is_exclusive = true;

                struct composed c = composed(&d);

                check_proved(&d, c.edition);
                day_close(&d);
        }
}

/* What verify says of one change to a composed copy. */
static void test_verify(void **state UNUSED)
{
        static const struct {
                const char *from, *to;
                enum proof proof; /* of the piece with the change */
        } rows[] = {
                { "at dawn", "at dusk", PROOF_CHANGED },
                { "returned to", "never left", PROOF_CHANGED },
                { "Dockworkers returned to their cranes at dawn.",
                  "Nobody at the port expects trouble from the owners now.",
                  PROOF_EDITOR },
                { "Sources: ", "Sources so far: ", PROOF_EDITOR },
                { "[The Ledger](https://outlet.example/2), [City",
                  "[The Times](https://outlet.example/2), [City",
                  PROOF_EDITOR },
                { "Good morning.", "Good evening.", PROOF_EDITOR },
                { "cranes at dawn.", "cranes   at dawn.", PROOF_N },
                { "# Ports reopen", "# Ports stay shut", PROOF_EDITOR },
        };
        struct day d;
        struct err err = { 0 };

        day_open(&d, "en");
        add_lead(&d);

        struct composed c = composed(&d);

        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                size_t at = str_find(c.copy, str_c(rows[i].from), 0);
                struct edition *e;

                assert_true(at != STR_NONE);
                struct str text = arena_printf(
                        d.a, STR_FMT "%s" STR_FMT,
                        STR_ARG(str_sub(c.copy, 0, at)), rows[i].to,
                        STR_ARG(str_sub(c.copy, at + strlen(rows[i].from),
                                        c.copy.n)));

                assert_ok(copy_read(d.a, text, &e, &err), err);
                struct verify_report r = proved(&d, e, c.edition);

                assert_int_equal(r.counts[PROOF_NONE], 0);
                if (r.counts[PROOF_EDITOR] != (rows[i].proof == PROOF_EDITOR))
                        fail_msg("%s", rows[i].to);
                assert_int_equal(r.counts[PROOF_CHANGED],
                                 rows[i].proof == PROOF_CHANGED);
        }

        /* The same untruth in what compose wrote is a fault of ours. */
        d.articles[0].text = STR("Nobody returned.");
        struct verify_report r = proved(&d, c.edition, NULL);

        assert_int_equal(r.counts[PROOF_NONE], 1);
        assert_str(r.items[3].text,
                   "Dockworkers returned to their cranes at dawn.");
        day_close(&d);
}

/* A changed sentence under its source's name is a fault, {.ours} takes it on.
 */
static void test_verify_ours(void **state UNUSED)
{
        struct day d;
        struct err err = { 0 };
        struct edition *e;

        day_open(&d, "en");
        add_lead(&d);

        struct composed c = composed(&d);
        size_t at = str_find(c.copy, STR("at dawn"), 0);
        size_t end = str_chr(c.copy, '\n', at);
        struct str text =
                arena_printf(d.a, STR_FMT "at dusk" STR_FMT " {.ours}" STR_FMT,
                             STR_ARG(str_sub(c.copy, 0, at)),
                             STR_ARG(str_sub(c.copy, at + 7, end - at - 7)),
                             STR_ARG(str_sub(c.copy, end, c.copy.n)));

        assert_ok(copy_read(d.a, text, &e, &err), err);
        struct verify_report r = proved(&d, e, c.edition);

        assert_int_equal(r.counts[PROOF_CHANGED], 0);
        assert_int_equal(r.counts[PROOF_EDITOR], 1);
        day_close(&d);
}

/* What a page says now, and what it said. */
static void test_verify_pages(void **state UNUSED)
{
        struct day d;

        day_open(&d, "en");
        add_lead(&d);

        struct composed c = composed(&d);
        struct verify_report r = proved(&d, c.edition, NULL);
        struct verify_page page = { .title = STR("Ports reopen") };
        size_t n = 0;

        for (size_t i = 0; i < r.n; i++) {
                if (!str_eq(r.items[i].copied,
                            STR("Dockworkers returned to their cranes at "
                                "dawn.")))
                        continue;
                page.url = r.items[i].url;
                n++;
        }
        assert_int_equal(n, 1);
        page.text =
                STR("Today:\nDock\u00ADworkers  returned to\ntheir cranes at "
                    "dawn. They");
        (void)verify_pages(d.a, &r, &page, 1);
        for (size_t i = 0; i < r.n; i++)
                assert_false(r.items[i].is_gone &&
                             str_starts(r.items[i].copied, STR("Dockworkers "
                                                               "returned")));
        page.text = STR("Dockworkers did not return.");
        assert_true(verify_pages(d.a, &r, &page, 1) > 0);
        day_close(&d);
}

/* No source gives more words than it may, and verify counts them. */
static void test_words_of_a_source(void **state UNUSED)
{
        for (size_t max = 1; max < 60; max += 7) {
                struct day d;

                day_open(&d, "en");
                add_lead(&d);
                d.in.max_words = max;

                struct composed c = composed(&d);
                struct verify_report r = proved(&d, c.edition, NULL);

                assert_int_equal(r.n_over, 0);
                d.in.max_words = 1;
                r = proved(&d, c.edition, NULL);
                assert_int_equal(r.n_over > 0, max > 7);
                day_close(&d);
        }
}

static void test_slug(void **state UNUSED)
{
        static const struct {
                const char *in, *want;
        } rows[] = {
                { "Ports reopen after week-long strike",
                  "ports-reopen-after-week-long-strike" },
                { "  What?! 5% \u2014 \u201cno\u201d ", "what-5-no" },
                { "L\u2019\u00c9t\u00e9 \u00e0 l\u0153uvre", "lete-a-loeuvre" },
                { "Gr\u00fc\u00dfe", "grusse" },
                { "\u0417\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443"
                  "\u0439",
                  "zdravstvuj" },
                { "", "edition" },
                { "???", "edition" },
                { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
                  "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
        };
        struct arena *a = arena_new(ARENA_MAX);

        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
                assert_str(slug_of(a, str_c(rows[i].in)), rows[i].want);
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(test_full_day), cmocka_unit_test(test_beats),
          cmocka_unit_test(test_slow_days),
          cmocka_unit_test(test_no_story_twice), cmocka_unit_test(test_update),
          cmocka_unit_test(test_lead_rules),
          cmocka_unit_test(test_pins_and_same),
          cmocka_unit_test(test_headline_and_blurb_of_two),
          cmocka_unit_test(test_exclusive_and_quote),
          cmocka_unit_test(test_languages), cmocka_unit_test(test_verify),
          cmocka_unit_test(test_verify_ours),
          cmocka_unit_test(test_verify_pages),
          cmocka_unit_test(test_words_of_a_source), cmocka_unit_test(test_slug))

/* Holidays, how far ahead an edition looks, what it prints, and its proof. */

#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/time.h"
#include "conf/phrases.h"
#include "edition/agenda.h"
#include "edition/attrs.h"
#include "edition/copy.h"
#include "edition/season.h"
#include "edition/verify.h"

#define ARENA_B ((size_t)256 << 20)

static struct str read_file(struct arena *a, const char *name)
{
        struct err err = { 0 };
        struct str text;

        assert_ok(
                file_read(
                        a,
                        arena_printf(a, "%s/%s", getenv("SOURCE_ROOT"), name).p,
                        1 << 20, &text, &err),
                err);
        return text;
}

static struct holiday_rules rules_of(struct arena *a)
{
        struct holiday_rules rules = { 0 };
        struct err err = { 0 };

        assert_ok(holiday_parse(a, read_file(a, "theme/holidays.txt"), &rules,
                                &err),
                  err);
        return rules;
}

static struct civil date(const char *s)
{
        struct err err = { 0 };
        struct civil c;

        assert_ok(time_parse_date(str_c(s), &c, &err), err);
        return c;
}

/* --- holidays ----------------------------------------------------------- */

static void test_easter(void **state)
{
        static const char *const days[] = {
                "1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23",
                "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05",
                "2027-03-28", "2038-04-25", "2076-04-19",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
                struct civil want = date(days[i]),
                             got = holiday_easter(want.year);

                assert_int_equal(got.month, want.month);
                assert_int_equal(got.day, want.day);
        }
}

static void test_holidays(void **state)
{
        static const struct {
                const char *date, *country, *want;
        } cases[] = {
                { "2026-04-03", "gb", "Good Friday" },
                { "2026-04-03", "fr", NULL },
                { "2026-04-06", "de", "Ostermontag" },
                { "2026-05-14", "de", "Christi Himmelfahrt" },
                { "2026-05-25", "de", "Pfingstmontag" },
                { "2026-06-04", "at", "Fronleichnam" },
                { "2026-05-25", "gb", "Spring bank holiday" },
                { "2026-05-04", "gb", "Early May bank holiday" },
                { "2026-08-31", "gb", "Summer bank holiday" },
                { "2026-11-26", "us", "Thanksgiving" },
                { "2026-01-19", "us", "Martin Luther King Jr. Day" },
                { "2026-05-25", "us", "Memorial Day" },
                { "2026-07-03", "us", "Independence Day" }, /* 4th: Saturday */
                { "2026-07-04", "us", NULL },
                { "2021-12-31", "us", "New Year’s Day" }, /* 1st: Saturday */
                { "2023-01-02", "us", "New Year’s Day" }, /* 1st: Sunday */
                { "2021-12-27", "gb", "Christmas Day" },
                { "2021-12-28", "gb", "Boxing Day" },
                { "2022-12-26", "gb", "Boxing Day" },
                { "2022-12-27", "gb", "Christmas Day" },
                { "2026-12-28", "gb", "Boxing Day" },
                { "2028-01-03", "gb", "New Year’s Day" },
                { "2026-10-03", "DE", "Tag der Deutschen Einheit" },
                { "2026-10-04", "de", NULL },
                { "2026-10-03", "xx", NULL },
        };
        struct arena *a = arena_new(ARENA_B);
        struct holiday_rules rules = rules_of(a);

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct str country = str_c(cases[i].country);
                struct civil c = date(cases[i].date);
                const struct holiday_rule *r =
                        holiday_on(&rules, &country, 1, &c);

                if (!r != !cases[i].want)
                        fail_msg("%s in %s", cases[i].date, cases[i].country);
                if (r)
                        assert_str(r->name, cases[i].want);
        }
        assert_true(holiday_knows(&rules, STR("PT")));
        assert_false(holiday_knows(&rules, STR("xx")));
        arena_free(a);
}

static void test_no_holidays(void **state)
{
        static const char *const lines[] = {
                "gb",
                "gb 12-25",
                "gb 13-25 x",
                "gb 12-32 x",
                "gb mon6/05 x",
                "gb mon0/05 x",
                "gb mon1/13 x",
                "gb easter* x",
                "gb easter+999 x",
                "gb mon-2/05 x",
                "gb 12-25>3 x",
                "gb foo1/05 x",
                "toolongname 12-25 x",
        };
        struct arena *a = arena_new(ARENA_B);

        (void)state;
        for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
                struct holiday_rules rules = { 0 };
                struct err err = { 0 };
                struct str text = arena_printf(a, "# x\n\n%s\n", lines[i]);

                if (i == 1) /* a day needs no name */
                        continue;
                assert_int_equal(holiday_parse(a, text, &rules, &err),
                                 ERR_INPUT);
                assert_non_null(strstr(err.msg, "line 3: "));
        }
        arena_free(a);
}

/* --- how far ahead ------------------------------------------------------ */

static void test_windows(void **state)
{
        static const struct {
                const char *days, *country, *date, *last, *to, *heading;
        } cases[] = {
                { "mon-sun", "gb", "2026-03-04", "2026-03-04",
                  "2026-03-05T06:00:00Z", "agenda.today" },
                { "mon-fri", "gb", "2026-03-06", "2026-03-08",
                  "2026-03-09T06:00:00Z", "agenda.weekend" },
                { "mon-sun", "gb", "2026-03-06", "2026-03-08",
                  "2026-03-09T06:00:00Z", "agenda.weekend" },
                { "mon-sun", "gb", "2026-03-07", "2026-03-08",
                  "2026-03-09T06:00:00Z", "agenda.saturday" },
                { "mon-sun", "gb", "2026-03-08", "2026-03-08",
                  "2026-03-09T06:00:00Z", "agenda.saturday" },
                { "mon,thu", "gb", "2026-03-05", "2026-03-08",
                  "2026-03-09T06:00:00Z", "agenda.long" },
                { "mon,thu", "gb", "2026-03-09", "2026-03-11",
                  "2026-03-12T06:00:00Z", "agenda.days" },
                { "mon-fri", "gb", "2026-04-02", "2026-04-06",
                  "2026-04-07T05:00:00Z", "agenda.long" }, /* Easter */
                { "mon-fri", "fr", "2026-04-02", "2026-04-02",
                  "2026-04-03T05:00:00Z", "agenda.today" },
                { "mon-fri", "fr", "2026-04-03", "2026-04-06",
                  "2026-04-07T05:00:00Z", "agenda.long" },
                { "sun", "gb", "2026-03-08", "2026-03-14",
                  "2026-03-15T06:00:00Z", "agenda.days" },
        };
        struct arena *a = arena_new(ARENA_B);
        struct holiday_rules rules = rules_of(a);
        struct err err = { 0 };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct clock_plan plan = { .zone = STR("Europe/London"),
                                           .publish_min = 360 };
                struct str country = str_c(cases[i].country);
                const struct agenda_calendar c = { &plan, &rules, &country, 1 };
                struct civil d = date(cases[i].date),
                             last = date(cases[i].last);
                int64_t to;

                assert_ok(clock_parse_days(str_c(cases[i].days), &plan.days,
                                           &err),
                          err);
                assert_ok(time_parse_rfc3339(str_c(cases[i].to), &to, &err),
                          err);

                struct agenda_window w = agenda_window_of(&c, &d);

                if (w.last.day != last.day || w.last.month != last.month ||
                    w.to != to || strcmp(w.heading, cases[i].heading) != 0)
                        fail_msg("%s of %s: to %04d-%02d-%02d, %s",
                                 cases[i].date, cases[i].days, w.last.year,
                                 w.last.month, w.last.day, w.heading);
        }
        arena_free(a);
}

/* --- what is printed ---------------------------------------------------- */

#define FRIDAY 1772755200 /* 2026-03-06T00:00:00Z */
#define HOUR 3600

struct day {
        struct arena *a;
        struct event events[200];
        struct agenda_input in;
};

static void day_open(struct day *d)
{
        memset(d, 0, sizeof(*d));
        d->a = arena_new(ARENA_B);
        d->in = (struct agenda_input) {
                .events = d->events,
                .window = { .from = FRIDAY + 6 * HOUR,
                            .to = FRIDAY + 78 * HOUR,
                            .first = date("2026-03-06"),
                            .last = date("2026-03-08"),
                            .heading = "agenda.weekend" },
                .zone = STR("UTC"),
                .max = 3,
        };
}

static struct event *add(struct day *d, const char *title, int64_t start_at,
                         int64_t importance)
{
        struct event *e = &d->events[d->in.n++];

        *e = (struct event) {
                .id = (int64_t)d->in.n,
                .uid = arena_printf(d->a, "u%zu", d->in.n),
                .title = str_c(title),
                .category = STR("Courts"),
                .source = STR("Diary"),
                .url = STR("https://diary.example/1"),
                .start_at = start_at,
                .end_at = TIME_NONE,
                .importance = importance,
        };
        return e;
}

static const char *chosen(struct day *d, const char *headline)
{
        struct str word = str_c(headline), s = STR("");
        struct agenda_choice c =
                agenda_choose(d->a, &d->in, &word, headline ? 1 : 0);

        for (size_t i = 0; i < c.n; i++)
                s = arena_printf(d->a, STR_FMT "%s" STR_FMT, STR_ARG(s),
                                 i ? "|" : "", STR_ARG(c.items[i]->title));
        return s.p;
}

static void test_chosen(void **state)
{
        struct day d;

        (void)state;
        day_open(&d);
        assert_string_equal(chosen(&d, NULL), "");
        add(&d, "too early", FRIDAY + 5 * HOUR, EVENT_HIGH);
        add(&d, "too late", FRIDAY + 78 * HOUR, EVENT_HIGH);
        add(&d, "all Monday", FRIDAY + 72 * HOUR, EVENT_HIGH)->is_all_day =
                true;
        add(&d, "all Thursday", FRIDAY - 24 * HOUR, EVENT_HIGH)->is_all_day =
                true;
        add(&d, "off", FRIDAY + 9 * HOUR, EVENT_HIGH)->is_cancelled = true;
        assert_string_equal(chosen(&d, NULL), "");
        add(&d, "Sunday night", FRIDAY + 77 * HOUR, EVENT_LOW);
        add(&d, "all Friday", FRIDAY, EVENT_NORMAL)->is_all_day = true;
        add(&d, "noon", FRIDAY + 12 * HOUR, EVENT_NORMAL);
        assert_string_equal(chosen(&d, NULL), "noon|all Friday|Sunday night");
        add(&d, "important", FRIDAY + 20 * HOUR, EVENT_HIGH);
        assert_string_equal(chosen(&d, NULL), "noon|important|all Friday");
        add(&d, "the harbour master speaks", FRIDAY + 50 * HOUR, EVENT_NORMAL);
        assert_string_equal(chosen(&d, "HARBOUR closed"),
                            "important|all Friday|the harbour master speaks");
        d.in.max = 0;
        assert_string_equal(chosen(&d, NULL), "");
        arena_free(d.a);
}

static void test_twins_and_groups(void **state)
{
        struct day d;

        (void)state;
        day_open(&d);
        d.in.max = 10;
        add(&d, "Verdict", FRIDAY + 9 * HOUR, EVENT_NORMAL);
        add(&d, "VERDICT", FRIDAY + 9 * HOUR, EVENT_NORMAL);
        add(&d, "another name", FRIDAY + 9 * HOUR, EVENT_NORMAL)->uid =
                STR("u1");
        add(&d, "vote", FRIDAY + 10 * HOUR, EVENT_NORMAL)->category =
                STR("Elections");
        add(&d, "appeal", FRIDAY + 11 * HOUR, EVENT_NORMAL);
        add(&d, "count", FRIDAY + 35 * HOUR, EVENT_NORMAL)->category =
                STR("Elections");
        assert_string_equal(chosen(&d, NULL), "Verdict|appeal|vote|count");
        arena_free(d.a);
}

/* One category leaves room for the others. */
static void test_mixed(void **state)
{
        struct day d;

        (void)state;
        day_open(&d);
        d.in.max = 5;
        for (int i = 0; i < 9; i++)
                add(&d, arena_printf(d.a, "case %d", i).p,
                    FRIDAY + (8 + i) * HOUR, EVENT_HIGH);
        add(&d, "vote", FRIDAY + 40 * HOUR, EVENT_LOW)->category =
                STR("Elections");
        assert_string_equal(chosen(&d, NULL),
                            "case 0|case 1|case 2|case 3|vote");
        arena_free(d.a);
}

/* --- the copy, and its proof -------------------------------------------- */

static const struct phrases *phrases(struct arena *a)
{
        struct phrases *p = NULL;
        struct err err = { 0 };

        assert_ok(phrases_parse(a, read_file(a, "theme/phrases/en.txt"), &p,
                                &err),
                  err);
        return p;
}

static struct article article = {
        .id = 1,
        .title = STR_INIT("Ports reopen"),
        .url = STR_INIT("https://gazette.example/1"),
        .identity = STR_INIT("gazette.example/1"),
        .source = STR_INIT("Gazette"),
        .kind = STR_INIT("news"),
        .text = STR_INIT("Ports are open again."),
};

/* An edition of one story and the day's agenda. */
static struct composed compose(struct day *d)
{
        static const struct article *list[] = { &article };
        static struct sentence blurb = { STR_INIT("Ports are open again."),
                                         &article, 0 };
        struct story *s = arena_alloc(d->a, sizeof(*s));
        struct compose_input in = {
                .series = STR("Paper"),
                .language = STR("en"),
                .date = date("2026-03-06"),
                .phrases = phrases(d->a),
                .stories = s,
                .n_stories = 1,
                .max_stories = 5,
                .agenda = &d->in,
        };
        struct composed made;
        struct err err = { 0 };

        *s = (struct story) { .id = 5,
                              .title = article.title,
                              .kind = STR("news"),
                              .articles = list,
                              .n_articles = 1,
                              .n_sources = 1,
                              .head = &article,
                              .place = 1,
                              .last_at = 1000,
                              .blurb = &blurb,
                              .n_blurb = 1 };
        assert_ok(edition_compose(d->a, &in, &made, &err), err);
        return made;
}

static struct event *strange(struct day *d)
{
        struct event *e = add(d, "A *vote* {.agenda} on [terms](x)?",
                              FRIDAY + 13 * HOUR, EVENT_HIGH);

        e->zone = STR("Europe/Berlin");
        e->end_at = e->start_at + HOUR;
        e->place = STR("Frankfurt \"am\" Main\\, {x}");
        e->expected = STR("2.4 %");
        e->previous = STR("2,1");
        e->is_tentative = true;
        return e;
}

static void test_copy(void **state)
{
        struct composed made;
        struct edition *again;
        struct err err = { 0 };
        struct buf b;
        struct day d;

        (void)state;
        day_open(&d);
        add(&d, "Verdict", FRIDAY + 9 * HOUR, EVENT_NORMAL)->url = STR("");
        add(&d, "All day", FRIDAY, EVENT_NORMAL)->is_all_day = true;
        d.events[1].end_at = FRIDAY + 48 * HOUR;
        d.events[1].category = STR("");
        strange(&d);
        made = compose(&d);
        if (str_find(made.copy,
                     STR("## What we’re watching today and over the weekend "
                         "{.agenda}\n\n"
                         "- **Courts**: Verdict. {at=2026-03-06T09:00+00:00 "
                         "event=1}\n"
                         "- **Courts**: A \\*vote\\* "),
                     0) == STR_NONE ||
            str_find(made.copy,
                     STR("[Diary](https://diary.example/1) "
                         "{at=2026-03-06T14:00+01:00 "
                         "until=2026-03-06T15:00+01:00 zone=Europe/Berlin "
                         "place=\"Frankfurt \\\"am\\\" Main\\\\, {x}\" "
                         "expected=\"2.4 %\" previous=2,1 .tentative event=3}"
                         "\n- All day. [Diary](https://diary.example/1) "
                         "{at=2026-03-06 until=2026-03-07 event=2}\n"),
                     0) == STR_NONE)
                fail_msg(STR_FMT, STR_ARG(made.copy));
        assert_ok(copy_read(d.a, made.copy, &again, &err), err);
        assert_true(copy_equal(again, made.edition));
        buf_init(&b, LIMIT_COPY_B);
        copy_write(&b, again);
        assert_true(str_eq(buf_str(&b), made.copy));
        buf_done(&b);
        arena_free(d.a);
}

static const struct article *find_article(void *user, struct str url)
{
        (void)user;
        return str_eq(url, article.url) ? &article : NULL;
}

static const struct event *find_event(void *user, int64_t id)
{
        const struct day *d = user;

        return id >= 1 && id <= (int64_t)d->in.n ? &d->events[id - 1] : NULL;
}

static struct verify_report verify(struct day *d, const struct composed *made,
                                   const struct edition *edited)
{
        const struct verify_input in = {
                .edition = edited ? edited : made->edition,
                .composed = edited ? made->edition : NULL,
                .phrases = phrases(d->a),
                .find = find_article,
                .find_event = find_event,
                .zone = d->in.zone,
                .user = d,
        };
        struct verify_report report;

        verify_edition(d->a, &in, &report);
        return report;
}

static void test_proof(void **state)
{
        struct verify_report r;
        struct composed made;
        struct day d;
        struct event *e, was;

        (void)state;
        day_open(&d);
        e = strange(&d);
        made = compose(&d);
        r = verify(&d, &made, NULL);
        for (size_t i = 0; i < r.n; i++)
                if (r.items[i].proof == PROOF_NONE)
                        fail_msg("not proved: " STR_FMT,
                                 STR_ARG(r.items[i].text));

        /* Whatever the event no longer says is found. */
        was = *e;
        e->title = STR("Another vote");
        assert_int_equal(verify(&d, &made, NULL).counts[PROOF_NONE], 1);
        *e = was;
        e->category = STR("Sport");
        assert_int_equal(verify(&d, &made, NULL).counts[PROOF_NONE], 1);
        *e = was;
        e->start_at += 60;
        assert_int_equal(verify(&d, &made, NULL).counts[PROOF_NONE], 1);
        *e = was;
        e->expected = STR("9 %");
        assert_int_equal(verify(&d, &made, NULL).counts[PROOF_NONE], 1);
        *e = was;
        e->place = STR("Elsewhere");
        assert_int_equal(verify(&d, &made, NULL).counts[PROOF_NONE], 1);
        *e = was;
        e->is_tentative = false;
        assert_int_equal(verify(&d, &made, NULL).counts[PROOF_NONE], 1);
        *e = was;
        e->url = STR("https://elsewhere.example/");
        assert_int_equal(verify(&d, &made, NULL).counts[PROOF_NONE], 1);
        *e = was;
        d.in.n = 0; /* no such event: nothing of its line is proved */
        assert_true(verify(&d, &made, NULL).counts[PROOF_NONE] >= 6);
        arena_free(d.a);
}

static void test_an_editors_event(void **state)
{
        struct verify_report r;
        struct composed made;
        struct edition *edited;
        struct err err = { 0 };
        struct day d;

        (void)state;
        day_open(&d);
        add(&d, "Verdict", FRIDAY + 9 * HOUR, EVENT_NORMAL);
        made = compose(&d);

        struct str copy = made.copy;
        size_t at = str_find(copy, STR("- **Courts**"), 0);
        struct str more = arena_printf(
                d.a,
                STR_FMT "- **Desk**: We go home. {at=2026-03-06}\n" STR_FMT,
                STR_ARG(str_sub(copy, 0, at)),
                STR_ARG(str_sub(copy, at, copy.n)));

        assert_ok(copy_read(d.a, more, &edited, &err), err);
        r = verify(&d, &made, edited);
        assert_int_equal(r.counts[PROOF_NONE], 0);
        assert_int_equal(r.counts[PROOF_EDITOR], 3);
        arena_free(d.a);
}

static void test_seasons(void **state)
{
        static const struct {
                const char *zone;
                int month;
                enum phrase_season season;
        } table[] = {
                { "Europe/Lisbon", 2, PHRASE_WINTER },
                { "Europe/Lisbon", 3, PHRASE_SPRING },
                { "Europe/Lisbon", 12, PHRASE_WINTER },
                { "America/New_York", 7, PHRASE_SUMMER },
                { "Africa/Cairo", 10, PHRASE_AUTUMN },
                { "Australia/Sydney", 1, PHRASE_SUMMER },
                { "America/Argentina/Salta", 7, PHRASE_WINTER },
                { "America/Sao_Paulo", 9, PHRASE_SPRING },
                { "Pacific/Auckland", 5, PHRASE_AUTUMN },
                { "Africa/Johannesburg", 12, PHRASE_SUMMER },
                { "Asia/Singapore", 1, PHRASE_NO_SEASON },
                { "America/Bogota", 7, PHRASE_NO_SEASON },
                { "Australia/Darwin", 7, PHRASE_NO_SEASON },
                { "Africa/Lagos", 7, PHRASE_NO_SEASON },
                { "UTC", 7, PHRASE_NO_SEASON },
                { "", 7, PHRASE_NO_SEASON },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
                struct civil date = { .year = 2026,
                                      .month = table[i].month,
                                      .day = 1 };

                if (season_of(str_c(table[i].zone), &date) != table[i].season)
                        fail_msg("%s in month %d", table[i].zone,
                                 table[i].month);
        }
}

UNIT_MAIN(cmocka_unit_test(test_seasons), cmocka_unit_test(test_easter),
          cmocka_unit_test(test_holidays), cmocka_unit_test(test_no_holidays),
          cmocka_unit_test(test_windows), cmocka_unit_test(test_chosen),
          cmocka_unit_test(test_twins_and_groups), cmocka_unit_test(test_mixed),
          cmocka_unit_test(test_copy), cmocka_unit_test(test_proof),
          cmocka_unit_test(test_an_editors_event))

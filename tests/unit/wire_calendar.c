/* Calendars: what each feature of RFC 5545 gives, and what bad ones cost. */

#include "unit.h"

#include <time.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "wire/calendar.h"

#define ARENA_B ((size_t)256 << 20)
#define FROM 1772755200 /* 2026-03-06T00:00:00Z */
#define TO (FROM + 30 * (int64_t)TIME_DAY_S)
#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define FOOT "END:VCALENDAR\r\n"
#define EVENT(lines)                                                           \
        "BEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Vote\r\n" lines "END:VEVENT\r\n"

static struct calendar read(struct arena *a, const char *text)
{
        const struct calendar_wish wish = { STR("Europe/Lisbon"), FROM, TO };
        struct err err = { 0 };
        struct calendar cal;

        assert_ok(calendar_read(a, str_c(text), &wish, &cal, &err), err);
        return cal;
}

static const char *rfc3339(struct arena *a, int64_t at)
{
        struct buf b;

        if (at == TIME_NONE)
                return "-";
        buf_init(&b, 64);
        time_put_rfc3339(&b, at);

        const char *s = arena_cstr(a, buf_str(&b));

        buf_done(&b);
        return s;
}

/* The starts, as "03-06T14:00 03-07T14:00", and a mark where there is one. */
static const char *starts(struct arena *a, const struct calendar *cal)
{
        struct str s = STR("");

        for (size_t i = 0; i < cal->n_items; i++) {
                const struct event *e = &cal->items[i];

                s = arena_printf(
                        a, STR_FMT "%s%.11s%s%s%s", STR_ARG(s), i ? " " : "",
                        rfc3339(a, e->start_at) + 5, e->is_all_day ? "d" : "",
                        e->is_cancelled ? "x" : "", e->is_tentative ? "?" : "");
        }
        return s.p;
}

struct occurrences {
        const char *what, *text, *want;
};

static void check(const struct occurrences *cases, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                struct arena *a = arena_new(ARENA_B);
                struct calendar cal = read(
                        a, arena_printf(a, HEAD "%s" FOOT, cases[i].text).p);

                if (strcmp(starts(a, &cal), cases[i].want) != 0)
                        fail_msg("%s: \"%s\" is not \"%s\"", cases[i].what,
                                 starts(a, &cal), cases[i].want);
                arena_free(a);
        }
}

#define CHECK(cases) check((cases), sizeof(cases) / sizeof(*(cases)))

static void test_times(void **state)
{
        static const struct occurrences cases[] = {
                { "in UTC", EVENT("DTSTART:20260306T140000Z\r\n"),
                  "03-06T14:00" },
                { "of no zone: the press's",
                  EVENT("DTSTART:20260401T140000\r\n"), "04-01T13:00" },
                { "a named zone",
                  EVENT("DTSTART;TZID=Europe/Berlin:20260306T140000\r\n"),
                  "03-06T13:00" },
                { "a zone in quotes",
                  EVENT("DTSTART;TZID=\"Asia/Tokyo\":20260306T140000\r\n"),
                  "03-06T05:00" },
                { "a long name of a zone",
                  EVENT("DTSTART;TZID=/old.example/2007_1/America/Argentina/"
                        "Buenos_Aires:20260306T140000\r\n"),
                  "03-06T17:00" },
                { "as Windows calls it",
                  EVENT("DTSTART;TZID=Eastern Standard Time:20260306T140000"
                        "\r\n"),
                  "03-06T19:00" },
                { "a zone that nobody knows",
                  EVENT("DTSTART;TZID=Mars/Olympus:20260306T140000\r\n"),
                  "03-06T14:00" },
                { "a whole day", EVENT("DTSTART;VALUE=DATE:20260306\r\n"),
                  "03-06T00:00d" },
                { "days under way",
                  EVENT("DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:"
                        "20260308\r\n"),
                  "03-01T00:00d" },
                { "days that are over",
                  EVENT("DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:"
                        "20260306\r\n"),
                  "" },
                { "hours under way",
                  EVENT("DTSTART:20260305T230000Z\r\nDURATION:PT2H\r\n"),
                  "03-05T23:00" },
                { "after all", EVENT("DTSTART:20260501T230000Z\r\n"), "" },
                { "folded",
                  EVENT("DTSTART;TZID=Europe/\r\n Berlin:2026030\r\n"
                        "\t6T140000\r\n"),
                  "03-06T13:00" },
                { "LF alone", EVENT("DTSTART:20260306T140000Z\n"),
                  "03-06T14:00" },
                { "a word of the calendar on its zone",
                  "X-WR-TIMEZONE:America/New_York\r\n" EVENT(
                          "DTSTART:20260306T140000\r\n"),
                  "03-06T19:00" },
        };

        (void)state;
        CHECK(cases);
}

static void test_zones_of_its_own(void **state)
{
        static const struct occurrences cases[] = {
                { "a zone the calendar describes",
                  EVENT("DTSTART;TZID=Ours:20260306T140000\r\n") "BEGIN:"
                                                                 "VTIMEZONE\r\n"
                                                                 "TZID:"
                                                                 "Ours\r\nBEGIN"
                                                                 ":STANDARD\r\n"
                                                                 "DTSTART:"
                                                                 "19701025T0300"
                                                                 "00\r\nTZOFFSE"
                                                                 "TFROM:+"
                                                                 "0645\r\n"
                                                                 "TZOFFSETTO:+"
                                                                 "0545\r\nRRULE"
                                                                 ":FREQ=YEARLY;"
                                                                 "BYMONTH=10;"
                                                                 "BYDAY="
                                                                 "-1SU\r\nEND:"
                                                                 "STANDARD\r\nB"
                                                                 "EGIN:"
                                                                 "DAYLIGHT\r\n"
                                                                 "DTSTART:"
                                                                 "19700301T0300"
                                                                 "00\r\nTZOFFSE"
                                                                 "TFROM:+"
                                                                 "0545\r\n"
                                                                 "TZOFFSETTO:+"
                                                                 "0645\r\nRRULE"
                                                                 ":FREQ=YEARLY;"
                                                                 "BYMONTH=3;"
                                                                 "BYDAY=1SU"
                                                                 "\r\nEND:"
                                                                 "DAYLIGHT\r\nE"
                                                                 "ND:"
                                                                 "VTIMEZONE\r"
                                                                 "\n",
                  "03-06T07:15" },
                { "that says where it is",
                  EVENT("DTSTART;TZID=Ours:20260306T140000\r\n") "BEGIN:"
                                                                 "VTIMEZONE\r\n"
                                                                 "TZID:"
                                                                 "Ours\r\nX-"
                                                                 "LIC-LOCATION:"
                                                                 "Asia/Tokyo"
                                                                 "\r\nBEGIN:"
                                                                 "STANDARD\r\nD"
                                                                 "TSTART:"
                                                                 "19701025T0300"
                                                                 "00\r\n"
                                                                 "TZOFFSETFROM:"
                                                                 "+0100\r\nTZOF"
                                                                 "FSETTO:+"
                                                                 "0100\r\nEND:"
                                                                 "STANDARD\r\n"
                                                                 "END:"
                                                                 "VTIMEZONE\r"
                                                                 "\n",
                  "03-06T05:00" },
                { "a zone that changes by the second is none",
                  EVENT("DTSTART;TZID=Ours:20260306T140000\r\n") "BEGIN:"
                                                                 "VTIMEZONE\r\n"
                                                                 "TZID:"
                                                                 "Ours\r\nBEGIN"
                                                                 ":STANDARD\r\n"
                                                                 "DTSTART:"
                                                                 "19701025T0300"
                                                                 "00\r\nTZOFFSE"
                                                                 "TFROM:+"
                                                                 "0100\r\n"
                                                                 "TZOFFSETTO:+"
                                                                 "0200\r\nRRULE"
                                                                 ":FREQ="
                                                                 "SECONDLY\r\nE"
                                                                 "ND:"
                                                                 "STANDARD\r\n"
                                                                 "END:"
                                                                 "VTIMEZONE\r"
                                                                 "\n",
                  "03-06T14:00" },
        };

        (void)state;
        CHECK(cases);
}

static void test_rules(void **state)
{
        static const struct occurrences cases[] = {
                { "weekly, over a change of the clocks",
                  EVENT("DTSTART;TZID=Europe/Berlin:20260106T140000\r\n"
                        "RRULE:FREQ=WEEKLY;INTERVAL=2\r\n"),
                  "03-17T13:00 03-31T12:00" },
                { "the first Friday",
                  EVENT("DTSTART:20200103T140000Z\r\n"
                        "RRULE:FREQ=MONTHLY;BYDAY=1FR\r\n"),
                  "03-06T14:00 04-03T14:00" },
                { "the last day of the month",
                  EVENT("DTSTART;VALUE=DATE:20200131\r\n"
                        "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\r\n"),
                  "03-31T00:00d" },
                { "three times",
                  EVENT("DTSTART:20260305T140000Z\r\n"
                        "RRULE:FREQ=DAILY;COUNT=3\r\n"),
                  "03-06T14:00 03-07T14:00" },
                { "three times, long ago",
                  EVENT("DTSTART:20100305T140000Z\r\n"
                        "RRULE:FREQ=DAILY;COUNT=3\r\n"),
                  "" },
                { "until an instant in UTC",
                  EVENT("DTSTART;TZID=Asia/Tokyo:20260306T080000\r\n"
                        "RRULE:FREQ=DAILY;UNTIL=20260306T230000Z\r\n"),
                  "03-06T23:00" },
                { "until a day",
                  EVENT("DTSTART:20260306T140000Z\r\n"
                        "RRULE:FREQ=DAILY;UNTIL=20260307\r\n"),
                  "03-06T14:00 03-07T14:00" },
                { "days until a day",
                  EVENT("DTSTART;VALUE=DATE:20260306\r\n"
                        "RRULE:FREQ=DAILY;UNTIL=20260307\r\n"),
                  "03-06T00:00d 03-07T00:00d" },
                { "until long ago",
                  EVENT("DTSTART:20100306T140000Z\r\n"
                        "RRULE:FREQ=DAILY;UNTIL=20110307T000000Z\r\n"),
                  "" },
                { "but not then",
                  EVENT("DTSTART;TZID=Europe/Berlin:20260306T140000\r\n"
                        "RRULE:FREQ=DAILY;COUNT=5\r\n"
                        "EXDATE;TZID=Europe/Berlin:20260307T140000,"
                        "20260308T140000\r\nEXDATE:20260309T130000Z\r\n"),
                  "03-06T13:00 03-10T13:00" },
                { "nor on that day",
                  EVENT("DTSTART;TZID=Asia/Tokyo:20260307T080000\r\n"
                        "RRULE:FREQ=DAILY;COUNT=3\r\n"
                        "EXDATE;VALUE=DATE:20260308\r\n"),
                  "03-06T23:00 03-08T23:00" },
                { "and then, too, once each",
                  EVENT("DTSTART:20260306T140000Z\r\nRRULE:FREQ=DAILY;COUNT=2"
                        "\r\nRDATE:20260307T140000Z,20260320T090000Z\r\n"
                        "RDATE;VALUE=PERIOD:20260321T090000Z/PT1H\r\n"),
                  "03-06T14:00 03-07T14:00 03-20T09:00 03-21T09:00" },
                { "dates alone",
                  EVENT("DTSTART;VALUE=DATE:20260306\r\n"
                        "RDATE;VALUE=DATE:20260310,20260312\r\n"),
                  "03-06T00:00d 03-10T00:00d 03-12T00:00d" },
                { "an hour of what lasts all day",
                  EVENT("DTSTART;VALUE=DATE:20260306\r\n"
                        "RDATE:20260310T090000Z\r\n"),
                  "03-06T00:00d 03-10T00:00d" },
                { "a day of what has an hour",
                  EVENT("DTSTART:20260307T140000Z\r\n"
                        "RDATE;VALUE=DATE:20260312\r\n"),
                  "03-07T14:00 03-12T14:00" },
                { "one is moved, one is off",
                  EVENT("DTSTART:20260306T140000Z\r\n"
                        "RRULE:FREQ=DAILY;COUNT=3\r\n")
                          EVENT("RECURRENCE-ID:20260307T140000Z\r\n"
                                "DTSTART:20260309T100000Z\r\n")
                                  EVENT("RECURRENCE-ID:20260308T140000Z\r\n"
                                        "DTSTART:20260308T140000Z\r\nSTATUS:"
                                        "CANCELLED\r\n"),
                  "03-06T14:00 03-09T10:00 03-08T14:00x" },
                { "moved out of sight",
                  EVENT("RECURRENCE-ID:20260307T140000Z\r\n"
                        "DTSTART:20270309T100000Z\r\n")
                          EVENT("DTSTART:20260306T140000Z\r\n"
                                "RRULE:FREQ=DAILY;COUNT=3\r\n"),
                  "03-06T14:00 03-08T14:00" },
        };

        (void)state;
        CHECK(cases);
}

static void test_which_word_counts(void **state)
{
        static const struct occurrences cases[] = {
                { "the higher sequence",
                  EVENT("SEQUENCE:2\r\nDTSTART:20260307T140000Z\r\n")
                          EVENT("SEQUENCE:1\r\nDTSTART:"
                                "20260308T140000Z\r\n"),
                  "03-07T14:00" },
                { "the later stamp",
                  EVENT("DTSTAMP:20260302T000000Z\r\n"
                        "DTSTART:20260307T140000Z\r\n")
                          EVENT("DTSTAMP:20260301T000000Z\r\n"
                                "DTSTART:20260308T140000Z\r\n"),
                  "03-07T14:00" },
                { "else the last",
                  EVENT("DTSTART:20260307T140000Z\r\n")
                          EVENT("DTSTART:20260308T140000Z\r\n"),
                  "03-08T14:00" },
                { "no uid: each by itself",
                  "BEGIN:VEVENT\r\nSUMMARY:a\r\nDTSTART:"
                  "20260307T140000Z\r\n"
                  "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:b\r\n"
                  "DTSTART:20260307T140000Z\r\nEND:VEVENT\r\n",
                  "03-07T14:00 03-07T14:00" },
                { "tentative, cancelled",
                  EVENT("DTSTART:20260307T140000Z\r\nSTATUS:"
                        "TENTATIVE\r\n") "BEGIN:VEVENT\r\nUID:"
                                         "v\r\nSUMMARY:Vote\r\nSTATUS:"
                                         "CANCELLED"
                                         "\r\nDTSTART:"
                                         "20260308T140000Z\r\nEND:"
                                         "VEVENT\r\n",
                  "03-07T14:00? 03-08T14:00x" },
                { "all of it withdrawn",
                  "METHOD:CANCEL\r\n" EVENT("DTSTART:20260307T140000Z\r\n"),
                  "03-07T14:00x" },
                { "not public",
                  EVENT("CLASS:PRIVATE\r\nDTSTART:"
                        "20260307T140000Z\r\n"),
                  "" },
        };

        (void)state;
        CHECK(cases);
}

static void test_what_is_said_of_it(void **state)
{
        struct arena *a = arena_new(ARENA_B);
        struct calendar cal = read(
                a, "\xEF\xBB\xBF" HEAD "X-WR-CALNAME:Rates\\, and more\r\n"
                   "X-PUBLISHED-TTL:PT6H\r\nBEGIN:VEVENT\r\nUID:u-1\r\n"
                   "SEQUENCE:3\r\nSUMMARY:The minutes\\; all <b>of</b> them\\n"
                   "at once\r\nLOCATION:Frankfurt\\, Germany\r\n"
                   "CATEGORIES:Monetary policy,Banks\r\nPRIORITY:2\r\n"
                   "URL:https://bank.example/minutes\r\n"
                   "X-BULLDOG-EXPECTED:2.4%\r\nX-BULLDOG-PREVIOUS:2.1%\r\n"
                   "DTSTART;TZID=Europe/Berlin:20260306T140000\r\n"
                   "DTEND;TZID=Europe/Berlin:20260306T153000\r\n"
                   "BEGIN:VALARM\r\nACTION:DISPLAY\r\nSUMMARY:Wake up\r\n"
                   "TRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\n"
                   "BEGIN:VTODO\r\nSUMMARY:Buy milk\r\nEND:VTODO\r\n" FOOT);
        const struct event *e = &cal.items[0];

        (void)state;
        assert_int_equal(cal.n_items, 1);
        assert_int_equal(cal.warnings.n, 0);
        assert_str(cal.title, "Rates, and more");
        assert_int_equal(cal.ttl_s, 6 * 3600);
        assert_str(e->uid, "u-1");
        assert_int_equal(e->sequence, 3);
        assert_str(e->title, "The minutes; all of them at once");
        assert_str(e->place, "Frankfurt, Germany");
        assert_str(e->category, "Monetary policy");
        assert_str(e->zone, "Europe/Berlin");
        assert_str(e->url, "https://bank.example/minutes");
        assert_str(e->expected, "2.4%");
        assert_str(e->previous, "2.1%");
        assert_int_equal(e->importance, EVENT_HIGH);
        assert_int_equal(e->end_at - e->start_at, 5400);
        arena_free(a);
}

/* Each costs itself only, and is named with its line. */
static void test_bad_events(void **state)
{
        static const struct {
                const char *text, *told;
        } cases[] = {
                { "BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260306T140000Z\r\n"
                  "END:VEVENT\r\n",
                  "line 3: an event without a title" },
                { "\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n",
                  "line 4: an event without a start" },
                { "BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:soon\r\nEND:VEVENT\r\n",
                  "line 3: an event without a start" },
                { "BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:20261306T140000Z\r\n"
                  "END:VEVENT\r\n",
                  "line 3: an event without a start" },
                { "BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:20260306T140000Z\r\n",
                  "line 3: an event that has no end" },
                { "BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:20260306T140000Z\r\n"
                  "RRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n",
                  "line 3: its rule of repetition is none that we follow" },
                { "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
                  "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n",
                  "line 3: an event without a start" },
                { "BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART;TZID=Nowhere/At All:"
                  "20260306T140000\r\nEND:VEVENT\r\n",
                  "line 3: nobody knows the zone \"Nowhere/At All\"" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct arena *a = arena_new(ARENA_B);
                struct calendar cal = read(
                        a, arena_printf(a,
                                        HEAD "%s" EVENT(
                                                "DTSTART:20260310T140000Z\r\n")
                                                FOOT,
                                        cases[i].text)
                                   .p);

                assert_true(cal.warnings.n > 0);
                if (!str_starts(cal.warnings.items[0], str_c(cases[i].told)))
                        fail_msg("\"%s\" is not \"%s\"",
                                 arena_cstr(a, cal.warnings.items[0]),
                                 cases[i].told);
                assert_str(cal.items[cal.n_items - 1].title, "Vote");
                arena_free(a);
        }
}

static void test_no_calendar(void **state)
{
        static const char *const texts[] = { "", "<html>",
                                             "BEGIN:VEVENT\r\nEND:VEVENT\r\n",
                                             "\0BEGIN:VCALENDAR" };
        const struct calendar_wish wish = { STR("UTC"), FROM, TO };
        struct arena *a = arena_new(ARENA_B);

        (void)state;
        for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
                struct err err = { 0 };
                struct calendar cal;

                assert_int_equal(
                        calendar_read(a, str_c(texts[i]), &wish, &cal, &err),
                        ERR_INPUT);
                assert_non_null(strstr(err.msg, "no calendar"));
        }
        arena_free(a);
}

/* A rule that would be followed for ever, n times over. */
static void put_bombs(struct buf *b, const char *rule, int n)
{
        buf_puts(b, HEAD);
        for (int i = 0; i < n; i++)
                buf_printf(b,
                           "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:x\r\n"
                           "DTSTART:19000301T100000Z\r\nRRULE:%s\r\n"
                           "END:VEVENT\r\n",
                           i, rule);
        buf_puts(b, EVENT("DTSTART:20260310T140000Z\r\n") FOOT);
}

static void test_bombs(void **state)
{
        static const char *const rules[] = {
                "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29",
                "FREQ=MINUTELY",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=10",
                "FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=1,2;BYSECOND=1,2",
                "FREQ=DAILY;COUNT=100000000",
                "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=2",
                "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4;COUNT=5",
                "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=50",
                "FREQ=MONTHLY;BYDAY=2MO;BYMONTHDAY=1;COUNT=5",
                "FREQ=DAILY;BYDAY=MO;BYSETPOS=9;BYMONTHDAY=31;BYMONTH=2,4",
                "FREQ=DAILY;INTERVAL=0",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=99",
                "RSCALE=CHINESE;FREQ=YEARLY;SKIP=FORWARD",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
                struct arena *a = arena_new(ARENA_B);
                struct calendar cal;
                struct buf b;
                clock_t began = clock();

                buf_init(&b, 1 << 20);
                put_bombs(&b, rules[i], 100);
                cal = read(a, buf_cstr(&b));
                /* Unbounded, the least of them takes 90. */
                if ((clock() - began) / CLOCKS_PER_SEC >= 30)
                        fail_msg("%s took too long", rules[i]);
                assert_true(cal.n_items >= 1 && cal.n_items <= LIMIT_EVENTS);
                buf_done(&b);
                arena_free(a);
        }
}

/* Dates of another season are nothing to hold against a calendar. */
static void test_many_anniversaries(void **state)
{
        struct arena *a = arena_new(ARENA_B);
        struct calendar cal;
        struct buf b;

        (void)state;
        buf_init(&b, 1 << 20);
        buf_puts(&b, HEAD);
        for (int i = 0; i < 400; i++)
                buf_printf(&b,
                           "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:Birthday\r\n"
                           "DTSTART;VALUE=DATE:19801003\r\n"
                           "RRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n",
                           i);
        buf_puts(&b, EVENT("DTSTART:20260306T140000Z\r\n"
                           "RRULE:FREQ=DAILY;COUNT=2\r\n") FOOT);
        cal = read(a, buf_cstr(&b));
        assert_int_equal(cal.n_items, 2);
        assert_int_equal(cal.warnings.n, 0);
        buf_done(&b);
        arena_free(a);
}

static void test_bounds(void **state)
{
        const struct calendar_wish wish = { STR("UTC"), FROM, TO };
        struct arena *a = arena_new(ARENA_B);
        struct err err = { 0 };
        struct calendar cal;
        struct buf b;

        (void)state;
        buf_init(&b, ARENA_B);
        put_bombs(&b, "FREQ=DAILY", 400);
        cal = read(a, buf_cstr(&b));
        assert_int_equal(cal.n_items, LIMIT_EVENTS);
        assert_non_null(strstr(cal.warnings.items[0].p, "more events"));

        buf_reset(&b);
        buf_puts(&b, HEAD);
        for (int i = 0; i <= LIMIT_CALENDAR_EVENTS; i++)
                buf_puts(&b, "BEGIN:VEVENT\nEND:VEVENT\n");
        assert_int_equal(calendar_read(a, buf_str(&b), &wish, &cal, &err),
                         ERR_LIMIT);

        buf_reset(&b);
        buf_puts(&b, HEAD "BEGIN:VEVENT\r\nSUMMARY:");
        for (int i = 0; i < LIMIT_EVENT_B; i++)
                buf_char(&b, 'x');
        buf_puts(&b, "\r\nEND:VEVENT\r\n" EVENT("DTSTART:20260310T140000Z\r\n")
                             FOOT);
        cal = read(a, buf_cstr(&b));
        assert_int_equal(cal.n_items, 1);
        assert_non_null(strstr(cal.warnings.items[0].p, "too long"));

        buf_reset(&b);
        buf_puts(&b, HEAD);
        for (int i = 0; i < 300000; i++)
                buf_puts(&b, "BEGIN:X\r\n");
        cal = read(a, buf_cstr(&b));
        assert_int_equal(cal.n_items, 0);
        buf_done(&b);
        arena_free(a);
}

static void test_wishes(void **state)
{
        struct arena *a = arena_new(65536);
        const struct calendar_wish wish = { STR("Europe/Berlin"), -5, 7 };
        struct calendar_wish got;
        struct err err = { 0 };

        (void)state;
        assert_ok(calendar_wish_get(calendar_wish_put(a, &wish), &got, &err),
                  err);
        assert_true(got.from == -5 && got.to == 7);
        assert_str(got.zone, "Europe/Berlin");
        assert_int_equal(calendar_wish_get(STR(""), &got, &err), ERR_INPUT);
        assert_int_equal(calendar_wish_get(STR("9 8 UTC"), &got, &err),
                         ERR_INPUT);
        assert_int_equal(calendar_wish_get(STR("0 999999999 UTC"), &got, &err),
                         ERR_INPUT);
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(test_times), cmocka_unit_test(test_zones_of_its_own),
          cmocka_unit_test(test_rules),
          cmocka_unit_test(test_which_word_counts),
          cmocka_unit_test(test_what_is_said_of_it),
          cmocka_unit_test(test_bad_events), cmocka_unit_test(test_no_calendar),
          cmocka_unit_test(test_bombs),
          cmocka_unit_test(test_many_anniversaries),
          cmocka_unit_test(test_bounds), cmocka_unit_test(test_wishes))

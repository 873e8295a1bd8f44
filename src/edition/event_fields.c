#include "edition/event_fields.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"

const char *const event_field_names =
        "start, time, end, zone, category, title, place, importance, "
        "expected, previous, tentative, cancelled, url, source, uid";

struct named {
        const char *name;
        int is;
};

static const struct named field_names[] = {
        { "start", EVENT_START },
        { "at", EVENT_START },
        { "date", EVENT_START },
        { "when", EVENT_START },
        { "startdate", EVENT_START },
        { "time", EVENT_TIME },
        { "starttime", EVENT_TIME },
        { "end", EVENT_END },
        { "until", EVENT_END },
        { "enddate", EVENT_END },
        { "zone", EVENT_ZONE },
        { "timezone", EVENT_ZONE },
        { "tz", EVENT_ZONE },
        { "category", EVENT_CATEGORY },
        { "topic", EVENT_CATEGORY },
        { "title", EVENT_TITLE },
        { "event", EVENT_TITLE },
        { "subject", EVENT_TITLE },
        { "summary", EVENT_TITLE },
        { "place", EVENT_PLACE },
        { "location", EVENT_PLACE },
        { "city", EVENT_PLACE },
        { "importance", EVENT_IMPORTANCE },
        { "impact", EVENT_IMPORTANCE },
        { "expected", EVENT_EXPECTED },
        { "forecast", EVENT_EXPECTED },
        { "consensus", EVENT_EXPECTED },
        { "previous", EVENT_PREVIOUS },
        { "prior", EVENT_PREVIOUS },
        { "tentative", EVENT_TENTATIVE },
        { "cancelled", EVENT_CANCELLED },
        { "canceled", EVENT_CANCELLED },
        { "url", EVENT_URL },
        { "link", EVENT_URL },
        { "source", EVENT_SOURCE },
        { "uid", EVENT_UID },
};

static const struct named importances[] = {
        { "low", EVENT_LOW },       { "normal", EVENT_NORMAL },
        { "medium", EVENT_NORMAL }, { "high", EVENT_HIGH },
        { "1", EVENT_LOW },         { "2", EVENT_NORMAL },
        { "3", EVENT_HIGH },
};

static const struct named answers[] = {
        { "yes", 1 }, { "no", 0 },        { "true", 1 }, { "false", 0 },
        { "1", 1 },   { "0", 0 },         { "x", 1 },    { "y", 1 },
        { "n", 0 },   { "tentative", 1 },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define FIND(table, s, otherwise) find((table), COUNT(table), (s), (otherwise))

static int find(const struct named *table, size_t n, struct str s, int none)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq_nocase(s, str_c(table[i].name)))
                        return table[i].is;
        return none;
}

enum event_field event_field_of(struct str name)
{
        char folded[32];
        size_t n = 0;

        for (size_t i = 0; i < name.n && n < sizeof(folded); i++)
                if (!chr_is_space(name.p[i]) && name.p[i] != '_' &&
                    name.p[i] != '-')
                        folded[n++] = name.p[i];
        return (enum event_field)FIND(field_names, ((struct str) { folded, n }),
                                      EVENT_FIELDS);
}

/* --- instants ----------------------------------------------------------- */

struct moment {
        struct civil day;
        int64_t at;
        bool is_day; /* at is midnight UTC of the date */
};

static int wrong_time(const char *field, struct str s, struct err *err)
{
        return err_set(err, ERR_INPUT,
                       "%s: \"" STR_FMT
                       "\" is no time: write 2026-03-06, 2026-03-06T14:00 or "
                       "2026-03-06T14:00+01:00",
                       field, STR_ARG(utf8_clip(s, 60)));
}

/* "14:00" or "9:30:15" at the front of *s. */
static bool take_clock(struct str *s, struct civil *c)
{
        int64_t hour, minute, second = 0;

        if (scan_digits(s, 2, &hour) < 0 || !str_starts(*s, STR(":")))
                return false;
        *s = str_sub(*s, 1, s->n);
        if (scan_digits(s, 2, &minute) < 0)
                return false;
        if (str_starts(*s, STR(":"))) {
                *s = str_sub(*s, 1, s->n);
                if (scan_digits(s, 2, &second) < 0)
                        return false;
        }
        c->hour = (int)hour;
        c->minute = (int)minute;
        c->second = (int)second;
        return hour < 24 && minute < 60 && second < 60;
}

static int parse_moment(const char *field, struct str s, struct str zone,
                        struct moment *ret, struct err *err)
{
        struct moment m = { 0 };
        struct str rest = str_sub(s, 10, s.n);

        if (time_parse_date(str_sub(s, 0, 10), &m.day, NULL) < 0)
                return wrong_time(field, s, err);
        if (!rest.n) {
                m.is_day = true;
                m.at = time_from_civil(&m.day);
                *ret = m;
                return 0;
        }
        if (*rest.p != 'T' && *rest.p != 't' && *rest.p != ' ')
                return wrong_time(field, s, err);
        rest = str_trim(str_sub(rest, 1, rest.n));
        if (!take_clock(&rest, &m.day))
                return wrong_time(field, s, err);
        if (!rest.n)
                m.at = time_from_zone(&m.day, zone);
        else if (time_parse_rfc3339(s, &m.at, NULL) < 0)
                return wrong_time(field, s, err);
        *ret = m;
        return 0;
}

/* --- the event ---------------------------------------------------------- */

/* Plain text of one line, no longer than max_b. */
static struct str text_of(struct arena *a, const struct event_fields *f,
                          enum event_field field, size_t max_b)
{
        struct str s = f->values[field];

        return s.n ? utf8_clip(utf8_fold_space(a, utf8_repair(a, s)), max_b)
                   : STR("");
}

static int set_times(struct arena *a, const struct event_fields *f,
                     struct event *e, struct err *err)
{
        struct str start = str_trim(f->values[EVENT_START]),
                   clock = str_trim(f->values[EVENT_TIME]),
                   end = str_trim(f->values[EVENT_END]),
                   zone = e->zone.n ? e->zone : f->zone;
        struct moment from, to;
        int rc;

        if (!start.n)
                return err_set(err, ERR_INPUT, "start: an event needs one");
        if (clock.n && start.n == 10)
                start = arena_printf(a, STR_FMT "T" STR_FMT, STR_ARG(start),
                                     STR_ARG(clock));
        rc = parse_moment("start", start, zone, &from, err);
        if (rc < 0)
                return rc;
        e->start_at = from.at;
        e->is_all_day = from.is_day;
        e->end_at = TIME_NONE;
        if (!end.n)
                return 0;
        rc = parse_moment("end", end, zone, &to, err);
        if (rc < 0)
                return rc;
        if (to.is_day != from.is_day || to.at < from.at)
                return err_set(err, ERR_INPUT,
                               "end: \"" STR_FMT
                               "\" does not come after the start \"" STR_FMT
                               "\"",
                               STR_ARG(utf8_clip(end, 60)),
                               STR_ARG(utf8_clip(start, 60)));
        e->end_at = to.is_day ? to.at + TIME_DAY_S : to.at;
        return 0;
}

/* A field that is one of a few words. */
struct choice {
        enum event_field field;
        const char *name, *meant;
        const struct named *table;
        size_t n;
};

static const struct choice importance = { EVENT_IMPORTANCE, "importance",
                                          "low, normal or high", importances,
                                          COUNT(importances) };
static const struct choice tentative = { EVENT_TENTATIVE, "tentative",
                                         "yes or no", answers, COUNT(answers) };
static const struct choice cancelled = { EVENT_CANCELLED, "cancelled",
                                         "yes or no", answers, COUNT(answers) };

static int choose(const struct event_fields *f, const struct choice *c,
                  int64_t *inout, struct err *err)
{
        struct str s = str_trim(f->values[c->field]);
        int is = s.n ? find(c->table, c->n, s, -1) : (int)*inout;

        if (is < 0)
                return err_set(err, ERR_INPUT, "%s: \"" STR_FMT "\" is not %s",
                               c->name, STR_ARG(utf8_clip(s, 60)), c->meant);
        *inout = is;
        return 0;
}

static int set_words(const struct event_fields *f, struct event *e,
                     struct err *err)
{
        int64_t may_change = 0, is_off = 0;
        int rc;

        e->importance = EVENT_NORMAL;
        rc = choose(f, &importance, &e->importance, err);
        if (rc == 0)
                rc = choose(f, &tentative, &may_change, err);
        if (rc == 0)
                rc = choose(f, &cancelled, &is_off, err);
        e->is_tentative = may_change != 0;
        e->is_cancelled = is_off != 0;
        return rc;
}

static struct str uid_of(struct arena *a, const struct event *e)
{
        struct str key = arena_printf(
                a, "%lld " STR_FMT, (long long)e->start_at, STR_ARG(e->title));

        return arena_printf(a, "%016llx", (unsigned long long)hash_stable(key));
}

int event_from_fields(struct arena *a, const struct event_fields *f,
                      struct event *ret, struct err *err)
{
        struct event e = {
                .category = text_of(a, f, EVENT_CATEGORY, LIMIT_CATEGORY_B),
                .title = text_of(a, f, EVENT_TITLE, LIMIT_TITLE_B),
                .place = text_of(a, f, EVENT_PLACE, LIMIT_PLACE_B),
                .zone = text_of(a, f, EVENT_ZONE, LIMIT_PLACE_B),
                .expected = text_of(a, f, EVENT_EXPECTED, LIMIT_FIGURE_B),
                .previous = text_of(a, f, EVENT_PREVIOUS, LIMIT_FIGURE_B),
                .url = text_of(a, f, EVENT_URL, LIMIT_URL_B),
                .source = text_of(a, f, EVENT_SOURCE, LIMIT_CATEGORY_B),
                .uid = text_of(a, f, EVENT_UID, LIMIT_UID_B),
                .recurrence = STR(""),
        };
        int rc = 0;

        if (!e.title.n)
                return err_set(err, ERR_INPUT, "title: an event needs one");
        if (e.url.n && !url_is_http(e.url))
                return err_set(err, ERR_INPUT,
                               "url: \"" STR_FMT
                               "\" is no http or https address",
                               STR_ARG(utf8_clip(e.url, 60)));
        if (e.zone.n && time_zone_check(e.zone, err) < 0)
                return err_add(err, "zone");
        rc = set_times(a, f, &e, err);
        if (rc == 0)
                rc = set_words(f, &e, err);
        if (rc < 0)
                return rc;
        if (!e.uid.n)
                e.uid = uid_of(a, &e);
        *ret = e;
        return 0;
}

/* One VEVENT by itself, as libical reads it. */

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/url.h"
#include "base/utf8.h"
#include "wire/calendar_entry.h"
#include "wire/text.h"

#define DATES_MAX 2000 /* RDATE and EXDATE of one event */
#define YEAR_LAST 9999
#define LENGTH_MAX_S (400 * (int64_t)TIME_DAY_S)

struct reading {
        const struct calendar_zones *zones;
        icalcomponent *c;
        struct calendar_entry *e;
        struct strs *warnings;
};

static void warn(struct reading *r, struct str text)
{
        struct strs *w = r->warnings;

        ARENA_GROW(r->zones->a, w->items, w->n, w->cap);
        w->items[w->n++] = text;
}

/* --- texts -------------------------------------------------------------- */

/* One line of plain text: many calendars put HTML into theirs. */
static struct str plain(struct arena *a, const char *text, size_t max_b)
{
        struct str s = str_c(text);

        if (!s.n)
                return STR("");
        s = utf8_repair(a, str_sub(s, 0, 8 * max_b));
        if (text_looks_like_html(s))
                s = text_line_from_html(a, s);
        return utf8_clip(utf8_fold_space(a, s), max_b);
}

static struct str text_of(const struct reading *r, icalproperty_kind kind,
                          size_t max_b)
{
        icalproperty *p = icalcomponent_get_first_property(r->c, kind);
        icalvalue *v = p ? icalproperty_get_value(p) : NULL;
        const char *text = NULL;

        if (v && icalvalue_isa(v) == ICAL_TEXT_VALUE)
                text = icalvalue_get_text(v);
        else if (v && icalvalue_isa(v) == ICAL_URI_VALUE)
                text = icalvalue_get_uri(v);
        else if (v && icalvalue_isa(v) == ICAL_X_VALUE)
                text = icalvalue_get_x(v);
        return plain(r->zones->a, text, max_b);
}

/* A property of our own, such as X-BULLDOG-EXPECTED. */
static struct str own_text(const struct reading *r, const char *name,
                           size_t max_b)
{
        for (icalproperty *p =
                     icalcomponent_get_first_property(r->c, ICAL_X_PROPERTY);
             p; p = icalcomponent_get_next_property(r->c, ICAL_X_PROPERTY)) {
                const char *is = icalproperty_get_x_name(p);

                if (is && str_eq_nocase(str_c(is), str_c(name)))
                        return plain(r->zones->a, icalproperty_get_x(p), max_b);
        }
        return STR("");
}

/* --- times -------------------------------------------------------------- */

static bool is_sane(const struct icaltimetype *t)
{
        return t->year >= 1 && t->year <= YEAR_LAST && t->month >= 1 &&
               t->month <= 12 && t->day >= 1 && t->day <= 31 && t->hour >= 0 &&
               t->hour <= 24 && t->minute >= 0 && t->minute <= 59 &&
               t->second >= 0 && t->second <= 60;
}

static struct calendar_zone zone_of(struct reading *r, icalproperty *p,
                                    bool is_utc)
{
        icalparameter *id =
                icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
        struct str name = str_c(id ? icalparameter_get_tzid(id) : NULL);
        struct calendar_zone z = { .name = STR("UTC") };
        bool is_known = true;

        if (!is_utc)
                z = calendar_zone_find(r->zones, name, &is_known);
        if (!is_known)
                warn(r, arena_printf(r->zones->a,
                                     "nobody knows the zone \"" STR_FMT
                                     "\": its times are read as of " STR_FMT,
                                     STR_ARG(utf8_repair(r->zones->a,
                                                         utf8_clip(name, 60))),
                                     STR_ARG(r->zones->fallback)));
        return z;
}

static bool time_of(struct reading *r, icalproperty *p,
                    const struct icaltimetype *t, struct calendar_time *ret)
{
        if (icaltime_is_null_time(*t) || !is_sane(t))
                return false;
        *ret = (struct calendar_time) {
                .wall = { .year = t->year, .month = t->month, .day = t->day },
                .is_day = t->is_date,
        };
        if (t->is_date)
                return true;
        ret->wall.hour = t->hour;
        ret->wall.minute = t->minute;
        ret->wall.second = t->second;
        ret->zone = zone_of(r, p, icaltime_is_utc(*t));
        return true;
}

/* The value of DTSTART, DTEND, RECURRENCE-ID: a date or a moment. */
static bool single_time(struct reading *r, icalproperty_kind kind,
                        struct calendar_time *ret)
{
        icalproperty *p = icalcomponent_get_first_property(r->c, kind);
        icalvalue *v = p ? icalproperty_get_value(p) : NULL;
        struct icaltimetype t;

        if (!v)
                return false;
        if (icalvalue_isa(v) == ICAL_DATE_VALUE)
                t = icalvalue_get_date(v);
        else if (icalvalue_isa(v) == ICAL_DATETIME_VALUE)
                t = icalvalue_get_datetime(v);
        else
                return false;
        return time_of(r, p, &t, ret);
}

/* All values of EXDATE, or of RDATE, whose periods count by their start. */
static void all_times(struct reading *r, icalproperty_kind kind,
                      struct calendar_times *ret)
{
        for (icalproperty *p = icalcomponent_get_first_property(r->c, kind);
             p && ret->n < DATES_MAX;
             p = icalcomponent_get_next_property(r->c, kind)) {
                icalvalue *v = icalproperty_get_value(p);
                struct icaltimetype t = icaltime_null_time();
                struct calendar_time found;

                if (!v)
                        continue;
                if (icalvalue_isa(v) == ICAL_DATE_VALUE)
                        t = icalvalue_get_date(v);
                else if (icalvalue_isa(v) == ICAL_DATETIME_VALUE)
                        t = icalvalue_get_datetime(v);
                else if (icalvalue_isa(v) == ICAL_PERIOD_VALUE)
                        t = icalvalue_get_period(v).start;
                else if (icalvalue_isa(v) == ICAL_DATETIMEPERIOD_VALUE)
                        t = icalvalue_get_datetimeperiod(v).time;
                if (!time_of(r, p, &t, &found))
                        continue;
                ARENA_GROW(r->zones->a, ret->items, ret->n, ret->cap);
                ret->items[ret->n++] = found;
        }
}

static int64_t length_of(struct reading *r)
{
        icalproperty *p =
                icalcomponent_get_first_property(r->c, ICAL_DURATION_PROPERTY);
        struct calendar_time end;
        int64_t length = -1;

        if (single_time(r, ICAL_DTEND_PROPERTY, &end) &&
            end.is_day == r->e->start.is_day)
                length =
                        calendar_time_at(&end) - calendar_time_at(&r->e->start);
        else if (p)
                length = icaldurationtype_as_int(icalproperty_get_duration(p));
        if (length <= 0 || length > LENGTH_MAX_S)
                length = -1;
        if (length < 0 && r->e->start.is_day)
                length = TIME_DAY_S;
        return length;
}

/* When this word of the event was written: the later one counts. */
static int64_t stamp_of(struct reading *r)
{
        struct calendar_time t;

        if (!single_time(r, ICAL_LASTMODIFIED_PROPERTY, &t) &&
            !single_time(r, ICAL_DTSTAMP_PROPERTY, &t))
                return 0;
        return calendar_time_at(&t);
}

/* --- the event ---------------------------------------------------------- */

static int64_t number_of(const struct reading *r, icalproperty_kind kind,
                         int64_t otherwise)
{
        icalproperty *p = icalcomponent_get_first_property(r->c, kind);
        icalvalue *v = p ? icalproperty_get_value(p) : NULL;

        return v && icalvalue_isa(v) == ICAL_INTEGER_VALUE
                       ? icalvalue_get_integer(v)
                       : otherwise;
}

/* PRIORITY: 1 is the highest, 9 the lowest, 0 says nothing. */
static int64_t importance_of(const struct reading *r)
{
        int64_t n = number_of(r, ICAL_PRIORITY_PROPERTY, 0);

        return n >= 1 && n <= 4   ? EVENT_HIGH
               : n >= 6 && n <= 9 ? EVENT_LOW
                                  : EVENT_NORMAL;
}

static bool is_private(const struct reading *r)
{
        icalproperty *p =
                icalcomponent_get_first_property(r->c, ICAL_CLASS_PROPERTY);
        enum icalproperty_class is =
                p ? icalproperty_get_class(p) : ICAL_CLASS_PUBLIC;

        return is == ICAL_CLASS_PRIVATE || is == ICAL_CLASS_CONFIDENTIAL;
}

static void read_status(struct reading *r)
{
        icalproperty *p =
                icalcomponent_get_first_property(r->c, ICAL_STATUS_PROPERTY);
        enum icalproperty_status is =
                p ? icalproperty_get_status(p) : ICAL_STATUS_NONE;

        r->e->event.is_tentative = is == ICAL_STATUS_TENTATIVE;
        r->e->event.is_cancelled = is == ICAL_STATUS_CANCELLED;
}

static void read_rule(struct reading *r)
{
        icalproperty *p =
                icalcomponent_get_first_property(r->c, ICAL_RRULE_PROPERTY);
        icalvalue *v = p ? icalproperty_get_value(p) : NULL;

        if (v && icalvalue_isa(v) == ICAL_RECUR_VALUE) {
                r->e->rule = icalvalue_get_recur(v);
                r->e->has_rule = true;
        }
        all_times(r, ICAL_RDATE_PROPERTY, &r->e->added);
        all_times(r, ICAL_EXDATE_PROPERTY, &r->e->left_out);
}

static int read_event(struct reading *r, struct err *err)
{
        struct calendar_entry *e = r->e;

        if (is_private(r))
                return err_set(err, ERR_ABSENT, "it is not public");
        e->event = (struct event) {
                .uid = text_of(r, ICAL_UID_PROPERTY, LIMIT_UID_B),
                .title = text_of(r, ICAL_SUMMARY_PROPERTY, LIMIT_TITLE_B),
                .category =
                        text_of(r, ICAL_CATEGORIES_PROPERTY, LIMIT_CATEGORY_B),
                .place = text_of(r, ICAL_LOCATION_PROPERTY, LIMIT_PLACE_B),
                .url = text_of(r, ICAL_URL_PROPERTY, LIMIT_URL_B),
                .expected = own_text(r, "X-BULLDOG-EXPECTED", LIMIT_FIGURE_B),
                .previous = own_text(r, "X-BULLDOG-PREVIOUS", LIMIT_FIGURE_B),
                .sequence = number_of(r, ICAL_SEQUENCE_PROPERTY, 0),
                .importance = importance_of(r),
        };
        if (e->event.sequence < 0)
                e->event.sequence = 0;
        if (!e->event.title.n)
                return err_set(err, ERR_INPUT, "an event without a title");
        if (!single_time(r, ICAL_DTSTART_PROPERTY, &e->start))
                return err_set(err, ERR_INPUT,
                               "an event without a start that can be read: "
                               "\"" STR_FMT "\"",
                               STR_ARG(utf8_clip(e->event.title, 60)));
        if (!url_is_http(e->event.url))
                e->event.url = STR("");
        if (e->start.zone.name.n && !str_eq(e->start.zone.name, STR("UTC")))
                e->event.zone = e->start.zone.name;
        e->event.is_all_day = e->start.is_day;
        e->length_s = length_of(r);
        e->has_original =
                single_time(r, ICAL_RECURRENCEID_PROPERTY, &e->original);
        e->stamp_at = stamp_of(r);
        read_status(r);
        read_rule(r);
        return 0;
}

int calendar_entry_read(const struct calendar_zones *z, struct str block,
                        struct calendar_entry *ret, struct strs *warnings,
                        struct err *err)
{
        struct calendar_entry e = { .line = ret->line };
        struct reading r = { .zones = z, .e = &e, .warnings = warnings };
        int rc;

        r.c = icalparser_parse_string(arena_cstr(z->a, block));
        if (!r.c || icalcomponent_isa(r.c) != ICAL_VEVENT_COMPONENT)
                rc = err_set(err, ERR_INPUT, "an event that can't be read");
        else
                rc = read_event(&r, err);
        if (r.c)
                icalcomponent_free(r.c);
        if (rc == 0)
                *ret = e;
        return rc;
}

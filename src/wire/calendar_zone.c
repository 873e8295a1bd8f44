/* Zones of a calendar, by whatever name it calls them. */

#include <string.h>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "wire/calendar_entry.h"

#define NAME_MAX_B 128
#define OWN_MAX 100
#define RULES_MAX 60 /* of one zone */

/* "W. Europe Standard Time", as Outlook says. */
static bool find_windows(struct arena *a, struct str id, struct str *ret)
{
        UChar name[NAME_MAX_B], found[NAME_MAX_B];
        char out[NAME_MAX_B * 3];
        UErrorCode status = U_ZERO_ERROR;
        int32_t n = 0;

        if (!id.n || id.n >= NAME_MAX_B)
                return false;
        u_strFromUTF8(name, NAME_MAX_B, &n, id.p, (int32_t)id.n, &status);
        n = ucal_getTimeZoneIDForWindowsID(name, n, NULL, found, NAME_MAX_B,
                                           &status);
        if (U_FAILURE(status) || n <= 0)
                return false;
        u_strToUTF8(out, sizeof(out), &n, found, n, &status);
        if (U_FAILURE(status))
                return false;
        *ret = arena_str(a, (struct str) { out, (size_t)n });
        return true;
}

/* The name itself, or what stands at the end of one such as
 * "/example.org/20070129_1/Europe/Berlin". */
static bool find_iana(struct str id, struct str *ret)
{
        for (;;) {
                size_t slash = str_chr(id, '/', 0);

                if (time_zone_check(id, NULL) == 0) {
                        *ret = id;
                        return true;
                }
                if (slash == STR_NONE ||
                    str_chr(id, '/', slash + 1) == STR_NONE)
                        return false;
                id = str_sub(id, slash + 1, id.n);
        }
}

static icaltimezone *find_own(const struct calendar_zones *z, struct str id)
{
        for (size_t i = 0; i < z->n_own; i++)
                if (str_eq(z->own[i].id, id))
                        return z->own[i].zone;
        return NULL;
}

struct calendar_zone calendar_zone_find(const struct calendar_zones *z,
                                        struct str id, bool *ret_known)
{
        struct calendar_zone found = { 0 };
        struct str place = STR_NULL;

        id = str_trim(id);
        *ret_known = true;
        if (id.n && find_iana(id, &found.name)) {
                found.name = arena_str(z->a, found.name);
                return found;
        }
        if (find_windows(z->a, id, &found.name))
                return found;
        found.own = find_own(z, id);
        if (found.own)
                place = str_c(icaltimezone_get_location(found.own));
        if (place.n && find_iana(place, &found.name)) {
                found.name = arena_str(z->a, found.name);
                found.own = NULL;
        }
        if (found.own || found.name.n)
                return found;
        *ret_known = !id.n;
        return (struct calendar_zone) { .name = z->fallback };
}

/* A zone changes its clock a few times a year, and never by the second: what
 * says otherwise would be followed for ever. */
static bool is_sane(icalcomponent *zone)
{
        size_t n = 0;

        for (icalcomponent *c = icalcomponent_get_first_component(
                     zone, ICAL_ANY_COMPONENT);
             c;
             c = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
                icalproperty *start = icalcomponent_get_first_property(
                        c, ICAL_DTSTART_PROPERTY);

                if (++n > RULES_MAX || !start ||
                    icalproperty_get_dtstart(start).year < 1)
                        return false;
                for (icalproperty *p = icalcomponent_get_first_property(
                             c, ICAL_RRULE_PROPERTY);
                     p; p = icalcomponent_get_next_property(
                                c, ICAL_RRULE_PROPERTY))
                        if (++n > RULES_MAX || icalproperty_get_rrule(p).freq !=
                                                       ICAL_YEARLY_RECURRENCE)
                                return false;
        }
        return n > 0;
}

void calendar_zone_add(struct calendar_zones *z, struct str block)
{
        icalcomponent *c = icalparser_parse_string(arena_cstr(z->a, block));
        icalproperty *id;
        icaltimezone *zone;

        if (!c || icalcomponent_isa(c) != ICAL_VTIMEZONE_COMPONENT ||
            z->n_own == OWN_MAX || !is_sane(c)) {
                if (c)
                        icalcomponent_free(c);
                return;
        }
        zone = icaltimezone_new();
        id = icalcomponent_get_first_property(c, ICAL_TZID_PROPERTY);

        struct str name = str_c(id ? icalproperty_get_tzid(id) : NULL);

        name = arena_str(z->a, str_trim(name));
        if (!name.n || !icaltimezone_set_component(zone, c)) {
                icalcomponent_free(c);
                icaltimezone_free(zone, 1);
                return;
        }
        ARENA_GROW(z->a, z->own, z->n_own, z->cap_own);
        z->own[z->n_own++] = (struct own_zone) { name, zone };
}

void calendar_zones_done(struct calendar_zones *z)
{
        for (size_t i = 0; i < z->n_own; i++)
                icaltimezone_free(z->own[i].zone, 1);
        z->n_own = 0;
}

static struct icaltimetype ical_of(const struct civil *c)
{
        struct icaltimetype t = icaltime_null_time();

        t.year = c->year;
        t.month = c->month;
        t.day = c->day;
        t.hour = c->hour;
        t.minute = c->minute;
        t.second = c->second;
        return t;
}

int64_t calendar_zone_instant(const struct calendar_zone *z,
                              const struct civil *c)
{
        struct icaltimetype t;
        int is_summer;

        if (z->name.n)
                return time_from_zone(c, z->name);
        if (!z->own)
                return time_from_civil(c);
        t = ical_of(c);
        return time_from_civil(c) -
               icaltimezone_get_utc_offset(z->own, &t, &is_summer);
}

struct civil calendar_zone_wall(const struct calendar_zone *z, int64_t at)
{
        struct civil c;
        struct icaltimetype t;
        int is_summer;

        if (z->name.n)
                return time_in_zone(at, z->name);
        c = time_to_civil(at);
        if (!z->own)
                return c;
        t = ical_of(&c);
        return time_to_civil(at + icaltimezone_get_utc_offset_of_utc_time(
                                          z->own, &t, &is_summer));
}

int64_t calendar_time_at(const struct calendar_time *t)
{
        return t->is_day ? time_from_civil(&t->wall)
                         : calendar_zone_instant(&t->zone, &t->wall);
}

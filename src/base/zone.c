/* The part of time.h that needs ICU: named time zones. */

#include <string.h>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/time.h"

#define ZONE_NAME_MAX 64

/* The zone's name for ICU; false when it is no name at all. */
static bool zone_name(struct str zone, UChar *out)
{
        if (zone.n == 0 || zone.n >= ZONE_NAME_MAX)
                return false;
        for (size_t i = 0; i < zone.n; i++) {
                if ((unsigned char)zone.p[i] >= 0x80)
                        return false;
                out[i] = (UChar)zone.p[i];
        }
        out[zone.n] = 0;
        return true;
}

int time_zone_check(struct str zone, struct err *err)
{
        UChar name[ZONE_NAME_MAX], canonical[ZONE_NAME_MAX];
        UErrorCode status = U_ZERO_ERROR;
        UBool is_system = false;

        if (zone_name(zone, name))
                ucal_getCanonicalTimeZoneID(name, -1, canonical, ZONE_NAME_MAX,
                                            &is_system, &status);
        if (!is_system || U_FAILURE(status))
                return err_set(err, ERR_INPUT,
                               "there is no time zone \"" STR_FMT
                               "\": give a name such as Europe/Lisbon or UTC",
                               STR_ARG(str_sub(zone, 0, 60)));
        return 0;
}

/* One calendar is kept: opening one costs more than all its use. */
static UCalendar *calendar_for(struct str zone)
{
        static UCalendar *kept;
        static UChar kept_name[ZONE_NAME_MAX];
        UChar name[ZONE_NAME_MAX];
        UErrorCode status = U_ZERO_ERROR;

        if (!zone_name(zone, name))
                u_uastrcpy(name, "UTC");
        if (kept && u_strcmp(name, kept_name) == 0)
                return kept;
        ucal_close(kept);
        kept = ucal_open(name, -1, "en", UCAL_GREGORIAN, &status);
        if (U_FAILURE(status))
                kept = NULL;
        else
                u_strcpy(kept_name, name);
        return kept;
}

static int64_t offset_at(UCalendar *cal, int64_t at)
{
        UErrorCode status = U_ZERO_ERROR;

        ucal_setMillis(cal, (double)at * 1000.0, &status);

        int32_t ms = ucal_get(cal, UCAL_ZONE_OFFSET, &status) +
                     ucal_get(cal, UCAL_DST_OFFSET, &status);

        return U_FAILURE(status) ? 0 : ms / 1000;
}

struct civil time_in_zone(int64_t at, struct str zone)
{
        UCalendar *cal = calendar_for(zone);

        return time_to_civil(cal ? at + offset_at(cal, at) : at);
}

int64_t time_from_zone(const struct civil *c, struct str zone)
{
        UCalendar *cal = calendar_for(zone);
        int64_t wall = time_from_civil(c);

        if (!cal)
                return wall;

        /*
         * The offset of the day before holds until a change; in a repeated
         * hour that gives the first of the two, in a gap the moment after it.
         */
        int64_t at = wall - offset_at(cal, wall - TIME_DAY_S);
        int64_t after = wall - offset_at(cal, wall + TIME_DAY_S);

        if (at + offset_at(cal, at) != wall &&
            after + offset_at(cal, after) == wall)
                return after;
        return at;
}

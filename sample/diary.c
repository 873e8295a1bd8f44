#include "diary.h"

#include "base/buf.h"
#include "base/scan.h"
#include "base/time.h"

static void put_day(struct buf *out, int64_t edition_at, int64_t days)
{
        struct civil c = time_to_civil(edition_at + days * TIME_DAY_S);

        buf_printf(out, "%04d%02d%02d", c.year, c.month, c.day);
}

void diary_put(struct buf *out, struct str text, int64_t edition_at,
               struct str base)
{
        struct str part, name;
        int64_t days;

        while (text.p && str_cut(&text, '{', &part)) {
                buf_put(out, part);
                if (!text.p || !str_cut(&text, '}', &name))
                        break;
                if (str_eq(name, STR("BASE")))
                        buf_put(out, base);
                else if (scan_i64(name, -10000, 1000, &days) == 0)
                        put_day(out, edition_at, days);
        }
}

#include "wire/feed_pace.h"

#include "base/scan.h"
#include "base/time.h"
#include "wire/item.h"
#include "wire/xml.h"

#define TIMES_MOST 10000
#define ALL_HOURS 0xffffffu
#define ALL_DAYS 0x7fu

static struct str text_of(struct xml *x)
{
        struct xml_leaf leaf;

        xml_leaf(x, &leaf);
        return str_trim(xml_text(x, &leaf));
}

static int64_t period_of(struct str s)
{
        static const struct {
                struct str name;
                int64_t seconds;
        } periods[] = {
                { STR_INIT("hourly"), 3600 },
                { STR_INIT("daily"), TIME_DAY_S },
                { STR_INIT("weekly"), 7 * TIME_DAY_S },
                { STR_INIT("monthly"), 30 * TIME_DAY_S },
                { STR_INIT("yearly"), 365 * TIME_DAY_S },
        };

        for (size_t i = 0; i < sizeof(periods) / sizeof(*periods); i++)
                if (str_eq_nocase(s, periods[i].name))
                        return periods[i].seconds;
        return 0;
}

/* The feed's own ttl, where there is one, is the clearer word. */
static void settle(const struct feed_pace *p, struct feed_doc *doc)
{
        if (p->period_s && !doc->ttl_s)
                doc->ttl_s = p->period_s / (p->times ? p->times : 1);
}

static void read_hours(struct xml *x, struct feed_doc *doc)
{
        int depth = x->depth;
        uint64_t hour;

        while (xml_child(x, depth))
                if (str_eq_nocase(xml_local(x), STR("hour")) &&
                    scan_u64(text_of(x), 24, &hour) == 0)
                        doc->skip_hours |= 1u << hour % 24;
        if (doc->skip_hours == ALL_HOURS) /* never is no answer */
                doc->skip_hours = 0;
}

static void read_days(struct xml *x, struct feed_doc *doc)
{
        static const char days[] = "montuewedthufrisatsun";
        int depth = x->depth;

        while (xml_child(x, depth)) {
                if (!str_eq_nocase(xml_local(x), STR("day")))
                        continue;

                struct str day = str_sub(text_of(x), 0, 3);

                for (unsigned i = 0; day.n == 3 && i < 7; i++)
                        if (str_eq_nocase(day,
                                          str_sub(str_c(days), 3ul * i, 3)))
                                doc->skip_days |= 1u << i;
        }
        if (doc->skip_days == ALL_DAYS)
                doc->skip_days = 0;
}

bool feed_pace_read(struct feed_pace *p, struct xml *x, struct feed_doc *doc)
{
        uint64_t n;

        if (xml_is(x, XML_NONE | XML_RSS, STR("skipHours"))) {
                read_hours(x, doc);
        } else if (xml_is(x, XML_NONE | XML_RSS, STR("skipDays"))) {
                read_days(x, doc);
        } else if (xml_is(x, XML_SYNDICATION, STR("updatePeriod"))) {
                p->period_s = period_of(text_of(x));
                settle(p, doc);
        } else if (xml_is(x, XML_SYNDICATION, STR("updateFrequency"))) {
                if (scan_u64(text_of(x), TIMES_MOST, &n) == 0 && n) {
                        if (p->period_s && doc->ttl_s == p->period_s)
                                doc->ttl_s = 0; /* what we made of it */
                        p->times = (int64_t)n;
                        settle(p, doc);
                }
        } else {
                return false;
        }
        return true;
}

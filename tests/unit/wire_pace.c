#include "unit.h"

#include "wire/feed.h"

/* When feeds ask to be read. */
static void test_pace(void **state)
{
        static const struct {
                const char *channel;
                int64_t ttl_s;
                uint32_t hours, days;
        } rows[] = {
                { "", 0, 0, 0 },
                { "<ttl>90</ttl>", 5400, 0, 0 },
                { "<skipHours><hour>0</hour><hour> 3 </hour></skipHours>", 0, 9,
                  0 },
                { "<skipHours><hour>24</hour><hour>25</hour><hour>x</hour>"
                  "</skipHours>",
                  0, 1, 0 },
                { "<skipDays><day>Saturday</day><day>sunday</day>"
                  "<day>Someday</day></skipDays>",
                  0, 0, 0x60 },
                { "<skipDays><day>Monday</day></skipDays>"
                  "<skipHours><hour>1</hour></skipHours><ttl>60</ttl>",
                  3600, 2, 1 },
                { "<sy:updatePeriod>hourly</sy:updatePeriod>", 3600, 0, 0 },
                { "<sy:updatePeriod> daily </sy:updatePeriod>"
                  "<sy:updateFrequency>4</sy:updateFrequency>",
                  21600, 0, 0 },
                { "<sy:updateFrequency>2</sy:updateFrequency>"
                  "<sy:updatePeriod>hourly</sy:updatePeriod>",
                  1800, 0, 0 },
                { "<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 1800,
                  0, 0 },
                { "<sy:updatePeriod>sometimes</sy:updatePeriod>"
                  "<sy:updateFrequency>0</sy:updateFrequency>",
                  0, 0, 0 },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct arena *a = arena_new(1 << 22);
                struct str text = arena_printf(
                        a,
                        "<rss version=\"2.0\" xmlns:sy=\"http://purl.org/rss/"
                        "1.0/modules/syndication/\"><channel><title>T</title>"
                        "%s<item><title>I</title></item></channel></rss>",
                        rows[i].channel);
                const struct feed_doc *doc;
                struct err err;

                assert_ok(feed_parse(a, text, STR_NULL, STR_NULL, &doc, &err),
                          err);
                if (doc->ttl_s != rows[i].ttl_s ||
                    doc->skip_hours != rows[i].hours ||
                    doc->skip_days != rows[i].days)
                        fail_msg("row %zu: %lld %x %x", i,
                                 (long long)doc->ttl_s, doc->skip_hours,
                                 doc->skip_days);
                assert_int_equal(doc->n_items, 1);
                arena_free(a);
        }
}

/* All of them, told as never: that is no answer. */
static void test_never(void **state)
{
        struct arena *a = arena_new(1 << 22);
        struct str hours = STR("");
        const struct feed_doc *doc;
        struct err err;

        (void)state;
        for (int i = 0; i < 24; i++)
                hours = arena_printf(a, STR_FMT "<hour>%d</hour>",
                                     STR_ARG(hours), i);
        assert_ok(feed_parse(a,
                             arena_printf(a,
                                          "<rss><channel><skipHours>" STR_FMT
                                          "</skipHours></channel></rss>",
                                          STR_ARG(hours)),
                             STR_NULL, STR_NULL, &doc, &err),
                  err);
        assert_int_equal(doc->skip_hours, 0);
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(test_pace), cmocka_unit_test(test_never))

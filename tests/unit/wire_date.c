/* Dates as feeds and pages write them. */

#include "base/buf.h"
#include "base/time.h"
#include "unit.h"
#include "wire/date.h"

static void reads(void **state)
{
        static const struct {
                const char *in, *want; /* NULL: none may be made up */
        } cases[] = {
                /* RFC 822 and what is made of it. */
                { "Fri, 06 Mar 2026 05:30:00 GMT", "2026-03-06T05:30:00Z" },
                { "Fri, 06 Mar 2026 05:30:00 +0100", "2026-03-06T04:30:00Z" },
                { "Fri, 06 Mar 2026 05:30:00 EST", "2026-03-06T10:30:00Z" },
                { "Mon, 06 Jul 2026 05:30:00 EDT", "2026-07-06T09:30:00Z" },
                { "Mon, 06 Jul 2026 05:30:00 ET", "2026-07-06T09:30:00Z" },
                { "Fri, 06 Mar 2026 05:30:00 ET", "2026-03-06T10:30:00Z" },
                { "6 Mar 26 05:30 Z", "2026-03-06T05:30:00Z" },
                { "Fri, 6 Mar 2026", "2026-03-06T00:00:00Z" },
                { "Fri Mar 06 05:30:00 +0000 2026", "2026-03-06T05:30:00Z" },
                { "Fri, 06 Mar 2026 05:30:00 GMT-02:30",
                  "2026-03-06T08:00:00Z" },
                { "  Fri,  06 March, 2026 05:30:00 UTC ",
                  "2026-03-06T05:30:00Z" },
                { "March 6, 2026 5:30 pm", "2026-03-06T17:30:00Z" },
                { "March 6th, 2026 at 12:05 am", "2026-03-06T00:05:00Z" },
                /* W3CDTF, RFC 3339. */
                { "2026-03-06T05:30:00Z", "2026-03-06T05:30:00Z" },
                { "2026-03-06T05:30:00.123+05:30", "2026-03-06T00:00:00Z" },
                { "2026-03-06T05:30Z", "2026-03-06T05:30:00Z" },
                { "2026-03-06 05:30:00 -0020", "2026-03-06T05:50:00Z" },
                { "2026-03-06", "2026-03-06T00:00:00Z" },
                { "2026-03", "2026-03-01T00:00:00Z" },
                { "20260306T053000Z", "2026-03-06T05:30:00Z" },
                { "2026/03/06 05:30", "2026-03-06T05:30:00Z" },
                /* Other tongues. */
                { "6. März 2026, 17:30 Uhr", "2026-03-06T17:30:00Z" },
                { "Freitag, 6. März 2026", "2026-03-06T00:00:00Z" },
                { "06.03.2026", "2026-03-06T00:00:00Z" },
                { "vendredi 6 mars 2026", "2026-03-06T00:00:00Z" },
                { "6 août 2026", "2026-08-06T00:00:00Z" },
                { "6 de enero de 2026", "2026-01-06T00:00:00Z" },
                { "6 марта 2026", "2026-03-06T00:00:00Z" },
                { "Κυρ, 12 Ιούλ 2026 12:00:00 EST", "2026-07-12T17:00:00Z" },
                { "2026년 05월 28일 01:31:15", "2026-05-28T01:31:15Z" },
                { "Pá, 06 bře 2026 05:30:00 +0100", "2026-03-06T04:30:00Z" },
                { "po 6 čvc 2026", "2026-07-06T00:00:00Z" },
                { "po 6 čvn 2026", "2026-06-06T00:00:00Z" },
                { "Thứ sáu, 06/03/2026 05:30", "2026-03-06T05:30:00Z" },
                { "Fr. 06 März 2026", "2026-03-06T00:00:00Z" },
                { "vr 06 mrt 2026", "2026-03-06T00:00:00Z" },
                { "pe 06 maalisk. 2026", "2026-03-06T00:00:00Z" },
                { "пет, 06 феб 2026 05:30:00 +0000", "2026-02-06T05:30:00Z" },
                /* One word, two months: the weekday tells. */
                { "pon., 6 lip 2026", "2026-07-06T00:00:00Z" },
                { "sub, 6 lip 2026", "2026-06-06T00:00:00Z" },
                { "6 lip 2026", "2026-07-06T00:00:00Z" },
                { "utorak, 6 listopada 2026", "2026-10-06T00:00:00Z" },
                { "piątek, 6 listopada 2026", "2026-11-06T00:00:00Z" },
                { "6. listopada 2026.", "2026-10-06T00:00:00Z" },
                /* Nothing may be made up. */
                { "", NULL },
                { "yesterday", NULL },
                { "Fri, 06 zzz 2026 05:30:00 GMT", NULL },
                { "Fri, 31 Feb 2026 05:30:00 GMT", NULL },
                { "2026-02-29", NULL },
                { "2026-03-06T25:30:00Z", NULL },
                { "2026-03-06T05:61:00Z", NULL },
                { "2026-03-06T05:30:00-99:99", NULL },
                { "2026-03-06T05:30:00Zextra", NULL },
                { "05:30:00", NULL },
                { "3/6/2026", NULL },
                { "2026", NULL },
                { "0000-00-00T00:00:00Z", NULL },
                { "1:2:3:4", NULL },
                { "99999999999999999999", NULL },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                int64_t at = TIME_NONE;
                int rc = date_parse(str_c(cases[i].in), &at, NULL);
                struct buf b;

                if (!cases[i].want) {
                        if (rc == 0)
                                fail_msg("\"%s\" was read", cases[i].in);
                        assert_int_equal(at, TIME_NONE);
                        continue;
                }
                if (rc != 0)
                        fail_msg("\"%s\" was not read", cases[i].in);
                buf_init(&b, 64);
                time_put_rfc3339(&b, at);
                if (!str_eq(buf_str(&b), str_c(cases[i].want)))
                        fail_msg("\"%s\" gave %s", cases[i].in, buf_cstr(&b));
                buf_done(&b);
        }
}

static void tells_a_day_from_an_hour(void **state)
{
        int64_t at;
        bool is_day;

        (void)state;
        assert_int_equal(date_parse(STR("6 March 2026"), &at, &is_day), 0);
        assert_true(is_day);
        assert_int_equal(date_parse(STR("6 March 2026 00:00"), &at, &is_day),
                         0);
        assert_false(is_day);
}

UNIT_MAIN(cmocka_unit_test(reads), cmocka_unit_test(tells_a_day_from_an_hour))

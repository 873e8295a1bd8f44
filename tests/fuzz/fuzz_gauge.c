/*
 * A document of figures, and the record that a parser in a stranger's hands may
 * hand out for one: dates rise, values are finite, what was read crosses as it
 * is, and whatever is news in it is a number.
 */

#include <assert.h>
#include <math.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "edition/finding.h"
#include "wire/gauge.h"

#define ARENA_MAX ((size_t)512 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_doc(const struct gauge_doc *d)
{
        assert(d->n && d->n <= LIMIT_CHART_ROWS);
        for (size_t i = 0; i < d->n; i++) {
                assert(isfinite(d->items[i].value));
                assert(!i || d->items[i].at > d->items[i - 1].at);
        }
}

static void check_crossing(struct arena *a, const struct gauge_doc *d)
{
        struct gauge_doc got;
        struct err err;
        struct buf b;

        buf_init(&b, LIMIT_PARSE_ANSWER_B);
        gauge_doc_put(&b, d);
        assert(buf_ok(&b));
        assert(gauge_doc_get(a, buf_str(&b), &got, &err) == 0);
        assert(got.n == d->n && got.gaps == d->gaps);
        buf_done(&b);
}

static void check_news(struct arena *a, const struct gauge_doc *d)
{
        struct finding found[FINDING_MOST];
        struct finding_input in = { .points = d->items,
                                    .other = d->items,
                                    .n = d->n,
                                    .n_other = d->n,
                                    .period = period_of(d->items, d->n) };
        size_t n = finding_search(a, &in, found);

        assert(n <= FINDING_MOST);
        for (size_t i = 0; i < n; i++)
                assert(found[i].rarity >= 0 && found[i].brief >= 0 &&
                       isfinite(found[i].rarity));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct str text = { (const char *)data, size };
        const struct gauge_wish wish = { .name = STR("t"),
                                         .path = STR("data.0") };
        struct gauge_doc d;
        struct err err;

        if (gauge_read(a, text, &wish, &d, &err) == 0) {
                check_doc(&d);
                check_crossing(a, &d);
                check_news(a, &d);
        }
        if (gauge_doc_get(a, text, &d, &err) == 0)
                check_doc(&d);
        arena_free(a);
        return 0;
}

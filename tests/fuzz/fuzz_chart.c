/*
 * A chart's text and a table's bytes: anything is read or refused, what was
 * read and written reads the same, and what can be drawn is drawn with finite
 * numbers inside of the picture.
 */

#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "edition/chart_read.h"
#include "base/table.h"
#include "press/plot.h"

#define ARENA_MAX ((size_t)512 << 20)
#define DRAWN_B 20000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str written(struct arena *a, const struct chart *c)
{
        struct buf b;

        buf_init(&b, (size_t)LIMIT_COPY_B * 4);
        chart_write(&b, c);

        struct str s = arena_str(a, buf_str(&b));

        buf_done(&b);
        return s;
}

static void check_round(struct arena *a, const struct chart *c)
{
        struct str one = written(a, c);

        assert(str_eq(written(a, chart_read(a, one, 1)), one));
}

static void check_drawing(struct arena *a, struct chart *c)
{
        struct plot_options o = { .width = 320, .language = STR("en") };
        struct err err = { 0 };
        struct scene s;
        struct buf b;

        if (plot_draw(a, c, &o, &s, &err) < 0)
                return;
        assert(s.height > 0 && s.height < 4000);
        for (size_t i = 0; i < s.n; i++) {
                const struct mark *m = &s.marks[i];

                assert(isfinite(m->x) && isfinite(m->y) && isfinite(m->w) &&
                       isfinite(m->h));
                for (size_t k = 0; k < m->n; k++)
                        assert(isnan(m->points[k].y) ||
                               (isfinite(m->points[k].x) &&
                                fabs(m->points[k].y) < 5000));
        }
        buf_init(&b, LIMIT_OUTPUT_B);
        svg_write(&b, &s, THEME_AUTO, 0);
        assert(buf_ok(&b));
        buf_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena *a = arena_new(ARENA_MAX);
        struct str text = { (const char *)data, size };
        struct chart *c = chart_read(a, text, 1);
        struct table_input in = { .name = STR("t"), .text = text };
        struct err err = { 0 };

        check_round(a, c);
        if (size < DRAWN_B)
                check_drawing(a, c);
        if (table_read(a, &in, &c->table, &err) == 0 && size < DRAWN_B)
                check_drawing(a, c);
        arena_free(a);
        return 0;
}

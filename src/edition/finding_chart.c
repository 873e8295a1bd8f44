#include "edition/finding_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "conf/phrases.h"

#define NAME_B 120
#define LATEST 60       /* values shown when nothing tells how many */
#define AROUND_OF 8     /* an eighth more than reaches back to "since" */
#define COLUMNS_MOST 48 /* values of both signs are columns up to so many */
#define KEY_B 80

static const struct gauge_point *points(const struct finding_chart *c)
{
        return c->in.points;
}

static struct str figure(const struct finding_chart *c, double v)
{
        return c->speech->figure(c->speech->user, v, (int)c->gauge->decimals);
}

static struct str date(const struct finding_chart *c, int64_t at)
{
        return c->speech->date(c->speech->user, "date", c->in.period, at);
}

/* Its owner's name on one line, of a sensible length. */
static struct str name_of(struct arena *a, const struct gauge *g)
{
        return utf8_clip(utf8_fold_space(a, g->name.n ? g->name : g->url),
                         NAME_B);
}

/* --- the title ---------------------------------------------------------- */

static struct str move_of(const struct finding_chart *c)
{
        const struct finding *f = c->finding;
        const struct gauge_point *p = points(c) + c->in.n - 1;
        double plain = fabs(p[0].value - p[-1].value);
        bool is_part = fabs(f->level - plain) > 1e-9 * (f->level + plain);

        if (!is_part)
                return figure(c, plain);
        return c->speech->number(c->speech->user, f->level, 1, true);
}

/* A round number is printed as round as it is. */
static struct str level_of(const struct finding_chart *c)
{
        const struct finding *f = c->finding;
        int decimals = 0;

        if (str_eq(f->kind, STR("rise")) || str_eq(f->kind, STR("fall")))
                return STR("");
        if (!str_eq(f->kind, STR("above")) && !str_eq(f->kind, STR("below")))
                return figure(c, f->level);
        while (decimals < c->gauge->decimals &&
               fabs(f->level * pow(10, decimals) -
                    round(f->level * pow(10, decimals))) > 1e-6)
                decimals++;
        return c->speech->figure(c->speech->user, f->level, decimals);
}

static struct str title_of(struct arena *a, const struct finding_chart *c)
{
        const struct finding *f = c->finding;
        bool is_move =
                str_eq(f->kind, STR("rise")) || str_eq(f->kind, STR("fall"));
        bool ever =
                f->since_at == TIME_NONE && !str_eq(f->kind, STR("revised"));
        const char *key = arena_printf(a, "finding." STR_FMT "%s",
                                       STR_ARG(f->kind), ever ? ".ever" : "")
                                  .p;
        const struct phrase_arg args[] = {
                { "name", name_of(a, c->gauge) },
                { "other", c->other ? name_of(a, c->other) : STR("") },
                { "value", figure(c, f->value) },
                { "level", level_of(c) },
                { "move", is_move ? move_of(c) : STR("") },
                { "n", c->speech->number(c->speech->user, (double)f->length, 0,
                                         false) },
                { "date", date(c, f->at) },
                { "since", ever ? STR("")
                                : c->speech->date(c->speech->user, "since",
                                                  c->in.period, f->since_at) },
                { "then", ever ? STR("") : date(c, f->since_at) },
                { "from", date(c, points(c)[0].at) },
        };

        if (f->length)
                key = c->speech->plural(c->speech->user, key, f->length);
        return phrases_fill(a, c->speech->phrases, key, args,
                            sizeof(args) / sizeof(*args));
}

/* --- which values ------------------------------------------------------- */

static size_t index_of(const struct finding_chart *c, int64_t at)
{
        for (size_t i = 0; i < c->in.n; i++)
                if (points(c)[i].at == at)
                        return i;
        return STR_NONE;
}

static size_t first_shown(const struct finding_chart *c)
{
        const struct finding *f = c->finding;
        size_t since =
                f->since_at == TIME_NONE ? STR_NONE : index_of(c, f->since_at);
        size_t n = c->in.n, back = 0;

        if (str_eq(f->kind, STR("revised")))
                return n > LATEST ? n - LATEST : 0;
        if (since == STR_NONE) /* since the beginning: so all of it */
                return 0;
        back = n - since;
        back += back / AROUND_OF + 1;
        if (back < LATEST)
                back = LATEST;
        return back < n ? n - back : 0;
}

struct rows {
        struct buf *out;
        const struct finding_chart *c;
        bool *shown; /* from first on */
        size_t first, n;
};

/* Of each stretch its least and its greatest value, in their places: so no peak
 * is lost, and every value that is drawn is one of the series. */
static void thin(struct rows *r)
{
        size_t len = r->c->in.n - r->first;
        size_t stretch = len <= FINDING_ROWS
                                 ? 1
                                 : (2 * len + FINDING_ROWS - 1) / FINDING_ROWS;
        const struct gauge_point *p = points(r->c) + r->first;

        for (size_t i = 0; i < len; i += stretch) {
                size_t least = i, most = i;

                for (size_t k = i; k < len && k < i + stretch; k++) {
                        if (p[k].value < p[least].value)
                                least = k;
                        if (p[k].value > p[most].value)
                                most = k;
                }
                r->shown[least] = r->shown[most] = true;
        }
        r->shown[0] = r->shown[len - 1] = true;
}

static void keep(struct rows *r, int64_t at)
{
        size_t i = at == TIME_NONE ? STR_NONE : index_of(r->c, at);

        if (i != STR_NONE && i >= r->first)
                r->shown[i - r->first] = true;
}

/* A field of CSV. */
static void put_field(struct buf *out, struct str s)
{
        buf_char(out, '"');
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '"')
                        buf_char(out, '"');
                buf_char(out, s.p[i]);
        }
        buf_char(out, '"');
}

/* The shortest that reads as the same number. */
static void put_number(struct buf *out, double v)
{
        char text[40];

        for (int digits = 6; digits <= 17; digits++) {
                snprintf(text, sizeof(text), "%.*g", digits, v);
                double back;

                if (scan_double(str_c(text), &back) == 0 && back == v)
                        break;
        }
        buf_puts(out, text);
}

static void put_row(struct rows *r, size_t i, size_t *other)
{
        const struct finding_chart *c = r->c;
        const struct gauge_point *p = points(c) + i;
        char when[PERIOD_B];

        period_write(c->in.period, p->at, when);
        buf_puts(r->out, when);
        buf_char(r->out, ',');
        put_number(r->out, p->value);
        if (c->other) {
                while (*other < c->in.n_other && c->in.other[*other].at < p->at)
                        ++*other;
                buf_char(r->out, ',');
                if (*other < c->in.n_other && c->in.other[*other].at == p->at)
                        put_number(r->out, c->in.other[*other].value);
        }
        buf_char(r->out, '\n');
}

static void put_rows(struct arena *a, struct rows *r)
{
        size_t len = r->c->in.n - r->first, other = 0;

        r->shown = arena_array(a, len, sizeof(*r->shown));
        thin(r);
        keep(r, r->c->finding->at);
        keep(r, r->c->finding->since_at);
        buf_puts(r->out, "Date,");
        put_field(r->out, name_of(a, r->c->gauge));
        if (r->c->other) {
                buf_char(r->out, ',');
                put_field(r->out, name_of(a, r->c->other));
        }
        buf_char(r->out, '\n');
        for (size_t i = 0; i < len; i++)
                if (r->shown[i])
                        put_row(r, r->first + i, &other);
}

/* --- the whole ---------------------------------------------------------- */

static void put_key(struct arena *a, struct buf *out, const char *key,
                    struct str value)
{
        value = utf8_fold_space(a, value);
        if (value.n)
                buf_printf(out, "%s: " STR_FMT "\n", key, STR_ARG(value));
}

/* As a sentence begins, where that is one of the plain letters. */
static struct str capital(struct arena *a, struct str s)
{
        char *p = arena_room(a, s.n + 1);

        memcpy(p, s.p, s.n);
        if (s.n && p[0] >= 'a' && p[0] <= 'z')
                p[0] = (char)(p[0] - 'a' + 'A');
        return (struct str) { p, s.n };
}

/* What, in what, where, how often, from when to when. */
static struct str subtitle_of(struct arena *a, const struct finding_chart *c,
                              size_t first)
{
        const struct gauge *g = c->gauge;
        char key[KEY_B];
        struct str every;
        struct phrase_arg span[] = {
                { "from", date(c, points(c)[first].at) },
                { "to", date(c, points(c)[c->in.n - 1].at) },
        };
        struct phrase_arg args[] = {
                { "what", STR("") },
                { "every", STR("") },
                { "span", phrases_fill(a, c->speech->phrases, "finding.span",
                                       span, 2) },
        };
        struct str unit = utf8_clip(c->speech->unit_word, NAME_B),
                   place = utf8_clip(g->place, NAME_B);

        snprintf(key, sizeof(key), "finding.every.%s",
                 period_name(c->in.period));
        every = phrases_get(c->speech->phrases, key);
        args[0].value = unit.n && place.n
                                ? arena_printf(a, STR_FMT ", " STR_FMT,
                                               STR_ARG(unit), STR_ARG(place))
                        : unit.n  ? unit
                        : place.n ? place
                                  : name_of(a, g);
        args[1].value = every;
        return capital(a, phrases_fill(a, c->speech->phrases,
                                       "finding.subtitle", args, 3));
}

static struct str source_of(struct arena *a, const struct gauge *g)
{
        struct str url = g->home.n ? g->home : g->url;

        if (!url_is_http(url))
                url = STR("");
        return arena_printf(a, STR_FMT "%s" STR_FMT,
                            STR_ARG(utf8_clip(g->source, NAME_B)),
                            g->source.n && url.n ? " " : "", STR_ARG(url));
}

static const char *type_of(const struct finding_chart *c, size_t first)
{
        bool above = false, below = false;

        if (c->other || c->in.n - first > COLUMNS_MOST)
                return "line";
        for (size_t i = first; i < c->in.n; i++) {
                above |= points(c)[i].value > 0;
                below |= points(c)[i].value < 0;
        }
        return above && below ? "column" : "line";
}

/* The last time; the plot sets its figure beside. */
static void put_annotation(struct arena *a, struct buf *out,
                           const struct finding_chart *c)
{
        int64_t at = c->finding->since_at;
        size_t i = at == TIME_NONE ? STR_NONE : index_of(c, at);
        char when[PERIOD_B];

        if (i == STR_NONE)
                return;
        period_write(c->in.period, at, when);
        put_key(a, out, "annotation",
                arena_printf(a, "%s | " STR_FMT, when, STR_ARG(date(c, at))));
}

struct str finding_chart(struct arena *a, const struct finding_chart *c)
{
        struct buf out;
        struct rows rows = { .out = &out, .c = c, .first = first_shown(c) };
        struct str ret;

        buf_init(&out, LIMIT_COPY_B / 4);
        buf_printf(&out, "type: %s\n", type_of(c, rows.first));
        put_key(a, &out, "title", title_of(a, c));
        put_key(a, &out, "subtitle", subtitle_of(a, c, rows.first));
        if (!c->speech->unit_word.n)
                put_key(a, &out, "unit", c->gauge->unit);
        put_key(a, &out, "decimal", STR("."));
        buf_printf(&out, "finding: %lld ", (long long)c->finding->id);
        time_put_rfc3339(&out, c->in.as_of);
        buf_char(&out, '\n');
        put_key(a, &out, "source", source_of(a, c->gauge));
        put_annotation(a, &out, c);
        buf_char(&out, '\n');
        put_rows(a, &rows);
        ret = buf_ok(&out) ? arena_str(a, buf_str(&out)) : STR("");
        buf_done(&out);
        return ret;
}

bool finding_key(struct str key, int64_t *ret_id, int64_t *ret_as_of)
{
        struct err err;
        struct str id;

        return str_cut(&key, ' ', &id) && key.n &&
               scan_i64(id, 1, INT64_MAX, ret_id) == 0 &&
               time_parse_rfc3339(key, ret_as_of, &err) == 0;
}

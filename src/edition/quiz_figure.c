#include "edition/quiz_figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "edition/quiz_tongue.h"
#include "edition/quiz_words.h"

#define DIGITS_MOST 15
#define YEAR_FIRST 1000
#define YEAR_LAST 2100
#define RATIO_FROM 8 /* smaller ones have neighbours instead of multiples */
#define LINK_B 4     /* of a word between the two figures of a range */

/* --- reading ------------------------------------------------------------ */

static const struct str signs[] = { STR_INIT("US$"),    STR_INIT("A$"),
                                    STR_INIT("C$"),     STR_INIT("$"),
                                    STR_INIT("\u20ac"), STR_INIT("\u00a3"),
                                    STR_INIT("\u00a5") };

/* Letters right behind a sum of money. */
static const struct {
        struct str text;
        double scale;
} tails[] = {
        { STR_INIT("bn"), 1e9 }, { STR_INIT("tn"), 1e12 },
        { STR_INIT("mn"), 1e6 }, { STR_INIT("m"), 1e6 },
        { STR_INIT("k"), 1e3 },
};

struct scanner {
        struct arena *a;
        const struct figure_input *in;
        struct str text;
        struct quiz_figure f;
};

static size_t digits_at(struct str s, size_t at)
{
        size_t n = 0;

        while (at + n < s.n && chr_is_digit(s.p[at + n]))
                n++;
        return n;
}

/* "1,234.5" at from: sets number, decimals and group; its end. */
static size_t read_digits(struct scanner *c, size_t from)
{
        struct str s = c->text;
        char copy[DIGITS_MOST * 2 + 2];
        size_t n = digits_at(s, from), at = from + n, k = 0, gap;

        for (size_t i = from; i < at && k < DIGITS_MOST; i++)
                copy[k++] = s.p[i];
        while (n <= 3 &&
               (gap = tongue_group(c->in->tongue, str_sub(s, at, s.n))) > 0 &&
               digits_at(s, at + gap) == 3 && k + 3 < DIGITS_MOST) {
                c->f.group = str_sub(s, at, gap);
                for (size_t i = 0; i < 3; i++)
                        copy[k++] = s.p[at + gap + i];
                at += gap + 3;
        }
        if (at < s.n && s.p[at] == tongue_decimal(c->in->tongue) &&
            digits_at(s, at + 1) > 0 && digits_at(s, at + 1) <= 3 &&
            k + 4 < sizeof(copy)) {
                size_t decimals = digits_at(s, at + 1);

                copy[k++] = '.';
                for (size_t i = 0; i < decimals; i++)
                        copy[k++] = s.p[at + 1 + i];
                c->f.decimals = (int)decimals;
                at += 1 + decimals;
        }
        copy[k] = '\0';
        c->f.value = strtod(copy, NULL);
        return at;
}

static double scale_of(const struct quiz_tongue *t, struct str word)
{
        static const double scales[] = { 1e2, 1e3, 1e6, 1e9, 1e12 };

        for (int i = TONGUE_HUNDREDS; i <= TONGUE_TRILLIONS; i++)
                if (word.n && tongue_has(t, (enum tongue_list)i, word))
                        return scales[i];
        return 0;
}

/* " million", "bn", "%" behind the number: into f.after. */
static size_t read_after(struct scanner *c, size_t at)
{
        size_t from = at;
        struct str rest = str_sub(c->text, at, c->text.n);
        double scale;

        c->f.scale = 1;
        for (size_t i = 0; c->f.before.n && i < sizeof(tails) / sizeof(*tails);
             i++)
                if (str_starts(rest, tails[i].text) &&
                    !chr_is_alnum(rest.n > tails[i].text.n
                                          ? rest.p[tails[i].text.n]
                                          : ' ')) {
                        c->f.scale = tails[i].scale;
                        at += tails[i].text.n;
                        break;
                }
        while ((scale = scale_of(c->in->tongue, quiz_word_after(c->text, at))) >
               0) {
                c->f.scale *= scale;
                at += 1 + quiz_word_after(c->text, at).n;
        }
        rest = str_sub(c->text, at, c->text.n);
        if (str_starts(rest, STR("%")) || str_starts(rest, STR(" %"))) {
                c->f.kind = FIGURE_PERCENT;
                at += rest.p[0] == ' ' ? 2 : 1;
        }
        c->f.after = str_sub(c->text, from, at - from);
        return at;
}

/* "dollars" behind " million de", without "d'". */
static struct str unit_after(const struct scanner *c, size_t at)
{
        struct str unit = quiz_word_after(c->text, at),
                   link = tongue_month_link(c->in->tongue);

        if (link.n && str_eq(unit, link))
                unit = quiz_word_after(c->text, at + 1 + unit.n);
        if (str_starts(unit, STR("d'")))
                unit = str_sub(unit, 2, unit.n);
        if (str_starts(unit, STR("d\u2019")))
                unit = str_sub(unit, 4, unit.n);
        return unit;
}

static bool is_year(const struct quiz_figure *f)
{
        return !f->is_word && !f->group.n && !f->decimals && !f->before.n &&
               !f->after.n && f->value >= YEAR_FIRST && f->value <= YEAR_LAST;
}

static bool is_day(const struct scanner *c, struct str unit, struct str before)
{
        const struct quiz_figure *f = &c->f;
        struct str next = str_sub(c->text, f->to, c->text.n);

        if (f->is_word || f->decimals || f->value < 1 || f->value > 31 ||
            f->before.n || f->after.n)
                return false;
        if (str_starts(next, STR(". "))) /* "13. März" */
                unit = quiz_word_after(c->text, f->to + 1);
        return tongue_month(c->in->tongue, unit) ||
               (tongue_month(c->in->tongue, before) &&
                !str_starts(next, STR(" ")));
}

/* "1996 to 2000": does another number follow behind one small word? */
static bool is_range_begun(const struct scanner *c)
{
        struct str link = quiz_word_after(c->text, c->f.to), next;

        if (!link.n || link.n > LINK_B)
                return false;
        next = quiz_word_after(c->text, c->f.to + 1 + link.n);
        return next.n &&
               (chr_is_digit(next.p[0]) || tongue_number(c->in->tongue, next));
}

/* What kind of figure it is, by its neighbours; false: none to ask for. */
static bool judge(struct scanner *c)
{
        const struct quiz_tongue *t = c->in->tongue;
        struct quiz_figure *f = &c->f;
        struct str unit = unit_after(c, f->to);
        struct str before = quiz_word_before(c->text, f->from);
        size_t phrase =
                f->to < c->text.n && c->text.p[f->to] == ' '
                        ? tongue_phrase(t, TONGUE_PERCENTS,
                                        str_sub(c->text, f->to + 1, c->text.n))
                        : 0;

        if (is_range_begun(c))
                return false;
        f->is_rough = tongue_has(t, TONGUE_ROUGH, before);
        f->unit = tongue_lower(c->a, unit);
        if (f->kind == FIGURE_PERCENT)
                return true;
        if (phrase) {
                f->kind = FIGURE_PERCENT;
                f->unit = str_sub(c->text, f->to + 1, phrase);
                return true;
        }
        if (is_day(c, unit, before)) {
                f->kind = FIGURE_DAY;
                return true;
        }
        if (is_year(f) &&
            (tongue_has(t, TONGUE_YEARS, before) || tongue_month(t, before) ||
             tongue_has(t, TONGUE_CLOCKS, unit))) {
                f->kind = FIGURE_YEAR;
                return true;
        }
        f->kind = f->before.n || tongue_has(t, TONGUE_MONEY, unit)
                          ? FIGURE_MONEY
                          : FIGURE_COUNT;
        if (f->kind == FIGURE_MONEY)
                return true;
        return utf8_count(unit) > 1 && !chr_is_digit(unit.p[0]) &&
               !(is_year(f) && f->value >= 1900) &&
               !tongue_has(t, TONGUE_CLOCKS, unit) &&
               !(quiz_is_capital(unit) && tongue_knows(t, TONGUE_STYLES)) &&
               !(c->in->is_small && c->in->is_small(f->unit, c->in->language));
}

/* May a figure stand here: nothing is joined to it on either side? */
static bool is_free(struct str s, size_t from, size_t to)
{
        struct str after = str_sub(s, to, s.n);

        if (from > 0 && s.p[from - 1] != ' ' && s.p[from - 1] != '(' &&
            !str_ends(str_sub(s, 0, from), STR("\u2019")))
                return false;
        /* "1, 500": a thousand that was torn apart. */
        if (str_starts(after, STR(", ")) && digits_at(s, to + 2) == 3)
                return false;
        if (after.n > 1 && (after.p[0] == '.' || after.p[0] == ',') &&
            after.p[1] != ' ')
                return false;
        return !after.n || str_chr(STR(" .,;:!?)"), after.p[0], 0) != STR_NONE;
}

/* The sign of money that ends right before at. */
static struct str sign_before(struct str s, size_t at)
{
        struct str front = str_sub(s, 0, at);

        for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
                if (str_ends(front, signs[i]))
                        return str_sub(s, at - signs[i].n, signs[i].n);
        return STR("");
}

/* A number that begins with the word w, or none. */
static bool read_number(struct scanner *c, const struct quiz_word *w)
{
        struct quiz_figure *f = &c->f;
        int n;

        *f = (struct quiz_figure) { .from = w->from, .scale = 1 };
        if (chr_is_digit(w->text.p[0])) {
                f->before = sign_before(c->text, w->from);
                f->from -= f->before.n;
                f->to = read_after(c, read_digits(c, w->from));
                return true;
        }
        n = tongue_number(c->in->tongue, w->text);
        if (!n)
                return false;
        f->is_word = true;
        f->is_capital = quiz_is_capital(w->text);
        f->value = n;
        f->to = read_after(c, w->to);
        return true;
}

/* "two to three": neither is a fact. */
static bool is_range(struct str text, size_t end, size_t from)
{
        struct str between = str_trim(str_sub(text, end, from - end));

        return end && from > end && str_chr(between, ' ', 0) == STR_NONE &&
               str_chr(between, ',', 0) == STR_NONE && between.n <= LINK_B;
}

size_t quiz_figures(struct arena *a, const struct figure_input *in,
                    struct str text, struct quiz_figure **ret)
{
        struct scanner c = { .a = a, .in = in, .text = text };
        struct quiz_figure *list = NULL;
        struct quiz_word w;
        size_t n = 0, cap = 0, end = 0;

        for (size_t at = 0; quiz_word_next(text, at, &w);) {
                at = w.to;
                if (!read_number(&c, &w))
                        continue;

                bool is_ranged = is_range(text, end, c.f.from);

                end = at = c.f.to > at ? c.f.to : at;
                if (is_ranged || !is_free(text, c.f.from, c.f.to) || !judge(&c))
                        continue;
                ARENA_GROW(a, list, n, cap);
                list[n++] = c.f;
        }
        *ret = list;
        return n;
}

size_t quiz_numbers(struct arena *a, const struct figure_input *in,
                    struct str text, double **ret)
{
        struct scanner c = { .a = a, .in = in, .text = text };
        double *list = NULL;
        struct quiz_word w;
        size_t n = 0, cap = 0;

        for (size_t at = 0; quiz_word_next(text, at, &w);) {
                size_t hyphen = str_chr(w.text, '-', 0);

                at = w.to;
                if (hyphen != STR_NONE && !tongue_number(in->tongue, w.text)) {
                        at = w.from + hyphen + 1; /* "Six-minute" */
                        w.text = str_sub(w.text, 0, hyphen);
                        w.to = w.from + hyphen;
                }
                if (!read_number(&c, &w))
                        continue;
                at = c.f.to > at ? c.f.to : at;
                ARENA_GROW(a, list, n, cap);
                list[n++] = c.f.value * c.f.scale;
        }
        *ret = list;
        return n;
}

/* --- writing ------------------------------------------------------------ */

static void put_grouped(struct buf *b, const char *digits, size_t n,
                        struct str group)
{
        for (size_t i = 0; i < n; i++) {
                if (i && (n - i) % 3 == 0)
                        buf_put(b, group);
                buf_char(b, digits[i]);
        }
}

/* Between thousands: as f has it, or as usual where f was too small to tell. */
static struct str group_for(const struct quiz_tongue *t,
                            const struct quiz_figure *f, double value)
{
        static const struct str usual[] = { STR_INIT(","), STR_INIT("."),
                                            STR_INIT(" ") };

        if (f->group.n || f->kind == FIGURE_YEAR ||
            (f->value >= 1000 && value < 10000))
                return f->group;
        for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
                if (usual[i].p[0] != tongue_decimal(t) &&
                    tongue_group(t, usual[i]))
                        return usual[i];
        return STR("");
}

/* "twelve" as "Twelve": number words begin with a letter of two cases. */
static struct str in_case(struct arena *a, struct str word, bool is_capital)
{
        struct str s = arena_str(a, word);

        if (is_capital && s.n && s.p[0] >= 'a' && s.p[0] <= 'z')
                ((char *)(uintptr_t)s.p)[0] = (char)(s.p[0] - 'a' + 'A');
        return s;
}

struct str quiz_figure_put(struct arena *a, const struct quiz_tongue *t,
                           const struct quiz_figure *f, double value)
{
        char digits[64];
        struct buf b;
        struct str s;
        size_t whole = 0;

        if (f->is_word) {
                struct str word = tongue_word(t, (int)value);

                return word.n ? arena_printf(a, STR_FMT STR_FMT,
                                             STR_ARG(in_case(a, word,
                                                             f->is_capital)),
                                             STR_ARG(f->after))
                              : STR_NULL;
        }
        (void)snprintf(digits, sizeof(digits), "%.*f", f->decimals, value);
        while (chr_is_digit(digits[whole]))
                whole++;
        buf_init(&b, sizeof(digits) * 4);
        buf_put(&b, f->before);
        put_grouped(&b, digits, whole, group_for(t, f, value));
        if (f->decimals) {
                buf_char(&b, tongue_decimal(t));
                buf_puts(&b, digits + whole + 1);
        }
        buf_put(&b, f->after);
        s = arena_str(a, buf_str(&b));
        buf_done(&b);
        return s;
}

/* --- others ------------------------------------------------------------- */

/* As coarse as f: 2,300 goes by hundreds, 60 by tens, 4.1 by tenths, 400 by
 * fifties. */
static double grain_of(const struct quiz_figure *f)
{
        double grain = pow(10, -f->decimals), v = f->value;

        if (f->kind == FIGURE_YEAR || f->kind == FIGURE_DAY || f->is_word)
                return 1;
        while (grain < v && fmod(v / grain + 0.001, 10) < 0.01)
                grain *= 10;
        if (grain <= 1 || grain <= v / 10)
                return grain;
        return v / grain < 1.5 ? grain / 4 : grain / 2;
}

struct offering {
        const struct quiz_tongue *t;
        const struct quiz_figure *f;
        double *items;
        size_t n, max;
        int year;
};

/* Is there one so near that a reader can't tell them apart? */
static bool is_near(double x, double y, const struct quiz_figure *f)
{
        if (f->kind == FIGURE_YEAR || f->kind == FIGURE_DAY ||
            f->value < RATIO_FROM)
                return fabs(x - y) < pow(10, -f->decimals) / 2;
        return x < y * 1.15 && y < x * 1.15;
}

static bool offer(struct offering *o, double value)
{
        const struct quiz_figure *f = o->f;
        bool may = value > 0 && o->n < o->max && !is_near(value, f->value, f);

        if (f->kind == FIGURE_PERCENT && f->value <= 100)
                may &= value <= 100;
        if (f->kind == FIGURE_DAY)
                may &= value <= 28;
        if (f->kind == FIGURE_YEAR && f->value <= o->year)
                may &= value <= o->year;
        if (f->is_word)
                may &= tongue_word(o->t, (int)value).n > 0;
        for (size_t i = 0; i < o->n && may; i++)
                may = !is_near(value, o->items[i], f);
        if (!may || !tongue_same_plural(o->t, value, f->value))
                return false;
        o->items[o->n++] = value;
        return true;
}

static const double less[] = { 0.5, 0.8, 0.65, 0.3, 0.4, 0.2 };
static const double greater[] = { 2, 1.25, 1.6, 3, 4, 5 };

/* The i-th try below or above; 0: no more of them. */
static double other_of(const struct offering *o, bool is_less, size_t i)
{
        const struct quiz_figure *f = o->f;
        double grain = grain_of(f), step = (double)(i + 1);
        double factor;

        if (i >= sizeof(less) / sizeof(*less))
                return 0;
        factor = is_less ? less[i] : greater[i];
        if (f->kind == FIGURE_YEAR) {
                step *= 1 + floor((o->year - f->value) / 12);
                return f->value + (is_less ? -step : step);
        }
        if (f->kind == FIGURE_DAY)
                return f->value + (is_less ? -step * 2 : step * 2);
        if (f->value < RATIO_FROM && f->decimals == 0)
                return f->value + (is_less ? -step : step);
        return round(f->value * factor / grain) * grain;
}

/* The i-th try, or the next number to it that takes the same plural. */
static bool offer_other(struct offering *o, bool is_less, size_t i)
{
        static const int nudges[] = { 0, 1, -1, 2, -2, 3, -3 };
        double value = other_of(o, is_less, i), grain = grain_of(o->f);

        for (size_t k = 0; k < sizeof(nudges) / sizeof(*nudges); k++) {
                double near = value + nudges[k] * grain;

                if (value > 0 && near > 0 && (near < o->f->value) == is_less &&
                    offer(o, near))
                        return true;
                if (o->f->kind == FIGURE_YEAR || o->f->kind == FIGURE_DAY)
                        break;
        }
        return false;
}

static int by_size(const void *x, const void *y)
{
        const double *p = x, *q = y;

        return *p < *q ? -1 : *p > *q;
}

size_t quiz_figure_others(const struct quiz_tongue *t,
                          const struct quiz_figure *f,
                          const struct figure_pool *pool, uint64_t seed,
                          double *ret, size_t max)
{
        struct offering o = {
                .t = t, .f = f, .items = ret, .max = max, .year = pool->year
        };
        size_t below = seed % (max + 1), above = max - below;

        /* One of the week's own on each side at most, where there is room. */
        for (size_t i = 0; i < pool->n && o.n < 2; i++) {
                bool is_less = pool->items[i] < f->value;

                if ((is_less ? below : above) && offer(&o, pool->items[i]))
                        *(is_less ? &below : &above) -= 1;
        }
        for (size_t i = 0; below && i < max * 2; i++)
                below -= offer_other(&o, true, i);
        above = max - o.n;
        for (size_t i = 0; above && i < max * 2; i++)
                above -= offer_other(&o, false, i);
        for (size_t i = 0; o.n < max && i < max * 2; i++)
                (void)offer_other(&o, true, i);
        qsort(ret, o.n, sizeof(*ret), by_size);
        return o.n;
}

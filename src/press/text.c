#include "press/text.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "conf/phrases.h"
#include "press/block.h"
#include "press/chart.h"
#include "press/corrected.h"
#include "press/dates.h"
#include "press/day.h"
#include "press/model.h"
#include "press/quiz.h"
#include "press/value.h"

#define COLUMNS 72
#define CELL_B 40 /* of a chart's table */

struct writer {
        struct arena *a;
        const struct press *press;
        const struct edition *edition;
        struct buf *out;
        struct str base;     /* the edition's permalink */
        struct str calendar; /* where agenda.ics is; absent: there is none */
};

/* Before the first line of a paragraph, and before the others. */
struct margin {
        struct str first, other;
};

static const struct margin none = { { "", 0 }, { "", 0 } };

static struct str say(const struct writer *w, const char *key)
{
        return phrases_get(w->press->phrases, key);
}

/*
 * The words of s filled into lines, an address never broken. Two opening
 * braces are parted, so that no text can look like a mark to fill in.
 */
static void fill(const struct writer *w, struct str s, const struct margin *m)
{
        struct str word;
        size_t column = 0;
        bool fresh = true;

        s = str_trim(s);
        while (str_cut(&s, ' ', &word)) {
                size_t wide = utf8_count(word);

                if (!word.n)
                        continue;
                if (!fresh && column + 1 + wide > COLUMNS) {
                        buf_char(w->out, '\n');
                        buf_put(w->out, m->other);
                        column = utf8_count(m->other);
                } else if (!fresh) {
                        buf_char(w->out, ' ');
                        column++;
                } else {
                        buf_put(w->out, m->first);
                        column = utf8_count(m->first);
                }
                for (size_t i = 0; i < word.n; i++) {
                        if (i && word.p[i] == '{' && word.p[i - 1] == '{')
                                buf_char(w->out, ' ');
                        buf_char(w->out, word.p[i]);
                }
                column += wide;
                fresh = false;
        }
        buf_char(w->out, '\n');
}

/* Runs in one line: strong and emphasis are left out, links have their address.
 */
static struct str flat(const struct writer *w, const struct run *runs, size_t n)
{
        struct buf b;

        buf_init(&b, LIMIT_COPY_B);
        for (size_t i = 0; i < n; i++) {
                buf_put(&b, runs[i].is_break ? STR(" ") : runs[i].text);
                if (runs[i].url.n &&
                    (i + 1 == n || !str_eq(runs[i].url, runs[i + 1].url)))
                        buf_printf(&b, " <" STR_FMT ">", STR_ARG(runs[i].url));
        }

        struct str s = utf8_fold_space(w->a, arena_str(w->a, buf_str(&b)));

        buf_done(&b);
        return s;
}

static void put_blocks(const struct writer *w, const struct block *blocks,
                       size_t n, struct str indent);

/* Behind an item's links: whose reporting it is, how many sources tell it. */
static struct str behind(const struct writer *w, const struct block *b)
{
        struct phrase_arg by = { "names", model_attr(&b->attrs, "by") };
        struct str s = STR("");
        int64_t n;

        if (by.value.n)
                s = arena_printf(w->a, " \u00b7 " STR_FMT,
                                 STR_ARG(phrases_fill(w->a, w->press->phrases,
                                                      "press.by", &by, 1)));
        if (scan_i64(model_attr(&b->attrs, "sources"), 2, 9999, &n) == 0)
                s = arena_printf(
                        w->a, STR_FMT " \u00b7 " STR_FMT, STR_ARG(s),
                        STR_ARG(model_count(w->a, w->press, "press.source",
                                            "press.sources", n)));
        return s;
}

/* An item's own clock on the agenda: "Saturday 10:00: ". */
static struct str when(const struct writer *w, const struct block *b)
{
        const struct block_maker m = { .a = w->a,
                                       .press = w->press,
                                       .edition = w->edition };
        struct str clock, day;
        struct civil c;
        bool is_placed;

        if (!block_at(model_attr(&b->attrs, "at"), &c, &clock))
                return STR("");
        day = block_day(&m, &c);
        clock = dates_clock(&m, b, &is_placed);
        if (!clock.n)
                return arena_printf(w->a, STR_FMT ": ", STR_ARG(day));
        return arena_printf(w->a, STR_FMT ", " STR_FMT ": ", STR_ARG(day),
                            STR_ARG(clock));
}

/* What is known of an event beside its words, behind them. */
static struct str known(const struct writer *w, const struct block *b)
{
        const struct block_maker m = { .a = w->a,
                                       .press = w->press,
                                       .edition = w->edition,
                                       .base = w->base };
        struct str note = STR("");

        if (model_attr(&b->attrs, "at").n)
                note = dates_note(&m, b);
        return note.n ? arena_printf(w->a, " (" STR_FMT ")", STR_ARG(note))
                      : note;
}

static void put_item(const struct writer *w, const struct block *list, size_t i,
                     struct str indent)
{
        const struct block *b = &list->children[i];
        struct str mark = list->is_ordered ? arena_printf(w->a, "%zu. ", i + 1)
                                           : STR("- ");
        struct str inner = arena_printf(w->a, STR_FMT "%*s", STR_ARG(indent),
                                        (int)mark.n, "");
        struct margin m = { arena_printf(w->a, STR_FMT STR_FMT, STR_ARG(indent),
                                         STR_ARG(mark)),
                            inner };

        fill(w,
             arena_printf(w->a, STR_FMT STR_FMT STR_FMT STR_FMT,
                          STR_ARG(when(w, b)),
                          STR_ARG(flat(w, b->runs, b->n_runs)),
                          STR_ARG(known(w, b)), STR_ARG(behind(w, b))),
             &m);
        put_blocks(w, b->children, b->n_children, inner);
}

static void put_quote(const struct writer *w, const struct block *b)
{
        struct margin m = { STR("> "), STR("> ") };
        struct str by = model_attr(&b->attrs, "by");
        struct str url = model_attr(&b->attrs, "source");
        struct str outlet = model_attr(&b->attrs, "outlet");

        fill(w, flat(w, b->runs, b->n_runs), &m);
        for (size_t i = 0; i < b->n_children; i++)
                fill(w, flat(w, b->children[i].runs, b->children[i].n_runs),
                     &m);
        if (by.n)
                fill(w, arena_printf(w->a, "\u2014 " STR_FMT, STR_ARG(by)), &m);
        if (url.n)
                fill(w,
                     arena_printf(
                             w->a, STR_FMT " <" STR_FMT ">",
                             STR_ARG(outlet.n ? outlet
                                              : model_source_name(
                                                        w->a, w->edition, url)),
                             STR_ARG(url)),
                     &m);
}

static struct str text_of(const struct value *v, const char *key)
{
        const struct value *t = value_find(v, str_c(key));

        return t && t->kind == VALUE_TEXT ? t->text : STR("");
}

static void put_cells(const struct writer *w, const struct value *cells)
{
        for (size_t i = 0; i < cells->n; i++) {
                struct str cell =
                        utf8_clip(text_of(cells->items[i], "cell"), CELL_B);
                int gap = i + 1 < cells->n ? 14 - (int)utf8_count(cell) : 0;

                buf_printf(w->out, "%s" STR_FMT "%*s", i ? "  " : "    ",
                           STR_ARG(cell), gap > 0 ? gap : 0, "");
        }
        buf_char(w->out, '\n');
}

static void put_address(const struct writer *w, const char *word,
                        struct str words, struct str url)
{
        if (words.n || url.n)
                fill(w,
                     arena_printf(w->a,
                                  url.n ? "%s: " STR_FMT " <" STR_FMT ">"
                                        : "%s: " STR_FMT STR_FMT,
                                  word, STR_ARG(words), STR_ARG(url)),
                     &none);
}

/* Title, unit, the last rows, the source. */
static void put_chart(const struct writer *w, const struct chart *c)
{
        const struct value *v = chart_value(w->a, w->press, w->edition, c,
                                            w->base, false),
                           *rows = value_find(v, STR("rows")),
                           *heads = value_find(v, STR("heads"));
        size_t from = rows->n > CHART_ROWS_FEW ? rows->n - CHART_ROWS_FEW : 0;

        fill(w, text_of(v, "title"), &none);
        if (text_of(v, "unit").n)
                fill(w, text_of(v, "unit"), &none);
        if (heads->n)
                put_cells(w, heads);
        if (from)
                buf_puts(w->out, "    \u2026\n");
        for (size_t i = from; i < rows->n; i++)
                put_cells(w, value_find(rows->items[i], STR("cells")));
        if (text_of(v, "note").n)
                fill(w, text_of(v, "note"), &none);
        put_address(w, arena_cstr(w->a, say(w, "press.from")),
                    text_of(v, "source"), text_of(v, "source_url"));
        if (text_of(v, "csv").n)
                fill(w,
                     arena_printf(w->a, "CSV: <" STR_FMT ">",
                                  STR_ARG(text_of(v, "csv"))),
                     &none);
}

static void put_code(const struct writer *w, const struct block *b)
{
        struct str rest = b->text, line;

        if (b->chart) {
                put_chart(w, b->chart);
                return;
        }
        if (b->quiz) /* put_section() has a link */
                return;
        while (str_cut(&rest, '\n', &line))
                if (line.n || rest.p)
                        buf_printf(w->out, "    " STR_FMT "\n", STR_ARG(line));
}

static void put_block(const struct writer *w, const struct block *b,
                      struct str indent)
{
        struct margin m = { indent, indent };

        switch (b->kind) {
        case BLOCK_LIST:
                for (size_t i = 0; i < b->n_children; i++)
                        put_item(w, b, i, indent);
                break;
        case BLOCK_QUOTE:
                put_quote(w, b);
                break;
        case BLOCK_CODE:
                put_code(w, b);
                break;
        default:
                fill(w, flat(w, b->runs, b->n_runs), &m);
        }
}

static void put_blocks(const struct writer *w, const struct block *blocks,
                       size_t n, struct str indent)
{
        for (size_t i = 0; i < n; i++) {
                put_block(w, &blocks[i], indent);
                if (!indent.n && !blocks[i].quiz)
                        buf_char(w->out, '\n');
        }
}

static void underline(const struct writer *w, struct str text, char mark)
{
        size_t n = utf8_count(text);

        for (size_t i = 0; i < n && i < COLUMNS; i++)
                buf_char(w->out, mark);
        buf_char(w->out, '\n');
}

/* A text can't be answered: where to do so. */
static void put_quiz(const struct writer *w, const struct section *s)
{
        struct quiz_asked asked = quiz_asked(w->a, w->edition);

        if (s->kind != SECTION_QUIZ || !asked.n)
                return;
        fill(w,
             arena_printf(w->a, STR_FMT " (" STR_FMT "): <" STR_FMT ">",
                          STR_ARG(say(w, "press.quiz_take")),
                          STR_ARG(quiz_how_many(w->a, w->press, asked.n)),
                          STR_ARG(quiz_link(w->a, w->base))),
             &none);
        buf_char(w->out, '\n');
}

static void put_section(const struct writer *w, const struct section *s)
{
        const struct block_maker m = { .a = w->a,
                                       .press = w->press,
                                       .edition = w->edition,
                                       .base = w->base };
        struct str heading = flat(w, s->runs, s->n_runs),
                   mark = block_mark(&m, &s->attrs);

        if (mark.n)
                heading = arena_printf(w->a, STR_FMT ": " STR_FMT,
                                       STR_ARG(mark), STR_ARG(heading));
        if (heading.n) {
                fill(w, heading, &none);
                underline(w, heading, s->kind == SECTION_LEAD ? '=' : '-');
                buf_char(w->out, '\n');
        }
        put_blocks(w, s->blocks, s->n_blocks, STR(""));
        if (s->kind == SECTION_AGENDA && w->calendar.n) {
                fill(w,
                     arena_printf(w->a, STR_FMT ": <" STR_FMT ">",
                                  STR_ARG(say(w, "press.calendar")),
                                  STR_ARG(w->calendar)),
                     &none);
                buf_char(w->out, '\n');
        }

        put_quiz(w, s);

        struct phrase_arg by = { "names", model_attr(&s->attrs, "by") };

        if (!by.value.n)
                return;
        fill(w,
             phrases_fill(w->a, w->press->phrases, "press.reporting", &by, 1),
             &none);
        buf_char(w->out, '\n');
}

static void put_head(const struct writer *w, const struct issue *issue)
{
        const struct press *p = w->press;
        struct civil date = model_date(&issue->row);
        struct phrase_arg number = {
                "n", arena_printf(w->a, "%lld", (long long)issue->row.number)
        };

        fill(w, p->name, &none);
        if (p->line.n)
                fill(w, p->line, &none);
        fill(w,
             arena_printf(w->a, STR_FMT " \u00b7 " STR_FMT " \u00b7 " STR_FMT,
                          STR_ARG(day_long(w->a, w->edition->language, &date)),
                          STR_ARG(phrases_fill(w->a, p->phrases, "press.number",
                                               &number, 1)),
                          STR_ARG(model_count(
                                  w->a, p, "press.minute", "press.minutes",
                                  model_minutes(w->a, w->edition)))),
             &none);
        buf_puts(w->out, "\n");
}

/* The dated notes on what was put right. */
static void put_corrections(const struct writer *w, const struct issue *issue)
{
        struct margin m = { STR("- "), STR("  ") };
        struct str *lines, heading = say(w, "press.corrections");
        size_t n = corrected_lines(w->a, w->press, issue, &lines);

        if (!n)
                return;
        fill(w, heading, &none);
        underline(w, heading, '-');
        buf_char(w->out, '\n');
        for (size_t i = 0; i < n; i++)
                fill(w, lines[i], &m);
        buf_char(w->out, '\n');
}

static void put_foot(const struct writer *w, const struct issue *issue)
{
        const struct edition *e = w->edition;
        struct str names = STR("");

        for (size_t i = 0; i < e->n_contributors; i++)
                names = arena_printf(w->a, STR_FMT "%s" STR_FMT, STR_ARG(names),
                                     i ? ", " : "",
                                     STR_ARG(e->contributors[i]));
        underline(w, STR("---"), '-');
        if (names.n) {
                struct phrase_arg arg = { "names", names };

                fill(w,
                     phrases_fill(w->a, w->press->phrases, "press.edited", &arg,
                                  1),
                     &none);
        }
        fill(w,
             arena_printf(
                     w->a, STR_FMT ": <" STR_FMT ">",
                     STR_ARG(say(w, "press.web")),
                     STR_ARG(press_permalink(w->a, w->press, &issue->row))),
             &none);
}

int text_print(struct arena *a, const struct press *press,
               const struct issue *issue, const struct str *foot,
               struct str *ret, struct err *err)
{
        struct buf b;
        struct writer w = { a,
                            press,
                            issue->edition,
                            &b,
                            press_permalink(a, press, &issue->row),
                            STR_NULL };

        if (dates_there(issue->edition))
                w.calendar =
                        arena_printf(a, STR_FMT "agenda.ics", STR_ARG(w.base));

        bool has_news = false;

        buf_init(&b, LIMIT_OUTPUT_B);
        put_head(&w, issue);
        for (size_t i = 0; i < issue->edition->n_sections; i++) {
                const struct section *s = &issue->edition->sections[i];

                if (model_is_empty(s))
                        continue;
                put_section(&w, s);
                has_news = has_news || s->kind != SECTION_GREETING;
        }
        if (!has_news) {
                fill(&w, say(&w, "press.quiet"), &none);
                buf_char(&b, '\n');
        }
        put_corrections(&w, issue);
        put_foot(&w, issue);
        if (foot)
                buf_put(&b, *foot);

        bool ok = buf_ok(&b);

        if (ok)
                *ret = arena_str(a, buf_str(&b));
        buf_done(&b);
        return ok ? 0
                  : err_set(err, ERR_LIMIT, "the edition's text is too large");
}

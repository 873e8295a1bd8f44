#include "press/block.h"

#include <string.h>

#include "base/arena.h"
#include "base/scan.h"
#include "base/url.h"
#include "base/utf8.h"
#include "conf/phrases.h"
#include "press/chart.h"
#include "press/dates.h"
#include "press/day.h"
#include "press/html.h"
#include "press/model.h"
#include "press/runs.h"
#include "press/value.h"

/* What may stand before a headline: phrase and attribute of that name. */
static const char *const marks[] = { "update", "exclusive" };

/*
 * Where a link leads, empty when no reader may be sent there. On the page it
 * stands as written; elsewhere (letter, feeds, book) a path of the site needs
 * the whole address.
 */
static struct str place_of(const struct block_maker *m, struct str url)
{
        if (!html_url_ok(url))
                return STR("");
        return m->with_picture
                       ? url
                       : html_url_strict(m->a, url_resolve(m->a, m->base, url));
}

static struct value *run_value(const struct block_maker *m,
                               const struct run *run)
{
        struct value *v = value_object(m->a);

        value_put_text(m->a, v, "text", run->text);
        value_put_flag(m->a, v, "strong", run->is_strong);
        value_put_flag(m->a, v, "em", run->is_emphasis);
        value_put_flag(m->a, v, "code", run->is_code);
        value_put_flag(m->a, v, "break", run->is_break);
        return v;
}

struct value *block_spans(const struct block_maker *m, const struct run *runs,
                          size_t n)
{
        struct value *spans = value_list(m->a), *texts = NULL;

        for (size_t i = 0; i < n; i++) {
                if (i == 0 || !str_eq(runs[i].url, runs[i - 1].url)) {
                        struct value *span = value_object(m->a);

                        texts = value_list(m->a);
                        value_put_text(m->a, span, "url",
                                       place_of(m, runs[i].url));
                        value_put(m->a, span, "runs", texts);
                        value_add(m->a, spans, span);
                }
                value_add(m->a, texts, run_value(m, &runs[i]));
        }
        return spans;
}

static void add_credit(const struct block_maker *m, struct value *list,
                       struct str name, struct str url)
{
        struct value *v = value_object(m->a);

        value_put_text(m->a, v, "name", name);
        value_put_text(m->a, v, "url", place_of(m, url));
        value_put_flag(m->a, v, "more", list->n > 0);
        value_add(m->a, list, v);
}

/*
 * The sources line: the links that close the text, whose reporting it is, and
 * how many sources there are when they are more than those named.
 */
static struct value *credits(const struct block_maker *m, const struct block *b,
                             const struct runs_parts *parts)
{
        struct value *list = value_list(m->a);
        struct phrase_arg by = { "names", model_attr(&b->attrs, "by") };
        size_t named = 0;
        int64_t n = 0;

        for (size_t i = 0; i < parts->n_credits; i++) {
                struct str words = runs_trim(parts->credits[i].text);

                if (words.n)
                        add_credit(m, list, words, parts->credits[i].url);
                named += parts->credits[i].url.n > 0;
        }
        if (by.value.n && b->kind != BLOCK_QUOTE)
                add_credit(m, list,
                           phrases_fill(m->a, m->press->phrases, "press.by",
                                        &by, 1),
                           STR_NULL);
        if (scan_i64(model_attr(&b->attrs, "sources"), 1, 9999, &n) == 0 &&
            (size_t)n > named)
                add_credit(m, list,
                           model_count(m->a, m->press, "press.source",
                                       "press.sources", n),
                           STR_NULL);
        return list;
}

/* "Exclusive:" as compose writes it. */
static struct str mark_prefix(const struct block_maker *m, const char *mark)
{
        return phrases_get(m->press->phrases, mark);
}

/* The same without its colon. */
static struct str mark_word(const struct block_maker *m, const char *mark)
{
        static const struct str colons[] = { STR_INIT(":"),
                                             STR_INIT("\uff1a") };
        struct str s = mark_prefix(m, mark);

        for (size_t i = 0; i < sizeof(colons) / sizeof(*colons); i++)
                if (str_ends(s, colons[i]))
                        s.n -= colons[i].n;
        return runs_trim(s);
}

struct str block_mark(const struct block_maker *m, const struct attrs *attrs)
{
        for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
                if (model_attr(attrs, marks[i]).n)
                        return mark_word(m, marks[i]);
        return STR_NULL;
}

/* "Exclusive: The board ..." gives the mark, and takes it off the runs. */
static struct str take_mark(const struct block_maker *m, const struct block *b,
                            struct runs_parts *parts)
{
        for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
                struct str prefix = mark_prefix(m, marks[i]);

                if (!parts->n_text || !parts->text[0].is_strong ||
                    !str_starts(parts->text[0].text, prefix))
                        continue;

                struct str text = parts->text[0].text;
                struct run *copy =
                        arena_array(m->a, parts->n_text, sizeof(*copy));

                memcpy(copy, parts->text, parts->n_text * sizeof(*copy));
                copy[0].text = str_trim(str_sub(text, prefix.n, text.n));
                parts->text = copy;
                return mark_word(m, marks[i]);
        }
        return block_mark(m, &b->attrs);
}

/* Who said it, and where we have it from. */
static void put_quote(const struct block_maker *m, const struct block *b,
                      struct value *v)
{
        struct str url = model_attr(&b->attrs, "source");
        struct str outlet = model_attr(&b->attrs, "outlet");

        value_put_text(m->a, v, "by", model_attr(&b->attrs, "by"));
        value_put_text(m->a, v, "source_url", place_of(m, url));
        if (!html_url_ok(url))
                url = STR("");
        value_put_text(m->a, v, "source_name",
                       outlet.n ? outlet
                       : url.n  ? model_source_name(m->a, m->edition, url)
                                : STR(""));
}

/* Foreign words carry their language, so that they are read out rightly. */
static struct str foreign(const struct block_maker *m, const struct block *b)
{
        struct str lang = model_attr(&b->attrs, "lang");

        return language_is_tag(lang) && !str_eq(lang, m->edition->language)
                       ? lang
                       : STR("");
}

static struct value *block_value(const struct block_maker *m,
                                 const struct block *b)
{
        struct value *v = value_object(m->a);
        struct runs_parts parts = runs_part(m->a, b->runs, b->n_runs);
        struct str mark = take_mark(m, b, &parts);
        struct value *sources = credits(m, b, &parts);

        value_put_flag(m->a, v, "paragraph", b->kind == BLOCK_PARAGRAPH);
        value_put_flag(m->a, v, "quote", b->kind == BLOCK_QUOTE);
        value_put_flag(m->a, v, "list",
                       b->kind == BLOCK_LIST && !b->is_ordered);
        value_put_flag(m->a, v, "numbered",
                       b->kind == BLOCK_LIST && b->is_ordered);
        value_put_flag(m->a, v, "subheading", b->kind == BLOCK_HEADING);
        value_put_flag(m->a, v, "is_more", model_has_class(&b->attrs, "more"));
        value_put_flag(m->a, v, "is_sources",
                       model_has_class(&b->attrs, "sources") ||
                               model_has_class(&b->attrs, "so-far"));
        value_put_text(m->a, v, "mark", mark);
        value_put_text(m->a, v, "lang", foreign(m, b));
        value_put(m->a, v, "spans", block_spans(m, parts.text, parts.n_text));
        value_put(m->a, v, "credits", sources);
        value_put(m->a, v, "blocks", block_list(m, b->children, b->n_children));
        put_quote(m, b, v);
        value_put_flag(m->a, v, "has_credits", sources->n > 0);
        value_put_flag(
                m->a, v, "has_attribution",
                sources->n > 0 || value_is_true(value_find(v, STR("by"))) ||
                        value_is_true(value_find(v, STR("source_name"))));

        value_put_text(m->a, v, "preformatted",
                       b->kind == BLOCK_CODE && !b->chart && !b->quiz
                               ? b->text
                               : STR(""));
        if (b->chart)
                value_put(m->a, v, "chart",
                          chart_value(m->a, m->press, m->edition, b->chart,
                                      m->base, m->with_picture));
        else
                value_put_flag(m->a, v, "chart", false);
        return v;
}

struct value *block_list(const struct block_maker *m,
                         const struct block *blocks, size_t n)
{
        struct value *list = value_list(m->a);

        for (size_t i = 0; i < n; i++) {
                struct value *v = block_value(m, &blocks[i]);

                value_put_text(m->a, v, "n", arena_printf(m->a, "%zu", i + 1));
                value_add(m->a, list, v);
        }
        return list;
}

/* --- the agenda --- */

/* "2026-03-06T14:30+01:00": the day and clock as the copy has them. */
bool block_at(struct str at, struct civil *ret_day, struct str *ret_clock)
{
        if (time_parse_date(str_sub(at, 0, 10), ret_day, NULL) < 0)
                return false;
        *ret_clock =
                at.n >= 16 && at.p[10] == 'T' ? str_sub(at, 11, 5) : STR("");
        return true;
}

struct str block_day(const struct block_maker *m, const struct civil *c)
{
        struct civil noon = m->edition->date, day = *c;
        int64_t gap;

        noon.hour = noon.minute = noon.second = 0;
        day.hour = day.minute = day.second = 0;
        gap = (time_from_civil(&day) - time_from_civil(&noon)) / TIME_DAY_S;
        if (gap == 0)
                return phrases_get(m->press->phrases, "press.today");
        if (gap > 0 && gap < 7)
                return day_weekday(m->a, m->edition->language, c);
        return day_short(m->a, m->edition->language, c);
}

static struct value *agenda_item(const struct block_maker *m,
                                 const struct block *b)
{
        struct value *v = block_value(m, b), *notes = dates_notes(m, b);
        bool is_placed;
        struct str clock = dates_clock(m, b, &is_placed);

        value_put(m->a, v, "notes", notes);
        value_put_flag(m->a, v, "has_notes", notes->n > 0);
        value_put_text(m->a, v, "at", model_attr(&b->attrs, "at"));
        value_put_text(
                m->a, v, "clock",
                clock.n ? clock
                        : phrases_get(m->press->phrases, "press.all_day"));
        return v;
}

struct value *block_days(const struct block_maker *m,
                         const struct section *section)
{
        struct value *days = value_list(m->a), *items = NULL;
        struct str name = STR_NULL;

        for (size_t i = 0; i < section->n_blocks; i++) {
                const struct block *list = &section->blocks[i];

                for (size_t k = 0; k < list->n_children; k++) {
                        const struct block *b = &list->children[k];
                        struct civil c;
                        struct str clock = STR(""), day = STR("");

                        if (block_at(model_attr(&b->attrs, "at"), &c, &clock))
                                day = block_day(m, &c);
                        if (!items || !str_eq(day, name)) {
                                struct value *v = value_object(m->a);

                                items = value_list(m->a);
                                value_put_text(m->a, v, "day", day);
                                value_put(m->a, v, "items", items);
                                value_add(m->a, days, v);
                                name = day;
                        }
                        value_add(m->a, items, agenda_item(m, b));
                }
        }
        return days;
}

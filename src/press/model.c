#include "press/model.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/url.h"
#include "base/utf8.h"
#include "conf/phrases.h"
#include "press/block.h"
#include "press/corrected.h"
#include "press/dates.h"
#include "press/day.h"
#include "press/html.h"
#include "press/page.h"
#include "press/quiz.h"
#include "press/runs.h"
#include "press/theme.h"
#include "press/value.h"

#define WORDS_A_MINUTE 230

struct str model_attr(const struct attrs *attrs, const char *key)
{
        for (size_t i = 0; i < attrs->n; i++)
                if (str_eq(attrs->items[i].key, str_c(key)))
                        return attrs->items[i].value;
        return STR_NULL;
}

bool model_has_class(const struct attrs *attrs, const char *name)
{
        for (size_t i = 0; i < attrs->n; i++)
                if (!attrs->items[i].key.n &&
                    str_eq(attrs->items[i].value, str_c(name)))
                        return true;
        return false;
}

/* A language that has more than two forms names them behind the plural's key;
 * where it names none, the plural itself serves. */
struct str model_count(struct arena *a, const struct press *press,
                       const char *one, const char *many, int64_t n)
{
        struct phrase_arg arg = { "n", arena_printf(a, "%lld", (long long)n) };
        const char *key = one;

        if (n != 1) {
                struct str plural = language_plural(a, press->language, n);

                key = arena_printf(a, "%s." STR_FMT, many, STR_ARG(plural)).p;
                if (str_eq(phrases_get(press->phrases, key), str_c(key)))
                        key = many;
        }
        return phrases_fill(a, press->phrases, key, &arg, 1);
}

struct civil model_date(const struct edition_row *row)
{
        struct civil c = { .year = 1970, .month = 1, .day = 1 };

        if (time_parse_date(row->date, &c, NULL) < 0)
                return (struct civil) { .year = 1970, .month = 1, .day = 1 };
        return c;
}

/* --- walking an edition --- */

static size_t block_words(struct arena *a, const struct block *b)
{
        size_t n = runs_words(runs_plain(a, b->runs, b->n_runs));

        for (size_t i = 0; i < b->n_children; i++)
                n += block_words(a, &b->children[i]);
        return n;
}

int64_t model_minutes(struct arena *a, const struct edition *e)
{
        size_t n = 0;

        for (size_t i = 0; i < e->n_sections; i++) {
                const struct section *s = &e->sections[i];

                n += runs_words(runs_plain(a, s->runs, s->n_runs));
                for (size_t k = 0; k < s->n_blocks; k++)
                        n += block_words(a, &s->blocks[k]);
        }
        return n < WORDS_A_MINUTE
                       ? 1
                       : (int64_t)((n + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE);
}

/* The text of a link to url in these blocks, if there is one. */
static struct str link_text(const struct block *blocks, size_t n,
                            struct str url)
{
        for (size_t i = 0; i < n; i++) {
                const struct block *b = &blocks[i];
                struct str found;

                for (size_t k = 0; k < b->n_runs; k++)
                        if (b->runs[k].url.n && str_eq(b->runs[k].url, url))
                                return b->runs[k].text;
                found = link_text(b->children, b->n_children, url);
                if (found.n)
                        return found;
        }
        return STR_NULL;
}

struct str model_source_name(struct arena *a, const struct edition *e,
                             struct str url)
{
        struct str host = url_host(a, url);

        for (size_t i = 0; i < e->n_sections; i++) {
                struct str text = link_text(e->sections[i].blocks,
                                            e->sections[i].n_blocks, url);
                if (text.n)
                        return text;
        }
        return str_starts(host, STR("www.")) ? str_sub(host, 4, host.n) : host;
}

/* The first paragraph or item with words in it. */
static struct str first_words(struct arena *a, const struct section *s)
{
        for (size_t i = 0; i < s->n_blocks; i++) {
                const struct block *b = &s->blocks[i];

                if (b->kind == BLOCK_LIST && b->n_children)
                        b = &b->children[0];
                struct runs_parts parts = runs_part(a, b->runs, b->n_runs);
                struct str words = runs_plain(a, parts.text, parts.n_text);

                if (words.n && b->kind != BLOCK_QUOTE)
                        return words;
        }
        return STR("");
}

static struct str clip_words(struct arena *a, struct str s, size_t max_b)
{
        if (s.n <= max_b)
                return s;
        s = utf8_clip(s, max_b - 3);
        while (s.n && s.p[s.n - 1] != ' ')
                s.n--;
        return arena_printf(a, STR_FMT "\u2026", STR_ARG(str_trim(s)));
}

struct str model_opening(struct arena *a, const struct edition *e, size_t max_b)
{
        struct str words = STR("");

        for (size_t i = 0; i < e->n_sections && !words.n; i++)
                if (e->sections[i].kind == SECTION_LEAD)
                        words = first_words(a, &e->sections[i]);
        for (size_t i = 0; i < e->n_sections && !words.n; i++)
                if (e->sections[i].kind != SECTION_GREETING)
                        words = first_words(a, &e->sections[i]);
        return clip_words(a, words, max_b);
}

/* --- values --- */

/* The phrases that templates use as {{say.NAME}}. */
static const char *const said[] = {
        "skip",      "lead",          "archive",      "feeds",
        "privacy",   "text",          "before",       "promise",
        "quiet",     "web",           "unsubscribe",  "from",
        "latest",    "archive_title", "archive_none", "calendar",
        "history",   "corrections",   "legend",       "unseen",
        "book",      "contents",      "cover",        "quiz_take",
        "quiz_send", "quiz_answers",  "quiz_back",    "quiz_to_share",
};

struct value *model_press(struct arena *a, const struct press *press)
{
        struct value *v = value_object(a), *say = value_object(a);
        struct str css = STR("");

        for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
                struct str key = arena_printf(a, "press.%s", said[i]);

                value_put_text(a, say, said[i],
                               phrases_get(press->phrases, key.p));
        }
        (void)theme_find(press->theme, STR("edition.css"), &css);
        value_put(a, v, "say", say);
        value_put_text(a, v, "css", css);
        value_put_text(a, v, "name", press->name);
        value_put_text(a, v, "line", press->line);
        value_put_text(a, v, "lang", press->language);
        value_put_text(a, v, "dir",
                       language_is_rtl(a, press->language) ? STR("rtl")
                                                           : STR("ltr"));
        value_put_flag(a, v, "rtl", language_is_rtl(a, press->language));
        value_put_text(a, v, "home", press->url);
        value_put_text(a, v, "address", press->address);
        value_put_flag(a, v, "issue", false);
        return v;
}

/*
 * What may stand in the second column of a wide page: the small things. When
 * there are few of them, the long read and the opinions keep them company.
 */
static bool is_side(const struct edition *e, enum section_kind kind)
{
        if (kind == SECTION_AGENDA || kind == SECTION_CHART ||
            kind == SECTION_QUIZ || kind == SECTION_BREAK)
                return true;
        if (kind != SECTION_MAGAZINE && kind != SECTION_READING)
                return false;
        for (size_t i = 0; i < e->n_sections; i++)
                if (e->sections[i].kind == SECTION_AGENDA ||
                    e->sections[i].kind == SECTION_CHART ||
                    e->sections[i].kind == SECTION_QUIZ)
                        return false;
        return true;
}

/* Names of kinds as flags, in the order of enum section_kind. */
static const char *const kinds[] = {
        "greeting", "lead", "agenda", "stories",     "reading", "magazine",
        "chart",    "quiz", "break",  "corrections", "other",
};

/* Whose reporting the lead is made of. */
static struct str reporting(const struct block_maker *m,
                            const struct section *s)
{
        struct phrase_arg arg = { "names", model_attr(&s->attrs, "by") };

        if (!arg.value.n)
                return STR("");
        return phrases_fill(m->a, m->press->phrases, "press.reporting", &arg,
                            1);
}

/* Whose exclusive it is, where that is its mark. */
static struct str exclusive_to(const struct section *s)
{
        return model_attr(&s->attrs, "update").n
                       ? STR("")
                       : model_attr(&s->attrs, "exclusive");
}

static struct value *section_value(const struct block_maker *m,
                                   const struct section *s, size_t at)
{
        struct value *v = value_object(m->a);

        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                value_put_flag(m->a, v, kinds[i], s->kind == i);
        value_put_text(m->a, v, "kind", str_c(kinds[s->kind]));
        value_put_text(m->a, v, "reporting", reporting(m, s));
        value_put_text(m->a, v, "mark", block_mark(m, &s->attrs));
        value_put_text(m->a, v, "marked_by", exclusive_to(s));
        value_put_text(m->a, v, "id", arena_printf(m->a, "s%zu", at));
        value_put(m->a, v, "heading", block_spans(m, s->runs, s->n_runs));
        value_put_flag(m->a, v, "has_heading", s->n_runs > 0);
        value_put_text(m->a, v, "heading_text",
                       str_trim(runs_plain(m->a, s->runs, s->n_runs)));
        value_put(m->a, v, "blocks", block_list(m, s->blocks, s->n_blocks));
        quiz_put_section(m, s, v);
        value_put(m->a, v, "days",
                  s->kind == SECTION_AGENDA ? block_days(m, s)
                                            : value_list(m->a));
        return v;
}

/* A list of nothing is not printed; a lead without text still has its headline.
 */
bool model_is_empty(const struct section *s)
{
        if (s->kind == SECTION_LEAD)
                return s->n_blocks == 0 && s->n_runs == 0;
        for (size_t i = 0; i < s->n_blocks; i++) {
                const struct block *b = &s->blocks[i];
                bool is_asked =
                        s->kind == SECTION_QUIZ && b->quiz && b->quiz->is_asked;

                if (is_asked ||
                    (!b->quiz && (b->kind != BLOCK_LIST || b->n_children)))
                        return false;
        }
        return true;
}

/*
 * Sections in the copy's order, and the same in groups: what may stand in the
 * second column of a wide page, and what stands beside it. Before the lead
 * nothing is moved aside.
 */
static void put_sections(const struct block_maker *m, struct value *root)
{
        struct value *all = value_list(m->a), *groups = value_list(m->a),
                     *group = NULL;
        bool was_side = false, may_side = false, has_news = false;

        for (size_t i = 0; i < m->edition->n_sections; i++) {
                const struct section *s = &m->edition->sections[i];
                bool aside = may_side && is_side(m->edition, s->kind);

                if (model_is_empty(s))
                        continue;

                struct value *v = section_value(m, s, i + 1);

                if (!group || aside != was_side) {
                        struct value *g = value_object(m->a);

                        group = value_list(m->a);
                        value_put_flag(m->a, g, "side", aside);
                        value_put(m->a, g, "sections", group);
                        value_add(m->a, groups, g);
                        was_side = aside;
                }
                value_add(m->a, group, v);
                value_add(m->a, all, v);
                may_side = may_side || (s->kind != SECTION_GREETING &&
                                        !is_side(m->edition, s->kind));
                has_news = has_news || s->kind != SECTION_GREETING;
        }
        value_put(m->a, root, "sections", all);
        value_put(m->a, root, "groups", groups);
        value_put_flag(m->a, root, "is_quiet", !has_news);
        value_put_flag(m->a, root, "two_columns", groups->n > 1);
}

static struct str contributors(struct arena *a, const struct press *press,
                               const struct edition *e)
{
        struct buf b;

        if (!e->n_contributors)
                return STR("");
        buf_init(&b, LIMIT_COPY_B);
        for (size_t i = 0; i < e->n_contributors; i++) {
                if (i)
                        buf_puts(&b, ", ");
                buf_put(&b, e->contributors[i]);
        }

        struct phrase_arg arg = { "names", arena_str(a, buf_str(&b)) };

        buf_done(&b);
        return phrases_fill(a, press->phrases, "press.edited", &arg, 1);
}

struct value *model_issue(struct arena *a, const struct press *press,
                          const struct issue *issue, bool with_picture)
{
        const struct edition *e = issue->edition;
        struct value *v = model_press(a, press);
        struct block_maker m = {
                .a = a,
                .press = press,
                .edition = e,
                .base = with_picture ? arena_printf(a, STR_FMT STR_FMT,
                                                    STR_ARG(page_root(press)),
                                                    STR_ARG(press_path(
                                                            a, &issue->row)))
                                     : press_permalink(a, press, &issue->row),
                .with_picture = with_picture,
        };

        m.edition_url =
                with_picture ? m.base : press_permalink(a, press, &issue->row);
        struct str lang =
                language_is_tag(e->language) ? e->language : press->language;
        bool rtl = language_is_rtl(a, lang);
        struct civil date = model_date(&issue->row);
        struct phrase_arg number = {
                "n", arena_printf(a, "%lld", (long long)issue->row.number)
        };

        value_put_flag(a, v, "issue", true);
        value_put_text(a, v, "lang", lang);
        value_put_text(a, v, "dir", rtl ? STR("rtl") : STR("ltr"));
        value_put_flag(a, v, "rtl", rtl);
        value_put_text(a, v, "title", e->title);
        value_put_text(a, v, "date", issue->row.date);
        value_put_text(a, v, "day", day_long(a, lang, &date));
        value_put_text(
                a, v, "number",
                phrases_fill(a, press->phrases, "press.number", &number, 1));
        value_put_text(a, v, "minutes",
                       model_count(a, press, "press.minute", "press.minutes",
                                   model_minutes(a, e)));
        value_put_text(a, v, "permalink",
                       press_permalink(a, press, &issue->row));
        value_put_text(a, v, "calendar_url",
                       dates_there(e)
                               ? arena_printf(a, STR_FMT "agenda.ics",
                                              STR_ARG(press_permalink(
                                                      a, press, &issue->row)))
                               : STR(""));
        value_put_text(a, v, "opening", model_opening(a, e, 200));
        value_put_text(a, v, "contributors", contributors(a, press, e));
        put_sections(&m, v);
        corrected_put(a, press, issue, v);
        return v;
}

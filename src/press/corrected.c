#include "press/corrected.h"

#include "base/arena.h"
#include "conf/phrases.h"
#include "press/changes.h"
#include "press/day.h"
#include "press/model.h"
#include "press/page.h"
#include "press/value.h"

static struct str say(const struct press *press, const char *key)
{
        return phrases_get(press->phrases, key);
}

static bool is_day_of(const struct civil *c, const struct civil *date)
{
        return c->year == date->year && c->month == date->month &&
               c->day == date->day;
}

/* "6 March at 2:05pm", in the press's own zone. */
static struct str when(struct arena *a, const struct press *press,
                       struct str language, int64_t at)
{
        struct civil c = time_in_zone(at, press->zone);

        return day_moment(a, language, &c);
}

/* "Corrected at 14:05"; of another day than the edition's with that day. */
static struct str near_date(struct arena *a, const struct press *press,
                            const struct issue *issue, int64_t at)
{
        struct civil c = time_in_zone(at, press->zone),
                     date = model_date(&issue->row);
        struct str language = issue->edition->language;
        const struct phrase_arg args[] = {
                { "time", day_clock(a, language, &c) },
                { "day", day_short(a, language, &c) },
        };

        return phrases_fill(a, press->phrases,
                            is_day_of(&c, &date) ? "press.corrected"
                                                 : "press.corrected.on",
                            args, 2);
}

static struct str history_link(struct arena *a, const struct press *press,
                               const struct edition_row *row)
{
        return arena_printf(a, STR_FMT "history/",
                            STR_ARG(press_permalink(a, press, row)));
}

void corrected_put(struct arena *a, const struct press *press,
                   const struct issue *issue, struct value *root)
{
        struct value *list = value_list(a);
        struct str near = STR(""), link = STR("");

        for (size_t i = 1; i < issue->n_versions; i++) {
                const struct version *v = &issue->versions[i];
                struct value *note = value_object(a);

                if (!v->note.n)
                        continue;
                value_put_text(a, note, "when",
                               when(a, press, issue->edition->language, v->at));
                value_put_text(a, note, "at", page_time(a, v->at));
                value_put_text(a, note, "note", v->note);
                value_add(a, list, note);
                near = near_date(a, press, issue, v->at);
        }
        if (issue->n_versions > 1)
                link = history_link(a, press, &issue->row);
        value_put(a, root, "corrections", list);
        value_put_flag(a, root, "has_corrections", list->n > 0);
        value_put_text(a, root, "corrected", near);
        value_put_text(a, root, "history_url", link);
}

size_t corrected_lines(struct arena *a, const struct press *press,
                       const struct issue *issue, struct str **ret)
{
        struct str *lines =
                arena_array(a, issue->n_versions + 1, sizeof(*lines));
        size_t n = 0;

        for (size_t i = 1; i < issue->n_versions; i++) {
                const struct version *v = &issue->versions[i];

                if (v->note.n)
                        lines[n++] = arena_printf(
                                a, STR_FMT ": " STR_FMT,
                                STR_ARG(when(a, press, issue->edition->language,
                                             v->at)),
                                STR_ARG(v->note));
        }
        *ret = lines;
        return n;
}

/* --- the page of all versions --- */

static struct value *parts_value(struct arena *a, const struct change *c)
{
        struct value *list = value_list(a);

        for (size_t i = 0; i < c->n; i++) {
                struct value *v = value_object(a);
                struct str text = c->parts[i].text;
                bool has_lead = c->parts[i].kind != PART_KEPT &&
                                str_starts(text, STR(" "));

                value_put_text(a, v, "lead", has_lead ? STR(" ") : STR(""));
                value_put_text(a, v, "text", str_sub(text, has_lead, text.n));
                value_put_flag(a, v, "kept", c->parts[i].kind == PART_KEPT);
                value_put_flag(a, v, "gone", c->parts[i].kind == PART_GONE);
                value_put_flag(a, v, "new", c->parts[i].kind == PART_NEW);
                value_add(a, list, v);
        }
        return list;
}

static struct value *changes_value(struct arena *a, const struct version *from,
                                   const struct version *to)
{
        struct value *list = value_list(a);
        struct changes changes;
        struct str where = STR("");

        if (!from->edition || !to->edition)
                return list;
        changes_between(a, from->edition, to->edition, &changes);
        for (size_t i = 0; i < changes.n; i++) {
                const struct change *c = &changes.items[i];
                struct value *v = value_object(a);

                value_put_text(a, v, "where",
                               i && str_eq(c->where, where) ? STR("")
                                                            : c->where);
                value_put(a, v, "parts", parts_value(a, c));
                value_add(a, list, v);
                where = c->where;
        }
        return list;
}

static struct value *version_value(struct arena *a, const struct press *press,
                                   const struct issue *issue, size_t i)
{
        const struct version *v = &issue->versions[i];
        struct value *o = value_object(a),
                     *changes = i ? changes_value(a, v - 1, v) : value_list(a);
        struct phrase_arg n = { "n", arena_printf(a, "%zu", i + 1) };
        struct str note = !i          ? say(press, "press.history.first")
                          : v->note.n ? v->note
                                      : say(press, "press.history.misprint");

        value_put_text(a, o, "id", arena_printf(a, "v%zu", i + 1));
        value_put_text(a, o, "version",
                       phrases_fill(a, press->phrases, "press.history.version",
                                    &n, 1));
        value_put_text(a, o, "when",
                       when(a, press, issue->edition->language, v->at));
        value_put_text(a, o, "at", page_time(a, v->at));
        value_put_text(a, o, "note", note);
        value_put(a, o, "changes", changes);
        value_put_flag(a, o, "is_same", i && !changes->n);
        return o;
}

int corrected_print(struct arena *a, const struct press *press,
                    const struct issue *issue, struct printed_list *out,
                    struct err *err)
{
        struct value *root, *list;
        struct civil date = model_date(&issue->row);
        struct str language = issue->edition->language,
                   title = say(press, "press.history.title");

        if (issue->n_versions < 2)
                return 0;
        root = model_press(a, press);
        list = value_list(a);
        for (size_t i = issue->n_versions; i-- > 0;)
                value_add(a, list, version_value(a, press, issue, i));
        value_put_text(a, root, "lang", language);
        value_put_text(a, root, "dir",
                       language_is_rtl(a, language) ? STR("rtl") : STR("ltr"));
        value_put_text(a, root, "history_title", title);
        value_put_text(a, root, "title", issue->edition->title);
        value_put_text(a, root, "day", day_long(a, language, &date));
        value_put_text(a, root, "url",
                       arena_printf(a, STR_FMT STR_FMT,
                                    STR_ARG(page_root(press)),
                                    STR_ARG(press_path(a, &issue->row))));
        value_put(a, root, "versions", list);
        page_head(a, press, root,
                  arena_printf(a, STR_FMT ": " STR_FMT " \u2014 " STR_FMT,
                               STR_ARG(title), STR_ARG(issue->edition->title),
                               STR_ARG(press->name)),
                  history_link(a, press, &issue->row), STR(""));
        return page_print(a, press, "history", root,
                          arena_printf(a, STR_FMT "history/index.html",
                                       STR_ARG(press_path(a, &issue->row))),
                          out, err);
}

/* --- the letter on one --- */

struct sheet {
        struct arena *a;
        struct block *blocks;
        size_t n, cap;
};

static void add_block(struct sheet *s, enum block_kind kind, struct run *runs,
                      size_t n)
{
        ARENA_GROW(s->a, s->blocks, s->n, s->cap);
        s->blocks[s->n++] =
                (struct block) { .kind = kind, .runs = runs, .n_runs = n };
}

static void add_line(struct sheet *s, struct run run)
{
        struct run *runs = arena_alloc(s->a, sizeof(*runs));

        *runs = run;
        add_block(s, BLOCK_PARAGRAPH, runs, 1);
}

/* The passage as it was, or as it is: what makes the difference stands out. */
static void add_passage(struct sheet *s, struct str label,
                        const struct change *c, enum part_kind kind)
{
        struct run *runs = arena_array(s->a, c->n + 1, sizeof(*runs));
        size_t n = 0;

        for (size_t i = 0; i < c->n; i++)
                if (c->parts[i].kind == PART_KEPT || c->parts[i].kind == kind)
                        runs[n++] =
                                (struct run) { .text = c->parts[i].text,
                                               .is_strong = c->parts[i].kind ==
                                                            kind };
        if (!n)
                return;
        add_line(s, (struct run) { .text = label });
        add_block(s, BLOCK_QUOTE, runs, n);
}

static struct section *letter_section(struct sheet *s, const struct str *title)
{
        struct section *section = arena_alloc(s->a, sizeof(*section));
        struct run *heading = arena_alloc(s->a, sizeof(*heading));

        heading->text = *title;
        *section = (struct section) { .kind = SECTION_OTHER,
                                      .name = STR(""),
                                      .level = 2,
                                      .runs = heading,
                                      .n_runs = 1,
                                      .blocks = s->blocks,
                                      .n_blocks = s->n };
        return section;
}

const struct edition *corrected_letter(struct arena *a,
                                       const struct press *press,
                                       const struct edition_row *row,
                                       const struct version *before,
                                       const struct version *after)
{
        struct edition *e = arena_alloc(a, sizeof(*e));
        struct sheet s = { .a = a };
        struct phrase_arg title = { "title", after->edition->title };
        struct changes changes;

        changes_between(a, before->edition, after->edition, &changes);
        add_line(&s, (struct run) { .text = after->note });
        for (size_t i = 0; i < changes.n && i < CORRECTED_SHOWN; i++) {
                add_passage(&s, say(press, "press.correction.before"),
                            &changes.items[i], PART_GONE);
                add_passage(&s, say(press, "press.correction.after"),
                            &changes.items[i], PART_NEW);
        }
        add_line(&s, (struct run) { .text = say(press, "press.history"),
                                    .url = history_link(a, press, row) });
        *e = *after->edition;
        e->title =
                phrases_fill(a, press->phrases, "press.correction", &title, 1);
        e->contributors = NULL;
        e->n_contributors = 0;
        e->sections = letter_section(&s, &e->title);
        e->n_sections = 1;
        return e;
}

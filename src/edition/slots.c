#include "edition/slots.h"

#include "base/arena.h"
#include "base/scan.h"
#include "edition/attrs.h"
#include "conf/phrases.h"

struct slots {
        struct arena *a;
        const struct phrases *phrases;
        struct edition_slot *items;
        size_t n, cap;
};

/* The runs' text; bold only: what stands in bold at their front. */
static struct str text_of(struct slots *s, const struct run *runs, size_t n,
                          bool bold_only)
{
        struct str text = STR("");

        for (size_t i = 0; i < n; i++) {
                if (bold_only && !runs[i].is_strong)
                        break;
                text = arena_printf(s->a, STR_FMT STR_FMT, STR_ARG(text),
                                    STR_ARG(runs[i].text));
        }
        return str_trim(text);
}

/* "Update: Ports reopen." as "Ports reopen". */
static struct str without_mark(const struct slots *s, struct str title)
{
        static const char *const marks[] = { "update", "exclusive" };
        struct str stop = phrases_get(s->phrases, "stop");

        for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
                struct str mark = phrases_get(s->phrases, marks[i]);

                if (str_starts(title, mark))
                        title = str_trim(str_sub(title, mark.n, title.n));
        }
        return str_ends(title, stop) ? str_sub(title, 0, title.n - stop.n)
                                     : title;
}

static void add(struct slots *s, const struct attrs *attrs, struct str slot,
                struct str title)
{
        int64_t id;

        if (scan_i64(attrs_get(attrs, "story"), 1, INT64_MAX, &id) < 0)
                return;
        for (size_t i = 0; i < s->n; i++)
                if (s->items[i].story_id == id)
                        return;
        title = without_mark(s, title);
        ARENA_GROW(s->a, s->items, s->n, s->cap);
        s->items[s->n++] =
                (struct edition_slot) { id, slot.n ? slot : STR("other"),
                                        title.n ? title : STR_NULL };
}

static void add_blocks(struct slots *s, const struct block *blocks, size_t n,
                       struct str slot)
{
        for (size_t i = 0; i < n; i++) {
                add(s, &blocks[i].attrs, slot,
                    text_of(s, blocks[i].runs, blocks[i].n_runs, true));
                add_blocks(s, blocks[i].children, blocks[i].n_children, slot);
        }
}

void slots_of(struct arena *a, const struct edition *e,
              const struct phrases *phrases, struct edition_slot **ret,
              size_t *ret_n)
{
        struct slots s = { .a = a, .phrases = phrases };

        for (size_t i = 0; i < e->n_sections; i++) {
                const struct section *section = &e->sections[i];

                add(&s, &section->attrs, section->name,
                    text_of(&s, section->runs, section->n_runs, false));
                add_blocks(&s, section->blocks, section->n_blocks,
                           section->name);
        }
        *ret = s.items;
        *ret_n = s.n;
}

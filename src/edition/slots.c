#include "edition/slots.h"

#include "base/arena.h"
#include "base/scan.h"
#include "edition/attrs.h"

struct slots {
        struct arena *a;
        struct edition_slot *items;
        size_t n, cap;
};

static void add(struct slots *s, const struct attrs *attrs, struct str slot)
{
        int64_t id;

        if (scan_i64(attrs_get(attrs, "story"), 1, INT64_MAX, &id) < 0)
                return;
        for (size_t i = 0; i < s->n; i++)
                if (s->items[i].story_id == id)
                        return;
        ARENA_GROW(s->a, s->items, s->n, s->cap);
        s->items[s->n++] =
                (struct edition_slot) { id, slot.n ? slot : STR("other") };
}

static void add_blocks(struct slots *s, const struct block *blocks, size_t n,
                       struct str slot)
{
        for (size_t i = 0; i < n; i++) {
                add(s, &blocks[i].attrs, slot);
                add_blocks(s, blocks[i].children, blocks[i].n_children, slot);
        }
}

void slots_of(struct arena *a, const struct edition *e,
              struct edition_slot **ret, size_t *ret_n)
{
        struct slots s = { .a = a };

        for (size_t i = 0; i < e->n_sections; i++) {
                const struct section *section = &e->sections[i];

                add(&s, &section->attrs, section->name);
                add_blocks(&s, section->blocks, section->n_blocks,
                           section->name);
        }
        *ret = s.items;
        *ret_n = s.n;
}

#include "press/value.h"

#include "base/arena.h"

static struct value *make(struct arena *a, enum value_kind kind)
{
        struct value *v = arena_alloc(a, sizeof(*v));

        v->kind = kind;
        return v;
}

struct value *value_text(struct arena *a, struct str s)
{
        struct value *v = make(a, VALUE_TEXT);

        v->text = s;
        return v;
}

struct value *value_list(struct arena *a)
{
        return make(a, VALUE_LIST);
}
struct value *value_object(struct arena *a)
{
        return make(a, VALUE_OBJECT);
}

void value_put(struct arena *a, struct value *o, const char *key,
               struct value *v)
{
        struct str k = str_c(key);

        for (size_t i = 0; i < o->n; i++)
                if (str_eq(o->keys[i], k)) {
                        o->items[i] = v;
                        return;
                }
        ARENA_GROW(a, o->keys, o->n, o->cap_keys);
        ARENA_GROW(a, o->items, o->n, o->cap_items);
        o->keys[o->n] = k;
        o->items[o->n++] = v;
}

void value_put_text(struct arena *a, struct value *o, const char *key,
                    struct str s)
{
        value_put(a, o, key, value_text(a, s));
}

void value_put_flag(struct arena *a, struct value *o, const char *key,
                    bool flag)
{
        struct value *v = make(a, VALUE_FLAG);

        v->flag = flag;
        value_put(a, o, key, v);
}

void value_add(struct arena *a, struct value *list, struct value *v)
{
        ARENA_GROW(a, list->items, list->n, list->cap_items);
        list->items[list->n++] = v;
}

const struct value *value_find(const struct value *v, struct str key)
{
        if (!v || v->kind != VALUE_OBJECT)
                return NULL;
        for (size_t i = 0; i < v->n; i++)
                if (str_eq(v->keys[i], key))
                        return v->items[i];
        return NULL;
}

bool value_is_true(const struct value *v)
{
        if (!v)
                return false;
        switch (v->kind) {
        case VALUE_FLAG:
                return v->flag;
        case VALUE_TEXT:
                return v->text.n > 0;
        case VALUE_LIST:
                return v->n > 0;
        case VALUE_OBJECT:
                return true;
        }
        return false;
}

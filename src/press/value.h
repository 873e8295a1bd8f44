#ifndef PRESS_VALUE_H
#define PRESS_VALUE_H

/*
 * What a template is filled from: a small tree of texts, flags, lists and
 * objects, all in one arena.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

enum value_kind { VALUE_FLAG, VALUE_TEXT, VALUE_LIST, VALUE_OBJECT };

struct value {
        enum value_kind kind;
        bool flag;
        struct str text;
        struct str *keys; /* of an object; NULL in a list */
        struct value **items;
        size_t n, cap_keys, cap_items;
};

struct value *value_text(struct arena *a, struct str s);
struct value *value_list(struct arena *a);
struct value *value_object(struct arena *a);

/* Into an object. A key that is there already gets the new value. */
void value_put(struct arena *a, struct value *object, const char *key,
               struct value *v);
void value_put_text(struct arena *a, struct value *object, const char *key,
                    struct str s);
void value_put_flag(struct arena *a, struct value *object, const char *key,
                    bool flag);

void value_add(struct arena *a, struct value *list, struct value *v);

/* NULL when v is no object or has no such key. */
const struct value *value_find(const struct value *v, struct str key);

/* False, an absent or empty text and an empty list count as false. */
bool value_is_true(const struct value *v);

#endif

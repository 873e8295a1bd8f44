#ifndef EDITION_ATTRS_H
#define EDITION_ATTRS_H

/*
 * Attributes as Pandoc writes them: {.class #id key=value key="v v"}, at the
 * end of a heading, a paragraph, an item or a quote, after a blank.
 *
 * A class has the key "", an id the key "id".
 */

#include <stdbool.h>

#include "edition/edition.h"

struct arena;
struct buf;

/* Longest list of attributes, and most in one. */
#define ATTRS_MAX_B 8192
#define ATTRS_MAX 64

/*
 * Take the list off the end of *text. False when *text ends in none: both
 * are untouched then. Values are views or live in a.
 */
bool attrs_cut(struct arena *a, struct str *text, struct attrs *ret);

/* "{...}"; nothing when there are none. */
void attrs_put(struct buf *out, const struct attrs *attrs);

/* The first value of key; absent when there is none. */
struct str attrs_get(const struct attrs *attrs, const char *key);
bool attrs_has_class(const struct attrs *attrs, const char *name);

/* Add one; key "" adds a class. Both strings are borrowed. */
void attrs_add(struct arena *a, struct attrs *attrs, const char *key,
               struct str value);

#endif

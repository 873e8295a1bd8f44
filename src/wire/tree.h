#ifndef WIRE_TREE_H
#define WIRE_TREE_H

/*
 * A web page as a flat tree: elements and texts in the order of the document,
 * each knowing its parent and where what it holds ends, so that every question
 * is a walk over an array. libxml2's HTML parser makes the events; nothing here
 * recurses, and depth, nodes and bytes are bounded.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "wire/lexer.h"

struct arena;

/* The attributes that are kept; others are forgotten as they are read. */
enum tree_key {
        TREE_NONE,
#define KEY(name, text) TREE_##name,
#include "wire/tree.def"
#undef KEY
};

struct tree_attr {
        enum tree_key key;
        struct str value;
};

#define TREE_TOP UINT32_MAX /* the parent of what has none */

struct tree_node {
        enum tag tag;    /* TAG_UNKNOWN for a text, too */
        uint32_t parent; /* always before it; TREE_TOP: none */
        uint32_t end;    /* past the last of what it holds */
        bool is_text;
        struct str text; /* of a text */
        const struct tree_attr *attrs;
        uint32_t n_attrs;
};

struct tree {
        struct tree_node *nodes;
        size_t n;
};

/* html is UTF-8. No markup at all gives a tree of the texts. ERR_LIMIT: more
 * nodes than LIMIT_PAGE_NODES. What is nested past LIMIT_PAGE_DEPTH is left
 * out, with what follows it. */
NODISCARD int tree_parse(struct arena *a, struct str html, struct tree *ret,
                         struct err *err);

/* Borrowed; absent when the element has none. */
struct str tree_attr(const struct tree_node *n, enum tree_key key);

/* All text of node i in one line; what is never shown is left out. */
struct str tree_text(struct arena *a, const struct tree *t, size_t i,
                     size_t max_b);

/* The first element of that kind, or STR_NONE. */
size_t tree_find(const struct tree *t, enum tag tag);

#endif

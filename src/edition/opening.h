#ifndef EDITION_OPENING_H
#define EDITION_OPENING_H

/*
 * What a line opens: a fence, a heading, a rule, a quote, an item, or nothing.
 *
 * CommonMark with one ease: indentation never makes code, so that a paragraph
 * someone has indented is still a paragraph.
 */

#include <stdbool.h>

#include "base/str.h"

enum opening_kind {
        OPENING_NONE,
        OPENING_BLANK,
        OPENING_FENCE,
        OPENING_HEADING,
        OPENING_RULE,
        OPENING_QUOTE,
        OPENING_BULLET,
        OPENING_NUMBER,
};

struct opening {
        enum opening_kind kind;
        size_t indent; /* columns before it */
        char mark;     /* of a fence or an item: ` ~ - + * . ) */
        int level;     /* of a heading; length of a fence; number of an item */
        struct str rest; /* behind the mark; an item's may be empty */
        size_t content;  /* of an item: column at which its content stands */
};

struct opening opening_of(struct str line);

/* May it end a paragraph that stands before it without a blank line? */
bool opening_interrupts(const struct opening *o);

/* 1 or 2 when the line underlines a heading, else 0. */
int opening_underline(struct str line);

/* Is it the end of the fence? */
bool opening_ends_fence(const struct opening *fence, struct str line);

/* Columns of white space at the front (tab stops are four apart). */
size_t opening_indent(struct str line);
/* The line without up to columns of them. */
struct str opening_outdent(struct str line, size_t columns);

#endif

#ifndef PRESS_BLOCK_H
#define PRESS_BLOCK_H

/*
 * The blocks of a copy as values for templates. Every object has every key, so
 * that a name never falls through to an object further out.
 */

#include "press/press.h"

struct value;

/* What making values needs to know. */
struct block_maker {
        struct arena *a;
        const struct press *press;
        const struct edition *edition;
};

/* Runs as spans: {url, runs: [{text, strong, em, code, break}]}. */
struct value *block_spans(const struct block_maker *m, const struct run *runs,
                          size_t n);
struct value *block_list(const struct block_maker *m,
                         const struct block *blocks, size_t n);
/* An agenda's items by day: [{day, items}]; those without a time first, day
 * empty. */
struct value *block_days(const struct block_maker *m,
                         const struct section *section);

#endif

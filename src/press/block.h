#ifndef PRESS_BLOCK_H
#define PRESS_BLOCK_H

/*
 * The blocks of a copy as values for templates. Every object has every key, so
 * that a name never falls through to an object further out.
 */

#include "base/time.h"
#include "press/press.h"

struct value;

/* What making values needs to know. */
struct block_maker {
        struct arena *a;
        const struct press *press;
        const struct edition *edition;
        struct str base; /* the edition's address, before its charts' files */
        struct str edition_url; /* the same as everyone may follow it */
        bool with_picture;      /* charts as markup: on the page */
};

/* Runs as spans: {url, runs: [{text, strong, em, code, break}]}. */
struct value *block_spans(const struct block_maker *m, const struct run *runs,
                          size_t n);
struct value *block_list(const struct block_maker *m,
                         const struct block *blocks, size_t n);
/* What stands before the headline of a story with these attributes: "Update",
 * "Exclusive"; absent: nothing. */
struct str block_mark(const struct block_maker *m, const struct attrs *attrs);
/* An agenda's items by day: [{day, items}]; those without a time first, day
 * empty. */
struct value *block_days(const struct block_maker *m,
                         const struct section *section);

/* "2026-03-06T14:30+01:00": the day and the clock as the copy has them. */
bool block_at(struct str at, struct civil *ret_day, struct str *ret_clock);
/* "Today", "Saturday", "16 March", as seen from the edition's day. */
struct str block_day(const struct block_maker *m, const struct civil *c);

#endif

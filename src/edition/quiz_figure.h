#ifndef EDITION_QUIZ_FIGURE_H
#define EDITION_QUIZ_FIGURE_H

/*
 * The figures in a sentence, typed, and others like them: in the same format,
 * of the same magnitude, in the same form of plural.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct quiz_tongue;

enum figure_kind {
        FIGURE_COUNT, /* with a unit: "60 pumps", "4.1 metres" */
        FIGURE_MONEY,
        FIGURE_PERCENT,
        FIGURE_YEAR,
        FIGURE_DAY, /* of a month */
};

struct quiz_figure {
        enum figure_kind kind;
        size_t from, to; /* what a gap takes the place of: "$1.2 million" */
        double value;    /* of the number alone */
        double scale;    /* of what multiplies it */
        int decimals;
        bool is_word, is_capital, is_rough;
        struct str group;         /* between its thousands; may be empty */
        struct str before, after; /* "$", " million", "%" */
        struct str unit;          /* the word behind, in small letters */
};

/* Small words like "of" and "and" are no units; NULL: all may be. */
typedef bool (*quiz_small_word)(struct str word, struct str language);

struct figure_input {
        const struct quiz_tongue *tongue;
        struct str language;
        quiz_small_word is_small;
};

/* Those of text, in their order; texts are views or live in a. */
size_t quiz_figures(struct arena *a, const struct figure_input *in,
                    struct str text, struct quiz_figure **ret);

/* All numbers that text holds, in digits or words, whatever they count. */
size_t quiz_numbers(struct arena *a, const struct figure_input *in,
                    struct str text, double **ret);

/* value as f is written; absent: there is no word for it. */
struct str quiz_figure_put(struct arena *a, const struct quiz_tongue *t,
                           const struct quiz_figure *f, double value);

/*
 * Up to max other values for f, all of them a reader might believe: first those
 * of pool, then fractions and multiples of it, so that the right one is the
 * least as often as the greatest (by seed). Sorted; returns how many.
 */
struct figure_pool {
        const double *items;
        size_t n;
        int year; /* no later one is offered for a year of the past */
};
size_t quiz_figure_others(const struct quiz_tongue *t,
                          const struct quiz_figure *f,
                          const struct figure_pool *pool, uint64_t seed,
                          double *ret, size_t max);

#endif

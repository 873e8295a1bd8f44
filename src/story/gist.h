#ifndef STORY_GIST_H
#define STORY_GIST_H

/*
 * What an article is about: the words of its title and of the front of its
 * text, but for stop words, and the pairs of them that stand together.
 *
 * Names and figures count twice: who, where and how much part one event from
 * another of its kind. Where a word stood is kept, as a story is told in its
 * title and its first sentences (docs/design/0013).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "story/lang.h"

struct words;
struct words_text;

#define GIST_MAX 384 /* words, and as many pairs: a bound on its memory */
#define GIST_SLOTS (GIST_MAX * 2)
#define GIST_COUNT_MAX 15u

/* Where a word stood: a bit each. */
#define GIST_TITLE 1u
#define GIST_LEAD 2u   /* the title, or the first words of the text */
#define GIST_NAME 4u   /* ... where it is a name */
#define GIST_FIGURE 8u /* ... where it is one */

struct gist_term {
        uint64_t key;
        uint32_t count, marks;
};

struct gist_bag {
        struct gist_term items[GIST_MAX];
        size_t n;
        uint16_t slots[GIST_SLOTS]; /* index + 1 into items */
};

struct gist {
        struct gist_bag words, pairs;
        bool is_headline; /* it has hardly any text */
};

/* What is read of an article, taken apart. title is without its outlet's name
 * (title.h). */
void gist_take_apart(struct words *w, struct str title, struct str text,
                     struct words_text *ret_title, struct words_text *ret_text);

/* Fill f from it. */
void gist_read(struct gist *f, struct words *w, const struct words_text *title,
               const struct words_text *text, enum lang lang);

#endif

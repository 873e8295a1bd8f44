#ifndef EDITION_QUIZ_TONGUE_H
#define EDITION_QUIZ_TONGUE_H

/*
 * A language as the quiz needs it: how it writes figures, in digits and in
 * words, and what tells a name's kind. From quiz.def and ICU; a language that
 * the table lacks has digits and plural forms, and no more.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct quiz_tongue;

/* Numbers up to it are known as words. */
#define QUIZ_WORDS_MOST 100

enum tongue_list {
        TONGUE_HUNDREDS,
        TONGUE_THOUSANDS,
        TONGUE_MILLIONS,
        TONGUE_BILLIONS,
        TONGUE_TRILLIONS,
        TONGUE_PERCENTS,
        TONGUE_MONEY,
        TONGUE_YEARS,
        TONGUE_CLOCKS,
        TONGUE_ROUGH,
        TONGUE_NOW,
        TONGUE_STYLES,
        TONGUE_WITHIN,
        TONGUE_BODIES,
        TONGUE_GRAVE,
        TONGUE_OUTLETS,
        TONGUE_LISTS
};

/* Lives in a; ICU's part of it is freed by quiz_tongue_done(). */
struct quiz_tongue *quiz_tongue_new(struct arena *a, struct str language);
void quiz_tongue_done(struct quiz_tongue *t);

char tongue_decimal(const struct quiz_tongue *t);
/* Does a thousand end here: "," or a blank that doesn't break? Its bytes, or 0.
 */
size_t tongue_group(const struct quiz_tongue *t, struct str rest);

/* Is the word, in whatever case, in the list? */
bool tongue_has(const struct quiz_tongue *t, enum tongue_list list,
                struct str word);
/* The bytes of the phrase of the list that s begins with; 0: none. */
size_t tongue_phrase(const struct quiz_tongue *t, enum tongue_list list,
                     struct str s);
/* Has the list any words? */
bool tongue_knows(const struct quiz_tongue *t, enum tongue_list list);

/* "twelve" as 12; 0: it is no such word. */
int tongue_number(const struct quiz_tongue *t, struct str word);
/* The word for n, 2 to QUIZ_WORDS_MOST; absent: it has blanks or none. */
struct str tongue_word(const struct quiz_tongue *t, int n);
/* 1 to 12 for the name of a month; 0: it is none. */
int tongue_month(const struct quiz_tongue *t, struct str word);
/* "de" in "13 de marzo". */
struct str tongue_month_link(const struct quiz_tongue *t);

/* Do x and y take the same form of a noun? */
bool tongue_same_plural(const struct quiz_tongue *t, double x, double y);

/* In small letters, by ICU, in a. */
struct str tongue_lower(struct arena *a, struct str s);

#endif

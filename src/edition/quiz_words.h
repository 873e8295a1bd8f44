#ifndef EDITION_QUIZ_WORDS_H
#define EDITION_QUIZ_WORDS_H

/* A sentence word by word: letters and digits, with - and ' inside. */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* A word of text, from..to in bytes. */
struct quiz_word {
        struct str text;
        size_t from, to;
};

/* The first word that begins at or after from; false: there is none. */
bool quiz_word_next(struct str text, size_t from, struct quiz_word *ret);
/* The word that ends right before at, one blank between; absent: none. */
struct str quiz_word_before(struct str text, size_t at);
/* The word right behind at, one blank between; absent: none. */
struct str quiz_word_after(struct str text, size_t at);

bool quiz_is_capital(struct str word);
/* Does it begin a sentence: nothing or a stop stands before? */
bool quiz_is_opening(struct str text, size_t at);
/* Does needle stand in text as whole words, in whatever case? Both in small
 * letters already. */
bool quiz_has_words(struct str text, struct str needle);
/* Is at within quotation marks? */
bool quiz_is_quoted(struct str text, size_t at);

#endif

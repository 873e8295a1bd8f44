#ifndef STORY_WORDS_H
#define STORY_WORDS_H

/*
 * Text as terms: its words (split.h) stemmed by the language, accents dropped,
 * and each turned into 64 bits.
 *
 * A reader keeps its stemmers and a cache of stems; use one for many texts.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "story/lang.h"

#define WORDS_MAX 50000 /* of one text; what follows is not read */

struct word {
        uint64_t term;           /* what makes two words one */
        uint32_t offset, length; /* bytes in the text */
        bool is_stop;            /* carries no news */
        bool is_number;          /* has a digit */
        bool is_name;            /* begins with a capital */
        bool is_apart; /* punctuation stands between it and the one before */
};

struct words;

struct words *words_new(void);
void words_free(struct words *w); /* NULL is fine */

/* The words of text. Borrowed from w until its next call. */
size_t words_read(struct words *w, struct str text, enum lang lang,
                  const struct word **ret);

/* "2026": a number that all that is told of the time may have. */
bool words_is_year(struct str word);

/* The language that the text's stop words speak for; LANG_OTHER: unclear. */
enum lang words_guess(struct words *w, struct str text);

/*
 * The same in two steps, for a text that is both guessed and read: taken apart,
 * at most max words of it, and read when its language is known. A words_text
 * lives in w and is used again for the next.
 */
struct words_text;
struct words_text *words_text_new(struct words *w);
void words_take_apart(struct words *w, struct str text, size_t max,
                      struct words_text *ret);
enum lang words_lang(const struct words_text *t);
size_t words_stem(struct words *w, const struct words_text *t, enum lang lang,
                  const struct word **ret);

#endif

#ifndef STORY_SPLIT_H
#define STORY_SPLIT_H

/*
 * A text cut into words by Unicode's classes, each in small letters: what needs
 * no language. Scripts without blanks between words (Han, kana, Thai ...) give
 * overlapping pairs of letters.
 *
 * Most of what is read is ASCII, which is told by a table; the rest asks ICU.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

#define SPLIT_WORD_B 96 /* longer ones are cut: they are no words */
#define SPLIT_PAD_B 8   /* zeros behind the letters of each word */

struct split_word {
        uint32_t offset, length; /* bytes in the text */
        uint32_t at;             /* its letters, see split_letters */
        uint16_t n;              /* ... and how many bytes they have */
        bool is_number;          /* has a digit */
        bool is_name;            /* begins with a capital */
        bool is_short_form;      /* US: capitals and no small letter */
        bool is_ascii;
        bool is_apart; /* punctuation stands between it and the one before */
};

struct split {
        struct arena *a;
        struct split_word *items;
        size_t n, cap;
        char *letters;
        size_t n_letters, cap_letters;
        unsigned char small[256]; /* letters and digits of ASCII; else 0 */
};

/* Its memory lives in a and is used again for the next text. */
void split_init(struct split *s, struct arena *a);

/* The first words of text, max at most, as s->items. */
void split_text(struct split *s, struct str text, size_t max);

/* Borrowed until the next text; SPLIT_PAD_B zeros follow. */
static inline struct str split_letters(const struct split *s,
                                       const struct split_word *w)
{
        return (struct str) { s->letters + w->at, w->n };
}

/* Append c to b, which has room for 4 bytes more; gives the new length. */
size_t split_put(char *b, size_t n, uint32_t c);

#endif

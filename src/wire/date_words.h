#ifndef WIRE_DATE_WORDS_H
#define WIRE_DATE_WORDS_H

/*
 * The words of dates: months, weekdays and zones in the languages of the big
 * publishers, found whatever their case and accents (date.def).
 */

#include <stdint.h>

#include "base/str.h"

struct buf;

enum date_word_kind { MONTH, WEEKDAY, ZONE, PLACE, HALF, FILLER };

enum date_place {
        PLACE_NEW_YORK,
        PLACE_CHICAGO,
        PLACE_DENVER,
        PLACE_LOS_ANGELES
};

enum { HALF_AM, HALF_PM };

struct date_word {
        enum date_word_kind kind;
        int value;
        struct str text;
};

/* The longest beginning of word that is one of kind; NULL: none. */
const struct date_word *date_word_start(enum date_word_kind kind,
                                        struct str word);
const struct date_word *date_word_whole(enum date_word_kind kind,
                                        struct str word);

/* The text as the grammar reads it: digits of other scripts as ours, letters
 * small and without accents, marks of direction dropped, blanks as blanks. */
void date_fold(struct buf *out, struct str s);

#endif

#ifndef STORY_LANG_H
#define STORY_LANG_H

/* The languages whose stop words, stems and sentence habits we know. */

#include "base/str.h"

enum lang {
        LANG_OTHER, /* any else: words as they stand, no stems */
#define LANGUAGE(name, ...) LANG_##name,
#include "story/lang.def"
#undef LANGUAGE
        LANG_COUNT
};

/* "en", "en-GB", "EN_us": by the part before the hyphen. */
enum lang lang_of_tag(struct str tag);
/* Its code ("en"); "" for LANG_OTHER. */
const char *lang_code(enum lang lang);
/* Snowball's name for it, or NULL. */
const char *lang_stemmer(enum lang lang);
/* Its stop words without accents, parted by blanks; "" for LANG_OTHER. */
const char *lang_stop_words(enum lang lang);

#endif

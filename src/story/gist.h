#ifndef STORY_GIST_H
#define STORY_GIST_H

/*
 * What an article is about, as a bag of terms: the words of its title and of
 * the front of its text, but for stop words. Names count twice: who and where
 * part one event from another of its kind.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "story/lang.h"

struct words;

#define GIST_MAX 512 /* of one article: a bound on its memory */

struct gist_term {
        uint64_t term;
        uint32_t count;
};

struct gist {
        struct gist_term items[GIST_MAX];
        size_t n;
        uint16_t slots[GIST_MAX * 2]; /* index + 1 into items */
};

/* Fill f from an article. title is without its outlet's name (title.h). */
void gist_read(struct gist *f, struct words *w, struct str title,
               struct str text, enum lang lang);

#endif

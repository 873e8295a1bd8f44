#ifndef EDITION_SENTENCES_H
#define EDITION_SENTENCES_H

/*
 * A block's text in pieces that can each be proved: its bold lead-in and its
 * sentences. Cut rather too often than too seldom: half a sentence is
 * as verbatim as a whole one, two sentences may stand apart in the source.
 */

#include "edition/edition.h"

struct arena;

/* A link's place in the text. */
struct span {
        size_t from, to;
        struct str url;
};

/* Runs as one text, white space folded, with the places of its links. */
struct prose {
        struct str text;
        struct span *spans;
        size_t n_spans;
        size_t body; /* where the text behind the bold lead-in begins; 0: none
                      */
};

struct prose prose_of(struct arena *a, const struct run *runs, size_t n);

/* The end of the sentence that begins at from: behind its stop and what closes
 * it. Not inside a link. */
size_t prose_sentence_end(const struct prose *p, size_t from);

/* Behind white space at from. */
size_t prose_skip_space(const struct prose *p, size_t from);

#endif

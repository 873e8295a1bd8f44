#ifndef PRESS_RUNS_H
#define PRESS_RUNS_H

/*
 * What the press has to know about a stretch of inline text: its plain words,
 * and where the sources that close it begin.
 */

#include "edition/edition.h"

struct arena;

/* The words alone, blanks folded. */
struct str runs_plain(struct arena *a, const struct run *runs, size_t n);

/* Words of text, for the reading time. */
size_t runs_words(struct str text);

/* A text, and the credits that close it. */
struct runs_parts {
        const struct run *text, *credits;
        size_t n_text, n_credits;
};

/*
 * Part a text from its credits: links that stand after the last full sentence,
 * with nothing but blanks, points and a name behind a dash between them ("...
 * three countries. [Harbour Gazette](...) · [The Ledger](...)"; "... Why? —
 * Ines Quayle, [Observer](...)"). A text of links alone has none. Views of
 * runs, or in a.
 */
struct runs_parts runs_part(struct arena *a, const struct run *runs, size_t n);

/* Without blanks, points, commas and dashes at both ends. */
struct str runs_trim(struct str s);

#endif

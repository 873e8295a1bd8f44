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

/*
 * The index of the first run of the credits: links that stand after the last
 * full sentence, parted by nothing but blanks and points ("... three countries.
 * [Harbour Gazette](...) · [The Ledger](...) · 6 sources"). n when there are
 * none.
 */
size_t runs_credits(const struct run *runs, size_t n);

#endif

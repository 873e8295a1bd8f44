#ifndef WIRE_EXTRACT_BODY_H
#define WIRE_EXTRACT_BODY_H

/*
 * Which blocks of a page are its article.
 *
 * Twice: each block is judged by its own marks; the node that holds the most
 * good text and the least of the rest is the article's place; then each block
 * is judged again with its place and neighbours known. A judgment is a sum of
 * weights, one a mark, learnt by bench/extract_learn.py.
 */

#include "wire/survey.h"

/* Set first, second and is_kept of every block. Returns the article's place,
 * or STR_NONE when there is no text. */
size_t extract_judge(struct survey *s);

#endif

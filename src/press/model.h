#ifndef PRESS_MODEL_H
#define PRESS_MODEL_H

/*
 * An edition as the tree that templates are filled from. theme/README.md lists
 * the names. Page, mail and feeds get the same tree, so they can't disagree.
 */

#include "press/press.h"

struct value;

/* The paper: name, line, lang, dir, home, phrases as say.*; the root of every
 * page. */
struct value *model_press(struct arena *a, const struct press *press);

/* The same with the edition in it; with_picture: its charts as markup. */
struct value *model_issue(struct arena *a, const struct press *press,
                          const struct issue *issue, bool with_picture);

/* A phrase with its {n} filled: one for 1, else the form of many that the
 * language wants of n ("press.sources.few"), else many. */
struct str model_count(struct arena *a, const struct press *press,
                       const char *one, const char *many, int64_t n);

/* The edition's date as the row has it. */
struct civil model_date(const struct edition_row *row);
/* Minutes to read it, at least 1. */
int64_t model_minutes(struct arena *a, const struct edition *e);
/* The lead's opening, or what stands first: at most max_b bytes, at a word's
 * end. */
struct str model_opening(struct arena *a, const struct edition *e,
                         size_t max_b);

/* Nothing of it is printed: lists of nothing, questions that nobody kept. */
bool model_is_empty(const struct section *s);

/* The value of an attribute; absent when there is none. */
struct str model_attr(const struct attrs *attrs, const char *key);
bool model_has_class(const struct attrs *attrs, const char *name);

/* A quote's source by its address: the text of a link to it in the edition,
 * else its host. */
struct str model_source_name(struct arena *a, const struct edition *e,
                             struct str url);

#endif

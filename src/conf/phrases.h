#ifndef CONF_PHRASES_H
#define CONF_PHRASES_H

/*
 * The fixed phrases of an edition in one language, from theme/phrases/LANG.txt:
 * "key = text" a line, # for comments. {name} in a text is filled by the
 * caller. These are the only words that Bulldog writes which no source said.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct phrases;

/* Later files win, so English first and then the language itself. ERR_INPUT
 * names the line. */
NODISCARD int phrases_parse(struct arena *a, struct str text,
                            struct phrases **inout, struct err *err);
/* The phrase, or the key itself when there is none. Borrowed. */
struct str phrases_get(const struct phrases *p, const char *key);
/* The phrase with {a} and {b} ... replaced: pairs of name, value, ended by NULL
 * name. In a. */
struct phrase_arg {
        const char *name;
        struct str value;
};
struct str phrases_fill(struct arena *a, const struct phrases *p,
                        const char *key, const struct phrase_arg *args,
                        size_t n);
/* Is text one of the phrases, whatever stands in its places? For verify. */
bool phrases_match(const struct phrases *p, struct str text);

#endif

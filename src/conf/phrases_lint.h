#ifndef CONF_PHRASES_LINT_H
#define CONF_PHRASES_LINT_H

/*
 * What a translation of the phrases lacks or has wrong, measured against the
 * English ones. Where it lacks a phrase, English stands in; where it lacks a
 * variant (phrases_of_day()), the phrase itself does.
 */

#include <stdbool.h>

#include "base/str.h"

struct arena;

enum phrase_fault_kind {
        PHRASE_LACKS,
        PHRASE_LACKS_VARIANT,
        PHRASE_UNKNOWN, /* English has none of that name */
        PHRASE_PLACES,  /* {other} places than English, or empty */
        PHRASE_TWICE,   /* the second one wins */
        PHRASE_SAME,    /* a variant that says what another says */
};

struct phrase_fault {
        enum phrase_fault_kind kind;
        struct str key;
};

/* English has no NAME; lacks NAME ...: "%s" and the key. */
const char *phrase_fault_words(enum phrase_fault_kind kind);

/* Both are files as phrases_parse() reads. In their order, in a; returns how
 * many. */
size_t phrases_lint(struct arena *a, struct str english, struct str file,
                    struct phrase_fault **ret);

#endif

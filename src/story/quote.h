#ifndef STORY_QUOTE_H
#define STORY_QUOTE_H

/*
 * The attributed quotations of an article: words between quotation marks and
 * the named person who said them, both verbatim. "He said" names nobody,
 * so such a quotation is left.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "story/lang.h"

struct quote_found {
        struct str text;    /* without the marks */
        struct str said_by; /* "Marta Dunmore, spokeswoman of the port" */
        size_t offset;      /* of text */
        double worth;
};

/* Every one of text, in its order. Views of text. */
typedef void quote_visit(void *user, const struct quote_found *q);
void quote_each(struct str text, enum lang lang, quote_visit *visit,
                void *user);

/* The worthiest; false when text has none. */
bool quote_find(struct str text, enum lang lang, struct quote_found *ret);

#endif

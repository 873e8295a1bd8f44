#ifndef WIRE_EXTRACT_BODY_H
#define WIRE_EXTRACT_BODY_H

/* Where on a page the article is, and its text. */

#include <libxml/tree.h>

#include "base/str.h"

struct arena;

struct body {
        struct str text, html;
        bool has_wall; /* the page asks for money or a login */
};

/* title is left out of the text. */
struct body extract_body(struct arena *a, xmlNode *root, struct str title);

#endif

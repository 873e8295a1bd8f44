#ifndef WIRE_SITES_H
#define WIRE_SITES_H

/*
 * Rules for single sites, kept by the owner in sites.txt beside the settings:
 * for the few pages whose article nothing general finds.
 *
 *   # host            what   of which elements
 *   gazette.example   take   div.story-text
 *   gazette.example   drop   .inset
 *
 * A rule holds for the host and what stands below it (www.gazette.example). An
 * element is named by its tag, .class, #id, or a tag with one of them.
 */

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "wire/survey.h"

struct arena;

struct site_rule {
        struct str host;
        bool is_take; /* else drop */
        enum tag tag; /* TAG_UNKNOWN: any */
        char sign;    /* '.', '#', or 0: the tag alone */
        struct str name;
        struct str line; /* as it was written */
};

struct sites {
        struct site_rule *rules;
        size_t n, cap;
};

/* ERR_INPUT with the line that is no rule; ERR_LIMIT over LIMIT_SITES rules.
 * The rules live in a and hold views of text. */
NODISCARD int sites_parse(struct arena *a, struct str text, struct sites *ret,
                          struct err *err);

/* The lines that hold for an address, to be parsed where the page is; in a;
 * absent when there are none. */
struct str sites_lines(struct arena *a, const struct sites *sites,
                       struct str url);

/*
 * Keep and leave out blocks as the rules for the page's address say. Returns
 * the article's place: of what is taken, else as given.
 */
size_t sites_apply(struct arena *a, const struct sites *sites, struct str url,
                   struct survey *s, size_t place);

#endif

#ifndef WIRE_LEXER_H
#define WIRE_LEXER_H

/*
 * HTML cut into tags and text, one token a call, without a tree.
 *
 * It never fails: what is no tag is text. Tokens are views into the input,
 * with their character references still in them. Comments, declarations and
 * elements whose content must not be seen (tag.def: DROP) are passed over.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum tag {
        TAG_UNKNOWN,
#define TAG(name, flags) TAG_##name,
#include "wire/tag.def"
#undef TAG
        TAG_COUNT
};

enum tag_flag {
        TAG_KEEP = 1,
        TAG_DROP = 2,
        TAG_MUTE = 4,
        TAG_VOID = 8,
        TAG_BLOCK = 16,
        TAG_HEADING = 32,
        TAG_PART = 64, /* of a table */
};

unsigned tag_flags(enum tag tag);
struct str tag_name(enum tag tag);
/* By its name in any case, less a prefix ("xhtml:p"). */
enum tag tag_find(struct str name);

enum lexer_kind { LEXER_TEXT, LEXER_OPEN, LEXER_CLOSE, LEXER_END };

struct lexer_attr {
        struct str name, value;
};

#define LEXER_ATTRS_MAX 24

struct lexer {
        struct str in;
        size_t at;
        bool no_comment_end;      /* there comes no "-->" */
        bool no_close[TAG_COUNT]; /* there comes no such end tag */
        bool is_xml;              /* "<p/>" is empty, "<![CDATA[" is text */
        /* The token: */
        enum lexer_kind kind;
        enum tag tag;
        struct str text; /* of LEXER_TEXT */
        bool is_cdata;   /* its '&' is only an '&' */
        bool is_empty;   /* "<p/>" in XML */
        struct lexer_attr attrs[LEXER_ATTRS_MAX];
        size_t n_attrs;
};

void lexer_init(struct lexer *lx, struct str html, bool is_xml);
/* False at the end. */
bool lexer_next(struct lexer *lx);
/* The attribute's raw value, or absent. name is in lower case. */
struct str lexer_attr(const struct lexer *lx, struct str name);

#endif

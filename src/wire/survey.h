#ifndef WIRE_SURVEY_H
#define WIRE_SURVEY_H

/*
 * A page looked at once: its parts with what their names and elements say, and
 * its text cut into blocks (a paragraph, a heading, a cell), each with the
 * marks by which extract_body.c judges it.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "wire/tree.h"

struct arena;

/* Marks of a block. Each has its weights in extract_weights.def. */
enum mark {
#define MARK(name, first, second) MARK_##name,
#include "wire/extract_weights.def"
#undef MARK
        MARK_COUNT
};

#define MARK_WORDS ((MARK_COUNT + 63) / 64)

/* What we know of a node. */
struct part {
        uint32_t names;          /* bits of names.def, its own */
        uint32_t all;            /* and those of what it stands in */
        uint32_t in;             /* bits of the elements it stands in */
        uint32_t text_n, link_n; /* bytes without blanks */
};

/* Bits of part.in. */
enum {
        IN_ARTICLE = 1,
        IN_MAIN = 2,
        IN_SECTION = 4,
        IN_ASIDE = 8,
        IN_NAV = 16,
        IN_FOOTER = 32,
        IN_HEADER = 64,
        IN_FORM = 128,
        IN_FIGURE = 256,
        IN_LIST = 512,
        IN_TABLE = 1024,
        IN_QUOTE = 2048,
        IN_HIDDEN = 4096,
        IN_LINK = 8192,
        IN_BOLD = 16384,
        IN_CAPTION = 32768,
        IN_DROP = 65536,  /* never shown */
        IN_SHUT = 131072, /* closed until it is asked for */
        IN_ENTRY = 262144,
        IN_HERE = 524288, /* a link to a place of the page itself */
};

struct block {
        uint32_t from, to;            /* its first node, and past its last */
        uint32_t holder;              /* the element around it */
        enum tag tag;                 /* of the holder */
        struct str text;              /* blanks folded */
        uint32_t len, link_n, bold_n; /* bytes without blanks */
        uint32_t here_n; /* in links to places of the page itself */
        uint64_t marks[MARK_WORDS];
        double first, second; /* how likely it is the article's, log-odds */
        unsigned says;        /* bits of phrases.h */
        bool is_kept;
        bool is_others; /* of another article on the page */
};

struct survey {
        struct arena *a;
        const struct tree *tree;
        struct part *parts; /* beside the tree's nodes */
        struct block *blocks;
        size_t n_blocks, cap_blocks;
        size_t all_n;   /* bytes of all blocks */
        bool has_wall;  /* a part is called so: it asks for money or a login */
        bool says_wall; /* a line in sight asks for it */
};

/* title: the article's, by which it is told apart from the text. */
void survey_page(struct arena *a, const struct tree *t, struct str title,
                 struct survey *ret);

static inline void block_mark(struct block *b, enum mark mark)
{
        b->marks[mark / 64] |= UINT64_C(1) << mark % 64;
}

static inline void block_unmark(struct block *b, enum mark mark)
{
        b->marks[mark / 64] &= ~(UINT64_C(1) << mark % 64);
}

static inline bool block_has(const struct block *b, enum mark mark)
{
        return b->marks[mark / 64] >> mark % 64 & 1;
}

#endif

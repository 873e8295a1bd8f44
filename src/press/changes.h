#ifndef PRESS_CHANGES_H
#define PRESS_CHANGES_H

/*
 * What readers see changed between two versions of an edition, word by word: by
 * passages (a title, a heading, a paragraph, an item, a quotation, what a line
 * of the agenda knows), each with the words that are gone and new in it.
 */

#include "edition/edition.h"

struct arena;

enum part_kind { PART_KEPT, PART_GONE, PART_NEW };

/* Words of a passage in a row; a link's address stands behind words that are
 * gone or new, in angle brackets. */
struct change_part {
        enum part_kind kind;
        struct str text;
};

struct change {
        struct str where; /* heading of its section; may be empty */
        struct change_part *parts;
        size_t n;
};

struct changes {
        struct change *items;
        size_t n;
        bool is_cut; /* there are more than LIMIT_CHANGES */
};

/* All lives in a, and borrows from the editions. */
void changes_between(struct arena *a, const struct edition *from,
                     const struct edition *to, struct changes *ret);

/*
 * Can they all be misprints? No figure and no address is touched, no word comes
 * or goes but one that stood there twice, and what takes another's place
 * differs by two letters at most. So a correction of fact can't pass as a
 * misprint, but for a word as near to another as "now" to "not".
 */
bool changes_are_misprints(const struct changes *c);

#endif

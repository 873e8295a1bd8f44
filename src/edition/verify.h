#ifndef EDITION_VERIFY_H
#define EDITION_VERIFY_H

/*
 * Is every sentence of an edition somebody's? Verbatim from an article that
 * its paragraph links, a phrase of the theme, or the editor's own.
 *
 * "Verbatim" folds white space and nothing else. A name or headline in a link
 * must be that article's. What compose wrote and can't be proved is a fault of
 * ours.
 */

#include "base/err.h"
#include "edition/edition.h"
#include "store/article.h"

struct arena;
struct buf;
struct phrases;

enum proof {
        PROOF_SOURCE,
        PROOF_PHRASE,
        PROOF_EDITOR,
        PROOF_NONE,
        PROOF_N,
};

struct verify_input {
        const struct edition *edition;
        const struct edition
                *composed; /* as compose left it; NULL: as edition */
        const struct phrases *phrases;
        struct str greeting; /* the press's own words: conf.press_greeting */
        /*
         * The article at url, with its text; NULL when we have none. For an
         * edition of ours: its headlines as title, its day as source.
         */
        const struct article *(*find)(void *user, struct str url);
        void *user;
};

struct verified {
        struct str text;
        struct str url; /* of the article it is from */
        enum proof proof;
        int line;
};

struct verify_report {
        struct verified *items;
        size_t n;
        size_t counts[PROOF_N];
};

/* "source", "phrase", "editor", "none". */
const char *verify_proof_name(enum proof proof);

void verify_edition(struct arena *a, const struct verify_input *in,
                    struct verify_report *ret);

#endif

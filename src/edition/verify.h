#ifndef EDITION_VERIFY_H
#define EDITION_VERIFY_H

/*
 * Is every sentence of an edition somebody's? Verbatim from an article that
 * its paragraph links, a phrase of the theme, or the editor's own. A line of
 * the agenda says what the event that it names says, to the minute; a chart
 * that was drawn from a series, what its values say.
 *
 * "Verbatim" folds white space and nothing else. A name or headline in a link
 * must be that article's. What compose wrote and can't be proved is a fault of
 * ours. A sentence that an editor changed and left under its source's name is a
 * fault too: {.ours} on its paragraph or item says whose words they are.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "edition/edition.h"
#include "store/article.h"
#include "store/event.h"

struct arena;
struct buf;
struct phrases;
struct plan;

#define VERIFY_OURS "edition" /* kind of what stands for one of ours */

enum proof {
        PROOF_SOURCE,
        PROOF_PHRASE,
        PROOF_EDITOR,
        PROOF_CHANGED, /* nearly a source's: an editor put words in its mouth */
        PROOF_NONE,
        PROOF_N,
};

struct verify_input {
        const struct edition *edition;
        const struct edition
                *composed; /* as compose left it; NULL: as edition */
        /* As it was published; NULL: it was never corrected. What a correction
         * put in is the editor's word, and readers are told of it. */
        const struct edition *published;
        const struct phrases *phrases;
        struct str greeting; /* the press's own words; empty: the phrase, in any
                                of its variants */
        const struct plan *plan; /* whose titles are the press's own; NULL */
        size_t max_words;        /* that one source may give; 0: any */
        /*
         * The article at url, with its text; NULL when we have none. For an
         * edition of ours: its kind is VERIFY_OURS, its headlines are the
         * title, its day the source, the notes of its corrections the text.
         */
        const struct article *(*find)(void *user, struct str url);
        /* The event that a line of the agenda names; NULL: there is none. */
        const struct event *(*find_event)(void *user, int64_t id);
        /* A chart as the values say it that it is drawn from (its finding);
         * NULL: they don't. */
        const struct chart *(*find_chart)(void *user,
                                          const struct chart *chart);
        struct str zone; /* of the press: that of events without one */
        void *user;
};

struct verified {
        struct str text;
        struct str url;    /* of the article it is from */
        struct str copied; /* what of it a source said: a sentence, or a
                              quotation without its marks */
        enum proof proof;
        int line;
        bool is_gone; /* from the page as it is now */
};

/* A source that gives more words than one may. */
struct verify_excess {
        struct str source;
        size_t words;
};

struct verify_report {
        struct verified *items;
        size_t n;
        size_t counts[PROOF_N];
        struct verify_excess *over;
        size_t n_over;
};

/* "source", "phrase", "editor", "changed", "none". */
const char *verify_proof_name(enum proof proof);

void verify_edition(struct arena *a, const struct verify_input *in,
                    struct verify_report *ret);

/* Whose word a chart is: an editor's, or what the values say that find_chart
 * searches again. */
enum proof verify_chart(const struct verify_input *in, const struct chart *c);

/* A page as it is now. */
struct verify_page {
        struct str url, title, text;
};

/* Mark what is copied from one of the pages and is on it no more; returns how
 * many are. */
size_t verify_pages(struct arena *a, struct verify_report *report,
                    const struct verify_page *pages, size_t n);

#endif

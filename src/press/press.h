#ifndef PRESS_PRESS_H
#define PRESS_PRESS_H

/*
 * The press: an edition becomes a page, a text, feeds, a picture; no file is
 * touched here. What it prints is a list of paths below the public folder with
 * their bytes, in the order in which they may be put there: when the list is
 * cut off anywhere, all that readers can reach is whole.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "edition/edition.h"
#include "store/edition.h"

struct arena;
struct phrases;
struct theme;

/* The paper, the same for all its editions. Texts are borrowed. */
struct press {
        struct str name, line, language;
        struct str url;     /* of the site, ended by / */
        struct str zone;    /* IANA name */
        struct str address; /* postal; may be empty */
        const struct phrases *phrases;
        struct theme *theme;
        bool marks_quiz; /* a server marks it; else its answers are printed */
};

/* An edition as it stood once it was published, or put right. */
struct version {
        int64_t at, revision;
        struct str note; /* what was put right; empty: a misprint,
                            or it is the first */
        const struct edition
                *edition; /* NULL: not read; for its history only */
};

/* One edition: its row, and its copy as read. */
struct issue {
        struct edition_row row;        /* published_at must be set */
        const struct edition *edition; /* NULL: known by its row only */
        /* As published, then each correction; none: it was never corrected. */
        const struct version *versions;
        size_t n_versions;
};

struct printed {
        struct str path; /* "2026/03/06/ports-reopen/index.html" */
        struct str bytes;
};

struct printed_list {
        struct printed *items;
        size_t n, cap;
};

/* "2026/03/06/ports-reopen/": where an edition lives for ever. In a. */
struct str press_path(struct arena *a, const struct edition_row *row);
/* The same below press->url: the permalink, also the id in feeds. */
struct str press_permalink(struct arena *a, const struct press *press,
                           const struct edition_row *row);

/*
 * The edition's own folder: agenda.ics (when there is an agenda), card.png,
 * edition.txt, its charts' files, answers/ (of a quiz that no server marks),
 * history/index.html (once it was corrected), edition.epub, index.html. before
 * is the edition before it (NULL: there is none). ERR_INPUT: the theme is
 * wrong; ERR_LIMIT: a page grew too large.
 */
NODISCARD int press_issue(struct arena *a, const struct press *press,
                          const struct issue *issue,
                          const struct edition_row *before,
                          struct printed_list *out, struct err *err);

/*
 * All that stands around the editions: feeds, archive, privacy page, error
 * page, sitemap, robots.txt, manifest, icon, and at last the front page.
 * issues is newest first and may be empty; those with an edition are printed
 * in full in the feeds, of the first the front page is made.
 */
NODISCARD int press_site(struct arena *a, const struct press *press,
                         const struct issue *issues, size_t n,
                         struct printed_list *out, struct err *err);

/* Feeds carry this many editions at most. */
#define PRESS_FEED_ISSUES 20

#endif

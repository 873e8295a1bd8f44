#ifndef STORY_STORY_H
#define STORY_STORY_H

/*
 * A story as it passes from story/ to edition/: articles by several sources on
 * one event, its rank with the terms it is made of, and what an edition may
 * print of it: sentences, each verbatim from the article it names.
 */

#include <stdint.h>

#include "base/str.h"
#include "store/article.h"

/* text stands in from->text at byte offset, exactly. */
struct sentence {
        struct str text;
        const struct article *from;
        size_t offset;
};

/* Sentences of one article, in its order. */
struct paragraph {
        struct sentence *items;
        size_t n;
};

/* Words between quotation marks, without the marks, at from->text + offset. */
struct quote {
        struct str text;
        struct str said_by; /* verbatim too: "Marta Dunmore, spokeswoman of
                               ..."; absent when unclear */
        const struct article *from;
        size_t offset;
};

struct voices;

/* One named term of the rank, for `bulldog why`. */
struct rank_term {
        struct str name; /* "sources", "freshness" ... */
        double value;    /* in thousandths, so that what is printed of it is
                            all of it; the score is their product */
        struct str note; /* "6 families: Harbour Gazette, The Ledger ..." */
};

/* That an earlier edition carried a story. */
struct past {
        int64_t story_id;
        int64_t at;       /* what came later, that edition didn't know */
        struct str date;  /* of the edition: 2026-03-05 */
        struct str day;   /* the same in words: "5 March" */
        struct str title; /* of the story there */
        struct str url;   /* of the edition */
};

/* What the editor decided on a story. */
enum choice_kind { CHOICE_NONE, CHOICE_LEAD, CHOICE_PIN, CHOICE_KILL };

struct story {
        int64_t id;
        struct str title; /* verbatim of head's */
        struct str language, kind, beat;
        bool is_exclusive;
        enum choice_kind choice;
        /* Earlier editions with it, the newest first; then articles are those
         * that the newest of them didn't know, when there are any. */
        const struct past **printed;
        size_t n_printed;
        bool has_news;   /* printed before, and there is more to tell */
        int64_t same_as; /* a story that ranks higher has this headline; 0 */
        int64_t told_as; /* a story of the edition's language tells it; 0 */
        /* What other languages tell of it (story/abroad.h), by dated_at, then
         * url: voices, and links for the lead's line of sources. */
        const struct article **abroad;
        size_t n_abroad;
        int64_t first_at, last_at;
        const struct article **articles; /* by dated_at, then url */
        size_t n_articles;
        size_t n_all;     /* of the window, those known before too */
        size_t n_sources; /* publisher families, wire copy counted once */
        const struct article *head; /* the one that tells it best */

        double score;
        int64_t place; /* 1 is the first; 0: not ranked */
        struct rank_term *terms;
        size_t n_terms;
        const struct voices *voices; /* who tells it (story/voices.h) */
        bool is_followed;            /* as well where it is muted */
        int64_t ranked_at;

        /* Filled by edition/pick.h: where it stands and by which rule. */
        struct str slot; /* "lead", "stories" ...; absent: left out */
        int64_t slot_at; /* from 1 */
        struct str rule; /* "left out: two of The Ledger stand above it" */

        /* Filled by story_tell() for those that may be printed. */
        struct sentence *blurb; /* two to four, for a list */
        size_t n_blurb;
        struct paragraph *paragraphs; /* three to five, for the lead */
        size_t n_paragraphs;
        const struct quote *quote; /* NULL: none good enough */
};

#endif

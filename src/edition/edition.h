#ifndef EDITION_EDITION_H
#define EDITION_EDITION_H

/*
 * An edition as a tree of sections and blocks: what the copy's text says, and
 * all that the press prints. copy_read() makes it from the text.
 */

#include <stdint.h>

#include "base/str.h"
#include "base/time.h"
#include "edition/chart.h"
#include "edition/quiz.h"

enum section_kind {
        SECTION_GREETING, /* paragraphs before the first heading */
        SECTION_LEAD,
        SECTION_AGENDA,
        SECTION_STORIES,
        SECTION_READING,
        SECTION_MAGAZINE,
        SECTION_CHART,
        SECTION_QUIZ,
        SECTION_BREAK,
        SECTION_CORRECTIONS,
        SECTION_OTHER, /* an unknown kind: kept, printed as prose */
};

/* A stretch of inline text in one style. */
struct run {
        struct str text; /* plain, entities and escapes resolved */
        struct str url;  /* a link's target: http, https, mailto or relative;
                            absent when it is none */
        /* A run with is_break has no text. */
        bool is_strong, is_emphasis, is_code, is_break;
};

/* {.class key=value key="v v"} as Pandoc writes it. */
struct attr {
        struct str key; /* "" for a class */
        struct str value;
};

struct attrs {
        struct attr *items;
        size_t n;
};

enum block_kind {
        BLOCK_PARAGRAPH,
        BLOCK_QUOTE,   /* block quote; runs are its text; attributes source=URL,
                          by="..." and outlet="..."; children: what follows its
                          first paragraph */
        BLOCK_LIST,    /* children are BLOCK_ITEM */
        BLOCK_ITEM,    /* runs, then children (lists) */
        BLOCK_CODE,    /* ``` info; text is raw */
        BLOCK_HEADING, /* level 3 and below, inside a section */
        BLOCK_RULE,    /* a thematic break */
};

struct block {
        enum block_kind kind;
        struct str text; /* as written: inline Markdown, or raw code (each line
                            ended by LF) */
        struct str info; /* of code: "chart", "quiz" */
        struct chart *chart; /* what a block of that info says; else NULL */
        struct quiz_question *quiz; /* the same */
        struct attrs attrs;
        bool is_ordered;
        int level; /* of a heading; the first number of an ordered list */
        int line;  /* in the copy, from 1 */
        struct run *runs;
        size_t n_runs;
        struct block *children;
        size_t n_children;
};

struct section {
        enum section_kind kind;
        struct str name; /* the class: "lead", "agenda", or the unknown one's */
        struct str heading; /* inline Markdown as written; absent for the
                               greeting */
        struct run *runs;   /* of the heading */
        size_t n_runs;
        struct attrs attrs; /* but for the kind's class */
        int level, line;
        struct block *blocks;
        size_t n_blocks;
};

struct edition {
        struct str series;
        int64_t number;
        struct civil date; /* year, month, day only */
        struct str title;
        struct str language;
        struct str *contributors;
        size_t n_contributors;
        struct attr *extra; /* front matter we don't know, kept in order */
        size_t n_extra;
        struct section *sections;
        size_t n_sections;
};

#endif

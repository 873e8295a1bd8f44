#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/*
 * Every limit on what a stranger can make large, in one place. Those that an
 * owner may wish to move are settings (conf/settings.def); these are not.
 */

#define LIMIT_FEED_B (64 * 1024 * 1024)       /* wire.feed_max at most */
#define LIMIT_FEED_ARENA_B (48 * 1024 * 1024) /* what is kept of one */
#define LIMIT_FEED_ITEMS 2000                 /* items kept of one feed */
#define LIMIT_PAGE_B (6 * 1024 * 1024)        /* an article's page, unpacked */
#define LIMIT_PAGE_TAGS 150000
#define LIMIT_PAGE_NODES 300000 /* elements and texts */
#define LIMIT_PAGE_DEPTH 500
#define LIMIT_PAGE_PARTS 12        /* pages of one article */
#define LIMIT_SITES_B (256 * 1024) /* sites.txt */
#define LIMIT_SITES 2000           /* its rules */
#define LIMIT_PAGE_ARENA_B (48 * 1024 * 1024)
#define LIMIT_JSON_VALUES 300000 /* in one document */
#define LIMIT_XML_DEPTH 64
#define LIMIT_TITLE_B 1000
#define LIMIT_SUMMARY_B (16 * 1024)
#define LIMIT_CONTENT_B (512 * 1024) /* an item's own HTML */
#define LIMIT_TEXT_B (200 * 1024)    /* an article's text */
#define LIMIT_URL_B 2000
#define LIMIT_AUTHORS 20
#define LIMIT_CATEGORIES 40
#define LIMIT_ENCLOSURES 20
#define LIMIT_REDIRECTS 6
#define LIMIT_CRAWL_DELAY_S 30 /* robots.txt's Crawl-delay, obeyed so far */
#define LIMIT_CRAWL_WAIT_S 120 /* that one host may take of a gather by it */
#define LIMIT_OPML_B (8 * 1024 * 1024)
#define LIMIT_OPML_FEEDS 20000
#define LIMIT_CONF_B (1024 * 1024)
#define LIMIT_COPY_B (4 * 1024 * 1024) /* an edition's copy */
#define LIMIT_COPY_BLOCKS 5000
#define LIMIT_NOTE_B 1000 /* of a correction */
#define LIMIT_SECTION_NAME_B 40
#define LIMIT_CORRECTIONS 20     /* that one edition carries, of earlier ones */
#define LIMIT_DIFF_CELLS 4000000 /* of two texts compared, else all is new */
#define LIMIT_CHANGES 400        /* passages shown of one correction */
#define LIMIT_CHART_B (64 * 1024 * 1024)     /* a chart's numbers as CSV */
#define LIMIT_CHART_JSON_B (4 * 1024 * 1024) /* the same as JSON */
#define LIMIT_CHART_ROWS 200000
#define LIMIT_CHART_CELLS 2000000
#define LIMIT_GAUGE_POINTS LIMIT_CHART_ROWS /* kept of a watched series */
#define LIMIT_GAUGE_REVISIONS 16            /* kept of one of its values */
#define LIMIT_GAUGES 2000                   /* series that are watched */
#define LIMIT_BOOK_CHARTS 20                /* that an e-book has as pictures */
#define LIMIT_QUIZ_QUESTIONS 20             /* asked by one edition */
#define LIMIT_QUIZ_OPTIONS 8
#define LIMIT_QUIZ_TEXT_B 1000
#define LIMIT_QUIZ_SENTENCES 400 /* of a week, looked at */
#define LIMIT_QUIZ_NAMES 2000    /* the same */
#define LIMIT_TEMPLATE_B (1024 * 1024)
#define LIMIT_OUTPUT_B (16 * 1024 * 1024) /* one printed page or feed */
#define LIMIT_LETTER_B (512 * 1024)
#define LIMIT_LINE_B (16 * 1024 * 1024) /* a line of JSON Lines */

/* The agenda: one event's texts, and what is kept of one calendar. */
#define LIMIT_CATEGORY_B 120
#define LIMIT_PLACE_B 200
#define LIMIT_FIGURE_B 60
#define LIMIT_UID_B 300
#define LIMIT_EVENT_B (256 * 1024)  /* as it stands in a calendar */
#define LIMIT_CALENDAR_EVENTS 20000 /* in a calendar's text */
#define LIMIT_EVENTS 5000           /* kept of one calendar or table */
#define LIMIT_RULE_EVENTS 400       /* occurrences kept of one rule */
#define LIMIT_RULE_STEPS 20000      /* looked at for them */
#define LIMIT_CALENDAR_STEPS 400000 /* the same for all rules of a calendar */
#define LIMIT_RULE_DUDS 24 /* marks against a calendar's rules: then stop */

/* The parser's process (wire/jail.h), for one document. */
#define LIMIT_PARSE_MEMORY_B (256 * 1024 * 1024)
#define LIMIT_PARSE_ARENA_B (160 * 1024 * 1024) /* a large feed, recoded */
#define LIMIT_PARSE_ANSWER_B (64 * 1024 * 1024)
#define LIMIT_PARSE_CPU_MS 10000
#define LIMIT_PARSE_WALL_MS 120000
#define LIMIT_PARSE_DEATHS 32 /* in a row, then something is wrong with us */

#endif

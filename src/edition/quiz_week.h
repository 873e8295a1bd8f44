#ifndef EDITION_QUIZ_WEEK_H
#define EDITION_QUIZ_WEEK_H

/*
 * What readers read in a week: the sentences of its editions, each with the
 * headline it stood under and the article it is from. A sentence that no
 * article has is an editor's and asks nothing.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "edition/edition.h"
#include "store/article.h"

struct arena;
struct phrases;
struct quiz_names;

struct quiz_issue {
        const struct edition *edition;
        struct str url; /* where readers find it */
};

struct quiz_input {
        struct str language;
        int year;                        /* of the edition that asks */
        const struct quiz_issue *issues; /* of the week, oldest first */
        size_t n_issues;
        const struct phrases *phrases;
        size_t max, least; /* questions: wanted; fewer than least are none */

        /* The article at url with its text; NULL: we have none. */
        const struct article *(*find)(void *user, struct str url);
        void *user;
        /* story's knowledge of sentences. */
        size_t (*split)(struct arena *a, struct str text, struct str language,
                        struct str **ret);
        bool (*stands_alone)(struct str sentence, struct str language);
        bool (*is_small)(struct str word, struct str language); /* "of" */
};

enum quiz_place { QUIZ_LEAD, QUIZ_TOP, QUIZ_ELSEWHERE };

struct quiz_line {
        struct str text, low; /* one sentence; the same in small letters */
        struct str headline, low_headline, issue_url;
        const struct article *article;
        struct str article_text; /* white space folded */
        int64_t story;
        enum quiz_place place;
        bool is_first; /* of its paragraph or item */
        size_t day;    /* which of the issues */
};

struct quiz_week {
        struct quiz_line *lines;
        size_t n;
        struct str *speakers; /* who was quoted, as by= says */
        size_t n_speakers;
};

struct quiz_week quiz_week_of(struct arena *a, const struct quiz_input *in);

#endif

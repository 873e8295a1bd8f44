#ifndef EDITION_QUIZ_H
#define EDITION_QUIZ_H

/*
 * A question of the weekly quiz as a copy has it. Types only;
 * edition/quiz_read.h makes them, edition/quiz_draft.h finds them.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Where the answer is missing in a question. */
#define QUIZ_GAP "____"

struct quiz_option {
        struct str text;
        bool is_right;
};

/* An answer on a scale: what is within tolerance of it is right. */
struct quiz_scale {
        double min, max, step, answer, tolerance;
        int decimals; /* of the step */
};

struct quiz_question {
        struct str id;        /* names it in a form: it tells no answer */
        struct str about;     /* the headline under which it was printed */
        struct str about_url; /* the edition that printed it */
        struct str question;
        struct quiz_option *options;
        size_t n_options;
        bool is_scale; /* scale instead of options */
        struct quiz_scale scale;
        struct str because;            /* what the source said */
        struct str source, source_url; /* who said it */
        bool is_kept;                  /* an editor wants it */
        bool is_asked;                 /* and it can be asked */
        struct str *warnings;          /* "line 3: ..." */
        size_t n_warnings;
};

#endif

#ifndef EDITION_QUIZ_DRAFT_H
#define EDITION_QUIZ_DRAFT_H

/*
 * The weekly quiz, drafted: a sentence of the week with a figure or a name
 * left out, the answer among others of its kind. Pure: nothing is written that
 * no source said but the gap and the wrong answers.
 *
 * A question is left out rather than be ambiguous: when the headline or the
 * sentence tells the answer, when another sentence of the week has another
 * figure for the same thing, when a wrong answer belongs to the same story.
 */

#include "edition/quiz_name.h"
#include "edition/quiz_week.h"

struct composer;

/* Below it, no question is asked that no editor has looked at. */
#define QUIZ_BAR 50
#define QUIZ_OPTIONS 4

/* Why a question stands where it does: each term counts what it says. */
enum quiz_term {
        QUIZ_TERM_KIND,     /* what is asked for */
        QUIZ_TERM_PLACE,    /* lead, top story, elsewhere */
        QUIZ_TERM_OPENING,  /* the first sentence of its item */
        QUIZ_TERM_LENGTH,   /* neither too short nor a tangle */
        QUIZ_TERM_HEADLINE, /* words shared with the headline above it */
        QUIZ_TERM_RIVALS,   /* wrong answers that the week itself gave */
        QUIZ_TERM_ROUGH,    /* "about", "nearly" */
        QUIZ_TERM_SMALL,    /* a figure that anyone would guess */
        QUIZ_TERM_CROWDED,  /* other figures in the sentence */
        QUIZ_TERM_OBSCURE,  /* a name that the week hardly has */
        QUIZ_TERM_GRAVE,    /* deaths and crimes are no matter for a game */
        QUIZ_TERMS
};

struct quiz_candidate {
        const struct quiz_line *line;
        struct str question, answer, low_answer;
        struct str options[QUIZ_OPTIONS];
        size_t n_options;
        struct quiz_scale scale;
        bool may_scale, is_scale; /* can it be asked on a scale? is it? */
        bool is_name;
        int kind;
        int terms[QUIZ_TERMS];
        int score;
        bool is_kept;
};

struct quiz_draft {
        struct quiz_candidate *items; /* best first */
        size_t n;
        const struct quiz_input *in;
};

/* All candidates of the week. */
struct quiz_draft quiz_draft_of(struct arena *a, const struct quiz_input *in);

/*
 * Which are kept, and which stand below them for an editor to choose: at least
 * twice as many as are wanted, if there are so many. Stories of today are left
 * out (is_today). The kept ones come first, by day. note: absent, or why there
 * is no quiz.
 */
struct quiz_choice {
        const struct quiz_candidate **items;
        size_t n, n_kept;
        struct str note;
};
struct quiz_choice quiz_choose(struct arena *a, struct quiz_draft *draft,
                               const int64_t *today, size_t n_today);

/* The section of the copy; nothing when there are no candidates. */
void quiz_put(struct composer *c, struct str heading,
              const struct quiz_choice *chosen);

#endif

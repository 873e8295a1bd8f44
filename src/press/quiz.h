#ifndef PRESS_QUIZ_H
#define PRESS_QUIZ_H

/*
 * The quiz of an edition: its questions on the page, without an answer in the
 * source; the answers of a reader marked; the page that says how it went.
 */

#include "press/block.h"
#include "store/quiz.h"

struct buf;

/* What is asked, in the copy's order: LIMIT_QUIZ_QUESTIONS at most. In a. */
struct quiz_asked {
        const struct quiz_question **items;
        size_t n;
};
struct quiz_asked quiz_asked(struct arena *a, const struct edition *e);

/* Into a section's value: questions, and the words around them. */
void quiz_put_section(const struct block_maker *m, const struct section *s,
                      struct value *v);
/* "7 questions" */
struct str quiz_how_many(struct arena *a, const struct press *press, size_t n);
/* Where it stands on the site. */
struct str quiz_link(struct arena *a, struct str edition_url);

/* What a reader sent. */
struct quiz_given {
        struct str id, value;
};

enum quiz_verdict { QUIZ_UNANSWERED, QUIZ_RIGHT, QUIZ_WRONG };

struct quiz_mark {
        enum quiz_verdict verdict;
        struct str said; /* the answer as words; absent: none */
};

/* ret: one a question. What is no answer to any of them is passed over. */
void quiz_marks(struct arena *a, const struct quiz_asked *asked,
                const struct quiz_given *given, size_t n,
                struct quiz_mark *ret);

/* The page of a reader's result. tallies: of all readers, this one included. */
struct quiz_result {
        const struct issue *issue;
        const struct quiz_mark *marks;
        const struct quiz_tallies *tallies;
};
NODISCARD int quiz_print_result(struct arena *a, const struct press *press,
                                const struct quiz_result *result,
                                struct buf *out, struct err *err);

/* The page of answers, where no server marks: "PATHanswers/index.html"; nothing
 * when nothing is asked. */
NODISCARD int quiz_print_answers(struct arena *a, const struct press *press,
                                 const struct issue *issue,
                                 struct printed_list *out, struct err *err);

#endif

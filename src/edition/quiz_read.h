#ifndef EDITION_QUIZ_READ_H
#define EDITION_QUIZ_READ_H

/*
 * A question as text: the ```quiz block of a copy.
 *
 *   keep: yes
 *   about: Northmoor sends pumps to Eddenford https://our.example/2026/...
 *   question: Northmoor has sent eleven fire engines and ____ pumps.
 *   - [ ] 30
 *   - [x] 60
 *   - [ ] 120
 *   because: Northmoor has sent eleven fire engines and 60 pumps.
 *   source: The Northmoor Mercury https://...
 *   score: 71 (figure 20, opening 15, ...)
 *
 * or, in the place of the options, a scale:
 *
 *   min: 0
 *   max: 100
 *   step: 1
 *   answer: 31
 *   tolerance: 5
 */

#include "edition/quiz.h"

struct arena;

/*
 * The question that text says, in a. It can always be read: what is wrong in a
 * line is a warning, "line 3: ..." counted from first_line, and costs that
 * line; a question that can't be asked says why and has is_asked false.
 */
struct quiz_question *quiz_read(struct arena *a, struct str text,
                                int first_line);

/* Is the question what because says, with a gap where the right answer stands?
 */
bool quiz_is_gapped(struct arena *a, const struct quiz_question *q);

#endif

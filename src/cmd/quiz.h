#ifndef CMD_QUIZ_H
#define CMD_QUIZ_H

/* The weekly quiz: its draft for compose, its marking for serve. */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct compose_input;
struct edition;
struct env;
struct quiz_draft;
struct quiz_door;

/*
 * Draft the quiz of in->date out of the week's published editions, and set
 * in->quiz to it; on other days it stays NULL. All lives in env->a.
 */
NODISCARD int quiz_load(struct env *env, int64_t series,
                        struct compose_input *in, struct quiz_draft *ret);

/*
 * What marks the quiz for serve (site/quiz.h); *ret is untouched when the
 * press's answers stand on a page instead. Lives in env->a.
 */
NODISCARD int quiz_door_open(struct env *env, const struct quiz_door **ret);

/* What is wrong with the questions of a copy, a line each on standard error. */
void quiz_warn(const struct edition *e, const char *name);

#endif

#ifndef CMD_CUT_H
#define CMD_CUT_H

/*
 * Stages that ended without a word: what stands in the store as running, though
 * nobody runs it, would be told as stuck until its next run, a day later.
 */

#include <stdbool.h>

struct env;

/*
 * A role of "bulldog run" begins: what was cut off, with the press or by the
 * machine, stands as cut. Rows tell what it left to do, so it is no fault. A
 * stage that another process of this press runs is left alone; one that another
 * host runs says itself how it ended, later. Failures are logged.
 */
void cut_notice(struct env *env, const char *role);

/* A stage of ours ended with code (proc_ended()) when it was killed. stopping:
 * by us, as we were told to end. */
void cut_note_killed(struct env *env, const char *stage, int code,
                     bool stopping);

#endif

#ifndef BASE_PROC_H
#define BASE_PROC_H

/*
 * Processes of this program: told to stop, started, waited for.
 *
 * A child is the same binary again, told what to do by its arguments. It gets
 * SIGTERM when its parent dies, so none is left behind.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

/* From here on SIGTERM and SIGINT ask us to stop and end nothing by
 * themselves. */
void proc_catch_stop(void);
bool proc_is_stopping(void);
/* Sleep; shorter when asked to stop or when a child ends. */
void proc_sleep_ms(int64_t ms);

/* Start this program with argv ("bulldog", "-C", ... ended by NULL). */
NODISCARD int proc_start(const char *const *argv, pid_t *ret_pid,
                         struct err *err);

/* Has it ended? *ret_code is its exit code then, or 128 and the number of the
 * signal that ended it. */
bool proc_ended(pid_t pid, int *ret_code);

/* How long to wait before a process that has failed times times in a row is
 * started again: 1 s, 2, 4 ... 60. */
int64_t proc_backoff_s(int64_t times);

#endif

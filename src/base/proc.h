#ifndef BASE_PROC_H
#define BASE_PROC_H

/*
 * Processes of this program: told to stop, started, waited for.
 *
 * A child is the same binary again, told what to do by its arguments. It gets
 * SIGTERM when its parent dies, so none is left behind.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/err.h"

/* From here on SIGTERM and SIGINT ask us to stop and end nothing by
 * themselves. */
void proc_catch_stop(void);
bool proc_is_stopping(void);
/* From here on SIGHUP asks for the settings to be read again, unless it is
 * ignored (nohup). */
void proc_catch_reload(void);
/* Was it asked since the last call? */
bool proc_take_reload(void);
/* Sleep; shorter when asked for something or when a child ends. */
void proc_sleep_ms(int64_t ms);

/* Have room for n open files, as far as the hard limit lets us. */
void proc_want_files(uint64_t n);

/* Start this program with argv ("bulldog", "-C", ... ended by NULL). */
NODISCARD int proc_start(const char *const *argv, pid_t *ret_pid,
                         struct err *err);

/* What a bare process is given: its arguments and its descriptors, no more. */
struct proc_bare {
        const char *const *argv; /* ended by NULL */
        const int *fds;          /* become 3, 4, ...; at most 8 */
        size_t n_fds;
        int error_fd; /* becomes 2; -1: ours is kept */
};

/*
 * Start this program with nothing of ours: standard input and output are the
 * null device, every other descriptor is shut, of the environment only what the
 * loader and the memory checkers read is left. It is killed when we die, and
 * no key on the terminal reaches it.
 */
NODISCARD int proc_start_bare(const struct proc_bare *p, pid_t *ret_pid,
                              struct err *err);

void proc_kill(pid_t pid);
/* Wait for its end; the code as proc_ended() gives it. */
int proc_wait(pid_t pid);

/* The processor time it has had; 0 when nothing is known of it. */
int64_t proc_cpu_ms(pid_t pid);

/* Has it ended? *ret_code is its exit code then, or 128 and the number of the
 * signal that ended it. */
bool proc_ended(pid_t pid, int *ret_code);

/* How long to wait before a process that has failed times times in a row is
 * started again: 1 s, 2, 4 ... 60. */
int64_t proc_backoff_s(int64_t times);

#endif

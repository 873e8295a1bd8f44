#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

/*
 * Bars around a process that reads what strangers wrote: no network, no files,
 * no other processes, bounded memory.
 *
 * Each bar is asked of the kernel by itself; one that it doesn't have is told
 * and the rest stand. Nothing takes a bar away again.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum sandbox_bar {
        SANDBOX_SECCOMP = 1,  /* few system calls */
        SANDBOX_LANDLOCK = 2, /* no file, no TCP port */
        SANDBOX_LIMITS = 4,   /* memory, processes, descriptors */
        SANDBOX_ALL = 7,
};

/* How a process ends that asks for what seccomp refuses. Its last words, on
 * standard error, say which system call it was. */
#define SANDBOX_EXIT_REFUSED 86

struct sandbox_wish {
        unsigned bars;
        int talk_fd;     /* the one descriptor it may read and write */
        size_t memory_b; /* on top of what it has mapped already */
};

struct sandbox {
        unsigned bars;    /* those that stand */
        int landlock_abi; /* 0 without Landlock */
        struct err why;   /* of the first that doesn't */
};

/* For the process that parses: it reads and writes its descriptor, writes to
 * standard error, takes and gives back memory, and ends. */
void sandbox_enter_parse(const struct sandbox_wish *w, struct sandbox *ret);

/* The checker under which we run and which needs all of the kernel, such as
 * "valgrind"; NULL when there is none. Then no bar can be set, and all is
 * slower. */
const char *sandbox_checker(void);

#endif

#ifndef BASE_ERR_H
#define BASE_ERR_H

/*
 * What went wrong, in a code to branch on and a message to print.
 *
 * A function that can fail returns int: 0, or a negative enum err_code. The
 * message travels in struct err: set once where the fault is seen, given
 * context ("feed %s") on the way up, printed once at the top.
 */

#include "base/attr.h"

enum err_code {
        ERR_INPUT = -1,  /* what we were given is wrong */
        ERR_LIMIT = -2,  /* it is larger, deeper or longer than we take */
        ERR_ABSENT = -3, /* there is no such thing */
        ERR_BUSY = -4,   /* someone else has it; later it may work */
        ERR_DENIED = -5, /* not allowed */
        ERR_NET = -6,    /* the network or the other host */
        ERR_STORE = -7,  /* the database */
        ERR_SYS = -8,    /* the operating system: disk, memory, processes */
        ERR_STALE = -9,  /* it changed since we looked */
};

#define ERR_MSG_MAX 512

struct err {
        int code;
        char msg[ERR_MSG_MAX];
};

/* Set code and message (err may be NULL). Return code, for "return err_set()".
 */
int err_set(struct err *err, enum err_code code, const char *fmt, ...)
        PRINTF(3, 4);

/* As err_set with ERR_SYS (ERR_ABSENT for ENOENT, ERR_DENIED for EACCES, EPERM
 * and EROFS, ERR_LIMIT for ENOSPC, EDQUOT, EFBIG) and ": <strerror(errno)>"
 * after the message. */
int err_sys(struct err *err, const char *fmt, ...) PRINTF(2, 3);

/* Put "<context>: " before the message. Returns the code it already has. */
int err_add(struct err *err, const char *fmt, ...) PRINTF(2, 3);

/* The exit code of sysexits.h that fits (0 for 0). */
int err_exit_code(int code);

#endif

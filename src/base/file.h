#ifndef BASE_FILE_H
#define BASE_FILE_H

/*
 * Files, whole and safely: read with a limit; written beside, fsynced and
 * renamed, so that a reader or a power cut sees the old bytes or the new.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

/* All of path ("-" is standard input), in a. ERR_ABSENT, ERR_LIMIT over max_b.
 */
NODISCARD int file_read(struct arena *a, const char *path, size_t max_b,
                        struct str *ret, struct err *err);

/* The same into memory that is there: room for max_b bytes. */
NODISCARD int file_read_to(char *room, size_t max_b, const char *path,
                           struct str *ret, struct err *err);

/*
 * Replace path by the bytes, making folders as needed. *ret_changed (may be
 * NULL) is false when it held the same bytes already and nothing was written.
 */
NODISCARD int file_write(const char *path, struct str bytes, bool *ret_changed,
                         struct err *err);

/* Remove from a folder what file_write() left beside when it was killed. Only
 * for who alone writes there; a folder that isn't there has none. */
void file_sweep(const char *folder);

/* mkdir -p; what is new lasts, too: its parent is synced. */
NODISCARD int file_make_dir(const char *path, struct err *err);
bool file_exists(const char *path);
/* fsync of a folder, so that a rename in it lasts. */
NODISCARD int file_sync_dir(const char *path, struct err *err);

/* An exclusive lock on path (made when absent), held till the process ends or
 * fd is closed. ERR_BUSY: held by another; *ret_fd is -1 then. */
NODISCARD int file_lock(const char *path, int *ret_fd, struct err *err);

#endif

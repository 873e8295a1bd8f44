#ifndef SITE_PATH_H
#define SITE_PATH_H

/*
 * From a request's path to a file below the public folder, and what is said of
 * such a file: its type, how long it may be kept, whether it packs.
 *
 * The danger removed: "..", encoded slashes, NUL and dotfiles never reach the
 * file system.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

struct path {
        struct str file; /* relative, no leading slash; "" is the root */
        bool is_folder;  /* the path ends in a slash */
};

/* ERR_INPUT: no path (400). ERR_ABSENT: hidden or outside (404). In a. */
NODISCARD int path_map(struct arena *a, struct str raw, struct path *ret);

/* "text/html; charset=utf-8"; a name without a known ending is bytes. */
const char *path_type(struct str file);
/* The Cache-Control of a file of that kind. */
const char *path_cache_control(struct str file);
/* Is it text that gzip makes smaller? */
bool path_is_packable(struct str file);

#endif

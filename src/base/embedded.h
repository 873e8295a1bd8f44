#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

/*
 * Files built into the program. tools/embed turns a list of files into a table
 *
 *   extern const struct embedded PREFIX_files[];
 *
 * in the order they were given, ended by a row whose name is NULL.
 */

#include <stddef.h>

struct embedded {
        const char *name; /* below --root, or the last part of its path */
        const unsigned char *bytes; /* a NUL follows the last one */
        size_t size;                /* without that NUL */
};

#endif

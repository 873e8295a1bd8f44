#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

/*
 * One line that says how far a long job is: bar, count, bytes, errors, time to
 * go. Drawn on standard error only if it is a terminal, ten times a second at
 * most.
 */

#include <stddef.h>

struct progress {
        const char *label;
        size_t total, done, bytes, errors;
        long long start_ms, drawn_ms;
        int is_terminal;
};

void progress_start(struct progress *p, const char *label, size_t total);
void progress_update(struct progress *p, size_t done, size_t bytes,
                     size_t errors);
void progress_end(struct progress *p); /* wipes the line */

#endif

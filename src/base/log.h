#ifndef BASE_LOG_H
#define BASE_LOG_H

/*
 * Structured log lines on standard error: only main loops and cmd/ call this.
 *
 *   2026-03-06T05:30:02Z info wire fetched: feeds=40 items=812
 *
 * Under systemd (JOURNAL_STREAM) the time is left out and the level goes as
 * "<6>". A test's hook can catch the lines.
 */

#include <stdbool.h>

#include "base/attr.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_init(const char *role, enum log_level most, bool to_journal);
/* Does standard error go to the journal that JOURNAL_STREAM names? A terminal
 * or a cron job inherits the variable, but not the stream. NULL: no. */
bool log_is_journal(const char *stream);
void log_error(const char *fmt, ...) PRINTF(1, 2);
void log_warn(const char *fmt, ...) PRINTF(1, 2);
void log_info(const char *fmt, ...) PRINTF(1, 2);
void log_debug(const char *fmt, ...) PRINTF(1, 2);
/* For tests: lines go to hook (NULL: standard error again). */
void log_hook(void (*hook)(enum log_level level, const char *line));

#endif

#ifndef CMD_LINES_H
#define CMD_LINES_H

/*
 * The pipes: JSON Lines in, JSON Lines out, a line at a time in bounded memory.
 */

#include <jansson.h>
#include <stdio.h>

#include "base/err.h"
#include "base/json.h"
#include "base/str.h"

/* Write one value for the object line. A failure is told with its line number
 * and the pipe goes on; after ERR_SYS it doesn't. */
typedef int lines_answer(void *ctx, const json_t *line, struct json *out,
                         struct err *err);

/*
 * Answer every line of in on out. A line that is no JSON object, or that
 * answer refuses, is told on standard error and gives no line; then the end
 * is ERR_INPUT. ERR_SYS: reading, writing or answer failed for good.
 */
NODISCARD int lines_run(FILE *in, FILE *out, lines_answer *answer, void *ctx,
                        struct err *err);

/* A text of the object; absent when it is missing, null or no text. Borrowed.
 */
struct str lines_str(const json_t *line, const char *key);

#endif

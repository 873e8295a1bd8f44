#ifndef CMD_LINES_H
#define CMD_LINES_H

/*
 * The pipes: JSON Lines in, JSON Lines out, in bounded memory.
 */

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/flat.h"
#include "base/json.h"
#include "base/str.h"

/* Write one value for the object line. A failure is told with its line number
 * and the pipe goes on. */
typedef int lines_answer(void *ctx, const json_t *line, struct json *out,
                         struct err *err);

/*
 * Answer every line of standard input on out. One that is no JSON object, or
 * that answer refuses, is answered by its fault ({"id","error"}), which is told
 * on standard error, too; then the end is ERR_INPUT. ERR_SYS: reading or
 * writing failed.
 */
NODISCARD int lines_run(FILE *out, lines_answer *answer, void *ctx,
                        struct err *err);

/* A text of the object; absent when it is missing, null or no text. Borrowed.
 */
struct str lines_str(const json_t *line, const char *key);

/* --- one line after the other ------------------------------------------- */

struct lines {
        int fd;
        struct buf b;     /* what was read and not yet given */
        size_t at, seen;  /* of it: given, and looked at for an end */
        uint64_t n;       /* the number of the last line */
        bool is_end;      /* nothing more comes */
        bool is_too_long; /* the line being read, which is dropped */
        struct buf room;  /* texts of lines_next_flat */
        json_t *tree;     /* ... or where they are */
};

enum lines_got { LINES_END, LINES_ONE, LINES_NONE_YET };

void lines_init(struct lines *l, int fd);
void lines_done(struct lines *l);

/*
 * An enum lines_got: the next line that isn't empty as *ret (NULL, and err says
 * why, when it is no JSON object; else for json_decref). Without may_wait
 * LINES_NONE_YET when the next line hasn't come. ERR_SYS: reading failed.
 */
NODISCARD int lines_next(struct lines *l, bool may_wait, json_t **ret,
                         struct err *err);

/*
 * The same for one who wants some texts of the object and no more, and waits
 * for the next line: by the short way where it is one. They are borrowed until
 * the next call. *ret_is_right: false where lines_next gives NULL.
 */
NODISCARD int lines_next_flat(struct lines *l, struct flat *want, size_t n,
                              bool *ret_is_right, struct err *err);

/* The answer to a line that has none; line may be NULL. */
void lines_put_fault(struct json *out, const json_t *line,
                     const struct err *fault);
/* What lines_run says of a bad line, and at its end: fault is what ended it
 * early (else NULL), bad how many lines were. */
void lines_complain(uint64_t n, const struct err *fault);
NODISCARD int lines_end(const struct lines *l, const struct err *fault,
                        uint64_t bad, struct err *err);

#endif

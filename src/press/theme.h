#ifndef PRESS_THEME_H
#define PRESS_THEME_H

/*
 * The theme: templates, style sheet and pictures that are built into the
 * program, each of which a press may replace by a file of the same name.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;
struct theme;
struct value;

/* Named as below theme/: "page.mustache", "edition.css", "phrases/en.txt". */
struct theme_file {
        struct str name, bytes;
};

/* Lives in a; overrides are borrowed. */
struct theme *theme_new(struct arena *a, const struct theme_file *overrides,
                        size_t n);

/* A file's bytes, the press's own before ours. Borrowed. False: no such file.
 */
bool theme_find(const struct theme *t, struct str name, struct str *ret);

/* The i-th name of the built-in files; false past the last. */
bool theme_name(size_t i, struct str *ret);

/*
 * Render NAME.mustache with its partials. A template's last line feed is not
 * part of it, so that a partial can stand inside a line.
 * ERR_ABSENT: no such template; ERR_INPUT: a template is wrong, with its line.
 */
NODISCARD int theme_print(struct theme *t, const char *name,
                          const struct value *root, struct buf *out,
                          struct err *err);

#endif

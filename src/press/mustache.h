#ifndef PRESS_MUSTACHE_H
#define PRESS_MUSTACHE_H

/*
 * Mustache templates, after the public specification (mustache(5) and its core
 * rules): {{escaped}}, {{{raw}}}, {{&raw}}, sections, inverted sections,
 * partials, comments, set delimiters, dotted names, standalone lines. Lambdas
 * and the optional modules (inheritance, dynamic names) are left out.
 *
 * Compiled once, rendered many times. One rule of our own: an empty text is
 * false in a section, so {{#line}}<p>{{line}}</p>{{/line}} prints no empty
 * line.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;
struct mustache;
struct value;

/*
 * Compile text, whose name is for messages; it must outlive the template, which
 * lives in a. ERR_INPUT names file and line. ERR_LIMIT: nested too deep.
 */
NODISCARD int mustache_compile(struct arena *a, struct str name,
                               struct str text, const struct mustache **ret,
                               struct err *err);

/* Where {{>name}} is found; NULL: there is none, and nothing is printed. */
typedef const struct mustache *mustache_partial(void *ctx, struct str name);

/*
 * Render into out. ERR_LIMIT: partials nested without end, or out is full.
 * partial may be NULL.
 */
NODISCARD int mustache_render(const struct mustache *m,
                              const struct value *root,
                              mustache_partial *partial, void *ctx,
                              struct buf *out, struct err *err);

#endif

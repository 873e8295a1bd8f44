#ifndef PRESS_CHART_H
#define PRESS_CHART_H

/*
 * The charts of an edition: in words, as a table, as pictures beside the page.
 * A chart of which nothing can be drawn is its words and its table.
 */

#include "base/err.h"
#include "edition/edition.h"
#include "press/press.h"

struct arena;
struct phrases;
struct scene;
struct value;

/* Rows of a table on the page; in a letter and in text. */
#define CHART_ROWS_MAX 40
#define CHART_ROWS_FEW 8

/* "Line chart of closing level, 1989-2026, where: ...", for who can't see. */
struct str chart_alt(struct arena *a, const struct phrases *phrases,
                     const struct chart *chart);

/*
 * {title, unit, note, source, source_url, alt, svg (markup), png, csv, file_svg
 * (addresses), stem (of its picture in a book), table, more, heads, rows,
 * has_rows, few}. base is the edition's address; with_picture: svg is filled.
 */
struct value *chart_value(struct arena *a, const struct press *press,
                          const struct edition *e, const struct chart *chart,
                          struct str base, bool with_picture);

/* "chart", "chart-2": the n-th chart's files, from 0. In a. */
struct str chart_stem(struct arena *a, size_t n);

/* Each chart's files below folder: SVG, PNG at 2x, PNG for letters, CSV. */
NODISCARD int chart_print(struct arena *a, const struct press *press,
                          const struct edition *e, struct str folder,
                          struct printed_list *out, struct err *err);

#endif

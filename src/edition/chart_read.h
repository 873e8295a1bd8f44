#ifndef EDITION_CHART_READ_H
#define EDITION_CHART_READ_H

/*
 * A chart as text: the ```chart block of a copy, or a file of the press.
 *
 *   title: The index is above its old high after 34 years
 *   subtitle: Closing level, points
 *   source: Exchange https://...
 *   data: index.csv
 *   type: line
 *   annotation: 1989-12-29 | The old high
 *
 * and, when there is no data file, an empty line and the rows as CSV. A key
 * may stand in any order; one that we don't know is kept.
 */

#include "base/err.h"
#include "edition/chart.h"

struct arena;
struct buf;

/*
 * The chart that text says, in a, with its table when the rows stand in it. It
 * can always be read: what is wrong is a warning, "line 3: ..." counted from
 * first_line.
 */
struct chart *chart_read(struct arena *a, struct str text, int first_line);

/* Make the table of chart->data from the file's bytes. ERR_INPUT, ERR_LIMIT. */
NODISCARD int chart_load(struct arena *a, struct chart *chart, struct str bytes,
                         struct err *err);

/* The same text again: what chart_read() made reads to the same chart, and
 * that is written to the same bytes. */
void chart_write(struct buf *out, const struct chart *chart);

/* "line", "ordered bar". NULL past the last and for CHART_AUTO. */
const char *chart_type_name(enum chart_type type);
/* False: there is no such type. */
bool chart_type_of(struct str name, enum chart_type *ret);

#endif

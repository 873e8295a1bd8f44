#ifndef PRESS_CHART_H
#define PRESS_CHART_H

/*
 * The chart of the day as the copy tells it: "key: value" lines, then (after
 * an empty line) rows parted by commas, the first of them the heads.
 */

#include "base/str.h"

struct arena;
struct value;

/*
 * {title, unit, source, source_url, heads: [..], rows: [[..]], has_rows}. At
 * most CHART_ROWS_MAX rows are printed.
 */
struct value *chart_value(struct arena *a, struct str text);

#define CHART_ROWS_MAX 40

#endif

#ifndef CMD_CHART_DATA_H
#define CMD_CHART_DATA_H

/* The numbers of charts that lie in files: edition and press touch none. */

#include "base/err.h"
#include "edition/edition.h"

struct env;

/* The folder of a press in which its charts lie. */
#define CHART_FOLDER "charts"

/* Load chart->data, a name beside the file at path; nothing to do when there
 * is none, or the rows are there already. */
NODISCARD int chart_data_load(struct env *env, struct chart *chart,
                              const char *path);

/* What is wrong with it, a line each on standard error. */
void chart_data_warn(const struct chart *chart, const char *name);

/*
 * Load what the charts of an edition name, from the press's folder. One that
 * can't be read is told on standard error and has no picture; tell: so is what
 * is wrong in one that can.
 */
void chart_data_edition(struct env *env, const struct edition *e, bool tell);

/*
 * The text of the chart that waits for a day: charts/DATE.chart or
 * DATE-anything.chart (the first by name). Empty: none.
 */
NODISCARD int chart_data_of_day(struct env *env, struct str date,
                                struct str *ret);
/* Of the one that stands in when there is no other: charts/standing.chart. */
NODISCARD int chart_data_standing(struct env *env, struct str *ret);

#endif

#ifndef EDITION_CHART_H
#define EDITION_CHART_H

/*
 * A chart as an edition has it: what it says, and its numbers in typed columns.
 * Types only; edition/chart_read.h and edition/table.h make them.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/table.h"

enum chart_type {
        CHART_AUTO, /* as the first column suggests */
        CHART_LINE,
        CHART_AREA,
        CHART_COLUMN,
        CHART_BAR,
        CHART_ORDERED_BAR,
        CHART_PAIRED_BAR,
        CHART_STACKED_BAR,
        CHART_LOLLIPOP,
        CHART_SLOPE,
        CHART_SCATTER,
        CHART_DIVERGING_BAR,
        CHART_TYPES,
};

struct annotation {
        struct str at; /* a value of the first column, as written */
        struct str text;
        size_t row; /* of the table at which that stands, or STR_NONE */
};

struct chart_extra {
        struct str key, value;
};

struct chart {
        enum chart_type type;
        struct str title, subtitle, unit, note;
        struct str source, source_url; /* either may be empty */
        struct str data;               /* a file beside; empty: rows */
        struct str highlight;          /* the row or column that matters */
        struct str decimal;  /* "," or "."; empty: as the numbers tell */
        struct str dates;    /* "dmy" or "mdy"; empty: as the dates tell */
        struct str finding;  /* "12 2026-03-06T05:00:00Z": what compose drew it
                                from, and as of when; empty: nothing */
        struct str *columns; /* which to draw, in order; none: all */
        size_t n_columns;
        struct annotation *annotations;
        size_t n_annotations;
        struct chart_extra *extra; /* keys that we don't know */
        size_t n_extra;
        struct str rows;           /* the numbers, as written in the copy */
        const struct table *table; /* NULL: there are none, or not yet */
        struct str *warnings;      /* "line 3: ..."; the table has its own */
        size_t n_warnings;
};

#endif

#ifndef PRESS_PLOT_PARTS_H
#define PRESS_PLOT_PARTS_H

/* What the types of charts share: only the plot_*.c include it. */

#include "press/figure.h"
#include "press/plot.h"
#include "press/ticks.h"

#define PLOT_SERIES_MAX 12
#define LINE_HEIGHT 1.25
/* Past this a figure is no measure of anything. */
#define VALUE_MAX 1e100

struct box {
        double x0, y0, x1, y1;
};

struct plot {
        struct arena *a;
        const struct chart *chart;
        const struct plot_options *o;
        struct scene *s;
        struct figures *figures;
        enum chart_type type;
        const struct column *x; /* NULL: rows have no names */
        const struct column *series[PLOT_SERIES_MAX];
        size_t n_series;
        size_t *rows; /* of the table, in the order of drawing */
        size_t n_rows;
        size_t main_row, main_series; /* what matters; STR_NONE: all alike */
        int decimals;
        double size;                     /* of words */
        double left, right, top, bottom; /* the area of the marks */
        struct ticks y;
        double y_from, y_to, x_from, x_to; /* what the area stands for */
        struct str months[12];
        /* What words must not cover. */
        struct box *boxes;
        size_t n_boxes, cap_boxes;
        const struct mark **paths;
        size_t n_paths, cap_paths;
};

/* --- plot_parts.c --- */

/* The value of a series in a row; NaN: none. */
double plot_value(const struct plot *p, size_t series, size_t row);
/* What stands in the first column. */
struct str plot_name(const struct plot *p, size_t row);
struct str plot_figure(const struct plot *p, double v);
/* The least and the greatest of all series; false: there is no number. */
bool plot_range(const struct plot *p, double *lo, double *hi);
/* Sort p->rows by the first column's numbers or dates. */
void plot_sort(struct plot *p);
enum ink plot_ink(const struct plot *p, size_t series);
enum ink plot_words_ink(const struct plot *p, size_t series);

double plot_x(const struct plot *p, double v);
double plot_y(const struct plot *p, double v);

/* Ticks for lo..hi, room for their words on the left, the grid. */
void plot_y_axis(struct plot *p, double lo, double hi);
/* Ticks and words below: a time, or numbers. */
void plot_date_axis(struct plot *p);
void plot_number_axis(struct plot *p);
/* The same below bands, one a row. */
void plot_band_axis(struct plot *p);
double plot_band_x(const struct plot *p, size_t i);
/* Room below for the words of the axis; x_from and x_to must be known. */
double plot_axis_height(struct plot *p);

/* --- plot_labels.c --- */

void labels_avoid_path(struct plot *p, const struct mark *path);
void labels_avoid(struct plot *p, struct box b);

/*
 * Put lines of words near a point where they cover nothing: above, below,
 * beside, then farther with a hair to it. False: there is no such place (must:
 * then the least bad one is taken).
 */
struct label {
        struct str lines[4];
        size_t n;
        enum ink ink;
        double clear; /* radius of what stands at the point */
        bool bold_first, must, below_first, beside_first;
};
bool labels_put(struct plot *p, const struct label *l, struct point at);

/* Words at a side, one beside each mark, moved apart up and down. */
struct side_label {
        struct str text;
        double y; /* wanted, then where it stands (the middle) */
        enum ink ink;
        bool bold;
};
void labels_spread(struct side_label *list, size_t n, double height, double top,
                   double bottom);

/* The annotations of rows: the value in bold, then the text. dot: the radius
 * of what is set at the point; 0: nothing is. */
void labels_annotate(struct plot *p,
                     double (*x_of)(const struct plot *, size_t),
                     double (*y_of)(const struct plot *, size_t), double dot);
bool labels_is_annotated(const struct plot *p, size_t row);

/* Names of the series with a square of their colour, in lines from *y on. */
void labels_key(struct plot *p, double *y);

/* --- the types; each draws from p->top on and sets p->bottom --- */

void plot_line(struct plot *p, double height);
void plot_columns(struct plot *p, double height);
void plot_bars(struct plot *p);
void plot_slope(struct plot *p, double height);
void plot_scatter(struct plot *p, double height);

#endif

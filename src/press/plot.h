#ifndef PRESS_PLOT_H
#define PRESS_PLOT_H

/*
 * A chart laid out: what stands where, in pixels. svg_write() and png_write()
 * draw the same scene.
 *
 * The title says the finding, the line below it what is measured; lines and
 * bars bear their names and figures themselves, so there is no legend unless
 * nothing else would fit.
 */

#include "base/err.h"
#include "edition/edition.h"
#include "press/scene.h"

struct plot_options {
        double width;  /* 0: PLOT_WIDTH */
        double height; /* 0: as fits; bars are as many as they are */
        bool is_bare;  /* without title, subtitle and source */
        struct str language;
        struct str source_word; /* "Source" */
        struct str alt;         /* the description, for who can't see it */
};

#define PLOT_WIDTH 680
#define PLOT_WIDTH_MIN 240
#define PLOT_WIDTH_MAX 2400
#define PLOT_HEIGHT_MAX 2400
/* Bars drawn; the rest is in the table. */
#define PLOT_BARS_MAX 40

/*
 * In a. ERR_ABSENT: there is nothing to draw, and err says what is missing.
 */
NODISCARD int plot_draw(struct arena *a, const struct chart *chart,
                        const struct plot_options *o, struct scene *ret,
                        struct err *err);

/* CHART_AUTO settled by the table. */
enum chart_type plot_type(const struct chart *chart);

/* "Closing level, points, 1989-2026": subtitle, unit and period in one line. */
struct str plot_subtitle(struct arena *a, const struct chart *chart);

#endif

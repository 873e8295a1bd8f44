#ifndef PRESS_SCENE_H
#define PRESS_SCENE_H

/*
 * A picture as a list of marks, laid out once and written twice: as SVG and
 * as PNG. Texts are measured by one table of widths, so both stand alike.
 * Lengths in pixels, y downwards.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

/* What a mark is drawn with; svg.c and png.c know its colours by day and by
 * night. */
enum ink {
        INK_TEXT,
        INK_SOFT,   /* small words */
        INK_HAIR,   /* the grid */
        INK_RULE,   /* heavier lines around */
        INK_PAPER,  /* on dark fills, and around what crosses a line */
        INK_ON,     /* words on fills of middle tone */
        INK_MUTED,  /* what isn't the point */
        INK_SERIES, /* six from here, told apart by the colour-blind too */
        INK_WORDS = INK_SERIES + 6, /* the same, dark enough for words */
        INKS = INK_WORDS + 6,
};
#define INK_SERIES_N 6

enum mark_kind {
        MARK_PATH, /* a line; a point of NaN lifts the pen */
        MARK_AREA, /* a closed, filled path */
        MARK_RECT,
        MARK_DOT,
        MARK_DOTS, /* many small ones */
        MARK_WORDS,
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct point {
        double x, y;
};

struct mark {
        enum mark_kind kind;
        enum ink ink;
        const struct point *points; /* of a path, an area, dots */
        size_t n;
        double x, y, w, h; /* w: of a path, its width; of dots, the radius */
        bool is_dashed, is_faint;
        /* Words stand on the base line y. */
        struct str text;
        struct str whole; /* the uncut text, when it was cut */
        double size;
        bool is_bold, has_halo;
        enum anchor anchor;
};

struct scene {
        struct arena *a;
        double width, height;
        struct mark *marks;
        size_t n, cap;
        struct str title, desc, language;
};

void scene_path(struct scene *s, enum ink ink, double width,
                const struct point *points, size_t n);
void scene_line(struct scene *s, enum ink ink, double width, struct point from,
                struct point to);
void scene_area(struct scene *s, enum ink ink, const struct point *points,
                size_t n);
void scene_rect(struct scene *s, enum ink ink, double x, double y, double w,
                double h);
void scene_dot(struct scene *s, enum ink ink, double x, double y, double r);
/* The mark added last, to say more of it. */
struct mark *scene_last(struct scene *s);
struct mark *scene_words(struct scene *s, enum ink ink, double x, double y,
                         double size, struct str text);

/* Swap left and right of the marks from first on: for readers from the right.
 */
void scene_mirror(struct scene *s, size_t first);

/* --- words --- */

double words_width(struct str s, double size, bool bold);
/* Cut to width, with an ellipsis; s itself when it fits. */
struct str words_fit(struct arena *a, struct str s, double size, bool bold,
                     double width);
/* Into lines of at most width, at most max of them, the last one cut. */
size_t words_wrap(struct arena *a, struct str s, double size, bool bold,
                  double width, struct str *ret, size_t max);
/* Is the first letter of a script that is written from the right? */
bool words_are_rtl(struct str s);

/* --- the writers --- */

enum scene_theme { THEME_AUTO, THEME_LIGHT, THEME_DARK };

/*
 * SVG with real text. inline_n: 0 for a file of its own; else the n-th on a
 * page, whose custom properties (--ink and so on) give the colours.
 */
void svg_write(struct buf *out, const struct scene *s, enum scene_theme theme,
               int inline_n);

/* PNG, scale times as large; THEME_AUTO is light. */
NODISCARD int png_write(struct arena *a, const struct scene *s,
                        enum scene_theme theme, double scale, struct str *ret,
                        struct err *err);

/* The colour of an ink: 0xRRGGBB. */
unsigned ink_colour(enum ink ink, bool dark);

#endif

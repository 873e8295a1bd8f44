#ifndef PRESS_PICTURE_H
#define PRESS_PICTURE_H

/*
 * A drawn surface as PNG (RFC 2083). What we draw is flat: large stretches of
 * one colour. So rows go into deflate unfiltered, which is both faster and
 * smaller here than libpng's trying of five filters a row.
 */

#include <cairo.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

/* In a. The surface is of CAIRO_FORMAT_RGB24; it is flushed, not destroyed.
 * ERR_SYS: it can't be drawn on; ERR_LIMIT: over LIMIT_OUTPUT_B. */
NODISCARD int picture_png(struct arena *a, cairo_surface_t *surface,
                          struct str *ret, struct err *err);

#endif

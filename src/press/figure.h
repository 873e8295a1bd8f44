#ifndef PRESS_FIGURE_H
#define PRESS_FIGURE_H

/*
 * Figures on a chart, in the language of the edition (ICU): "39,099",
 * "39.099", "1.2M", "4.5%", "$12".
 */

#include <stdbool.h>

#include "base/str.h"

struct arena;
struct figures;

/* unit "%", "per cent" or a currency's sign is printed with each figure. In a,
 * but holds ICU's own memory till figures_done(). */
struct figures *figures_new(struct arena *a, struct str language,
                            struct str unit);
void figures_done(struct figures *f);

/* Is unit such a sign, so that it needs no word elsewhere? */
bool figure_has_sign(struct str unit);

/* With so many decimals; from a million on shortened. In a. */
struct str figure_text(struct arena *a, const struct figures *f, double v,
                       int decimals);

#endif

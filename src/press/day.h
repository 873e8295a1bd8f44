#ifndef PRESS_DAY_H
#define PRESS_DAY_H

/*
 * Dates in words, in the language of the edition (ICU), and which way that
 * language is written. Plain "en" is read as international English, in which
 * the day comes before the month.
 */

#include "base/str.h"
#include "base/time.h"

struct arena;

/* "Friday, 6 March 2026" */
struct str day_long(struct arena *a, struct str language,
                    const struct civil *c);
/* "6 March" */
struct str day_short(struct arena *a, struct str language,
                     const struct civil *c);
/* "Friday" */
struct str day_weekday(struct arena *a, struct str language,
                       const struct civil *c);
/* "March 2026" */
struct str day_month(struct arena *a, struct str language,
                     const struct civil *c);

/* By a pattern of ICU's ("d MMMM y"), which knows a month's name as it stands
 * within a date; empty when it is no pattern. */
struct str day_as(struct arena *a, struct str language, struct str pattern,
                  const struct civil *c);

/* "2pm", "2:30pm", "14 Uhr", "14:30": as the language writes it. */
struct str day_clock(struct arena *a, struct str language,
                     const struct civil *c);
/* "6 March at 2:05pm": a day and its time. */
struct str day_moment(struct arena *a, struct str language,
                      const struct civil *c);
/* "Frankfurt", "Neu-Delhi": the place whose clock a zone is. */
struct str day_city(struct arena *a, struct str language, struct str zone);

/* "Mar" */
struct str day_month_short(struct arena *a, struct str language,
                           const struct civil *c);
/* "Q1" */
struct str day_quarter(struct arena *a, struct str language,
                       const struct civil *c);

/* ICU's name for the language, digits as everywhere on the page; in a. */
const char *language_locale(struct arena *a, struct str language);
/* "few": in which of its plural forms a language counts n (CLDR). */
struct str language_plural(struct arena *a, struct str language, int64_t n);
/* Is it built as a language tag is (BCP 47): letters, then more behind hyphens,
 * eight at most each? Others may not stand in a document. */
bool language_is_tag(struct str language);
bool language_is_rtl(struct arena *a, struct str language);

#endif

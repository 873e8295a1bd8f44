#ifndef CMD_FINDINGS_H
#define CMD_FINDINGS_H

/* What is news in the watched series: searched after a gather, one of it chosen
 * for an edition's chart, proved again later. */

#include "base/err.h"
#include "base/str.h"
#include "edition/finding_rank.h"

struct chart;
struct edition;
struct env;
struct phrases;

struct findings_report {
        size_t searched, found; /* series; what is news in them */
};
/* Search those that changed since they were searched last. */
NODISCARD int findings_update(struct env *env, struct findings_report *ret);

/* The values of a series, as of in->as_of, and what is known of them; in a. */
struct finding_input;
NODISCARD int findings_load(struct env *env, struct arena *a,
                            const struct gauge *g, struct finding_input *in);

/* The candidates for the edition of a date (2026-03-06), the best first. */
NODISCARD int findings_rank(struct env *env, struct str date,
                            struct finding_candidate **ret, size_t *ret_n);

/* As a chart's text, in that language's phrases. */
struct finding_words {
        const struct phrases *phrases;
        struct str language;
};
NODISCARD int findings_chart(struct env *env, const struct finding *f,
                             const struct finding_words *words,
                             struct str *ret);

/*
 * The best one's text and id for the edition of that date; empty and 0: none is
 * over the bar.
 */
NODISCARD int findings_of_day(struct env *env, struct str date,
                              const struct finding_words *words,
                              struct str *ret_chart, int64_t *ret_id);

/* An editor may have taken the chart out of the copy, or another one's in:
 * which finding the edition prints, by its chart's key. */
NODISCARD int findings_keep(struct env *env, const struct edition *copy,
                            int64_t edition_id);

/*
 * What the values as of then say of the finding that a chart names: its text.
 * Empty: there is no such finding any more, or the values don't say it.
 */
NODISCARD int findings_again(struct env *env, const struct chart *chart,
                             const struct finding_words *words,
                             struct str *ret);

#endif

#ifndef EDITION_FINDING_CHART_H
#define EDITION_FINDING_CHART_H

/*
 * A finding as a chart: its title, what is measured, the source, the values
 * that show it; all of it phrases, figures and its owner's names. Pure: what
 * the edition's language makes of figures and dates is asked of the caller.
 */

#include "edition/finding.h"

struct arena;
struct phrases;

#define FINDING_ROWS 240 /* of values in a chart, at most, or a few more */

struct finding_speech {
        const struct phrases *phrases;
        void *user;
        struct str unit_word; /* its unit, unless figures bear it as a sign */
        /* A value of the series, with its unit. */
        struct str (*figure)(void *user, double v, int decimals);
        /* A number, in per cent or plain. */
        struct str (*number)(void *user, double v, int decimals, bool percent);
        /* "March 2019", or "since March 2019": by the period's phrase of that
         * kind, "date" or "since". */
        struct str (*date)(void *user, const char *kind, enum period p,
                           int64_t at);
        /* The key's form for n things: "finding.rises.few". */
        const char *(*plural)(void *user, const char *key, int64_t n);
};

struct finding_chart {
        const struct gauge *gauge, *other; /* other: NULL but for over, under */
        const struct finding *finding;
        struct finding_input in; /* what it was found in */
        const struct finding_speech *speech;
};

/* The chart's text, as a chart block has it; in a. The id and the instant stand
 * in its key "finding". */
struct str finding_chart(struct arena *a, const struct finding_chart *c);

/* Read that key. False: it is none. */
bool finding_key(struct str key, int64_t *ret_id, int64_t *ret_as_of);

#endif
